/** What a cell names: a jurisdiction, a year or day, an instrument. */
import {
  findEntry,
  findJurisdiction,
  JURISDICTIONS,
  ownMistake,
  ownPolicies,
  Refusal,
  refuse,
  type Claim,
  type Entry,
  type Jurisdiction,
  type Text,
} from "../rules";
import { numberIn } from "./amounts";
import { isBlank, isError, must, shown, Unread, type Cell, type Given } from "./cells";
import { nameOf, narrow, strangeSign } from "./names";

/** @throws Refusal that lists the jurisdictions */
export function readJurisdiction(cell: Cell): Jurisdiction {
  const found = findJurisdiction(nameOf(cell ?? ""));
  if (found) return found;
  const known = (name: (j: Jurisdiction) => string) => JURISDICTIONS.map((j) => `${name(j)} (${j.code})`).join(", ");
  throw refuse(
    `${shown(cell)}不是可用的辖区：${known((j) => j.name.zh)}`,
    `${shown(cell)} is no known jurisdiction: ${known((j) => j.id)}`,
  );
}

const FIRST_SERIAL = 10_000;
const LAST_SERIAL = 2_958_465;
const EPOCH_TO_UNIX_DAYS = 25_569;
const DAY_MS = 86_400_000;
/** Months written as one number, 202606: they would be read as days of the 25th century, and are refused. */
const isMonth = (number: number): boolean => {
  const month = number % 100;
  return number >= 190_000 && number < 220_000 && month >= 1 && month <= 12;
};
/** Days written as one number: 20250610. */
const FIRST_COMPACT = 19_000_101;
const LAST_COMPACT = 99_991_231;

const DATE =
  /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[t\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?)?$/i;

/**
 * A year (2026, "2026年度") or a day (serial number, 20250610, "2025-06-10", "2025/6/10 0:00:00", "2025年6月10日"); words
 * for anything else.
 */
export function claimIn(cell: Cell): Claim | Unread {
  const plain = typeof cell === "number" ? numbered(cell) : undefined;
  if (plain) return plain;
  const text = typeof cell === "string" ? narrow(cell).trim() : "";
  const digits = text.replace(/\s*年度?$/, "");
  const number = typeof cell === "string" && !/^[\d,.]+$/.test(digits) ? undefined : numberIn(digits || cell);
  const found = (number && numbered(number.toNumber())) ?? written(text);
  if (found) return found;
  const strange = strangeSign(text);
  return new Unread(
    `${shown(cell)}不是年度或日期，${strange ? `${strange.zh}；` : ""}可填 2026、2025-06-10 或日期单元格`,
    `${shown(cell)} is neither a year nor a date${strange ? ` (${strange.en})` : ""}; enter 2026, 2025-06-10 or a date cell`,
  );
}

/** @throws Refusal in the words of claimIn */
export const readClaim = (cell: Cell): Claim => must(claimIn(cell));

function numbered(number: number): Claim | undefined {
  if (isMonth(number)) return undefined;
  if (number >= FIRST_SERIAL && number < LAST_SERIAL + 1) {
    return onDay(new Date((Math.floor(number) - EPOCH_TO_UNIX_DAYS) * DAY_MS));
  }
  if (!Number.isInteger(number)) return undefined;
  if (number >= 1900 && number < FIRST_SERIAL) return { year: number };
  if (number < FIRST_COMPACT || number > LAST_COMPACT) return undefined;
  return dated(Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100);
}

function written(text: string): Claim | undefined {
  const match = DATE.exec(text);
  return match ? dated(...(match.slice(1, 4).map(Number) as [number, number, number])) : undefined;
}

/** The day, where the calendar has it. */
function dated(year: number, month: number, day: number): Claim | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? onDay(date) : undefined;
}

const onDay = (date: Date): Claim => ({ year: date.getUTCFullYear(), day: date.toISOString().slice(0, 10) });

/** The instrument that a cell names. @throws Refusal for an unknown id; the error that stands in the cell */
export function readEntry(cell: Given): Entry {
  if (isError(cell)) throw cell;
  if (isBlank(cell) || cell === 0) throw refuse("缺少政策工具编号", "no instrument given");
  const entry = findEntry(nameOf(cell!));
  if (entry) return entry;
  throw new Refusal("not-available", unknownId(String(cell)));
}

/** Why no instrument has that id: none is called so, or it is an own policy with a mistake, or one that was not read yet. */
export function unknownId(id: string): Text {
  const mistake = ownMistake(id);
  if (mistake)
    return { zh: `自拟政策“${id}”有误，不能计算：${mistake.zh}`, en: `own policy ${id} has a mistake: ${mistake.en}` };
  const unread = !ownPolicies();
  return {
    zh: `没有编号为“${id}”的政策工具，可用 BUTIE.LIST 查看目录${unread ? "；“自拟政策”表尚未读入" : ""}`,
    en: `no instrument ${id}; BUTIE.LIST shows the catalogue${unread ? "; the sheet of own policies has not been read yet" : ""}`,
  };
}
