/** The vouchers that have a function of their own: which instrument each means, and which input each argument fills. */
import {
  awards,
  entryOf,
  isInForce,
  planOf,
  readChoice,
  readInput,
  Refusal,
  type Cell,
  type PlannedRow,
  type Text,
  type Value,
} from "../rules";
import { answerOf } from "./answer";
import { answered } from "./call";
import { stretch, type Answer, type Argument } from "./matrix";
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
  stretch(args, (cells) => answered(() => answerOf(awards([voucherRow(name, cells as Cell[])])[0]!)));

/**
 * What one call of a voucher function computes: one cell of each argument, undefined where it is omitted.
 * @throws Refusal for what cannot be read, and where the jurisdiction has no such voucher
 */
export function voucherRow(name: VoucherName, cells: readonly Cell[]): PlannedRow {
  const { instruments, args, omitted = {} }: Voucher = VOUCHERS[name];
  const given: Record<string, Cell> = { ...omitted };
  args.forEach((arg, i) => {
    if (cells[i] !== undefined) given[arg] = cells[i];
  });
  const entry = entryOf(instrumentOf(instruments, args, given));
  const claim = claimOf(given.year);
  const row: Record<string, Value> = {};
  // The window is asked before the inputs; what the clause does not ask for is left aside.
  for (const [input, spec] of isInForce(entry.document, claim) ? Object.entries(entry.instrument.inputs ?? {}) : []) {
    const value = given[input] === undefined ? undefined : readInput(spec, given[input]);
    if (value !== undefined) row[input] = value;
  }
  return { plan: planOf(entry, claim), row };
}

function instrumentOf(instruments: Voucher["instruments"], args: Voucher["args"], given: Record<string, Cell>): string {
  if (args.includes("service")) {
    const options = Object.fromEntries(Object.entries(SERVICES).filter(([service]) => service in instruments));
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
