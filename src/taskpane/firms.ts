/** How many firms at the cap empty the pool: the first question of whoever plans one. */
import type { TFunction } from "i18next";
import { compare, divide, partInput, ratio, toDecimal, ZERO, type Allowance, type Plan, type Ratio } from "../rules";
import { poolOf } from "../writers/terms";

const PLACES = 2;

/** The caps of one firm that hold whatever the row holds, or under one of several tests; in fen, without repetition. */
function firmCaps({ parts, limits }: Plan): Ratio[] {
  const ofFirm = (allowance: Allowance | undefined): boolean =>
    allowance !== undefined && allowance.by === undefined && partInput(allowance) === undefined;
  const figures = [...parts.flatMap((part) => part.limits), ...limits]
    .filter(({ kind, allowance, tests }) => kind === "cap" && ofFirm(allowance) && !tests.length)
    .flatMap(({ terms }) => terms.flatMap((term) => term.figures));
  const caps = figures.flatMap(({ cases }) =>
    cases.flatMap(({ value }) => (value.kind === "number" ? [value.number] : [])),
  );
  return caps.filter((cap, i) => compare(cap, ZERO) > 0 && caps.findIndex((other) => compare(other, cap) === 0) === i);
}

/** Pool ÷ cap for every cap of one firm; none where there is no pool or where it is only a target. */
function firmsToEmptyPool(plan: Plan): Ratio[] {
  const pool = poolOf(plan.entry);
  if (pool?.fen === undefined || pool.budget.envelope === "target") return [];
  return firmCaps(plan).map((cap) => divide(ratio(pool.fen!), cap));
}

/** "31.25 家"; "" where the question has no answer. */
export function firmsWords(plan: Plan, t: TFunction): string {
  const firms = firmsToEmptyPool(plan).map((count) => toDecimal(count, PLACES).toString());
  return firms.length ? t("firms", { n: firms.join(" / ") }) : "";
}
