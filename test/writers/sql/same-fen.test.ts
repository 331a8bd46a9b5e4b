/**
 * Same fen everywhere: a hundred thousand random rows over all instruments with an amount and all their readings, and every worked case,
 * through award(), the columns, DuckDB, PostgreSQL and ClickHouse: amount, outcome and the limit that decides.
 */
import fc from "fast-check";
import {
  awards,
  bindingOf,
  CATALOGUE,
  columnsAwards,
  entryOf,
  NO_LIMIT,
  OUTCOMES,
  outcomeOf,
  planOf,
  readingsOf,
  type PlannedRow,
} from "../../../src/rules";
import { CLICKHOUSE } from "../../../src/writers/sql";
import { blocksOfRows, isPlanned, readTable } from "../../../src/tables";
import { rowsOf } from "../../tools/random-rows";
import { workedCases, type WorkedCase } from "../../tools/worked-cases";
import { answersOf, clickhouse, duckdb, fits, postgresql, type Database, type SqlAnswer } from "./databases";

const ROWS = 100_000;
const INSTRUMENTS = CATALOGUE.filter(({ instrument }) => instrument.parts).map(({ instrument }) => instrument.id);
const YEARS = [2025, 2026, 2027, 2028];

const byAward = (rows: readonly PlannedRow[]): SqlAnswer[] =>
  awards(rows).map(({ fen, outcome, binding }) => ({ fen, outcome: outcome.kind, binding: binding?.limit.index }));

function byColumns(rows: readonly PlannedRow[]): SqlAnswer[] {
  const { fen, decisions } = columnsAwards(blocksOfRows(rows), rows.length);
  return rows.map((_, i) => {
    const binding = bindingOf(decisions[i]!);
    return {
      fen: fen[i]!,
      outcome: OUTCOMES[outcomeOf(decisions[i]!)]!,
      binding: binding === NO_LIMIT ? undefined : binding,
    };
  });
}

/** Tables one below another, whose rows have no owner in common. */
const joined = (tables: readonly (readonly PlannedRow[])[]): PlannedRow[] =>
  tables.flatMap((rows, t) =>
    rows.map(({ firm, object, ...row }) => ({
      ...row,
      ...(firm && { firm: `${t} ${firm}` }),
      ...(object && { object: `${t} ${object}` }),
    })),
  );

/** Sets of readings, in which every option occurs. */
function readingSets(id: string): Record<string, string>[] {
  const options = Object.entries(readingsOf(entryOf(id).instrument)).map(
    ([name, { options }]) => [name, Object.keys(options)] as const,
  );
  const most = Math.max(1, ...options.map(([, list]) => list.length));
  return Array.from({ length: most }, (_, k) =>
    Object.fromEntries(options.map(([name, list]) => [name, list[k % list.length]!])),
  );
}

function randomRows(id: string, readings: Record<string, string>, least: number): PlannedRow[] {
  const plans = YEARS.map((year) => planOf(entryOf(id), { year }, { readings }));
  const { seed = 0 } = fc.readConfigureGlobal();
  const tables: PlannedRow[][] = [];
  for (let rows = 0; rows < least; rows = tables.flat().length) {
    const drawn = fc.sample(rowsOf(plans[1]!), { numRuns: 4, seed: seed + tables.length });
    tables.push(
      ...drawn.map((table) => table.map((row, i) => ({ ...row, plan: plans[i % plans.length]! })).filter(fits)),
    );
  }
  return joined(tables);
}

const servers: readonly (readonly [string, Database | undefined])[] = [
  ["PostgreSQL", postgresql()],
  ["ClickHouse", clickhouse()],
];
for (const [name, server] of servers) if (!server) console.log(`SKIPPED: ${name} is not installed here.`);
const databases: Database[] = servers.flatMap(([, server]) => server ?? []);
beforeAll(async () => {
  databases.unshift(await duckdb());
});
afterAll(() => databases.forEach((database) => database.close()));

const counted = { rows: 0, answers: 0 };

/** @param rows of one instrument and one set of readings */
async function compare(rows: readonly PlannedRow[], asked: readonly Database[] = databases): Promise<void> {
  const wanted = byAward(rows);
  expect(byColumns(rows)).toEqual(wanted);
  await Promise.all(asked.map((database) => compareIn(database, rows, wanted)));
}

/** ClickHouse takes ten times as long over a query as the others: of random rows it is asked under every third set of readings. */
const askedUnder = (set: number): readonly Database[] =>
  databases.filter(({ dialect }) => dialect !== CLICKHOUSE || set % 3 === 0);

/** What the rows of one query have in common beside their instrument. */
const groupOf = ({ plan }: Pick<PlannedRow, "plan">): string => JSON.stringify([plan.readings, plan.claim.day]);

/** Tables of one group as one: a plan a year. */
function together(tables: readonly (readonly PlannedRow[])[]): PlannedRow[] {
  const plans = new Map(tables.flat().map(({ plan }) => [plan.claim.year, plan]));
  return joined(tables).map((row) => ({ ...row, plan: plans.get(row.plan.claim.year)! }));
}

async function compareIn(database: Database, rows: readonly PlannedRow[], wanted: readonly SqlAnswer[]): Promise<void> {
  const answers = await answersOf(database, rows);
  expect(answers).toHaveLength(rows.length);
  const wrong = answers.flatMap((answer, i) =>
    !answer || JSON.stringify(answer) === JSON.stringify(wanted[i])
      ? []
      : [{ answer, wanted: wanted[i], row: rows[i]!.row }],
  );
  const { name } = database.dialect;
  expect({ database: name, wrong: wrong.slice(0, 3) }).toEqual({ database: name, wrong: [] });
  counted.rows += rows.length;
  counted.answers += answers.filter(Boolean).length;
}

/** The rows of a case; none where it is about words or errors, or about rows of several instruments. */
function rowsOfCase({ instrument, year, rows, total }: WorkedCase): PlannedRow[] {
  if (instrument === null || total === undefined) return [];
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const values = rows.map((row) => headers.map((name) => (row[name] ?? "") as string | number | boolean));
  return readTable([instrument], headers, values, [year], { year: 2026 }).filter(isPlanned).filter(fits);
}

const CASES = workedCases().filter((worked) => rowsOfCase(worked).length > 0);

test("most worked cases give amounts of one instrument", () => {
  expect(CASES.length).toBeGreaterThan(workedCases().length / 2);
});

/** Those of an instrument by what one query has in common; one that has several plans is left out. */
function workedTables(id: string): Map<string, PlannedRow[][]> {
  const groups = new Map<string, PlannedRow[][]>();
  for (const rows of CASES.filter(({ instrument }) => instrument === id).map(rowsOfCase)) {
    const [group, ...others] = new Set(rows.map(groupOf));
    if (others.length === 0) groups.set(group!, [...(groups.get(group!) ?? []), rows]);
  }
  return groups;
}

/** The groups of the random rows of an instrument. */
const drawnGroups = (id: string): string[] =>
  INSTRUMENTS.filter((one) => one === id).flatMap((one) =>
    readingSets(one).map((readings) => groupOf({ plan: planOf(entryOf(one), { year: YEARS[0]! }, { readings }) })),
  );

describe("random rows", () => {
  let rows = 0;
  test.each(INSTRUMENTS)("%s", async (id) => {
    const sets = readingSets(id);
    const tables = sets.map((readings) => randomRows(id, readings, ROWS / INSTRUMENTS.length / sets.length));
    rows += tables.flat().length;
    // Worked cases under the same readings stand below them: one query less.
    const worked = workedTables(id);
    await Promise.all(
      tables.map((table, set) => {
        const cases = worked.get(groupOf(table[0]!)) ?? [];
        return compare(together([table, ...cases]), cases.length ? databases : askedUnder(set));
      }),
    );
  });

  test(`are ${ROWS} and more, most of which one query computes`, () => {
    expect(rows).toBeGreaterThanOrEqual(ROWS);
    expect(counted.answers / counted.rows).toBeGreaterThan(0.5);
  });
});

test.each([...new Set(CASES.map(({ instrument }) => instrument!))])("every worked case of %s", async (id) => {
  for (const worked of CASES.filter(({ instrument }) => instrument === id)) {
    const rows = rowsOfCase(worked);
    const fen = byAward(rows).reduce((sum, one) => sum + one.fen, 0);
    expect([worked.case, fen]).toEqual([worked.case, Math.round(Number(worked.total) * 100)]);
    // One query has one plan a year: claims on days of one year are apart, and where one case has several the columns alone are asked.
    if (new Set(rows.map(groupOf)).size > 1) expect(byColumns(rows)).toEqual(byAward(rows));
  }
  for (const [group, tables] of workedTables(id)) if (!drawnGroups(id).includes(group)) await compare(together(tables));
});
