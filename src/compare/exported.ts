/** Workbooks that Butie exported: the sheets 测算 with their parameters, as they stand now, whatever was changed since. */
import type { NamedCells } from "../export/file/read";
import { PAGES } from "../export/other-pages";
import { CLAIM_DAY, CLAIM_YEAR, YEAR_OF_DAY } from "../writers/formula/admission";
import { findEntry, type Entry, type PlannedRow } from "../rules";
import { regionOf } from "../tables";
import { computedLines, nameOfEntry, type Terms } from "./computed";
import { ID_IN_NAME, cellText, rulesOf, shownAs, type Line, type Setting } from "./version";

const SOURCE = "原表行";
const STORED = "导出时函数结果";

interface AwardCells {
  readonly sheet: NamedCells;
  readonly header: number;
  readonly entry: Entry;
  readonly readings: Readonly<Record<string, string>>;
}

/** The sheets of awards of an exported workbook; none of any other. */
export function awardSheets(sheets: readonly NamedCells[]): AwardCells[] {
  return sheets.flatMap((sheet) => {
    const { values } = sheet.cells;
    const header = values.findIndex((row) => row[0] === SOURCE && row.includes(STORED));
    const entry = findEntry(ID_IN_NAME.exec(String(values[0]?.[0] ?? ""))?.[1] ?? "");
    if (header < 0 || !entry) return [];
    const [said = ""] = String(values[header - 2]?.[0] ?? "").split("。");
    const taken = [...said.matchAll(/([a-z_]+)=([\w-]+)/g)].map(([, name, option]) => [name!, option!] as const);
    const readings = Object.fromEntries(taken);
    return [{ sheet, header, entry, readings }];
  });
}

/** Columns of inputs stand between the number of the row and the first formula, but for that of the year. */
function inputColumns({ sheet: { cells }, header }: AwardCells): number {
  const headers = cells.values[header]!;
  const first = cells.formulas![header + 1] ?? [];
  return Math.max(
    1,
    first.findIndex((formula, c) => formula !== "" && headers[c] !== YEAR_OF_DAY),
  );
}

/** A line per row, with what the formulas show; in the order of the table from which it was exported. */
export function exportedLines(sheets: readonly NamedCells[], found: readonly AwardCells[], terms: Terms): Line[] {
  const version = versionOf(sheets);
  const lines = found.flatMap((award) => {
    const { sheet, header, entry } = award;
    const [headers = [], ...rows] = sheet.cells.values.slice(header);
    const width = inputColumns(award);
    const at = (title: string): number => headers.findIndex((one) => one === title);
    const result = entry.instrument.result?.zh ?? "奖补额";
    const settings = [...version, ...readingsOf(award), ...parametersOf(sheets, sheet.name)];
    const planned = plannedRows(award, width, terms);
    return rows.flatMap((row, r): Line[] => {
      const source = Number(row[0]);
      if (!source) return [];
      const cell = (title: string): string => (at(title) < 0 ? "" : cellText(row[at(title)] ?? ""));
      const shown = shownAs(row[at(result)] ?? "");
      return [
        {
          source,
          place: `${sheet.name}!A${header + r + 2}（原表第 ${source} 行）`,
          row: `${sheet.name} ${header + r + 1}`,
          instrument: nameOfEntry(entry),
          firm: cell("企业"),
          object: cell("对象"),
          year: cell(CLAIM_YEAR),
          ...shown,
          inputs: new Map(
            headers.slice(1, width).map((title, c) => [cellText(title), cellText(row[c + 1] ?? "")] as const),
          ),
          settings,
          ...(planned[r] && { planned: planned[r] }),
        },
      ];
    });
  });
  return lines.sort((a, b) => a.source - b.source);
}

/** The rows as the rules read them. */
function plannedRows(
  { sheet, header, entry, readings }: AwardCells,
  width: number,
  terms: Terms,
): (PlannedRow | undefined)[] {
  const headers = sheet.cells.values[header]!;
  const day = headers.indexOf(CLAIM_DAY);
  // A table has one column of years and days: the day, where one stands, in the place of the year.
  const values = sheet.cells.values.map((row, r) =>
    row
      .map((cell, c) => {
        if (day < 0 || r < header) return cell;
        if (c === day || headers[c] === YEAR_OF_DAY) return "";
        return headers[c] === CLAIM_YEAR && r > header && row[day] !== "" ? row[day]! : cell;
      })
      .slice(1, width),
  );
  const area = { row: header, column: 0, rows: values.length - header, columns: width - 1 };
  const cells = { values };
  const region = { ...regionOf(cells, area, 1), rows: values.map((_, r) => r).slice(header + 1) };
  const table = { cells, region, sheet: sheet.name };
  return computedLines(table, {
    ...terms,
    entry: terms.instead?.entry ?? entry,
    readings: { ...readings, ...terms.readings },
  }).map(({ planned }) => planned);
}

const readingsOf = ({ readings, entry }: AwardCells): Setting[] =>
  Object.entries(readings).map(([name, value]) => ({ label: `读法 ${name}`, value, clause: entry.instrument.article }));

/** The parameters of a sheet of awards, and those for all. */
function parametersOf(sheets: readonly NamedCells[], name: string): Setting[] {
  const rows = sheets.find((sheet) => sheet.name === PAGES.parameters)?.cells.values ?? [];
  const found: Setting[] = [];
  let section = "";
  for (const [label = "", value = "", , clause = ""] of rows.slice(4)) {
    if (value === "") section = String(label);
    else if (section === "通用" || section.startsWith(`${name}：`))
      found.push({
        label: `参数 ${cellText(label)}`,
        value: cellText(value),
        ...(clause !== "" && { clause: cellText(clause) }),
      });
  }
  return found;
}

function versionOf(sheets: readonly NamedCells[]): Setting[] {
  const rows = sheets.find((sheet) => sheet.name === PAGES.about)?.cells.values ?? [];
  return rows.flatMap(([label, value = ""]) => (label === "规则版本" ? [rulesOf(cellText(value))] : []));
}
