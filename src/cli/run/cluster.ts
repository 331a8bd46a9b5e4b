/**
 * A table of claims on ClickHouse: on one server, or Distributed over several, each of which computes its own rows. What comes of it
 * stands in tables of the run on every server until all have ended well. Then the result is put in the place of an earlier one:
 * by a renaming on one server, else as a Distributed table that points to the rows of this run on all servers, so that nobody ever
 * finds the rows of two runs in it, or a part of one.
 */
import { refuse, type Refusal, type Text } from "../../rules";
import { CLICKHOUSE } from "../../writers/sql";
import { addressOf, tableName } from "./address";
import { Shard, type Settings } from "./clickhouse";
import { columnsOf, distributionOf, type Distributed } from "./distributed";
import { failed } from "./store";
import type { ColumnType, Into, Results, Target } from "./target";

const { literal, quoted } = CLICKHOUSE;
const nameOf = (...parts: readonly string[]): string => parts.map(quoted).join(".");

const BEAT_MS = 2000;
const SILENCE_MS = 8000;
const SCHEMES = ["http", "https"];
const OWNERS: Readonly<Record<string, Text>> = {
  firm: { zh: "企业", en: "firm" },
  object: { zh: "对象", en: "object" },
};
const KINDS = ["paid", "rejected"] as const;

export class Cluster implements Target {
  readonly stores: readonly Shard[];
  from = "";
  columns: readonly ColumnType[] = [];
  private readonly source: readonly [database: string, table: string];
  /** Names of the results, by what they hold. */
  private readonly results: Results;
  private readonly replace: boolean;
  private distributed: Distributed | undefined;
  /** Marks the rows of this run. */
  private readonly generation = Date.now().toString(36);
  private state: "working" | "placing" | "done" = "working";
  private timer: NodeJS.Timeout | undefined;

  /** @param urls one per shard. @throws Refusal for what is no address or name */
  constructor(urls: readonly string[], table: string, into: Into, settings: Settings) {
    const addresses = urls.map((url) => addressOf(url, SCHEMES));
    const [source, result, rejects] = [table, into.table, into.rejects].map(tableName);
    const usual = addresses[0]?.database ?? "default";
    const database = result!.schema ?? usual;
    if ((rejects!.schema ?? database) !== database)
      throw refuse("--rejects 与 --into 须在同一个数据库", "--rejects and --into must be in one database");
    this.source = [source!.schema ?? usual, source!.table];
    this.results = { paid: result!.table, rejected: rejects!.table };
    this.replace = into.replace;
    this.stores = addresses.map((address) => new Shard({ ...address, database }, settings, `${result!.table}__butie_`));
  }

  async open(): Promise<void> {
    this.timer = setInterval(() => this.listen(), BEAT_MS);
    const found = await Promise.all(this.stores.map((shard) => distributionOf(shard, ...this.source)));
    const [first] = found;
    const table = this.source.join(".");
    const other = found.findIndex((one) => JSON.stringify(one) !== JSON.stringify(first));
    if (other >= 0)
      throw failed(
        this.stores[other]!.label,
        `表“${table}”与其他服务器上的不同`,
        `table ${table} is another one than on the other servers`,
      );
    if (!first && this.stores.length > 1)
      throw refuse(
        `“${table}”不是 Distributed 表；给出几个 --url 时，--table 须是分布在这些服务器上的 Distributed 表`,
        `${table} is no Distributed table; with several --url, name the one that is distributed over them`,
      );
    this.distributed = first;
    const local = first ? ([first.database, first.table] as const) : this.source;
    if (first) await Promise.all(this.stores.map((shard) => distributionOf(shard, ...local)));
    this.from = nameOf(...local);
    this.columns = await columnsOf(this.stores[0]!, ...local);
    await this.clear();
    if (first) await this.checkShards(first);
  }

  /** Removes what earlier runs that were cut off have left. @throws Refusal where a result stands already */
  private async clear(): Promise<void> {
    const names = KINDS.map((kind) => this.results[kind]);
    const tables = await Promise.all(this.stores.map(async (shard) => (await shard.tables(names))!));
    for (const [s, own] of tables.entries()) {
      for (const name of this.replace ? [] : names) {
        const engine = own.get(name);
        // A result that points to rows of a run and stands on some servers only was cut off on its way.
        const whole = tables.every((each) => each.has(name)) || !engine?.includes(this.stores[s]!.prefix);
        if (engine !== undefined && whole)
          throw failed(
            this.stores[s]!.label,
            `已有表“${name}”；请换一个名字，或用 --replace 替换`,
            `there is a table ${name}: take another name, or --replace`,
          );
      }
    }
    const pointers = tables.flatMap((own) => names.flatMap((name) => own.get(name) ?? []));
    const left = (name: string): boolean => !names.includes(name) && !pointers.some((engine) => engine.includes(name));
    await Promise.all(
      this.stores.map(async (shard, s) => {
        for (const name of [...tables[s]!.keys()].filter(left))
          await shard.run(`DROP TABLE IF EXISTS ${nameOf(shard.database, name)}`);
      }),
    );
  }

  /** Every shard of the cluster is there, once, and has no second copy. */
  private async checkShards({ cluster }: Distributed): Promise<void> {
    const { stores } = this;
    const [first] = stores as readonly [Shard];
    const found = await first.rows(
      `SELECT replica_num, host_name, port FROM system.clusters WHERE cluster = ${literal(cluster)}`,
    );
    if (found.some(({ replica_num }) => Number(replica_num) > 1))
      throw refuse(
        `集群“${cluster}”的分片有副本：结果只写在一台上，另一台读不到；请用每个分片只有一台服务器的集群`,
        `the shards of cluster ${cluster} have replicas, of which one alone would hold the result: use a cluster with one server a shard`,
      );
    if (found.length !== stores.length) {
      const hosts = found.map(({ host_name, port }) => `${String(host_name)}:${String(port)}`);
      throw refuse(
        `集群“${cluster}”有 ${found.length} 个分片（${hosts.join("、")}），--url 有 ${stores.length} 个：请每个分片给一个`,
        `cluster ${cluster} has ${found.length} shards (${hosts.join(", ")}), and there are ${stores.length} --url: give one for each`,
      );
    }
    const twice = (): Refusal =>
      refuse(
        "--url 中有同一台服务器，或不属于这个集群的服务器：请每个分片给一个",
        "one server is given twice, or is not of the cluster: give one --url for each shard",
      );
    for (const [s, shard] of stores.entries()) {
      if ((await shard.tables([]))?.has(`${shard.prefix}shard`)) throw twice();
      await shard.create("shard", `SELECT toInt64(${s}) AS shard`);
    }
    await this.distribute(first, "shard", "shards");
    const seen = await first.rows(`SELECT DISTINCT shard FROM ${first.named("shards")}`);
    if (seen.length !== stores.length) throw twice();
  }

  /** A table over those of one name on all shards. */
  private distribute(shard: Shard, table: string, over: string): Promise<void> {
    const parts = [this.distributed!.cluster, ...shard.path(table)].map(literal);
    return shard.run(
      `CREATE TABLE ${shard.named(over)} AS ${shard.named(table)} ENGINE = Distributed(${parts.join(", ")})`,
    );
  }

  async checkWhole(table: string, owners: readonly string[]): Promise<void> {
    if (!this.distributed || !owners.length) return;
    const [first] = this.stores as readonly [Shard];
    const [placed, everywhere] = [`placed_${table}`, `everywhere_${table}`];
    for (const [s, shard] of this.stores.entries())
      await shard.view(
        placed,
        `SELECT ${owners.map(quoted).join(", ")}, toInt64(${s}) AS shard FROM ${shard.named(table)}`,
      );
    await this.distribute(first, placed, everywhere);
    for (const owner of owners) {
      const split = await first.rows(
        `SELECT ${quoted(owner)} AS owner FROM ${first.named(everywhere)} WHERE isNotNull(${quoted(owner)}) GROUP BY ${quoted(owner)} HAVING min(shard) < max(shard) LIMIT 3`,
      );
      if (!split.length) continue;
      const { zh, en } = OWNERS[owner] ?? { zh: owner, en: owner };
      const examples = split.map((row) => String(row["owner"]));
      throw refuse(
        `同一${zh}的行分在几个分片上，如“${examples.join("”“")}”：共用的限额和不重复要在一个分片内算。请把表按${zh}分片后再算`,
        `rows of one ${en} lie on several shards, such as ${examples.join(", ")}: shared limits and overlaps are computed within a shard, so shard the table by ${en}`,
      );
    }
  }

  async publish(queries: (store: Shard) => Results, row: string): Promise<void> {
    const rows = (kind: string): string => `${kind}_${this.generation}`;
    await Promise.all(
      this.stores.map(async (shard) => {
        const written = queries(shard);
        for (const kind of KINDS) {
          await shard.run(
            `CREATE TABLE ${shard.named(rows(kind))} ENGINE = MergeTree ORDER BY ${quoted(row)} AS ${written[kind]}`,
          );
          if (this.distributed) await this.distribute(shard, rows(kind), `next_${kind}`);
        }
      }),
    );
    this.state = "placing";
    for (const shard of this.stores) {
      const there = (await shard.tables(Object.values(this.results)))!;
      const moves = KINDS.flatMap((kind) => {
        const table = nameOf(shard.database, this.results[kind]);
        const own = shard.named(this.distributed ? `next_${kind}` : rows(kind));
        const before = there.has(this.results[kind]) ? [`${table} TO ${shard.named(`before_${kind}`)}`] : [];
        return [...before, `${own} TO ${table}`];
      });
      await shard.run(`RENAME TABLE ${moves.join(", ")}`);
    }
    this.state = "done";
  }

  async progress(): Promise<number> {
    const read = await Promise.all(this.stores.map((shard) => shard.progress().catch(() => 0)));
    return read.reduce((sum, one) => sum + one, 0);
  }

  /** A server that has gone without closing its connections is noticed, too. */
  private listen(): void {
    for (const shard of this.stores)
      void shard.answers(SILENCE_MS).then((there) => {
        if (!there && this.timer)
          this.interrupt(failed(shard.label, "没有响应，服务可能已停止", "no answer: the server may have stopped"));
      });
  }

  interrupt(reason: Error): void {
    clearInterval(this.timer);
    this.timer = undefined;
    for (const shard of this.stores) void shard.stop(reason);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    const { state, generation } = this;
    // The rows of an earlier result are dropped once no server points to them; where it is not known which do, the next run finds out.
    const mine = (name: string): boolean =>
      state === "working" ? name.endsWith(`_${generation}`) || !ROWS.test(name) : !name.endsWith(`_${generation}`);
    await Promise.all(
      this.stores.map(async (shard) => {
        if (state !== "done") await shard.stop(new Error("stopped"));
        const tables = state === "placing" ? undefined : await shard.tables([], true);
        const views = [...(tables?.keys() ?? [])].filter(mine);
        for (const name of views) await shard.quietly(`DROP TABLE IF EXISTS ${nameOf(shard.database, name)}`);
        await shard.close();
      }),
    );
  }
}

/** Names of the tables that hold the rows of a result. */
const ROWS = /__butie_(paid|rejected)_[0-9a-z]+$/;
