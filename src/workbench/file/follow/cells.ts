/** The rows and cells of a sheet after what happened to the sheets of its file. */
import { formatAddress, type Rectangle, SHEET_COLUMNS } from "../../../host/address";
import type { StoredCell, StoredSheet } from "../sheet";
import { child, escape, retagged } from "../xml";
import { type Events, stepsOf } from "./part";
import { copied, followed, isTouched } from "./references";
import { placed, type Step, wholeLines } from "./steps";

/** The rows and cells of a sheet; undefined where they stay as they are. */
export function rowsText({ xml, prefix, rows, cells, root }: StoredSheet, events: Events): string | undefined {
  const { home, happened } = events;
  const steps = stepsOf(home, events);
  const masters = new Map<string, StoredCell>();
  const names = new Set<string>();
  for (const cell of cells) {
    const { formula } = cell;
    if (!formula?.text) continue;
    if (formula.kind === "shared") masters.set(formula.shared!, cell);
    if (steps.length > 0 || isTouched(formula.text, home, happened)) names.add(formula.shared ?? "");
  }
  if (steps.length === 0 && names.size === 0) return undefined;

  function formulaText({ formula, row, column }: StoredCell, now: Rectangle): string {
    const { start, end, text, kind, shared, area } = formula!;
    const tag = xml.slice(start, end);
    const opening = /^<[^>]*>/.exec(tag)![0];
    if (kind === "shared" && names.has(shared!)) {
      const master = masters.get(shared!);
      const own = master ? copied(master.formula!.text, row - master.row, column - master.column) : text;
      return `<${prefix}f>${escape(followed(own, home, happened))}</${prefix}f>`;
    }
    const changes: Record<string, string> = {};
    if (area && kind !== "shared") changes.ref = formatAddress({ ...area, row: now.row, column: now.column });
    for (const [, key, address] of opening.matchAll(/\s(r[12])="([^"]*)"/g))
      changes[key!] = followed(address!, home, happened);
    const after = followed(text, home, happened);
    const rest = tag.slice(opening.length);
    return retagged(opening, changes) + (after === text ? rest : escape(after) + rest.slice(rest.lastIndexOf("<")));
  }

  function cellText(cell: StoredCell, now: Rectangle): string {
    const { start, end, formula } = cell;
    const text = formula
      ? xml.slice(start, formula.start) + formulaText(cell, now) + xml.slice(formula.end, end)
      : xml.slice(start, end);
    const opening = /^<[^>]*>/.exec(text)![0];
    return retagged(opening, { r: formatAddress(now) }) + text.slice(opening.length);
  }

  const lines = new Map<number, { tag?: string; cells: [column: number, text: string][] }>();
  const lineOf = (row: number) => lines.get(row) ?? lines.set(row, { cells: [] }).get(row)!;
  for (const { row, start, innerStart } of rows) {
    const [now] = placed({ row, column: 0, rows: 1, columns: SHEET_COLUMNS }, wholeLines(steps).filter(isRowStep));
    if (!now) continue;
    const tag = retagged(xml.slice(start, innerStart), { r: String(now.row + 1), spans: undefined });
    lineOf(now.row).tag = tag.replace(/\s*\/?>$/, ">");
  }
  for (const cell of cells) {
    const [now] = placed({ row: cell.row, column: cell.column, rows: 1, columns: 1 }, steps);
    if (now) lineOf(now.row).cells.push([now.column, cellText(cell, now)]);
  }
  const written = [...lines]
    .sort(([a], [b]) => a - b)
    .map(([row, { tag, cells: content }]) => {
      const inner = content.sort(([a], [b]) => a - b).map(([, text]) => text);
      return `${tag ?? `<${prefix}row r="${row + 1}">`}${inner.join("")}</${prefix}row>`;
    });
  const data = child(root, "sheetData");
  if (!data) return undefined;
  const opening = xml.slice(data.start, data.innerStart).replace(/\s*\/?>$/, ">");
  return `${opening}${written.join("")}</${prefix}sheetData>`;
}

const isRowStep = (step: Step) => ("axis" in step ? step.axis === "row" : step.from.columns === SHEET_COLUMNS);
