/** The starter workbook: what it computes, in LibreOffice too; what changes when a cap, a row or the pool changes. */
import { readXlsx, type Workbook } from "hucre/xlsx";
import type { Book, Sheet, Written } from "../../src/export/file/sheet";
import { writeBook } from "../../src/export/file/write";
import { bookOfTemplate } from "../../src/export/template";
import { Refusal, share, toFen } from "../../src/rules";
import { isFormula } from "../../src/writers/formula/sheet";
import { functions, shown } from "../functions/called";
import { recalculated, testWithLibreOffice } from "../tools/libreoffice";

const MINUTES = 60_000;
const YEAR = 2026;
const template = bookOfTemplate({ year: YEAR });

const sheetOf = ({ sheets }: Book, name: string): Sheet => sheets.find((sheet) => sheet.name === name)!;
function shownBy(cell: Written | undefined): unknown {
  if (!cell) return "";
  const { content, result } = cell;
  return (isFormula(content) ? (result === undefined ? content.value(0) : result) : content) ?? "";
}
const columnOf = (sheet: Sheet, header: string, at: number): number =>
  sheet.row(at).findIndex((cell) => cell?.content === header);

/** The book with one cell changed: in the first row where a cell is as said. */
function changed(
  book: Book,
  name: string,
  where: (row: readonly unknown[]) => boolean,
  column: number,
  value: number | string,
): Book {
  const sheets = book.sheets.map((sheet): Sheet => {
    if (sheet.name !== name) return sheet;
    const at = Array.from({ length: sheet.length }, (_, r) => r).find((r) => where(sheet.row(r).map(shownBy)));
    expect(at).toBeDefined();
    const row = (r: number) =>
      sheet.row(r).map((cell, c) => (r === at && c === column ? { ...cell, content: value } : cell));
    return { ...sheet, row };
  });
  return { ...book, sheets };
}

/** A date cell holds days since the end of 1899. */
const asStored = (value: unknown): unknown =>
  value instanceof Date ? value.getTime() / 86_400_000 + 25_569 : (value ?? "");

/** Cells that LibreOffice computes otherwise than the book says; what our function gives is blank there, as without the add-in. */
function differing(book: Book, computed: Workbook): unknown[] {
  const wrong: unknown[] = [];
  for (const sheet of book.sheets) {
    const cells = computed.sheets.find(({ name }) => name === sheet.name)!.rows;
    const asked = sheet.name === "测算" ? columnOf(sheet, "插件函数结果", 4) : -1;
    for (let r = 0; r < sheet.length; r++)
      sheet.row(r).forEach((cell, c) => {
        if (!cell || !isFormula(cell.content) || c === asked) return;
        if (sheet.name === "检查" && String(shownBy(sheet.row(r)[1])).startsWith("已与插件函数核对")) return;
        const [own, theirs] = [shownBy(cell), asStored(cells[r]?.[c])];
        const same =
          typeof own === "number" && typeof theirs === "number"
            ? Math.abs(own - theirs) <= 1e-14 * Math.abs(own)
            : own === theirs;
        if (!same) wrong.push([sheet.name, r + 1, c, cell.content.text, own, theirs]);
      });
  }
  return wrong;
}

/** The rows of the example under one instrument, as BUTIE takes them. */
function rowsOf(id: string): { headers: string[]; values: (string | number)[][] } {
  const { contracts, policies } = template.model;
  const { entry, label } = policies.find((policy) => policy.entry.instrument.id === id)!;
  const columns = [contracts.firm, contracts.object, contracts.year].concat(
    contracts.inputs.filter(({ names }) => names.has(entry)).map(({ column }) => column),
  );
  const rows = Array.from({ length: template.model.rows }, (_, r) => r).filter(
    (r) => contracts.policy.value(r) === label,
  );
  return {
    headers: columns.map(({ form }) => form.header),
    values: rows.map((r) => columns.map((column) => (column.value(r) ?? "") as string | number)),
  };
}

const sumOf = (answers: unknown[]): number =>
  answers.reduce<number>((sum, one) => sum + (typeof one === "number" ? toFen(one) : 0), 0) / 100;

describe("the starter workbook", () => {
  test("has the sheets of a model, its checks are 0, and its awards are those of BUTIE", () => {
    const { book, model } = template;
    expect(book.sheets.slice(0, 11).map(({ name }) => name)).toEqual([
      ...["汇总", "企业", "合同", "测算", "重叠与补差", "资金池", "情景", "参数", "检查", "条款", "关于"],
    ]);
    const checks = sheetOf(book, "检查");
    const all = Array.from({ length: checks.length }, (_, r) => checks.row(r).map(shownBy)).find(
      ([name]) => name === "全部",
    );
    expect(all![2]).toBe(0);
    const { award, answer } = Object.fromEntries(
      [
        ["award", "奖补额"],
        ["answer", "插件函数结果"],
      ].map(([key, header]) => [key, model.claims.columns.find(({ form }) => form.header === header)!]),
    ) as Record<"award" | "answer", (typeof model.claims.columns)[number]>;
    const named = Array.from({ length: model.rows }, (_, r) => r).filter((r) => model.contracts.policy.value(r));
    expect(named.length).toBeGreaterThan(20);
    for (const row of named) expect(award.value(row)).toBe(answer.value(row));
    const own = rowsOf("bj-6-suanli");
    const direct = shown(functions.butie([["bj-6-suanli"]], [own.headers], own.values, [[""]])).flat();
    expect(model.policies[0]!.base.sheet.length).toBe(300);
    expect(
      sumOf(
        named.filter((r) => model.contracts.policy.value(r) === model.policies[0]!.label).map((r) => award.value(r)),
      ),
    ).toBe(sumOf(direct));
  });

  test("computes the scenario as BUTIE.SCENARIO does", () => {
    const { headers, values } = rowsOf("bj-6-suanli");
    const scenarios = [
      ["growth", "domestic_share"],
      [0.1, 0.8],
    ];
    const table = shown(functions.scenarioResults([["bj-6-suanli"]], [headers], values, scenarios, [[YEAR]]));
    const { scenario } = template.model.policies[0]!;
    const total = sumOf(Array.from({ length: scenario.sheet.length }, (_, r) => scenario.award.value(r)));
    expect(table.at(-1)).toContain(total);
  });

  test("no figure of a document stands in a formula", () => {
    const figures = new Set<string>();
    for (const sheet of template.book.sheets)
      for (let r = 0; r < sheet.length; r++)
        for (const cell of sheet.row(r))
          if (cell && isFormula(cell.content))
            for (const [found] of cell.content.text
              .replace(/"[^"]*"|'[^']*'!|[\p{L}\d_]*!|\$?[A-Z]{1,3}\$?(\d+|[\uE000-\uE002])/gu, " ")
              .matchAll(/\d+(\.\d+)?/g))
              figures.add(found);
    // 0 and 1, how near is whole, digits of ROUND, months, fen of a yuan, a length of text, the first row of a table that is printed.
    expect([...figures].sort()).toEqual(["0", "1", "100", "1000000000", "12", "2", "5", "6"]);
  });

  test("has lists to choose from, charts, and three steps from a total to a quotation", async () => {
    const read = await readXlsx(writeBook(template.book), { readStyles: true });
    const sheet = (name: string) => read.sheets.find((one) => one.name === name)!;
    expect(sheet("合同").dataValidations!.length).toBeGreaterThan(6);
    const link = (name: string, words: string): string =>
      [...sheet(name).cells!.values()].find(({ value, hyperlink }) => value === words && hyperlink)!.hyperlink!
        .location!;
    expect(link("汇总", "明细 →")).toBe("'测算1 算力券'!A1");
    const [cell] = [...sheet("测算1 算力券").cells!].filter(
      ([place, { value, hyperlink }]) => place.startsWith("4,") && value === "上限" && hyperlink,
    );
    const row = Number(/\d+$/.exec(cell![1].hyperlink!.location!)![0]);
    expect(sheet("参数").rows[row - 1]!.slice(3, 5)).toEqual([
      "二（六）",
      expect.stringContaining("单家企业最高2000万元"),
    ]);
    expect(link("参数", "条款 →")).toMatch(/^条款!A\d+$/);
  });

  test("refuses what cannot stand in one model, in words", () => {
    expect(() => bookOfTemplate({ year: YEAR, instruments: ["bj-6-pool"] })).toThrow(Refusal);
    expect(() => bookOfTemplate({ year: YEAR, rows: 5 })).toThrow("行数须在");
  });

  testWithLibreOffice(
    "LibreOffice computes every cell as it is stored, and is neutral without the add-in",
    async () => {
      expect(differing(template.book, recalculated(template.book)).slice(0, 10)).toEqual([]);
    },
    10 * MINUTES,
  );

  testWithLibreOffice(
    "a cap changed in 参数, and a firm that looks like a formula: LibreOffice's totals are those of BUTIE with that cap; a pool is shared out as BUTIE.ALLOCATE does",
    async () => {
      const cap = 9_432_109.87;
      const row = (cells: readonly unknown[]) => cells[3] === "二（六）" && String(cells[0]).startsWith("上限");
      const capped = changed(template.book, "参数", row, 1, cap);
      const firm = rowsOf("bj-6-suanli").values[0]![0];
      const renamed = changed(
        changed(capped, "企业", ([name]) => name === firm, 0, "=1+1"),
        "合同",
        (cells) => cells[4] === rowsOf("bj-6-suanli").values[0]![1],
        3,
        "=1+1",
      );
      const money = 20_000_001.07;
      const short = changed(renamed, "资金池", ([label]) => label === "改用金额（不填用文件金额）", 1, money);
      const computed = recalculated(short);
      const { headers, values } = rowsOf("bj-6-suanli");
      const rows = values.map((cells, i) => [...(i ? cells : ["=1+1", ...cells.slice(1)]), cap]);
      const direct = shown(functions.butie([["bj-6-suanli"]], [[...headers, "假设上限"]], rows, [[YEAR]])).flat();
      const summary = computed.sheets.find(({ name }) => name === "汇总")!.rows;
      expect(summary.find(([, id]) => id === "bj-6-suanli")![8]).toBe(sumOf(direct));
      // The pool is short of money: shared out as BUTIE.ALLOCATE does.
      const pool = computed.sheets.find(({ name }) => name === "资金池")!.rows;
      const head = pool.findIndex((cells) => cells.includes("按比例分得"));
      const column = (header: string) =>
        pool.slice(head + 1).map((cells) => toFen((cells[pool[head]!.indexOf(header)] ?? 0) as number));
      const claims = column("申领额");
      expect(claims.reduce((a, b) => a + b)).toBeGreaterThan(toFen(money));
      expect(column("按比例分得")).toEqual(share(claims, toFen(money)));
      const months = column("月份");
      const order = claims.map((_, r) => r).sort((a, b) => months[a]! - months[b]! || a - b);
      const served = share(
        order.map((r) => claims[r]!),
        toFen(money),
        { method: "first_come" },
      );
      expect(order.map((r) => column("按先后分得")[r])).toEqual(served);
    },
    10 * MINUTES,
  );
});
