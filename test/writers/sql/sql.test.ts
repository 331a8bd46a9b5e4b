/** The SQL writer: what DuckDB computes is what award() gives, limit that decides included. */
import fc from "fast-check";
import type { DuckDBConnection } from "@duckdb/node-api";
import { awards, entryOf, planOf, type PlannedRow } from "../../../src/rules";
import { planOfAny, QUANTIFIED, rowsOf } from "../../tools/random-rows";
import { answersOf, connected, fits, type SqlAnswer } from "./duckdb";

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await connected();
});
afterAll(() => connection.closeSync());

const among = (rows: readonly PlannedRow[]): SqlAnswer[] =>
  awards(rows).map(({ fen, outcome, binding }) => ({ fen, outcome: outcome.kind, binding: binding?.limit.index }));

/** Rows of one instrument and one reading over the years of its document. */
const overYears = (id: string): fc.Arbitrary<PlannedRow[]> =>
  planOfAny(id).chain((plan) =>
    fc
      .tuple(rowsOf(plan), fc.array(fc.constantFrom(2025, 2026, 2027, 2028), { minLength: 1, maxLength: 40 }))
      .map(([rows, years]) =>
        rows
          .map((row, i) => ({
            ...row,
            plan: planOf(entryOf(id), { year: years[i % years.length]! }, { readings: plan.readings }),
          }))
          .filter(fits),
      )
      .filter(({ length }) => length > 0),
  );

let [computed, left] = [0, 0];
test.each(QUANTIFIED)("%s", async (id) => {
  await fc.assert(
    fc.asyncProperty(overYears(id), async (rows) => {
      const wanted = among(rows);
      const answers = await answersOf(connection, rows);
      answers.forEach((answer) => (answer ? computed++ : left++));
      const wrong = answers.flatMap((answer, i) =>
        !answer || JSON.stringify(answer) === JSON.stringify(wanted[i])
          ? []
          : [{ answer, wanted: wanted[i], ...rows[i], plan: rows[i]!.plan.readings }],
      );
      expect(wrong).toEqual([]);
    }),
    { numRuns: 12 },
  );
});
afterAll(() => console.log({ computed, left }));
