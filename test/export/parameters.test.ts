/**
 * What stands in the parameter sheet decides, and nothing else: no formula of a book holds a figure of a document, and a figure
 * that is changed there changes the awards as our functions say, in LibreOffice.
 */
import fc from "fast-check";
import type { Workbook } from "hucre/xlsx";
import { formulasOf, writtenBook } from "../../src/export";
import type { Book } from "../../src/export/file/sheet";
import {
  awards,
  entryOf,
  FIRST_DAY,
  isoOf,
  LAST_DAY,
  MAX_FEN,
  planOf,
  readingsOf,
  toYuan,
  type Plan,
  type PlannedRow,
} from "../../src/rules";
import type { FormulaBook, SourceRow } from "../../src/writers/excel-formula";
import { dateCell, inRow } from "../../src/writers/formula/expression";
import { isFormula } from "../../src/writers/formula/sheet";
import { planned } from "../rules/claimed";
import { figuresIn, withAnother, type Signature } from "../tools/changed-figures";
import { allRecalculated, testWithLibreOffice } from "../tools/libreoffice";
import { planOfAny, QUANTIFIED, rowsOf } from "../tools/random-rows";

// Turns of the form that no clause of the five documents has.
jest.mock("../../src/rules/law/policies/digest.yaml", () => jest.requireActual("../rules/invented.yaml"));

const MINUTES = 60_000;
const placed = (rows: readonly PlannedRow[]): SourceRow[] => rows.map((row, i) => ({ planned: row, source: i + 1 }));
const written = (book: FormulaBook): Book => writtenBook(book, [], { claim: { year: 2026 }, place: "" });

describe("no figure of a document stands in a formula", () => {
  /** Numbers that a formula may hold, and what for. */
  const TECHNICAL = new Map([
    [0, "nothing; no decimals; an exact match"],
    [0.01, "what stands for an award that was had before without an amount"],
    [1, "a mark; one whole; the next"],
    [2, "decimals of a fen"],
    [5, "signs of 不符合条件"],
    [12, "months of a year"],
    [100, "fen of a yuan"],
    [9999, "the last year that is no date"],
    [1e9, "parts of a whole that a double may be off"],
    ...[FIRST_DAY, LAST_DAY].map(
      (day) => [dateCell(isoOf(day)), "the first and the last day that a cell can hold"] as const,
    ),
  ]);

  /** The numbers in a formula, without those of cells, sheets, names, texts and places in a list. */
  const numbersIn = (formula: string): number[] =>
    (
      formula
        .replace(/"(?:[^"]|"")*"/g, '""')
        .replace(/'(?:[^']|'')+'!|[\p{L}_][\p{L}\p{N}_.]*!/gu, "")
        .replace(/\{[\d,]+\}/g, "")
        .replace(/_xl[op][pm]\.[\p{L}\p{N}_]+/gu, "")
        .replace(/\$?[A-Z]{1,3}\$?\d+/g, "")
        .match(/\d+(\.\d+)?([Ee][+-]?\d+)?/g) ?? []
    ).map(Number);
  /** Texts that a formula could compare a number or a day with. */
  const numericTexts = (formula: string): string[] =>
    (formula.match(/"(?:[^"]|"")*"/g) ?? []).filter((words) => /^"\s*[\d.%-]+\s*"$|^"\d{4}-\d/.test(words));

  test.each([
    ["IF(A6>8000000,8000000,A6)", [8_000_000, 8_000_000]],
    ["ROUND('测算12 券'!$B$7*30%,2)", [30, 2]],
    ['参数!$B$12*测算3!C4+CHOOSE({1,2},_xlpm.第_2,"3")+1.5E-3', [0.0015]],
  ])("found in %s", (formula, numbers) => {
    expect(numbersIn(formula)).toEqual(numbers);
  });

  test("in no sheet and no name of a book, under every reading of every instrument", () => {
    const rows = QUANTIFIED.flatMap((id) => {
      const entry = entryOf(id);
      const options = Object.entries(readingsOf(entry.instrument)).flatMap(([name, reading]) =>
        Object.keys(reading.options).map((option) => ({ [name]: option })),
      );
      const plans = [{}, ...options].map((readings) => planOf(entry, { year: 2026 }, { readings }));
      const different = new Map(plans.map((plan) => [JSON.stringify(plan.readings), plan]));
      // With all inputs, what-if figures among them, for a firm and an object, on a day.
      return [...different.values()].flatMap((plan, p): PlannedRow[] => {
        const whole = fc.sample(rowsOf(plan), { numRuns: 8, seed: 1 }).flat().slice(0, 6);
        return whole.map(({ row }, i) => ({ plan, row, firm: `${id} ${p} ${i % 2}`, object: undefined }));
      });
    });
    // A row that no formula gives holds what our function gives.
    const refused = new Set(formulasOf(placed(rows)).unwritten.map(({ source }) => source));
    const formulas = formulasOf(
      placed(rows).filter(({ source }) => !refused.has(source)),
      true,
    );
    const book = written(formulas);
    expect(formulas.sheets.length).toBeGreaterThan(200);
    expect(formulas.unwritten).toEqual([]);
    const found = new Map<string, string>();
    const look = (place: string, formula: string): void => {
      const strange = [...numbersIn(formula).filter((n) => !TECHNICAL.has(n)), ...numericTexts(formula)];
      if (strange.length) found.set(`${place}: ${strange.join(" ")}`, formula);
    };
    for (const { name, length, row } of book.sheets)
      for (let at = 0; at < length; at++)
        for (const cell of row(at)) if (cell && isFormula(cell.content)) look(name, inRow(cell.content.text, at + 1));
    for (const { name, range } of book.names) look(name, range);
    expect([...found.keys()].slice(0, 5)).toEqual([]);
  });
});

/** The cells of the parameter sheet in which a book differs from another one of the same form. */
function changes(from: FormulaBook, to: FormulaBook): Map<number, number> {
  const cells = new Map<number, number>();
  from.parameters.forEach(({ first, list }, s) => {
    const now = to.parameters[s]!.list;
    expect(now.length).toBe(list.length);
    list.forEach(({ value }, p) => {
      const other = now[p]!.value;
      if (typeof other === "number" && other !== value) cells.set(first + p, other);
    });
  });
  return cells;
}

/** The book as after a user typed numbers into cells of column B of 参数. */
const typedOver = (book: Book, cells: ReadonlyMap<number, number>): Book => ({
  ...book,
  sheets: book.sheets.map((sheet) =>
    sheet.name === "参数"
      ? {
          ...sheet,
          row: (at) =>
            sheet
              .row(at)
              .map((cell, c) =>
                cell && c === 1 && cells.has(at + 1) ? { ...cell, content: cells.get(at + 1)! } : cell,
              ),
        }
      : sheet,
  ),
});

interface Seen {
  /** Rows whose award is as our functions say, and of them those that the change moved. */
  right: number;
  moved: number;
  /** Rows that the book itself marks: numbers beyond 15 digits, another order of the rows. */
  marked: number;
}

/** A book in which a figure of each instrument was changed, and what its rows must show then. */
interface Trial {
  readonly formulas: FormulaBook;
  readonly book: Book;
  readonly wanted: (source: number) => Awards;
}

function trialOf(rows: readonly PlannedRow[], which: (plan: Plan) => Signature | undefined): Trial {
  const plans = new Map<Plan, Plan>();
  const otherwise = rows.map((row): PlannedRow => {
    const signature = which(row.plan);
    if (!plans.has(row.plan))
      plans.set(row.plan, signature === undefined ? row.plan : withAnother(row.plan, signature));
    return { ...row, plan: plans.get(row.plan)! };
  });
  const formulas = formulasOf(placed(rows));
  const cells = changes(formulas, formulasOf(placed(otherwise)));
  const [before, after] = [awards(rows), awards(otherwise)];
  return {
    formulas,
    book: typedOver(written(formulas), cells),
    wanted: (source) => [before[source - 1]!, after[source - 1]!],
  };
}

/** Holds every award of the recalculated books to the rules under the changed figure. */
async function follows(trials: readonly Trial[]): Promise<Seen[]> {
  const computed = allRecalculated(trials.map(({ book }) => book));
  return trials.map(({ formulas, wanted }, t) => compared(formulas, computed[t]!, wanted));
}

const sumOf = (seen: readonly Seen[]): Seen =>
  seen.reduce((all, { right, moved, marked }) => ({
    right: all.right + right,
    moved: all.moved + moved,
    marked: all.marked + marked,
  }));

type Awards = readonly [before: ReturnType<typeof awards>[number], after: ReturnType<typeof awards>[number]];

function compared(book: FormulaBook, computed: Workbook, of: (source: number) => Awards): Seen {
  const seen: Seen = { right: 0, moved: 0, marked: 0 };
  const literal = new Set(book.unwritten.map(({ source }) => source));
  const wrong: unknown[] = [];
  for (const { sheet, award, range, sorted } of book.sheets) {
    const cells = computed.sheets.find(({ name }) => name === sheet.name)!.rows;
    const at = (column: typeof award | undefined, row: number): unknown =>
      column && cells[sheet.first - 1 + row]![sheet.columns.indexOf(column)];
    let total = 0;
    for (let row = 0; row < sheet.length; row++) {
      const source = Number(at(sheet.columns[0], row));
      const [before, after] = of(source);
      const amount = at(award, row);
      if (typeof amount === "number") total += Math.round(amount * 100);
      if (literal.has(source) || Number(at(range, row)) || Number(at(sorted, row) ?? 0)) {
        seen.marked++;
        continue;
      }
      const { kind } = after.outcome;
      const right =
        kind === "award"
          ? amount === toYuan(after.fen)
          : kind === "not-eligible"
            ? amount === 0
            : typeof amount === "string";
      if (!right) wrong.push([sheet.name, source, amount, kind, after.fen / 100, before.fen / 100]);
      seen.right++;
      if (before.fen !== after.fen || before.outcome.kind !== kind) seen.moved++;
    }
    // The total above the table is that of its rows, as far as 15 digits say it.
    if (total <= MAX_FEN) expect(Math.round(Number(cells[3]![sheet.columns.indexOf(award)] ?? 0) * 100)).toBe(total);
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  return seen;
}

testWithLibreOffice(
  "every figure of every instrument, changed in the parameter sheet: shares, caps, thresholds, defaults, terms, windows",
  async () => {
    const { seed } = fc.readConfigureGlobal();
    const rows = QUANTIFIED.flatMap((id) =>
      fc
        .sample(planOfAny(id, [2025, 2026, 2027]).chain(rowsOf), { numRuns: 1, ...(seed !== undefined && { seed }) })
        .flatMap((table, t) =>
          table.slice(0, 6).map((row) => ({ ...row, firm: row.firm && `${row.firm} ${t}`, object: undefined })),
        ),
    );
    const figures = new Map(rows.map(({ plan }) => [plan, figuresIn(plan)]));
    const most = Math.max(...[...figures.values()].map(({ length }) => length));
    const trials = Array.from({ length: most }, (_, run) => {
      // Each plan until its figures are through.
      const left = rows.filter(({ plan }) => run < figures.get(plan)!.length);
      return trialOf(left, (plan) => figures.get(plan)![run]);
    });
    const { right, moved, marked } = sumOf(await follows(trials));
    expect(moved).toBeGreaterThan(right / 10);
    expect(marked).toBeLessThan(right / 4);
  },
  20 * MINUTES,
);

testWithLibreOffice(
  "instruments side by side that share firms, contracts and limits, with what-if figures: each figure of each in turn",
  async () => {
    const suanli = { amount: 20_000_000, domestic: true };
    const rows = [
      // One contract under two documents: the higher one stays, and which one that is changes with either's figures.
      planned("bj-6-suanli", { ...suanli, firm: "甲", object: "一" }),
      planned("zj-15-suanli", { ...suanli, firm: "甲", object: "一" }),
      planned("bj-6-suanli", { amount: 5_000_000, domestic: false, firm: "甲", object: "二" }),
      planned("zj-15-suanli", { amount: 3_333_333.35, domestic: true, firm: "甲", object: "二" }),
      planned("zj-15-suanli", { amount: 9_050_000, domestic: true, firm: "甲", object: "三", whatif_rate: 0.35 }),
      planned("zj-15-suanli", { ...suanli, firm: "乙", object: "四", whatif_cap: 5_430_000 }),
      planned("zj-15-suanli", { ...suanli, firm: "乙", object: "五", year: 2027 }),
      // One limit over compute and model vouchers of a firm, another over all of its municipal ones.
      planned("hz-1-city-suanli", { ...suanli, firm: "丙", object: "六" }),
      planned("hz-1-city-model", { amount: 20_000_000, filed: true, firm: "丙", object: "七" }),
      planned("hz-1-stack-suanli", { amount: 4_000_000.05, domestic: true, firm: "丙", object: "八" }),
      planned("hz-1-firm-year", { amount: 30_000_000, service: "compute", domestic: true, firm: "丁", object: "九" }),
      planned("bj-8-moxing", { amount: 6_000_000, firm: "甲", object: "十" }),
    ];
    const ids = [...new Set(rows.map(({ plan }) => plan.entry.instrument.id))];
    const trials = ids.flatMap((id) => {
      const of = (plan: Plan): boolean => plan.entry.instrument.id === id;
      const figures = figuresIn(rows.find(({ plan }) => of(plan))!.plan);
      return figures.map((figure) => ({ id, trial: trialOf(rows, (plan) => (of(plan) ? figure : undefined)) }));
    });
    const seen = await follows(trials.map(({ trial }) => trial));
    for (const id of ids) {
      const { moved } = sumOf(seen.filter((_, t) => trials[t]!.id === id));
      expect([id, moved > 0]).toEqual([id, true]);
    }
    expect(sumOf(seen).marked).toBe(0);
  },
  20 * MINUTES,
);
