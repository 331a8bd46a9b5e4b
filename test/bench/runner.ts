/** A thousand scenarios over a hundred thousand rows, on two threads as in the pane. `npm run bench -- runner` */
import { once } from "node:events";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { entryOf, planOf, runScenarios, type Plan, type Scenario, type ScenarioBase } from "../../src/rules";
import { contractsIn, AWARD } from "./common/duckdb";
import { columnsOfRows, rowsOf, rulePlan } from "./common/rule";

const ROWS = 100_000;
const SCENARIOS = 1000;
const THREADS = 2;
const DUCKDB_SCENARIOS = 20;

const PLANS: Readonly<Record<string, () => Plan>> = {
  "the benchmarks' rule": () => rulePlan(),
  "the same with the firm's allowance": () => rulePlan(true),
  "bj-6-suanli": () => planOf(entryOf("bj-6-suanli"), { year: 2026 }),
  "hz-1-stack-suanli": () => planOf(entryOf("hz-1-stack-suanli"), { year: 2026 }),
};

function base(name: string): ScenarioBase {
  const rows = rowsOf(ROWS);
  const { inputs } = columnsOfRows(rows);
  const domestic = { kind: "code", codes: rows.eligible, values: [false, true] } as const;
  const plan = PLANS[name]!();
  const known = Object.fromEntries(Object.entries({ ...inputs, domestic }).filter(([input]) => input in plan.inputs));
  return { blocks: [{ plan, columns: { length: ROWS, inputs: known }, firms: rows.firm }], length: ROWS };
}

/** Every one another rate and another cap. */
const scenarios = (thread: number): Scenario[] =>
  Array.from({ length: SCENARIOS / THREADS }, (_, k) => ({
    name: String(k),
    rate: String((100 + ((k * THREADS + thread) % 200)) / 1000),
    cap: 10_000_000 + 10_000 * (k * THREADS + thread),
  }));

if (isMainThread) {
  for (const name of Object.keys(PLANS)) {
    const threads = Array.from(
      { length: THREADS },
      (_, thread) => new Worker(process.argv[1]!, { workerData: { name, thread } }),
    );
    await Promise.all(threads.map((worker) => once(worker, "message")));
    const begun = performance.now();
    threads.forEach((worker) => worker.postMessage("go"));
    await Promise.all(threads.map((worker) => once(worker, "message")));
    const seconds = (performance.now() - begun) / 1000;
    const perRow = (seconds * THREADS * 1e9) / (ROWS * SCENARIOS);
    console.log(
      `${name.padEnd(36)} ${seconds.toFixed(2).padStart(6)} s ${perRow.toFixed(1).padStart(6)} ns/row and thread`,
    );
    await Promise.all(threads.map((worker) => worker.terminate()));
  }
  const duckdb = await contractsIn(rowsOf(ROWS));
  const begun = performance.now();
  for (let k = 0; k < DUCKDB_SCENARIOS; k++) await duckdb.run(`select sum(award) from (${AWARD})`);
  const seconds = ((performance.now() - begun) / 1000) * (SCENARIOS / DUCKDB_SCENARIOS / THREADS);
  console.log(
    `${"DuckDB, the benchmarks' rule, sums only".padEnd(36)} ${seconds.toFixed(2).padStart(6)} s, from ${DUCKDB_SCENARIOS} scenarios`,
  );
  duckdb.closeSync();
} else {
  const { name, thread } = workerData as { name: string; thread: number };
  const rows = base(name);
  parentPort!.postMessage("ready");
  parentPort!.once("message", () => {
    let total = 0;
    for (const result of runScenarios(rows, scenarios(thread))) total += result.total;
    parentPort!.postMessage(total);
  });
}
