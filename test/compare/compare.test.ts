/** Two versions against one another: which awards moved, by how much, because of which number; the sum is right to the fen. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
  compare,
  compareTerms,
  comparisonPage,
  comparisonSheet,
  versionOf,
  type Comparison,
  type Terms,
} from "../../src/compare";
import type { ComparedBook } from "../../src/compare/version";
import { exportBook } from "../../src/export";
import { readBook } from "../../src/export/file/read";
import { mapSheet, fingerprintOf } from "../../src/host/frozen-map";
import { FUNCTION_NAMES } from "../../src/functions/declared";
import { entryOf, findJurisdiction, readOwnPolicies, RULES_VERSION, setOwnPolicies } from "../../src/rules";

type Cell = string | number | boolean;
type Rows = readonly (readonly Cell[])[];

const TERMS: Terms = {
  entry: entryOf("zj-15-suanli"),
  place: findJurisdiction("浙江")!,
  claim: { year: 2026 },
  readings: {},
};
const HEADERS = ["企业", "合同编号", "金额", "国产算力"];

const book = (rows: Rows, name = "台账.xlsx", formulas?: readonly string[][]): ComparedBook => ({
  name,
  sheets: [{ name: "台账", cells: { values: rows, ...(formulas && { formulas }) } }],
});
const exported = (rows: Rows, name: string, readings: Record<string, string> = {}): ComparedBook => {
  const table = { instruments: ["zj-15-suanli"], headers: HEADERS, values: rows, years: [2026] };
  const { bytes } = exportBook(table, { claim: { year: 2026 }, place: "浙江省", readings });
  return { name, sheets: readBook(bytes) };
};
const of = (one: ComparedBook) => versionOf(one, TERMS, FUNCTION_NAMES);
const compared = (before: ComparedBook, after: ComparedBook): Comparison => compare(of(before), of(after));

/** Everything of a comparison that must add up. */
function adds({ before, after, moves, causes }: Comparison): void {
  const sum = (list: readonly { readonly fen: number }[]): number => list.reduce((fen, one) => fen + one.fen, 0);
  expect([sum(moves), sum(causes)]).toEqual([after - before, after - before]);
  for (const move of moves) expect(sum(move.reasons)).toBe(move.fen);
}
const told = ({ moves }: Comparison) =>
  moves.map(({ kind, before, after, fen, reasons }) => [
    kind,
    (after ?? before)!.object || (after ?? before)!.firm,
    fen / 100,
    reasons.map(({ cause, detail }) => [cause, detail].filter(Boolean).join("：")).join("；"),
  ]);

const ROWS: Rows = [
  ["甲", "HT-1", 20_000_000, "是"],
  ["甲", "HT-2", 30_000_000, "是"],
  ["乙", "HT-3", 1_000_000, "否"],
];
/** With another amount in one cell. */
const with_ = (row: number, column: number, value: Cell): Rows =>
  ROWS.map((cells, r) => cells.map((cell, c) => (r === row && c === column ? value : cell)));

describe.each([
  ["ledgers", (rows: Rows) => book([HEADERS, ...rows])],
  ["exported books", (rows: Rows) => exported(rows, "模型.xlsx")],
])("%s", (_kind, make) => {
  test("one amount: its own award, and those that share the firm's limit", () => {
    // 30 % of 10 million is 3 million less for HT-1; the firm's 8 million leave that to HT-2.
    const comparison = compared(make(ROWS), make(with_(0, 2, 10_000_000)));
    adds(comparison);
    expect(told(comparison)).toEqual([
      ["changed", "HT-1", -3_000_000, expect.stringMatching(/金额.*20000000 → 10000000/)],
      ["changed", "HT-2", 3_000_000, expect.stringContaining("共用限额的其他行有变")],
    ]);
    expect([comparison.before, comparison.after]).toEqual([810_000_000, 810_000_000]);
  });

  test("rows that are gone, new and moved", () => {
    const comparison = compared(make(ROWS), make([["丙", "HT-9", 2_000_000, "是"], ROWS[2]!, ROWS[1]!]));
    adds(comparison);
    expect(told(comparison)).toEqual([
      ["changed", "HT-2", 6_000_000, "删去的行：共用限额的其他行有变"],
      ["removed", "HT-1", -6_000_000, "删去的行"],
      ["added", "HT-9", 600_000, "新增的行"],
    ]);
  });

  test("nothing", () => {
    const comparison = compared(make(ROWS), make(ROWS));
    expect([comparison.same, comparison.moves, comparison.causes]).toEqual([3, [], []]);
  });
});

test("a ledger in 万元 and the model that was exported from it: rows of one firm without a contract", () => {
  const ledger = (amount: number) =>
    book([
      ["企业", "金额（万元）", "国产算力"],
      ["甲", 1200, "是"],
      ["甲", 86, "否"],
      ["甲", amount, "是"],
    ]);
  const rows = [[12_000_000, "是"], [860_000, "否"], [100_000, "是"]].map(([amount, domestic]) => ["甲", "", amount!, domestic!]); // prettier-ignore
  const comparison = compared(exported(rows, "模型.xlsx"), { ...ledger(20), name: "台账.xlsx" });
  adds(comparison);
  // The third has another amount, and another place in the table: nobody knows that it is the same.
  expect([comparison.same, comparison.moves.map(({ kind, fen }) => [kind, fen])]).toEqual([
    2,
    [
      ["removed", -3_000_000],
      ["added", 6_000_000],
    ],
  ]);
});

test("two inputs of one row: each has its own part", () => {
  const comparison = compared(
    book([HEADERS, ...ROWS]),
    book([HEADERS, ROWS[0]!, ROWS[1]!, ["乙", "HT-3", 2_000_000, "是"]]),
  );
  adds(comparison);
  // 10 % of one million; of two; 30 % of two.
  expect(comparison.moves[0]!.reasons.map(({ fen }) => fen)).toEqual([10_000_000, 40_000_000]);
});

test("one workbook under another reading, with its clause", () => {
  const rows = [
    [...HEADERS, "年度"],
    ["甲", "HT-1", 20_000_000, "是", 2025],
    ["甲", "HT-2", 20_000_000, "是", 2026],
  ];
  const comparison = compareTerms(
    book(rows),
    TERMS,
    { readings: { cap_period: "firm_policy" } },
    "之后",
    FUNCTION_NAMES,
  );
  adds(comparison);
  expect(told(comparison)).toEqual([["changed", "HT-2", -4_000_000, "读法 cap_period 不同：firm_year → firm_policy"]]);
  expect(comparison.causes).toEqual([
    { cause: "读法 cap_period 不同", clause: "四（十五）", rows: 1, fen: -400_000_000 },
  ]);
});

test("one workbook under another document and another year", () => {
  const other = (instead: NonNullable<Terms["instead"]>) =>
    compareTerms(book([HEADERS, ...ROWS]), TERMS, { readings: {}, instead }, "之后", FUNCTION_NAMES);
  const document = other({ entry: entryOf("bj-6-suanli") });
  adds(document);
  expect(document.causes.map(({ cause }) => cause)).toEqual([
    "政策不同：按比例 30% → 合计 60%",
    "政策不同：上限 800 万元 → 上限 2000 万元",
    "政策不同：按比例 10% → 合计 30%",
  ]);
  // 10 % and 20 % of 20 million for HT-1; of the firm's 8 million, under both documents, HT-2 gets what that leaves.
  const shared = compareTerms(
    book([HEADERS, ...with_(0, 3, "否")]),
    TERMS,
    { readings: {}, instead: { entry: entryOf("hz-1-city-suanli") } },
    "之后",
    FUNCTION_NAMES,
  );
  adds(shared);
  expect(told(shared).map(([, object, yuan, why]) => [object, yuan, String(why).split("：")[1]])).toEqual([
    ["HT-1", 2_000_000, "按比例 10% → 按比例 20%"],
    ["HT-2", -2_000_000, "上限 800 万元不变，共用该限额的其他行有变"],
    ["HT-3", 100_000, "按比例 10% → 按比例 20%"],
  ]);
  const late = other({ claim: { year: 2031 } });
  adds(late);
  expect(late.after).toBe(0);
  expect(late.causes.map(({ cause }) => cause)).toEqual(["申报年度不同"]);
});

test("a clause that counts products and one that does not pay all of what was approved: it is what they pay of that differs", () => {
  const rows = [
    ["企业", "approved", "count"],
    ["甲", 100_000, 3],
  ];
  const terms = { ...TERMS, entry: entryOf("bj-13-product") };
  const instead = { entry: entryOf("bj-10-listed") };
  const comparison = compareTerms(book(rows), terms, { readings: {}, instead }, "之后", FUNCTION_NAMES);
  adds(comparison);
  expect(comparison.causes.map(({ cause }) => cause)).toEqual(["政策不同：全额不变，基数、已获金额的扣减或取整不同"]);
  expect(comparison.after - comparison.before).toBe(-20_000_000);
});

test("a row that cannot be read under the other policy, while rows of its firm move", () => {
  const rows = [
    [...HEADERS, "依托经备案的大模型"],
    ["甲", "HT-1", 20_000_000, "是", "是"],
    ["甲", "HT-2", 20_000_000, "是", "或许"],
  ];
  const entry = entryOf("hz-1-city-model");
  const comparison = compareTerms(book(rows), TERMS, { readings: {}, instead: { entry } }, "之后", FUNCTION_NAMES);
  adds(comparison);
  expect(comparison.moves.map(({ after }) => [after!.fen, after!.words])).toEqual([
    [undefined, expect.stringContaining("或许") as string],
  ]);
  // Without the row above, which is now another award's, it would have had all of the cap before it went.
  expect(comparison.causes.map(({ cause }) => cause).at(-1)).toBe("之后不能测算的行");
});

test("what another policy asks for and no column says is named with its default", () => {
  const entry = entryOf("bj-21-tiexi");
  const { assumed } = compareTerms(
    book([HEADERS, ...ROWS]),
    TERMS,
    { readings: {}, instead: { entry } },
    "之后",
    FUNCTION_NAMES,
  );
  const own = Object.values(entry.instrument.inputs!).filter(
    (input) => input.default === false || input.default === true,
  );
  expect(own.length).toBeGreaterThan(0);
  for (const { zh, default: value } of own)
    expect(assumed.map((words) => words.zh)).toContain(`${zh} ${value ? "是" : "否"}`);
  expect(compareTerms(book([HEADERS, ...ROWS]), TERMS, { readings: {} }, "之后", FUNCTION_NAMES).assumed).toEqual([]);
});

test("a cap that was changed in the parameter sheet of an exported book is named with its clause", () => {
  const before = exported(ROWS, "模型.xlsx");
  // As a spreadsheet would show it: the cap of 8 million became 7, and so did what the firm gets.
  const turned = (value: Cell, sheet: string): Cell =>
    sheet === "参数" && value === 8_000_000 ? 7_000_000 : sheet === "测算" && value === 2_000_000 ? 1_000_000 : value;
  const sheets = before.sheets.map(({ name, cells }) => ({
    name,
    cells: { ...cells, values: cells.values.map((row) => row.map((value) => turned(value, name))) },
  }));
  const comparison = compared(before, { name: "改上限.xlsx", sheets });
  adds(comparison);
  expect(told(comparison)).toEqual([["changed", "HT-2", -1_000_000, "参数 上限不同：参数 上限：8000000 → 7000000"]]);
  expect(comparison.moves[0]!.reasons[0]!.clause).toBe("四（十五）");
});

describe("awards beside their rows", () => {
  const formula = (row: number): string => `=SUANLI_QUAN(C${row},D${row},"zhejiang",2026)`;
  const withAwards = (rows: Rows, awards: readonly Cell[], asFormula = true): ComparedBook => {
    const values = [[...HEADERS, "补贴"], ...rows.map((row, i) => [...row, awards[i]!])];
    return book(
      values,
      "台账.xlsx",
      asFormula ? values.map((row, r) => row.map((_, c) => (c === 4 && r ? formula(r + 1) : ""))) : undefined,
    );
  };
  const AWARDS = [6_000_000, 8_000_000, 100_000];

  test("by our formulas: what differs in the row is named", () => {
    const comparison = compared(
      withAwards(ROWS, AWARDS),
      withAwards(with_(2, 2, 2_000_000), [6_000_000, 8_000_000, 200_000]),
    );
    adds(comparison);
    expect(told(comparison)).toEqual([["changed", "HT-3", 100_000, "金额不同：金额：1000000 → 2000000"]]);
  });

  test("a value that moved while nothing else did is not explained away", () => {
    const comparison = compared(withAwards(ROWS, AWARDS), withAwards(ROWS, [6_000_000, 8_000_000, 100_001]));
    adds(comparison);
    expect(comparison.causes).toEqual([
      expect.objectContaining({ cause: expect.stringContaining("找不到原因") as string, fen: 100 }),
    ]);
  });

  test("an error that became an amount", () => {
    const comparison = compared(withAwards(ROWS, ["#N/A", ...AWARDS.slice(1)]), withAwards(ROWS, AWARDS));
    adds(comparison);
    expect(comparison.moves[0]!.before).toMatchObject({ fen: undefined, words: "#N/A" });
  });

  test("frozen values know the version of the rules and the readings that they rest on", () => {
    const frozen = (version: string, readings: string, awards: readonly Cell[]): ComparedBook => {
      const sheet = withAwards(ROWS, awards, false).sheets[0]!;
      const basis = { instruments: "", clauses: "", readings, documents: "", notices: "" };
      const area = { sheet: "台账", address: "E2:E4" };
      const fingerprint = fingerprintOf(awards.map((award) => [award]));
      const one = { cell: { sheet: "台账", address: "E2" }, area, formula: '=BUTIE("zj-15-suanli",A1:D1,A2:D4,2026)' };
      const { cells } = mapSheet([{ ...one, value: awards[0]!, basis, fingerprint }], "2026-11-27 10:00:00");
      const values = cells.map((row) =>
        row.map((value) => (typeof value === "string" ? value.replace(/^'/, "") : value)),
      );
      values[3]![1] = version;
      return { name: version, sheets: [sheet, { name: "冻结对照", cells: { values } }] };
    };
    const before = frozen("1.0.0 (2026-11-22)", "cap_period=firm_year", AWARDS);
    const after = frozen("1.1.0 (2026-11-27)", "cap_period=firm_year", [6_000_000, 2_000_000, 100_000]);
    const comparison = compared(before, after);
    adds(comparison);
    expect(told(comparison)).toEqual([["changed", "HT-2", -6_000_000, "规则版本不同：规则版本：1.0.0 → 1.1.0"]]);
    // The same by the rules as they are now.
    const now = compareTerms(before, { ...TERMS, entry: undefined }, { readings: {} }, "现在", FUNCTION_NAMES);
    adds(now);
    expect(told(now)).toEqual([
      ["changed", "HT-2", -6_000_000, `规则版本不同：规则版本：1.0.0 → ${RULES_VERSION.version}`],
    ]);
  });
});

describe("which row is which", () => {
  const NAMELESS = ["企业", "金额", "国产算力"];
  const of3 = (...rows: Rows) => book([NAMELESS, ...rows]);

  test("a firm that is the only one of its name, wherever it stands", () => {
    const comparison = compared(
      of3(["甲", 1_000_000, "是"], ["乙", 1, "是"]),
      of3(["乙", 1, "是"], ["甲", 2_000_000, "是"]),
    );
    expect(comparison.moves.map(({ by, fen }) => [by, fen])).toEqual([["企业、政策、年度", 30_000_000]]);
  });

  test("several of a firm: the same cells first, then the same place; what is left is new or gone", () => {
    const before = of3(["甲", 100, "是"], ["甲", 200, "是"], ["甲", 300, "是"]);
    const after = of3(["甲", 200, "是"], ["甲", 500, "是"], ["乙", 9, "是"], ["甲", 900, "是"]);
    const comparison = compared(before, after);
    adds(comparison);
    expect(comparison.moves.map(({ kind }) => kind)).toEqual(["removed", "removed", "added", "added", "added"]);
    expect(comparison.same).toBe(1);
    const inPlace = compared(of3(["甲", 100, "是"], ["甲", 200, "是"]), of3(["甲", 150, "是"], ["甲", 200, "是"]));
    expect(inPlace.moves.map(({ by, fen }) => [by, fen])).toEqual([["同一行号、同一企业", 1500]]);
  });
});

test("any two versions of a ledger add up to the fen, award by award and cause by cause", () => {
  const row = fc.tuple(
    fc.constantFrom("甲", "乙", "丙"),
    fc.constantFrom("", "", "HT-1", "HT-2", "HT-3"),
    fc.oneof(
      fc.integer({ min: 1, max: 4_000_000_000 }).map((fen) => fen / 100),
      fc.constantFrom<Cell>("", "一百", 0),
    ),
    fc.constantFrom<Cell>("是", "否", ""),
    fc.constantFrom(2025, 2026, 2027),
  );
  const ledger = fc.array(row, { minLength: 1, maxLength: 12 }).map((rows) => book([[...HEADERS, "年度"], ...rows]));
  fc.assert(
    fc.property(ledger, ledger, (before, after) => {
      const comparison = compared(before, after);
      adds(comparison);
      expect(comparison.causes.map(({ cause }) => cause).filter((cause) => cause.includes("找不到"))).toEqual([]);
    }),
  );
});

test("the sheet: totals are formulas over the moves, and agree; texts stay texts", () => {
  const before = book([HEADERS, ["=1+1", "HT-1", 1_000_000, "是"]]);
  const comparison = compared(before, book([HEADERS, ["=1+1", "HT-1", 2_000_000, "是"]]));
  const { cells } = comparisonSheet(comparison);
  const line = (label: string) => cells.find(([first]) => first === `'${label}`)!;
  expect([line("之前合计")[1], line("之后合计")[1]]).toEqual([300_000, 600_000]);
  expect(line("之前加变动减之后（应为 0）")[1]).toBe("=ROUND(B5+B6+B7+B8-B9,2)");
  const at = cells.findIndex(([first, second]) => first === "'变动" && second === "'算力券（zj-15-suanli）");
  expect(line("变动")[1]).toBe(`=SUMIF(A${at + 1}:A${at + 1},"变动",J${at + 1}:J${at + 1})`);
  expect(cells[at]!.slice(2, 4)).toEqual(["'=1+1", "'HT-1"]);
  expect(cells[at]!.slice(7, 10)).toEqual([300_000, 600_000, 300_000]);
  expect(comparisonPage(comparison).length).toBe(cells.length);
});

test("a workbook in which nothing is recognised is refused in words", () => {
  expect(() => of(book([["说明"], ["本表由财务部填报"]]))).toThrow("没有认出奖补额，也没有认出数据表");
});

/** A shared ledger of 500 contracts: firms with several, some above the cap, of both kinds of compute. */
const MODEL: Rows = Array.from({ length: 500 }, (_, i) => [
  `企业${i % 120}`,
  `HT-${i}`,
  ((i * 7919) % 4000) * 10_000 + 12_345.67,
  i % 3 ? "是" : "否",
]);

test("a model of 500 contracts moved from the draft to the reported final text: by contract, in all, by which number", () => {
  const text = readFileSync(join(__dirname, "../../examples/policies/hangzhou-2025-65.yaml"), "utf8");
  setOwnPolicies(readOwnPolicies([{ name: "示例", text }]));
  const draft: Terms = { ...TERMS, entry: entryOf("hz-1-city-suanli"), place: findJurisdiction("杭州")! };
  const headers = [...HEADERS, "申领方式"];
  const rows = MODEL.map((row, i) => [...row, i % 4 ? "免审叠加" : "市级算力券"]);
  const change = { readings: {}, instead: { entry: entryOf("hz65-1-suanli") } };
  const comparison = compareTerms(book([headers, ...rows]), draft, change, "杭政函〔2025〕65号", FUNCTION_NAMES);
  adds(comparison);
  expect(comparison.same + comparison.moves.length).toBe(500);
  const causes = comparison.causes.map(({ cause }) => cause);
  expect(causes.filter((cause) => cause.endsWith(" + 免审叠加按比例 15%")).length).toBeGreaterThan(0);
  expect(causes.filter((cause) => cause.endsWith(" + 免审叠加按比例 10%")).length).toBeGreaterThan(0);
  expect(causes.every((cause) => cause.startsWith("政策不同：") || cause === "政策不同")).toBe(true);
  const first = comparison.moves.find(({ before }) => before?.object === "HT-3")!;
  const amount = ((3 * 7919) % 4000) * 10_000 + 12_345.67;
  expect([first.before!.fen, first.after!.fen]).toEqual([
    Math.min(Math.round(amount * 20), 800_000_000),
    // 20 % and, added without review, 10 %.
    Math.round(amount * 20) + Math.round(amount * 10),
  ]);
  setOwnPolicies(undefined);
});

test("claims of days in two versions: the workbook that was exported is what the rules give; another version names its number", () => {
  const text = readFileSync(join(__dirname, "../rules/law/two-versions.yaml"), "utf8");
  setOwnPolicies(readOwnPolicies([{ name: "两版", text }]));
  const table = {
    instruments: ["mz-suanli"],
    headers: ["企业", "合同编号", "合同金额"],
    values: [
      ["甲", "HT-1", 10_000_000],
      ["甲", "HT-2", 20_000_000],
      ["乙", "HT-3", 40_000_000],
    ],
    years: ["2026-05-01", "2026-08-01", "2027-03-01"],
  };
  const { bytes, total } = exportBook(table, { claim: { year: 2026 }, place: "杭州市" });
  // 30 % of 10 million; 20 % of 20 million within what 8 million leave; 20 % of 40 million.
  expect(total).toBe(300_000_000 + 400_000_000 + 800_000_000);
  const shown = { name: "模型.xlsx", sheets: readBook(bytes) };
  const terms: Terms = { ...TERMS, entry: undefined };
  const now = compareTerms(shown, terms, { readings: {} }, "现行", FUNCTION_NAMES);
  expect([now.moves, now.same, now.after]).toEqual([[], 3, total]);
  const change = { readings: {}, instead: { entry: entryOf("mz-suanli@2026-07-01"), claim: { year: 2027 } } };
  const later = compareTerms(shown, terms, change, "新版", FUNCTION_NAMES);
  adds(later);
  expect(later.causes.map(({ cause, fen }) => [cause, fen])).toEqual([
    ["政策不同：按比例 30% → 按比例 20%", -100_000_000],
  ]);
  expect(later.moves.map(({ before }) => before!.instrument)).toEqual(["某州算力券（mz-suanli@2025-03-01）"]);
  setOwnPolicies(undefined);
});
