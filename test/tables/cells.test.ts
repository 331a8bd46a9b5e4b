import fc from "fast-check";
import { MAX_FEN, Refusal, type Input, type Value } from "../../src/rules";
import { readAmount, readChoice, readClaim, readFlag, readInput, readJurisdiction, type Cell } from "../../src/tables";

/** The refusal of a reading, which must be one, in both languages, naming what stood in the cell. */
function refusalOf(read: () => unknown): Refusal {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    const refusal = error as Refusal;
    expect(refusal.code).toBe("value");
    expect(refusal.text.zh).toMatch(/\p{Script=Han}/u);
    expect(refusal.text.en).toMatch(/[a-z]/);
    return refusal;
  }
  throw new Error("was not refused");
}

const BLANKS: Cell[] = [undefined, null, "", "  ", "\u3000"];

describe("amounts", () => {
  test.each(BLANKS)("blank %p is 0", (cell) => expect(readAmount(cell)).toBe(0));

  test.each<[Cell, number]>([
    [0, 0],
    [-0, 0],
    [1000000, 100000000],
    [0.005, 1],
    ["1000000", 100000000],
    ["1,000,000", 100000000],
    ["1,000,000.005", 100000001],
    [" 12,345.60 ", 1234560],
    ["１，０００．５０", 100050],
    ["¥1,000", 100000],
    ["￥ 1,000", 100000],
    ["+5", 500],
    ["1e6", 100000000],
    [".5", 50],
    ["0.00499999999999999", 0],
    // Excel keeps 15 digits of it, which are half a fen.
    ["0.004999999999999999999999", 1],
    [9999999999999.99, MAX_FEN],
    ["9,999,999,999,999.99", MAX_FEN],
  ])("%p", (cell, fen) => expect(readAmount(cell)).toBe(fen));

  test.each<Cell>([
    ...[
      "abc",
      "12万",
      "1000元",
      "1,00",
      "1,0000",
      "1.2.3",
      "--1",
      "(100)",
      "=A1",
      "1 000",
      "NaN",
      "Infinity",
      "0x10",
      "¥",
    ],
    ...[
      "-1",
      "-0.001",
      "１２３，",
      ".",
      "e5",
      ",",
      "10000000000000",
      "1e400",
      "-1e400",
      "1e99999",
      "9999999999999.995",
    ],
    ...["1e", "e", "%", "+", "1%%"],
    ...[-1, -0.004, -1e300, 1e13, 1e300, NaN, Infinity, -Infinity, true, false],
  ])("%p is refused", (cell) => {
    const { text } = refusalOf(() => readAmount(cell));
    expect(text.zh).toContain(String(cell));
    expect(text.en).toContain(String(cell));
  });

  test("text and number agree wherever Excel shows all digits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_FEN }), (fen) => {
        const text = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
        expect(readAmount(text)).toBe(fen);
        expect(readAmount(fen / 100)).toBe(fen);
      }),
    );
  });

  test("whatever the cell holds: whole fen in range, or a refusal", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null)), (cell) => {
        try {
          const fen = readAmount(cell);
          expect(Number.isInteger(fen) && fen >= 0 && fen <= MAX_FEN).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("flags", () => {
  test.each<Cell>([true, 1, "1", "TRUE", "true", " True ", "是", "国产", "自主", "yes", "YES", "ｔｒｕｅ", "１"])(
    "%p is yes",
    (cell) => expect(readFlag(cell)).toBe(true),
  );
  test.each<Cell>([...BLANKS, false, 0, "0", "FALSE", "否", "非国产", "非自主", "no", "No"])("%p is no", (cell) =>
    expect(readFlag(cell)).toBe(false),
  );
  test.each<Cell>([2, -1, 0.5, "也许", "国产?", "真的", NaN])("%p is neither", (cell) => {
    expect(refusalOf(() => readFlag(cell)).text.zh).toContain("TRUE/FALSE");
  });
});

const input = (kind: Input["kind"], more: Partial<Input> = {}): Input => ({ kind, zh: "项", en: "item", ...more });
const shown = (value: Value | undefined): unknown => (typeof value === "number" ? String(value) : value);

describe("numbers by kind", () => {
  test.each<[Input["kind"], Cell, unknown]>([
    ["rate", 0.3, "0.3"],
    ["rate", "30%", "0.3"],
    ["rate", "３０％", "0.3"],
    ["rate", 1, "1"],
    ["count", 3, "3"],
    ["count", "3", "3"],
    ["number", 2.5, "2.5"],
    ["months", 6, "6"],
    ["months", 0.5, "0.5"],
    ["rank", 1, "1"],
    ["ordinal", 2, "2"],
    ["money", 1.005, "101"],
    ["flag", "是", true],
  ])("%s %p", (kind, cell, value) => expect(shown(readInput(input(kind), cell))).toBe(value));

  test.each<[Input["kind"], Cell]>([
    ["rate", 30],
    ["rate", 1.0001],
    ["rate", -0.1],
    ["rate", "三成"],
    ["rate", true],
    ["count", 1.5],
    ["count", -1],
    ["number", -0.5],
    ["number", 1e16],
    ["months", 13],
    ["months", 365],
    ["months", "半年"],
    ["rank", 1.5],
    ["rank", -1],
    ["ordinal", "第一年"],
    ["money", "甲"],
    ["flag", "甲"],
  ])("%s %p is refused", (kind, cell) => {
    refusalOf(() => readInput(input(kind), cell));
  });

  // Excel hands a blank over as 0 on the desktop and as nothing on the web: both must mean the same.
  test.each<[Input["kind"], Partial<Input>, unknown]>([
    ["rate", {}, undefined],
    ["rank", {}, undefined],
    ["months", {}, undefined],
    ["ordinal", {}, undefined],
    ["choice", { options: { a: { zh: "甲", en: "first" } } }, undefined],
    ["money", { zero: "absent" }, undefined],
    ["count", { zero: "absent" }, undefined],
    ["money", {}, "0"],
    ["count", {}, "0"],
    ["number", {}, "0"],
    ["flag", {}, false],
  ])("a blank %s %p means the same as 0", (kind, more, value) => {
    for (const cell of [...BLANKS, 0]) expect(shown(readInput(input(kind, more), cell))).toBe(value);
  });
});

describe("choices", () => {
  const options = { national: { zh: "国家标准", en: "national" }, industry: { zh: "行业标准", en: "industry" } };
  test.each<Cell>(["national", "NATIONAL", " 国家标准 ", "ｎａｔｉｏｎａｌ"])("%p", (cell) =>
    expect(readChoice(options, cell)).toBe("national"),
  );
  test.each<Cell>(["企业标准", 3, true])("%p is refused with the list of options", (cell) => {
    const { text } = refusalOf(() => readChoice(options, cell));
    expect(text.zh).toContain("national（国家标准）");
    expect(text.zh).toContain("industry（行业标准）");
    expect(text.en).toContain("industry");
  });

  const yesOrNo = { TRUE: { zh: "已含", en: "included" }, FALSE: { zh: "另加", en: "on top" } };
  test.each<[Cell, string]>([
    [true, "TRUE"],
    [false, "FALSE"],
    ["是", "TRUE"],
    ["no", "FALSE"],
    ["false", "FALSE"],
    ["另加", "FALSE"],
  ])("a reading that is yes or no reads %p", (cell, option) => expect(readChoice(yesOrNo, cell)).toBe(option));
});

describe("jurisdictions", () => {
  test.each<[string, Cell[]]>([
    ["zhejiang", ["zhejiang", "浙江", "浙江省", "330000", 330000, "ZJ", "zj", " Zhejiang "]],
    ["hangzhou", ["hangzhou", "杭州", "杭州市", "330100", 330100, "HZ"]],
    ["binjiang", ["binjiang", "滨江", "滨江区", "330108", 330108, "BJ", "Binjiang"]],
  ])("%s", (id, cells) => {
    for (const cell of cells) expect(readJurisdiction(cell).id).toBe(id);
  });
  test.each<Cell>(["北京", "beijing", "330106", 1, true, "", null])("%p is refused with the list", (cell) => {
    expect(refusalOf(() => readJurisdiction(cell)).text.zh).toContain("滨江区 (330108)");
  });
});

describe("years and dates", () => {
  test.each<Cell>([2026, "2026", "２０２６", "2026年", " 2026 "])("%p is a year", (cell) =>
    expect(readClaim(cell)).toEqual({ year: 2026 }),
  );
  test("years run from 1900 to 9999", () => {
    for (const year of [1900, 9999]) expect(readClaim(year)).toEqual({ year });
  });

  test.each<[Cell, number, string]>([
    [45818, 2025, "2025-06-10"],
    [45818.75, 2025, "2025-06-10"],
    ["45818", 2025, "2025-06-10"],
    [45809, 2025, "2025-06-01"],
    ["2025-06-10", 2025, "2025-06-10"],
    ["2025/6/1", 2025, "2025-06-01"],
    ["2025.6.1", 2025, "2025-06-01"],
    ["2025年6月10日", 2025, "2025-06-10"],
    ["2024-02-29", 2024, "2024-02-29"],
    [10000, 1927, "1927-05-18"],
    [2958465, 9999, "9999-12-31"],
  ])("%p is a day", (cell, year, day) => expect(readClaim(cell)).toEqual({ year, day }));

  test.each<Cell>([
    ...[1899, 26, 0, -2026, 2026.5, 20250610, 2958466, 1e300, NaN, Infinity, true, null, undefined],
    ...["", "今年", "2025-02-29", "2025-13-01", "2025-00-10", "2025-06-31", "10/06/2025", "2025-6", "25-06-10"],
  ])("%p is refused", (cell) => {
    refusalOf(() => readClaim(cell));
  });
});
