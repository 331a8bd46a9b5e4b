/** The built command line, as a shell sees it: exit codes, standard input and output, Ctrl-C. */
import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  createWriteStream,
  existsSync,
  linkSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { once } from "node:events";
import { file, partsOf } from "../workbench/package";

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

test("a reader that has seen enough of a table is no fault, and leaves nothing behind", () => {
  writeFileSync(path.join(folder, "in.csv"), `企业,金额,国产\n${"甲,1,是\n".repeat(100_000)}`);
  const command = `'${process.execPath}' '${PROGRAM}' run in.csv -i bj-6-suanli -y 2026 -o - | head -1; ls`;
  const { stdout, stderr } = spawnSync("bash", ["-c", command], { encoding: "utf8", cwd: folder, env: environment() });
  expect(stdout).toBe("企业,金额,国产,补贴金额（元）,结论,起作用的限额\nin.csv\n");
  expect(stderr).toMatch(/写出 - … · writing - …\n$/);
});

test("a reader that has seen enough is no fault", () => {
  const command = `'${process.execPath}' '${PROGRAM}' schema | head -1`;
  const { stdout, stderr } = spawnSync("sh", ["-c", command], { encoding: "utf8" });
  expect([stdout, stderr]).toEqual(["{\n", ""]);
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
  ["an unknown command", ["awards"], "", 2, /没有这个命令 · error: unknown command 'awards'/],
  ["an unknown option", ["list", "--all"], "", 2, /没有这个选项/],
  ["no file", ["check", "-y", "2026"], "", 2, /缺少参数/],
  ["a choice that is none", ["sql", "bj-6-suanli", "-y", "2026", "-d", "mysql"], "", 2, /选项的取值不可用.*duckdb/],
  ["an option without its value", ["list", "-y"], "", 2, /选项后面缺少取值/],
  ["one argument too many", ["diff", "a", "b", "c"], "", 2, /参数太多/],
  [
    "an output in a folder that takes none",
    ["template", "-y", "2026", "/sys/out.xlsx"],
    "",
    1,
    /\/sys.*(没有权限|只读)/,
  ],
  [
    "a table in a folder that takes none",
    ["run", "-", "-i", "bj-6-suanli", "-y", "2026", "-o", "/sys/out.csv"],
    CLAIMS,
    1,
    /\/sys.*(没有权限|只读)/,
  ],
  ["a folder in place of a file", ["recalc", "."], "", 1, /无法读取 \.：是文件夹/],
  [
    "scenarios that are no table",
    ["scenarios", "-", "-s", "no.csv", "-i", "bj-6-suanli", "-y", "2026"],
    "",
    1,
    /无法读取 no\.csv：没有这个文件/,
  ],
  [
    "an output of another kind",
    ["scenarios", "-", "-s", "no.csv", "-i", "bj-6-suanli", "-y", "2026", "-o", "out.txt"],
    "",
    1,
    /\.txt/,
  ],
  ["no scenarios", ["scenarios", "-", "-i", "bj-6-suanli", "-y", "2026"], "", 2, /--scenarios/],
  ["no money of the pool", ["pool", "-"], "申请额\n1\n", 1, /缺少资金池金额/],
  ["an amount of the pool that is none", ["pool", "-", "--amount", "很多"], "申请额\n1\n", 1, /很多/],
  [
    "a pool that is none",
    ["pool", "-", "--pool", "bj-6-suanli", "-y", "2026"],
    "申请额\n1\n",
    1,
    /不是写明金额的资金池/,
  ],
  ["a risk that is none", ["pool", "-", "--amount", "1", "--risk", "2"], "申请额\n1\n", 1, /0 与 1 之间/],
  ["an order that is none", ["pool", "-", "--amount", "1", "--order", "x"], "申请额\n1\n", 2, /cap_then_share/],
  ["claims that end in their total", ["pool", "-", "--amount", "9"], "申请额\n1\n2\n3\n", 3, /可能是合计行/],
  ["an unknown family", ["best", "-", "-f", "无此类", "-y", "2026"], CLAIMS, 1, /无此类/],
  ["a file without a table", ["best", "-", "-f", "算力券", "-y", "2026"], "a,b\n1,2\n", 1, /没有认出数据表/],
  [
    "a row without an amount",
    ["best", "-", "-f", "算力券", "-y", "2026"],
    "企业,金额,国产\n甲,很多,是\n",
    3,
    /1 行没有金额/,
  ],
  ["a workbook that is none", ["recalc", "-"], CLAIMS, 1, /无法读取 -/],
  ["a file that is not there", ["recalc", "no.xlsx"], "", 1, /无法读取 no\.xlsx：没有这个文件/],
  ["policies that are not there", ["policies", "no.yaml"], "", 1, /无法读取 no\.yaml：没有这个文件/],
  ["an output that is no workbook", ["recalc", "-", "-o", "out.csv"], "", 1, /输出须为 \.xlsx/],
  ["help", ["--help"], "", 0, /^/],
])("exit code: %s", (_what, args, input, code, words) => {
  const { status, stderr } = butie(args, input);
  expect(stderr).toMatch(words);
  expect(status).toBe(code);
  expect(readdirSync(folder)).toEqual([]);
});

test("a mistake in a table of scenarios names the file, the row and the column", () => {
  writeFileSync(path.join(folder, "set.csv"), "情景,上限\n低,很低\n");
  const { status, stderr } = butie(["scenarios", "-", "-s", "set.csv", "-i", "bj-6-suanli", "-y", "2026"], CLAIMS);
  expect([status, stderr]).toEqual([1, expect.stringContaining("set.csv：情景表第1行“上限”：“很低”")]);
});

test.each([
  ["words", ["list"]],
  ["a table", ["run", "-", "-i", "bj-6-suanli", "-y", "2026", "-o", "-"]],
  ["a workbook", ["export", "-", "-i", "bj-6-suanli", "-y", "2026", "-o", "-"]],
])("a full disk under the standard output is told: %s", (_what, args) => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    encoding: "utf8",
    input: CLAIMS,
    stdio: ["pipe", full, "pipe"],
  });
  closeSync(full);
  expect([status, stderr]).toEqual([1, expect.stringMatching(/磁盘已满\nthe disk is full\n$/)]);
});

test("a workbook, two versions and own policies for machines", () => {
  const bj = ["-i", "bj-6-suanli", "-y", "2026"];
  const json = (args: readonly string[], input = CLAIMS): unknown => JSON.parse(butie(args, input).stdout);
  expect(json(["export", "-", ...bj, "-o", "a.xlsx", "--json"])).toEqual({
    rows: 2,
    total: 20_000_000,
    left: [],
    unwritten: [],
    unused: [],
  });
  writeFileSync(path.join(folder, "b.csv"), CLAIMS.replace("12000000", "10000000.5"));
  const moved = json(["compare", "a.xlsx", "b.csv", ...bj, "-o", "diff.xlsx", "--json"]) as { moves: unknown[] };
  expect(moved).toMatchObject({ before: 20_000_000, after: 20_000_000, same: 0, causes: [{ yuan: 0, rows: 2 }] });
  expect(moved.moves).toMatchObject([
    { kind: "changed", before: { firm: "甲", yuan: 7_200_000 }, after: { yuan: 6_000_000.3 }, yuan: -1_199_999.7 },
    { kind: "changed", before: { firm: "甲", yuan: 12_800_000 }, after: { yuan: 13_999_999.7 }, yuan: 1_199_999.7 },
  ]);
  const own = path.resolve("examples/policies/haidian-two-tier.yaml");
  expect(json(["check", own, "--json"])).toMatchObject([{ id: "hdlc-1-suanli", rate: "20%" }]);
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

test("scenarios, pool and best from standard input, for people and for machines", () => {
  const set = path.join(folder, "情景.csv");
  writeFileSync(set, "情景,比例\n低,10%\n");
  const scenarios = ["scenarios", "-", "-s", set, "-i", "bj-6-suanli", "-y", "2026"];
  expect(butie(scenarios, CLAIMS).stdout).toMatch(
    /^情景,补助合计.*\n基准,20000000\.00,0\.00,.*\n低,4200000\.00,-15800000\.00,/,
  );
  expect(JSON.parse(butie([...scenarios, "--json"], CLAIMS).stdout)).toMatchObject({
    rows: 2,
    results: [
      { 情景: "基准", 补助合计: 20_000_000 },
      { 情景: "低", 补助合计: 4_200_000 },
    ],
  });
  // A table on the standard output stays one.
  const besides = butie([...scenarios, "-o", "-", "--json"], CLAIMS);
  expect(besides.stdout).toMatch(/^情景,[^{]*$/);
  expect(besides.stderr).toContain('"results":[{"情景":"基准"');
  const claims = "企业,申请额\n甲,100\n乙,300\n";
  expect(butie(["pool", "-", "--amount", "200", "-o", "-"], claims).stdout).toBe(
    "申请,申请额,按比例,等额封顶,等额扣减,塔木德,先到先得\n甲,100.00,50.00,100.00,0.00,50.00,100.00\n乙,300.00,150.00,100.00,200.00,150.00,100.00\n",
  );
  expect(butie(["pool", "-", "--amount", "200"], claims).stdout).toMatch(/支付 +200\.00/);
  const best = butie(["best", "-", "-f", "算力券", "-y", "2026", "--json"], "企业,金额,国产\n甲,12000000,是\n");
  expect(JSON.parse(best.stdout)).toMatchObject([{ row: 2, firm: "甲", yuan: 7_200_000, instrument: "bj-6-suanli" }]);
  expect(readdirSync(folder)).toEqual(["情景.csv"]);
});

/** A workbook with one of our functions in each row. */
const book = (stored: number, rows = 1): Uint8Array => {
  const row = (r: number): string =>
    `<row r="${r}"><c r="A${r}"><v>12000000</v></c><c r="B${r}"><f>_xldudf_SUANLI_QUAN(A${r},TRUE,"binjiang",2026)</f><v>${stored}</v></c></row>`;
  const cells = Array.from({ length: rows }, (_, i) => row(i + 1)).join("");
  return file({ sheets: { 表: `<sheetData>${cells}</sheetData>` } });
};

describe("recalc", () => {
  test("compares, writes, and finds nothing to do in what it wrote", () => {
    const [before, after] = ["旧.xlsx", "新.xlsx"].map((name) => path.join(folder, name)) as [string, string];
    writeFileSync(before, book(1));
    const compared = butie(["recalc", before]);
    expect([compared.status, compared.stderr]).toEqual([
      3,
      expect.stringMatching(/1 格的值与文件不符[^]*表!B1 +1 +→ +7200000/),
    ]);
    expect(butie(["recalc", before, "-o", after]).status).toBe(0);
    expect(JSON.parse(butie(["recalc", after, "--json"]).stdout)).toEqual({
      formulas: 1,
      changes: [],
      errors: [],
      kept: [],
    });
    expect(butie(["recalc", after]).status).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(["新.xlsx", "旧.xlsx"].sort());
  });

  test("standard input to standard output", () => {
    const { stdout, status } = spawnSync(process.execPath, [PROGRAM, "recalc", "-", "-o", "-"], { input: book(1) });
    expect(status).toBe(0);
    expect(partsOf(stdout)["xl/worksheets/sheet1.xml"]).toContain("<v>7200000</v>");
  });
});

describe("Ctrl-C leaves no file and no folder behind", () => {
  /** Ends the program as soon as it has said so. @returns the exit code as a shell shows it: of an ending by the signal 128 and its number */
  const stopped = async (
    args: readonly string[],
    when: RegExp,
    { input, signal = "SIGINT" }: { input?: string; signal?: "SIGINT" | "SIGTERM" } = {},
  ): Promise<number | null> => {
    const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: folder, env: environment() });
    if (input !== undefined) child.stdin.write(input);
    let said = "";
    let sent = false;
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (sent || !when.test(said)) return;
      sent = true;
      // Twice, as by someone in a hurry.
      child.kill(signal);
      child.kill(signal);
    });
    const [code, endedBy] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
    expect(sent).toBe(true);
    return endedBy === signal ? 130 : code;
  };

  const write = async (name: string, lines: Iterable<string>, where = folder): Promise<void> => {
    const file = createWriteStream(path.join(where, name));
    for (const line of lines) file.write(`${line}\n`);
    file.end();
    await once(file, "close");
  };
  function* claims(rows: number, id = false) {
    yield `${id ? "合同编号," : ""}企业,金额,国产`;
    for (let i = 0; i < rows; i++) yield `${id ? `C${i},` : ""}企业（${i % 1000}）,${(i % 977) + 0.5},是`;
  }
  const TERM = { signal: "SIGTERM" } as const;
  const Y = ["-y", "2026"];
  const BJ = ["-i", "bj-6-suanli", ...Y];

  // So large that each stage lasts; written once, each test works on a link to it.
  let tables: string;
  beforeAll(async () => {
    tables = mkdtempSync(path.join(tmpdir(), "tables-"));
    await write("in.csv", claims(400_000), tables);
    await write("half.csv", claims(50_000), tables);
    const args = ["run", "half.csv", ...BJ, "-o", "in.xlsx"];
    expect(spawnSync(process.execPath, [PROGRAM, ...args], { cwd: tables }).status).toBe(0);
  });
  afterAll(() => rmSync(tables, { recursive: true }));
  const large = (name: string): void => linkSync(path.join(tables, name), path.join(folder, name));

  test("while the standard input is read", async () => {
    const code = await stopped(["run", "-", ...BJ, "-o", "out.csv"], /读入/, { input: CLAIMS });
    expect(code).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([/读入/, /识别/, /计算/, /写出/])("run, at %s", async (when) => {
    large("in.csv");
    expect(await stopped(["run", "in.csv", ...BJ, "-o", "out.csv", "--threads", "1"], when)).toBe(130);
    expect(readdirSync(folder)).toEqual(["in.csv"]);
  });

  test.each([/读入/, /识别/, /计算/, /写出/])("run from and to workbooks, ended by SIGTERM, at %s", async (when) => {
    large("in.xlsx");
    expect(await stopped(["run", "in.xlsx", ...BJ, "-o", "out.xlsx", "--threads", "1"], when, TERM)).toBe(130);
    expect(readdirSync(folder)).toEqual(["in.xlsx"]);
  });

  test.each([/读入/, /识别/, /计算/, /已算/])("scenarios, at %s", async (when) => {
    large("in.csv");
    await write(
      "情景.csv",
      ["情景,比例,金额增长"].concat(Array.from({ length: 200 }, (_, k) => `s${k},${k / 10}%,${k}%`)),
    );
    const args = ["scenarios", "in.csv", "-s", "情景.csv", ...BJ, "-o", "out.csv"];
    expect(await stopped([...args, "--threads", "1"], when)).toBe(130);
    expect(readdirSync(folder).sort()).toEqual(["in.csv", "情景.csv"]);
  });

  test.each([/读入/, /计算/])("pool, at %s", async (when) => {
    large("in.csv");
    const args = ["pool", "in.csv", "--amount", "1000000", "--claims", "金额", "--probability", "0.5", "-o", "out.csv"];
    expect(await stopped([...args, "--spread", "1.2", "--cap", "500", "--threads", "1"], when)).toBe(130);
    expect(readdirSync(folder)).toEqual(["in.csv"]);
  });

  /** Where nothing listens, the signal ends it. A file may be whole before Ctrl-C is heard, but never half. */
  const atEachStage = async (args: readonly string[], given: readonly string[]): Promise<void> => {
    const output = args.at(-1)!;
    for (const when of [...(given.length ? [/读入/] : []), /计算/]) {
      expect([when, await stopped(args, when)]).toEqual([when, 130]);
      expect(readdirSync(folder)).toEqual(given);
    }
    await stopped(args, /写出/);
    const written = readdirSync(folder).filter((name) => !given.includes(name));
    expect([[], [output]]).toContainEqual(written);
    for (const name of written.filter((file) => file.endsWith(".xlsx")))
      expect(() => partsOf(readFileSync(path.join(folder, name)))).not.toThrow();
  };

  test.each<[string, number, readonly string[]]>([
    ["export", 2_000, ["export", "in.csv", ...BJ, "-o", "out.xlsx"]],
    ["best", 10_000, ["best", "in.csv", "-f", "算力券", ...Y, "-o", "out.xlsx"]],
    ["compare", 2_000, ["compare", "in.csv", ...BJ, "--reading", "cap_period=firm_policy", "-o", "out.xlsx"]],
    ["gains", 10_000, ["gains", "in.csv", ...BJ, "--to", "比例=40%", "-o", "out.xlsx"]],
    ["levers", 10_000, ["levers", "in.csv", ...BJ, "-o", "out.html"]],
    ["report", 50_000, ["report", "in.csv", "--amount", "1000000", "--claims", "金额", "-o", "out.html"]],
    ["template", 0, ["template", ...Y, "--rows", "200", "out.xlsx"]],
  ])("%s, at each of its stages", async (_name, rows, args) => {
    if (rows) await write("in.csv", claims(rows, true));
    await atEachStage(args, rows ? ["in.csv"] : []);
  });

  test("recalc, at each of its stages", async () => {
    writeFileSync(path.join(folder, "in.xlsx"), book(1, 5_000));
    await atEachStage(["recalc", "in.xlsx", "-o", "out.xlsx"], ["in.xlsx"]);
  });
});

test("an output in a folder that is not there is refused, and nothing is left", () => {
  writeFileSync(path.join(folder, "in.csv"), CLAIMS);
  const { status } = butie(["run", "in.csv", "-i", "bj-6-suanli", "-y", "2026", "-o", "no/out.csv"]);
  expect(status).toBe(1);
  expect(existsSync(path.join(folder, "no"))).toBe(false);
  expect(readdirSync(folder)).toEqual(["in.csv"]);
});

describe("a report", () => {
  const claims = "企业,申请额,概率\n甲,100,0.5\n乙,300,1\n丙,200,1\n";

  test("as a page: what was asked, of which columns, verdicts and charts, with nothing to load", () => {
    const { status, stderr } = butie(["report", "-", "--amount", "400", "-o", "out.html"], claims);
    expect([status, stderr]).toEqual([0, expect.stringContaining("报告已写入 out.html")]);
    const page = readFileSync(path.join(folder, "out.html"), "utf8");
    expect(page).toContain("数据来源：-（申请额：申请额；企业：企业；概率：概率）");
    expect(page).toMatch(/<p class="verdict">按所填概率，/);
    expect(page).toContain("<svg");
    expect(page).not.toMatch(/<(script|img|link)/);
    expect(readdirSync(folder)).toEqual(["out.html"]);
  });

  test("as a workbook: the report with its charts, and what each claim gets", () => {
    const { status } = butie(["report", "-", "--amount", "400", "-o", "out.xlsx"], claims);
    expect(status).toBe(0);
    const parts = partsOf(readFileSync(path.join(folder, "out.xlsx")));
    const names = [...(parts["xl/workbook.xml"] ?? "").matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => name);
    expect(names).toEqual(["报告", "各笔分配结果：不设上限"]);
    expect(Object.keys(parts).filter((name) => name.startsWith("xl/charts/"))).not.toEqual([]);
  });

  test("as neither is refused before anything is computed", () => {
    const { status, stderr } = butie(["report", "-", "--amount", "400", "-o", "out.pdf"], claims);
    expect([status, stderr]).toEqual([1, expect.stringContaining("输出须为 .html 或 .xlsx：out.pdf")]);
  });
});

describe("gains and levers as a report", () => {
  const rows = "企业,金额,国产\n甲,12000000,是\n乙,50000000,是\n丙,3000000,否\n";
  const asked = ["-i", "bj-6-suanli", "-y", "2026"];
  const page = (): string => readFileSync(path.join(folder, "out.html"), "utf8");

  test("who gains and who loses: rows, rules, clause, status, and the sentence above its table", () => {
    const { status, stderr } = butie(["gains", "-", ...asked, "--to", "上限=500万元", "-o", "out.html"], rows);
    expect([status, stderr]).toEqual([0, expect.stringContaining("报告已写入 out.html")]);
    expect(page()).toMatch(/<h1>谁多得、谁少得<\/h1><p class="front">规则版本 .*基准 3 行/);
    expect(page()).toContain("杭高新〔2025〕9号 二（六）");
    expect(page()).toContain('<p class="verdict">');
  });

  test("the levers, as a workbook and as a page", () => {
    expect(butie(["levers", "-", ...asked, "-o", "out.xlsx"], rows).status).toBe(0);
    expect(partsOf(readFileSync(path.join(folder, "out.xlsx")))["xl/workbook.xml"]).toContain('name="报告"');
    const pairs = ["--sum", "1000万元", "--along", "rate", "--count", "3"];
    expect(butie(["levers", "-", ...asked, ...pairs, "-o", "out.html"], rows).status).toBe(0);
    expect(page().match(/<tr>/g)).toHaveLength(4);
  });

  test("another kind of file is refused before anything is computed", () => {
    const { status, stderr } = butie(["levers", "-", ...asked, "-o", "out.csv"], rows);
    expect([status, stderr]).toEqual([1, expect.stringContaining("输出须为 .html 或 .xlsx：out.csv")]);
  });
});
