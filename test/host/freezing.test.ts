/** Freeze and thaw, against the strict stand-in for Excel and the engine of the workbench: the round trip loses nothing. */
import fc from "fast-check";
import { openExcel } from "../../src/host/excel";
import { FUNCTION_NAMES } from "../../src/functions/declared";
import type { CellValue, Workbook } from "../../src/host/workbook";
import { caresOf, freeze, mapsOf, thaw } from "../../src/taskpane/freezing/freeze";
import { RULES_VERSION } from "../../src/rules";
import { headless } from "./headless";
import { FakeOffice, type StoredSheet } from "./office";

const TIME = "2026-11-27 12:00:00";
const reading = () => ({
  signal: new AbortController().signal,
  pick: { jurisdiction: "binjiang", year: 2026, language: "zh" as const },
});
const frozen = (host: Workbook, leave: readonly string[] = []) => freeze(host, new Set(leave), TIME, reading());
const thawed = async (host: Workbook, { leave = [] as string[], overwrite = false } = {}) =>
  thaw(host, (await mapsOf(host))[0]!, new Set(leave), overwrite, TIME);

/** Nothing was left out. */
const DONE = { changed: [], left: [], damaged: [], missing: 0 };

/** What our functions show: amounts, answers that are errors, words that look like formulas, nothing. */
const SHOWN: readonly CellValue[] = [600_000, 0.1 + 0.2, "#N/A", "#VALUE!", "=1+1", "'甲", "可获", "", true, 0];

/** The result of a formula by its text alone. */
function calculate(formula: string): CellValue[][] {
  if (formula === "=NA()") return [["#N/A"]];
  if (formula === "=#VALUE!") return [["#VALUE!"]];
  const [, from = "1", to = from] = /A(\d+)(?::A(\d+))?/.exec(formula) ?? [];
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, row) => [
    SHOWN[(formula.length * 7 + Number(from) + 3 * row) % SHOWN.length]!,
  ]);
}

async function excel(options = {}): Promise<{ office: FakeOffice; host: Workbook }> {
  const office = new FakeOffice({ calculate, supported: ["ExcelApi 1.20"], ...options });
  office.install();
  return { office, host: (await openExcel(FUNCTION_NAMES))! };
}

/** All that stands in a sheet: what was entered, and what every cell shows. */
const contentOf = (office: FakeOffice, sheet: StoredSheet): unknown => {
  const area = office.used(sheet)!;
  const cells = [...sheet.cells].map(([at, { entered, format }]) => [at, entered, format] as const);
  return {
    entered: cells.filter(([, entered]) => entered !== "").sort(([a], [b]) => a.localeCompare(b)),
    shown: Array.from({ length: area.row + area.rows }, (_, row) =>
      Array.from({ length: area.column + area.columns }, (__, column) => office.value(sheet, row, column)),
    ),
  };
};
const shownIn = (office: FakeOffice, sheet: StoredSheet) => (contentOf(office, sheet) as { shown: unknown }).shown;

/** Columns of a sheet: amounts, then formulas of ours and of others, some of which spill. */
const sheets = fc
  .array(
    fc.oneof(
      fc.record({ kind: fc.constant("single" as const), rows: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ kind: fc.constant("spill" as const), rows: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ kind: fc.constant("wrapped" as const), rows: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ kind: fc.constant("other" as const), rows: fc.integer({ min: 1, max: 6 }) }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((columns) =>
    Array.from({ length: 7 }, (_, row) => [
      row ? row * 1000 : "金额",
      ...columns.map(({ kind, rows }, column): CellValue => {
        if (row === 0) return `结果${column}`;
        if (kind === "spill") return row === 1 ? `=SUANLI_QUAN(A2:A${rows + 1},"是","binjiang",${2026 + column})` : "";
        if (row > rows) return "";
        if (kind === "single") return `=SUANLI_QUAN(A${row + 1},"是","binjiang",${2026 + column})`;
        return kind === "wrapped" ? `=IF(A${row + 1}>0,MOXING_QUAN(A${row + 1},"是"),"无")` : `=SUM(A${row + 1})`;
      }),
    ]),
  );

test("every formula becomes what it shows, and comes back, spills included; each is one undo step", async () => {
  await fc.assert(
    fc.asyncProperty(sheets, sheets, fc.boolean(), async (one, other, repeatsSpilledFormulas) => {
      const { office, host } = await excel({ repeatsSpilledFormulas });
      const [first, second] = [office.addSheet("合同", one), office.addSheet("我的 'x' 表", other)];
      const before = [first, second].map((sheet) => contentOf(office, sheet));
      const formulas = await host.formulas();
      const steps = office.undoSteps.length;

      const { count, sheet, unready, left } = await frozen(host);
      expect([count, unready, left]).toEqual([formulas.length, [], []]);
      if (!count) return expect(sheet).toBeUndefined();
      expect(await host.formulas()).toEqual([]);
      expect([first, second].map((one) => shownIn(office, one))).toEqual(
        before.map((content) => (content as { shown: unknown }).shown),
      );
      expect(office.undoSteps.length).toBe(steps + 1);

      expect(await thawed(host)).toEqual({ count, ...DONE });
      expect([first, second].map((one) => contentOf(office, one))).toEqual(before);
      expect(await host.formulas()).toEqual(formulas);
      expect(office.undoSteps.length).toBe(steps + 2);
      expect(await mapsOf(host)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

const AWARD = '=SUANLI_QUAN(A2,"是","binjiang",2026)';

test("the map says what each value rests on", async () => {
  const { office, host } = await excel();
  office.addSheet("合同", [
    ["金额", "补贴"],
    [1_000_000, AWARD],
  ]);
  const { sheet } = await frozen(host);
  const rows = shownIn(office, office.sheet(sheet!)!) as CellValue[][];
  expect(rows[2]![1]).toBe(TIME);
  expect(rows[3]![1]).toBe(`${RULES_VERSION.version} (${RULES_VERSION.date})`);
  const [where, cell, area, formula, , instrument, clause, readings, document, notices] = rows[5]!;
  expect([where, cell, area, formula]).toEqual(["合同", "B2", "B2", AWARD]);
  expect(instrument).toBe("算力券（bj-6-suanli）");
  expect(String(clause)).not.toBe("");
  expect(readings).toContain("rounding=half_up");
  expect(document).toContain("杭高新〔2025〕9号");
  expect(notices).toMatch(/^现行；.*杭高新〔2026〕6号/);
});

test("what was typed over a frozen value is not lost without asking", async () => {
  const { office, host } = await excel();
  const sheet = office.addSheet("合同", [
    ["金额", "补贴"],
    [1_000_000, AWARD],
    [2_000_000, AWARD.replace("A2", "A3")],
  ]);
  await frozen(host);
  office.enter(sheet, 1, 1, 5);
  expect(await thawed(host)).toEqual({ ...DONE, count: 1, changed: ["合同!B2"] });
  expect(office.value(sheet, 1, 1)).toBe(5);
  expect(await thawed(host, { overwrite: true })).toEqual({ count: 1, ...DONE });
  expect(sheet.cells.get("1,1")!.entered).toBe(AWARD);
});

test("protected, hidden and filtered sheets are named before anything is done, and can be left as they are", async () => {
  const { office, host } = await excel();
  const row: CellValue[][] = [
    ["金额", "补贴"],
    [1_000_000, AWARD],
  ];
  office.addSheet("甲", row);
  const [hidden, filtered, locked] = ["乙", "丙", "丁"].map((name) => office.addSheet(name, row));
  hidden!.visibility = "Hidden";
  filtered!.hiddenRows = true;
  office.protectedSheet = "丁";
  const cares = await caresOf(
    host,
    (await host.formulas()).map(({ sheet }) => sheet),
  );
  expect(cares).toEqual({ locked: ["丁"], unseen: ["乙", "丙"] });
  expect(await frozen(host, [...cares.locked, ...cares.unseen])).toMatchObject({
    count: 1,
    left: ["乙!B2", "丙!B2", "丁!B2"],
  });
  expect(locked!.cells.get("1,1")!.entered).toBe(AWARD);
  expect(await thawed(host)).toMatchObject({ count: 1 });
});

test("a formula without a result yet stays one, and so does one whose spill another formula names", async () => {
  const waiting = AWARD.replace("2026", "2027");
  const { office, host } = await excel({
    calculate: (formula: string) => (formula === waiting ? [["#BUSY!"]] : calculate(formula)),
  });
  const sheet = office.addSheet("合同", [
    ["金额", "补贴", "", ""],
    [1_000_000, waiting, AWARD, "=SUM(C2#)"],
  ]);
  expect(await frozen(host)).toEqual({
    count: 0,
    sheet: undefined,
    unready: ["合同!B2"],
    spilled: ["合同!C2"],
    left: [],
  });
  expect([1, 2].map((column) => sheet.cells.get(`1,${column}`)!.entered)).toEqual([waiting, AWARD]);
});

test("a sheet that was renamed since is named, its cells stay values, and the map stays open", async () => {
  const { office, host } = await excel();
  const sheet = office.addSheet("合同", [
    ["金额", "补贴"],
    [1_000_000, AWARD],
  ]);
  await frozen(host);
  Object.assign(sheet, { name: "合同 2026" });
  expect(await thawed(host)).toEqual({ ...DONE, count: 0, left: ["合同!B2"] });
  expect(await mapsOf(host)).toHaveLength(1);
});

test("a sheet's new name written into the map brings its formulas back", async () => {
  const { office, host } = await excel();
  const sheet = office.addSheet("合同", [
    ["金额", "补贴"],
    [1_000_000, AWARD],
  ]);
  const { sheet: map } = await frozen(host);
  Object.assign(sheet, { name: "合同 2026" });
  office.enter(office.sheet(map!)!, 5, 0, "合同 2026");
  expect(await thawed(host)).toMatchObject({ count: 1, left: [], damaged: [] });
  expect(sheet.cells.get("1,1")!.entered).toBe(AWARD);
});

const TWO: CellValue[][] = [
  ["金额", "补贴"],
  [1_000_000, AWARD],
  [2_000_000, AWARD.replace("A2", "A3")],
];

test.each([
  ["its formula was changed", 3, AWARD.replace("2026", "2027")],
  ["its formula is gone", 3, ""],
  ["its cell is no address", 1, "第二格"],
  ["its cell is another one", 1, "D9"],
  ["its result is another range", 2, "B2:B9"],
  ["its check is gone", 10, ""],
] as const)(
  "a row of the map says nothing once %s: it is named, the others come back, the map stays",
  async (_, column, words) => {
    const { office, host } = await excel();
    const sheet = office.addSheet("合同", TWO);
    const { sheet: map } = await frozen(host);
    office.enter(office.sheet(map!)!, 5, column, words && `'${words}`);
    expect(await thawed(host)).toEqual({ count: 1, changed: [], left: [], damaged: [`${map!}!A6`], missing: 0 });
    expect(sheet.cells.get("1,1")!.entered).not.toBe(AWARD);
    expect(await mapsOf(host)).toHaveLength(1);
  },
);

test("rows that are gone from the map are missed", async () => {
  const { office, host } = await excel();
  office.addSheet("合同", TWO);
  const { sheet: map } = await frozen(host);
  for (let column = 0; column < 11; column++) office.enter(office.sheet(map!)!, 6, column, "");
  expect(await thawed(host)).toEqual({ count: 1, changed: [], left: [], damaged: [], missing: 1 });
  expect(await mapsOf(host)).toHaveLength(1);
});

test("a map that was hidden is found, and so are formulas of hidden sheets that name a spill", async () => {
  const { office, host } = await excel();
  const sheet = office.addSheet("合同", [...TWO, [3, "", AWARD]]);
  office.addSheet("底稿", [["=SUM(合同!C4#)"]]).visibility = "Hidden";
  const { sheet: map, spilled } = await frozen(host);
  expect(spilled).toEqual(["合同!C4"]);
  office.sheet(map!)!.visibility = "Hidden";
  expect(await thawed(host)).toMatchObject({ count: 2 });
  expect(sheet.cells.get("1,1")!.entered).toBe(AWARD);
});

test("a protected map lets its formulas come back, and is offered again; then nothing is left to do", async () => {
  const { office, host } = await excel();
  office.addSheet("合同", TWO);
  const { sheet: map } = await frozen(host);
  office.protectedSheet = map!;
  expect(await thawed(host)).toMatchObject({ count: 2 });
  expect(await mapsOf(host)).toHaveLength(1);
  office.protectedSheet = "";
  expect(await thawed(host)).toMatchObject({ count: 0, changed: [], left: [] });
  expect(await mapsOf(host)).toEqual([]);
});

test("a formula of the user's own over a frozen value is not lost, though it shows the same", async () => {
  const { office, host } = await excel();
  const sheet = office.addSheet("合同", TWO);
  const shown = office.value(sheet, 1, 1);
  await frozen(host);
  Object.assign(office, { calculate: (formula: string) => (formula === "=A1*1" ? [[shown]] : calculate(formula)) });
  office.enter(sheet, 1, 1, "=A1*1");
  expect(await thawed(host)).toMatchObject({ count: 1, changed: ["合同!B2"] });
  expect(sheet.cells.get("1,1")!.entered).toBe("=A1*1");
});

test("two freezes in a row: each map brings back its own", async () => {
  const { office, host } = await excel();
  const [first, second] = [office.addSheet("甲", TWO), office.addSheet("乙", TWO)];
  const before = [first, second].map((sheet) => contentOf(office, sheet));
  await frozen(host, ["乙"]);
  const again = await frozen(host);
  expect(again).toMatchObject({ count: 2, left: [] });
  expect((await mapsOf(host)).map(({ frozen: { length } }) => length)).toEqual([2, 2]);
  const [later, earlier] = await mapsOf(host);
  expect(await thaw(host, earlier!, new Set(), false, TIME)).toMatchObject({ count: 2, changed: [] });
  expect(await thaw(host, later!, new Set(), false, TIME)).toMatchObject({ count: 2, changed: [] });
  expect([first, second].map((sheet) => contentOf(office, sheet))).toEqual(before);
});

test("frozen, thawed in part, frozen again: both maps together bring everything back", async () => {
  const { office, host } = await excel();
  const sheet = office.addSheet("合同", TWO);
  const before = contentOf(office, sheet);
  await frozen(host);
  const typed = office.value(sheet, 1, 1);
  office.enter(sheet, 1, 1, 5);
  await thawed(host);
  await frozen(host);
  office.enter(sheet, 1, 1, `'${String(typed)}`);
  for (const map of await mapsOf(host)) await thaw(host, map, new Set(), false, TIME);
  expect(contentOf(office, sheet)).toEqual(before);
  expect(await mapsOf(host)).toEqual([]);
});

test("formulas with quotes, signs and as long as Excel lets them be come back as they were", async () => {
  const long = `=IF(A2="他说""好""",0,SUANLI_QUAN(A2,"是","binjiang",2026))+${"0+".repeat(4050)}0`;
  expect(long.length).toBeLessThanOrEqual(8192);
  const odd = `=SUANLI_QUAN('李''s & <表>'!A1,"是")&"=＝'😀"`;
  const { office, host } = await excel();
  const sheet = office.addSheet("李's & <表>", [["金额"], [1_000_000, long, odd]]);
  const before = contentOf(office, sheet);
  expect(await frozen(host)).toMatchObject({ count: 2 });
  expect(await thawed(host)).toMatchObject({ count: 2, changed: [], damaged: [] });
  expect(contentOf(office, sheet)).toEqual(before);
});

test("a map of an older version, without numbers and codes of rows, still brings its formulas back", async () => {
  const { office, host } = await excel();
  const sheet = office.addSheet("合同", TWO);
  const { sheet: map } = await frozen(host);
  const page = office.sheet(map!)!;
  for (const column of [2, 3]) office.enter(page, 1, column, "");
  for (const row of [5, 6])
    office.enter(
      page,
      row,
      10,
      String(office.value(page, row, 10))
        .split("-")
        .slice(0, 2)
        .join("-"),
    );
  expect(await thawed(host)).toMatchObject({ count: 2, damaged: [], missing: 0 });
  expect(sheet.cells.get("1,1")!.entered).toBe(AWARD);
});

test("in the workbench: values, undo in one step, thaw", async () => {
  const { univer, api, workbook: host } = await headless({ 表: [[1, "=TIMES(A1:A3)"], ["二"], [3]] });
  const before = await host.formulas();
  const { sheet } = await frozen(host);
  expect(await host.formulas()).toEqual([]);
  expect((await host.read({ sheet: "表", address: "B1:B3" })).values).toEqual([[3], ["#VALUE!"], [9]]);
  expect((await host.read({ sheet: sheet!, address: "D6" })).values).toEqual([["=TIMES(A1:A3)"]]);
  expect(await thawed(host)).toMatchObject({ count: 1, changed: [] });
  expect(await host.formulas()).toEqual(before);
  await api.undo();
  expect(await host.formulas()).toEqual([]);
  univer.dispose();
});
