/** Interpolation by polynomials of degree five between points of a grid of whole numbers. */

export const POINTS = 6;

/** Π (i − k) over the other points. */
const DIVISORS = Array.from({ length: POINTS }, (_, i) => {
  let divisor = 1;
  for (let k = 0; k < POINTS; k++) if (k !== i) divisor *= i - k;
  return divisor;
});

/** Lagrange's weights of the points around a place on a grid of whole numbers; returns the first of them. */
export function place(at: number, points: number, out: Float64Array): number {
  const first = Math.max(0, Math.min(points - POINTS, Math.floor(at) - POINTS / 2 + 1));
  const near = Math.round(at);
  if (Math.abs(at - near) < 1e-9) {
    out.fill(0);
    out[near - first] = 1;
    return first;
  }
  const u = at - first;
  let product = 1;
  for (let k = 0; k < POINTS; k++) product *= u - k;
  for (let i = 0; i < POINTS; i++) out[i] = product / (u - i) / DIVISORS[i]!;
  return first;
}
