/**
 * The awards of the table `typed`, in the table `awards` (row_no, award_fen, outcome, limit_no, missing): one SQL query; the accounts
 * for which that has no closed form are computed by the columns and put in their place.
 */
import {
  bindingOf,
  columnsAwards,
  NO_LIMIT,
  OUTCOMES,
  outcomeOf,
  planOf,
  refuse,
  type Entry,
  type Plan,
  type PlannedRow,
  type Row,
  type Value,
} from "../../rules";
import { blocksOfRows } from "../../tables";
import { DUCKDB, quoted, rangeOf, sqlOf } from "../../writers/sql";
import type { Typed } from "./typed";
import type { Warehouse } from "./warehouse";

/** Rows that are computed at a time, each account in one piece. */
const BATCH = 2 ** 18;
/** Where rows are linked by objects and firms, all that hang together are computed at once. */
const MOST_LINKED = 2 ** 22;

/** @returns rows that the columns computed */
export async function computeAwards(
  warehouse: Warehouse,
  entry: Entry,
  readings: Readonly<Record<string, string>>,
  typed: Typed,
): Promise<number> {
  const good = "reason IS NULL";
  const years = await warehouse.rows(`SELECT DISTINCT claim_year FROM typed WHERE ${good} AND in_force ORDER BY 1`);
  const plans = years.map(({ claim_year }) => planOf(entry, { year: Number(claim_year) }, { readings }));
  await warehouse.run(`CREATE VIEW readable AS SELECT * FROM typed WHERE ${good} AND in_force`);
  const query = plans.length
    ? sqlOf(
        plans,
        {
          name: ["readable"],
          row: "row_no",
          year: "claim_year",
          ...(typed.firm && { firm: "firm" }),
          ...(typed.object && { object: "object" }),
          inputs: Object.fromEntries(typed.inputs.map((name) => [name, name])),
        },
        DUCKDB,
      )
    : "SELECT row_no, 0 AS award_fen, '' AS outcome, 0 AS limit_no, '' AS missing, FALSE AS by_columns FROM readable";
  await warehouse.run(`CREATE TABLE computed AS ${query}`);
  await warehouse.run("CREATE TABLE mended (row_no BIGINT, award_fen BIGINT, outcome VARCHAR, limit_no BIGINT)");
  const mended =
    (await warehouse.count("SELECT count(*) FROM computed WHERE by_columns")) > 0
      ? await mend(warehouse, plans, typed)
      : 0;
  await warehouse.run(`CREATE VIEW awards AS
SELECT row_no, mended.award_fen, mended.outcome, mended.limit_no, missing FROM mended JOIN computed USING (row_no)
UNION ALL SELECT row_no, award_fen, outcome, limit_no, missing FROM computed ANTI JOIN mended USING (row_no)
UNION ALL SELECT row_no, 0, 'not-in-force', NULL, NULL FROM typed WHERE ${good} AND NOT in_force`);
  return mended;
}

/** Computes again, by the columns, every row that shares a firm or an object with a row the query left. */
async function mend(warehouse: Warehouse, plans: readonly Plan[], typed: Typed): Promise<number> {
  await warehouse.run("CREATE TABLE linked AS SELECT row_no FROM computed WHERE by_columns");
  const links = [...(typed.firm ? ["firm"] : []), ...(typed.object ? ["object"] : [])];
  for (let before = -1, now = 0; before !== now;) {
    before = now;
    for (const link of links) {
      await warehouse.run(`INSERT INTO linked SELECT row_no FROM readable WHERE ${link} IN
  (SELECT ${link} FROM readable SEMI JOIN linked USING (row_no)) AND row_no NOT IN (SELECT row_no FROM linked)`);
    }
    now = await warehouse.count("SELECT count(*) FROM linked");
  }
  const rows = await warehouse.count("SELECT count(*) FROM linked");
  if (typed.object && rows > MOST_LINKED)
    throw refuse(
      `有 ${rows} 行因企业和对象相互关联、额度又各不相同，超出一次可算的 ${MOST_LINKED} 行；请按企业分成几个文件`,
      `${rows} rows hang together by firms and objects, more than ${MOST_LINKED}; split the file by firms`,
    );
  const names = [
    "row_no",
    "claim_year",
    typed.firm ? "firm" : "NULL",
    typed.object ? "object" : "NULL",
    ...typed.inputs.map(quoted),
  ];
  const query = `SELECT ${names.join(", ")} FROM readable SEMI JOIN linked USING (row_no) ORDER BY ${typed.firm && !typed.object ? "firm, " : ""}row_no`;
  const byYear = new Map(plans.map((plan) => [plan.claim.year, plan]));
  async function* mended() {
    let batch: { no: bigint; planned: PlannedRow }[] = [];
    for await (const chunk of warehouse.chunks(query)) {
      for (const [no, year, firm, object, ...cells] of chunk) {
        const plan = byYear.get(Number(year))!;
        const planned: PlannedRow = {
          plan,
          row: rowOf(plan, typed.inputs, cells),
          ...(firm !== null && { firm: String(firm) }),
          ...(object !== null && { object: String(object) }),
        };
        const whole = !typed.object && planned.firm !== batch.at(-1)?.planned.firm;
        if (batch.length >= BATCH && whole) {
          yield* computed(batch);
          batch = [];
        }
        batch.push({ no: no as bigint, planned });
      }
    }
    yield* computed(batch);
  }
  await warehouse.fill(
    "mended_rows",
    { row_no: "BIGINT", award_fen: "BIGINT", outcome: "VARCHAR", limit_no: "BIGINT" },
    mended(),
  );
  await warehouse.run("INSERT INTO mended SELECT * FROM mended_rows");
  return rows;
}

function* computed(batch: readonly { no: bigint; planned: PlannedRow }[]): Generator<(string | number | undefined)[]> {
  if (!batch.length) return;
  const blocks = blocksOfRows(batch.map(({ planned }) => planned));
  const { fen, decisions } = columnsAwards(blocks, batch.length);
  for (const [i, { no }] of batch.entries()) {
    const binding = bindingOf(decisions[i]!);
    yield [String(no), fen[i]!, OUTCOMES[outcomeOf(decisions[i]!)], binding === NO_LIMIT ? undefined : binding + 1];
  }
}

function rowOf(plan: Plan, inputs: readonly string[], cells: readonly unknown[]): Row {
  const row: Record<string, Value> = {};
  inputs.forEach((name, k) => {
    const cell = cells[k];
    if (cell === null || cell === undefined) return;
    const range = plan.inputs[name] && rangeOf(plan.inputs[name]);
    row[name] = typeof cell === "bigint" ? Number(cell) / Number(range?.scale ?? 1n) : (cell as Value);
  });
  return row;
}
