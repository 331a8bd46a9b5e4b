/** run --engine: claims in a table of a server. */
import { totalmem } from "node:os";
import { Option, type Command } from "commander";
import { refuse } from "../rules";
import { bytesOf } from "./run/address";
import { Cluster } from "./run/cluster";
import { onlyUrl, Postgres } from "./run/postgres";
import { progressLine, runTable, type TableJob } from "./run/table";
import type { Done } from "./run/run";
import type { Target } from "./run/target";
import { repeated, report, stoppable } from "./shell";
import { both } from "./words";

export const ENGINES = ["clickhouse", "postgres"] as const;

export interface EngineOptions {
  engine?: (typeof ENGINES)[number];
  url?: string[];
  table?: string;
  into?: string;
  rejects?: string;
  row: string;
  replace?: boolean;
  column?: string[];
  memory?: string;
  threads?: string;
}

/** The options that say where the table is. */
export const withEngineOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        "--engine <engine>",
        both("在数据库中计算，不经文件", "compute in a database, without a file"),
      ).choices(ENGINES),
    )
    .addOption(
      new Option(
        "--url <url>",
        both(
          "服务器地址，ClickHouse 每个分片一个，可多次；密码可放环境变量 BUTIE_PASSWORD",
          "address of the server, one for each shard of ClickHouse; the password may stand in BUTIE_PASSWORD",
        ),
      ).argParser(repeated),
    )
    .option("--table <name>", both("申报表，可带库名或模式名 a.b", "table of the claims, with database or schema a.b"))
    .option(
      "--into <name>",
      both(
        "结果表；退回行写入 <结果表>_rejects，或 --rejects",
        "table of the awards; rejected rows go to <table>_rejects",
      ),
    )
    .option(
      "--row <column>",
      both("行号列，不重复的整数", "column of the row number, whole and different in each row"),
      "id",
    )
    .addOption(
      new Option(
        "--column <meaning=column>",
        both("某列的含义，如 amount=jine 或 金额（万元）=jine，可多次", "what a column holds, repeatable"),
      ).argParser(repeated),
    )
    .option("--replace", both("结果表已有时替换", "replace the table of awards where it stands"));

/** @throws Refusal, Stopped */
export async function runEngine(
  options: EngineOptions,
  asked: Pick<TableJob, "entry" | "place" | "claim" | "readings">,
): Promise<Done> {
  const { engine, url = [], table, into } = options;
  if (!url.length || table === undefined || into === undefined)
    throw refuse("用 --engine 时须有 --url、--table 和 --into", "--engine asks for --url, --table and --into");
  const places = { table: into, rejects: options.rejects ?? `${into}_rejects`, replace: Boolean(options.replace) };
  const memory = options.memory === undefined ? Math.floor(totalmem() / 4) : bytesOf(options.memory);
  const threads = options.threads === undefined ? undefined : Number(options.threads);
  const target: Target =
    engine === "clickhouse"
      ? new Cluster(url, table, places, { memory, threads })
      : new Postgres(onlyUrl(url), table, places, { memory });
  const shown = progress(target);
  const work = async (): Promise<Done> => {
    try {
      return await runTable(
        { ...asked, row: options.row, meanings: meaningsFrom(options.column ?? []), report: shown.stage },
        target,
      );
    } finally {
      shown.end();
      await target.close();
    }
  };
  return stoppable(work, () => target.interrupt(new Error("stopped")), STOPPED);
}

const STOPPED = both("已中断，没有留下结果表", "stopped; no table of results was left behind");

/** "meaning=column", by column. @throws Refusal */
function meaningsFrom(list: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    list.map((text) => {
      const at = text.indexOf("=");
      if (at < 1 || at === text.length - 1)
        throw refuse(`--column “${text}”应写作 含义=列名`, `--column ${text} must be meaning=column`);
      return [text.slice(at + 1), text.slice(0, at)];
    }),
  );
}

const SHOWN_MS = 5000;

/** Stages as they begin, and within long ones what has been read. */
function progress(target: Target) {
  let begun = Date.now();
  let rows = 0;
  const timer = setInterval(() => {
    void target.progress().then((read) => {
      if (read) report(progressLine(read, rows, (Date.now() - begun) / 1000));
    });
  }, SHOWN_MS);
  return {
    stage: (line: string): void => {
      begun = Date.now();
      rows = Number(/(\d+) 行/.exec(line)?.[1] ?? rows);
      report(line);
    },
    end: (): void => clearInterval(timer),
  };
}
