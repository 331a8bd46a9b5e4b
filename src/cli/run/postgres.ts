/**
 * A table of claims on PostgreSQL. All is done in one transaction over one state of the table: what is made on the way is temporary,
 * and the results appear together at its end or not at all, whatever happens.
 */
import { Client } from "pg";
import { refuse } from "../../rules";
import { POSTGRESQL } from "../../writers/sql";
import { addressOf, tableName, type Address } from "./address";
import { failure } from "./failures";
import { declared, failed, type Cells, type Found, type Store, type Type, type Words } from "./store";
import type { ColumnType, Into, Results, Target } from "./target";

const { literal, quoted } = POSTGRESQL;

const WORDS: Words = {
  dialect: POSTGRESQL,
  types: { VARCHAR: "VARCHAR", BIGINT: "BIGINT", BOOLEAN: "BOOLEAN" },
  text: (column) => `coalesce(CAST(${column} AS VARCHAR), '')`,
  matches: (text, pattern) => `${text} ~ ${literal(`^(${pattern})$`)}`,
  shifted: (text, _, decimals) => `CAST(CAST(${text} AS NUMERIC(15, ${decimals})) * ${10 ** decimals} AS BIGINT)`,
  joined: (texts) => `nullif(concat_ws('；', ${texts.join(", ")}), '')`,
  yuan: (fen) => `CAST(${fen} * 0.01 AS NUMERIC(18, 2))`,
  first: (value, most) => `array_to_string((array_agg(${value} ORDER BY ${value}))[1:${most}], ',')`,
  unquoted: (text) => `regexp_replace(${text}, '“[^”]*”', '', 'g')`,
};

/** Rows that are fetched, and values that are sent, at a time. */
const FETCHED = 4096;
const SENT = 2 ** 15;
const CONNECT_MS = 10_000;
const SCHEMES = ["postgresql", "postgres"];

export interface PostgresSettings {
  readonly memory: number;
}

export class Postgres implements Target, Store {
  readonly words = WORDS;
  readonly label: string;
  readonly stores: readonly Store[] = [this];
  from = "";
  columns: readonly ColumnType[] = [];
  private readonly address: Address;
  private readonly client: Client;
  /** Of tables that are named without one. */
  private schema = "public";
  private process: number | undefined;
  private stopped: Error | undefined;
  private fetching = 0;

  /** @throws Refusal for what is no address or name */
  constructor(
    url: string,
    private readonly table: string,
    private readonly into: Into,
    private readonly settings: PostgresSettings,
  ) {
    this.address = addressOf(url, SCHEMES);
    this.label = this.address.label;
    for (const name of [table, into.table, into.rejects]) tableName(name);
    this.client = this.connection();
  }

  private connection(): Client {
    const { host, user, password, database } = this.address;
    return new Client({
      host: host.name,
      ...(host.port !== undefined && { port: host.port }),
      user: user ?? "postgres",
      ...(password !== undefined && { password }),
      database: database ?? user ?? "postgres",
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      application_name: "butie",
      ssl: this.address.secure,
    });
  }

  async open(): Promise<void> {
    const lost = (error: Error): void => void (this.stopped ??= failure(this.label, error));
    this.client.on("error", lost);
    await this.ask(() => this.client.connect());
    const [own] = await this.rows("SELECT pg_backend_pid() AS pid");
    this.process = Number(own!["pid"]);
    await this.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
    await this.run(`SET LOCAL work_mem = '${Math.max(Math.floor(this.settings.memory / 2 ** 12), 64)}kB'`);
    await this.run("SET LOCAL client_min_messages = 'error'");
    // Without its schema a name would be looked for among the tables of the run first.
    const [path] = await this.rows(
      `SELECT (SELECT nspname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE pg_class.oid = to_regclass(${literal(inSchema(this.table))})) AS own, current_schema() AS usual`,
    );
    if (path!["own"] === null) throw failed(this.label, `没有表“${this.table}”`, `there is no table ${this.table}`);
    this.from = inside(String(path!["own"]), tableName(this.table).table);
    this.schema = String(path!["usual"] ?? "public");
    const columns = await this.rows(
      `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = to_regclass(${literal(this.from)}) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    );
    this.columns = columns.map(({ name, type }) => ({ name: String(name), type: String(type) }));
    for (const name of [this.into.table, this.into.rejects]) {
      const there = await this.kindOf(name);
      if (there !== undefined && there !== "r")
        throw failed(this.label, `“${name}”不是普通的表，不能替换`, `${name} is no plain table and cannot be replaced`);
      if (there !== undefined && !this.into.replace)
        throw failed(
          this.label,
          `已有表“${name}”；请换一个名字，或用 --replace 替换`,
          `there is a table ${name}: take another name, or --replace`,
        );
    }
  }

  /** r for a table, v for a view, and so on; undefined where there is nothing of that name. */
  private async kindOf(name: string): Promise<string | undefined> {
    const [found] = await this.rows(
      `SELECT relkind AS kind FROM pg_class WHERE oid = to_regclass(${literal(inSchema(name, this.schema))})`,
    );
    return found && String(found["kind"]);
  }

  path(table: string): string[] {
    return ["pg_temp", table];
  }

  named(table: string): string {
    return this.path(table).map(quoted).join(".");
  }

  run(sql: string): Promise<void> {
    return this.ask(async () => void (await this.client.query(sql)));
  }

  rows(sql: string): Promise<Record<string, Found>[]> {
    return this.ask(async () => (await this.client.query<Record<string, Found>>(sql)).rows);
  }

  async *chunks(sql: string): AsyncGenerator<readonly (readonly Found[])[]> {
    const cursor = `rows_${this.fetching++}`;
    await this.run(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`);
    for (;;) {
      const { rows } = await this.ask(() =>
        this.client.query<Found[]>({ text: `FETCH ${FETCHED} FROM ${cursor}`, rowMode: "array" }),
      );
      if (!rows.length) break;
      yield rows;
    }
    await this.run(`CLOSE ${cursor}`);
  }

  async create(table: string, query: string): Promise<void> {
    await this.run(`CREATE TEMP TABLE ${quoted(table)} ON COMMIT DROP AS ${query}`);
    // Without figures about its rows a table is taken for a small one.
    await this.run(`ANALYZE ${this.named(table)}`);
  }

  view(table: string, query: string): Promise<void> {
    return this.run(`CREATE TEMP VIEW ${quoted(table)} AS ${query}`);
  }

  async fill(
    table: string,
    columns: Readonly<Record<string, Type>>,
    rows: AsyncIterable<Cells> | Iterable<Cells>,
  ): Promise<void> {
    const types = Object.values(columns);
    await this.run(`CREATE TEMP TABLE ${quoted(table)} (${declared(WORDS, columns)}) ON COMMIT DROP`);
    const arrays = types.map((type, c) => `CAST($${c + 1} AS ${WORDS.types[type]}[])`).join(", ");
    const insert = `INSERT INTO ${this.named(table)} SELECT * FROM unnest(${arrays})`;
    let values: Cells[] = [];
    const send = async (): Promise<void> => {
      if (!values.length) return;
      const byColumn = types.map((_, c) => values.map((row) => row[c] ?? null));
      await this.ask(() => this.client.query(insert, byColumn));
      values = [];
    };
    for await (const row of rows) {
      values.push(row);
      if (values.length >= SENT) await send();
    }
    await send();
    await this.run(`ANALYZE ${this.named(table)}`);
  }

  /** One server holds every row. */
  checkWhole(): Promise<void> {
    return Promise.resolve();
  }

  async publish(queries: (store: Store) => Results): Promise<void> {
    const { paid, rejected } = queries(this);
    for (const [name, query] of [
      [this.into.table, paid],
      [this.into.rejects, rejected],
    ] as const) {
      const { schema, table } = tableName(name);
      const staging = `${table.slice(0, 40)}__butie_${String(this.process)}`;
      const beside = inside(schema ?? this.schema, staging);
      await this.run(`CREATE TABLE ${beside} AS ${query}`);
      await this.run(`DROP TABLE IF EXISTS ${inside(schema ?? this.schema, table)}`);
      await this.run(`ALTER TABLE ${beside} RENAME TO ${quoted(table)}`);
    }
    await this.run("COMMIT");
  }

  progress(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  interrupt(reason: Error): void {
    this.stopped ??= reason;
    if (this.process === undefined) return void this.client.end().catch(() => undefined);
    // The server works on for a client that has gone: it is asked to stop by another connection.
    const other = this.connection();
    other.on("error", () => undefined);
    void other
      .connect()
      .then(() => other.query("SELECT pg_terminate_backend($1)", [this.process]))
      .catch(() => undefined)
      .finally(() => void other.end().catch(() => undefined));
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }

  private async ask<T>(work: () => Promise<T>): Promise<T> {
    if (this.stopped) throw this.stopped;
    try {
      return await work();
    } catch (error) {
      throw this.stopped ?? failure(this.label, error);
    }
  }
}

const inside = (schema: string, table: string): string => `${quoted(schema)}.${quoted(table)}`;

/** "schema.table" as it stands in a statement. @param schema where the name has none */
function inSchema(name: string, schema?: string): string {
  const own = tableName(name);
  const where = own.schema ?? schema;
  return where === undefined ? quoted(own.table) : inside(where, own.table);
}

/** @throws Refusal where several addresses are given */
export function onlyUrl(urls: readonly string[]): string {
  const [url, ...others] = urls;
  if (url === undefined || others.length) throw refuse("PostgreSQL 只能给一个 --url", "give one --url for PostgreSQL");
  return url;
}
