/** The queries that the command line prints, pasted into each server's own program: names that mean harm are names there, too. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { clickhouseServers, duckdb, postgresql } from "../writers/sql/databases";
import { CLICKHOUSE, DUCKDB, POSTGRESQL, type Dialect } from "../../src/writers/sql";

const PROGRAM = path.resolve("dist/cli/butie.cjs");

function butie(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

interface Shell {
  readonly dialect: Dialect;
  readonly types: { whole: string; flag: string; text: string; day: string };
  /** Behind the columns of a table. */
  readonly engine: string;
  /** Runs a script. @returns the rows of what it asks last, cells by tabs */
  run(script: string): Promise<string[]> | string[];
  close(): void;
}

const lines = (text: string): string[] => text.trimEnd().split("\n");
const STANDARD = { types: { whole: "BIGINT", flag: "BOOLEAN", text: "VARCHAR", day: "DATE" }, engine: "" };

async function inProcess(): Promise<Shell> {
  const database = await duckdb();
  return {
    dialect: DUCKDB,
    ...STANDARD,
    run: async (script) => (await database.read(script)).map((row) => row.map((cell) => cell ?? "").join("\t")),
    close: () => database.close(),
  };
}

function psql(): Shell | undefined {
  const server = postgresql();
  return (
    server && {
      dialect: POSTGRESQL,
      ...STANDARD,
      run: (script) => lines(server.pasted(script)),
      close: () => server.close(),
    }
  );
}

function clickhouseClient(): Shell | undefined {
  const [server] = clickhouseServers(1) ?? [];
  return (
    server && {
      dialect: CLICKHOUSE,
      types: { whole: "Int64", flag: "UInt8", text: "Nullable(String)", day: "Date" },
      engine: " ENGINE = Memory",
      run: async (script) => {
        await server.ask("SELECT 1");
        return lines(server.pasted(script).replaceAll("\\N", ""));
      },
      close: () => server.close(),
    }
  );
}

const EVIL = `x'"; DROP TABLE victims; --\\`;

describe.each<[string, () => Shell | undefined | Promise<Shell>]>([
  ["duckdb", inProcess],
  ["postgresql", psql],
  ["clickhouse", clickhouseClient],
])("%s", (name, open) => {
  let shell: Shell | undefined;
  beforeAll(async () => {
    shell = await open();
    if (!shell) console.log(`SKIPPED: ${name} is not installed here.`);
  });
  afterAll(() => shell?.close());

  const create = async ({ dialect, types, engine, run }: Shell, table: string): Promise<void> => {
    const q = dialect.quoted;
    const columns = [
      `${q(`id${EVIL}`)} ${types.whole}`,
      `${q(`firm${EVIL}`)} ${types.text}`,
      `${q(`object${EVIL}`)} ${types.text}`,
      `amount ${types.whole}`,
      `domestic ${types.flag}`,
      `${q(`claim${EVIL}`)} ${types.whole}`,
      `${q(`day${EVIL}`)} ${types.day}`,
    ];
    await run(`CREATE TABLE victims (a ${types.whole})${engine};`);
    await run(`CREATE TABLE ${q(table)} (${columns.join(", ")})${engine};`);
    const yes = dialect.truth(true);
    const firm = dialect.literal(EVIL);
    const row = (id: number, object: string, amount: number, claim: number, day: string): string =>
      `(${id}, ${firm}, ${dialect.literal(object)}, ${amount}, ${yes}, ${claim}, '${day}')`;
    await run(
      `INSERT INTO ${q(table)} VALUES ${[
        row(1, `a${EVIL}`, 3_000_000_000, 100, "2026-03-02"),
        row(2, `b${EVIL}`, 1_000_000_000, 100, "2026-03-01"),
        row(3, `b${EVIL}`, 500, 100, "2026-03-01"),
      ].join(", ")};`,
    );
  };

  test("sql and share-sql run as they are printed; hostile names of tables, columns, firms and objects are names", async () => {
    if (!shell) return;
    await create(shell, EVIL);
    const names = ["-d", name, "-t", EVIL, "--row", `id${EVIL}`];
    const owners = ["--firm", `firm${EVIL}`, "--object", `object${EVIL}`];
    const awards = butie("sql", "bj-6-suanli", "-y", "2026", "-c", "amount,domestic", ...names, ...owners);
    // Sixty hundredths of each, twenty million yuan a firm, one object once.
    expect((await shell.run(awards)).map((line) => line.split("\t").slice(0, 3))).toEqual([
      ["1", "1800000000", "award"],
      ["2", "200000000", "award"],
      ["3", "0", "not-eligible"],
    ]);
    const pool = ["share-sql", "--amount", "1.50", "--claim", `claim${EVIL}`, ...names];
    expect(await shell.run(butie(...pool))).toEqual(["1\t100\t50", "2\t100\t50", "3\t100\t50"]);
    const turns = butie(...pool, "--method", "first_come", "--day", `day${EVIL}`);
    expect(await shell.run(turns)).toEqual(["1\t100\t0", "2\t100\t100", "3\t100\t50"]);
    expect(await shell.run("SELECT count(*) FROM victims;")).toEqual(["0"]);
  });

  test("an own policy whose titles, quotations, options and inputs mean harm, or are called as the steps are", async () => {
    if (!shell) return;
    const { dialect, types, engine, run } = shell;
    const columns = [
      ...[`id ${types.whole}`, `firm ${types.text}`, `outcome ${types.whole}`, `beyond ${types.flag}`],
      ...[`missing ${types.text}`, `source ${types.whole}`, `limit_1 ${types.whole}`],
    ];
    await run(`CREATE TABLE own_claims (${columns.join(", ")})${engine};`);
    const row = (id: number, fen: number, yes: boolean, choice: string, paid: number): string =>
      `(${id}, '甲', ${fen}, ${dialect.truth(yes)}, ${dialect.literal(choice)}, ${paid}, 1)`;
    const rows = [
      row(1, 1_000_000, true, "it's", 0),
      row(2, 1_000_000, false, "a\\b", 0),
      row(3, 1_000_000, false, 'x"; --', 0),
      row(4, 1_000_000, false, "$1", 0),
      row(5, 1_000_000, false, "it's", 0),
    ];
    await run(`INSERT INTO own_claims VALUES ${rows.join(", ")};`);
    const given = ["-c", "outcome,beyond,missing,source,limit_1", "-t", "own_claims", "--firm", "firm"];
    const query = butie(
      "sql",
      "evil-tool",
      "-y",
      "2026",
      "-d",
      name,
      ...given,
      "--policies",
      "test/rules/own/hostile.yaml",
    );
    expect((await run(query)).map((line) => line.split("\t").slice(0, 3))).toEqual([
      ["1", "250000", "award"],
      ["2", "200000", "award"],
      ["3", "300000", "award"],
      ["4", "150000", "award"],
      ["5", "150000", "award"],
    ]);
    expect(await run("SELECT count(*) FROM victims;")).toEqual(["0"]);
  });
});

test("an instrument that asks for nothing has a query, too", () => {
  expect(butie("sql", "zj-17-annotation-base", "-y", "2026")).toMatch(/FROM "claims"[\s\S]*ORDER BY row_no;\n$/);
});

test("a table that has neither all inputs nor owners; what is wrong with a name or an amount is refused", () => {
  const text = butie("sql", "bj-6-suanli", "-y", "2026", "-c", "amount");
  expect(text).not.toContain('"domestic"');
  const refused = (...args: string[]): string =>
    spawnSync(process.execPath, [PROGRAM, ...args], { encoding: "utf8" }).stderr;
  expect(refused("sql", "bj-6-suanli", "-y", "2026", "-t", "a.")).toMatch(/表名不完整/);
  expect(refused("share-sql", "--amount", "1", "-t", "")).toMatch(/表名不完整/);
  expect(refused("share-sql", "--amount=-1")).toMatch(/不能为负/);
  expect(refused("share-sql", "--amount", " ")).toMatch(/缺少资金池金额/);
  expect(butie("share-sql", "--amount", "5000万元")).toContain("资金池 5000000000 分");
  expect(refused("share-sql", "--amount", "1", "--method", "x")).toMatch(/proportional/);
});
