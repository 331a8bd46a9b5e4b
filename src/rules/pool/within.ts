/** What people say of an uncertain size, "within ±20 %", as the spread that the distributions work with. */
import { ensure } from "./fen";
import { probabilityBelow } from "./normal";
import { LARGEST_SPREAD } from "./uncertain";

/** How sure "within ±20 %" is meant to be: in eight cases of ten. */
const SURE_WITHIN = 0.8;
const HALVINGS = 60;

/** The chance that a size lies within ± `part` of its middle, where the logarithm of it deviates by `spread`. */
const chanceWithin = (part: number, spread: number): number =>
  probabilityBelow(Math.log1p(part) / spread) - (part < 1 ? probabilityBelow(Math.log1p(-part) / spread) : 0);

/** The largest ± that a spread can stand for, as a part of the middle: from LARGEST_SPREAD, rounded down to a whole percent. */
export const LARGEST_WITHIN = 2.5;

/**
 * The standard deviation of the logarithm of a size that lies within ± `part` of its middle in eight cases of ten: 0.2 ("±20 %")
 * is 0.157, a little less than 0.2. A size is never below zero: from ±100 % on only the upper end counts.
 * @param part from 0 to LARGEST_WITHIN
 * @throws Refusal
 */
export function spreadWithin(part: number): number {
  const known = part >= 0 && part <= LARGEST_WITHIN;
  ensure(known, "within", null, "应在 0 到 250% 之间，如 20%", "it must be from 0 to 250%, such as 20%");
  if (part === 0) return 0;
  let [low, high] = [0, LARGEST_SPREAD];
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (chanceWithin(part, middle) > SURE_WITHIN) low = middle;
    else high = middle;
  }
  return high;
}
