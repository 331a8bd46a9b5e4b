/** A database in which claims are read and computed: embedded, a server, or one shard of a cluster. */
import { refuse, type Refusal } from "../../rules";
import type { Dialect } from "../../writers/sql";

export type Type = "VARCHAR" | "BIGINT" | "BOOLEAN";
/** A value on its way into a table; undefined is NULL. */
export type Cells = readonly (string | number | boolean | undefined)[];
/** A value of a table: whole numbers as text or bigint, flags as booleans, 0 and 1. */
export type Found = string | number | bigint | boolean | null;

/** How a database spells what reading needs beyond a query. */
export interface Words {
  readonly dialect: Dialect;
  readonly types: Readonly<Record<Type, string>>;
  /** A column as text; "" where it is NULL. */
  readonly text: (column: string) => string;
  /** Whether the pattern matches a whole text. */
  readonly matches: (text: string, pattern: string) => string;
  /** Digits with up to so many decimals, times 10 to the power of these, as a whole number; anything where a text does not match the pattern of these. */
  readonly shifted: (text: string, pattern: string, decimals: number) => string;
  /** Texts of which each may be NULL, by "；"; NULL where all are. */
  readonly joined: (texts: readonly string[]) => string;
  /** Whole fen, not NULL, as yuan with two decimals. */
  readonly yuan: (fen: string) => string;
  /** The first so many of some whole numbers in a group, by commas. */
  readonly first: (value: string, count: number) => string;
  /** A text without what stands in quotation marks “”. */
  readonly unquoted: (text: string) => string;
}

export interface Store {
  readonly words: Words;
  /** What a message calls it. */
  readonly label: string;
  /** Parts of the name of a table of this run. */
  path(table: string): string[];
  /** The same as it stands in a query. */
  named(table: string): string;
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<Record<string, Found>[]>;
  /** The rows of a query, some at a time. */
  chunks(sql: string): AsyncIterable<readonly (readonly Found[])[]>;
  create(table: string, query: string): Promise<void>;
  view(table: string, query: string): Promise<void>;
  /**
   * Of a database that computes many rows faster a part at a time: in how many parts so many are computed, and which rows are those of
   * one, by a text that whole groups have in common.
   */
  readonly apart?: {
    parts(rows: number): number;
    isIn(text: string, part: number, parts: number): string;
  };
  fill(
    table: string,
    columns: Readonly<Record<string, Type>>,
    rows: AsyncIterable<Cells> | Iterable<Cells>,
  ): Promise<void>;
}

/** The columns of a table that is to be filled, each with its type. */
export const declared = ({ dialect, types }: Words, columns: Readonly<Record<string, Type>>): string =>
  Object.entries(columns)
    .map(([name, type]) => `${dialect.quoted(name)} ${types[type]}`)
    .join(", ");

export async function count(store: Store, sql: string): Promise<number> {
  const [row] = await store.rows(sql);
  return Number(Object.values(row!)[0]);
}

/** The sum over shards. */
export async function countAll(stores: readonly Store[], sql: (store: Store) => string): Promise<number> {
  const counts = await Promise.all(stores.map((store) => count(store, sql(store))));
  return counts.reduce((sum, one) => sum + one, 0);
}

/** The same on every shard at once. */
export async function eachOf(stores: readonly Store[], work: (store: Store) => Promise<void>): Promise<void> {
  await Promise.all(stores.map(work));
}

/** The claims where they stand. */
export interface Source {
  /** As it stands behind FROM. */
  readonly from: string;
  /** SQL of a whole number by which rows are told apart and drawn in order. */
  readonly row: string;
  /** With this no name of a column begins. */
  readonly prefix: string;
  /** Whether others may write to it meanwhile. */
  readonly shared: boolean;
}

export function sourceOf(from: string, row: string, columns: readonly string[], shared: boolean): Source {
  const free = (prefix: string): string =>
    columns.some((column) => column.toLowerCase().startsWith(prefix)) ? free(`${prefix}_`) : prefix;
  return { from, row, shared, prefix: free("claims_") };
}

/** A database or server that fails or cannot be reached, in words; the password is in none of them. */
export const failed = (label: string, zh: string, en: string): Refusal => refuse(`${label}：${zh}`, `${label}: ${en}`);
