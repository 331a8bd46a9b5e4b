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
  withoutMoney,
  type Language,
  type Plan,
  type PlannedRow,
  type Text,
  type Value,
} from "../rules";
import {
  CellReader,
  everyRow,
  isBlank,
  isError,
  isNothing,
  readChoice,
  Unread,
  type Cell,
  type CellError,
  type Given,
  type Group,
  type Rows,
} from "../tables";
import { answerOf, errorOf } from "./answer";
import { errorAmong, errorAt, isInvalidValue, onlyCell, shaped, sizeOf, Stretched, type Answer } from "./matrix";
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
  const { rows, columns } = sizeOf(args);
  if (rows * columns === 1) return [[KINDS[name].single(args.map(onlyCell))]];
  const lists = args.map((arg) => new Stretched(arg, rows, columns));
  const answers = KINDS[name].together(lists, rows * columns);
  return columns === 1 ? answers.column() : shaped(rows, columns, (i) => answers.at(i));
}

/**
 * What one call of a voucher function computes: one cell of each argument, undefined where it is omitted.
 * @throws Refusal for what cannot be read, and where the jurisdiction has no such voucher
 */
export function voucherRow(name: VoucherName, cells: readonly Cell[]): PlannedRow {
  const plan = KINDS[name].plan(cells);
  const row = new Ready(plan, VOUCHERS[name]).row(cells);
  if (row instanceof Unread) throw refuse(row.zh, row.en);
  return { plan, row };
}

/** An input that a clause asks for: which argument fills it, and what an omitted or blank one means. */
interface Asked {
  readonly name: string;
  readonly reader: CellReader;
  readonly arg: number;
  readonly otherwise: Cell;
}

/** The cell that fills an input; undefined where it is omitted and that means nothing. */
const filledBy = <T extends Given>(cell: T, otherwise: Cell): T | Cell =>
  otherwise !== undefined && !isError(cell) && isBlank(cell) ? otherwise : cell;

/** A voucher of one place or service in one year, made ready for any number of calls. */
class Ready {
  readonly inputs: readonly Asked[];

  constructor(
    readonly plan: Plan,
    { args, omitted = {} }: Voucher,
  ) {
    // The window is asked before the inputs; what the clause does not ask for is left aside.
    const declared = plan.inForce ? Object.entries(plan.entry.instrument.inputs ?? {}) : [];
    this.inputs = declared
      .map(([name, input]) => ({
        name,
        reader: new CellReader(input),
        arg: args.indexOf(name),
        otherwise: omitted[name],
      }))
      .filter(({ arg, otherwise }) => arg >= 0 || otherwise !== undefined);
  }

  row(cells: readonly Cell[]): Record<string, Value> | Unread {
    const row: Record<string, Value> = {};
    for (const { name, reader, arg, otherwise } of this.inputs) {
      const cell = filledBy(cells[arg], otherwise);
      if (cell === undefined) continue;
      const value = reader.read(cell);
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
  /** What was made ready, by the cells that name place or service, and year; or the answer where there is nothing to compute. */
  private known = new Map<Cell, Map<Cell, Ready | CellError>>();
  private kept = 0;
  private language: Language | undefined;
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

  /** @param cells one of each argument, none of them an error @throws Refusal where there is none */
  plan(cells: readonly Cell[]): Plan {
    const { place, year } = this.named(cells[this.place], cells[this.year]);
    return this.planFor(place, year);
  }

  /** The pick stands in for what is omitted or blank. */
  private named(place: Cell, year: Cell): { readonly place: Cell; readonly year: Cell } {
    const pick = currentPick();
    return {
      place: isNothing(place) && this.bySituation === "jurisdiction" ? pick.jurisdiction : place,
      year: isNothing(year) ? pick.year : year,
    };
  }

  private planFor(place: Cell, year: Cell): Plan {
    const entry = entryOf(instrumentOf(this.voucher, this.bySituation, place));
    return planOf(entry, claimWithin(entry, claimOf(year)));
  }

  private readyFor(placeCell: Cell, yearCell: Cell): Ready | CellError {
    const { place, year } = this.named(placeCell, yearCell);
    const { language } = currentPick();
    if (this.kept >= MOST_KEPT || language !== this.language) {
      this.known = new Map();
      this.kept = 0;
      this.language = language;
    }
    let byYear = this.known.get(place);
    if (!byYear) this.known.set(place, (byYear = new Map<Cell, Ready | CellError>()));
    let ready = byYear.get(year);
    if (!ready) {
      ready = this.makeReady(place, year);
      byYear.set(year, ready);
      this.kept++;
    }
    return ready;
  }

  private makeReady(place: Cell, year: Cell): Ready | CellError {
    try {
      const plan = this.planFor(place, year);
      if (!plan.inForce) return answerOf(withoutMoney(plan, { kind: "not-in-force" })) as CellError;
      const ready = this.byPlan.get(plan) ?? new Ready(plan, this.voucher);
      this.byPlan.set(plan, ready);
      return ready;
    } catch (error) {
      if (error instanceof Refusal) return errorOf(error);
      throw error;
    }
  }

  /** @param cells one of each argument; undefined where it is omitted */
  single(cells: readonly Given[]): Answer {
    const error = errorAmong(cells);
    if (error) return error;
    const own = cells as readonly Cell[];
    const cellOf = (arg: number): Cell => own[arg];
    const ready = this.readyFor(own[this.place], own[this.year]);
    if (!(ready instanceof Ready)) return this.unlessBlank(ready, cellOf);
    const row = ready.row(own);
    if (row instanceof Unread) return this.unlessBlank(errorOf({ code: "value", text: row }), cellOf);
    const result = awardFen(ready.plan, row);
    return typeof result === "number" ? toYuan(result) : this.unlessBlank(answerOf(result), cellOf);
  }

  /** Without any content nothing is claimed, so that nothing is missing. */
  private unlessBlank(answer: Answer, cell: (arg: number) => Given): Answer {
    const { args } = this.voucher;
    const blank = isInvalidValue(answer) && args.every((name, arg) => isNothing(cell(arg)) || NAMING.has(name));
    return blank ? 0 : answer;
  }

  /** @param lists by argument one cell for each answer */
  together(lists: readonly Stretched[], length: number): Pick<RowAnswers, "at" | "column"> {
    const { found, nothing } = this.grouped(lists, length);
    const place = (answer: Answer, i: number): Answer => this.unlessBlank(answer, (arg) => lists[arg]?.at(i));
    // A cell that is an error, or lies outside, is no claim; its row is answered alone.
    const alone = (i: number): Answer => {
      const answer = nothing[i];
      return answer ? (errorAt(lists, i) ?? place(answer, i)) : this.single(lists.map((list) => list.at(i)));
    };
    const groups = found.map(([ready, rows]) => this.groupOf(ready, rows, lists));
    return (
      groupAnswers(groups, length, alone, place) ?? {
        at: alone,
        column: () => shaped(length, 1, alone),
      }
    );
  }

  private groupOf({ plan, inputs }: Ready, rows: Rows, lists: readonly Stretched[]): Group {
    const asked = inputs.filter(({ arg, otherwise }) => lists[arg]?.at(0) !== undefined || otherwise !== undefined);
    const checked = lists.filter((list, arg) => !list.isConstant && !asked.some((input) => input.arg === arg));
    return {
      plan,
      rows,
      uses: [
        ...asked.map(({ name, reader }) => ({ kind: "input", name, reader }) as const),
        ...checked.map(() => ({ kind: "other", foreign: false }) as const),
      ],
      fetch(those, from, to, into) {
        asked.forEach(({ arg, otherwise }, k) => fill(into[k]!, lists[arg], those, from, to, otherwise));
        checked.forEach((list, k) => fill(into[asked.length + k]!, list, those, from, to, undefined));
      },
    };
  }

  /** The rows of each voucher that was made ready, and by row the answer where there is none; an error in a cell may precede it. */
  private grouped(lists: readonly Stretched[], length: number) {
    const [places, years] = [lists[this.place], lists[this.year]];
    const uniform = (places?.isConstant ?? true) && (years?.isConstant ?? true);
    const rowsOf = new Map<Ready, number[]>();
    const nothing: CellError[] = [];
    // Where an argument is one error for all rows, each of them is answered alone.
    const asked = lists.some(({ only }) => isError(only)) ? 0 : uniform ? 1 : length;
    for (let i = 0; i < asked; i++) {
      const [place, year] = [places?.at(i), years?.at(i)];
      if (isError(place) || isError(year)) continue;
      const ready = this.readyFor(place, year);
      if (ready instanceof Ready) {
        const rows = rowsOf.get(ready);
        if (rows) rows.push(i);
        else rowsOf.set(ready, [i]);
      } else {
        if (!nothing.length) nothing.length = length;
        if (uniform) nothing.fill(ready);
        else nothing[i] = ready;
      }
    }
    const found = [...rowsOf].map(([ready, rows]): readonly [Ready, Rows] => {
      return [ready, uniform ? everyRow(length) : Uint32Array.from(rows)];
    });
    return { found, nothing };
  }
}

/** Puts the cells of some rows into a list. @param otherwise what a blank means; undefined: it stays blank */
function fill(into: Given[], list: Stretched | undefined, rows: Rows, from: number, to: number, otherwise: Cell): void {
  if (!list || list.isConstant) into.fill(filledBy(list?.only, otherwise), 0, to - from);
  else for (let i = from; i < to; i++) into[i - from] = filledBy(list.at(rows[i]!), otherwise);
}

const KINDS = Object.fromEntries(
  Object.entries(VOUCHERS).map(([name, voucher]) => [name, new Kind(voucher)]),
) as Record<VoucherName, Kind>;

/** Arguments that name which voucher is meant, not what is claimed. */
const NAMING: ReadonlySet<string> = new Set(["service", "jurisdiction", "year"]);

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
