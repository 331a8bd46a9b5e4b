/** Scenarios over a file: the same as over the table in a sheet, whether the file is computed whole or in parts. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { SIZES } from "../../src/cli/scenarios/parts";
import { scenariosOver, type ScenariosDone } from "../../src/cli/scenarios/run";
import { Warehouse } from "../../src/cli/run/warehouse";
import { entryOf, resultTable, runScenarios, type Scenario } from "../../src/rules";
import { scenarioBase } from "../../src/tables";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "butie-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Even small files in parts. */
const PARTS = { part: 3, whole: 7, most: 64 };

async function over(
  instrument: string,
  rows: readonly (readonly string[])[],
  scenarios: readonly Scenario[],
  sizes = SIZES,
): Promise<ScenariosDone> {
  const input = path.join(folder, "in.csv");
  writeFileSync(input, rows.map((row) => row.join(",")).join("\n"));
  const warehouse = await Warehouse.open({ threads: 1 });
  try {
    const job = { input, entry: entryOf(instrument), claim: { year: 2026 }, readings: {}, scenarios, sizes };
    return await scenariosOver({ ...job, report: () => {} }, warehouse);
  } finally {
    await warehouse.close();
  }
}

/** As the pane and BUTIE.SCENARIO compute them. */
function inSheet(
  instrument: string,
  [headers, ...rows]: readonly (readonly string[])[],
  scenarios: readonly Scenario[],
) {
  const base = scenarioBase([instrument], headers!, rows, [""], { year: 2026 });
  return [...runScenarios(base, scenarios)];
}

const SCENARIOS: readonly Scenario[] = [
  { name: "比例", rate: "0.35" },
  { name: "上限", cap: 500_000_000 },
  { name: "增长", growth: "-0.07" },
  { name: "国产", domesticShare: "0.4" },
  { name: "去年", claim: { year: 2025 } },
  { name: "往年", claim: { year: 2019 } },
  {
    name: "排除",
    excluded: [
      [2, 3],
      [5, 5],
    ],
  },
  { name: "资金池", pool: 1_000_000_000 },
  { name: "杭州", jurisdiction: "330100" },
];

const row = fc.tuple(
  fc.constantFrom(..."甲乙丙丁戊己庚辛壬癸"),
  fc.integer({ min: 1, max: 40 }).map((n) => `c${n}`),
  fc.integer({ min: 0, max: 10 ** 10 }).map((fen) => (fen / 100).toFixed(2)),
  fc.constantFrom("是", "否"),
  fc.constantFrom("2025", "2026", "2019"),
);
const HEADERS = ["企业", "合同编号", "合同金额", "国产", "年度"];

test.each(["bj-6-suanli", "hz-1-stack-suanli", "zj-15-suanli"])(
  "%s: a sheet, a whole file and a file in parts give one answer",
  async (instrument) => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 8, maxLength: 60 }), async (rows) => {
        const table = [HEADERS, ...rows];
        const fit = SCENARIOS.filter(({ excluded }) => !excluded || rows.length >= 5);
        const expected = inSheet(instrument, table, fit);
        const [whole, parts] = [await over(instrument, table, fit), await over(instrument, table, fit, PARTS)];
        expect(resultTable(whole.results, "zh")).toEqual(resultTable(expected, "zh"));
        // Where no row can be computed the words name fewer rows.
        const numbers = (results: ScenariosDone["results"]) =>
          resultTable(
            results.map(({ refusal, ...result }) => ({ ...result, ...(refusal && { refusal: { zh: "", en: "" } }) })),
            "zh",
          );
        expect(numbers(parts.results)).toEqual(numbers(expected));
      }),
      { numRuns: 3 },
    );
  },
  120_000,
);

const LEDGER = [
  ["企业", "合同金额", "国产"],
  ["甲", "12000000", "是"],
  ["乙", "-5", "是"],
  ["甲", "30000000", "是"],
  ["丙", "1e3", "否"],
  ["", "500", "否"],
  ["丁", "800000.5", "否"],
];

test("rows that cannot be read count as not computed in every scenario, with their reasons", async () => {
  const done = await over("bj-6-suanli", LEDGER, [{ name: "低", rate: "0.1" }]);
  expect(done).toMatchObject({ rows: 6, rejected: 3 });
  expect(done.reasons.map(({ first }) => first)).toEqual(expect.arrayContaining([["2"], ["4"], ["5"]]));
  expect(done.results.map(({ unknown, rows }) => [rows, unknown])).toEqual([
    [6, 3],
    [6, 3],
  ]);
  // 12 and 30 million of one firm meet its cap of 20 million.
  expect(done.results[0]!.total).toBe(2_000_000_000 + 24_000_015);
  expect(done.results[1]!.difference).toBe(done.results[1]!.total - done.results[0]!.total);
});

test("what needs all rows at once is refused in words for a file in parts, and the others are computed", async () => {
  const scenarios: Scenario[] = [
    { name: "新增", newFirms: 3 },
    { name: "分配", pool: 100, sharing: "proportional" },
    { name: "行号", excluded: [[99, 99]] },
    { name: "比例", rate: "0.1" },
  ];
  const table = [LEDGER[0]!, ...Array.from({ length: 9 }, (_, i) => [`企业${i}`, "1000", "是"])];
  const { results } = await over("bj-6-suanli", table, scenarios, PARTS);
  expect(results.slice(1).map(({ refusal }) => refusal?.zh ?? "")).toEqual([
    expect.stringContaining("最多 7 行，文件有 9 行"),
    expect.stringContaining("最多 7 行，文件有 9 行"),
    expect.stringContaining("表共 9 行"),
    "",
  ]);
  const whole = await over("bj-6-suanli", table, scenarios);
  expect(whole.results.map(({ refusal }) => Boolean(refusal))).toEqual([false, false, false, true, false]);
});

test("firms that share objects stay together, through others", async () => {
  const table = [
    ["企业", "合同编号", "合同金额", "国产"],
    ...["甲,x", "乙,x", "丙,y", "乙,y", "丁,z", "戊,w", "己,v", "丙,u", "庚,t", "辛,s"].map((pair) => [
      ...pair.split(","),
      "1000000",
      "是",
    ]),
  ];
  const expected = inSheet("bj-6-suanli", table, SCENARIOS);
  const { results } = await over("bj-6-suanli", table, SCENARIOS, PARTS);
  expect(results.map(({ total, firms }) => [total, firms])).toEqual(expected.map(({ total, firms }) => [total, firms]));
});

test("rows that name another instrument count as not computed, with the reason", async () => {
  const [headers, ...rows] = LEDGER;
  const table = [[...headers!, "政策工具"], ...rows.map((row, i) => [...row, i === 0 ? "zj-15-suanli" : ""])];
  const { results, reasons, rejected } = await over("bj-6-suanli", table, []);
  expect([rejected, results[0]!.rows, results[0]!.unknown]).toEqual([4, 6, 4]);
  expect(reasons.map(({ reason }) => reason).join()).toContain("不是本次计算的");
});

test("more rows of one firm than can be computed at once are refused in words", async () => {
  const table = [LEDGER[0]!, ...Array.from({ length: 12 }, () => ["甲", "1000", "是"])];
  await expect(over("bj-6-suanli", table, [], { part: 2, whole: 4, most: 8 })).rejects.toMatchObject({
    text: { zh: expect.stringContaining("请按企业分成几个文件") as string },
  });
});

test("a file with headers alone has no rows, and says so of every scenario", async () => {
  const { rows, results } = await over("bj-6-suanli", [LEDGER[0]!], [{ name: "低", rate: "0.1" }]);
  expect(rows).toBe(0);
  expect(results.map(({ total }) => total)).toEqual([0, 0]);
});

test("a file without the columns that the instrument asks for is refused", async () => {
  await expect(
    over(
      "bj-6-suanli",
      [
        ["甲", "乙"],
        ["1", "2"],
      ],
      [],
    ),
  ).rejects.toMatchObject({
    text: { zh: expect.stringContaining("文件中没有") as string },
  });
});
