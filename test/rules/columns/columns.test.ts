/** Columns against the single award: the same fen, the same binding limit, the same outcome, on every row. */
import fc from "fast-check";
import { awards, entryOf, planOf, Refusal, type PlannedRow } from "../../../src/rules";
import { ratio } from "../../../src/rules/number/ratio";
import { bindingOf, columnsAwards, NO_LIMIT, OUTCOMES, outcomeOf } from "../../../src/rules/columns";
import type { TableAwards } from "../../../src/rules/columns/blocks";
import type { Matrix } from "../../../src/tables";
import { isPlanned, readTable } from "../../../src/tables";
import { installCustomFunctions } from "../../tools/custom-functions";
import { blocksOf } from "../../tools/blocks";
import { planOfAny, rowsOf } from "../../tools/random-rows";
import { workedCases, type WorkedCase } from "../../tools/worked-cases";

installCustomFunctions();

function expectSame(rows: readonly PlannedRow[]): TableAwards {
  const columns = columnsAwards(blocksOf(rows), rows.length);
  const single = awards(rows);
  const decisions = rows.map((_, i) => [
    columns.fen[i],
    bindingOf(columns.decisions[i]!),
    OUTCOMES[outcomeOf(columns.decisions[i]!)],
  ]);
  expect(decisions).toEqual(
    single.map(({ fen, binding, outcome }) => [fen, binding?.limit.index ?? NO_LIMIT, outcome.kind]),
  );
  return columns;
}

/** The rows of a worked case that can be planned; none where the table as a whole is refused. */
function plannedRows({ instrument, year, rows }: WorkedCase): PlannedRow[] {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const names = headers.length ? headers : [""];
  const values = rows.map((row) => names.map((name) => row[name] ?? "")) as unknown as Matrix;
  try {
    return readTable([instrument ?? ""], names, values, [year], { year: 2026 }).filter(isPlanned);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

describe("every worked case gives in columns what it gives row by row", () => {
  const cases = workedCases().map((worked) => [worked.case, plannedRows(worked)] as const);
  test.each(cases.filter(([, rows]) => rows.length))("%s", (_name, rows) => {
    expectSame(rows);
  });
});

test("rows of several instruments draw on one allowance in row order", () => {
  const ids = ["hz-1-city-suanli", "hz-1-stack-suanli", "hz-1-city-model", "hz-17-dataset", "zj-15-suanli"];
  const table = fc
    .tuple(...ids.map((id) => planOfAny(id).chain(rowsOf)))
    .chain((lists) => fc.shuffledSubarray(lists.flat(), { minLength: 1 }));
  fc.assert(
    fc.property(table, (rows) => {
      expectSame(rows);
    }),
    { numRuns: 60 },
  );
});

test.each(["zj-15-suanli", "bj-6-suanli", "hz-1-city-suanli"])(
  "rates of many decimals over amounts whose product no double holds, each row alone and firms together: %s",
  (id) => {
    const row = fc.record({ amount: fc.integer({ min: 1, max: 2 ** 40 }), domestic: fc.boolean(), firm: fc.nat(3) });
    const rows = fc.array(row, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 999_999_999 }), fc.boolean(), (list, rate, together) => {
        const plan = planOf(entryOf(id), { year: 2026 }, { rate: ratio(rate, 1e9), cap: ratio(2 ** 39) });
        expectSame(
          list.map(({ amount, domestic, firm }) => ({
            plan,
            row: { amount, domestic },
            ...(together && { firm: `企业${firm}` }),
          })),
        );
      }),
    );
  },
);
