/** Claims that may or may not come, and whose size is not known. */
import { checkFen, ensure, fenColumn } from "./fen";
import { probabilityBelow } from "./normal";

export interface UncertainClaim {
  /** Fen. Where the size is uncertain, its middle: as likely to be more as to be less. */
  readonly amount: number;
  /** That the claim comes at all, 0 to 1. */
  readonly probability: number;
  /** Standard deviation of the logarithm of the size: 0.2 is about ±20 %. 0, the default, is a known size. */
  readonly spread?: number;
  /** Fen; the claim is paid up to it. */
  readonly cap?: number;
}

/** One uncertain growth that multiplies the size of every claim alike, before caps. */
export interface CommonGrowth {
  /** The middle of the factor: 1.1 is growth of 10 %. */
  readonly median: number;
  /** Standard deviation of its logarithm. */
  readonly spread: number;
}

/** A larger spread would mean that a claim may well be ten times its middle or a tenth: no estimate at all. */
export const LARGEST_SPREAD = 1.5;

/** A claim ready to compute. Sizes are log-normal with this median, or fixed where the spread is 0. */
export interface RandomClaim {
  readonly median: number;
  readonly probability: number;
  readonly spread: number;
  /** Infinity where there is none. */
  readonly cap: number;
}

/** Claims that stay uncertain, and the sum of those that are certain. */
export interface RandomNeed {
  readonly certain: number;
  readonly claims: readonly RandomClaim[];
}

/** @throws Refusal naming the row of an amount, probability, spread or cap that is not acceptable */
export function checkUncertain(claims: readonly UncertainClaim[]): RandomClaim[] {
  const amounts = fenColumn(
    claims.map(({ amount }) => amount),
    "claims",
  );
  return claims.map(({ probability, spread = 0, cap = Infinity }, row) => {
    const likely = probability >= 0 && probability <= 1;
    ensure(likely, "probability", row, "应在 0 到 1 之间", "it must be from 0 to 1");
    checkSpread(spread, row);
    if (cap !== Infinity) checkFen(cap, "cap", row);
    return { median: amounts[row]!, probability, spread, cap };
  });
}

export function checkSpread(spread: number, row: number | null): void {
  const known = spread >= 0 && spread <= LARGEST_SPREAD;
  ensure(
    known,
    "spread",
    row,
    `应在 0 到 ${LARGEST_SPREAD} 之间（0.2 约为 ±20%）`,
    `it must be from 0 to ${LARGEST_SPREAD} (0.2 is about ±20%)`,
  );
}

export function checkGrowth({ median, spread }: CommonGrowth): void {
  const known = median > 0 && median <= 1000;
  ensure(known, "growth", null, "应大于 0、不超过 1000 倍", "the factor must be above 0 and at most 1000");
  checkSpread(spread, null);
}

/** Takes out what is certain: claims that never come, come for sure with a known size, or surely reach their cap of zero. */
export function separate(claims: readonly RandomClaim[], factor = 1): RandomNeed {
  const uncertain: RandomClaim[] = [];
  let certain = 0;
  for (const { median, probability, spread, cap } of claims) {
    const size = median * factor;
    const known = spread === 0 ? Math.min(size, cap) : size;
    if (probability === 0 || known === 0 || cap === 0) continue;
    if (spread === 0 && probability === 1) certain += known;
    else uncertain.push({ median: known, probability, spread, cap: spread === 0 ? Infinity : cap });
  }
  return { certain, claims: uncertain };
}

/** Share of the log-normal size that lies below `amount`. */
export const sizeBelow = ({ median, spread }: RandomClaim, amount: number): number =>
  amount <= 0 ? 0 : probabilityBelow(Math.log(amount / median) / spread);

/**
 * E[min(size, cap)^k] of one claim that comes, in units of `unit`, for k = 1, 2 … up to the length of `moments`:
 * r^k e^(kμ + k²s²/2) Φ(d − ks) + c^k (1 − Φ(d)), where d is the cap in standard deviations of the log-size.
 */
export function fillMoments({ median, spread, cap }: RandomClaim, unit: number, moments: Float64Array): void {
  // A known size just at its cap is no matter of chance.
  const capped = spread > 0 ? cap < Infinity : cap < median;
  const reach = capped ? Math.log(cap / median) / spread : Infinity;
  const atCap = capped ? probabilityBelow(-reach) : 0;
  let size = 1;
  let limit = 1;
  for (let power = 1; power <= moments.length; power++) {
    size *= median / unit;
    limit *= capped ? cap / unit : 0;
    const whole = spread === 0 ? size : size * Math.exp((power * spread) ** 2 / 2);
    moments[power - 1] = capped ? whole * probabilityBelow(reach - power * spread) + limit * atCap : whole;
  }
}

/** Of the sum of claims that come independently. */
export interface SpreadOfSum {
  readonly mean: number;
  readonly deviation: number;
  /** Σ E[size²] of the claims whose size is not known. */
  readonly squares: number;
}

export function spreadOfSum(claims: readonly RandomClaim[]): SpreadOfSum {
  const moments = new Float64Array(2);
  let [mean, variance, squares] = [0, 0, 0];
  for (const claim of claims) {
    const { median, probability, spread, cap } = claim;
    if (spread === 0) {
      const size = median < cap ? median : cap;
      mean += probability * size;
      variance += probability * (1 - probability) * size * size;
      continue;
    }
    fillMoments(claim, 1, moments);
    const first = probability * moments[0]!;
    const square = probability * moments[1]!;
    mean += first;
    squares += square;
    variance += Math.max(0, square - first * first);
  }
  return { mean, deviation: Math.sqrt(variance), squares };
}

/** Chance of a size beyond the outlier, and of a sum beyond the upper end, that numerical methods look at. */
const BEYOND = 1e-9;
const STEP = 1.25;

/**
 * An amount that the sum exceeds with a chance of about BEYOND. Sizes cut at an outlier a that none of them exceeds have a
 * sum beyond mean + t with a chance of at most e^(−v/a²·h(at/v)), where v is the variance and h(u) = (1+u)·ln(1+u) − u
 * (Bennett's inequality).
 */
export function upperEnd(claims: readonly RandomClaim[], { mean, deviation }: SpreadOfSum): number {
  let outlier = claims.reduce((largest, { median, cap }) => Math.max(largest, Math.min(median, cap)), 0);
  const isBeyond = (): boolean => {
    let chance = 0;
    return claims.some((claim) => {
      if (claim.spread > 0 && claim.cap > outlier) chance += claim.probability * (1 - sizeBelow(claim, outlier));
      return chance > BEYOND;
    });
  };
  while (isBeyond()) outlier *= STEP;
  const ratio = deviation / outlier;
  const exponent = (t: number): number => {
    const u = t / outlier / ratio ** 2;
    return ratio ** 2 * ((1 + u) * Math.log1p(u) - u);
  };
  let above = deviation;
  while (exponent(above) < -Math.log(BEYOND)) above *= STEP;
  return Math.min(largestSum(claims), mean + above);
}

/** What all claims together can reach; Infinity where a size has no bound. */
export const largestSum = (claims: readonly RandomClaim[]): number =>
  claims.reduce((total, { spread, median, cap }) => total + (spread === 0 ? median : cap), 0);
