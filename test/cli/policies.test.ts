/** Own policies on the built command line: checked, used by every command, their schema. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const PROGRAM = path.resolve("dist/cli/butie.cjs");
const SMALL = path.resolve("test/rules/own/small.yaml");
const OWN = "自拟政策，非官方文本";

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "policies-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const butie = (args: readonly string[], input?: string) =>
  spawnSync(process.execPath, [PROGRAM, ...args], { encoding: "utf8", input, cwd: folder });
const file = (name: string, text: string): string => {
  writeFileSync(path.join(folder, name), text);
  return name;
};

test("a file without mistakes is named with what it grants", () => {
  const { status, stdout } = butie(["check", SMALL]);
  expect(stdout).toMatch(/没有错误，2 项政策工具可用/);
  expect(stdout).toMatch(/my-suanli +市级算力券 +国产算力：25%；其他：15%；510 万元（单家企业每年）/);
  expect(status).toBe(0);
});

test("a mistake is refused with file, line, place and words, in both languages", () => {
  const text = readFileSync(SMALL, "utf8").replace("is: 25%", "si: 25%");
  const { status, stderr } = butie(["check", file("a.yaml", text)]);
  expect(stderr).toMatch(/a\.yaml:37 {2}my-suanli, parts 1, limits 1, share, rate 1 {2}不认识的词 si/);
  expect(stderr).toMatch(/unknown word si/);
  expect(status).toBe(1);
  expect(butie(["list", "--policies", "a.yaml"]).status).toBe(1);
  expect(butie(["check", "none.yaml"]).stderr).toMatch(/无法读取 none\.yaml：没有这个文件/);
});

test("policies come from the standard input, which is read once", () => {
  const text = readFileSync(SMALL, "utf8");
  expect(butie(["check", "-"], text).stdout).toMatch(/没有错误，2 项政策工具可用/);
  const own = ["award", "my-suanli", "amount=1000000", "domestic=是", "-y", "2026", "--policies"];
  expect(butie([...own, "-"], text).stdout).toMatch(/可获 250,000\.00 元/);
  const twice = butie(["check", "-", "-i", "my-suanli", "-y", "2026", "--policies", "-"], text);
  expect([twice.status, twice.stderr]).toEqual([1, expect.stringMatching(/标准输入只能读一次/)]);
});

test("an own id works in award, list, terms, sql and run, marked", () => {
  const own = ["--policies", SMALL, "-y", "2026"];
  expect(butie(["award", "my-suanli", "amount=1000000", "domestic=是", ...own]).stdout).toMatch(/可获 250,000\.00 元/);
  expect(butie(["terms", "my-suanli", ...own]).stdout).toContain(OWN);
  expect(butie(["list", "-p", "深圳", ...own]).stdout).toContain(OWN);
  expect(butie(["sql", "my-suanli", ...own]).stdout).toContain(OWN);
  const run = butie(
    ["run", "-", "-i", "my-suanli", "-o", "-", ...own],
    "企业,合同金额,国产算力\n甲,1000000,是\n甲,90000000,是\n",
  );
  expect(run.stdout).toMatch(/250000\.00.*\n.*4850000\.00/);
  expect(butie(["award", "my-suanli", "-y", "2026"]).stderr).toMatch(/没有编号为“my-suanli”/);
});

test("the schema is JSON Schema, and the build writes the same", () => {
  const { stdout } = butie(["schema"]);
  expect(JSON.parse(stdout)).toMatchObject({ $schema: expect.stringContaining("json-schema.org"), type: "object" });
  expect(JSON.parse(readFileSync("dist/policy.schema.json", "utf8"))).toEqual(JSON.parse(stdout));
});

test("the clauses of docs/policy-form.md compute in run: days, a least award, the highest of several parts", () => {
  const page = readFileSync("docs/policy-form.md", "utf8");
  const [, turns] = /```yaml\n(.*?)```/s.exec(page.slice(page.indexOf("## 常见的其他条款")))!;
  const own = ["--policies", file("turns.yaml", turns!), "-y", "2026"];
  const run = (id: string, ...rows: string[]): string =>
    butie(["run", "-", "-i", id, "-o", "-", ...own], `${rows.join("\n")}\n`).stdout;
  expect(
    run(
      "demo-days",
      "合同费用,发券日期,签订日期,兑付申请日期",
      "100000,2025-09-01,2026-06-30,2026-12-30",
      "100000,20250901,2026/7/1,2026年12月31日 18:00",
      "100000,2025-09-01,2026-09-02,2026-09-02",
    ),
  ).toMatch(/30000\.00.*\n.*20000\.00.*\n.*,0\.00,.*\n/);
  expect(run("demo-minimum", "企业,购置费用", "甲,66666.67", "甲,66666.63", "甲,300000", "甲,9000")).toMatch(
    /10000\.00.*\n.*,0\.00.*\n.*40000\.00.*\n.*,0\.00/,
  );
  expect(run("demo-highest", "设备投资,研发投入", "1000000,900000", "9000000,1000000")).toMatch(
    /225000\.00.*\n.*300000\.00/,
  );
});
