/** A thousand scenarios over a hundred thousand rows, on two threads as in the pane. */
import { once } from "node:events";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { entryOf, planOf, runScenarios, type Plan, type Scenario, type ScenarioBase } from "../../../src/rules";
import { columnsOfRows, rowsOf, rulePlan } from "./rule";

export const ROWS = 100_000;
export const SCENARIOS = 1000;
export const THREADS = 2;

export const PLANS = {
  "the benchmarks' rule": () => rulePlan(),
  "the same with the firm's allowance": () => rulePlan(true),
  "bj-6-suanli": () => planOf(entryOf("bj-6-suanli"), { year: 2026 }),
  "hz-1-stack-suanli": () => planOf(entryOf("hz-1-stack-suanli"), { year: 2026 }),
} satisfies Readonly<Record<string, () => Plan>>;

export type PlanName = keyof typeof PLANS;

function base(name: PlanName): ScenarioBase {
  const rows = rowsOf(ROWS);
  const { inputs } = columnsOfRows(rows);
  const domestic = { kind: "code", codes: rows.eligible, values: [false, true] } as const;
  const plan = PLANS[name]();
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

/** Seconds of processor time per thread, which is the wait on an idle machine. The rows are there before it begins. */
export async function secondsOnThreads(name: PlanName): Promise<number> {
  const threads = Array.from(
    { length: THREADS },
    (_, thread) => new Worker(process.argv[1]!, { workerData: { name, thread } }),
  );
  await Promise.all(threads.map((worker) => once(worker, "message")));
  const begun = process.cpuUsage();
  threads.forEach((worker) => worker.postMessage("go"));
  await Promise.all(threads.map((worker) => once(worker, "message")));
  const { user, system } = process.cpuUsage(begun);
  await Promise.all(threads.map((worker) => worker.terminate()));
  return (user + system) / 1e6 / THREADS;
}

/** What a worker of `secondsOnThreads` does: the benchmark that calls it runs this where it is not the main thread. */
export function serveThread(): void {
  const { name, thread } = workerData as { name: PlanName; thread: number };
  const rows = base(name);
  parentPort!.postMessage("ready");
  parentPort!.once("message", () => {
    let total = 0;
    for (const result of runScenarios(rows, scenarios(thread))) total += result.total;
    parentPort!.postMessage(total);
  });
}
