/** Which arguments of a call follow the pick, and the same call with the pick written into it. */
import { isBlank, isError, nameOf, tableColumn } from "../../tables";
import { DECLARED } from "../../functions/declared";
import { jurisdictionOf, withThoseAbove } from "../../functions/period";
import { argumentValues, UnreadableArgument, type CellReader } from "../argument-values";
import type { Language } from "../../rules";
import type { Call } from "../formula";

const BEST = "BUTIE.BEST";

/** A table that has a year column of its own does not ask the pick. */
async function hasYearColumn(host: CellReader, call: Call, sheet: string): Promise<boolean> {
  const headers = DECLARED[call.name]?.args.indexOf("headers") ?? -1;
  if (headers < 0) return false;
  try {
    const { matrix = [] } = await argumentValues(host, call.args[headers] ?? "", sheet);
    return matrix
      .flat()
      .some((header) => !isError(header) && !isBlank(header) && tableColumn(nameOf(header!)) === "year");
  } catch (error) {
    if (error instanceof UnreadableArgument) return false;
    throw error;
  }
}

/** What is picked now, and the language in which places are named. */
export interface Picked {
  readonly jurisdiction: string;
  readonly year: number;
  readonly language: Language;
}

/** The jurisdiction by its name, as a formula takes it; what chooses among several takes those above it, too. */
function placeText({ name }: Call, { jurisdiction, language }: Picked): string {
  const own = jurisdictionOf(jurisdiction);
  const places = name === BEST ? withThoseAbove(own) : [own];
  const list = places.map((place) => `"${place.name[language]}"`).join();
  return places.length > 1 ? `{${list}}` : list;
}

/** The arguments with the pick in the places left open; undefined where none is. */
export async function pinned(
  host: CellReader,
  call: Call,
  sheet: string,
  pick: Picked,
): Promise<readonly string[] | undefined> {
  const at = DECLARED[call.name]?.picked;
  if (!at) return undefined;
  const open = (position: number): boolean => position >= 0 && isBlank(call.args[position]);
  const withoutPlace = open(at.jurisdiction);
  const withoutYear = open(at.year) && !(await hasYearColumn(host, call, sheet));
  if (!withoutPlace && !withoutYear) return undefined;
  const length = Math.max(call.args.length, withoutPlace ? at.jurisdiction + 1 : 0, withoutYear ? at.year + 1 : 0);
  return Array.from({ length }, (_, i) => {
    if (i === at.jurisdiction && withoutPlace) return placeText(call, pick);
    if (i === at.year && withoutYear) return String(pick.year);
    return call.args[i] ?? "";
  });
}
