/**
 * A slider over a cap or a rate with 100,000 contracts: what each position waits for, exact to the fen, beside decimal.js computing
 * the same rule row by row. `npm run bench -- slider`
 */
import Decimal from "decimal.js";
import { entryOf, evenValues, leverPairs, planOf, totalsOf, type Changes, type ScenarioBase } from "../../src/rules";
import { blocksOfRows } from "../../src/tables";
import { Numbers } from "./common/numbers";

const ROWS = 100_000;
const FIRMS = 30_000;
const POSITIONS = 100;
const WARM = 20;
/** Three frames: longer is felt under the finger. */
const AIM = 50;

const numbers = new Numbers(7);
const contracts = Array.from({ length: ROWS }, () => ({
  amount: Math.floor(numbers.next() * 3e9),
  domestic: numbers.next() < 0.5,
  firm: Math.floor(numbers.next() * FIRMS),
}));

const baseUnder = (id: string, shared: boolean): ScenarioBase => ({
  blocks: blocksOfRows(
    contracts.map(({ amount, domestic, firm }) => ({
      plan: planOf(entryOf(id), { year: 2026 }),
      row: { amount, domestic },
      firm: shared ? `企业${firm}` : undefined,
    })),
  ),
  length: ROWS,
});

/** Milliseconds of processor time per position, the median and that of nineteen in twenty: now and then memory is tidied up. */
function measured(positions: readonly (() => unknown)[]): { median: number; longest: number } {
  const times = positions
    .map((position) => {
      const begun = process.cpuUsage();
      position();
      const { user, system } = process.cpuUsage(begun);
      return (user + system) / 1e3;
    })
    .sort((a, b) => a - b);
  const at = (part: number): number => times[Math.min(times.length - 1, Math.floor(times.length * part))]!;
  return { median: at(0.5), longest: at(0.95) };
}

const LEVERS: Readonly<Record<string, (k: number) => Changes>> = {
  "cap 上限": (k) => ({ cap: 200_000_000 + k * 5_345_678 }),
  "rate 比例": (k) => ({ rate: String((100_000 + k * 3_919) / 1e6) }),
  "30% tier 30%档比例": (k) => ({ rates: { "0.3": String((100_000 + k * 3_919) / 1e6) } }),
};

for (const id of ["zj-15-suanli", "bj-6-suanli"]) {
  for (const shared of [false, true]) {
    const base = baseUnder(id, shared);
    for (const [name, changesAt] of Object.entries(LEVERS)) {
      const resultOf = totalsOf(base);
      const positions = Array.from({ length: POSITIONS }, (_, k) => () => {
        const result = resultOf(changesAt(k));
        if (result.refusal) throw new Error(`${id} ${name}: ${result.refusal.en}`);
      });
      // Threads that compile count as processor time, too: the first positions stand apart.
      const first = measured(positions.slice(0, WARM)).longest;
      const { median, longest } = measured(positions.slice(WARM));
      console.log(
        `${id.padEnd(14)} ${(shared ? "firms share" : "each alone").padEnd(12)} ${name.padEnd(20)} median ${median.toFixed(1).padStart(5)} ms, 95 % within ${longest.toFixed(1).padStart(5)} ms; longest of the first twenty ${first.toFixed(1).padStart(6)} ms ${longest <= AIM ? "" : "  above the aim"}`,
      );
    }
  }
}

const shared = baseUnder("zj-15-suanli", true);
const pairs = measured([
  () => {
    const along = { lever: "rate", values: evenValues("rate", "0.1", "0.3", 9) } as const;
    const work = leverPairs(shared, {
      along,
      solved: "cap",
      wanted: 10_000_000_000_000,
      measure: "total",
    });
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
    }
  },
]);
console.log(`nine pairs of rate and cap, firms share: ${(pairs.median / 1e3).toFixed(1)} s`);

const decimals = contracts.map(({ amount, domestic, firm }) => ({ amount: new Decimal(amount), domestic, firm }));
const byDecimal = measured(
  Array.from({ length: 5 }, (_, k) => () => {
    const cap = new Decimal(200_000_000 + k * 5_345_678);
    const drawn = new Map<number, Decimal>();
    let total = new Decimal(0);
    for (const { amount, domestic, firm } of decimals) {
      const used = drawn.get(firm) ?? new Decimal(0);
      const award = Decimal.min(amount.times(domestic ? "0.3" : "0.1").toDecimalPlaces(0, 4), cap.minus(used));
      drawn.set(firm, used.plus(award));
      total = total.plus(award);
    }
    return total;
  }),
);
console.log(`decimal.js, row by row, firms share: median ${byDecimal.median.toFixed(0)} ms`);
