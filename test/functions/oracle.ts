/**
 * The compute vouchers a second time, by hand from the documents, in whole numbers: nothing of src/ is used, so that a fault
 * of the program cannot hide in its own oracle. Amounts are fen; rates are per mille.
 */
export interface Contract {
  readonly fen: bigint;
  readonly domestic: boolean;
  /** What was granted before under the same cap. */
  readonly used: bigint;
}

const halfUp = (n: bigint, d: bigint): bigint => (2n * n + d) / (2n * d);
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const left = (cap: bigint, used: bigint): bigint => (cap > used ? cap - used : 0n);
const WAN = 1_000_000n;

/** A share of the amount, half-up, but at most what is left of the cap. */
const capped = (fen: bigint, perMille: bigint, cap: bigint, used: bigint): bigint =>
  halfUp(least(fen * perMille, left(cap, used) * 1000n), 1000n);

export const COMPUTE: Readonly<Record<string, (contract: Contract) => bigint>> = {
  // 省 四（十五）: 30 % domestic, 10 % other; at most 800万
  浙江: ({ fen, domestic, used }) => capped(fen, domestic ? 300n : 100n, 800n * WAN, used),
  // 市 三（一）1: 30 % domestic, 20 % other; at most 800万 a year
  杭州: ({ fen, domestic, used }) => capped(fen, domestic ? 300n : 200n, 800n * WAN, used),
  // 区 二（六）: 60 % domestic, 30 % other; at most 2000万
  滨江: ({ fen, domestic, used }) => capped(fen, domestic ? 600n : 300n, 2000n * WAN, used),
};

/** 市 三（一）1, stacked: the nation's 30 % or 10 % without a cap, the city's 15 points under its 800万. */
export const STACKED = ({ fen, domestic, used }: Contract): bigint =>
  halfUp(fen * (domestic ? 300n : 100n) + least(fen * 150n, left(800n * WAN, used) * 1000n), 1000n);
