/** Mutated policy files: refused in words, or computed — the same by every reader; nothing is thrown, nothing takes another's place. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
  awards,
  CATALOGUE,
  columnsAwards,
  entryOf,
  isOwn,
  planOf,
  readOwnPolicies,
  Refusal,
  setOwnPolicies,
  type Entry,
  type PlannedRow,
} from "../../../src/rules";
import { BUILT_IN } from "../../../src/rules/law/catalogue";
import { citation } from "../../../src/writers/citation";
import { workingPaper } from "../../../src/writers/explain";
import { DIALECTS, sqlOf } from "../../../src/writers/sql";
import { termsOf } from "../../../src/writers/terms";
import { blocksOf } from "../../tools/blocks";
import { rowsOf } from "../../tools/random-rows";

const TEXTS = [join(__dirname, "small.yaml"), join(__dirname, "../invented.yaml")].map((file) =>
  readFileSync(file, "utf8"),
);
const before = CATALOGUE;

afterEach(() => setOwnPolicies(undefined));

/** What a careless or a hostile hand puts into a line. */
const PIECES = [
  ...[
    "",
    " ",
    "0",
    "-1",
    "1e400",
    "25%",
    "125%",
    "1/0",
    "none",
    "~",
    "true",
    "[]",
    "{}",
    "[{}]",
    "&a",
    "*a",
    "<<: *a",
    "!!set",
  ],
  ...[
    "__proto__",
    "constructor",
    "toString",
    "amount",
    "prior_paid",
    "domestic",
    "rounding",
    "bj-6-suanli",
    "my-suanli",
    "common",
  ],
  ...[
    "{ as-in: bj-6-suanli }",
    "{ as-in: my-suanli }",
    "{ is: 1, plus-cap-of: hz-1-city-suanli }",
    "{ given: amount }",
  ],
  ...[
    "scope: object",
    "scope: firm",
    "kind: flag",
    "kind: months",
    "kind: choice",
    "times: 2",
    "result: { zh: 个 }",
    "minus: amount",
  ],
  ...["\u0000", "\t", "'", '"', ":", ": ", "#", "---", "- ", "｛", "30％"],
];

type Change = (lines: readonly string[], at: number, piece: string) => string[];
const CHANGES: readonly Change[] = [
  (lines, at) => lines.filter((_, i) => i !== at),
  (lines, at) => [...lines.slice(0, at), lines[at]!, ...lines.slice(at)],
  (lines, at, piece) => lines.map((line, i) => (i === at ? line.replace(/: .*/, `: ${piece}`) : line)),
  (lines, at, piece) => lines.map((line, i) => (i === at ? line.replace(/[\w%.-]+(?=\W*$)/, piece) : line)),
  (lines, at, piece) => lines.map((line, i) => (i === at ? line.replace(/\d+%?/, piece) : line)),
  (lines, at, piece) => [...lines.slice(0, at), (/^ */.exec(lines[at]!)?.[0] ?? "") + piece, ...lines.slice(at)],
  (lines, at) => lines.map((line, i) => (i === at ? `  ${line}` : line)),
];

const mutated = fc
  .tuple(
    fc.constantFrom(...TEXTS),
    fc.array(fc.tuple(fc.constantFrom(...CHANGES), fc.nat(), fc.constantFrom(...PIECES)), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([text, changes]) =>
    changes
      .reduce<string[]>((lines, [change, at, piece]) => change(lines, at % lines.length, piece), text.split("\n"))
      .join("\n"),
  );

/** Everything that shows or computes an instrument. */
function read(entry: Entry, rows: readonly PlannedRow[]): void {
  const { document } = entry;
  const claim = { year: Number(document.window.from.slice(0, 4)) };
  expect(termsOf(entry, claim, "zh").map(({ value }) => value)).toContain("自拟政策，非官方文本");
  expect(citation(entry, "en")).toContain("own policy, not an official text");
  if (!entry.instrument.parts) return;
  const { fen } = columnsAwards(blocksOf(rows), rows.length);
  awards(rows).forEach((reference, i) => {
    const { row } = rows[i]!;
    expect(fen[i]).toBe(reference.fen);
    expect(Number.isSafeInteger(reference.fen) && reference.fen >= 0).toBe(true);
    workingPaper(reference, row, "zh");
  });
  const inputs = Object.fromEntries(Object.keys(entry.instrument.inputs ?? {}).map((name) => [name, name]));
  try {
    expect(sqlOf([rows[0]!.plan], { name: ["claims"], row: "id", inputs }, DIALECTS.duckdb!)).toContain("自拟政策");
  } catch (error) {
    // What one query cannot say is refused in words.
    if (!(error instanceof Refusal)) throw error;
  }
}

test("whatever is changed in a file", () => {
  let usable = 0;
  fc.assert(
    fc.property(mutated, fc.nat(), (text, seed) => {
      setOwnPolicies(undefined);
      const reading = readOwnPolicies([{ name: "f", text }]);
      for (const { text: words } of reading.found) expect([words.zh, words.en].every(Boolean)).toBe(true);
      // Reading changes nothing.
      expect(CATALOGUE).toBe(before);
      if (!reading.policies.length) expect(reading.found.length > 0 || !/\w/.test(text)).toBe(true);
      setOwnPolicies(reading);
      for (const { instrument } of BUILT_IN) expect(isOwn(entryOf(instrument.id))).toBe(false);
      for (const entry of CATALOGUE.filter(isOwn)) {
        usable++;
        const claim = { year: Number(entry.document.window.from.slice(0, 4)) };
        read(entry, fc.sample(rowsOf(planOf(entry, claim)), { numRuns: 1, seed })[0]!);
      }
      setOwnPolicies(undefined);
      expect(CATALOGUE).toBe(before);
    }),
    { numRuns: 120, endOnFailure: true },
  );
  // A property over refusals alone would show nothing of what is computed.
  expect(usable).toBeGreaterThan(40);
});
