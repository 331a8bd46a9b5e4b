/** Workbooks whose awards stand beside their rows: by our formulas, or frozen to values with a map. */
import { formatAddress, intersect, rectangleOf } from "../host/address";
import { mapIn, type FreezeMap } from "../host/frozen-map";
import { callsAny } from "../host/result";
import { isHeader, matchColumns, tablesIn, valueAt } from "../tables";
import type { NamedCells } from "../export/file/read";
import { findEntry } from "../rules";
import { nameOfEntry, type NamedTable } from "./computed";
import { cellText, rulesOf, shownAs, type Line, type Setting } from "./version";

/** A column of a table in which awards stand. */
interface AwardColumn {
  readonly column: number;
  /** The formula of a row as it counts for it. */
  readonly formulaAt: (row: number) => string | undefined;
  readonly settings: (row: number) => readonly Setting[];
}

type Frozen = FreezeMap["frozen"][number] & Pick<FreezeMap, "version">;

/** What was frozen in a workbook, by all of its maps that were not thawed. */
const frozenOf = (sheets: readonly NamedCells[]): Frozen[] =>
  sheets.flatMap(({ name, cells }) => {
    const map = mapIn(name, cells.values);
    return map ? map.frozen.map((one) => ({ ...one, version: map.version })) : [];
  });

/**
 * A line per row and column of awards; none where the workbook has no such column.
 * @param functions the names of our functions
 */
export function formulaLines(sheets: readonly NamedCells[], functions: readonly string[]): Line[] {
  const ours = callsAny(functions);
  const frozen = frozenOf(sheets);
  return sheets.flatMap(({ name, cells }) =>
    tablesIn(cells).flatMap((found) => {
      const table = { ...found, sheet: name };
      const columns = table.region.columns.flatMap(({ column }) => awardColumn(table, column, ours, frozen) ?? []);
      return columns.length ? linesOf(table, columns) : [];
    }),
  );
}

function awardColumn(
  { sheet, cells, region: { rows } }: NamedTable,
  column: number,
  ours: (formula: string) => boolean,
  frozen: readonly Frozen[],
): AwardColumn | undefined {
  const own = (row: number): string | undefined => {
    const formula = cells.formulas?.[row]?.[column] ?? "";
    return ours(formula) ? formula : undefined;
  };
  const map = (row: number): Frozen | undefined =>
    frozen.find(
      ({ area }) => area.sheet === sheet && intersect(rectangleOf(area.address), { row, column, rows: 1, columns: 1 }),
    );
  const first = rows.find((row) => own(row) !== undefined || map(row));
  if (first === undefined) return undefined;
  // What a formula spills has none of its own.
  let last: string | undefined;
  const formulas = new Map(rows.map((row) => [row, (last = own(row) ?? map(row)?.formula ?? last)] as const));
  return {
    column,
    formulaAt: (row) => formulas.get(row),
    settings: (row) => {
      const { version, readings } = map(row) ?? {};
      return [
        ...(version ? [rulesOf(version)] : []),
        ...(readings ? readings.split("；").map((said) => said.split("=") as [string, string]) : []).map(
          ([label, value]) => ({ label: `读法 ${label}`, value }),
        ),
      ];
    },
  };
}

/** A formula without the numbers of its own row: what is filled down is the same in every row. */
const filledDown = (formula: string, row: number): string =>
  formula.replace(new RegExp(`(\\$?[A-Z]{1,3}\\$?)${row + 1}(?!\\d)`, "g"), "$1（本行）");

function linesOf(table: NamedTable, columns: readonly AwardColumn[]): Line[] {
  const { region, sheet } = table;
  const matches = matchColumns(region, [], new Map());
  const awardsAt = new Set(columns.map(({ column }) => column));
  const named = (row: number, name: string): string => {
    const match = matches.find((one) => one.name === name);
    return match ? cellText(valueAt(table, row, match.column)) : "";
  };
  return region.rows.flatMap((row) => {
    const inputs = new Map(
      region.columns.flatMap(({ header, full, column }) =>
        (isHeader(header) || isHeader(full)) && !awardsAt.has(column)
          ? [[full, cellText(valueAt(table, row, column))] as const]
          : [],
      ),
    );
    return columns.map(({ column, formulaAt, settings }): Line => {
      const formula = formulaAt(row) ?? "";
      return {
        place: `${sheet}!${formatAddress({ row, column, rows: 1, columns: 1 })}`,
        row: `${sheet} ${row}`,
        source: row + 1,
        instrument: instrumentIn(formula),
        firm: named(row, "firm"),
        object: named(row, "object"),
        year: named(row, "year"),
        ...shownAs(table.cells.values[row]?.[column] ?? ""),
        inputs,
        settings: [...settings(row), { label: "公式", value: filledDown(formula, row) }],
      };
    });
  });
}

/** The instrument whose id a formula names in quotes. */
function instrumentIn(formula: string): string {
  const entry = findEntry(/"([a-z0-9]+-[\w.-]+(?:@[\d-]+)?)"/.exec(formula)?.[1] ?? "");
  return entry ? nameOfEntry(entry) : "";
}
