/**
 * Own policies in every output: the examples of docs/policy-form.md and of examples/policies, computed by hand, in a cell, in
 * columns, in DuckDB and in the exported workbook as LibreOffice computes it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { columnsAwards, readOwnPolicies, setOwnPolicies, type PlannedRow } from "../../src/rules";
import { formulasOf, writtenBook } from "../../src/export";
import { isPlanned, readTable, type Cell } from "../../src/tables";
import { down, functions, one } from "../functions/called";
import { blocksOf } from "../tools/blocks";
import { recalculated, testWithLibreOffice } from "../tools/libreoffice";
import { answersOf, duckdb } from "../writers/sql/databases";

const ROOT = join(__dirname, "../..");
const page = readFileSync(join(ROOT, "docs/policy-form.md"), "utf8");
const [, turns] = /```yaml\n(.*?)```/s.exec(page.slice(page.indexOf("## 常见的其他条款")))!;
const EXAMPLES = join(ROOT, "examples/policies");
const texts = [turns!, ...readdirSync(EXAMPLES).map((file) => readFileSync(join(EXAMPLES, file), "utf8"))];

interface Table {
  readonly what: string;
  readonly id: string;
  readonly headers: readonly string[];
  /** Whether rows of one account have different amounts, which a query leaves to the columns. */
  readonly byColumns?: boolean;
  /** Cells under the headers, and what the row is paid, in yuan; in the year 2026 unless a header says otherwise. */
  readonly rows: readonly (readonly [readonly Cell[], number])[];
}

const TABLES: readonly Table[] = [
  {
    what: "两种算法取高",
    id: "demo-highest",
    headers: ["设备投资", "研发投入"],
    rows: [
      [[1000000, 700000], 200000],
      [[1000000, 900000], 225000],
      [[9000000, 1000000], 300000],
      [[9000000, 9000000], 400000],
    ],
  },
  {
    what: "起付金额：一家企业一年5万元，剩下不足1万元的不予支付",
    id: "demo-minimum",
    headers: ["企业", "购置费用"],
    rows: [
      [["甲", 66666.67], 10000],
      [["甲", 66666.63], 0],
      [["甲", 200000], 30000],
      [["甲", 100000], 10000],
      [["乙", 300000], 45000],
      [["乙", 300000], 0],
    ],
  },
  {
    what: "日期：一年有效，本年度费用，六个月内申请，上半年比例高",
    id: "demo-days",
    headers: ["合同费用", "发券日期", "签订日期", "兑付申请日期"],
    rows: [
      [[100000, "2025-09-01", "2026-06-30", "2026-12-30"], 30000],
      [[100000, "2025-09-01", "2026-07-01", "2026年12月31日"], 20000],
      [[100000, "2025-09-01", "2026-09-01", "2026-09-01"], 20000],
      [[100000, "2025-09-01", "2026-09-02", "2026-09-02"], 0],
      [[100000, "2025-09-01", "2025-12-31", "2026-01-05"], 0],
      [[100000, 20250901, 46082, "2026/8/31"], 30000],
      [[100000, "2025-09-01", "2026-03-01", "2026-09-02"], 0],
    ],
  },
  {
    what: "比重决定比例",
    id: "demo-share",
    headers: ["研发费用", "营业收入"],
    rows: [
      [[500000, 10000000], 150000],
      [[499999.99, 10000000], 75000],
      [[1000, 0], 150],
    ],
  },
  {
    what: "按数量和单价",
    id: "demo-pieces",
    headers: ["用电量", "租用面积", "每平方米月租金", "租用月数", "词元用量", "每百万词元单价"],
    rows: [
      [[123456.7, "", "", "", "", ""], 18518.51],
      [["", 200.5, 50, 12, "", ""], 60150],
      [["", 200.5, 80, 12, "", ""], 72180],
      [["", "", "", "", 1234.5678, 8.5], 2098.77],
      [[1000, 100, 40, 6, 100, 10], 150 + 12000 + 200],
    ],
  },
  {
    what: "逐年退坡：第几年由以前年度有补助的行数出",
    id: "demo-decline",
    headers: ["企业", "申报年度", "运营费用", "第几年"],
    rows: [
      [["甲", 2026, 1000000.01, ""], 500000.01],
      [["甲", 2027, 1000000, ""], 300000],
      [["甲", 2028, 1000000, ""], 200000],
      [["甲", 2029, 1000000, ""], 0],
      [["乙", 2026, 1000000, 3], 200000],
    ],
  },
  {
    what: "杭政函〔2025〕65号（一）：一家企业一年800万元",
    id: "hz65-1-suanli",
    headers: ["企业", "合同实际发生金额", "国产算力", "申领方式", "小微企业"],
    rows: [
      [["甲", 10000000.05, "是", "市级算力券", ""], 3000000.02],
      [["甲", 20000000, "是", "免审叠加", ""], 5000000 - 0.02 + 3000000],
      [["乙", 1000000, "否", "另行申请", ""], 300000],
      [["丙", 999999.99, "否", "", "是"], 500000],
    ],
  },
  {
    what: "深圳一类：一份合同的各级财政合计不超过50%，后面的行先被削减",
    id: "",
    headers: ["政策工具", "企业", "合同", "服务合同金额", "该合同已获其他财政资金"],
    byColumns: true,
    rows: [
      [["szxl-1-xunli", "甲", "一", 1000000, ""], 500000],
      [["szxl-2-quji", "甲", "一", 1000000, ""], 0],
      [["szxl-1-xunli", "乙", "二", 23999999.98, ""], 10000000],
      [["szxl-2-quji", "乙", "二", 23999999.98, ""], 1999999.99],
      [["szxl-1-xunli", "丙", "三", 10000000, 3000000], 2000000],
    ],
  },
];

beforeAll(() => {
  const reading = readOwnPolicies(texts.map((text, i) => ({ name: String(i), text })));
  expect(reading.found).toEqual([]);
  setOwnPolicies(reading);
});
afterAll(() => setOwnPolicies(undefined));

const CLAIM = { year: 2026 };
const plannedOf = ({ id, headers, rows }: Table): PlannedRow[] => {
  const values = rows.map(([cells]) => cells);
  const planned = readTable(id ? [id] : [], headers, values, [2026], CLAIM).filter(isPlanned);
  expect(planned).toHaveLength(rows.length);
  return planned;
};
const expected = ({ rows }: Table): number[] => rows.map(([, yuan]) => yuan);

describe.each(TABLES.map((table) => [table.what, table] as const))("%s", (_what, table) => {
  test("in a cell", () => {
    const values = table.rows.map(([cells]) => [...cells]);
    expect(functions.butie(one(table.id), [[...table.headers]], values, one(2026))).toEqual(down(...expected(table)));
  });

  test("in columns", () => {
    const rows = plannedOf(table);
    expect([...columnsAwards(blocksOf(rows), rows.length).fen].map((fen) => fen / 100)).toEqual(expected(table));
  });

  // Such rows are left to the columns by the query itself.
  if (table.byColumns) return;
  test("in DuckDB", async () => {
    const database = await duckdb();
    const answers = await answersOf(database, plannedOf(table));
    database.close();
    expect(answers.map((answer) => answer && answer.fen / 100)).toEqual(expected(table));
  });
});

testWithLibreOffice(
  "in the exported workbook",
  async () => {
    // No firm and no object of one table is known in another.
    const all = TABLES.flatMap((table, t) =>
      plannedOf(table).map((planned) => ({ ...planned, firm: planned.firm && `${planned.firm}${t}` })),
    );
    const book = formulasOf(all.map((planned, i) => ({ planned, source: i + 1 })));
    expect(book.unwritten).toEqual([]);
    const computed = await recalculated(writtenBook(book, [], { claim: CLAIM, place: "" }));
    const found = new Array<unknown>(all.length);
    for (const { sheet, award } of book.sheets) {
      const cells = computed.sheets.find(({ name }) => name === sheet.name)!.rows;
      for (let row = 0; row < sheet.length; row++)
        found[Number(sheet.columns[0]!.value(row)) - 1] = cells[sheet.first - 1 + row]![sheet.columns.indexOf(award)];
    }
    expect(found).toEqual(TABLES.flatMap(expected));
  },
  120_000,
);
