/** The normal distribution, from arithmetic and the exponential function alone. */

const DENSITY_AT_ZERO = 1 / Math.sqrt(2 * Math.PI);

export const density = (z: number): number => DENSITY_AT_ZERO * Math.exp((-z * z) / 2);

// Ratio of two polynomials in |z|, highest power first, that times e^(−z²/2) is the tail beyond |z| up to five √2.
const TAIL_TOP = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
  220.206867912376,
];
const TAIL_BOTTOM = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
  793.826512519948, 440.413735824752,
];

/**
 * P(Z ≤ z) of a standard normal Z, to about 1e-15; the lower tail keeps ten digits.
 * Source: Hart, Computer Approximations (1968), algorithm 5666, as given by West, Better approximations to cumulative
 * normal functions (2005); Laplace's continued fraction in the far tail.
 */
export function probabilityBelow(z: number): number {
  const distance = Math.abs(z);
  if (distance > 38) return z < 0 ? 0 : 1;
  let tail: number;
  if (distance < 5 * Math.SQRT2) {
    tail = (Math.exp((-z * z) / 2) * polynomial(TAIL_TOP, distance)) / polynomial(TAIL_BOTTOM, distance);
  } else {
    let fraction = distance;
    for (let k = 20; k >= 1; k--) fraction = distance + k / fraction;
    tail = density(z) / fraction;
  }
  return z < 0 ? tail : 1 - tail;
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let power = 0; power < coefficients.length; power++) value = value * x + coefficients[power]!;
  return value;
}

/** Points and weights on (−1, 1). */
export interface GaussLegendre {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** Gauss and Legendre's rule: exact for polynomials up to degree 2·count − 1. */
export function gaussLegendre(count: number): GaussLegendre {
  const points = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let newton = 0; newton < 5; newton++) {
      let value = 1;
      let before = 0;
      for (let degree = 1; degree <= count; degree++) {
        [value, before] = [((2 * degree - 1) * x * value - (degree - 1) * before) / degree, value];
      }
      slope = (count * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    points[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}
