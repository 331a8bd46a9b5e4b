/** Versions of a document on the built command line: each row by that of its day, side by side, and what needs a look. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const PROGRAM = path.resolve("dist/cli/butie.cjs");
const TWO = path.resolve("test/rules/law/two-versions.yaml");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "versions-"));
  writeFileSync(path.join(folder, "c.csv"), CLAIMS);
});
afterEach(() => rmSync(folder, { recursive: true }));

const butie = (...args: readonly string[]) =>
  spawnSync(process.execPath, [PROGRAM, ...args], { encoding: "utf8", cwd: folder });
const own = ["--policies", TWO];

const CLAIMS = `企业,年度,合同金额,国产算力
甲,2026-05-01,10000000,
甲,2026-08-01,20000000,否
甲,2026-12-01,20000000,
乙,2026-12-01,20000000,是
丙,2026,20000000,
丁,2025,1000000,
丁,2027,1000000,
`;

test("run: each row by the version of its day, the cap of the firm is one account; a year of both is given back with its words", () => {
  const { stdout, status } = butie(
    "run",
    "c.csv",
    "-i",
    "mz-suanli",
    "-y",
    "2026",
    "-o",
    "-",
    "--rejects",
    "r.csv",
    ...own,
  );
  const awards = stdout
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",")[4]);
  expect(awards).toEqual(["3000000.00", "4000000.00", "1000000.00", "8000000.00", "300000.00", "200000.00"]);
  expect(readFileSync(path.join(folder, "r.csv"), "utf8")).toMatch(
    /5,丙,2026,20000000,,“某州算力券”在 2026 年有2个版本.*请填申报日期，或写明版本编号/,
  );
  expect(status).toBe(3);
});

test("run of one named version: the rows of other days are not in force, and none is passed over", () => {
  const { stdout } = butie(
    "run",
    "c.csv",
    "-i",
    "mz-suanli@2025-03-01",
    "-y",
    "2026",
    "-o",
    "-",
    "--rejects",
    "r.csv",
    ...own,
  );
  expect(stdout.split("\n").filter((line) => line.includes("可获"))).toHaveLength(3);
  expect(stdout + readFileSync(path.join(folder, "r.csv"), "utf8")).toMatch(/2026-08-01/);
});

test("scenarios of rows of several versions are refused, as one of them would be left out", () => {
  writeFileSync(path.join(folder, "s.csv"), "情景,比例\n低,10%\n");
  const { stderr, status } = butie(
    "scenarios",
    "c.csv",
    "--scenarios",
    "s.csv",
    "-i",
    "mz-suanli",
    "-y",
    "2026",
    "-o",
    "-",
    ...own,
  );
  expect(stderr).toMatch(/同一个版本：请分开计算，或写明版本 mz-suanli@2025-03-01、mz-suanli@2026-07-01/);
  expect(status).toBe(1);
});

test("diff lays two versions side by side; an id that nothing has is refused", () => {
  const { stdout } = butie("diff", "mz@2025-03-01", "mz", ...own);
  expect(stdout).toContain("上限：500 万元 → 800 万元  +300 万元");
  const table = JSON.parse(butie("diff", "mz@2025-03-01", "mz", "--json", "--en", ...own).stdout) as string[][];
  expect(table[0]).toEqual(["instrument", "item", "before", "after", "change"]);
  expect(butie("diff", "mz", "nowhere", ...own).stderr).toMatch(/没有编号为“nowhere”的政策工具/);
});

test("upkeep on a given day; a year is no day", () => {
  const { stdout } = butie("upkeep", "--date", "2027-12-01");
  expect(stdout).toMatch(/zj +有效期 +2027-12-31 终止，还有 30 天/);
  expect(stdout).toMatch(/hz +核对 +上次核对原文 2026-11-27，已满一年/);
  expect(butie("upkeep", "--date", "2027").stderr).toMatch(/要写到日/);
  expect(butie("upkeep").status).toBe(0);
});
