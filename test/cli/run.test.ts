/** A file of claims to a file of awards: what the command line computes is what award() gives, and nothing is dropped unsaid. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import { awards, entryOf, toYuan } from "../../src/rules";
import { tableIn } from "../../src/cli/cells";
import { runJob, type Done, type Job } from "../../src/cli/run/run";
import type { Store } from "../../src/cli/run/store";
import { Warehouse } from "../../src/cli/run/warehouse";
import { plainTables, textsOf } from "../tools/random-rows";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "butie-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const fileIn = (name: string): string => path.join(folder, name);

async function run(job: Partial<Job> & Pick<Job, "input">): Promise<Done> {
  const warehouse = await Warehouse.open({ threads: 1 });
  try {
    return await runJob(
      {
        entry: entryOf("bj-6-suanli"),
        place: entryOf("bj-6-suanli").jurisdiction,
        claim: { year: 2026 },
        readings: {},
        report: () => {},
        ...job,
      },
      warehouse,
    );
  } finally {
    await warehouse.close();
  }
}

const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n");
const rowsIn = (file: string): string[][] =>
  readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, a, b]) =>
        (a ?? b ?? "").replaceAll('""', '"'),
      ),
    );

const LEDGER = [
  ["序号", "申请单位", "合同金额（万元）", "是否国产算力", "备注"],
  ["1", "甲科技（杭州）有限公司", "1200", "是", "x"],
  ["2", "甲科技(杭州)有限公司", "3,000.5", "是", "=1+1"],
  ["3", "乙公司", "800.1234567", "否", ""],
  ["4", "乙公司", "", "否", ""],
  ["5", "丙", "-5", "否", ""],
  ["6", "丁", "1e3", "是", ""],
  ["7", "戊", "12①", "是", ""],
  ["8", "己", "100", "", ""],
  ["9", "小计", "5000", "是", ""],
  ["10", "", "5000", "是", ""],
  ["11", "庚", "5000", "也许", ""],
  ["12", "辛", "99999999999999", "是", ""],
];

describe("a dirty ledger in 万元", () => {
  test("pays what can be read, under the firm's shared cap, and gives back the rest with reasons", async () => {
    writeFileSync(fileIn("in.csv"), csv(LEDGER));
    const done = await run({ input: fileIn("in.csv"), output: fileIn("out.csv"), rejects: fileIn("rejects.csv") });
    // 60 % of 12 million, then what is left of 20 million: both spellings are one firm.
    expect(rowsIn(fileIn("out.csv"))).toEqual([
      [...LEDGER[0]!, "补贴金额（元）", "结论", "起作用的限额"],
      [...LEDGER[1]!, "7200000.00", "可获", "合计"],
      [...LEDGER[2]!.slice(0, 4), "'=1+1", "12800000.00", "可获", "上限"],
    ]);
    const rejects = rowsIn(fileIn("rejects.csv"));
    expect(rejects.slice(1).map((row) => [row[0], row.at(-1)!.replace(/“.*/, "")])).toEqual([
      ["3", "上一年度结算费用："],
      ["4", "输入不全：上一年度结算费用"],
      ["5", "上一年度结算费用：金额不能为负："],
      ["6", "上一年度结算费用："],
      ["7", "上一年度结算费用："],
      ["8", "输入不全：国产算力"],
      ["9", ""],
      ["10", "企业为空，而其他行有企业"],
      ["11", "国产算力："],
      ["12", "上一年度结算费用：金额过大，无法精确到分："],
    ]);
    expect(done).toMatchObject({ rows: 12, awarded: 2, total: 2_000_000_000n, rejected: 10, unused: ["序号", "备注"] });
    // One cause is one group: amounts finer than a fen.
    expect(done.reasons[0]).toMatchObject({ rows: 2, first: [3, 6] });
  });

  test.each(["out.parquet", "out.xlsx"])("%s holds the same and can be read again", async (name) => {
    writeFileSync(fileIn("in.csv"), csv(LEDGER));
    await run({ input: fileIn("in.csv"), output: fileIn(name) });
    const again = await run({ input: fileIn(name), output: fileIn("again.csv") });
    expect(again).toMatchObject({ rows: 2, total: 2_000_000_000n, rejected: 0 });
    expect(rowsIn(fileIn("again.csv"))[2]!.slice(-3)).toEqual(["12800000.00", "可获", "上限"]);
  });

  test.each(["1900", "1904"] as const)(
    "a workbook's cells are read as they stand, days from %s: numbers, booleans, texts, days",
    async (dateSystem) => {
      const rows = [
        ["企业", "金额", "国产", "年度"],
        ["甲", 12_000_000.1, true, new Date(Date.UTC(2026, 5, 10))],
        ["乙", 12_000_000, false, new Date(Date.UTC(2025, 5, 9))],
        ["丙", "１,０００,０００", true, "2026-06-10"],
      ];
      writeFileSync(fileIn("in.xlsx"), await writeXlsx({ sheets: [{ name: "合同", rows }], dateSystem }));
      await run({ input: fileIn("in.xlsx"), output: fileIn("out.xlsx") });
      const { sheets } = await readXlsx(readFileSync(fileIn("out.xlsx")));
      // The second is claimed the day before the document is in force.
      expect(sheets[0]!.rows.slice(1).map((row) => row.slice(4))).toEqual([
        [7_200_000.06, "可获", "合计"],
        [0, "不在有效期内", null],
        [600_000, "可获", "合计"],
      ]);
    },
  );
});

test.each([
  ["a file that is not there", "none.csv", undefined, /无法读取/],
  ["a file of another kind", "claims.docx", "x", /不认识的文件类型/],
  ["two columns of one meaning", "in.csv", "金额,合同金额\n1,2\n", /表头重复/],
  ["no column of the instrument", "in.csv", "甲列,乙列\n1,2\n", /所需的列/],
  ["a header that stands twice", "in.csv", "金额,金额,国产\n1,2,是\n", /“金额”出现两次/],
  ["a line with a cell too many", "in.csv", "企业,金额,国产\n甲,1,是\n乙,1,是,多\n", /第 3 行有 4 格，表头有 3 格/],
  [
    "a quotation mark that is not closed",
    "in.csv",
    '企业,金额,国产\n"甲,1,是\n乙,1,是\n',
    /第 2 行起有一个双引号没有配对/,
  ],
  ["a cell of three megabytes", "in.csv", `备注,金额,国产\n${"x".repeat(3e6)},1,是\n`, /第 2 行太长/],
  ["a header of the database's own", "in.csv", "RowID,金额,国产\n7,1,是\n", /表头“RowID”与数据库的行号同名/],
  ["an empty file", "in.csv", "\n\n", /是空的/],
  ["a unit that is not known", "in.csv", "合同金额（千元）,国产\n1,是\n", /单位/],
])("%s is refused in words", async (_what, name, text, words) => {
  if (text !== undefined) writeFileSync(fileIn(name), text);
  await expect(run({ input: fileIn(name), output: fileIn("out.csv") })).rejects.toThrow(words);
  expect(existsSync(fileIn("out.csv"))).toBe(false);
});

test("headers that the results are called inside are headers like others", async () => {
  const own = ["award_fen", "reason", "row_no", "outcome_words", "limit_words", "why", "text", "claims_row", "raw"];
  writeFileSync(
    fileIn("in.csv"),
    csv([
      [...own, "金额", "国产"],
      [...own, "100", "是"],
      [...own, "-1", "是"],
    ]),
  );
  const files = { input: fileIn("in.csv"), output: fileIn("out.csv"), rejects: fileIn("rejects.csv") };
  expect(await run(files)).toMatchObject({ rows: 2, total: 6000n, rejected: 1 });
  expect(rowsIn(fileIn("out.csv"))[1]).toEqual([...own, "100", "是", "60.00", "可获", "合计"]);
  expect(rowsIn(fileIn("rejects.csv"))[1]!.slice(1, 10)).toEqual(own);
});

test.each([
  ["tabs", "金额\t国产\n100\t是\n"],
  ["semicolons", "金额;国产\n100;是\n"],
  ["a mark, lines of Windows and blank ones above and between", "\ufeff\r\n金额,国产\r\n\r\n100,是\r\n"],
  ["line ends and quotation marks within a cell", '金额,"国\r\n产",备注\r\n100,是,"a ""b"",\r\nc"\r\n'],
])("a CSV with %s is read", async (_what, text) => {
  writeFileSync(fileIn("in.csv"), text);
  expect(await run({ input: fileIn("in.csv") })).toMatchObject({ rows: 1, total: 6000n });
});

test.each(["out.csv", "out.parquet", "out.xlsx"])("%s of a run is computed anew, its results aside", async (name) => {
  writeFileSync(fileIn("in.csv"), "企业,金额,国产\n甲,100,是\n甲,200,是\n");
  await run({ input: fileIn("in.csv"), output: fileIn(name) });
  const said: string[] = [];
  const again = { input: fileIn(name), output: fileIn("again.csv"), report: (line: string) => said.push(line) };
  expect(await run(again)).toMatchObject({ rows: 2, total: 18_000n, unused: [] });
  expect(said.join("\n")).toMatch(/上次计算的结果（补贴金额（元）、结论、起作用的限额），不采用/);
  expect(rowsIn(fileIn("again.csv"))[0]).toEqual(["企业", "金额", "国产", "补贴金额（元）", "结论", "起作用的限额"]);
  // A row whose limit is called 合计 is no row of totals.
  const table = await tableIn(fileIn(name));
  expect(table.region.rows).toHaveLength(2);
});

test.each([
  ["0.9", "0.1234567", 1],
  ["0.9", "0.123456", 0],
])("a rate beside %s is kept to six decimals, or the row is given back: %s", async (first, second, rejected) => {
  writeFileSync(
    fileIn("in.csv"),
    `本金,LPR,月数,地方贴息比例（LPR的百分之几）\n1000000,${first},6,0.5\n1000000,${second},6,0.5\n`,
  );
  expect(await run({ input: fileIn("in.csv"), entry: entryOf("zj-14-tiexi") })).toMatchObject({ rejected });
});

test.each(["a[1].csv", "b*.csv", "c?.csv", "d'x.csv", "合同(1).csv"])(
  "%s is the file of this very name",
  async (name) => {
    writeFileSync(fileIn(name), "金额,国产\n100,是\n");
    for (const other of ["a1.csv", "bb.csv", "cc.csv"]) writeFileSync(fileIn(other), "金额,国产\n999,是\n");
    const { rows, total } = await run({ input: fileIn(name), output: fileIn("o[1].csv") });
    expect([rows, total]).toEqual([1, 6000n]);
    expect(existsSync(fileIn("o[1].csv"))).toBe(true);
  },
);

test("an output that cannot be written leaves nothing behind", async () => {
  writeFileSync(fileIn("in.csv"), csv(LEDGER));
  await expect(run({ input: fileIn("in.csv"), output: fileIn("no/out.csv") })).rejects.toThrow();
  await expect(run({ input: fileIn("in.csv"), output: fileIn("out.docx") })).rejects.toThrow(/不认识的输出类型/);
  expect(readdirSync(folder)).toEqual(["in.csv"]);
});

describe("what a cell means depends on the whole file", () => {
  const given = async (text: string, job: Partial<Job> = {}) => {
    writeFileSync(fileIn("in.csv"), text);
    const files = { input: fileIn("in.csv"), output: fileIn("out.csv"), rejects: fileIn("rejects.csv") };
    const done = await run({ ...files, ...job });
    const back = rowsIn(fileIn("rejects.csv")).slice(1);
    return { ...done, back: back.map((row) => [Number(row[0]), row.at(-1)]) };
  };

  test("a blank year is given back where other rows name theirs: merged cells hold it in their first row only", async () => {
    expect(await given("企业,年度,金额,国产\n甲,2027,100,是\n甲,,100,是\n")).toMatchObject({
      total: 6000n,
      back: [[2, "年度为空，而其他行有年度"]],
    });
    expect(await given("企业,年度,金额,国产\n甲,,100,是\n甲,　,100,是\n")).toMatchObject({ total: 12_000n, back: [] });
  });

  test("a blank firm is given back where a row of another instrument, or one that is not understood, names its firm", async () => {
    const back = [2, "企业为空，而其他行有企业"];
    const text = (tool: string): string => `企业,政策工具,金额,国产\n甲,${tool},100,是\n,bj-6-suanli,100,是\n`;
    expect((await given(text("zj-15-suanli"), { entry: undefined })).back).toEqual([back]);
    expect((await given(text("nowhere"), { entry: undefined })).back).toContainEqual(back);
  });

  test("outside the window no input is right or wrong", async () => {
    expect(await given("企业,年度,金额,国产\n甲,2024,一百,也许\n小计,2024,-5,\n")).toMatchObject({
      back: [],
      total: 0n,
    });
    expect(rowsIn(fileIn("out.csv")).map((row) => row[5])).toEqual(["结论", "不在有效期内", "不在有效期内"]);
  });

  test("a file in which no row names an instrument that there is comes back whole", async () => {
    const none = await given("政策工具,金额,国产\nnowhere,100,是\n,100,是\n", { entry: undefined });
    expect(none).toMatchObject({ rows: 2, awarded: 0, total: 0n, rejected: 2 });
  });
});

describe("a workbook of several sheets", () => {
  const HEADERS = ["企业", "金额", "国产"];
  const book = async (): Promise<void> => {
    const rows = (amount: number) => [HEADERS, ["甲", amount, true]];
    const sheets = [
      { name: "说明", rows: [["本表由各区填报"]] },
      { name: "旧表", rows: rows(1), hidden: true },
      { name: "2025年", rows: rows(100) },
      { name: "2026年", rows: rows(200) },
    ];
    writeFileSync(fileIn("in.xlsx"), await writeXlsx({ sheets }));
  };
  const OTHERS = /读的是工作表“2025年”；还有数据表没有读：2026年/;

  test("the first visible one with a table is read, and the others are named", async () => {
    await book();
    const said: string[] = [];
    const report = (line: string): void => void said.push(line);
    expect(await run({ input: fileIn("in.xlsx"), report })).toMatchObject({
      total: 6000n,
      taken: { sheet: "2025年", others: ["2026年"] },
    });
    expect(said.join("\n")).toMatch(OTHERS);
    expect(await run({ input: fileIn("in.xlsx"), sheet: "2026年" })).toMatchObject({
      total: 12_000n,
      taken: { sheet: "2026年", others: ["2025年"] },
    });
    await expect(run({ input: fileIn("in.xlsx"), sheet: "旧表" })).rejects.toThrow(
      /没有工作表“旧表”，有：说明、2025年/,
    );
    await expect(run({ input: fileIn("in.xlsx"), sheet: "说明" })).rejects.toThrow(/所需的列/);
  });

  test("so do the commands that read cells; a second table on the same sheet has its place", async () => {
    await book();
    const said = jest.spyOn(process.stderr, "write").mockReturnValue(true);
    try {
      expect((await tableIn(fileIn("in.xlsx"))).cells.values[1]).toEqual(["甲", 100, true]);
      expect(said.mock.calls.join("\n")).toMatch(OTHERS);
      said.mockClear();
      const rows = [HEADERS, ["甲", 1, true], [], [], HEADERS, ["乙", 2, true]];
      writeFileSync(fileIn("in.xlsx"), await writeXlsx({ sheets: [{ name: "合同", rows }] }));
      expect((await tableIn(fileIn("in.xlsx"))).region.rows).toEqual([1]);
      expect(said.mock.calls.join("\n")).toMatch(/读的是工作表“合同”；还有数据表没有读：合同!A6/);
    } finally {
      said.mockRestore();
    }
  });
});

describe("any file is computed as award() computes its rows", () => {
  test.each([
    "zj-15-suanli",
    "bj-6-suanli",
    "hz-1-stack-suanli",
    "hz-3-filing",
    "hz-10-base-build",
    "hz-17-dataset",
    "bj-4-platform",
    "bj-5-standards",
    "bj-13-product",
  ])("%s", async (id) => {
    await fc.assert(
      fc.asyncProperty(plainTables(id), async (rows) => {
        fc.pre(rows.length > 0);
        const { headers: given, lines } = textsOf(rows);
        writeFileSync(fileIn("in.csv"), csv([given, ...lines]));
        await run({
          input: fileIn("in.csv"),
          output: fileIn("out.csv"),
          rejects: fileIn("rejects.csv"),
          entry: entryOf(id),
          readings: rows[0]!.plan.readings,
        });
        const [headers, ...paid] = rowsIn(fileIn("out.csv"));
        const amount = headers!.indexOf("补贴金额（元）");
        const rejected = rowsIn(fileIn("rejects.csv")).slice(1);
        expect(paid.length + rejected.length).toBe(rows.length);
        const back = new Set(rejected.map(([place]) => Number(place) - 1));
        const wanted = awards(rows);
        expect(paid.map((row) => row[amount])).toEqual(
          wanted.flatMap(({ fen }, i) => (back.has(i) ? [] : [toYuan(fen).toFixed(2)])),
        );
        for (const i of back) expect(["incomplete", "above-ceiling", "too-large"]).toContain(wanted[i]!.outcome.kind);
      }),
      { numRuns: 12 },
    );
  });
});

test("computed in parts by firm, a table comes to the same as in one", async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `企业${i % 7},${1_000_000 + i * 777_777},${i % 3 ? "是" : "否"}`);
  writeFileSync(fileIn("in.csv"), ["企业,金额,国产", ...rows].join("\n"));
  await run({ input: fileIn("in.csv"), output: fileIn("whole.csv") });
  const warehouse: Warehouse & Pick<Store, "apart"> = await Warehouse.open({ threads: 1 });
  const queries = jest.spyOn(warehouse, "run");
  const apart = { parts: () => 3, isIn: (text: string, part: number) => `hash(${text}) % 3 = ${part}` };
  try {
    const job = { place: entryOf("bj-6-suanli").jurisdiction, claim: { year: 2026 }, readings: {}, report: () => {} };
    const files = { input: fileIn("in.csv"), output: fileIn("parts.csv"), entry: entryOf("bj-6-suanli") };
    await runJob({ ...job, ...files }, Object.assign(warehouse, { apart }));
  } finally {
    await warehouse.close();
  }
  expect(queries.mock.calls.filter(([sql]) => sql.startsWith('INSERT INTO "computed"'))).toHaveLength(2);
  expect(readFileSync(fileIn("parts.csv"), "utf8")).toBe(readFileSync(fileIn("whole.csv"), "utf8"));
});

describe("the encoding of a CSV file is found", () => {
  const text = "企业,金额,国产\n甲公司,12000000,是\n";
  test.each([
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16, Excel's Unicode text", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["GBK", Buffer.from("c6f3d2b52cbdf0b6ee2cb9fab2fa0abcd7b9abcbbe2c31323030303030302ccac70a", "hex")],
  ])("%s", async (_what, bytes) => {
    writeFileSync(fileIn("in.csv"), bytes);
    expect(await run({ input: fileIn("in.csv"), output: fileIn("out.csv") })).toMatchObject({ total: 720_000_000n });
    expect(rowsIn(fileIn("out.csv"))[1]).toEqual(["甲公司", "12000000", "是", "7200000.00", "可获", "合计"]);
  });

  test("a long file whose last line alone is not in UTF-8", async () => {
    const lines = `甲,1,是\n`.repeat(200_000);
    writeFileSync(
      fileIn("in.csv"),
      Buffer.concat([Buffer.from(`企业,金额,国产\n${lines}`), Buffer.from("bcd7", "hex"), Buffer.from(",1,1\n")]),
    );
    // Of two encodings in one file none reads it: the headers mean nothing.
    await expect(run({ input: fileIn("in.csv") })).rejects.toThrow();
  });
});

test("years that a clause counts have to be said where the file holds earlier ones", async () => {
  const event = (year: string, which: string) => ["F", "A", year, "3000000", which];
  const file = (rows: readonly string[][]): string => {
    writeFileSync(fileIn("in.csv"), csv([["企业", "对象", "年度", "cost", "year_index"], ...rows]));
    return fileIn("in.csv");
  };
  const job = { entry: entryOf("bj-20-event") };
  expect(await run({ ...job, input: file([event("2025", ""), event("2026", "2")]) })).toMatchObject({
    total: 200_000_000n,
    rejected: 0,
  });
  expect(await run({ ...job, input: file([event("2025", ""), event("2026", "")]) })).toMatchObject({
    total: 100_000_000n,
    reasons: [{ reason: "第几年补助为空，而同一对象或企业在前面的年度已有行", rows: 1, first: [2] }],
  });
});

test("an award topped up over another instrument's is so too where the rows of a firm name no project", async () => {
  writeFileSync(
    fileIn("in.csv"),
    csv([
      ["企业", "政策工具", "年度", "investment", "approved"],
      ["F", "bj-10-benchmark", "2025", "10000000", ""],
      ["F", "bj-10-listed", "2026", "", "5000000"],
    ]),
  );
  await run({ input: fileIn("in.csv"), output: fileIn("out.csv"), entry: undefined });
  const [headers, ...paid] = rowsIn(fileIn("out.csv"));
  const amounts = paid.map((row) => row[headers!.indexOf("补贴金额（元）")]);
  // 滨江三（十）: 250万, then the difference to 500万.
  expect(amounts).toEqual(["2500000.00", "2500000.00"]);
});
