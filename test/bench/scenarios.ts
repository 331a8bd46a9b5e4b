/** A hundred thousand scenarios over fifty rows, as BUTIE.SCENARIO computes them. `npm run bench -- scenarios` */
import { scenarioAnswers } from "../../src/functions/scenario";

const ROWS = 50;
const SCENARIOS = 100_000;

const values = Array.from({ length: ROWS }, (_, i) => [1_000_000 + 777_777.77 * i, i % 3 !== 0, `企业${i % 20}`]);

for (const instrument of ["zj-15-suanli", "bj-6-suanli"]) {
  const scenarios = Array.from({ length: SCENARIOS }, (_, k) => [
    `${k}`,
    (50 + (k % 250)) / 1000,
    2_000_000 + 1_000 * (k % 7919),
  ]);
  const begun = process.cpuUsage();
  const table = scenarioAnswers(
    [instrument],
    ["amount", "domestic", "firm"],
    values,
    [["name", "rate", "cap"], ...scenarios],
    [2026],
    { year: 2026 },
    "zh",
  );
  const { user, system } = process.cpuUsage(begun);
  console.log(
    `${instrument.padEnd(20)} ${((user + system) / 1e6).toFixed(1)} s of processor time, ${table.length - 1} lines`,
  );
}
