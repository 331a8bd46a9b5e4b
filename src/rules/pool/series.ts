/**
 * Claims that are small beside their sum as a series: the logarithm of the transform of the sum is Σ κ(−z)^k/k!, where the cumulants κ
 * are those of the claims added up. At every z at which that transform is not negligible, sixteen terms are enough.
 */
import { fillMoments, type RandomClaim } from "./uncertain";

/** The logarithm of a transform. */
export interface Series {
  /** Mean and variance first, in powers of the unit. */
  readonly cumulants: ArrayLike<number>;
  readonly unit: number;
}

const TERMS = 16;
/** So many claims are worth putting together. */
export const FEWEST = 300;
/** Standard deviations of the sum that a claim may reach. The series converges within π times as much as its inverse, and is wanted within six. */
const PART = 0.1;

/** What a size reaches as far as the moments that are used can tell: e^(k²s²/2) is the k-th power of it. */
const reachOf = ({ median, spread, cap }: RandomClaim): number =>
  Math.min(cap, median * Math.exp((TERMS * spread * spread) / 2));

/**
 * Takes out the smallest claims, of whatever kind they are.
 * @returns the series, null where there is none, and the rest of the claims in any order
 */
export function seriesOf(claims: readonly RandomClaim[]): { series: Series | null; rest: readonly RandomClaim[] } {
  const none = { series: null, rest: claims };
  if (claims.length < FEWEST) return none;
  const reaches = Float64Array.from(claims, reachOf);
  const variances = Float64Array.from(claims, varianceOf);
  let largest = Math.sqrt(variances.reduce((all, one) => all + one)) * PART;
  // What is left of the variance without the larger claims allows for smaller ones only.
  for (let before = Infinity; largest < before;) {
    before = largest;
    let variance = 0;
    for (let k = 0; k < claims.length; k++) if (reaches[k]! <= largest) variance += variances[k]!;
    largest = Math.sqrt(variance) * PART;
  }
  const small = claims.filter((_, k) => reaches[k]! <= largest);
  if (small.length < FEWEST) return none;
  return { series: sumOf(small, largest), rest: claims.filter((_, k) => reaches[k]! > largest) };
}

const two = new Float64Array(2);
function varianceOf(claim: RandomClaim): number {
  fillMoments(claim, 1, two);
  const mean = claim.probability * two[0]!;
  return Math.max(0, claim.probability * two[1]! - mean * mean);
}

/** C(n, k). */
const CHOICES = Array.from({ length: TERMS }, () => new Float64Array(TERMS));
CHOICES.forEach((row, n) => {
  row[0] = 1;
  for (let k = 1; k <= n; k++) row[k] = CHOICES[n - 1]![k - 1]! + CHOICES[n - 1]![k]!;
});

/** The cumulants of all claims, in powers of a unit. */
function sumOf(claims: readonly RandomClaim[], unit: number): Series {
  const moments = new Float64Array(TERMS);
  const own = new Float64Array(TERMS);
  const cumulants = new Float64Array(TERMS);
  const powersBy = new Map<number, Float64Array>();
  for (const claim of claims) {
    fillMoments(claim, unit, moments);
    if (claim.spread > 0) {
      fillCumulants(claim.probability, moments, own);
      for (let n = 0; n < TERMS; n++) cumulants[n]! += own[n]!;
      continue;
    }
    let powers = powersBy.get(claim.probability);
    if (!powers) powersBy.set(claim.probability, (powers = new Float64Array(TERMS)));
    for (let n = 0; n < TERMS; n++) powers[n]! += moments[n]!;
  }
  // A known size that comes or not has its powers times the cumulants of coming or not: few probabilities, little work.
  moments.fill(1);
  for (const [probability, powers] of powersBy) {
    fillCumulants(probability, moments, own);
    for (let n = 0; n < TERMS; n++) cumulants[n]! += own[n]! * powers[n]!;
  }
  return { unit, cumulants };
}

/** κₙ = Mₙ − Σ C(n−1, j−1) κⱼ Mₙ₋ⱼ, where the moments M are those of a size times the probability that it comes. */
function fillCumulants(probability: number, moments: Float64Array, cumulants: Float64Array): void {
  for (let n = 0; n < TERMS; n++) {
    let cumulant = probability * moments[n]!;
    const choices = CHOICES[n]!;
    for (let j = 0; j < n; j++) cumulant -= choices[j]! * cumulants[j]! * probability * moments[n - 1 - j]!;
    cumulants[n] = cumulant;
  }
}
