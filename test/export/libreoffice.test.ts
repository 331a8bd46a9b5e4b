/** Exported books in a real spreadsheet: LibreOffice computes every formula anew, and gives every award to the fen. */
import fc from "fast-check";
import type { Workbook } from "hucre/xlsx";
import { awards, entryOf, readingsOf, Refusal, toYuan, type Award, type PlannedRow } from "../../src/rules";
import { formulasOf, writtenBook } from "../../src/export";
import { isPlanned, readTable, type Cell } from "../../src/tables";
import type { FormulaBook, SourceRow } from "../../src/writers/excel-formula";
import { isFormula } from "../../src/writers/formula/sheet";
import { recalculated, testWithLibreOffice } from "../tools/libreoffice";
import { planOfAny, QUANTIFIED, rowsOf } from "../tools/random-rows";
import { workedCases } from "../tools/worked-cases";

// The digest has no instruments; the invented document uses every turn of the form.
jest.mock("../../src/rules/law/policies/digest.yaml", () => jest.requireActual("../rules/invented.yaml"));

const MINUTES = 60_000;

/** Rows of several tables as one: no firm and no object of one is known in another. */
const together = (tables: readonly (readonly PlannedRow[])[]): SourceRow[] =>
  tables
    .flatMap((table, t) =>
      table.map((planned) => ({
        ...planned,
        firm: planned.firm && `${planned.firm}${t}`,
        object: planned.object && `${planned.object}${t}`,
      })),
    )
    .map((planned, i) => ({ planned, source: i + 1 }));

const answered = ({ outcome, fen }: Award): number | string => {
  if (outcome.kind === "award") return toYuan(fen);
  return outcome.kind === "not-eligible" ? 0 : outcome.kind === "label" ? outcome.label.zh : outcome.kind;
};
/** What the answer begins with; a row that stands as a value has no more. */
const WORDS: Readonly<Record<string, string>> = {
  "not-in-force": "不在有效期内",
  incomplete: "缺少",
  unquantified: "文件未定数字",
  "above-ceiling": "比例过高",
};
const isAnswer = (cell: unknown, expected: number | string): boolean => {
  const words = WORDS[expected];
  return words === undefined ? cell === expected : typeof cell === "string" && cell.startsWith(words);
};

/** LibreOffice keeps 15 digits of a number in a file. */
const isSame = (a: unknown, b: unknown): boolean =>
  typeof a === "number" && typeof b === "number" ? Math.abs(a - b) <= 1e-14 * Math.abs(b) : a === b;

/** A spreadsheet takes two numbers for equal whose 15 digits are: the fen by which an award beyond them differs, where it is marked. */
const isLost = (difference: unknown, award: unknown): boolean =>
  difference === 0 && typeof award === "number" && Math.abs(award) > 1e12;

interface Counts {
  rows: number;
  outOfRange: number;
}

/** Holds each cell of the sheets to what the book says of it, and each award to the rules. */
function compared(book: FormulaBook, computed: Workbook, rows: readonly SourceRow[]): Counts {
  const expected = awards(rows.map(({ planned }) => planned));
  const counts = { rows: 0, outOfRange: 0 };
  const wrong: unknown[] = [];
  for (const award of book.sheets) {
    const { sheet } = award;
    const cells = computed.sheets.find(({ name }) => name === sheet.name)!.rows;
    const at = (column: (typeof sheet.columns)[number], row: number): unknown =>
      cells[sheet.first - 1 + row]?.[sheet.columns.indexOf(column)] ?? "";
    for (let row = 0; row < sheet.length; row++) {
      counts.rows++;
      for (const column of sheet.columns)
        if (
          isFormula(column.content(row)) &&
          !isSame(at(column, row), column.value(row)) &&
          !(column === award.difference && at(award.range, row) === 1 && isLost(at(column, row), at(award.award, row)))
        )
          wrong.push([sheet.name, column.form.header, row, at(column, row), column.value(row)]);
      if (at(award.range, row) === 1) counts.outOfRange++;
      else {
        const source = Number(at(sheet.columns[0]!, row));
        const right = answered(expected[source - 1]!);
        if (!isAnswer(at(award.award, row), right)) wrong.push([sheet.name, "award", row, at(award.award, row), right]);
      }
    }
  }
  expect(wrong).toEqual([]);
  return counts;
}

const inBook = async (rows: readonly SourceRow[]): Promise<Counts> => {
  const book = formulasOf(rows);
  return compared(book, recalculated(writtenBook(book, [], { claim: { year: 2026 }, place: "" })), rows);
};

/** The rows of a worked case; those that are refused in words have no formula. */
function rowsOfCase({ instrument, year, rows }: ReturnType<typeof workedCases>[number]): PlannedRow[] {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const values = rows.map((row) => headers.map((name) => (row[name] ?? "") as Cell));
  if (!headers.length) return [];
  try {
    return readTable([instrument], headers, values, [year], { year: 2026 }).filter(isPlanned);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

testWithLibreOffice(
  "every worked case",
  async () => {
    const rows = together(workedCases().map(rowsOfCase));
    const counts = await inBook(rows);
    expect(counts.rows).toBeGreaterThan(1500);
    expect(counts.outOfRange).toBeLessThan(counts.rows / 50);
  },
  10 * MINUTES,
);

const overYears = (id: string): fc.Arbitrary<PlannedRow[]> =>
  fc
    .array(planOfAny(id, [2025, 2026, 2027, 2028]).chain(rowsOf), { minLength: 1, maxLength: 3 })
    .chain((lists) => fc.shuffledSubarray(lists.flat(), { minLength: 1 }));

testWithLibreOffice(
  "awards on other awards, the clauses of the invented document",
  async () => {
    const seed = fc.readConfigureGlobal().seed ?? 1;
    const asking = fc
      .tuple(...["inv-dock", "inv-match", "inv-pile"].map(overYears))
      .chain((lists) => fc.shuffledSubarray(lists.flat(), { minLength: 3 }));
    const own = QUANTIFIED.filter((id) => id.startsWith("inv-")).flatMap((id) =>
      fc.sample(overYears(id), { numRuns: 20, seed }),
    );
    const rows = together([...fc.sample(asking, { numRuns: 60, seed }), ...own]);
    await inBook(rows);
    const book = formulasOf(rows);
    const live = book.sheets.flatMap(({ sheet }) =>
      sheet.columns
        .filter(({ form }) => form.role === "input")
        .flatMap((column) => Array.from({ length: sheet.length }, (_, row) => column.content(row)).filter(isFormula)),
    );
    expect(live.length).toBeGreaterThan(20);
  },
  5 * MINUTES,
);

testWithLibreOffice(
  "ten thousand random rows of all instruments, under every reading, over the years",
  async () => {
    const { seed } = fc.readConfigureGlobal();
    // Those of the invented document have a book of their own, above: among hundreds of sheets of awards on awards LibreOffice now and
    // then leaves a cell as it was before what it depends on was computed.
    const documented = QUANTIFIED.filter((id) => !id.startsWith("inv-"));
    const tables = documented.flatMap((id) =>
      fc.sample(overYears(id), { numRuns: 28, ...(seed !== undefined && { seed }) }),
    );
    const rows = together(tables);
    const taken = new Set(
      rows.flatMap(({ planned: { plan } }) =>
        Object.entries(plan.readings).map((reading) => [plan.entry.instrument.id, ...reading].join(" ")),
      ),
    );
    const every = documented.flatMap((id) =>
      Object.entries(readingsOf(entryOf(id).instrument)).flatMap(([name, { options }]) =>
        Object.keys(options).map((option) => [id, name, option].join(" ")),
      ),
    );
    expect(every.filter((reading) => !taken.has(reading))).toEqual([]);
    const counts = await inBook(rows);
    expect(counts.rows).toBeGreaterThan(10_000);
    expect(counts.outOfRange).toBeLessThan(counts.rows / 10);
  },
  10 * MINUTES,
);
