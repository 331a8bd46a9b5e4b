/** A workbook computed anew: its values are those of our functions, and nothing else in the file is another byte. */
import { unzipSync } from "fflate";
import { recalculate } from "../../src/cli/recalc/recalculate";
import { bookOf } from "../../src/export";
import type { Sheet } from "../../src/export/file/sheet";
import { writeBook } from "../../src/export/file/write";
import { written } from "../../src/writers/formula/expression";
import { differences, file, partsOf } from "../workbench/package";
import { OUR_FUNCTIONS } from "../workbench/our-functions";

const FUNCTIONS = {
  metadata: { functions: OUR_FUNCTIONS.metadata, allowErrorForDataTypeAny: true },
  implementations: OUR_FUNCTIONS.implementations,
};
const recalc = (bytes: Uint8Array) => recalculate(bytes, FUNCTIONS);
const valuesIn = (bytes: Uint8Array, sheet = 1): Record<string, string> =>
  Object.fromEntries(
    [
      ...partsOf(bytes)[`xl/worksheets/sheet${sheet}.xml`]!.matchAll(
        /<c r="(\w+)"[^>]*?(?:\/>|>(?:<f[^>]*?(?:\/>|>.*?<\/f>))?(?:<v>(.*?)<\/v>|<is><t[^>]*>(.*?)<\/t><\/is>)?<\/c>)/gs,
      ),
    ].map(([, cell, value, text]) => [cell!, value ?? text ?? ""]),
  );

const row = (number: number, ...cells: string[]) => `<row r="${number}" spans="1:4" ht="20">${cells.join("")}</row>`;
const num = (cell: string, value: number | string) => `<c r="${cell}"><v>${value}</v></c>`;
const text = (cell: string, value: string) => `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`;
const formula = (cell: string, words: string, value: string | number, tag = "", attributes = "") =>
  `<c r="${cell}"${attributes}><f${tag}>${words}</f><v>${value}</v></c>`;
const SUANLI = '_xldudf_SUANLI_QUAN(A1,TRUE,"binjiang",2026)';

/** With a chart's part, a chain of calculation and a theme that no program would write so. */
const book = (...rows: string[]) =>
  file({
    sheets: { 合同: `<dimension ref="A1:D9"/><sheetData>${rows.join("\n")}</sheetData><pageMargins left="0.7"/>` },
    parts: { "xl/theme/theme1.xml": "<theme><!-- kept --></theme>", "docProps/app.xml": "<Properties>  </Properties>" },
  });

test("values of ours and of what stands on them; every other part and cell stays byte by byte", async () => {
  const bytes = book(
    row(1, num("A1", 12_000_000), formula("B1", SUANLI, 1, "", ' s="0"'), formula("C1", "B1*2", 2)),
    row(2, text("A2", "说明"), formula("B2", "1+1", 2)),
  );
  const done = await recalc(bytes);
  expect(done).toMatchObject({ formulas: 3, kept: [], errors: [] });
  expect(done.changes).toEqual([
    { cell: "合同!B1", before: 1, now: 7_200_000 },
    { cell: "合同!C1", before: 2, now: 14_400_000 },
  ]);
  const [old, now] = [unzipSync(bytes), unzipSync(done.bytes)];
  expect(Object.keys(now)).toEqual(Object.keys(old));
  for (const [path, content] of Object.entries(old)) {
    if (path !== "xl/worksheets/sheet1.xml") expect(now[path]).toEqual(content);
  }
  const sheet = partsOf(bytes)["xl/worksheets/sheet1.xml"]!;
  expect(partsOf(done.bytes)["xl/worksheets/sheet1.xml"]).toBe(
    sheet.replace("<v>1</v>", "<v>7200000</v>").replace("B1*2</f><v>2</v>", "B1*2</f><v>14400000</v>"),
  );
});

test("a file whose values are right comes back as the very bytes, and twice the same", async () => {
  const bytes = book(row(1, num("A1", 12_000_000), formula("B1", SUANLI, 1)));
  const once = (await recalc(bytes)).bytes;
  expect(once).toEqual((await recalc(bytes)).bytes);
  const again = await recalc(once);
  expect(again.changes).toEqual([]);
  expect(again.bytes).toBe(once);
});

test("numbers that Excel shows alike are not touched", async () => {
  const done = await recalc(book(row(1, num("A1", 0.1), formula("B1", "A1+0.2", 0.3))));
  expect(done.changes).toEqual([]);
});

test("a text in a formula is a date at every use of it, or at none", async () => {
  const cells = (n: number) => [
    formula(`A${n}`, '"2026-01-02"+1', 0),
    formula(`B${n}`, '"乙"="乙"', 0),
    formula(`C${n}`, '"乙"&amp;1', 0),
    formula(`D${n}`, '"乙"+1', 0),
  ];
  const done = await recalc(book(...[1, 2].map((n) => row(n, ...cells(n)))));
  const expected = { A: "46025", B: "1", C: "乙1", D: "#VALUE!" };
  const both = [1, 2].flatMap((n) => Object.entries(expected).map(([column, value]) => [`${column}${n}`, value]));
  expect(valuesIn(done.bytes)).toEqual(Object.fromEntries(both));
});

test("cells without a value, texts, booleans and errors", async () => {
  const bytes = book(
    row(
      1,
      '<c r="A1"><f>1=1</f></c><c r="B1" t="str"><f>"乙&amp;"&amp;"丙"</f><v>旧</v></c>',
      formula("C1", "1/0", 5),
      formula("D1", "2+3", "#N/A", "", ' t="e"'),
    ),
  );
  const done = await recalc(bytes);
  expect(valuesIn(done.bytes)).toEqual({ A1: "1", B1: "乙&amp;丙", C1: "#DIV/0!", D1: "5" });
  expect(partsOf(done.bytes)["xl/worksheets/sheet1.xml"]).toContain('<c r="A1" t="b"><f>1=1</f><v>1</v></c>');
  expect(partsOf(done.bytes)["xl/worksheets/sheet1.xml"]).toContain('<c r="D1"><f>2+3</f><v>5</v></c>');
  expect(done.errors).toMatchObject([{ cell: "合同!C1", before: 5, now: "#DIV/0!" }]);
});

test("what our function says of an error is told", async () => {
  const done = await recalc(book(row(1, text("A1", "一千万"), formula("B1", SUANLI, 7))));
  expect(done.errors).toHaveLength(1);
  expect(done.errors[0]!.now).toBe("#VALUE!");
  expect(done.errors[0]!.message).toContain("一千万");
});

test("formulas that cannot be computed keep their values, and are named: links, another add-in's functions", async () => {
  const done = await recalc(
    book(row(1, formula("A1", "[1]Sheet1!A1", 5), formula("B1", "OTHER.ADDIN(1)", 6), formula("C1", "A1+B1", 0))),
  );
  expect(done.kept).toEqual(["合同!A1", "合同!B1"]);
  expect(valuesIn(done.bytes)).toEqual({ A1: "5", B1: "6", C1: "11" });
});

describe("a formula that fills cells", () => {
  const DYNAMIC = ' cm="1"';
  const list = (ref: string, words: string, value: number) =>
    formula("C1", words, value, ` t="array" ref="${ref}"`, DYNAMIC);

  test("more than before: into the row, an empty row and one that was not there", async () => {
    const bytes = book(
      row(1, num("A1", 4), list("C1:C2", "_xlfn.SEQUENCE(A1)", 9)),
      row(2, num("B2", 1), num("C2", 9), num("D2", 1)),
      '<row r="3" ht="30"/>',
      row(5, num("A5", 1)),
    );
    const done = await recalc(bytes);
    expect(valuesIn(done.bytes)).toMatchObject({ C1: "1", C2: "2", C3: "3", C4: "4", D2: "1", A5: "1" });
    const sheet = partsOf(done.bytes)["xl/worksheets/sheet1.xml"]!;
    expect(sheet).toContain('ref="C1:C4"');
    expect(sheet).toContain('<row r="3" ht="30"><c r="C3"><v>3</v></c></row>');
    expect(sheet.indexOf('r="C4"')).toBeLessThan(sheet.indexOf('r="A5"'));
    expect((await recalc(done.bytes)).changes).toEqual([]);
  });

  test("fewer than before: the others become blank", async () => {
    const done = await recalc(
      book(row(1, num("A1", 1), list("C1:C2", "_xlfn.SEQUENCE(A1)", 1)), row(2, num("C2", 2), num("D2", 1))),
    );
    expect(differences(book(), done.bytes).length).toBeGreaterThan(0);
    expect(valuesIn(done.bytes)).toEqual({ A1: "1", C1: "1", C2: "", D2: "1" });
    expect(partsOf(done.bytes)["xl/worksheets/sheet1.xml"]).toContain('ref="C1"');
  });
});

test.each([
  ["no workbook", Uint8Array.of(1, 2, 3), "noWorkbook"],
  ["an old .xls", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), "oldExcel"],
  ["a damaged file", book(row(1, num("A1", 1))).slice(0, 300), "damaged"],
  ["a number that is none", book(row(1, num("A1", "x"))), "damaged"],
])("%s is refused", async (_what, bytes, reason) => {
  await expect(recalc(bytes)).rejects.toMatchObject({ reason });
});

test("ranges of which one end moves with a formula that is kept once for many cells", async () => {
  // Each with what it gives in row n of A1:A4 = 1, 2, 3, 4.
  const kept: [string, (n: number) => number][] = [
    ["INDEX($A$1:$A1,A1)", (n) => n],
    ["INDEX($A$1:$A1,COUNT($A$1:$A1))", (n) => n],
    ["ROWS($A$1:$A1)*10+COLUMNS($A1:B1)", (n) => n * 10 + 2],
    ["SUM(OFFSET($A$1:$A1,0,0))", (n) => (n * (n + 1)) / 2],
    ["LOOKUP(9,$A$1:$A1)", (n) => n],
    ["LOOKUP(9,$A$1:$A1,$A$1:$A1)", (n) => n],
    ['SUMIF($A$1:$A1,">0",$A$1:$A1)', (n) => (n * (n + 1)) / 2],
    ['AVERAGEIF($A$1:$A1,">0",$A$1:$A1)', (n) => (n + 1) / 2],
    ["SUMPRODUCT(--($A$1:$A1>1),$A$1:$A1)", (n) => (n * (n + 1)) / 2 - 1],
    ["MATCH(A1,$A$1:$A1,0)+COUNTIF($A$1:$A1,A1)", (n) => n + 1],
    ["VLOOKUP(A1,$A$1:$A1,1,FALSE)", (n) => n],
  ];
  const escaped = (words: string) => words.replaceAll(">", "&gt;");
  const column = (k: number) => String.fromCharCode("B".charCodeAt(0) + k);
  const cells = (n: number) =>
    kept.map(([words], k) => {
      const [letter, tag] = [column(k), n > 1 ? "" : ` ref="${column(k)}1:${column(k)}4"`];
      return formula(`${letter}${n}`, n > 1 ? "" : escaped(words), -1, ` t="shared"${tag} si="${k}"`);
    });
  const done = await recalc(book(...[1, 2, 3, 4].map((n) => row(n, num(`A${n}`, n), ...cells(n)))));
  const values = valuesIn(done.bytes);
  const shown = kept.map(([words], k) => [words, ...[1, 2, 3, 4].map((n) => Number(values[`${column(k)}${n}`]))]);
  expect(shown).toEqual(kept.map(([words, expected]) => [words, ...[1, 2, 3, 4].map(expected)]));
});

test("differs from Excel: a range up to what INDEX finds, in a formula that is kept once for many cells", async () => {
  // Excel: 1, 3, 6, 10. Once this fails, the engine has learnt it: docs/workbench.md.
  const cells = (n: number) => [
    num(`A${n}`, n),
    formula(
      `B${n}`,
      n > 1 ? "" : "SUM($A$1:INDEX($A$1:$A1,A1))",
      -1,
      ` t="shared"${n > 1 ? "" : ' ref="B1:B4"'} si="0"`,
    ),
  ];
  const values = valuesIn((await recalc(book(...[1, 2, 3, 4].map((n) => row(n, ...cells(n)))))).bytes);
  expect([1, 2, 3, 4].map((n) => values[`B${n}`])).toEqual(["1", "6", "10", "10"]);
});

describe("an exported book", () => {
  const exported = (...more: Sheet[]) => {
    const { book } = bookOf(
      {
        instruments: [],
        headers: ["政策工具", "企业", "金额", "国产算力", "地方比例"],
        values: [
          ["zj-15-suanli", "甲", 20_000_000, "是", ""],
          ["zj-15-suanli", "甲", 20_000_000, "是", ""],
          ["zj-15-suanli", "乙", 0, "否", 0.05],
          ["bj-6-suanli", "甲", 333_333.35, "是", ""],
        ],
        years: [2026],
      },
      { claim: { year: 2026 }, place: "浙江省", lambda: true },
    );
    return writeBook({ ...book, sheets: [...book.sheets, ...more] });
  };

  test("shows what the workbench's engine computes", async () => {
    expect(await recalc(exported())).toMatchObject({ changes: [], errors: [], kept: [] });
  });

  test("a call of its LAMBDA, whose arguments may be left out, keeps what it shows", async () => {
    const call = written("SUANLI_QUAN_ZJ_15(1000000,TRUE,2026)", () => 300_000);
    const trial = { name: "试算", columns: [], length: 1, row: () => [{ content: call }], title: "", header: 1 };
    const bytes = exported(trial);
    const done = await recalc(bytes);
    expect(done).toMatchObject({ changes: [], kept: ["试算!A1"] });
    expect(done.bytes).toBe(bytes);
  });
});
