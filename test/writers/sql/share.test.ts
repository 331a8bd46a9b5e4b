/** The sharing of a pool as SQL: every fen as share() gives it. */
import fc from "fast-check";
import { share } from "../../../src/rules";
import { shareSql, SQL_METHODS, type SqlMethod } from "../../../src/writers/sql";
import { clickhouse, duckdb, postgresql, type Database } from "./databases";

const servers: readonly (readonly [string, Database | undefined])[] = [
  ["PostgreSQL", postgresql()],
  ["ClickHouse", clickhouse()],
];
const databases: Database[] = servers.flatMap(([, server]) => server ?? []);
for (const [name, server] of servers) if (!server) console.log(`SKIPPED: ${name} is not installed here.`);
beforeAll(async () => {
  databases.unshift(await duckdb());
});
afterAll(() => databases.forEach((database) => database.close()));

interface OnPool {
  readonly fen: number;
  readonly day: string;
}

async function shares(
  database: Database,
  claims: readonly OnPool[],
  pool: number,
  method: SqlMethod,
): Promise<number[]> {
  const { dialect, types, engine = "" } = database;
  const day = dialect.name === "clickhouse" ? "Date" : "DATE";
  await database.run("DROP TABLE IF EXISTS on_pool");
  await database.run(`CREATE TABLE on_pool (id INTEGER, asked ${types.whole}, am ${day}) ${engine}`);
  const values = claims.map(({ fen, day: on }, i) => `(${i}, ${fen}, '${on}')`).join(", ");
  await database.run(`INSERT INTO on_pool VALUES ${values}`);
  const query = shareSql({ name: ["on_pool"], row: "id", claim: "asked", day: "am" }, BigInt(pool), method, dialect);
  return (await database.read(query)).map(([, , fen]) => Number(fen));
}

/** Rows in the order of their days, as first come, first served asks for. */
function wanted(claims: readonly OnPool[], pool: number, method: SqlMethod): number[] {
  if (method === "proportional")
    return share(
      claims.map(({ fen }) => fen),
      pool,
    );
  const order = claims
    .map((_, i) => i)
    .sort((a, b) => (claims[a]!.day < claims[b]!.day ? -1 : claims[a]!.day > claims[b]!.day ? 1 : a - b));
  const paid = share(
    order.map((i) => claims[i]!.fen),
    pool,
    { method },
  );
  const result = new Array<number>(claims.length);
  order.forEach((i, place) => (result[i] = paid[place]!));
  return result;
}

const claimsOnPool = fc.array(
  fc.record({
    fen: fc.oneof(
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 0, max: 999_999_999_999 }),
      fc.constantFrom(0, 1, 333, 333),
    ),
    day: fc.constantFrom("2026-03-01", "2026-03-02", "2025-12-31"),
  }),
  { minLength: 1, maxLength: 30 },
);
const pools = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 9_999_999_999_999 }));

test.each(SQL_METHODS)("%s, in every database", (method) =>
  fc.assert(
    fc.asyncProperty(claimsOnPool, pools, async (claims, pool) => {
      for (const database of databases)
        expect([database.dialect.name, await shares(database, claims, pool, method)]).toEqual([
          database.dialect.name,
          wanted(claims, pool, method),
        ]);
    }),
    { numRuns: 15 },
  ),
);

test("three equal claims on a hundred fen: the odd fen goes to the first row; on days, to whom comes first", async () => {
  const claims = ["2026-03-02", "2026-03-01", "2026-03-01"].map((day) => ({ fen: 100, day }));
  for (const database of databases) {
    expect(await shares(database, claims, 100, "proportional")).toEqual([34, 33, 33]);
    expect(await shares(database, claims, 150, "first_come")).toEqual([0, 100, 50]);
    expect(await shares(database, claims, 500, "proportional")).toEqual([100, 100, 100]);
  }
});

test("a pool that is negative or beyond whole fen is refused", () => {
  for (const pool of [-1n, 2n ** 53n])
    expect(() => shareSql({ name: ["t"], row: "id", claim: "c" }, pool, "proportional", databases[0]!.dialect)).toThrow(
      "资金池",
    );
});
