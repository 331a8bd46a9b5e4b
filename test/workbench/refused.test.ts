/** Files that would stop or mislead the page are refused in words: hostile ones, damaged ones, and those of other programs. */
import { LIMITS } from "../../src/workbench/file/limits";
import { openFile } from "../../src/workbench/file/read";
import { TEXTS } from "../../src/workbench/texts";
import { cells, HOSTILE, lying, many, sheet, text } from "./hostile";
import { file } from "./package";

const open = (bytes: Uint8Array) => openFile(bytes, { ours: [], known: ["SUM"], others: [] });
test.each(HOSTILE)("%s: %s", (_, reason, bytes) => {
  expect(() => open(bytes())).toThrow(expect.objectContaining({ reason }) as Error);
  for (const words of Object.values(TEXTS)) expect(words.reasons[reason]).toBeTruthy();
});

test("a part that unpacks to more than it announced does not get more room", () => {
  const bytes = lying(sheet(cells(text(9000))), 100);
  expect(() => open(bytes)).toThrow(expect.objectContaining({ reason: "damaged" }) as Error);
});

test.each<[string, string]>([
  ["the longest text of Excel", cells(text(LIMITS.characters))],
  [
    "merged columns and a merged sheet, cut to the grid",
    `${cells()}<mergeCells><mergeCell ref="A1:B1048576"/></mergeCells>`,
  ],
  ["a merge of the whole sheet", `${cells()}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`],
  [
    "content in the last cell of the sheet",
    '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
  ],
  ["widths of all columns", `<cols><col min="1" max="16384" width="12"/></cols>${cells()}`],
  [
    "rows without numbers",
    "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>",
  ],
])("%s is opened", (_, inner) => {
  const { workbook } = open(sheet(inner));
  const opened = workbook.sheets!.sheet1!;
  const [merge] = opened.mergeData!;
  if (merge) expect([merge.endRow, merge.endColumn]).toEqual([999, merge.endColumn === 1 ? 1 : 25]);
  else
    expect(Object.keys(opened.cellData ?? {}).length + Object.keys(opened.columnData ?? {}).length).toBeGreaterThan(0);
});

test("cells and rows without numbers stand one behind the other", () => {
  const { workbook } = open(
    sheet(
      "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row r='5'><c r='C5'><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row></sheetData>",
    ),
  );
  const { cellData } = workbook.sheets!.sheet1!;
  expect([cellData![0]![1]!.v, cellData![4]![2]!.v, cellData![4]![3]!.v, cellData![5]![0]!.v]).toEqual([2, 3, 4, 5]);
});

test("names that stand for one another, or for too many, are not told to the engine; formulas over them keep the file's value", () => {
  const chain = many(12, (k) => `<definedName name="n${k}">n${k + 1}+n${k + 1}</definedName>`);
  const bytes = file({
    sheets: {
      表: cells(
        '<c r="A1"><f>甲+1</f><v>4</v></c>',
        '<c r="B1"><f>n0</f><v>5</v></c>',
        '<c r="C1"><f>SUM(n9)</f><v>6</v></c>',
      ),
    },
    behind: `<definedNames><definedName name="甲">乙</definedName><definedName name="乙">甲+1</definedName>${chain}<definedName name="n12">1</definedName></definedNames>`,
  });
  const { workbook } = open(bytes);
  const [[a, b, c]] = [Object.values(workbook.sheets!.sheet1!.cellData![0]!)];
  expect([a!.f, b!.f, c!.f]).toEqual([undefined, undefined, "=SUM(n9)"]);
  const told = Object.values(JSON.parse(workbook.resources![0]!.data) as Record<string, { name: string }>);
  expect(told.map(({ name }) => name)).not.toContain("甲");
  expect(told.map(({ name }) => name)).toContain("n9");
});
