/** A table of claims in an embedded database on disk: memory is bounded whatever the file holds. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from "@duckdb/node-api";
import { refuse } from "../../rules";
import { DUCKDB, literal, quoted } from "../../writers/sql";
import { count, declared, type Cells, type Found, type Store, type Type, type Words } from "./store";

export interface Limits {
  /** Such as "2GB"; what lies beyond is kept on disk. */
  readonly memory?: string | undefined;
  readonly threads?: number | undefined;
}

/** Milliseconds of work, and rows that are handed over, between two pauses. */
const PIECE_MS = 100;
const BREATH = 2 ** 12;

const WORDS: Words = {
  dialect: DUCKDB,
  types: { VARCHAR: "VARCHAR", BIGINT: "BIGINT", BOOLEAN: "BOOLEAN" },
  text: (column) => `coalesce(CAST(${column} AS VARCHAR), '')`,
  matches: (text, pattern) => `regexp_full_match(${text}, ${literal(pattern)})`,
  shifted: (text, _, decimals) => `CAST(CAST(${text} AS DECIMAL(15, ${decimals})) * ${10 ** decimals} AS BIGINT)`,
  joined: (texts) => `nullif(concat_ws('；', ${[...texts, "NULL"].join(", ")}), '')`,
  yuan: (fen) => `CAST(CAST(${fen} AS DECIMAL(18, 0)) * 0.01 AS DECIMAL(18, 2))`,
  first: (value, count) => `array_to_string(list(${value} ORDER BY ${value})[1:${count}], ',')`,
  unquoted: (text) => `regexp_replace(${text}, '“[^”]*”', '', 'g')`,
};

/** What the database lacks room for, in words. @throws Refusal, or the error itself */
function inWords(error: unknown): never {
  const { message } = error as Error;
  if (NO_DISK.test(message))
    throw refuse(
      `磁盘已满：临时文件在 ${tmpdir()}（可用环境变量 TMPDIR 换到别处），结果写在输出所在的盘`,
      `the disk is full: temporary files are in ${tmpdir()} (TMPDIR names another place), results where the output is`,
    );
  if (NO_MEMORY.test(message))
    throw refuse(
      "内存上限太小，放不下这一步：请用 --memory 放宽，或用 --threads 1",
      "the memory limit is too small for this step: give more with --memory, or --threads 1",
    );
  throw error;
}

const NO_DISK = /no space left|max_temp_directory_size|ENOSPC|disk full/i;
const NO_MEMORY = /out of memory/i;

export class Warehouse implements Store {
  readonly words = WORDS;
  readonly label = "DuckDB";

  private constructor(
    private readonly connection: DuckDBConnection,
    /** Writes while rows of a query are read. */
    private readonly writer: DuckDBConnection,
    private readonly instance: DuckDBInstance,
    readonly folder: string,
  ) {}

  private stopped = false;

  /** @throws Error once interrupted: between two queries there is none to stop */
  checkGoing(): void {
    if (this.stopped) throw new Error("stopped");
  }

  /** Lets Ctrl-C be heard in the middle of a computation. @throws Error once interrupted */
  async pause(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.checkGoing();
  }

  /** Does work that halts between its pieces, and listens there from time to time. */
  async inPieces<T>(work: Generator<unknown, T>): Promise<T> {
    for (let until = performance.now() + PIECE_MS; ;) {
      const step = work.next();
      if (step.done) return step.value;
      if (performance.now() < until) continue;
      await this.pause();
      until = performance.now() + PIECE_MS;
    }
  }

  static async open({ memory, threads }: Limits): Promise<Warehouse> {
    const folder = await mkdtemp(path.join(tmpdir(), "butie-"));
    const instance = await DuckDBInstance.create(path.join(folder, "claims.duckdb"), {
      temp_directory: path.join(folder, "spill"),
      // Rows keep the order of the file.
      preserve_insertion_order: "true",
      ...(memory !== undefined && { memory_limit: memory }),
      ...(threads !== undefined && { threads: String(threads) }),
    });
    return new Warehouse(await instance.connect(), await instance.connect(), instance, folder);
  }

  path = (table: string): string[] => [table];
  readonly named = quoted;

  async run(sql: string): Promise<void> {
    this.checkGoing();
    await this.connection.run(sql).catch(inWords);
    this.checkGoing();
  }

  /** Queries of this program ask for plain values alone. */
  async rows(sql: string): Promise<Record<string, Found>[]> {
    this.checkGoing();
    return (await this.connection.runAndReadAll(sql).catch(inWords)).getRowObjects() as Record<string, Found>[];
  }

  count(sql: string): Promise<number> {
    return count(this, sql);
  }

  async columns(table: string): Promise<string[]> {
    return (await this.rows(`DESCRIBE ${quoted(table)}`)).map(({ column_name }) => String(column_name));
  }

  async *chunks(sql: string): AsyncGenerator<readonly Found[][]> {
    const result = await this.connection.stream(sql).catch(inWords);
    for (;;) {
      this.checkGoing();
      const chunk = await result.fetchChunk().catch(inWords);
      if (!chunk || chunk.rowCount === 0) return;
      yield chunk.getRows() as Found[][];
    }
  }

  /** The same by column. */
  async *columnChunks(sql: string): AsyncGenerator<readonly DuckDBValue[][]> {
    const result = await this.connection.stream(sql).catch(inWords);
    for (;;) {
      this.checkGoing();
      const chunk = await result.fetchChunk().catch(inWords);
      if (!chunk || chunk.rowCount === 0) return;
      yield chunk.getColumns();
    }
  }

  create(table: string, query: string): Promise<void> {
    return this.run(`CREATE TABLE ${quoted(table)} AS ${query}`);
  }

  view(table: string, query: string): Promise<void> {
    return this.run(`CREATE VIEW ${quoted(table)} AS ${query}`);
  }

  async fill(
    table: string,
    columns: Readonly<Record<string, Type>>,
    rows: AsyncIterable<Cells> | Iterable<Cells>,
  ): Promise<void> {
    const types = Object.values(columns);
    await this.run(`CREATE TABLE ${quoted(table)} (${declared(WORDS, columns)})`);
    const appender = await this.writer.createAppender(table);
    let filled = 0;
    for await (const row of rows) {
      if (++filled % BREATH === 0) await this.pause();
      row.forEach((value, c) => {
        if (value === undefined) appender.appendNull();
        else if (types[c] === "BIGINT") appender.appendBigInt(BigInt(value));
        else if (types[c] === "BOOLEAN") appender.appendBoolean(Boolean(value));
        else appender.appendVarchar(String(value));
      });
      appender.endRow();
    }
    appender.closeSync();
  }

  /** Stops what runs, within some milliseconds; whatever is asked afterwards fails. */
  interrupt(): void {
    this.stopped = true;
    this.connection.interrupt();
  }

  async close(): Promise<void> {
    this.connection.closeSync();
    this.writer.closeSync();
    this.instance.closeSync();
    await rm(this.folder, { recursive: true, force: true });
  }
}
