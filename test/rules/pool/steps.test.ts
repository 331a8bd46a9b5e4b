/** Claims of known size under a common growth: their sums are steps, which stand still or move with it. */
import { needOf, quantile } from "../../../src/rules";

type Figures = readonly [amount: number, probability: number, spread: number, cap: number];
const claimsOf = (rows: readonly Figures[], least = 0) =>
  rows.map(([amount, probability, spread, cap]) => ({
    amount,
    probability,
    spread: spread || least,
    ...(cap < Infinity && { cap }),
  }));

/** The growth moves them little, so that their sums stand where they are. */
const STANDING: readonly Figures[] = [
  [922063725, 0.760977, 1.0, 302483430],
  [498392736, 0.244084, 0.3, 302483430],
  [206782070, 0.718625, 1.0, 302483430],
  [742279415, 0.733837, 1.5, 302483430],
  [346713635, 0.64248, 1.0, 302483430],
  [1297709850, 0.321929, 1.5, 302483430],
  [3286526663, 0.671164, 0.05, 302483430],
  [7875333279, 0.503063, 0.3, 302483430],
  [566397504, 0.699882, 0.0, 302483430],
  [346500768, 0.49507, 0.0, 302483430],
  [488280129, 0.773199, 1.5, 302483430],
  [1911702376, 0.298216, 0.0, 302483430],
  [1156009368, 0.471899, 0.0, 302483430],
  [669588544, 0.394307, 0.1, 302483430],
];
const LITTLE = { median: 0.8, spread: 0.05 };

test("where the steps stand still, they are listed, and there is a figure", () => {
  const need = needOf(claimsOf(STANDING), LITTLE);
  const { chance, error } = need.estimate(need.mean);
  expect(error).toBeLessThan(1e-3);
  // Of three million drawn years (standard error 3e-4).
  expect(Math.abs(chance - 0.492129)).toBeLessThan(error + 1e-3);
});

test("as the words advise: with a spread in each claim, or without the growth, there are figures", () => {
  const spread = needOf(claimsOf(STANDING, 0.1), LITTLE);
  expect(quantile(spread, 0.9)).toBeGreaterThan(quantile(spread, 0.5));
  expect(quantile(needOf(claimsOf(STANDING)), 0.9)).toBeGreaterThan(0);
});

const MOVING: readonly Figures[] = [
  [492028409, 0.258972, 0.0, 534278832],
  [780070591, 0.798236, 0.0, 534278832],
  [1168864710, 0.671432, 0.0, 534278832],
  [553120107, 0.620817, 0.0, 534278832],
  [500864292, 0.239176, 0.5, 534278832],
  [1838996332, 0.753451, 0.5, Infinity],
  [1354082688, 0.597847, 0.0, 534278832],
  [354299411, 0.235342, 0.0, Infinity],
  [182972835, 0.55617, 0.0, 534278832],
  [1282238542, 0.60589, 0.0, 534278832],
  [346633710, 0.261901, 0.0, 534278832],
  [831818486, 0.426988, 0.0, 534278832],
  [1133013747, 0.72806, 0.0, 534278832],
  [1893453334, 0.34758, 0.0, 534278832],
  [303865910, 0.554065, 0.5, 534278832],
];

test("where the growth moves the steps, the sets of growths have them at different amounts, and there are figures", () => {
  const need = needOf(claimsOf(MOVING), { median: 1.1, spread: 0.2 });
  expect(need.estimate(need.mean).error).toBeLessThan(1e-3);
  expect(need.atMost(need.mean)).toBeGreaterThan(0.4);
});
