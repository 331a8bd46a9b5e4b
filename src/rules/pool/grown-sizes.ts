/**
 * Claims of one spread and one cap under many growths: the spread blurs the transform of a size, which moves smoothly with the logarithm
 * of the median. It is computed on a grid of medians and read between them.
 */
import { grouped } from "./condensed";
import { place, POINTS } from "./lagrange";
import { ofTurns, type Grid, isAtCap, type Size, turnsOf } from "./turns";
import type { RandomClaim } from "./uncertain";

/** Steps of the grid in spreads: polynomials of degree five are off by 1e-7. */
const STEP = 0.2;
/** Claims for each point of the grid from which on it takes less time. */
const WORTH = 2;

/** @returns what gives the size of each of the claims, or of one with the same median, spread and cap */
export function grownSizes(claims: readonly RandomClaim[]): (claim: RandomClaim) => Size {
  const tables = new Map<number, Map<number, (claim: RandomClaim) => Size>>();
  const uncertain = claims.filter((claim) => claim.spread > 0 && !isAtCap(claim));
  for (const [spread, alike] of grouped(uncertain, (claim) => claim.spread)) {
    const byCap = [...grouped(alike, ({ cap }) => cap)].map(([cap, one]) => [cap, tableOf(one)] as const);
    tables.set(spread, new Map(byCap));
  }
  return (claim) => {
    const table = isAtCap(claim) ? undefined : tables.get(claim.spread)?.get(claim.cap);
    return table ? table(claim) : ofTurns(turnsOf(claim));
  };
}

/** Claims of one spread and cap. */
function tableOf(claims: readonly RandomClaim[]): (claim: RandomClaim) => Size {
  const { spread, cap } = claims[0]!;
  const medians = claims.map(({ median }) => median);
  const step = STEP * spread;
  const lowest = Math.log(medians.reduce((a, b) => Math.min(a, b))) - (POINTS / 2) * step;
  const highest = Math.log(medians.reduce((a, b) => Math.max(a, b)));
  const points = Math.ceil((highest - lowest) / step) + POINTS;
  if (claims.length < WORTH * points) return (claim) => ofTurns(turnsOf(claim));
  const at = Array.from({ length: points }, (_, k) =>
    ofTurns(turnsOf({ median: Math.exp(lowest + k * step), probability: 1, spread, cap })),
  );
  const rows = rowsOf(at);
  return ({ median, probability }) => {
    const weights = new Float64Array(POINTS);
    const first = place((Math.log(median) - lowest) / step, points, weights);
    const [a, b, c, d, e, f] = weights.map((weight) => weight * probability) as unknown as [
      ...[number, number, number],
      ...[number, number, number],
    ];
    return {
      cost: POINTS,
      add: (grid, from, real, imaginary) => {
        const { re, im } = rows(grid, from, real.length);
        const [r0, r1, r2] = [re[first]!, re[first + 1]!, re[first + 2]!];
        const [r3, r4, r5] = [re[first + 3]!, re[first + 4]!, re[first + 5]!];
        const [i0, i1, i2] = [im[first]!, im[first + 1]!, im[first + 2]!];
        const [i3, i4, i5] = [im[first + 3]!, im[first + 4]!, im[first + 5]!];
        for (let j = 0; j < real.length; j++) {
          real[j]! += a * r0[j]! + b * r1[j]! + c * r2[j]! + d * r3[j]! + e * r4[j]! + f * r5[j]!;
          imaginary[j]! += a * i0[j]! + b * i1[j]! + c * i2[j]! + d * i3[j]! + e * i4[j]! + f * i5[j]!;
        }
      },
    };
  };
}

interface Rows {
  readonly re: readonly Float64Array[];
  readonly im: readonly Float64Array[];
}

/** The transforms of all sizes; those asked for last are kept, as every claim under every growth asks for the same. */
function rowsOf(sizes: readonly Size[]): (grid: Grid, from: number, length: number) => Rows {
  let of: Grid | undefined;
  let start = NaN;
  let rows: Rows = { re: [], im: [] };
  return (grid, from, length) => {
    if (of === grid && start === from && rows.re[0]!.length === length) return rows;
    [of, start] = [grid, from];
    if (rows.re[0]?.length === length) for (const row of [...rows.re, ...rows.im]) row.fill(0);
    else rows = { re: sizes.map(() => new Float64Array(length)), im: sizes.map(() => new Float64Array(length)) };
    sizes.forEach((size, k) => size.add(grid, from, rows.re[k]!, rows.im[k]!, 0));
    return rows;
  };
}
