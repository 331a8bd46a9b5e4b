import { density, gaussLegendre, probabilityBelow } from "../../../src/rules/pool/normal";

/** Abramowitz and Stegun, table 26.1, and the far tail. */
test.each([
  [0, 0.5],
  [1, 0.841344746068543],
  [-1, 0.158655253931457],
  [1.96, 0.975002104851779],
  [3, 0.99865010196837],
])("P(Z ≤ %p) is %p", (z, chance) => expect(probabilityBelow(z)).toBeCloseTo(chance, 14));

test.each([
  [-5, 2.86651571879194e-7],
  [-8, 6.22096057427178e-16],
  [-20, 2.75362411860623e-89],
])("the tail below %p keeps ten digits", (z, chance) => expect(probabilityBelow(z) / chance).toBeCloseTo(1, 10));

test("beyond everything", () => {
  expect([probabilityBelow(-40), probabilityBelow(40), probabilityBelow(-Infinity)]).toEqual([0, 1, 0]);
});

test("is the integral of the density, on both sides of the change of method", () => {
  const { points, weights } = gaussLegendre(24);
  for (let low = -8; low < 8; low += 0.5) {
    const area = points.reduce((sum, x, i) => sum + (weights[i]! * density(low + 0.25 * (x + 1))) / 4, 0);
    expect(probabilityBelow(low + 0.5) - probabilityBelow(low)).toBeCloseTo(area, 14);
  }
});

test("Gauss and Legendre's rule is exact for polynomials up to degree 2n − 1", () => {
  const { points, weights } = gaussLegendre(5);
  const integral = (power: number): number => points.reduce((sum, x, i) => sum + weights[i]! * x ** power, 0);
  expect(integral(8)).toBeCloseTo(2 / 9, 14);
  expect(integral(9)).toBeCloseTo(0, 14);
});
