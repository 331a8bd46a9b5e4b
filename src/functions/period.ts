/** The claim and the jurisdiction of a call: its arguments, or else the pick. */
import { JURISDICTIONS, type Claim, type Jurisdiction } from "../rules";
import { isBlank, readClaim, readJurisdiction, type Cell } from "../tables";
import { currentPick } from "./pick";

const omitted = (cell: Cell): boolean => isBlank(cell) || cell === 0;

/** @throws Refusal for what is no year and no date */
export const claimOf = (year?: Cell): Claim => readClaim(omitted(year) ? currentPick().year : year);

/** @throws Refusal for an unknown jurisdiction */
export const jurisdictionOf = (name?: Cell): Jurisdiction =>
  readJurisdiction(omitted(name) ? currentPick().jurisdiction : name);

/**
 * The jurisdictions named, or else that of the pick and those above it: whoever is in Binjiang may choose among district,
 * city and province. @throws Refusal for an unknown jurisdiction
 */
export function jurisdictionsOf(names: readonly Cell[]): Jurisdiction[] {
  return names.length ? names.map((name) => jurisdictionOf(name)) : withThoseAbove(jurisdictionOf());
}

/** From the jurisdiction up. */
export function withThoseAbove(jurisdiction: Jurisdiction): Jurisdiction[] {
  const above = JURISDICTIONS.find(({ code }) => code === jurisdiction.within);
  return [jurisdiction, ...(above ? withThoseAbove(above) : [])];
}
