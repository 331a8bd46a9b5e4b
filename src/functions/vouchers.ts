/** The vouchers that have a function of their own: which instrument each means, and which input each argument fills. */
import {
  awards,
  entryOf,
  isInForce,
  planOf,
  Refusal,
  refuse,
  type Claim,
  type Entry,
  type Input,
  type PlannedRow,
  type Text,
  type Value,
} from "../rules";
import {
  cellsByColumn,
  everyRow,
  isBlank,
  isNothing,
  readChoice,
  readInput,
  sections,
  type Cell,
  type Group,
  type Rows,
} from "../tables";
import { answerOf, errorOf } from "./answer";
import { answered } from "./call";
import { groupAnswers } from "./table";
import { isInvalidValue, stretchTogether, type Answer, type Argument } from "./matrix";
import { claimOf, jurisdictionOf } from "./period";

interface Voucher {
  /** Instruments by jurisdiction, or by service where one of the arguments is `service`. */
  readonly instruments: Readonly<Record<string, string>>;
  /** The function's arguments in order: inputs of the instrument, and service, jurisdiction, year. */
  readonly args: readonly string[];
  /** What an omitted argument means, where the clause leaves that open. */
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

/** One answer per cell of the stretched arguments. */
export const voucherAnswers = (name: VoucherName, args: readonly Argument[]): Answer[][] =>
  stretchTogether(args, (list) => {
    const refusal = (r: number): Answer | undefined => {
      try {
        voucherRow(name, list[r]!);
        return undefined;
      } catch (error) {
        if (error instanceof Refusal) return errorOf(error);
        throw error;
      }
    };
    const answers =
      groupAnswers(groupsOf(name, list), list.length, refusal) ??
      list.map((cells) => answered(() => answerOf(awards([voucherRow(name, cells)])[0]!)));
    return answers.map((answer, r) => (isInvalidValue(answer) && isBlankCall(name, list[r]!) ? 0 : answer));
  });

/** A row without any content claims nothing. */
const isBlankCall = (name: VoucherName, cells: readonly Cell[]): boolean =>
  VOUCHERS[name].args.every((arg, i) => NAMING.includes(arg) || isNothing(cells[i]));

/** Arguments that say which voucher is meant, not what is claimed. */
const NAMING = ["service", "jurisdiction", "year"];

/**
 * What one call of a voucher function computes: one cell of each argument, undefined where it is omitted.
 * @throws Refusal for what cannot be read, and where the jurisdiction has no such voucher
 */
export function voucherRow(name: VoucherName, cells: readonly Cell[]): PlannedRow {
  const given = givenCells(name, cells);
  const { entry, claim } = claimed(name, given);
  const row: Record<string, Value> = {};
  for (const [input, spec] of askedFor(entry, claim)) {
    const value = given[input] === undefined ? undefined : readInput(spec, given[input]);
    if (value !== undefined) row[input] = value;
  }
  return { plan: planOf(entry, claim), row };
}

/** The cells by argument, with what an omitted one means. */
function givenCells(name: VoucherName, cells: readonly Cell[]): Record<string, Cell> {
  const { args, omitted = {} }: Voucher = VOUCHERS[name];
  const given: Record<string, Cell> = { ...omitted };
  args.forEach((arg, i) => {
    if (cells[i] !== undefined && !(arg in omitted && isBlank(cells[i]))) given[arg] = cells[i];
  });
  return given;
}

/** @throws Refusal for an unknown place, service or year, and where the jurisdiction has no such voucher */
function claimed(name: VoucherName, given: Record<string, Cell>): { entry: Entry; claim: Claim } {
  const { instruments, args }: Voucher = VOUCHERS[name];
  return { entry: entryOf(instrumentOf(instruments, args, given)), claim: claimOf(given.year) };
}

/** The window is asked before the inputs; what the clause does not ask for is left aside. */
const askedFor = ({ document, instrument }: Entry, claim: Claim): [string, Input][] =>
  isInForce(document, claim) ? Object.entries(instrument.inputs ?? {}) : [];

/** The calls by plan; those that name no voucher are in no group. */
function groupsOf(name: VoucherName, list: readonly (readonly Cell[])[]): Group[] {
  const { args }: Voucher = VOUCHERS[name];
  const naming = args.flatMap((arg, i) => (NAMING.includes(arg) ? [(r: number) => list[r]![i]] : []));
  return sections(everyRow(list.length), naming).flatMap((rows) => groupOf(name, list, rows));
}

function groupOf(name: VoucherName, list: readonly (readonly Cell[])[], rows: Rows): Group[] {
  const { args, omitted = {} }: Voucher = VOUCHERS[name];
  // An argument is omitted for all cells of a call or for none.
  const given = givenCells(name, list[rows[0]!]!);
  try {
    const { entry, claim } = claimed(name, given);
    const inputs = askedFor(entry, claim).flatMap(([input]) => (given[input] === undefined ? [] : [input]));
    const columns = cellsByColumn(
      list,
      rows,
      inputs.map((input) => args.indexOf(input)),
    );
    const cells = inputs.map((input, k) => {
      const column = columns[k]!;
      if (column[0] === undefined) column.fill(given[input]);
      else if (input in omitted) column.forEach((cell, i) => isBlank(cell) && (column[i] = omitted[input]));
      return [input, column] as const;
    });
    return [{ plan: planOf(entry, claim), rows, cells: Object.fromEntries(cells) }];
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

function instrumentOf(instruments: Voucher["instruments"], args: Voucher["args"], given: Record<string, Cell>): string {
  if (args.includes("service")) {
    const options = Object.fromEntries(Object.entries(SERVICES).filter(([service]) => service in instruments));
    if (isBlank(given.service) || given.service === 0) {
      const known = (language: keyof Text) => Object.values(options).map((text) => text[language]);
      throw refuse(
        `缺少服务类别，可填：${known("zh").join("、")}`,
        `no service given; enter ${known("en").join(", ")}`,
      );
    }
    return instruments[readChoice(options, given.service)]!;
  }
  const place = jurisdictionOf(given.jurisdiction);
  const id = instruments[place.id];
  if (id) return id;
  throw new Refusal("not-available", {
    zh: `${place.name.zh}没有这种券`,
    en: `${place.name.en} has no such voucher`,
  });
}
