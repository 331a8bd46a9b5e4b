import fc from "fast-check";
import { MAX_FEN, Refusal, type Input, type Value } from "../../src/rules";
import {
  nameOf,
  readAmount,
  readChoice,
  readClaim,
  readFlag,
  readInput,
  readJurisdiction,
  type Cell,
} from "../../src/tables";

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
    // No negative zero: "toBe" tells it from 0.
    ["-0", 0],
    ["-0.00", 0],
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
    // A logical value is quoted as Excel shows it.
    const shown = typeof cell === "boolean" ? String(cell).toUpperCase() : String(cell);
    expect(text.zh).toContain(shown);
    expect(text.en).toContain(shown);
  });

  test.each<[Cell, RegExp, RegExp]>([
    ["1000¹", /“¹”（U\+00B9，上标数字，可能是脚注标记）/, /¹ \(U\+00B9, a superscript/],
    ["1000①", /“①”（U\+2460，带圈/, /enclosed/],
    ["1000₂", /下标/, /subscript/],
    ["½", /分数符号/, /fraction/],
    ["Ⅻ", /罗马数字/, /Roman/],
    ["٣", /U\+0663，其他文字的数字/, /another script/],
    ["1\u00a0000", /U\+00A0，特殊空格/, /space/],
    ["1\u200b000", /U\+200B，看不见的字符/, /invisible/],
    ["–5", /破折号/, /dash/],
    ["1※", /“※”（U\+203B）不是数字/, /U\+203B/],
    ["30%", /百分数/, /percentage/],
    ["３０％", /百分数/, /percentage/],
    ["100万", /请填 1000000$/, /enter 1000000$/],
    ["1,200万", /请填 12000000$/, /enter 12000000$/],
    ["￥1,200万元", /请填 12000000$/, /enter 12000000$/],
    ["1.23456亿", /请填 123456000$/, /enter 123456000$/],
    ["1000元", /请填 1000$/, /enter 1000$/],
    ["(1,000.00)", /括号表示负数 -1000.*请填 1000$/, /brackets mean/],
    ["（1,000）", /括号表示负数 -1000/, /brackets mean/],
    ["1 000 000", /空格，请填 1000000$/, /spaces inside; enter 1000000$/],
    ["28234,23", /逗号不在千分位上/, /comma/],
    ["一千", /请填数字（元）/, /enter a number in yuan/],
    ["1,000元整", /带有单位“元整”，请填 1000$/, /it has a unit; enter 1000$/],
    ["1000万元整", /带有单位“万元整”，请填 10000000$/, /it has a unit; enter 10000000$/],
  ])("%p is refused in words that help", (cell, zh, en) => {
    const { text } = refusalOf(() => readAmount(cell));
    expect(text.zh).toMatch(zh);
    expect(text.en).toMatch(en);
  });

  test("a negative zero is zero", () => {
    for (const cell of [-0, "-0", "-0.00", "-0%"]) {
      if (cell !== "-0%") expect(Object.is(readAmount(cell), 0)).toBe(true);
      expect(Object.is(readInput(input("number"), cell), 0)).toBe(true);
    }
  });

  test("in 万元 and 亿元: exactly so many times as much", () => {
    expect(readAmount(0.1, 10_000)).toBe(100_000);
    expect(readAmount("1,200.5", 10_000)).toBe(1_200_500_000);
    expect(readAmount(1.00000000000005, 10_000)).toBe(1_000_000);
    expect(readAmount(0.1 + 0.2, 100_000_000)).toBe(3_000_000_000);
    refusalOf(() => readAmount(1e9, 10_000));
    refusalOf(() => readAmount(-1, 10_000));
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
  test.each<Cell>([
    ...[true, 1, "1", "TRUE", "true", " True ", "是", "国产", "自主", "yes", "YES", "ｔｒｕｅ", "１"],
    ...["有", "√", "✓", "✔️", "是\u200b"],
  ])("%p is yes", (cell) => expect(readFlag(cell)).toBe(true));
  test.each<Cell>([...[false, 0, "0", "FALSE", "否", "非国产", "非自主", "no", "No"], ...["无", "×", "✗", "✖"]])(
    "%p is no",
    (cell) => expect(readFlag(cell)).toBe(false),
  );
  test.each<Cell>(BLANKS)("%p is neither: it says nothing", (cell) => expect(readFlag(cell)).toBeUndefined());
  test.each<Cell>([2, -1, 0.5, "也许", "国产?", "真的", "是¹", "①", "x", NaN])("%p is neither", (cell) => {
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
    ["rate", "3①%"],
    ["rate", "0.5²"],
    ["count", "2①"],
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
    expect(text.zh).toContain("不在可选项中：国家标准、行业标准");
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
    [
      "binjiang",
      ["binjiang", "滨江", "滨江区", "330108", 330108, "BJ", "Binjiang", "ｂｉｎｊｉａｎｇ", "３３０１０８"],
    ],
    [
      "binjiang",
      ["杭州市滨江区", "浙江省杭州市滨江区", "浙江杭州滨江", "杭州 滨江区", "杭州高新区(滨江)", "高新区（滨江）"],
    ],
    ["hangzhou", ["浙江省杭州市", "浙江杭州"]],
  ])("%s", (id, cells) => {
    for (const cell of cells) expect(readJurisdiction(cell).id).toBe(id);
  });
  test.each<Cell>(["北京", "beijing", "330106", 1, true, "", null])("%p is refused with the list", (cell) => {
    expect(refusalOf(() => readJurisdiction(cell)).text.zh).toContain("滨江区 (330108)");
  });
});

describe("years and dates", () => {
  test.each<Cell>([2026, "2026", "２０２６", "2026年", " 2026 ", "2026年度", "２０２６ 年度", "2026.0"])(
    "%p is a year",
    (cell) => expect(readClaim(cell)).toEqual({ year: 2026 }),
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
    [20250610, 2025, "2025-06-10"],
    ["20250610", 2025, "2025-06-10"],
    ["２０２５－０６－１０", 2025, "2025-06-10"],
    ["2025-06-10 00:00:00", 2025, "2025-06-10"],
    ["2025/6/10 8:30", 2025, "2025-06-10"],
    ["2025-06-10T08:30:00.000Z", 2025, "2025-06-10"],
    [10000, 1927, "1927-05-18"],
    [2958465, 9999, "9999-12-31"],
  ])("%p is a day", (cell, year, day) => expect(readClaim(cell)).toEqual({ year, day }));

  test.each<Cell>([
    ...[
      1899,
      26,
      0,
      -2026,
      2026.5,
      20250631,
      20251310,
      20250610.5,
      2958466,
      1e300,
      NaN,
      Infinity,
      true,
      null,
      undefined,
    ],
    ...["", "今年", "2025-02-29", "2025-13-01", "2025-00-10", "2025-06-31", "10/06/2025", "2025-6", "25-06-10"],
    ...["2026①", "2026²", "2026%", "¥2026", "-2026", "2026年度计划", "2025-06-10 8点"],
  ])("%p is refused", (cell) => {
    refusalOf(() => readClaim(cell));
  });
});

describe("one spelling of a name", () => {
  test.each([
    ["甲科技（杭州）有限公司", "甲科技(杭州)有限公司"],
    ["ＡＢＣ公司", "ABC公司"],
    ["abc", "ABC"],
    ["甲\u200b公司", "甲公司"],
    ["\ufeff甲公司", "甲公司"],
    ["甲  科技 有限公司", "甲科技有限公司"],
    ["Acme  Cloud\u00a0Ltd", "ACME cloud ltd"],
    ["HT－001", "HT-001"],
    ["HT–001", "HT-001"],
    ["　甲公司　", "甲公司"],
    ["甲公司 （杭州）", "甲公司(杭州)"],
    ["杭高新〔2026〕6号", "杭高新[2026]6号"],
    ["甲・乙", "甲·乙"],
    ["Cafe\u0301", "Café"],
    ["Ｃａｆｅ\u200d\u0301", "Café"],
    ["\u2066甲公司\u2069", "甲公司"],
    ["甲公司\u061c\u{e0100}\u0007\u0085", "甲公司"],
    ["⽅⼤⾦公司", "方大金公司"],
    ["HT﹣001", "HT-001"],
    ["甲﹙杭州﹚", "甲（杭州）"],
    ["“智算”项目", '"智算"项目'],
    ["甲‘乙’", "甲'乙'"],
    ["甲～乙", "甲〜乙"],
    ["二○二六年项目", "二〇二六年项目"],
  ])("%p is %p", (one, other) => expect(nameOf(one)).toBe(nameOf(other)));

  test.each([
    ["合同①", "合同1"],
    ["合同¹", "合同1"],
    ["甲公司", "乙公司"],
    ["Acme Cloud", "AcmeCloud"],
    ["HT-001", "HT001"],
    ["㈱甲", "(株)甲"],
  ])("%p is not %p", (one, other) => expect(nameOf(one)).not.toBe(nameOf(other)));

  test("the spelling of a spelling is itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(nameOf(nameOf(text))).toBe(nameOf(text));
      }),
      { numRuns: 2000 },
    );
  });
});
