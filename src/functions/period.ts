/** The claim and the jurisdiction of a call: its arguments, or else the pick. */
import { type Claim, type Jurisdiction } from "../rules";
import { isNothing, readClaim, readJurisdiction, type Cell } from "../tables";
import { currentPick } from "./pick";

/** @throws Refusal for what is no year and no date */
export const claimOf = (year?: Cell): Claim => readClaim(isNothing(year) ? currentPick().year : year);

/** @throws Refusal for an unknown jurisdiction */
export const jurisdictionOf = (name?: Cell): Jurisdiction =>
  readJurisdiction(isNothing(name) ? currentPick().jurisdiction : name);
