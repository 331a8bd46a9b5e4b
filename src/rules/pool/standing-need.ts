/**
 * Claims under a common growth whose sizes are all settled: absent, of known size, or at their caps. Such sums are steps in the
 * need, and are listed; between two growths at which a known size reaches its cap each of them is linear in the growth, so that
 * the growth at which it reaches an amount is found exactly.
 */
import { probabilityBelow } from "./normal";
import { type CommonGrowth, type RandomClaim, sizeBelow } from "./uncertain";

/** The growth's normal variable is looked at within ±REACH, and how likely claims are at their caps in steps of it. */
const REACH = 7;
const STEP = 1 / 256;
/** Sums that are told apart, the likeliest, and those of caps alone; a sum that is rarer is left out. */
const MOST_SUMS = 2 ** 12;
const MOST_CAP_SUMS = 2 ** 8;
const RARE = 1e-9;
/** What may be left out. */
const MOST_LOST = 1e-4;

export interface Standing {
  /** P(every claim is absent, of known size or at its cap, and the need ≤ amount), over all growths. */
  atMost(amount: number): number;
  /** What the sums that are left out have together. */
  readonly lost: number;
}

/** @returns null where the sums that are too many to be listed count */
export function standingOver(random: readonly RandomClaim[], growth: CommonGrowth): Standing | null {
  const uncertain = random.filter(({ spread }) => spread > 0);
  const atCaps = capSums(uncertain, growth);
  if (!atCaps) return null;
  const known = knownSums(
    random.filter(({ spread }) => spread === 0),
    growth,
    MOST_SUMS / atCaps.length,
  );
  const atMost = (amount: number): number =>
    atCaps.reduce((all, { sum, below }) => all + known(amount - sum, below), 0);
  // All of them at once, under each growth.
  const all = cumulatedOver(
    uncertain.reduce(
      (chances, claim) =>
        chances.map((chance, k) => chance * (1 - claim.probability + atCap(claim, growth, PLACES[k]!))),
      PLACES.map(() => 1),
    ),
  );
  const lost = Math.abs(all(Infinity) - atMost(Infinity));
  return lost > MOST_LOST ? null : { atMost, lost };
}

/**
 * @returns Σ over the subsets of the claims: their probability, times `below` of the growth (its normal variable) up to which
 * the subset stays within an amount; of the likeliest subsets, at most `most`
 */
function knownSums(claims: readonly RandomClaim[], { median, spread }: CommonGrowth, most: number) {
  const kinks = claims.map((claim) => claim.cap / claim.median).filter((factor) => factor > 0 && factor < Infinity);
  const factors = [0, ...new Set(kinks.sort((a, b) => a - b))];
  factors.push(median * Math.exp(10 * spread) + factors.at(-1)!);
  let subsets: Subset[] = [{ chance: 1, needs: factors.map(() => 0) }];
  for (const { median: size, probability, cap } of claims) {
    const sizes = factors.map((factor) => Math.min(size * factor, cap));
    subsets = subsets
      .flatMap(({ chance, needs }) => [
        { chance: chance * (1 - probability), needs },
        { chance: chance * probability, needs: needs.map((need, k) => need + sizes[k]!) },
      ])
      .filter(({ chance }) => chance > RARE);
    if (subsets.length > most) subsets = subsets.sort((a, b) => b.chance - a.chance).slice(0, most);
  }
  const zOf = (factor: number): number => Math.log(factor / median) / spread;
  return (amount: number, below: (z: number) => number): number =>
    subsets.reduce((all, { chance, needs }) => {
      if (amount < 0) return all;
      // The last of the factors at which the subset stays within the amount.
      let last = factors.length - 1;
      while (last > 0 && needs[last]! > amount) last--;
      const [low, high] = [needs[last]!, needs[last + 1]];
      if (high === undefined) return all + chance * below(Infinity);
      const factor = factors[last]! + ((factors[last + 1]! - factors[last]!) * (amount - low)) / (high - low);
      return all + chance * below(zOf(factor));
    }, 0);
}

/** Claims of known size that come, with their probability and by growth their need. */
interface Subset {
  readonly chance: number;
  readonly needs: readonly number[];
}

const PLACES = Array.from({ length: (2 * REACH) / STEP + 1 }, (_, k) => k * STEP - REACH);
const NORMAL = PLACES.map(probabilityBelow);

/** P(the claim comes and is at its cap) under a growth. */
function atCap(claim: RandomClaim, { median, spread }: CommonGrowth, z: number): number {
  const grown = { ...claim, median: claim.median * median * Math.exp(spread * z) };
  return claim.cap === Infinity ? 0 : claim.probability * (1 - sizeBelow(grown, claim.cap));
}

/** Claims of uncertain size, each absent or at its cap: the sum of the caps, and the probability of it together with a growth up to z. */
function capSums(claims: readonly RandomClaim[], growth: CommonGrowth) {
  if (claims.length === 0) return [{ sum: 0, below: probabilityBelow }];
  let sums = new Map([[0, PLACES.map(() => 1)]]);
  for (const claim of claims) {
    const present = PLACES.map((z) => atCap(claim, growth, z));
    const next = new Map<number, number[]>();
    const add = (sum: number, chances: readonly number[], times: (k: number) => number): void => {
      const before = next.get(sum);
      const own = chances.map((chance, k) => (before?.[k] ?? 0) + chance * times(k));
      if (own.some((chance) => chance > RARE)) next.set(sum, own);
    };
    for (const [sum, chances] of sums) {
      add(sum, chances, () => 1 - claim.probability);
      if (claim.cap < Infinity) add(sum + claim.cap, chances, (k) => present[k]!);
    }
    if (next.size > MOST_CAP_SUMS) return null;
    sums = next;
  }
  return [...sums].map(([sum, chances]) => ({ sum, below: cumulatedOver(chances) }));
}

/** The probability of what depends on the growth, together with a growth up to z. */
function cumulatedOver(chances: readonly number[]): (z: number) => number {
  const cumulated = [chances[0]! * NORMAL[0]!];
  for (let k = 1; k < PLACES.length; k++)
    cumulated.push(cumulated[k - 1]! + ((chances[k - 1]! + chances[k]!) / 2) * (NORMAL[k]! - NORMAL[k - 1]!));
  return (z) => {
    if (z >= REACH) return cumulated.at(-1)!;
    if (z <= -REACH) return chances[0]! * probabilityBelow(z);
    const k = Math.floor((z + REACH) / STEP);
    return cumulated[k]! + chances[k]! * (probabilityBelow(z) - NORMAL[k]!);
  };
}
