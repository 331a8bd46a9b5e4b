/** A database that holds claims in a table and takes the awards into another. */
import type { Store } from "./store";

export interface ColumnType {
  readonly name: string;
  /** As the database names it. */
  readonly type: string;
}

/** Where the awards go, with the words for it. */
export interface Into {
  /** "schema.table" or "table". */
  readonly table: string;
  readonly rejects: string;
  /** Whether tables of these names are replaced. */
  readonly replace: boolean;
}

export interface Target {
  /** One per shard. */
  readonly stores: readonly Store[];
  /** The table of claims on each of them, as it stands behind FROM. */
  readonly from: string;
  readonly columns: readonly ColumnType[];
  /** Finds the table. @throws Refusal where a server or the table is not there, and where a result stands already */
  open(): Promise<void>;
  /**
   * Whether all rows of a firm, and of an object, lie on one shard.
   * @param table of typed claims
   * @throws Refusal with examples of those that do not
   */
  checkWhole(table: string, owners: readonly string[]): Promise<void>;
  /** Puts the results in their places, all of them or none. @param row column that orders them */
  publish(queries: (store: Store) => Results, row: string): Promise<void>;
  /** Rows that running queries have read so far; undefined where the database does not say. */
  progress(): Promise<number | undefined>;
  /** Ends what runs; whatever is awaited fails with the reason. */
  interrupt(reason: Error): void;
  /** Removes what the run made on its way. */
  close(): Promise<void>;
}

export type Results = Readonly<Record<"paid" | "rejected", string>>;
