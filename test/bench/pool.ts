/** How long the pool questions take, and how far the risk figures are from a simulation. `npm run bench -- pool` */
import {
  capThatFits,
  needOf,
  poolRisk,
  quantile,
  share,
  SHARING_METHODS,
  type CommonGrowth,
} from "../../src/rules/pool";
import type { UncertainClaim } from "../../src/rules/pool/uncertain";
import { seededStream, uniform } from "../../src/rules/pool/random";
import { chanceWithin, portfolio } from "../rules/pool/oracle";
import { simulateNeed } from "../rules/pool/simulated";

const RUNS = 9;
const LEVELS = [0.5, 0.8, 0.9, 0.95];
const stream = seededStream(42);
const u = (): number => uniform(stream);

/** Milliseconds of processor time, the median of RUNS after one to warm up: other programs of the machine do not count. */
function timed(question: () => unknown): number {
  question();
  const times = Array.from({ length: RUNS }, () => {
    const before = process.cpuUsage();
    question();
    return process.cpuUsage(before).user / 1000;
  });
  return times.sort((a, b) => a - b)[(RUNS - 1) / 2]!;
}

const list = (count: number, claim: () => UncertainClaim): UncertainClaim[] => Array.from({ length: count }, claim);
const amount = (): number => Math.floor(1e9 * u());
const LISTS: [string, UncertainClaim[], CommonGrowth?][] = [
  ["10,000 known sizes", list(10000, () => ({ amount: amount(), probability: u() }))],
  ["10,000 equal sizes", list(10000, () => ({ amount: 1e9, probability: u() }))],
  ["10,000, spread 0.3", list(10000, () => ({ amount: amount(), probability: u(), spread: 0.3 }))],
  ["10,000, spread 0.7", list(10000, () => ({ amount: amount(), probability: u(), spread: 0.7 }))],
  ["10,000, spread 0.8, cap", list(10000, () => ({ amount: amount(), probability: u(), spread: 0.8, cap: 5e8 }))],
  [
    "10,000, spread 0.3, growth",
    list(10000, () => ({ amount: amount(), probability: u(), spread: 0.3 })),
    { median: 1.1, spread: 0.1 },
  ],
  ["100,000, spread 1.2", list(100000, () => ({ amount: amount(), probability: u(), spread: 1.2 }))],
  [
    "24, spread 0.4, cap, growth",
    list(24, () => ({ amount: amount(), probability: u(), spread: 0.4, cap: 5e8 })),
    { median: 1.1, spread: 0.15 },
  ],
  ["10,000, spread 1.2, no cap", list(10000, () => ({ amount: amount(), probability: u(), spread: 1.2 }))],
  ["500, spread 0.5", list(500, () => ({ amount: amount(), probability: u(), spread: 0.5 }))],
  [
    "500, spread 0.5, cap, growth",
    list(500, () => ({ amount: amount(), probability: u(), spread: 0.5, cap: 5e8 })),
    { median: 1.1, spread: 0.1 },
  ],
  ["30 known sizes", list(30, () => ({ amount: amount(), probability: u() }))],
  ["20, spread 0.4, cap", list(20, () => ({ amount: amount(), probability: u(), spread: 0.4, cap: 5e8 }))],
  ["5, spread 0.4", list(5, () => ({ amount: amount(), probability: u(), spread: 0.4 }))],
];

console.log(
  "risk".padEnd(32),
  "method".padEnd(16),
  "ms".padStart(8),
  "  standard errors from the simulation at P50 P80 P90 P95",
);
for (const [name, claims, growth] of LISTS) {
  const options = growth ? { growth } : {};
  const ms = timed(() => poolRisk(claims, 1e12, options));
  const draws = Math.min(1e6, Math.ceil(3e7 / claims.length));
  const drawn = simulateNeed(claims, { draws, seed: 1, ...options });
  const need = needOf(claims, growth);
  const errors = LEVELS.map((level) => {
    const most = quantile(need, level);
    const at = drawn.filter((value) => value <= most).length / draws;
    return ((at - need.atMost(most)) / Math.sqrt((level * (1 - level)) / draws)).toFixed(1).padStart(5);
  });
  console.log(
    name.padEnd(32),
    need.method.padEnd(16),
    ms.toFixed(1).padStart(8),
    " ",
    errors.join(" "),
    `(${draws} draws)`,
  );
}

/** Portfolios of every shape against an outside computation: differences of a probability, and how many have no figure. */
const CELLS = 2 ** 16;
const TURNS = 500;
const differences: number[] = [];
for (let turn = 0; turn < TURNS; turn++) {
  const kinds = portfolio(turn, u);
  const need = needOf(kinds.flatMap(({ count, ...claim }) => list(count, () => claim)));
  const most = Math.ceil(need.mean * (0.5 + u()));
  if (need.estimate(most).error > 1e-4) continue;
  differences.push(Math.abs(need.atMost(most) - chanceWithin(kinds, most, CELLS)));
}
differences.sort((x, y) => x - y);
const [half, ninetyNine, worst] = [0.5, 0.99, 1].map((part) => differences[Math.ceil(part * differences.length) - 1]!);
console.log(
  `\n${differences.length} of ${TURNS} portfolios have a figure; from ${CELLS} cells: half within`,
  `${half!.toExponential(1)}, 99 % within ${ninetyNine!.toExponential(1)}, all within ${worst!.toExponential(1)}\n`,
);

const claims = Array.from({ length: 10000 }, amount);
const ranks = claims.map(() => u());
const pool = Math.floor(claims.reduce((a, b) => a + b, 0) * 0.7);
console.log("\n10,000 claims".padEnd(33), "ms".padStart(25));
for (const method of SHARING_METHODS) {
  console.log(
    method.padEnd(32),
    timed(() => share(claims, pool, { method, ranks }))
      .toFixed(1)
      .padStart(25),
  );
}
const again = { cap: 5e8, order: "share_cap_redistribute" } as const;
console.log(
  "share, cap and redistribute".padEnd(32),
  timed(() => share(claims, pool, again))
    .toFixed(1)
    .padStart(25),
);
console.log(
  "cap that fits".padEnd(32),
  timed(() => capThatFits(claims, pool))
    .toFixed(1)
    .padStart(25),
);
