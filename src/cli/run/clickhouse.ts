/** One ClickHouse server as a place of claims: statements go over HTTP, and tables of a run bear its prefix. */
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from "@clickhouse/client";
import { CLICKHOUSE } from "../../writers/sql";
import { failure } from "./failures";
import type { Address } from "./address";
import type { Cells, Found, Store, Type, Words } from "./store";

const { literal, quoted } = CLICKHOUSE;
const matches = (text: string, pattern: string): string => `match(${text}, ${literal(`^(?:${pattern})$`)})`;

const WORDS: Words = {
  dialect: CLICKHOUSE,
  types: { VARCHAR: "Nullable(String)", BIGINT: "Nullable(Int64)", BOOLEAN: "Nullable(UInt8)" },
  text: (column) => `ifNull(toString(${column}), '')`,
  matches,
  // Every branch of a condition is computed for every row: no text may fail. The product of 15 digits needs more than 64 bits.
  shifted: (text, pattern, decimals) =>
    `toInt64(toDecimal128(if(${matches(text, pattern)}, ${text}, '0'), ${decimals}) * ${10 ** decimals})`,
  joined: (texts) =>
    `nullIf(arrayStringConcat(arrayFilter(x -> x != '', [${texts.map((text) => `ifNull(${text}, '')`).join(", ")}]), '；'), '')`,
  yuan: (fen) => `toDecimal64(${fen}, 0) * toDecimal64('0.01', 2)`,
  first: (value, most) =>
    `arrayStringConcat(arrayMap(x -> toString(x), arraySlice(arraySort(groupArray(${value})), 1, ${most})), ',')`,
  unquoted: (text) => `replaceRegexpAll(${text}, '“[^”]*”', '')`,
};

/** What a row takes while its firm is gathered into arrays. Beyond the memory of a query rows are sorted on disk, much slower. */
const ROW_BYTES = 2 ** 9;

/** @param memory bytes of one query, half of which it takes before it goes on on disk */
export const partsOf = (rows: number, memory: number): number =>
  Math.max(1, Math.ceil((rows * ROW_BYTES) / (memory / 2)));
export const isInPart = (text: string, part: number, parts: number): string =>
  `cityHash64(${text}) % ${parts} = ${part}`;

/** Rows that are sent at a time. */
const BATCH = 2 ** 15;
const DAY_MS = 86_400_000;

export interface Settings {
  /** Bytes that one query may take; half of it before it goes on on disk. */
  readonly memory: number;
  readonly threads: number | undefined;
}

export class Shard implements Store {
  readonly words = WORDS;
  private readonly client: ClickHouseClient;
  /** Queries that run. */
  private readonly running = new Set<string>();
  private readonly aborter = new AbortController();
  /** Cuts the connections of queries that do not end. */
  private readonly cutter = new AbortController();
  readonly label: string;
  readonly database: string;
  readonly apart;

  /** @param prefix of the tables of the run */
  constructor(
    address: Address,
    { memory, threads }: Settings,
    readonly prefix: string,
  ) {
    this.label = address.label;
    this.apart = { parts: (rows: number) => partsOf(rows, memory), isIn: isInPart };
    this.database = address.database ?? "default";
    this.client = createClient({
      url: address.origin,
      username: address.user ?? "default",
      password: address.password ?? "",
      database: this.database,
      request_timeout: DAY_MS,
      log: { level: ClickHouseLogLevel.OFF },
      clickhouse_settings: {
        max_query_size: String(2 ** 24),
        output_format_json_quote_64bit_integers: 1,
        join_default_strictness: "ALL",
        max_memory_usage: String(memory),
        max_bytes_before_external_group_by: String(Math.floor(memory / 2)),
        max_bytes_before_external_sort: String(Math.floor(memory / 2)),
        ...(threads !== undefined && { max_threads: threads }),
      },
    });
  }

  path(table: string): string[] {
    return [this.database, this.prefix + table];
  }

  named(table: string): string {
    return this.path(table).map(quoted).join(".");
  }

  run(sql: string): Promise<void> {
    return this.ask(async (query_id) => {
      await this.client.command({ query: sql, query_id, abort_signal: this.cutter.signal });
    });
  }

  rows(sql: string): Promise<Record<string, Found>[]> {
    return this.ask(async (query_id) => {
      const query = { query: sql, query_id, format: "JSONEachRow", abort_signal: this.cutter.signal } as const;
      return (await this.client.query(query)).json<Record<string, Found>>();
    });
  }

  async *chunks(sql: string): AsyncGenerator<readonly (readonly Found[])[]> {
    const query_id = randomUUID();
    this.running.add(query_id);
    try {
      const query = { query: sql, query_id, format: "JSONEachRow", abort_signal: this.aborter.signal } as const;
      const stream = (await this.client.query(query)).stream<Record<string, Found>>();
      for await (const rows of stream) yield rows.map((row) => Object.values(row.json()));
    } catch (error) {
      throw this.failed(error);
    } finally {
      this.running.delete(query_id);
    }
  }

  create(table: string, query: string): Promise<void> {
    return this.run(`CREATE TABLE ${this.named(table)} ENGINE = MergeTree ORDER BY tuple() AS ${query}`);
  }

  view(table: string, query: string): Promise<void> {
    return this.run(`CREATE VIEW ${this.named(table)} AS ${query}`);
  }

  async fill(
    table: string,
    columns: Readonly<Record<string, Type>>,
    rows: AsyncIterable<Cells> | Iterable<Cells>,
  ): Promise<void> {
    const names = Object.keys(columns);
    const types = Object.values(columns).map((type, c) =>
      c === 0 ? WORDS.types[type].replace(/^Nullable\((.*)\)$/, "$1") : WORDS.types[type],
    );
    const declared = names.map((name, c) => `${quoted(name)} ${types[c]!}`).join(", ");
    await this.run(`CREATE TABLE ${this.named(table)} (${declared}) ENGINE = MergeTree ORDER BY tuple()`);
    let values: Record<string, unknown>[] = [];
    const send = async (): Promise<void> => {
      if (!values.length) return;
      await this.ask((query_id) =>
        this.client.insert({
          table: this.named(table),
          values,
          query_id,
          format: "JSONEachRow",
          abort_signal: this.cutter.signal,
        }),
      );
      values = [];
    };
    for await (const row of rows) {
      values.push(
        Object.fromEntries(
          names.map((name, c) => [name, typeof row[c] === "boolean" ? Number(row[c]) : (row[c] ?? null)]),
        ),
      );
      if (values.length >= BATCH) await send();
    }
    await send();
  }

  /** Whether the server answers within so many milliseconds. */
  async answers(within: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), within)));
    const answer = this.client.ping().then(({ success }) => success);
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }

  /** Rows that the running queries have read so far. */
  async progress(): Promise<number> {
    const ids = [...this.running].map(literal).join(", ");
    if (!ids) return 0;
    const query = `SELECT sum(read_rows) AS rows FROM system.processes WHERE query_id IN (${ids})`;
    const found = await (await this.client.query({ query, format: "JSONEachRow" })).json<{ rows: string }>();
    return Number(found[0]?.rows ?? 0);
  }

  /**
   * Ends what runs: nothing new begins, and whatever is awaited fails with the reason once the server has ended it, for a table that
   * it still makes stands in no list of tables yet. A query that had not begun when it was to be killed is killed again; what does
   * not end in time is cut off, and left to the next run.
   */
  async stop(reason: Error): Promise<void> {
    this.aborter.abort(reason);
    const late = Date.now() + TIDY_MS;
    while (this.running.size && Date.now() < late) {
      await this.quietly(`KILL QUERY WHERE query_id IN (${[...this.running].map(literal).join(", ")}) ASYNC`);
      await delay(AGAIN_MS);
    }
    this.cutter.abort(reason);
  }

  /** A statement of tidying up: what cannot be done now is done by the next run. */
  async quietly(query: string): Promise<void> {
    await this.client.command({ query, abort_signal: AbortSignal.timeout(TIDY_MS) }).catch(() => undefined);
  }

  /** The tables of the run or of earlier ones, and the named others, with their definitions. @param quiet undefined where it cannot be known */
  async tables(others: readonly string[], quiet = false): Promise<ReadonlyMap<string, string> | undefined> {
    const named = ["", ...others].map(literal).join(", ");
    const query = `SELECT name, engine_full FROM system.tables WHERE database = ${literal(this.database)} AND (position(name, ${literal(this.prefix)}) = 1 OR name IN (${named}))`;
    const abort_signal = quiet ? AbortSignal.timeout(TIDY_MS) : this.aborter.signal;
    try {
      const found = await (
        await this.client.query({ query, format: "JSONEachRow", abort_signal })
      ).json<{ name: string; engine_full: string }>();
      return new Map(found.map(({ name, engine_full }) => [name, engine_full]));
    } catch (error) {
      if (quiet) return undefined;
      throw this.failed(error);
    }
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private async ask<T>(work: (query_id: string) => Promise<T>): Promise<T> {
    this.aborter.signal.throwIfAborted();
    const id = randomUUID();
    this.running.add(id);
    try {
      return await work(id);
    } catch (error) {
      throw this.failed(error);
    } finally {
      this.running.delete(id);
    }
  }

  private failed(error: unknown): Error {
    return this.aborter.signal.aborted ? (this.aborter.signal.reason as Error) : failure(this.label, error);
  }
}

const TIDY_MS = 4000;
const AGAIN_MS = 100;
