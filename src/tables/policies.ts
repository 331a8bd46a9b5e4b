/** Tables whose rows use different policies: a column of instruments, or of places and kinds of support. */
import {
  CATALOGUE,
  FAMILIES,
  findEntry,
  findJurisdiction,
  isInForce,
  SYNONYMS,
  type Claim,
  type Entry,
  type Jurisdiction,
} from "../rules";
import { nameOf } from "./names";
import type { Region } from "./region";

/** The columns that name the policy of a row; a table may have any of them. */
export interface PolicyColumns {
  readonly instrument?: number;
  readonly place?: number;
  readonly support?: number;
}

const COLUMNS = { instrument: SYNONYMS.table.instrument, place: SYNONYMS.place, support: SYNONYMS.support } as const;

/** The columns of a table that name policies; undefined where it has none. */
export function policyColumns({ columns }: Region): PolicyColumns | undefined {
  const found = Object.entries(COLUMNS).flatMap(([what, words]) => {
    const keys = [what, ...words].map(nameOf);
    const column = columns.find(({ header, full }) => [header, full].some((word) => keys.includes(nameOf(word))));
    return column ? [[what, column.column] as const] : [];
  });
  return found.length ? Object.fromEntries(found) : undefined;
}

const computable = ({ instrument }: Entry): boolean => Boolean(instrument.parts ?? instrument.grades);

/**
 * The instrument of a row: the one that it names, or the one of the named support in the named place that is in force.
 * Undefined where there is none, or more than one.
 * @param otherwise what a table without a column of places, or of supports, means
 */
export function entryOfRow(
  cell: (column: number) => string | number | boolean,
  { instrument, place, support }: PolicyColumns,
  otherwise: { readonly place: Jurisdiction; readonly family: string | undefined },
  claim: Claim,
): Entry | undefined {
  const named = instrument === undefined ? undefined : findEntry(nameOf(cell(instrument)));
  if (named) return named;
  const where = place === undefined ? otherwise.place : findJurisdiction(nameOf(cell(place)));
  if (!where) return undefined;
  const there = CATALOGUE.filter(
    (entry) => entry.jurisdiction === where && computable(entry) && isInForce(entry.document, claim),
  );
  const word = nameOf(support === undefined ? (otherwise.family ?? "") : cell(support));
  const called = ({ instrument: { id, name } }: Entry) => [id, name.zh, name.en].map(nameOf).includes(word);
  const kind = Object.entries(FAMILIES).find(([id, { zh, en }]) => [id, zh, en].map(nameOf).includes(word));
  const name = kind && nameOf(kind[1].zh);
  const members = kind ? there.filter((entry) => entry.instrument.family === kind[0]) : [];
  // Of several supports of a kind, the one that bears its name is meant.
  return (
    only(there.filter(called)) ??
    only(members) ??
    only(members.filter((entry) => nameOf(entry.instrument.name.zh) === name))
  );
}

const only = (entries: readonly Entry[]): Entry | undefined => (entries.length === 1 ? entries[0] : undefined);
