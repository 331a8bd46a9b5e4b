/** One property over all instruments and readings: every reader of a plan agrees with award(), to the fen. */
import fc from "fast-check";
import { award, awardFen, awards, columnsAwards, OUTCOMES, outcomeOf, type PlannedRow } from "../../src/rules";
import { bindingOf, NO_LIMIT } from "../../src/rules/columns";
import { blocksOf } from "../tools/blocks";
import { planOfAny, QUANTIFIED, rowsOf } from "../tools/random-rows";

// The digest has no instruments; the invented document uses every turn of the form.
jest.mock("../../src/rules/law/policies/digest.yaml", () => jest.requireActual("./invented.yaml"));

/** What a reader gives for a row: fen, outcome and, where it knows it, the limit that decides. */
interface Answer {
  readonly fen: number;
  readonly outcome: string;
  readonly binding?: number | undefined;
}

/** The reference: rows among one another, or each alone. */
const among = (rows: readonly PlannedRow[]): Answer[] =>
  awards(rows).map(({ fen, outcome, binding }) => ({ fen, outcome: outcome.kind, binding: binding?.limit.index }));
const alone = (rows: readonly PlannedRow[]): Answer[] =>
  rows.map(({ plan, row }) => {
    const { fen, outcome } = award(plan, row);
    return { fen, outcome: outcome.kind };
  });

type Reader = (rows: readonly PlannedRow[]) => Answer[];

/** Readers by name, each with what it has to agree with. A new reader is one more line. */
const READERS: Readonly<Record<string, readonly [Reader, Reader]>> = {
  columns: [
    (rows) => {
      const { fen, decisions } = columnsAwards(blocksOf(rows), rows.length);
      return Array.from(fen, (amount, i) => {
        const binding = bindingOf(decisions[i]!);
        return {
          fen: amount,
          outcome: OUTCOMES[outcomeOf(decisions[i]!)]!,
          binding: binding === NO_LIMIT ? undefined : binding,
        };
      });
    },
    among,
  ],
  "the single cell": [
    (rows) =>
      rows.map(({ plan, row }) => {
        const result = awardFen(plan, row);
        return typeof result === "number"
          ? { fen: result, outcome: "award" }
          : { fen: 0, outcome: result.outcome.kind };
      }),
    alone,
  ],
};

/** Rows of one instrument over the years of its document, under any readings. */
const overYears = (id: string): fc.Arbitrary<PlannedRow[]> =>
  fc
    .array(planOfAny(id, [2025, 2026, 2027, 2028]).chain(rowsOf), { minLength: 1, maxLength: 3 })
    .chain((lists) => fc.shuffledSubarray(lists.flat(), { minLength: 1 }));

/** Rows of several instruments in one table. */
const together = fc
  .shuffledSubarray(QUANTIFIED, { minLength: 2, maxLength: 5 })
  .chain((ids) => fc.tuple(...ids.map(overYears)))
  .chain((lists) => fc.shuffledSubarray(lists.flat(), { minLength: 1 }));

describe.each(Object.entries(READERS))("%s", (_name, [reader, reference]) => {
  test.each(QUANTIFIED)("%s", (id) => {
    fc.assert(
      fc.property(overYears(id), (rows) => {
        expect(reader(rows)).toEqual(reference(rows));
      }),
      { numRuns: 40 },
    );
  });

  test("several instruments in one table", () => {
    fc.assert(
      fc.property(together, (rows) => {
        expect(reader(rows)).toEqual(reference(rows));
      }),
      { numRuns: 100 },
    );
  });
});
