/** What-if scenarios: a name and what it changes. */
import type { Block } from "../../columns";
import type { Claim } from "../../law/time";
import type { Text } from "../../law/policy";
import type { SharingMethod } from "../../pool";

/** Plain values only, so that it can be saved, copied and sent to a worker. What is not there stays as in the base. */
export interface Scenario {
  readonly name: string;
  /** A decimal between 0 and 1: replaces the rate that what-ifs change (the first, or the one marked in the policy file). */
  readonly rate?: string;
  /** Whole fen: replaces the cap. */
  readonly cap?: number;
  /** Other figures for some tiers of the rate, or of the cap: by what the document sets. Rates as above, caps in fen. */
  readonly rates?: Readonly<Record<string, string>>;
  readonly caps?: Readonly<Record<string, string>>;
  /** Readings of open passages, by name. */
  readonly readings?: Readonly<Record<string, string>>;
  /** Computes all rows as this instrument. */
  readonly instrument?: string;
  /** Code of the jurisdiction whose instrument of the same family computes the rows. */
  readonly jurisdiction?: string;
  readonly claim?: Claim;
  /** A decimal between 0 and 1: the share of every amount that is spent on domestic compute. */
  readonly domesticShare?: string;
  /** A decimal from -1: 0.1 makes the amounts of which the award is a share ten per cent larger. */
  readonly growth?: string;
  /** Firms that are added; each repeats the rows of one firm of the base, evenly over the list of firms. */
  readonly newFirms?: number;
  /** Rows of the table that are left out, from 1, both ends included. */
  readonly excluded?: readonly (readonly [number, number])[];
  /** Whole fen for all rows together; without it the pools of the documents count. */
  readonly pool?: number;
  /** How a pool that does not suffice is shared out. */
  readonly sharing?: SharingMethod;
}

export type Changes = Omit<Scenario, "name">;

/** The rows of a table, read once. */
export interface ScenarioBase {
  readonly blocks: readonly Block[];
  /** Rows of the table, those included that could not be read. */
  readonly length: number;
  /** The firm of a row (from 0) as it is spelled there; undefined for a row without one. */
  readonly firmIn?: (row: number) => string | undefined;
  /** Why a row (from 0) that is in no block could not be read, its number (from 1) in the words. */
  readonly unreadable?: (row: number) => Text | undefined;
}
