/**
 * Years drawn with a seed: which claims come, and how large they are. For questions about who is cut and when, which have
 * no distribution of their own; what the pool needs is answered by its distribution (need.ts), not by these.
 */
import { checkWhole } from "./fen";
import { normal, seededStream, uniform } from "./random";
import { type CommonFactor, type GroupedClaim, worldsOf } from "./common";
import { checkGrowth, checkUncertain, type CommonGrowth, type RandomClaim } from "./uncertain";

/**
 * Pulls one year after the other: the size of each claim in whole fen, half-up, before any cap; 0 for a claim that does not
 * come. The array is the same in every year. Equal arguments give equal years.
 * @throws Refusal for an amount, probability, spread, growth, factor, seed or number of years that is not acceptable
 */
export function* drawnYears(
  claims: readonly GroupedClaim[],
  options: {
    readonly years: number;
    readonly seed?: number;
    readonly growth?: CommonGrowth | undefined;
    readonly factors?: readonly CommonFactor[];
  },
): Generator<Float64Array, void> {
  const worlds = worldsOf(claims, options.factors ?? []).map(({ weight, claims: moved }) => ({
    weight,
    random: listsOf(checkUncertain(moved)),
  }));
  const { median, spread: swing } = options.growth ?? { median: 1, spread: 0 };
  checkGrowth({ median, spread: swing });
  const years = checkWhole(options.years, "years", 1, 1e8);
  const stream = seededStream(options.seed ?? 1);
  const sizes = new Float64Array(claims.length);
  for (let year = 0; year < years; year++) {
    const { random } = worlds.length === 1 ? worlds[0]! : drawn(worlds, uniform(stream));
    const factor = swing === 0 ? median : median * Math.exp(swing * normal(stream));
    const { medians, probabilities, spreads } = random;
    for (let k = 0; k < sizes.length; k++) {
      const spread = spreads[k]!;
      const comes = uniform(stream) < probabilities[k]!;
      const size = comes ? medians[k]! * factor * (spread === 0 ? 1 : Math.exp(spread * normal(stream))) : 0;
      sizes[k] = Math.floor(size + 0.5);
    }
    yield sizes;
  }
}

/** Lists of numbers, which are read faster than objects, some millions of times. */
const listsOf = (claims: readonly RandomClaim[]) => ({
  medians: Float64Array.from(claims, ({ median }) => median),
  probabilities: Float64Array.from(claims, ({ probability }) => probability),
  spreads: Float64Array.from(claims, ({ spread }) => spread),
});

/** The world in which a place from 0 to 1 lies. */
function drawn<World extends { readonly weight: number }>(worlds: readonly World[], place: number): World {
  let below = 0;
  return worlds.find(({ weight }) => (below += weight) > place) ?? worlds.at(-1)!;
}
