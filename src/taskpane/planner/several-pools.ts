/** The pools that are looked at together: those of the place, with what was typed for each, or those of a table of the workbook. */
import type { Claim, Entry, Language } from "../../rules";
import type { Claims } from "./claims";
import { formOf } from "./form";
import { planningOf, refusalIn } from "./planning";
import { poolIn } from "./pool";
import type { ListedPool } from "./pool-table";
import type { ReadyPool, SeveralPools } from "./portfolio-sections";

/** A pool that is to be planned: of a document, or a row of a table. */
export interface Listed extends ListedPool {
  readonly entry: Entry | undefined;
}

/** Those of a table; good and bad times are those of the pool that is planned. */
export const listedIn = (table: readonly ListedPool[], factors = ""): Listed[] =>
  table.map((pool) => ({ ...pool, form: { ...pool.form, factors }, entry: undefined }));

/** Those of the documents. */
export const listedOf = (pools: readonly Entry[], typed: Parameters<typeof formOf>[0], language: Language): Listed[] =>
  pools.map((entry) => ({
    entry,
    name: entry.instrument.name[language],
    form: formOf(typed, entry.instrument.id),
    fixed: false,
  }));

/** @param claims of each in its place; undefined where none were read */
export function severalOf(
  listed: readonly Listed[],
  claims: readonly (Claims | undefined)[],
  claim: Claim,
): SeveralPools {
  const pools = listed.flatMap(({ name, entry, form, fixed }, k): ReadyPool[] => {
    const read = claims[k];
    const planning = read && planningOf(poolIn(form, entry, claim), form, read, claim.year);
    if (!planning || refusalIn(planning)) return [];
    return [{ name, fixed, figures: planning.figures, given: planning.given, year: planning.year }];
  });
  return {
    pools,
    // Of a table of pools, those that are fixed keep their money.
    fixed: listed.flatMap(({ entry, name }) => (entry?.instrument.budget?.envelope === "fixed" ? [name] : [])),
    missing: listed.flatMap(({ name }, k) => (claims[k] ? [] : [name])),
  };
}
