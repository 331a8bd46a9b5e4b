/** Tables of claims under own policies, computed by hand, in every output: a cell, columns, DuckDB, the exported workbook. */
import { columnsAwards, readOwnPolicies, setOwnPolicies, type PlannedRow } from "../../src/rules";
import { formulasOf, writtenBook } from "../../src/export";
import { isPlanned, readTable, type Cell } from "../../src/tables";
import { down, functions, one } from "../functions/called";
import { answersOf, duckdb } from "../writers/sql/databases";
import { blocksOf } from "./blocks";
import { recalculated, testWithLibreOffice } from "./libreoffice";

export interface Table {
  readonly what: string;
  readonly id: string;
  readonly headers: readonly string[];
  /** Whether rows of one account have different amounts, which a query leaves to the columns. */
  readonly byColumns?: boolean;
  /** Whether no formula can be written, so that the workbook holds what the functions answer. */
  readonly byFunctions?: boolean;
  /** Cells under the headers, and what the row is paid, in yuan; in the year 2026 unless a header says otherwise. */
  readonly rows: readonly (readonly [readonly Cell[], number])[];
}

const CLAIM = { year: 2026 };
const plannedOf = ({ id, headers, rows }: Table): PlannedRow[] => {
  const values = rows.map(([cells]) => cells);
  const planned = readTable(id ? [id] : [], headers, values, [2026], CLAIM).filter(isPlanned);
  expect(planned).toHaveLength(rows.length);
  return planned;
};
const expected = ({ rows }: Table): number[] => rows.map(([, yuan]) => yuan);

/** @param texts of the policies, which are read without a mistake */
export function describeTables(texts: readonly string[], tables: readonly Table[]): void {
  beforeAll(() => {
    const reading = readOwnPolicies(texts.map((text, i) => ({ name: String(i), text })));
    expect(reading.found).toEqual([]);
    setOwnPolicies(reading);
  });
  afterAll(() => setOwnPolicies(undefined));

  describe.each(tables.map((table) => [table.what, table] as const))("%s", (_what, table) => {
    test("in a cell", () => {
      const values = table.rows.map(([cells]) => [...cells]);
      expect(functions.butie(one(table.id), [[...table.headers]], values, one(2026))).toEqual(down(...expected(table)));
    });

    test("in columns", () => {
      const rows = plannedOf(table);
      expect([...columnsAwards(blocksOf(rows), rows.length).fen].map((fen) => fen / 100)).toEqual(expected(table));
    });

    // Such rows are left to the columns by the query itself.
    if (table.byColumns) return;
    test("in DuckDB", async () => {
      const database = await duckdb();
      const answers = await answersOf(database, plannedOf(table));
      database.close();
      expect(answers.map((answer) => answer && answer.fen / 100)).toEqual(expected(table));
    });
  });

  testWithLibreOffice(
    "in the exported workbook",
    async () => {
      // No firm and no object of one table is known in another.
      const all = tables.flatMap((table, t) =>
        plannedOf(table).map((planned) => ({
          ...planned,
          firm: planned.firm && `${planned.firm}${t}`,
          object: planned.object && `${planned.object}${t}`,
        })),
      );
      const book = formulasOf(all.map((planned, i) => ({ planned, source: i + 1 })));
      const left = tables.flatMap(({ rows, byFunctions = false }) => rows.map(() => byFunctions));
      expect(book.unwritten.map(({ source }) => source).sort((a, b) => a - b)).toEqual(
        left.flatMap((is, i) => (is ? [i + 1] : [])),
      );
      const computed = recalculated(writtenBook(book, [], { claim: CLAIM, place: "" }));
      const found = new Array<unknown>(all.length);
      for (const { sheet, award } of book.sheets) {
        const cells = computed.sheets.find(({ name }) => name === sheet.name)!.rows;
        for (let row = 0; row < sheet.length; row++)
          found[Number(sheet.columns[0]!.value(row)) - 1] = cells[sheet.first - 1 + row]![sheet.columns.indexOf(award)];
      }
      expect(found).toEqual(tables.flatMap(expected));
    },
    120_000,
  );
}
