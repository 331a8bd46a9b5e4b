/** The pick as defined names of the workbook, spelled the same in every host. */
import type { WorkbookPick } from "./workbook";

const NAMES = { jurisdiction: "BUTIE_JURISDICTION", year: "BUTIE_YEAR", language: "BUTIE_LANGUAGE" } as const;

/** The names under which a pick is stored. */
export const PICK_NAMES: readonly string[] = Object.values(NAMES);

/** A pick → the names to define, each with its formula (`="hangzhou"`, `=2026`); absent parts are left out. */
export function pickFormulas(pick: WorkbookPick): ReadonlyMap<string, string> {
  const formulas = new Map<string, string>();
  for (const part of ["jurisdiction", "year", "language"] as const) {
    const value = pick[part];
    if (value !== undefined) formulas.set(NAMES[part], typeof value === "number" ? `=${value}` : `="${value}"`);
  }
  return formulas;
}

const NOTE = "BUTIE_NOTE_";
const LONGEST_TEXT = 255;

/** The name and the formula under which a note is kept, none for a blank; a text that Excel would not keep in a formula is cut. */
export const noteFormula = (key: string, text: string): readonly [name: string, formula: string] => [
  NOTE + key,
  text && `="${text.slice(0, LONGEST_TEXT).replaceAll('"', '""')}"`,
];

/** The notes among the defined names of a workbook, by key. */
export function parseNotes(formulas: Iterable<readonly [name: string, formula: string]>): ReadonlyMap<string, string> {
  const notes = new Map<string, string>();
  for (const [name, formula] of formulas) {
    const text = name.startsWith(NOTE) ? /^=?"((?:[^"]|"")*)"$/.exec(formula)?.[1] : undefined;
    if (text !== undefined) notes.set(name.slice(NOTE.length), text.replaceAll('""', '"'));
  }
  return notes;
}

/** The defined names of a workbook → the pick. A name that a user pointed elsewhere (a cell, other text) is no pick. */
export function parsePick(formulas: ReadonlyMap<string, string>): WorkbookPick {
  const text = (name: string) => /^=?"([^"]*)"$/.exec(formulas.get(name) ?? "")?.[1];
  const jurisdiction = text(NAMES.jurisdiction);
  const year = /^=?(\d{4})$/.exec(formulas.get(NAMES.year) ?? "")?.[1];
  const language = text(NAMES.language);
  return {
    ...(jurisdiction ? { jurisdiction } : {}),
    ...(year ? { year: Number(year) } : {}),
    ...(language === "zh" || language === "en" ? { language } : {}),
  };
}
