/**
 * Claims of one spread and one cap under many growths: the spread blurs the transform of a size, which moves smoothly with the logarithm
 * of the median. It is computed on a grid of medians and read between them.
 */
import { grouped } from "./condensed";
import { place, POINTS } from "./lagrange";
import { type Grid, isAtCap, type Size, sizeOf } from "./turns";
import type { RandomClaim } from "./uncertain";

/** Steps of the grid in spreads: polynomials of degree five are off by 1e-7. */
const STEP = 0.2;
/** Claims for each point of the grid from which on it takes less time. */
const WORTH = 2;

/** @returns what gives the size of each of the claims; one that is read from the grid takes no shift */
export function grownSizes(claims: readonly RandomClaim[]): (claim: RandomClaim) => Size {
  const tables = new Map<number, Map<number, (claim: RandomClaim) => Size>>();
  const uncertain = claims.filter((claim) => claim.spread > 0 && !isAtCap(claim));
  for (const [spread, alike] of grouped(uncertain, (claim) => claim.spread)) {
    const byCap = [...grouped(alike, ({ cap }) => cap)].map(([cap, one]) => [cap, tableOf(one)] as const);
    tables.set(spread, new Map(byCap));
  }
  return (claim) => {
    const table = isAtCap(claim) ? undefined : tables.get(claim.spread)?.get(claim.cap);
    return table ? table(claim) : sizeOf(claim);
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
  if (claims.length < WORTH * points) return sizeOf;
  const rows = rowsOf(
    Array.from({ length: points }, (_, k) =>
      sizeOf({ median: Math.exp(lowest + k * step), probability: 1, spread, cap }),
    ),
  );
  return ({ median, probability }) => {
    const weights = new Float64Array(POINTS);
    const first = place((Math.log(median) - lowest) / step, points, weights);
    return {
      cost: POINTS,
      add: (grid, from, real, imaginary) => {
        const { re, im } = rows(grid, from, real.length);
        for (let point = 0; point < POINTS; point++) {
          const weight = weights[point]! * probability;
          const [rowRe, rowIm] = [re[first + point]!, im[first + point]!];
          for (let j = 0; j < real.length; j++) {
            real[j]! += weight * rowRe[j]!;
            imaginary[j]! += weight * rowIm[j]!;
          }
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
