/**
 * Named sets of scenarios in the workbook: a visible sheet 情景集 holds all of them as one table, and a sheet for each set that was
 * run keeps the rows of that run, so that the next one can show what has moved. Behind a blank column there is room for remarks.
 */
import { readSets, setsTable, type ScenarioSet } from "../tables";
import type { Language } from "../rules";
import { sheetCells, writeSheetCells } from "./kept-table";
import type { Workbook } from "./workbook";

export const SETS_SHEET = "情景集";

/** @throws Refusal for a table that cannot be read */
export async function loadSets(host: Workbook): Promise<ScenarioSet[]> {
  const cells = await sheetCells(host, SETS_SHEET);
  return cells?.length ? readSets(cells) : [];
}

export async function saveSets(host: Workbook, sets: readonly ScenarioSet[], language: Language): Promise<void> {
  const cells = setsTable(sets, language);
  await writeSheetCells(host, SETS_SHEET, cells, { widths: cells[0]!.map((_, c) => (c < 2 ? 24 : 14)), headerRows: 1 });
}
