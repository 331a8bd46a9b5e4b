/** Whole columns beside what a user would take instead, all in one run. `npm run bench -- columns` */
import Decimal from "decimal.js";
import { groupAnswers } from "../../src/functions/table";
import { CellReader } from "../../src/tables/read";
import { everyRow, fetchFrom } from "../../src/tables/sections";
import type { Answer } from "../../src/functions/matrix";
import { blockAwards, type RowAwards } from "../../src/rules/columns";
import { type Cell } from "../../src/tables";
import { AWARD, contractsIn, SHARED_AWARD, write, writtenTotal } from "./common/duckdb";
import { CAP_YUAN, columnsOfRows, RATES, rowsOf, rulePlan, SECOND_RATE, type Rows } from "./common/rule";
import { print, timed } from "./common/timing";

const CENTS = 100;
const [plan, sharedPlan] = [rulePlan(), rulePlan(true)];

/** The rule as one would write it with decimal.js: yuan in, yuan out. */
function decimalAward(amount: number, own: number, tier: number, eligible: number): number {
  if (!eligible) return 0;
  const first = new Decimal(amount).times(RATES[tier]!).toDecimalPlaces(2);
  const second = new Decimal(own).times(SECOND_RATE).toDecimalPlaces(2);
  return Decimal.min(first, second, CAP_YUAN).toNumber();
}

const YUAN_RATES = RATES.map(Number);
const SECOND = Number(SECOND_RATE);

/** The rule in plain doubles of yuan, rounded as one would: not exact. */
function floatAwards(
  { length, tier, eligible }: Rows,
  amount: Float64Array,
  own: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < length; i++) {
    const first = Math.round(amount[i]! * YUAN_RATES[tier[i]!]! * CENTS) / CENTS;
    const second = Math.round(own[i]! * SECOND * CENTS) / CENTS;
    out[i] = eligible[i] ? Math.min(first, second, CAP_YUAN) : 0;
  }
}

const sumOf = (list: Float64Array): number => list.reduce((sum, x) => sum + x, 0);
const yuan = (fen: Float64Array): Float64Array => fen.map((x) => x / CENTS);

function mustEqual(what: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${what}: ${found} fen instead of ${expected}`);
}

/** One rule over columns in memory. */
async function columns(length: number, decimalRows: number): Promise<void> {
  const rows = rowsOf(length);
  const ours = columnsOfRows(rows);
  const block = { plan, columns: ours };
  const used = blockAwards([block], length);
  const [{ fen }] = used as [RowAwards];
  const [amount, own, out] = [yuan(rows.amount), yuan(rows.own), new Float64Array(length)];
  floatAwards(rows, amount, own, out);
  const wrong = out.reduce((count, x, i) => count + Number(Math.round(x * CENTS) !== fen[i]), 0);
  const decimals = new Float64Array(decimalRows);
  const byDecimal = (): void => {
    for (let i = 0; i < decimalRows; i++) {
      decimals[i] = decimalAward(amount[i]!, own[i]!, rows.tier[i]!, rows.eligible[i]!);
    }
  };
  byDecimal();
  decimals.forEach((x, i) => mustEqual(`row ${i} by decimal.js`, Math.round(x * CENTS), fen[i]!));
  const duckdb = await contractsIn(rows);
  await write(duckdb, AWARD);
  mustEqual("DuckDB", await writtenTotal(duckdb), sumOf(fen));
  const everything = [rows.amount, rows.own, rows.tier, rows.eligible];
  const copies = [...everything.map((column) => column.slice()), out, rows.tier.slice(), rows.tier.slice()];
  const all = [...everything, fen, rows.tier, rows.tier];
  const lines = await timed([
    { name: "columns (exact)", rows: length, run: () => blockAwards([block], length, used) },
    { name: "decimal.js per row", rows: decimalRows, run: byDecimal, note: `${decimalRows.toLocaleString("en")} rows` },
    { name: "DuckDB, DECIMAL(18,2), 1 thread, writing", rows: length, run: () => write(duckdb, AWARD) },
    {
      name: "Float64 loop",
      rows: length,
      run: () => floatAwards(rows, amount, own, out),
      note: `not exact: ${((100 * wrong) / length).toFixed(2)} % of rows wrong`,
    },
    {
      name: "copy of the same columns",
      rows: length,
      run: () => copies.forEach((copy, k) => copy.set(all[k]!)),
      note: "the memory limit",
    },
  ]);
  duckdb.closeSync();
  print(`One rule, ${length.toLocaleString("en")} rows: share by tier, second share, cap, condition`, lines);
}

/** An allowance of every firm, in row order. */
async function shared(length: number): Promise<void> {
  const rows = rowsOf(length);
  const block = { plan: sharedPlan, columns: columnsOfRows(rows), firms: rows.firm };
  const used = blockAwards([block], length);
  const [{ fen }] = used as [RowAwards];
  const duckdb = await contractsIn(rows);
  await write(duckdb, SHARED_AWARD);
  mustEqual("DuckDB, shared", await writtenTotal(duckdb), sumOf(fen));
  const lines = await timed([
    { name: "columns (exact)", rows: length, run: () => blockAwards([block], length, used) },
    { name: "DuckDB window, DECIMAL(18,2), 1 thread", rows: length, run: () => write(duckdb, SHARED_AWARD) },
  ]);
  duckdb.closeSync();
  print(
    `The same with an allowance shared by the rows of each of 100,000 firms, ${length.toLocaleString("en")} rows`,
    lines,
  );
}

/** Rows as Excel hands them over and takes them back. */
async function excelRows(length: number): Promise<void> {
  const rows = rowsOf(length);
  const [amount, own] = [yuan(rows.amount), yuan(rows.own)];
  const values: Cell[][] = Array.from({ length }, (_, i) => [
    amount[i]!,
    own[i]!,
    RATES[rows.tier[i]!]!,
    rows.eligible[i] === 1,
  ]);
  const uses = ["amount", "own", "tier", "eligible"].map((name) => {
    return { kind: "input", name, reader: new CellReader(plan.inputs[name]!) } as const;
  });
  const group = { plan, rows: everyRow(length), uses, fetch: fetchFrom(values, [0, 1, 2, 3]) };
  const ours = (): Answer[][] => groupAnswers([group], length, () => undefined)!.column();
  const byDecimal = (): number[][] =>
    values.map(([a, b, rate, eligible]) => [
      decimalAward(a as number, b as number, RATES.indexOf(rate as (typeof RATES)[number]), Number(eligible)),
    ]);
  const [{ fen }] = blockAwards([{ plan, columns: columnsOfRows(rows) }], length) as [RowAwards];
  ours().forEach(([answer], i) => mustEqual(`row ${i}`, answer as number, fen[i]! / CENTS));
  const lines = await timed([
    { name: "columns (exact)", rows: length, run: ours },
    { name: "decimal.js per row", rows: length, run: byDecimal },
  ]);
  print(`Rows as Excel hands them over, in and out, ${length.toLocaleString("en")} rows`, lines);
}

await columns(1_000_000, 100_000);
await columns(10_000_000, 100_000);
await shared(1_000_000);
await excelRows(100_000);
