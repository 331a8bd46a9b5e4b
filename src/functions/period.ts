/** The claim and the jurisdiction of a call: its arguments, or else the pick. */
import { type Claim, type Jurisdiction } from "../rules";
import { isBlank, readClaim, readJurisdiction, type Cell } from "../tables";
import { currentPick } from "./pick";

const omitted = (cell: Cell): boolean => isBlank(cell) || cell === 0;

/** @throws Refusal for what is no year and no date */
export const claimOf = (year?: Cell): Claim => readClaim(omitted(year) ? currentPick().year : year);

/** @throws Refusal for an unknown jurisdiction */
export const jurisdictionOf = (name?: Cell): Jurisdiction =>
  readJurisdiction(omitted(name) ? currentPick().jurisdiction : name);
