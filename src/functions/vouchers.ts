/** The vouchers that have a function of their own: which instrument each means, and which input each argument fills. */
import {
  awardFen,
  claimWithin,
  entryOf,
  JURISDICTIONS,
  planOf,
  Refusal,
  refuse,
  toYuan,
  type Input,
  type Plan,
  type PlannedRow,
  type Text,
  type Value,
} from "../rules";
import {
  everyRow,
  isBlank,
  isError,
  isNothing,
  readChoice,
  Unread,
  valueIn,
  type Cell,
  type Given,
  type Group,
  type Rows,
} from "../tables";
import { answerOf, errorOf } from "./answer";
import {
  cellAt,
  isConstant,
  isInvalidValue,
  notAvailable,
  OUTSIDE,
  stretchedLists,
  type Answer,
  type Stretched,
} from "./matrix";
import { claimOf, jurisdictionOf } from "./period";
import { currentPick } from "./pick";
import { groupAnswers, type RowAnswers } from "./table";

interface Voucher {
  /** Instruments by jurisdiction, or by service where one of the arguments is `service`. */
  readonly instruments: Readonly<Record<string, string>>;
  /** The function's arguments in order: inputs of the instrument, and service, jurisdiction, year. */
  readonly args: readonly string[];
  /** What an omitted or blank argument means, where the clause leaves that open. */
  readonly omitted?: Readonly<Record<string, Cell>>;
}

const PERIOD = ["jurisdiction", "year", "prior_paid"];

export const VOUCHERS = {
  SUANLI_QUAN: {
    instruments: { zhejiang: "zj-15-suanli", hangzhou: "hz-1-city-suanli", binjiang: "bj-6-suanli" },
    args: ["amount", "domestic", ...PERIOD],
  },
  MOXING_QUAN: {
    instruments: { zhejiang: "zj-21-moxing", hangzhou: "hz-1-city-model", binjiang: "bj-8-moxing" },
    args: ["amount", "filed", ...PERIOD],
    omitted: { filed: true },
  },
  YULIAO_QUAN: {
    instruments: { zhejiang: "zj-18-yuliao", hangzhou: "hz-1-nat-data", binjiang: "bj-7-yuliao" },
    args: ["amount", ...PERIOD],
  },
  CHUANGXIN_QUAN: { instruments: { binjiang: "bj-9-chuangxin" }, args: ["contract_amount", ...PERIOD] },
  TIEXI: {
    instruments: { zhejiang: "zj-14-tiexi", hangzhou: "hz-18-tiexi", binjiang: "bj-21-tiexi" },
    args: ["principal", "interest_paid", "lpr", "months", "total_investment", ...PERIOD],
  },
  ZHINENG_QUAN: {
    instruments: { compute: "hz-1-nat-suanli", model: "hz-1-nat-model", data: "hz-1-nat-data" },
    args: ["amount", "service", "domestic", "year"],
    omitted: { domestic: false },
  },
  DIEJIA_QUAN: {
    instruments: { compute: "hz-1-stack-suanli", model: "hz-1-stack-model" },
    args: ["amount", "service", "domestic", "year", "prior_paid"],
    // Who stacks qualifies for the municipal voucher, so the model is a filed one.
    omitted: { domestic: false, filed: true },
  },
} satisfies Record<string, Voucher>;

export type VoucherName = keyof typeof VOUCHERS;

const SERVICES: Readonly<Record<string, Text>> = {
  compute: { zh: "算力", en: "compute" },
  model: { zh: "模型", en: "model" },
  data: { zh: "数据", en: "data" },
};

/** One answer per cell of the stretched arguments, as Excel hands them over. */
export function voucherAnswers(name: VoucherName, args: readonly unknown[]): Answer[][] {
  const { rows, columns, lists } = stretchedLists(args);
  if (rows * columns === 1) return [[KINDS[name].single(lists.map((list) => list[0] as Given))]];
  const answers = KINDS[name].together(lists, rows * columns);
  if (columns === 1) return answers.column();
  return Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => answers.at(r * columns + c)));
}

/**
 * What one call of a voucher function computes: one cell of each argument, undefined where it is omitted.
 * @throws Refusal for what cannot be read, and where the jurisdiction has no such voucher
 */
export function voucherRow(name: VoucherName, cells: readonly Cell[]): PlannedRow {
  const ready = KINDS[name].ready(cells);
  if (ready instanceof Refusal) throw ready;
  const row = ready.row(cells);
  if (row instanceof Unread) throw refuse(row.zh, row.en);
  return { plan: ready.plan, row };
}

/** A voucher of one place or service in one year, made ready for any number of calls. */
class Ready {
  /** The inputs that the clause asks for: which argument fills them, and what an omitted one means. */
  readonly inputs: readonly {
    readonly name: string;
    readonly input: Input;
    readonly arg: number;
    readonly otherwise: Cell;
  }[];

  constructor(
    readonly plan: Plan,
    { args, omitted = {} }: Voucher,
  ) {
    // The window is asked before the inputs; what the clause does not ask for is left aside.
    const declared = plan.inForce ? Object.entries(plan.entry.instrument.inputs ?? {}) : [];
    this.inputs = declared
      .map(([name, input]) => ({ name, input, arg: args.indexOf(name), otherwise: omitted[name] }))
      .filter(({ arg, otherwise }) => arg >= 0 || otherwise !== undefined);
  }

  /** The cell that fills an input; undefined where it is omitted and that means nothing. */
  static cellOf(cell: Cell, otherwise: Cell): Cell {
    return otherwise !== undefined && isBlank(cell) ? otherwise : cell;
  }

  row(cells: readonly Cell[]): Record<string, Value> | Unread {
    const row: Record<string, Value> = {};
    for (const { name, input, arg, otherwise } of this.inputs) {
      const cell = Ready.cellOf(cells[arg], otherwise);
      if (cell === undefined) continue;
      const value = valueIn(input, cell);
      if (value instanceof Unread) return value;
      if (value !== undefined) row[name] = value;
    }
    return row;
  }
}

/** Places and years of so many calls are kept; then the keeping begins anew. */
const MOST_KEPT = 65_536;

/** One voucher function. */
class Kind {
  /** What was made ready, by the cells that name place or service, and year. */
  private known = new Map<Cell, Map<Cell, Ready | Refusal>>();
  private kept = 0;
  private readonly byPlan = new WeakMap<Plan, Ready>();
  private readonly bySituation: string;
  private readonly place: number;
  private readonly year: number;

  constructor(private readonly voucher: Voucher) {
    const { args } = voucher;
    this.bySituation = args.includes("service") ? "service" : "jurisdiction";
    this.place = args.indexOf(this.bySituation);
    this.year = args.indexOf("year");
  }

  /** @param cells one of each argument, none of them an error */
  ready(cells: readonly Cell[]): Ready | Refusal {
    return this.readyFor(cells[this.place], cells[this.year]);
  }

  private readyFor(placeCell: Cell, yearCell: Cell): Ready | Refusal {
    const pick = currentPick();
    const place = isNothing(placeCell) && this.bySituation === "jurisdiction" ? pick.jurisdiction : placeCell;
    const year = isNothing(yearCell) ? pick.year : yearCell;
    const known = this.known.get(place)?.get(year);
    if (known) return known;
    const ready = this.makeReady(place, year);
    if (++this.kept > MOST_KEPT) {
      this.known = new Map();
      this.kept = 0;
    }
    const byYear = this.known.get(place) ?? new Map<Cell, Ready | Refusal>();
    this.known.set(place, byYear);
    byYear.set(year, ready);
    return ready;
  }

  private makeReady(place: Cell, year: Cell): Ready | Refusal {
    try {
      const entry = entryOf(instrumentOf(this.voucher, this.bySituation, place));
      const plan = planOf(entry, claimWithin(entry.document, claimOf(year)));
      const ready = this.byPlan.get(plan) ?? new Ready(plan, this.voucher);
      this.byPlan.set(plan, ready);
      return ready;
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  /** @param cells one of each argument; undefined where it is omitted */
  single(cells: readonly Given[]): Answer {
    for (const cell of cells) if (isError(cell)) return cell;
    const own = cells as readonly Cell[];
    const ready = this.ready(own);
    if (ready instanceof Refusal) return this.unlessBlank(errorOf(ready), own);
    const row = ready.row(own);
    if (row instanceof Unread) return this.unlessBlank(errorOf({ code: "value", text: row }), own);
    const result = awardFen(ready.plan, row);
    return typeof result === "number" ? toYuan(result) : this.unlessBlank(answerOf(result), own);
  }

  /** Without any content nothing is claimed, so that nothing is missing. */
  private unlessBlank(answer: Answer, cells: readonly Cell[]): Answer {
    const { args } = this.voucher;
    const blank = isInvalidValue(answer) && cells.every((cell, i) => NAMING.has(args[i]!) || isNothing(cell));
    return blank ? 0 : answer;
  }

  /** @param lists by argument one cell for each answer, or a single one for all */
  together(lists: readonly Stretched[], length: number): Pick<RowAnswers, "at" | "column"> {
    const cellsAt = (i: number): (Given | typeof OUTSIDE)[] => lists.map((list) => cellAt(list, i));
    const alone = (i: number): Answer => {
      const cells = cellsAt(i);
      return cells.includes(OUTSIDE) ? notAvailable() : this.single(cells as Given[]);
    };
    // A cell that is an error, or lies outside, is no claim; its row is answered alone.
    const broken = brokenRows(lists, length);
    const groups = this.grouped(lists, length, broken).map(([ready, rows]): Group => {
      const filled = ready.inputs.flatMap(({ name, arg, otherwise }) => {
        const cells = columnOf(lists[arg], rows, length, otherwise);
        return cells ? [[name, cells] as const] : [];
      });
      return { plan: ready.plan, rows, cells: Object.fromEntries(filled) };
    });
    const answers = groupAnswers(groups, length, alone);
    if (!answers) return { at: alone, column: () => Array.from({ length }, (_, i) => [alone(i)]) };
    for (const [i, answer] of answers.others) {
      if (!broken?.[i]) answers.others.set(i, this.unlessBlank(answer, cellsAt(i) as Cell[]));
    }
    return answers;
  }

  /** The rows of each voucher that was made ready; a row that names none is in no group. */
  private grouped(
    lists: readonly Stretched[],
    length: number,
    broken: Uint8Array | undefined,
  ): (readonly [Ready, Rows])[] {
    const [places, years] = [lists[this.place], lists[this.year]];
    if (isConstant(places) && isConstant(years) && !broken) {
      const ready = this.readyFor(cellAt(places, 0) as Cell, cellAt(years, 0) as Cell);
      return ready instanceof Refusal ? [] : [[ready, everyRow(length)]];
    }
    const found = new Map<Ready, number[]>();
    for (let i = 0; i < length; i++) {
      if (broken?.[i]) continue;
      const ready = this.readyFor(cellAt(places, i) as Cell, cellAt(years, i) as Cell);
      if (ready instanceof Refusal) continue;
      const rows = found.get(ready);
      if (rows) rows.push(i);
      else found.set(ready, [i]);
    }
    return [...found].map(([ready, rows]) => [ready, Uint32Array.from(rows)] as const);
  }
}

const KINDS = Object.fromEntries(
  Object.entries(VOUCHERS).map(([name, voucher]) => [name, new Kind(voucher)]),
) as Record<VoucherName, Kind>;

/** Arguments that name which voucher is meant, not what is claimed. */
const NAMING: ReadonlySet<string> = new Set(["service", "jurisdiction", "year"]);

/** The cells of an input in some rows; undefined where it is omitted and that means nothing. */
function columnOf(
  list: Stretched | undefined,
  rows: Rows,
  length: number,
  otherwise: Cell,
): readonly Cell[] | undefined {
  if (isConstant(list)) {
    const cell = Ready.cellOf(cellAt(list, 0) as Cell, otherwise);
    return cell === undefined ? undefined : new Array<Cell>(rows.length).fill(cell);
  }
  const cells = rows.length === length ? (list as readonly Cell[]) : Array.from(rows, (i) => list![i] as Cell);
  return otherwise === undefined ? cells : cells.map((cell) => Ready.cellOf(cell, otherwise));
}

/** 1 for rows with an error in a cell or with a cell outside an argument; undefined where there are none. */
function brokenRows(lists: readonly Stretched[], length: number): Uint8Array | undefined {
  let broken: Uint8Array | undefined;
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      const cell = list[i];
      if (typeof cell !== "symbol" && !(typeof cell === "object" && isError(cell))) continue;
      broken ??= new Uint8Array(length);
      if (isConstant(list)) broken.fill(1);
      else broken[i] = 1;
    }
  }
  return broken;
}

/** @throws Refusal for an unknown place or service, and where the jurisdiction has no such voucher */
function instrumentOf({ instruments }: Voucher, situation: string, cell: Cell): string {
  if (situation === "service") {
    const options = Object.fromEntries(Object.entries(SERVICES).filter(([service]) => service in instruments));
    if (isNothing(cell)) {
      const known = (language: keyof Text) => Object.values(options).map((text) => text[language]);
      throw refuse(
        `缺少服务类别，可填：${known("zh").join("、")}`,
        `no service given; enter ${known("en").join(", ")}`,
      );
    }
    return instruments[readChoice(options, cell)]!;
  }
  const place = jurisdictionOf(cell);
  const id = instruments[place.id];
  if (id) return id;
  const having = JURISDICTIONS.filter((other) => other.id in instruments).map(({ name }) => name);
  throw new Refusal("not-available", {
    zh: `${place.name.zh}没有这种券；有此券的辖区：${having.map(({ zh }) => zh).join("、")}`,
    en: `${place.name.en} has no such voucher; ${having.map(({ en }) => en).join(" and ")} ${having.length > 1 ? "have" : "has"} one`,
  });
}
