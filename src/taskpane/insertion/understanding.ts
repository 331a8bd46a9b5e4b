/** How the columns of a table are understood: what each fills for the policies of the rows, and what is missing. */
import { useMemo } from "react";
import { refuse, type Claim, type Entry, type Language } from "../../rules";
import { matchColumns, missingInputs, type Match } from "../../tables";
import type { ChosenHeaders } from "../chosen";
import type { TableInHand } from "../table-in-hand";
import { entriesOf, type Under } from "./rows";

export interface Understanding {
  /** Undefined before a policy was chosen. */
  readonly under: Under | undefined;
  /** The instruments that the rows may need. */
  readonly entries: readonly Entry[];
  readonly matches: readonly Match[];
  /** The required inputs that no column fills, in words. */
  readonly missing: readonly string[];
}

export function understandingOf(
  table: TableInHand,
  under: Under | undefined,
  chosen: ChosenHeaders,
  claim: Claim,
  language: Language,
): Understanding {
  const entries = under ? entriesOf(under) : [];
  const names = [...chosen].map(([header, { name }]) => [header, name] as const);
  const units = [...chosen].flatMap(([header, { unit }]) => (unit ? [[header, unit] as const] : []));
  const matches = matchColumns(table.region, entries, new Map(names), new Map(units));
  // Each of several policies may ask for inputs of its own; rows without them are refused one by one.
  const missing = under?.kind === "one" ? missingInputs(under.entry, matches, claim, language) : [];
  return { under, entries, matches, missing };
}

/** @throws Refusal where no policy was chosen or columns are missing: then no row can be computed */
export function checkUnderstood(under: Under | undefined, missing: readonly string[]): asserts under is Under {
  if (!under) throw refuse("请选政策", "choose a policy");
  if (missing.length)
    throw refuse(`还缺必填的列：${missing.join("、")}`, `required columns are missing: ${missing.join(", ")}`);
}

/** The same, made anew only where something changed that it depends on. */
export const useUnderstanding = (...[table, under, chosen, claim, language]: Parameters<typeof understandingOf>) =>
  useMemo(() => understandingOf(table, under, chosen, claim, language), [table, under, chosen, claim, language]);
