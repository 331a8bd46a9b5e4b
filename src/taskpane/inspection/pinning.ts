/** Which arguments of a call follow the pick, and the same call with the pick written into it. */
import { isBlank } from "../../tables";
import { DECLARED } from "../../functions/declared";
import type { Workbook } from "../../host/workbook";
import { argumentValues, UnreadableArgument } from "../argument-values";
import type { Call } from "../formula";

const YEAR_HEADERS = ["year", "年度", "申领年度"];

/** A table that has a year column of its own does not ask the pick. */
async function hasYearColumn(host: Workbook, call: Call, sheet: string): Promise<boolean> {
  const headers = DECLARED[call.name]?.args.indexOf("headers") ?? -1;
  if (headers < 0) return false;
  try {
    const { matrix = [] } = await argumentValues(host, call.args[headers] ?? "", sheet);
    return matrix.flat().some((header) => YEAR_HEADERS.includes(String(header).trim().toLowerCase()));
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
  const at = DECLARED[call.name]?.picked;
  if (!at) return undefined;
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
