/** The worked cases: our own tables in test/cases and, where the shared folder is there, the golden ones. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

export interface WorkedCase {
  readonly case: string;
  /** null: each row names its own. */
  readonly instrument: string | null;
  readonly year: number | string;
  readonly rows: readonly Record<string, unknown>[];
}

const OWN = join(__dirname, "../cases");
const GOLDEN = join(__dirname, "../../../shared/golden/awards.jsonl");

export function workedCases(): WorkedCase[] {
  const own = existsSync(OWN) ? readdirSync(OWN).filter((name) => name.endsWith(".jsonl")) : [];
  const files = [...own.map((name) => join(OWN, name)), ...(existsSync(GOLDEN) ? [GOLDEN] : [])];
  return files.flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as WorkedCase),
  );
}
