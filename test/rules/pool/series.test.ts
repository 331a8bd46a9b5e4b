import { addLogarithms } from "../../../src/rules/pool/condensed";
import { seededStream, uniform } from "../../../src/rules/pool/random";
import { seriesOf } from "../../../src/rules/pool/series";
import { addTurns, turnsOf } from "../../../src/rules/pool/turns";
import { type RandomClaim, spreadOfSum } from "../../../src/rules/pool/uncertain";

/** Claims of 10 to 100 yuan. */
function drawn(count: number, of: (u: () => number) => Partial<RandomClaim>): RandomClaim[] {
  const stream = seededStream(count);
  const u = (): number => uniform(stream);
  return Array.from({ length: count }, () => ({
    median: Math.round(1000 + 9000 * u()),
    probability: 0.5,
    spread: 0,
    cap: Infinity,
    ...of(u),
  }));
}

/** The logarithm of the transform of the sum at z = tilt + i·frequency, claim by claim; of the imaginary part the sine and cosine. */
function logarithm(claims: readonly RandomClaim[], tilt: number, frequency: number): [number, number] {
  let [re, im] = [0, 0];
  for (const claim of claims) {
    const [x, y] = [Float64Array.of(1 - claim.probability), new Float64Array(1)];
    addTurns(turnsOf(claim), 0, { tilt, delta: frequency }, 1, x, y);
    re += Math.log(Math.hypot(x[0]!, y[0]!));
    im += Math.atan2(y[0]!, x[0]!);
  }
  return [re, im];
}

describe("the transform of many small claims from their cumulants is that of each of them", () => {
  test.each<[string, RandomClaim[]]>([
    ["known sizes", drawn(3000, () => ({}))],
    ["likely and unlikely ones", drawn(80_000, (u) => ({ probability: u() < 0.5 ? 0.01 * u() : 1 - 0.01 * u() }))],
    ["sizes with a spread", drawn(3000, () => ({ spread: 0.1 }))],
    ["wide spreads under caps", drawn(6000, (u) => ({ spread: 0.2 + u(), cap: 4000 + 6000 * u() }))],
    ["all of one size", drawn(900, () => ({ median: 4321 }))],
  ])("%s", (_, claims) => {
    const { series, rest } = seriesOf(claims);
    expect(rest).toEqual([]);
    const { deviation } = spreadOfSum(claims);
    for (const [real, imaginary] of [
      [0, 0.5],
      [0, 3],
      [0, 6],
      [1, 5],
    ] as const) {
      const grid = { tilt: real / deviation, delta: imaginary / deviation };
      const logs = { re: new Float64Array(1), im: new Float64Array(1) };
      addLogarithms({ groups: [], ...series! }, grid, 1, logs, () => undefined);
      const [re, im] = logarithm(claims, grid.tilt, grid.delta);
      // What is off counts as much as the transform itself, e to the real part.
      const size = Math.exp(re + grid.tilt * spreadOfSum(claims).mean);
      expect(size * Math.abs(logs.re[0]! - re)).toBeLessThan(1e-9);
      expect(size * Math.abs(Math.sin((logs.im[0]! - im) / 2))).toBeLessThan(1e-9);
    }
  });

  test("what is large beside the sum stays by itself", () => {
    const claims = [...drawn(3000, () => ({})), { median: 1e6, probability: 0.5, spread: 0, cap: Infinity }];
    expect(seriesOf(claims).rest).toEqual([claims.at(-1)]);
  });

  test("a spread without a cap, whose higher moments grow beyond all measure, stays by itself", () => {
    const claims = [...drawn(3000, () => ({})), ...drawn(400, () => ({ spread: 1.2 }))];
    expect(seriesOf(claims).rest).toHaveLength(400);
  });

  test("of few claims, or claims of which none is small, there is no series", () => {
    for (const claims of [drawn(299, () => ({})), drawn(300, () => ({ probability: 0.001 }))])
      expect(seriesOf(claims)).toEqual({ series: null, rest: claims });
  });
});
