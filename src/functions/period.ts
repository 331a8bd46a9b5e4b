/** The claim and the jurisdiction of a call: its arguments, or else the pick. */
import { JURISDICTIONS, type Claim, type Jurisdiction } from "../rules";
import { isNothing, readClaim, readJurisdiction, type Cell } from "../tables";
import { currentPick } from "./pick";

/** @throws Refusal for what is no year and no date */
export const claimOf = (year?: Cell): Claim => readClaim(isNothing(year) ? currentPick().year : year);

/** @throws Refusal for an unknown jurisdiction */
export const jurisdictionOf = (name?: Cell): Jurisdiction =>
  readJurisdiction(isNothing(name) ? currentPick().jurisdiction : name);

/**
 * The jurisdictions named, or else that of the pick and those above it: whoever is in Binjiang may choose among district,
 * city and province. @throws Refusal for an unknown jurisdiction
 */
export const jurisdictionsOf = (names: readonly Cell[]): Jurisdiction[] =>
  names.length ? names.map((name) => jurisdictionOf(name)) : withThoseAbove(jurisdictionOf());

/** From the jurisdiction up. */
export function withThoseAbove(jurisdiction: Jurisdiction): Jurisdiction[] {
  const above = JURISDICTIONS.find(({ code }) => code === jurisdiction.within);
  return [jurisdiction, ...(above ? withThoseAbove(above) : [])];
}
