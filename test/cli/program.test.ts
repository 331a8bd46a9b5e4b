/** The built command line, as a shell sees it: exit codes, standard input and output, Ctrl-C. */
import { spawn, spawnSync } from "node:child_process";
import { createWriteStream, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { once } from "node:events";

const PROGRAM = path.resolve("dist/cli/butie.cjs");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "shell-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Temporary files go to the folder, too, so that what is left behind is seen. */
const environment = () => ({ ...process.env, TMPDIR: folder, TMP: folder, TEMP: folder });
const butie = (args: readonly string[], input?: string) =>
  spawnSync(process.execPath, [PROGRAM, ...args], { encoding: "utf8", input, cwd: folder, env: environment() });

const CLAIMS = "企业,金额,国产\n甲,12000000,是\n甲,30000000,是\n";

test("standard input to standard output; what is said of the work goes to the other stream", () => {
  const { status, stdout, stderr } = butie(["run", "-", "-i", "bj-6-suanli", "-y", "2026", "-o", "-"], CLAIMS);
  expect(stdout).toBe(
    "企业,金额,国产,补贴金额（元）,结论,起作用的限额\n甲,12000000,是,7200000.00,可获,合计\n甲,30000000,是,12800000.00,可获,上限\n",
  );
  expect(stderr).toContain("2 行，其中 2 行有补贴，合计 20,000,000.00 元；退回 0 行");
  expect(status).toBe(0);
});

test.each([
  [
    "done, with rows given back",
    ["check", "-", "-i", "bj-6-suanli", "-y", "2026"],
    "金额,国产\n-1,是\n",
    3,
    /金额不能为负/,
  ],
  ["an unknown instrument", ["terms", "bj-99", "-y", "2026"], "", 1, /没有编号为“bj-99”的政策工具/],
  ["an unknown reading", ["award", "bj-6-suanli", "-y", "2026", "-r", "cap=x"], "", 1, /没有读法“cap”/],
  [
    "an amount that is none",
    ["award", "bj-6-suanli", "-y", "2026", "amount=1200万", "domestic=是"],
    "",
    1,
    /请填 12000000/,
  ],
  ["a year that is none", ["check", "-", "-i", "bj-6-suanli", "-y", "去年"], "", 1, /去年/],
  ["a column that is no input", ["sql", "bj-6-suanli", "-y", "2026", "-c", "amont"], "", 1, /没有输入“amont”/],
  ["no year", ["award", "bj-6-suanli"], "", 2, /--year/],
  ["an unknown command", ["awards"], "", 2, /unknown command/],
  ["help", ["--help"], "", 0, /^/],
])("exit code: %s", (_what, args, input, code, words) => {
  const { status, stderr } = butie(args, input);
  expect(stderr).toMatch(words);
  expect(status).toBe(code);
  expect(readdirSync(folder)).toEqual([]);
});

test("award, list and terms for machines", () => {
  const json = (args: readonly string[]): unknown => JSON.parse(butie(args).stdout);
  expect(json(["award", "bj-6-suanli", "-y", "2026", "amount=12000000", "domestic=是", "--json"])).toMatchObject({
    outcome: "award",
    yuan: 7_200_000,
  });
  expect(json(["list", "-p", "滨江", "-f", "算力券", "-y", "2026", "--json"])).toHaveLength(2);
  expect(json(["terms", "bj-6-suanli", "-y", "2026", "--json"])).toMatchObject({ 编号: "bj-6-suanli" });
});

const ROWS = 400_000;

describe("Ctrl-C leaves no file and no folder behind", () => {
  const stopped = async (args: readonly string[], when: RegExp, input?: string): Promise<number | null> => {
    const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: folder, env: environment() });
    if (input !== undefined) child.stdin.write(input);
    let said = "";
    let sent = false;
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (sent || !when.test(said)) return;
      sent = true;
      child.kill("SIGINT");
    });
    const [code] = (await once(child, "close")) as [number | null];
    expect(said).toContain("已中断");
    return code;
  };

  test("while the standard input is read", async () => {
    const code = await stopped(["run", "-", "-i", "bj-6-suanli", "-y", "2026", "-o", "out.csv"], /读入/, CLAIMS);
    expect(code).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([/读入/, /识别/, /计算/, /写出/])("at %s", async (when) => {
    const file = createWriteStream(path.join(folder, "in.csv"));
    file.write("企业,金额,国产\n");
    for (let i = 0; i < ROWS; i++) file.write(`企业（${i % 1000}）,${(i % 977) + 0.5},是\n`);
    file.end();
    await once(file, "close");
    const code = await stopped(
      ["run", "in.csv", "-i", "bj-6-suanli", "-y", "2026", "-o", "out.csv", "--threads", "1"],
      when,
    );
    expect(code).toBe(130);
    expect(readdirSync(folder)).toEqual(["in.csv"]);
  });
});

test("an output in a folder that is not there is refused, and nothing is left", () => {
  writeFileSync(path.join(folder, "in.csv"), CLAIMS);
  const { status } = butie(["run", "in.csv", "-i", "bj-6-suanli", "-y", "2026", "-o", "no/out.csv"]);
  expect(status).toBe(1);
  expect(existsSync(path.join(folder, "no"))).toBe(false);
  expect(readdirSync(folder)).toEqual(["in.csv"]);
});
