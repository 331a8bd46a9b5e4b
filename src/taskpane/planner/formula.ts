/** The formulas behind the planner's figures, over the ranges that were chosen. */
import { reference } from "../../host/address";
import type { Place } from "../../host/workbook";
import type { Claims } from "./claims";
import type { Spelling } from "../parts/figure-sheet";
import type { Column } from "./claim-columns";
import type { ColumnName } from "./columns";

/** `$B$2:$B$50` with its sheet: a copied formula still means the same claims. */
export function absolute(place: Place, sheet: string | undefined): string {
  const address = place.address.replace(/([A-Z]+)(\d+)/g, "$$$1$$$2");
  return reference({ ...place, address }, sheet);
}

const placeOf = (column: Column | undefined): Place | undefined =>
  column && "place" in column ? column.place : undefined;

/** Whether the claims stand in a range of the workbook that formulas can add up as the planner does. */
export const addsUp = ({ asCells, columns }: Claims): boolean =>
  columns.claims !== undefined && (asCells || !columns.firm);

/** The claims, added up by firm where they name their firms; only where `addsUp`. */
export function claimsText({ columns }: Claims, { sheet }: Spelling): string {
  const claims = absolute(placeOf(columns.claims)!, sheet);
  const firm = placeOf(columns.firm);
  if (!firm) return claims;
  const firms = absolute(firm, sheet);
  return `SUMIFS(${claims},${firms},UNIQUE(${firms}))`;
}

/** Claims cut to a cap, for functions that know none. A cell without a cap cuts nothing. */
export function cappedText(claims: Claims, spelling: Spelling, capCase: number): string {
  const all = claimsText(claims, spelling);
  const cap = spelling.caps[capCase];
  if (!cap) return all;
  // A text is larger than any number, be it an empty one; sums by firm are numbers.
  const above = claims.columns.firm ? `${all}>${cap}` : `ISNUMBER(${all})*(${all}>${cap})`;
  const cut = `IF(${above},${cap},${all})`;
  return cap.startsWith("$") ? `IF(${cap}="",${all},${cut})` : cut;
}

/** A probability or spread for each claim: a number or a column. */
export function perClaimText(
  claims: Claims,
  name: ColumnName & ("probability" | "spread"),
  spelling: Spelling,
): string {
  const column = claims.columns[name];
  if (column && "number" in column) return String(column.number);
  const place = placeOf(column);
  if (!place) return name === "probability" ? "1" : "0";
  const cells = absolute(place, spelling.sheet);
  const values = name === "probability" && claims.certainBlanks ? `IF(${cells}="",1,${cells})` : cells;
  const firm = placeOf(claims.columns.firm);
  if (!firm) return values;
  const firms = absolute(firm, spelling.sheet);
  return `XLOOKUP(UNIQUE(${firms}),${firms},${values})`;
}

/** A call with its last blank arguments left out. */
export function call(name: string, args: readonly string[]): string {
  let end = args.length;
  while (end > 0 && args[end - 1] === "") end--;
  return `${name}(${args.slice(0, end).join(",")})`;
}

/** One figure of a function that answers with label and value rows; `row` counts from 1. */
export const rowOf = (table: string, row: number): string => `=INDEX(${table},${row},2)`;
