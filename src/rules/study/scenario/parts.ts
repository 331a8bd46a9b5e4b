/** Results of one scenario over the parts of a table, as one result: no firm and no object has rows in two parts. */
import { refuse } from "../../refusal";
import { isSamePool, payable } from "./pools";
import { NOTHING, type LimitCount, type ScenarioPool, type ScenarioResult } from "./result";
import type { Changes } from "./scenario";

/** Whether the parts of a table can be computed one by one: added firms and what a pool is shared among need all rows. */
export const goesByParts = ({ newFirms, sharing }: Changes): boolean => !newFirms && sharing === undefined;

const sum = (parts: readonly ScenarioResult[], of: (part: ScenarioResult) => number): number =>
  parts.reduce((total, part) => total + of(part), 0);

/**
 * @param parts at least one, of one scenario that goes by parts
 * @returns a refusal where one of the parts has one for all rows, or none of the rows can be computed
 */
export function ofParts(parts: readonly ScenarioResult[]): ScenarioResult {
  const [first, ...others] = parts as [ScenarioResult, ...ScenarioResult[]];
  const name = first.name === undefined ? {} : { name: first.name };
  const refused = parts.find(({ refusal, rows }) => refusal && rows === 0);
  if (refused) return { ...NOTHING, ...name, refusal: refused.refusal! };
  if (!others.length) return first;
  const rows = sum(parts, (part) => part.rows);
  const counts = { ...NOTHING, ...name, rows, unknown: sum(parts, ({ unknown }) => unknown) };
  if (rows > 0 && parts.every(({ refusal }) => refusal))
    return { ...counts, refusal: refuse(`${rows} 行都未能计算`, `none of the ${rows} rows can be computed`).text };
  const total = sum(parts, (part) => part.total);
  const awards = sum(parts, (part) => part.awards);
  const pools = poolsTogether(parts);
  return {
    ...counts,
    notInForce: sum(parts, ({ notInForce }) => notInForce),
    notEligible: sum(parts, ({ notEligible }) => notEligible),
    awards,
    firms: sum(parts, ({ firms }) => firms),
    total,
    mean: awards ? Math.floor(total / awards + 0.5) : 0,
    atLimit: limitsTogether(parts),
    byJurisdiction: sumsByKey(parts.map(({ byJurisdiction }) => byJurisdiction)),
    byFamily: sumsByKey(parts.map(({ byFamily }) => byFamily)),
    pools,
    paid: pools.reduce((paid, pool) => paid - pool.need + pool.paid, total),
  };
}

function sumsByKey(parts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const part of parts) for (const [key, fen] of Object.entries(part)) sums[key] = (sums[key] ?? 0) + fen;
  return sums;
}

function limitsTogether(parts: readonly ScenarioResult[]): LimitCount[] {
  const most = parts.reduce((a, b) => (b.atLimit.length > a.atLimit.length ? b : a));
  // The limits of one scenario stand in one order, in every part that has any.
  return most.atLimit.map((limit, k) => ({ ...limit, rows: sum(parts, ({ atLimit }) => atLimit[k]?.rows ?? 0) }));
}

function poolsTogether(parts: readonly ScenarioResult[]): ScenarioPool[] {
  const together: ScenarioPool[] = [];
  for (const pool of parts.flatMap(({ pools }) => pools)) {
    const known = together.findIndex((one) => isSamePool(one, pool));
    if (known < 0) together.push(pool);
    else together[known] = { ...pool, ...payable(pool.amount, together[known]!.need + pool.need) };
  }
  return together;
}
