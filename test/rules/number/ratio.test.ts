import fc from "fast-check";
import {
  add,
  atLeastZero,
  compare,
  floorOf,
  halfUp,
  multiply,
  parseFigure,
  ratio,
  smaller,
  subtract,
  toDecimal,
  ZERO,
  type Ratio,
} from "../../../src/rules/number/ratio";

const whole = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
const divisor = fc.integer({ min: 1, max: 100_000 });
const anyRatio = fc.tuple(whole, divisor).map(([n, d]) => ({ n, d }));
type Pair = { n: number; d: number };
const of = ({ n, d }: Pair): Ratio => ratio(n, d);
const wholeBelow = (n: bigint, d: bigint): bigint => (n >= 0n ? n / d : -((-n + d - 1n) / d));

describe("figures of a policy file", () => {
  test.each([
    [8000000, "8000000"],
    ["30%", "0.3"],
    ["1.5%", "0.015"],
    ["-20%", "-0.2"],
    ["2.5", "2.5"],
  ])("%p", (figure, decimal) => expect(toDecimal(parseFigure(figure), 10).toString()).toBe(decimal));

  test("a day count keeps its fraction: 365/360 of 1,750,000 yuan is 1,774,305.56", () => {
    expect(halfUp(multiply(parseFigure("365/360"), ratio(175000000)))).toBe(177430556);
  });
});

describe("fractions", () => {
  test("add, subtract and multiply as whole numbers say", () => {
    fc.assert(
      fc.property(anyRatio, anyRatio, (a, b) => {
        const [x, y] = [of(a), of(b)];
        expect(
          compare(add(x, y), ratio(String(BigInt(a.n) * BigInt(b.d) + BigInt(b.n) * BigInt(a.d)), a.d * b.d)),
        ).toBe(0);
        expect(compare(subtract(add(x, y), y), x)).toBe(0);
        expect(compare(multiply(x, y), ratio(String(BigInt(a.n) * BigInt(b.n)), a.d * b.d))).toBe(0);
      }),
    );
  });

  test("compare is an order, and smaller is its minimum", () => {
    fc.assert(
      fc.property(anyRatio, anyRatio, (a, b) => {
        const sign = BigInt(a.n) * BigInt(b.d) - BigInt(b.n) * BigInt(a.d);
        expect(Math.sign(compare(of(a), of(b)))).toBe(sign > 0n ? 1 : sign < 0n ? -1 : 0);
        expect(smaller(of(a), of(b))).toEqual(sign <= 0n ? of(a) : of(b));
      }),
    );
  });

  test("floor and half-up round as whole numbers do, negatives included", () => {
    fc.assert(
      fc.property(anyRatio, ({ n, d }) => {
        expect(floorOf(ratio(n, d))).toBe(wholeBelow(BigInt(n), BigInt(d)));
        expect(BigInt(halfUp(ratio(n, d)))).toBe(wholeBelow(2n * BigInt(n) + BigInt(d), 2n * BigInt(d)));
      }),
    );
  });

  test("a third of three is one, not 0.999…", () => expect(halfUp(multiply(ratio(300, 3), ratio(1)))).toBe(100));
  test("nothing is below zero", () => {
    expect(atLeastZero(ratio(-1, 3))).toBe(ZERO);
    expect(atLeastZero(ratio(1, 3))).toEqual(ratio(1, 3));
  });
});
