import fc from "fast-check";
import { halfUp, ratio, formatChinese, formatYuan, MAX_FEN, toFen, toYuan, yuanToFen } from "../../../src/rules";

/** The fen of an amount by its 15 significant digits, half-up, in whole numbers only: an oracle without our arithmetic. */
function fenByDigits(yuan: number): bigint {
  const [mantissa, exponent] = Math.abs(yuan).toExponential(14).split("e") as [string, string];
  const digits = BigInt(mantissa.replace(".", ""));
  const shift = Number(exponent) - 14 + 2;
  const sign = yuan < 0 ? -1n : 1n;
  if (shift >= 0) return sign * digits * 10n ** BigInt(shift);
  const unit = 10n ** BigInt(-shift);
  return sign * ((2n * digits + unit) / (2n * unit));
}

describe("fen of yuan", () => {
  test.each([
    ["nothing", 0, 0],
    ["one fen", 0.01, 1],
    ["half a fen rounds up", 0.005, 1],
    ["just below half a fen rounds down", 0.00499999999999999, 0],
    ["1.005, which the double undercuts", 1.005, 101],
    ["10,000.075, a tie by its digits", 10000.075, 1000008],
    ["0.1 + 0.2 as Excel shows it", 0.1 + 0.2, 30],
    ["a tie at the end of 15 digits", 1234567890.125, 123456789013],
    ["negative amounts mirror positive ones", -1.005, -101],
    ["the largest amount that shows every fen", 9999999999999.99, MAX_FEN],
  ])("%s", (_what, yuan, fen) => expect(toFen(yuan)).toBe(fen));

  test.each([10000000000000, 9999999999999.999, 1e300, Infinity, -Infinity, NaN, -1e13])(
    "%p is no exact amount",
    (yuan) => expect(toFen(yuan)).toBeNaN(),
  );

  test("0 is never -0", () => expect(Object.is(toFen(-0), 0) && Object.is(toFen(-0.001), 0)).toBe(true));

  test("is the half-up rounding of the 15 digits that Excel shows, for any number", () => {
    const numbers = fc.oneof(
      fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      // Around ties: half fens with and without an error in the last bits.
      fc
        .tuple(fc.bigInt(0n, 10n ** 13n), fc.integer({ min: -3, max: 3 }))
        .map(([fen, bits]) => ((Number(fen) + 0.5) / 100) * (1 + bits * Number.EPSILON)),
    );
    fc.assert(
      fc.property(numbers, (yuan) => {
        const wanted = fenByDigits(yuan);
        if (wanted <= BigInt(MAX_FEN) && wanted >= -BigInt(MAX_FEN)) expect(BigInt(toFen(yuan))).toBe(wanted);
      }),
      { numRuns: 5000 },
    );
  });

  test("whole fen come back unchanged", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_FEN }), (fen) => {
        expect(toFen(toYuan(fen))).toBe(fen);
      }),
    );
  });
});

test("figures of a document become fen", () => expect(halfUp(yuanToFen(ratio("8000000")))).toBe(800000000));

describe("amounts in words", () => {
  test.each([
    [0, "0.00"],
    [1, "0.01"],
    [99999, "999.99"],
    [100000, "1,000.00"],
    [1200000000, "12,000,000.00"],
    [-800000000, "-8,000,000.00"],
    [MAX_FEN, "9,999,999,999,999.99"],
  ])("%p fen are %s yuan", (fen, text) => expect(formatYuan(fen)).toBe(text));

  test.each([
    [0, "0 元"],
    [200000, "2000 元"],
    [1000000, "1 万元"],
    [800000000, "800 万元"],
    [25000000000, "2.5 亿元"],
    [10000000000, "1 亿元"],
    [123456789, "123.456789 万元"],
    [-800000000, "-800 万元"],
  ])("%p fen are %s", (fen, text) => expect(formatChinese(fen)).toBe(text));
});
