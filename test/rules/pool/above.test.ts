import { drawnYears, expectedAbove, type CommonFactor, type GroupedClaim } from "../../../src/rules";
import { inWords } from "./in-words";

const one = (claim: Partial<GroupedClaim> = {}): GroupedClaim[] => [{ amount: 1_000_00, probability: 0.5, ...claim }];

describe("how many claims are expected to be above a cap", () => {
  test("a known size just at the cap is not, one fen above it is, as often as it comes", () => {
    expect(expectedAbove(one(), 1_000_00)).toBe(0);
    expect(expectedAbove(one(), 999_99)).toBe(0.5);
    expect(expectedAbove(one(), 0)).toBe(0.5);
  });

  test("a claim of nothing is above no cap, nor is one that never comes", () => {
    expect(expectedAbove(one({ amount: 0, spread: 0.2 }), 0)).toBe(0);
    expect(expectedAbove(one({ probability: 0 }), 0)).toBe(0);
  });

  test("a growth that is known moves sizes to the fen, half-up", () => {
    expect(expectedAbove(one(), 1_050_00, { median: 1.05, spread: 0 })).toBe(0);
    expect(expectedAbove(one(), 1_049_99, { median: 1.05, spread: 0 })).toBe(0.5);
  });

  test("half of the sizes with a spread are above their middle", () => {
    expect(expectedAbove(one({ spread: 0.3 }), 1_000_00)).toBeCloseTo(0.25, 12);
    expect(expectedAbove(one(), 1_000_00, { median: 1, spread: 0.3 })).toBeCloseTo(0.25, 12);
  });

  test("as in drawn years, with spreads, a common growth and states", () => {
    const claims = Array.from({ length: 40 }, (_, k): GroupedClaim => ({
      amount: 1e6 * (1 + (k % 11)),
      probability: 0.1 + 0.02 * k,
      spread: k % 2 ? 0.2 : 0,
      group: k % 3 ? "算力券" : "语料券",
    }));
    const growth = { median: 1.1, spread: 0.1 };
    const states = [
      { chance: 0.3, probability: 1.2, size: 1 },
      { chance: 0.7, probability: 0.8, size: 1.1 },
    ];
    const factors: CommonFactor[] = [{ group: "算力券", states }];
    const [cap, years] = [5e6, 20_000];
    let [all, squares] = [0, 0];
    for (const sizes of drawnYears(claims, { years, growth, factors })) {
      const above = sizes.reduce((count, size) => count + Number(size > cap), 0);
      all += above;
      squares += above ** 2;
    }
    const mean = all / years;
    const error = Math.sqrt((squares / years - mean ** 2) / years);
    expect(Math.abs(expectedAbove(claims, cap, growth, factors) - mean)).toBeLessThan(4 * error);
  });

  test("what is no amount, probability or growth is refused", () => {
    expect(() => expectedAbove(one(), -1)).toThrow(inWords("cap: it cannot be negative"));
    expect(() => expectedAbove(one({ probability: 1.1 }), 1)).toThrow(inWords("it must be from 0 to 1"));
    expect(() => expectedAbove(one(), 1, { median: 0, spread: 0 })).toThrow(inWords("the factor must be above 0"));
  });
});
