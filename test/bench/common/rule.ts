/** The rule of the benchmarks: a share by tier, a second share, a cap, one condition; and a year's allowance of the firm. */
import { planOf, type Entry, type Instrument, type Plan } from "../../../src/rules";
import { ratio } from "../../../src/rules/number/ratio";
import type { Columns } from "../../../src/rules/columns";
import { Numbers } from "./numbers";

const text = (zh: string, en: string) => ({ zh, en });
export const RATES = ["0.1", "0.125", "0.15"] as const;
export const SECOND_RATE = "0.5";
export const CAP_YUAN = 200_000;
export const FIRM_CAP_YUAN = 300_000;
export const FIRMS = 100_000;

const instrument = (shared: boolean): Instrument => ({
  id: shared ? "bench-shared" : "bench-own",
  name: text("基准", "benchmark"),
  family: "award",
  kind: "tiered-rate",
  article: "-",
  quote: "-",
  modality: "ceiling",
  level: text("-", "-"),
  inputs: {
    amount: { kind: "money", ...text("合同金额", "contract amount") },
    own: { kind: "money", ...text("自筹金额", "own funds") },
    tier: {
      kind: "choice",
      ...text("档次", "tier"),
      options: Object.fromEntries(RATES.map((rate, t) => [`t${t}`, text(rate, rate)])),
    },
  },
  parts: [
    {
      limits: [
        {
          share: {
            of: "amount",
            rate: RATES.map((rate, t) => (t < RATES.length - 1 ? { if: { tier: `t${t}` }, is: rate } : { is: rate })),
          },
        },
        { share: { of: "own", rate: SECOND_RATE } },
        { cap: CAP_YUAN },
        ...(shared ? [{ cap: FIRM_CAP_YUAN, "shared-by": { scope: "firm" as const, period: "year" as const } }] : []),
      ],
    },
  ],
});

const entry = (shared: boolean): Entry => ({
  instrument: instrument(shared),
  document: {
    id: "bench",
    title: text("基准", "benchmark"),
    jurisdiction: "330000",
    status: "in-force",
    window: { from: "2025" },
    source: "-",
  },
  jurisdiction: { code: "330000", id: "zhejiang", name: text("浙江", "Zhejiang"), names: [] },
});

export const rulePlan = (shared = false, cap?: number): Plan =>
  planOf(entry(shared), { year: 2026 }, cap === undefined ? {} : { cap: ratio(cap) });

export interface Rows {
  readonly length: number;
  /** Whole fen. */
  readonly amount: Float64Array;
  readonly own: Float64Array;
  readonly tier: Uint8Array;
  /** 1: eligible. */
  readonly eligible: Uint8Array;
  readonly firm: Int32Array;
}

/** Amounts spread over four orders of magnitude, four of five rows eligible; many products end in half a fen. */
export function rowsOf(length: number): Rows {
  const numbers = new Numbers(1);
  const rows: Rows = {
    length,
    amount: new Float64Array(length),
    own: new Float64Array(length),
    tier: new Uint8Array(length),
    eligible: new Uint8Array(length),
    firm: new Int32Array(length),
  };
  for (let i = 0; i < length; i++) {
    rows.amount[i] = Math.round(100 * Math.exp(12 + 1.2 * numbers.normal()));
    rows.own[i] = Math.round(100 * Math.exp(11 + 1.2 * numbers.normal()));
    rows.tier[i] = numbers.below(RATES.length);
    rows.eligible[i] = numbers.next() < 0.8 ? 1 : 0;
    rows.firm[i] = numbers.below(FIRMS);
  }
  return rows;
}

export const columnsOfRows = (rows: Rows): Columns => ({
  length: rows.length,
  inputs: {
    amount: { kind: "money", fen: rows.amount },
    own: { kind: "money", fen: rows.own },
    tier: { kind: "code", codes: rows.tier, values: RATES.map((_, t) => `t${t}`) },
    eligible: { kind: "code", codes: rows.eligible, values: [false, true] },
  },
});
