/** Which arguments of a call follow the pick, and the same call with the pick written into it. */
import { isBlank, isError, nameOf, tableColumn } from "../../tables";
import { VOUCHERS, type VoucherName } from "../../functions/vouchers";
import type { Workbook } from "../../host/workbook";
import { argumentValues, UnreadableArgument } from "../argument-values";
import type { Call } from "../formula";

/** Where the functions take jurisdiction and year, counted from 0. */
const YEAR_AT: Readonly<Record<string, number>> = {
  BUTIE: 3,
  "BUTIE.EXPLAIN": 3,
  "BUTIE.BEST": 3,
  "BUTIE.TERMS": 1,
  "BUTIE.RATE": 2,
  "BUTIE.CAP": 2,
  "BUTIE.POOL": 1,
};

function positions({ name }: Call): { jurisdiction: number; year: number } {
  const args: readonly string[] = name in VOUCHERS ? VOUCHERS[name as VoucherName].args : [];
  return {
    jurisdiction: args.indexOf("jurisdiction"),
    year: args.length ? args.indexOf("year") : (YEAR_AT[name] ?? -1),
  };
}

/** A table that has a year column of its own does not ask the pick. */
async function hasYearColumn(host: Workbook, call: Call, sheet: string): Promise<boolean> {
  if (!["BUTIE", "BUTIE.EXPLAIN", "BUTIE.BEST"].includes(call.name)) return false;
  try {
    const { matrix = [] } = await argumentValues(host, call.args[1] ?? "", sheet);
    return matrix
      .flat()
      .some((header) => !isError(header) && !isBlank(header) && tableColumn(nameOf(header!)) === "year");
  } catch (error) {
    if (error instanceof UnreadableArgument) return false;
    throw error;
  }
}

/** The arguments with the pick in the places left open; undefined where none is. */
export async function pinned(
  host: Workbook,
  call: Call,
  sheet: string,
  pick: { readonly jurisdiction: string; readonly year: number },
): Promise<readonly string[] | undefined> {
  const at = positions(call);
  const open = (position: number): boolean => position >= 0 && isBlank(call.args[position]);
  const withoutPlace = open(at.jurisdiction);
  const withoutYear = open(at.year) && !(await hasYearColumn(host, call, sheet));
  if (!withoutPlace && !withoutYear) return undefined;
  const length = Math.max(call.args.length, withoutPlace ? at.jurisdiction + 1 : 0, withoutYear ? at.year + 1 : 0);
  return Array.from({ length }, (_, i) => {
    if (i === at.jurisdiction && withoutPlace) return `"${pick.jurisdiction}"`;
    if (i === at.year && withoutYear) return String(pick.year);
    return call.args[i] ?? "";
  });
}
