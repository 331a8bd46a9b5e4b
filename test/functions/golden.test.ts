/** Every worked case, through the functions that a workbook calls. */
import { sharedText, testWithShared } from "../tools/shared";
import {
  caseFiles,
  textOfCases,
  workedCalls,
  workedCases,
  type WorkedCall,
  type WorkedCase,
} from "../tools/worked-cases";
import { cellError, functions, isErrorCell, shown } from "./called";

const { butie } = functions;

/** The sum of the rows' awards in yuan, a label, or the error that every row gives. */
function answerOf({ instrument, year, rows }: WorkedCase): unknown {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const table = headers.length ? rows.map((row) => headers.map((name) => row[name] ?? "")) : rows.map(() => [""]);
  const cells = shown(butie([[instrument ?? ""]], [headers.length ? headers : [""]], table, [[year]])).flat();
  if (cells.every((cell) => typeof cell === "number")) {
    return cells.reduce((sum, yuan) => sum + Math.round(yuan * 100), 0) / 100;
  }
  return [...new Set(cells)].join();
}

const CASES = workedCases().map((worked) => [worked.case, worked] as const);

test.each(CASES)("%s", (_name, worked) => {
  expect(answerOf(worked)).toBe(worked.total === undefined ? (worked.label ?? worked.error) : Number(worked.total));
});

const FUNCTIONS: Readonly<Record<string, (...args: never[]) => unknown[][]>> = {
  SUANLI_QUAN: functions.suanliQuan,
  TIEXI: functions.tiexi,
  BUTIE: functions.butie,
  "BUTIE.NOREPEAT": functions.noRepeatAwards,
  "BUTIE.ALLOCATE": functions.allocatePool,
  "BUTIE.SPLIT": functions.splitAmount,
  "BUTIE.POOLRISK": functions.poolRiskTable,
};

/** `{ code: "#N/A" }` in a case stands for an error cell. */
const cellOf = (value: unknown): unknown => (isErrorCell(value) ? cellError(value.code) : value);
const rangeOf = (argument: unknown): unknown[][] =>
  Array.isArray(argument) ? (argument as unknown[][]).map((row) => row.map(cellOf)) : [[argument]];

const cellsOf = ({ fn, args }: WorkedCall): unknown[][] => shown(FUNCTIONS[fn]!(...(args.map(rangeOf) as never[])));

/** Cases whose expectation is in words, and one that the contract has overtaken (docs/decisions/0013-units-in-headers.md). */
const IN_WORDS: Readonly<Record<string, (cells: unknown[][]) => void>> = {
  // A merged firm cell: the rows under it are refused, not paid as firms of their own.
  F17: (cells) => expect(cells).toEqual([[6_000_000], ["#VALUE!"], ["#VALUE!"]]),
  P20: (cells) => expect(cells).toContainEqual(["用尽概率", 0]),
  P22: (cells) => expect(cells).toEqual([[300_000]]),
};

test.each(workedCalls().map((call) => [call.id, call.why, call] as const))("%s: %s", (id, _why, call) => {
  const cells = cellsOf(call);
  const inWords = IN_WORDS[id];
  if (inWords) inWords(cells);
  else expect(cells).toEqual(call.expect);
});

const COPIES = caseFiles.flatMap((file) => (file.startsWith("golden-") ? [[file, file.slice("golden-".length)]] : []));

testWithShared.each(COPIES)("test/cases/%s is the shared %s", (copy, original) => {
  expect(textOfCases(copy)).toBe(sharedText(`golden/${original}`));
});
