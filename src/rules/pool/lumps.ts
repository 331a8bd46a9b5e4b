/** Sums of known sizes that lie together at the multiples of a round amount, as sizes in whole yuan or 万元 do. */
import { type RandomClaim, spreadOfSum } from "./uncertain";

/** Logarithm of a transform that does not come back. */
const VANISHED = -36;

/**
 * Known sizes that are nearly multiples of a round amount u have sums that lie together at its multiples: as probable as
 * the density of the sum times u, as far as the transform comes back at 2π/u.
 * @param unit of which all sizes are multiples: the transform comes back whole, and half a unit beside a sum nothing is lost
 * @param farthest distance of lumps that is looked at
 */
export function largestLump(claims: readonly RandomClaim[], unit: number, farthest: number): number {
  const { deviation } = spreadOfSum(claims);
  return roundUnits(unit, farthest).reduce((largest, one) => {
    let logarithm = 0;
    for (const { median, probability: p } of claims) {
      const turn = median / one;
      logarithm += Math.log(1 - 2 * p * (1 - p) * (1 - Math.cos(2 * Math.PI * (turn - Math.round(turn))))) / 2;
      if (logarithm < VANISHED) return largest;
    }
    return Math.max(largest, (one / deviation / Math.sqrt(2 * Math.PI)) * Math.exp(logarithm));
  }, 0);
}

/** Round amounts above one and up to another: 1, 2, 2.5 and 5 fen, ten times as much, … */
export function roundUnits(above: number, upTo: number): number[] {
  const units: number[] = [];
  for (let tens = 1; tens <= upTo; tens *= 10) units.push(...[tens, 2 * tens, 2.5 * tens, 5 * tens]);
  return units.filter((unit) => unit > above && unit <= upTo);
}
