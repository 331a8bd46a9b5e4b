/**
 * Many small claims as few: the logarithm of a claim's transform is a smooth function of (log of its middle, probability,
 * spread), so that a claim is replaced by weights on the neighbouring points of a grid of such triples (interpolation by
 * polynomials of degree five). Mean and variance are put right exactly; what remains is below 1e-6 of the sum's logarithm.
 */
import { fillMoments, type RandomClaim } from "./uncertain";
import { place, POINTS } from "./lagrange";
import { FEWEST, type Series, seriesOf } from "./series";
import { atFrequency, type Grid, magnitude, sizeOf, type Turns, turnsOf } from "./turns";

/** Claims of one middle and spread, for each probability how many of them, a float that may be negative. */
export interface CondensedClaims {
  readonly turns: Turns;
  readonly counts: readonly { readonly probability: number; readonly count: number }[];
}

/** The series is of what the groups lack; without groups, of all. */
export interface Condensed extends Series {
  readonly groups: readonly CondensedClaims[];
}

const LOG_STEP = 0.125;
const PROBABILITY_STEP = 0.125;
const SPREAD_STEP = 0.05;
/** Claims this unlikely have a grid of probabilities of their own. */
const RARE = 0.05;

/**
 * Takes out the claims that are small beside their sum, and the rare ones. Both must be of many kinds, share a cap or its absence
 * and, with a cap or where they are rare, one spread.
 * @param capped whether claims with a cap may be condensed
 * @returns the condensed claims, and the rest of them in any order
 */
export function condense(
  claims: readonly RandomClaim[],
  capped: boolean,
): { readonly parts: readonly Condensed[]; readonly rest: readonly RandomClaim[] } {
  const mayBe = ({ spread, cap }: RandomClaim): boolean => spread > 0 && (capped || cap === Infinity);
  const { series, rest: others } = capped ? seriesOf(claims) : { series: null, rest: claims };
  const parts: Condensed[] = series ? [{ groups: [], ...series }] : [];
  const uncertain = others.filter(mayBe).sort((a, b) => a.median - b.median);
  if (uncertain.length < FEWEST) return { parts, rest: others };
  const left: RandomClaim[] = [];
  /** Of claims that are alike the first, the others are left. */
  const take = (alike: readonly RandomClaim[], count: number, logStep: number, probabilityStep: number): void => {
    const first = count < alike.length ? alike.slice(0, count) : alike;
    const isTaken = areMany(first) && !(probabilityStep === PROBABILITY_STEP && comesBack(first));
    if (isTaken) parts.push(onGrid(first, logStep, probabilityStep));
    for (let k = isTaken ? count : 0; k < alike.length; k++) left.push(alike[k]!);
  };
  const alikeInCap = [...grouped(uncertain, ({ cap }) => cap)].flatMap(([cap, alike]) =>
    cap === Infinity ? [alike] : bySpread(alike),
  );
  for (const alike of alikeInCap) {
    // A cap bends the transform within a few spreads of it.
    const { cap, spread } = alike[0]!;
    take(alike, smallOnes(alike), cap < Infinity ? LOG_STEP * Math.min(1, 3 * spread) : LOG_STEP, PROBABILITY_STEP);
  }
  const rare = left.filter(isRare).sort((a, b) => a.median - b.median);
  const likely = left.filter((claim) => !isRare(claim));
  left.length = 0;
  for (const alike of [...grouped(rare, ({ cap }) => cap).values()].flatMap(bySpread)) {
    // At sizes beyond 1/z the transform is as smooth as the spread makes it.
    take(alike, alike.length, Math.min(LOG_STEP, alike[0]!.spread / 7), RARE / (POINTS - 1));
  }
  return { parts, rest: [...others.filter((claim) => !mayBe(claim)), ...likely, ...left] };
}

const isRare = ({ probability }: RandomClaim): boolean => probability <= RARE;

const bySpread = (claims: readonly RandomClaim[]): RandomClaim[][] => [
  ...grouped(claims, ({ spread }) => spread).values(),
];

/** Claims by what they are alike in: everything. */
export function kindsOf(claims: readonly RandomClaim[]): [RandomClaim, ...RandomClaim[]][] {
  const apart = (alike: RandomClaim[], key: "probability" | "spread" | "cap"): RandomClaim[][] =>
    alike.every((claim) => claim[key] === alike[0]![key])
      ? [alike]
      : [...grouped(alike, (claim) => claim[key]).values()];
  return [...grouped(claims, ({ median }) => median).values()].flatMap((alike) =>
    alike.length === 1
      ? [alike]
      : apart(alike, "probability").flatMap((likely) => apart(likely, "spread").flatMap((one) => apart(one, "cap"))),
  ) as [RandomClaim, ...RandomClaim[]][];
}

/** Claims that are alike in everything need not be condensed. */
function areMany(claims: readonly RandomClaim[]): boolean {
  const medians = new Set<number>();
  return claims.some(({ median }) => medians.add(median).size >= FEWEST) || kindsOf(claims).length >= FEWEST;
}

export function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/**
 * The claims, the smallest first, of which the largest is an eighth of a standard deviation of their sum: at every z at
 * which the transform of the sum is not negligible, the transform of each is smooth.
 */
function smallOnes(ascending: readonly RandomClaim[]): number {
  let variance = 0;
  let count = 0;
  ascending.forEach(({ median, probability: p, spread, cap }, place) => {
    const size = Math.min(median, cap);
    variance += p * (1 - p + Math.min(1, spread) ** 2 / 4) * size * size;
    const last = ascending[place + 1]?.median !== median;
    if (last && (8 * median) ** 2 <= variance) count = place + 1;
  });
  return count;
}

/** Of claims with one cap, the smallest first. Where they have one spread too, the grid has that spread alone. */
function onGrid(claims: readonly RandomClaim[], step: number, probabilityStep: number): Condensed {
  const { cap, spread: first } = claims[0]!;
  const alike = claims.every(({ spread }) => spread === first);
  const lowest = Math.log(claims[0]!.median);
  const widest = Math.ceil((Math.log(claims.at(-1)!.median) - lowest) / step) + POINTS;
  const largest = claims.reduce((most, { spread }) => Math.max(most, spread), 0);
  const spreads = alike ? 1 : Math.ceil(largest / SPREAD_STEP) + POINTS;
  const chances = Math.round((probabilityStep === PROBABILITY_STEP ? 1 : RARE) / probabilityStep) + 1;
  const counts = new Float64Array(widest * spreads * chances);
  const [a, b, c] = [weights(), weights(), weights()];
  b[0] = 1;
  const missing = new Moments();
  // The transform of rare claims does not vanish: a variance put right would outgrow it at large z.
  const isPutRight = probabilityStep === PROBABILITY_STEP;
  for (const claim of claims) {
    if (isPutRight) missing.add(claim, 1);
    const m = place((Math.log(claim.median) - lowest) / step, widest, a);
    // The spread of zero, where nothing is smooth, is no point of the grid.
    const s = alike ? 0 : place(claim.spread / SPREAD_STEP - 1, spreads, b);
    const p = place(claim.probability / probabilityStep, chances, c);
    for (let i = 0; i < POINTS; i++) {
      if (a[i] === 0) continue;
      for (let k = 0; k < POINTS; k++) {
        const weight = a[i]! * b[k]!;
        if (weight === 0) continue;
        const start = ((m + i) * spreads + s + k) * chances + p;
        for (let n = 0; n < POINTS; n++) counts[start + n]! += weight * c[n]!;
      }
    }
  }
  const groups: CondensedClaims[] = [];
  for (let row = 0; row < widest * spreads; row++) {
    const median = Math.exp(lowest + Math.floor(row / spreads) * step);
    const spread = alike ? first : ((row % spreads) + 1) * SPREAD_STEP;
    const here = Array.from({ length: chances - 1 }, (_, n) => ({
      probability: (n + 1) * probabilityStep,
      count: counts[row * chances + n + 1]!,
    })).filter(({ count }) => count !== 0);
    if (here.length === 0) continue;
    groups.push({ turns: turnsOf({ median, probability: 1, spread, cap }), counts: here });
    if (isPutRight)
      for (const { probability, count } of here) missing.add({ median, probability, spread, cap }, -count);
  }
  return { groups, cumulants: [missing.mean, missing.variance], unit: 1 };
}

/** Sizes of a narrow spread are nearly multiples of one amount: their transform comes back beyond this z·median. */
const ONE_TURN = 5;
const VANISHED = -14;

/** Whether the transform of the sum may be seen again where the sizes go round once. */
function comesBack(claims: readonly RandomClaim[]): boolean {
  let logarithm = 0;
  for (const claim of claims) {
    const { median, probability } = claim;
    const size = magnitude(sizeOf({ ...claim, probability: 1 }), atFrequency(ONE_TURN / median));
    logarithm += Math.log(1 - probability + probability * size);
    if (logarithm < VANISHED) return false;
  }
  return true;
}

const weights = (): Float64Array => new Float64Array(POINTS);

class Moments {
  mean = 0;
  variance = 0;
  private readonly two = new Float64Array(2);
  add(claim: RandomClaim, count: number): void {
    fillMoments(claim, 1, this.two);
    const mean = claim.probability * this.two[0]!;
    this.mean += count * mean;
    this.variance += count * (claim.probability * this.two[1]! - mean * mean);
  }
}

/** Adds the logarithms of all transforms at z = tilt + i·j·delta for j = from … to a pair of arrays. */
export function addLogarithms(
  { groups, cumulants, unit }: Condensed,
  grid: Grid,
  from: number,
  logs: { readonly re: Float64Array; readonly im: Float64Array },
  addTurns: (turns: Turns, real: Float64Array, imaginary: Float64Array) => void,
): void {
  const length = logs.re.length;
  const real = new Float64Array(length);
  const imaginary = new Float64Array(length);
  for (const { turns, counts } of groups) {
    real.fill(0);
    imaginary.fill(0);
    addTurns(turns, real, imaginary);
    for (const { probability, count } of counts) {
      for (let j = 0; j < length; j++) {
        const x = 1 + probability * (real[j]! - 1);
        const y = probability * imaginary[j]!;
        logs.re[j]! += (count / 2) * Math.log(x * x + y * y);
        logs.im[j]! += count * Math.atan2(y, x);
      }
    }
  }
  const x = -grid.tilt * unit;
  for (let j = 0; j < length; j++) {
    const y = -(from + j) * grid.delta * unit;
    let [re, im] = [0, 0];
    for (let k = cumulants.length; k > 0; k--) {
      const sum = re + cumulants[k - 1]!;
      [re, im] = [(sum * x - im * y) / k, (sum * y + im * x) / k];
    }
    logs.re[j]! += re;
    logs.im[j]! += im;
  }
}

/** Of claims without groups, about the logarithm of the absolute value at a frequency at which it is not small beyond telling. */
export const logarithmAt = ({ cumulants, unit }: Condensed, frequency: number): number =>
  -((frequency * unit) ** 2 * cumulants[1]!) / 2;
