/** What was entered about one pool. It lives with everything else that was typed into the pane. */
import { useCallback, useMemo } from "react";
import { usePane } from "../context";
import type { Typed } from "../trial/row";
import type { ColumnName } from "./columns";

export type FieldName =
  | ColumnName
  | "pool"
  | "amount"
  | "cap"
  | "other-cap"
  | "capped"
  | "blank-certain"
  | "chance-words"
  | "risk"
  | "growth"
  | "growth-spread"
  | "growth-within"
  | "group-chances"
  | "factors"
  | "ahead"
  | "yearly-growth"
  | "delay"
  | "paid-month"
  | "parts"
  | "unused"
  | "year-carry"
  | "year-pools"
  | "pool-table"
  | "aim"
  | "order"
  | "winners"
  | "subpools"
  | "spill"
  | "carry"
  | "table"
  | "table-pool"
  | "header-rows"
  | "claims-of"
  | "claims-unit"
  | "policy"
  | "table-headers"
  | "table-values"
  | "table-instrument";

/** What the figures of the planner depend on beside the claims. */
export const PLANNING_FIELDS: readonly FieldName[] = [
  "amount",
  "cap",
  "other-cap",
  "capped",
  "carry",
  "growth",
  "growth-spread",
  "growth-within",
  "group-chances",
  "factors",
  "probability",
  "year-pools",
];

export type Form = Readonly<Partial<Record<FieldName, string>>>;

/** What a field holds under several names: of groups, of years. */
export const namedIn = <T = string>(form: Form, field: FieldName): Readonly<Record<string, T>> =>
  JSON.parse(form[field] || "{}") as Readonly<Record<string, T>>;

/** These fields alone: the same object until one of them changes. */
export function useFields(form: Form, names: readonly FieldName[]): Form {
  const key = JSON.stringify(names.flatMap((name) => (form[name] === undefined ? [] : [[name, form[name]]])));
  return useMemo(() => Object.fromEntries(JSON.parse(key) as [FieldName, string][]), [key]);
}

/** Where the form of a pool is kept among the texts of the pane. */
export const formId = (pool: string): string => `planner:${pool}`;

/** The form of a pool out of everything that was typed. */
export const formOf = (typed: Readonly<Record<string, Typed>>, pool: string): Form => typed[formId(pool)] ?? {};

/** What was typed for a pool, and the way to change one field. */
export function useForm(pool: string): [Form, (name: FieldName, value: string) => void] {
  const { typed, type } = usePane();
  const change = useCallback((name: FieldName, value: string) => type(formId(pool), name, value), [type, pool]);
  return [formOf(typed, pool), change];
}
