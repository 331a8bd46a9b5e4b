import { seededStream, uniform, xoshiro128 } from "../../../src/rules/pool/random";
import { inWords } from "./in-words";
import { normal } from "../../../src/rules/pool/random";
import { simulateNeed } from "./simulated";

/** The first numbers of Blackman and Vigna's xoshiro128starstar.c from the state 1, 2, 3, 4. */
test("xoshiro128** gives its published numbers", () => {
  const stream = xoshiro128([1, 2, 3, 4]);
  expect(Array.from({ length: 10 }, stream)).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ]);
});

test("a seed gives the same stream each time, another seed another", () => {
  const first = (seed: number): number[] => Array.from({ length: 5 }, seededStream(seed));
  expect(first(7)).toEqual(first(7));
  expect(first(7)).not.toEqual(first(8));
});

test("uniform and normal numbers have their moments", () => {
  const stream = seededStream(1);
  const mean = (draw: () => number): number => Array.from({ length: 40000 }, draw).reduce((a, b) => a + b, 0) / 40000;
  // Five standard errors each: 0.289, 1 and √2 over 200.
  expect(Math.abs(mean(() => uniform(stream)) - 0.5)).toBeLessThan(0.0073);
  expect(Math.abs(mean(() => normal(stream)))).toBeLessThan(0.025);
  expect(Math.abs(mean(() => normal(stream) ** 2) - 1)).toBeLessThan(0.036);
});

describe("drawn needs", () => {
  test("are whole fen, ascending, and cut to the cap", () => {
    const needs = simulateNeed([{ amount: 1000, probability: 0.5, spread: 1, cap: 1500 }], { draws: 200, seed: 3 });
    expect(Array.from(needs)).toEqual(Array.from(needs).sort((a, b) => a - b));
    expect(needs.every((need) => Number.isInteger(need) && need <= 1500)).toBe(true);
    expect([needs[0], needs.at(-1)]).toEqual([0, 1500]);
  });
  test("of certain claims are their sum", () => {
    const claims = [
      { amount: 5, probability: 1 },
      { amount: 7, probability: 1 },
      { amount: 9, probability: 0 },
    ];
    expect(Array.from(simulateNeed(claims, { draws: 3, seed: 1 }))).toEqual([12, 12, 12]);
  });
});

test("a seed that is no whole number is refused", () =>
  expect(() => seededStream(0.5)).toThrow(inWords("seed: it must be a whole number")));
