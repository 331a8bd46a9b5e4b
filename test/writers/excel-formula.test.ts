/** Awards as plain formulas: every formula gives what the rules give, without a spreadsheet. */
import fc from "fast-check";
import { awards, toYuan, type Award, type PlannedRow } from "../../src/rules";
import { excelFormulas, type FormulaBook } from "../../src/writers/excel-formula";
import type { AwardSheet } from "../../src/writers/formula/award-sheet";
import { inRow } from "../../src/writers/formula/expression";
import { isFormula } from "../../src/writers/formula/sheet";
import { limitName } from "../../src/writers/words";
import { planned } from "../rules/claimed";
import { planOfAny, QUANTIFIED, rowsOf } from "../tools/random-rows";

// Turns of the form that no clause of the five documents has.
jest.mock("../../src/rules/law/policies/digest.yaml", () => jest.requireActual("../rules/invented.yaml"));

const bookOf = (rows: readonly PlannedRow[]): FormulaBook =>
  excelFormulas(
    rows.map((row, i) => ({ planned: row, source: i + 1 })),
    { parameters: "参数", firstParameter: 6, gap: 2, firstRow: 6, nameOf: (_, place) => `测算${place + 1}` },
  );

/** The limit that decides, as the working paper calls it. */
function bindingName({ binding, limits, parts }: Award): string {
  if (!binding) return "";
  const name = limitName(binding.limit, "zh");
  if (limits.some(({ limit }) => limit === binding.limit)) return `合计：${name}`;
  const part = parts.find((one) => one.limits.some(({ limit }) => limit === binding.limit))!.part.name;
  return part ? `${part.zh}：${name}` : name;
}

const columnOf = ({ sheet }: AwardSheet, header: string) => sheet.columns.find(({ form }) => form.header === header)!;
const sourceOf = ({ sheet }: AwardSheet, row: number): number => Number(sheet.columns[0]!.value(row));
const formulaOf = (sheet: AwardSheet, header: string, row = 0): string => {
  const content = columnOf(sheet, header).content(row);
  return isFormula(content) ? inRow(content.text, sheet.sheet.first + row) : String(content);
};

/** Rows of one instrument over the years of its document, under any readings. */
const overYears = (id: string): fc.Arbitrary<PlannedRow[]> =>
  fc
    .array(planOfAny(id, [2025, 2026, 2027, 2028]).chain(rowsOf), { minLength: 1, maxLength: 3 })
    .chain((lists) => fc.shuffledSubarray(lists.flat(), { minLength: 1 }));

const NO_AMOUNT: Partial<Record<Award["outcome"]["kind"], string>> = {
  "not-in-force": "不在有效期内",
  incomplete: "缺少：",
  unquantified: "文件未定数字",
  "above-ceiling": "比例过高：",
};

describe("the award, the answer why there is none and the limit that decides", () => {
  test.each(QUANTIFIED)("%s", (id) => {
    fc.assert(
      fc.property(overYears(id), (rows) => {
        const results = awards(rows);
        const book = bookOf(rows);
        const literal = new Set(book.unwritten.map(({ source }) => source));
        for (const sheet of book.sheets) {
          for (let row = 0; row < sheet.sheet.length; row++) {
            const source = sourceOf(sheet, row);
            const result = results[source - 1]!;
            if (sheet.range.value(row) === 1) continue;
            const own = sheet.award.value(row);
            const { kind } = result.outcome;
            if (kind === "award") expect(own).toBe(toYuan(result.fen));
            else if (kind === "not-eligible") expect(own).toBe(0);
            else if (result.outcome.kind === "label") expect(own).toBe(result.outcome.label.zh);
            else expect(String(own).startsWith(NO_AMOUNT[kind]!)).toBe(!literal.has(source) || own === NO_AMOUNT[kind]);
            expect(sheet.sorted?.value(row) ?? 0).toBe(0);
            expect(sheet.difference!.value(row)).toBe(0);
            if (!literal.has(source))
              expect(sheet.binding.value(row)).toBe(kind === "award" ? bindingName(result) : "");
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe("what stands in a formula", () => {
  test("the exact half-up form: whole fen, whole parts of a rate, one rounding", () => {
    const [sheet] = bookOf([planned("zj-15-suanli", { amount: 12_345.67, domestic: true })]).sheets;
    expect(formulaOf(sheet!, "按比例")).toMatch(
      /^ROUND\(C6\*100,0\)\*ROUND\([A-Z]+6\*参数!\$B\$\d+,0\)\/\(100\*参数!\$B\$\d+\)$/,
    );
    expect(formulaOf(sheet!, "奖补额")).toContain("*100*参数!");
    expect(sheet!.award.value(0)).toBe(3703.7);
  });

  test("rows of a firm follow each other, each behind the one above", () => {
    const rows = [
      planned("zj-15-suanli", { amount: 20_000_000, domestic: true, firm: "甲" }),
      planned("zj-15-suanli", { amount: 1_000_000, domestic: true, firm: "乙" }),
      planned("zj-15-suanli", { amount: 20_000_000, domestic: true, firm: "甲" }),
    ];
    const [sheet] = bookOf(rows).sheets;
    expect([0, 1, 2].map((row) => sourceOf(sheet!, row))).toEqual([1, 3, 2]);
    expect([0, 1, 2].map((row) => sheet!.award.value(row))).toEqual([6_000_000, 2_000_000, 300_000]);
    expect(formulaOf(sheet!, "前面各行已用", 1)).toMatch(/^IF\(AND\(([A-Z]+)7<>"",\1[7]=\1[6]\),[A-Z]+6,0\)$/);
  });

  test("one limit over two instruments: a row names the cell of the other sheet", () => {
    const rows = [
      planned("hz-1-city-suanli", { amount: 20_000_000, domestic: true, firm: "甲" }),
      planned("hz-1-city-model", { amount: 20_000_000, filed: true, firm: "甲" }),
    ];
    const [, second] = bookOf(rows).sheets;
    expect(formulaOf(second!, "前面各行已用")).toMatch(/^测算1!\$[A-Z]+\$6$/);
    expect(second!.award.value(0)).toBe(toYuan(awards(rows)[1]!.fen));
  });
});

describe("a cell that other awards stand for", () => {
  const dock = (cost: number, cells = {}) =>
    planned("inv-dock", { cost, revenue: 100_000_000, firm: "甲", object: "一", ...cells });
  const match = planned("inv-match", { firm: "甲", object: "一" });
  const pile = planned("inv-pile", { amount: 1_000_000, firm: "甲", object: "一", year: 2027 });

  test("adds up the cells of these awards, and follows them", () => {
    const rows = [pile, match, dock(500_000), dock(100_000), dock(50_000, { object: "二" })];
    const { unwritten, sheets } = bookOf(rows);
    expect(unwritten).toEqual([]);
    const [own, matching] = sheets;
    expect(formulaOf(matching!, "码头补助额")).toMatch(
      /^IF\(AND\(OR\(ISNUMBER\(测算3!\$[A-Z]+\$6\).*ROUND\(N\(测算3!\$[A-Z]+\$6\)\+N\(测算3!\$[A-Z]+\$7\),2\)/,
    );
    // 40% of 600,000; a quarter of that; half of the contract less both.
    expect(matching!.award.value(0)).toBe(60_000);
    expect(own!.award.value(0)).toBe(200_000);
    expect(sheets.map((sheet) => [sheet.difference!.value(0), sheet.sorted?.value(0) ?? 0])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  test("names and years that are changed are marked", () => {
    const [own, matching] = bookOf([pile, match, dock(500_000)]).sheets;
    expect(formulaOf(matching!, "顺序有变")).toContain("SUMPRODUCT((测算3!$C$6:$C$6=$C$6)*(测算3!$D$6:$D$6=D6))=1");
    expect(formulaOf(own!, "顺序有变")).toContain("<=D6");
  });
});

describe("what cannot be written", () => {
  test("says which rows and why, and holds what our function gives", () => {
    const object = { object: "一" };
    // The first two may be added; the third repeats both of them.
    const rows = [
      planned("bj-16-startup", { approved: 200_000, ...object }),
      planned("bj-16-finance", { approved: 300_000, ...object }),
      planned("bj-1-keytech", { approved: 250_000, ...object }),
    ];
    const { sheets, unwritten } = bookOf(rows);
    expect(unwritten.map(({ source }) => source)).toEqual([1, 2, 3]);
    expect(unwritten[0]!.why).toMatch(/先后取舍写不成/);
    const results = awards(rows);
    for (const sheet of sheets) {
      expect(sheet.award.value(0)).toBe(toYuan(results[sourceOf(sheet, 0) - 1]!.fen));
      expect(String(sheet.outcome.value(0))).toMatch(/^按函数结果填入/);
    }
  });

  test("what an object got under another policy: the function's amounts stand there, or the row is marked", () => {
    const joint = (prior: number) =>
      planned("hz-5-joint", { investment: 1_000_000, prior_paid: prior, object: "一", eligible: true });
    const higher = planned("zj-22-benchmark-app", { investment: 20_000_000, object: "一" });
    const { sheets, unwritten } = bookOf([joint(4_000_000), higher]);
    expect(unwritten.map(({ why }) => why)).toEqual([1, 2].map(() => expect.stringMatching(/此前已获/) as unknown));
    expect(sheets.map((sheet) => sheet.award.value(0))).toEqual([0, 1_000_000]);
    const [, own] = bookOf([joint(0), higher]).sheets;
    expect(formulaOf(own!, "顺序有变")).toContain("测算1");
    expect(own!.sorted!.value(0)).toBe(0);
  });

  test("one project under both sentences of 三（十）, and what a row that is not eligible says was granted", () => {
    const district = (more = {}) =>
      planned("bj-10-benchmark", { investment: 10_000_000, object: "一", year: 2025, ...more });
    const selected = planned("bj-10-listed", { approved: 5_000_000, object: "一", year: 2026 });
    const amounts = (...rows: PlannedRow[]) => bookOf(rows).sheets.map((sheet) => sheet.award.value(0));
    expect(amounts(district(), selected)).toEqual([2_500_000, 2_500_000]);
    expect(amounts(district({ eligible: false, prior_paid: 1_000_000 }), selected)).toEqual([0, 4_000_000]);
  });

  test("no row of an instrument by itself", () => {
    for (const id of QUANTIFIED) {
      const [rows] = fc.sample(planOfAny(id).chain(rowsOf), { numRuns: 1, seed: 7 });
      const { unwritten } = bookOf(rows!.map((row) => ({ ...row, object: undefined })));
      expect([id, unwritten.length]).toEqual([id, rows![0]!.plan.totals.length ? rows!.length : 0]);
    }
  });

  test("rates by what the rows come to", () => {
    const beam = planned("inv-beam", { amount: 700_000, firm: "甲" });
    const { unwritten, sheets } = bookOf([beam]);
    expect(unwritten.map(({ source, why }) => [source, why.slice(0, 8)])).toEqual([[1, "比例按各行合计分"]]);
    expect(sheets.map((sheet) => sheet.award.value(0))).toEqual([310_000]);
  });

  test("a row that asks for an award which is not known", () => {
    const dock = planned("inv-dock", { cost: 500_000, revenue: 100_000_000, firm: "甲", object: "一" });
    const unknown = { ...dock, row: {} };
    const { unwritten, sheets } = bookOf([unknown, planned("inv-match", { firm: "甲", object: "一" })]);
    expect(awards([unknown])[0]!.outcome.kind).toBe("incomplete");
    expect(unwritten.map(({ source, why }) => [source, why.slice(0, 8)])).toEqual([[2, "空白的一项取自本"]]);
    expect(sheets[1]!.award.value(0)).toBe("缺少");
  });
});

describe("a row that is not exact marks those whose award hangs on it", () => {
  /** 30 % of it has more than 15 digits in tenths of a fen. */
  const beyond = { amount: 9_999_999_999_999.99, whatif_cap: 9_000_000_000_000, domestic: true };
  const small = { amount: 1_000_000, whatif_cap: 9_000_000_000_000, domestic: true };
  const marks = (rows: readonly PlannedRow[]): unknown[] => {
    const { sheets } = bookOf(rows);
    const marked = sheets.flatMap((sheet) =>
      Array.from({ length: sheet.sheet.length }, (_, row) => [sourceOf(sheet, row), sheet.range.value(row)] as const),
    );
    return rows.map((_, i) => new Map(marked).get(i + 1));
  };

  test("rows behind it under the same limit, not those before it and not other firms", () => {
    const rows = [
      planned("zj-15-suanli", { ...small, firm: "甲" }),
      planned("zj-15-suanli", { ...beyond, firm: "甲" }),
      planned("zj-15-suanli", { ...small, firm: "甲" }),
      planned("zj-15-suanli", { ...small, firm: "甲" }),
      planned("zj-15-suanli", { ...small, firm: "乙" }),
    ];
    expect(marks(rows)).toEqual([0, 1, 1, 1, 0]);
  });

  test("rows that stand for the same object, of other instruments too", () => {
    const rows = [
      planned("zj-15-suanli", { ...small, object: "一" }),
      planned("bj-6-suanli", { ...beyond, object: "一" }),
      planned("bj-6-suanli", { ...small, object: "二" }),
    ];
    expect(marks(rows)).toEqual([1, 1, 0]);
  });
});

test("numbers beyond 15 digits are marked, never passed off as exact", () => {
  const [sheet] = bookOf([
    planned("zj-2-rd-subsidy", { rd_prev: 9_999_999_999_999.99, rd_prev2: 1, revenue_prev: 1, rate: 0.3 }),
  ]).sheets;
  expect(sheet!.range.value(0)).toBe(1);
});
