/** A thousand scenarios over a hundred thousand rows, on two threads as in the pane. `npm run bench -- runner` */
import { isMainThread } from "node:worker_threads";
import { AWARD, contractsIn } from "./common/duckdb";
import { rowsOf } from "./common/rule";
import { PLANS, ROWS, SCENARIOS, secondsOnThreads, serveThread, THREADS, type PlanName } from "./common/threads";

const DUCKDB_SCENARIOS = 20;

if (isMainThread) {
  for (const name of Object.keys(PLANS) as PlanName[]) {
    const seconds = await secondsOnThreads(name);
    const perRow = (seconds * THREADS * 1e9) / (ROWS * SCENARIOS);
    console.log(
      `${name.padEnd(36)} ${seconds.toFixed(2).padStart(6)} s ${perRow.toFixed(1).padStart(6)} ns/row and thread`,
    );
  }
  const duckdb = await contractsIn(rowsOf(ROWS));
  const begun = process.cpuUsage();
  for (let k = 0; k < DUCKDB_SCENARIOS; k++) await duckdb.run(`select sum(award) from (${AWARD})`);
  const { user, system } = process.cpuUsage(begun);
  const seconds = ((user + system) / 1e6) * (SCENARIOS / DUCKDB_SCENARIOS / THREADS);
  console.log(
    `${"DuckDB, the benchmarks' rule, sums only".padEnd(36)} ${seconds.toFixed(2).padStart(6)} s, from ${DUCKDB_SCENARIOS} scenarios`,
  );
  duckdb.closeSync();
} else serveThread();
