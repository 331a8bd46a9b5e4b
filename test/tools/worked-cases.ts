/**
 * The worked cases of test/cases, one case per line: our own tables (zj, hz, bj) and copies of the golden ones, which
 * others derived from the documents. `golden-reading-cells.jsonl` holds calls of functions, the other files tables for BUTIE.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface WorkedCase {
  readonly case: string;
  /** null: each row names its own. */
  readonly instrument: string | null;
  /** null: each row says its own. */
  readonly year: number | string | null;
  readonly rows: readonly Record<string, unknown>[];
  /** The sum of the rows' awards, in yuan. */
  readonly total?: string;
  /** The error that every row gives. */
  readonly error?: string;
  /** The text that every row gives. */
  readonly label?: string;
}

/** A call of a function: each argument is a value or a range as rows of values. */
export interface WorkedCall {
  readonly id: string;
  readonly fn: string;
  readonly args: readonly unknown[];
  /** Rows of values, an error by its code; or words on what must be there. */
  readonly expect: unknown;
  readonly why: string;
}

const CASES = join(__dirname, "../cases");
const CALLS = "golden-reading-cells.jsonl";

export const caseFiles: readonly string[] = readdirSync(CASES);

export const textOfCases = (file: string): string => readFileSync(join(CASES, file), "utf8");

const linesOf = <T>(file: string): T[] =>
  textOfCases(file)
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);

export const workedCases = (): WorkedCase[] =>
  caseFiles.filter((file) => file !== CALLS).flatMap((file) => linesOf<WorkedCase>(file));

export const workedCalls = (): WorkedCall[] => linesOf(CALLS);
