/** The references of a formula as a file spells it: copied to another cell, or following what happened to their sheets. */
import { columnName, parseAddress, type Rectangle } from "../../../host/address";
import { referred, type Step } from "./steps";

const NAME = String.raw`[\p{L}_\\][\p{L}\p{N}_.\\?]*`;
const QUOTED = "'(?:[^']|'')+'";
const CELL = String.raw`\$?[A-Z]{1,3}\$?[1-9]\d{0,6}`;
const AREA = String.raw`${CELL}(?::${CELL})?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?[1-9]\d{0,6}:\$?[1-9]\d{0,6}`;
const BRACKETS = String.raw`\[(?:'.|[^'[\]]|\[(?:'.|[^'[\]])*\])*\]`;
/** Strings; tables and other workbooks; cells of several sheets; a reference; anything else that looks like one in part. */
const TOKEN = new RegExp(
  [
    '"(?:[^"]|"")*"',
    `(?:${NAME})?${BRACKETS}(?:(?:${NAME})?!(?:${AREA}|${NAME}))?`,
    `${NAME}:${NAME}!(?:${AREA}|${NAME})`,
    String.raw`(?:(${QUOTED}|${NAME})!)?(${AREA})(?![\p{L}\p{N}_.(!\[])`,
    `${QUOTED}!(?:${NAME})?|${NAME}`,
    String.raw`\d+(?:\.\d*)?(?:E[-+]?\d+)?`,
  ].join("|"),
  "giu",
);
const CORNER = /^(\$?)([A-Z]*)(\$?)(\d*)$/i;

/** An area spelled as `text` is: the same `$`, whole rows or columns as such. */
function spelled({ row, column, rows, columns }: Rectangle, text: string): string {
  const corners = text.split(":").map((corner) => CORNER.exec(corner)!);
  const last = corners.length - 1;
  return corners
    .map(([, first, letters, second, digits], index) => {
      const name = letters ? first! + columnName(index < last || last === 0 ? column : column + columns - 1) : "";
      const mark = letters ? second! : first!;
      return name + (digits ? mark + String(1 + (index < last || last === 0 ? row : row + rows - 1)) : "");
    })
    .join(":");
}

/** Puts another text in the place of each reference to cells of this workbook. `sheet` is undefined for the formula's own. */
function replaced(formula: string, change: (text: string, sheet: string | undefined) => string): string {
  return formula.replace(TOKEN, (token, prefix?: string, area?: string) => {
    // A path or several sheets in one name.
    if (area === undefined || /[[:]/.test(prefix ?? "")) return token;
    const sheet = prefix?.startsWith("'") ? prefix.slice(1, -1).replaceAll("''", "'") : prefix;
    const text = change(area, sheet);
    return prefix === undefined ? text : `${prefix}!${text}`;
  });
}

/** A formula as it reads in a cell that lies so many rows and columns further. */
export function copied(formula: string, rows: number, columns: number): string {
  return replaced(formula, (text) => {
    const corners = text.split(":").map((corner) => {
      const [, first = "", letters = "", second = "", digits = ""] = CORNER.exec(corner)!;
      const whole = letters === "" || digits === "";
      const place = parseAddress(whole ? `${corner}:${corner}` : corner)!;
      const mark = letters ? second : first;
      const column = place.column + (first && letters ? 0 : columns);
      const row = place.row + (mark ? 0 : rows);
      return (letters && first + columnName(Math.max(0, column))) + (digits && mark + String(Math.max(0, row) + 1));
    });
    return corners.join(":");
  });
}

/** What happened to a sheet, by its name in capitals. */
export type Happened = ReadonlyMap<string, readonly Step[]>;

/** Whether a formula on sheet `home` names cells of a sheet to which something happened. */
export function isTouched(formula: string, home: string, happened: Happened): boolean {
  let touched = false;
  replaced(formula, (text, sheet) => {
    touched ||= happened.has((sheet ?? home).toUpperCase());
    return text;
  });
  return touched;
}

/** A formula on sheet `home` after what happened. */
export function followed(formula: string, home: string, happened: Happened): string {
  return replaced(formula, (text, sheet) => {
    const steps = happened.get((sheet ?? home).toUpperCase());
    const area = steps && parseAddress(text);
    if (!area) return text;
    const now = referred(area, steps);
    return now ? spelled(now, text) : "#REF!";
  });
}
