/** Every worked case, through the function a workbook calls. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { butie } from "../../src/functions/functions";
import { installCustomFunctions } from "../tools/custom-functions";

installCustomFunctions();

interface WorkedCase {
  case: string;
  instrument: string | null;
  year: number | string;
  rows: Record<string, unknown>[];
  total?: string;
  error?: string;
  label?: string;
  why: string;
}

const read = (file: string): WorkedCase[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as WorkedCase);

const GOLDEN = join(__dirname, "../../../shared/golden/awards.jsonl");
const OWN = join(__dirname, "../cases");
const files = [
  ...(existsSync(OWN) ? readdirSync(OWN).map((name) => join(OWN, name)) : []),
  ...(existsSync(GOLDEN) ? [GOLDEN] : []),
];

/** The sum of the rows' awards in yuan with fen, a label, or the error that every row gives. */
function answerOf({ instrument, year, rows }: WorkedCase): string {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const table = headers.length ? rows.map((row) => headers.map((name) => row[name] ?? "")) : rows.map(() => [""]);
  const cells = butie([[instrument ?? ""]], [headers.length ? headers : [""]], table, [[year]]).flat();
  if (cells.every((cell) => typeof cell === "number")) {
    return (cells.reduce((sum: number, cell: number) => sum + Math.round(cell * 100), 0) / 100).toFixed(2);
  }
  return [...new Set(cells.map((cell) => (cell as { code?: string }).code ?? cell))].join();
}

describe.each(files)("%s", (file) => {
  test.each(read(file).map((worked) => [worked.case, worked] as const))("%s", (_name, worked) => {
    expect(answerOf(worked)).toBe(worked.total ?? worked.label ?? worked.error);
  });
});

test("the golden cases are read where the shared folder is there", () => {
  if (!existsSync(GOLDEN)) console.warn(`no ${GOLDEN}: only the cases in test/cases ran`);
  expect(files.length).toBeGreaterThan(0);
});
