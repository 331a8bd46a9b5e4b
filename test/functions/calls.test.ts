/** Calls of functions with cells as people and hosts write them, one a line of calls.jsonl. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cellError, functions, isErrorCell, shown } from "./called";

interface Call {
  readonly id: string;
  readonly fn: string;
  readonly args: unknown[];
  /** The cells, an error as its code; or values of a table by their labels. */
  readonly expect: unknown[][] | Record<string, unknown>;
  readonly why: string;
}

const FUNCTIONS: Readonly<Record<string, (...args: never[]) => unknown[][]>> = {
  SUANLI_QUAN: functions.suanliQuan,
  TIEXI: functions.tiexi,
  BUTIE: functions.butie,
  "BUTIE.NOREPEAT": functions.noRepeatAwards,
  "BUTIE.SPLIT": functions.splitAmount,
  "BUTIE.ALLOCATE": functions.allocatePool,
  "BUTIE.SUBPOOLS": functions.subPoolsOf,
  "BUTIE.POOLSTATS": functions.poolStatsTable,
  "BUTIE.POOLRISK": functions.poolRiskTable,
  "BUTIE.POOLRATE": functions.poolRateFit,
};

/** Errors of other formulas come as objects of the host. */
const received = (cell: unknown): unknown => (isErrorCell(cell) ? cellError(cell.code) : cell);
const argument = (given: unknown): unknown =>
  Array.isArray(given) ? given.map((row: unknown[]) => row.map(received)) : received(given);

const calls = readFileSync(join(__dirname, "calls.jsonl"), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Call);

test.each(calls.map((call) => [`${call.id} ${call.fn} ${call.why}`, call] as const))("%s", (_name, call) => {
  const cells = shown(FUNCTIONS[call.fn]!(...(call.args.map(argument) as never[])));
  if (Array.isArray(call.expect)) expect(cells).toEqual(call.expect);
  else expect(Object.fromEntries(cells as [string, unknown][])).toMatchObject(call.expect);
});
