/** A table computed by column answers every cell as the same table computed row by row. */
import fc from "fast-check";
import { CATALOGUE, entryOf, readingsOf } from "../../src/rules";
import { type Cell } from "../../src/tables";
import { answersOf, tableAnswers } from "../../src/functions/table";
import { readTable } from "../../src/tables";
import { installCustomFunctions } from "../tools/custom-functions";

installCustomFunctions();

const QUANTIFIED = CATALOGUE.filter(({ instrument }) => instrument.parts ?? instrument.grades).map(
  (e) => e.instrument.id,
);

const bad = fc.constantFrom<Cell | object>(
  -1,
  "abc",
  1e15,
  NaN,
  "1,2",
  true,
  new CustomFunctions.Error("#DIV/0!" as any),
);
const blank = fc.constantFrom<Cell>("", null, 0, undefined);

function cellOf(id: string, name: string): fc.Arbitrary<unknown> {
  const { instrument } = entryOf(id);
  const input = instrument.inputs?.[name];
  const good: fc.Arbitrary<unknown> = ((): fc.Arbitrary<unknown> => {
    if (name === "firm" || name === "object") return fc.constantFrom("甲", "乙", "91330108MA00000001", 7, "", 0);
    if (name === "year") return fc.constantFrom(2026, 2025, 2030, "2025-06-10", 46000, "", "soon");
    const reading = readingsOf(instrument)[name];
    if (reading) return fc.constantFrom(...Object.keys(reading.options), "");
    switch (input?.kind) {
      case "flag":
        return fc.constantFrom(true, false, "是", "否", 1, 0);
      case "choice":
        return fc.constantFrom(
          ...Object.keys(input.options ?? {}),
          ...Object.values(input.options ?? {}).map((o) => o.zh),
        );
      case "rate":
        return fc.constantFrom(0.1, 0.05, "30%", 0.5, 0.035);
      case "money":
        return fc.oneof(
          fc.integer({ min: 0, max: 9e8 }).map((n) => n / 8),
          fc.constantFrom("1,000,000", 3e7, 1e12),
        );
      default:
        return fc.integer({ min: 0, max: 12 });
    }
  })();
  return fc.oneof({ weight: 12, arbitrary: good }, { weight: 2, arbitrary: blank }, { weight: 1, arbitrary: bad });
}

const columnsOfInstrument = (id: string): string[] => {
  const { instrument } = entryOf(id);
  return [
    "firm",
    "object",
    "year",
    "eligible",
    "whatif_cap",
    ...Object.keys(instrument.inputs ?? {}),
    ...Object.keys(readingsOf(instrument)),
  ];
};

type Table = { ids: string[]; headers: string[]; values: unknown[][] };

const tableOf = (id: string): fc.Arbitrary<Table> =>
  fc
    .subarray(columnsOfInstrument(id), { minLength: 1 })
    .chain((headers) =>
      fc
        .array(fc.tuple(...headers.map((name) => cellOf(id, name))), { minLength: 1, maxLength: 25 })
        .map((values) => ({ ids: [id], headers, values })),
    );

const mixedTable = (ids: string[]): fc.Arbitrary<Table> =>
  fc
    .array(
      fc
        .constantFrom(...ids, "nonsense")
        .chain((id) =>
          fc.tuple(
            fc.constant(id),
            ...["amount", "domestic", "firm", "rate"].map((name) => cellOf(id === "nonsense" ? ids[0]! : id, name)),
          ),
        ),
      { minLength: 1, maxLength: 40 },
    )
    .map((rows) => ({
      ids: rows.map(([id]) => id),
      headers: ["amount", "domestic", "firm", "rate"],
      values: rows.map(([, ...cells]) => cells),
    }));

const said = (answer: () => unknown[]): unknown => {
  try {
    return answer();
  } catch (error) {
    return String(error);
  }
};

const expectSame = ({ ids, headers, values }: Table): void => {
  const claim = { year: 2026 };
  const rows = values as any;
  expect(said(() => tableAnswers(ids, headers, rows, [undefined], claim).flat())).toEqual(
    said(() => answersOf(readTable(ids, headers, rows, [undefined], claim))),
  );
};

test.each(QUANTIFIED)("%s", (id) => {
  fc.assert(fc.property(tableOf(id), expectSame), { numRuns: 25 });
});

test("several instruments in one table", () => {
  fc.assert(
    fc.property(mixedTable(["hz-1-city-suanli", "hz-1-stack-suanli", "zj-15-suanli", "bj-6-suanli"]), expectSame),
    {
      numRuns: 80,
    },
  );
});

test("thousands of rows: refused, blank, broken, foreign and out of the window among good ones", () => {
  const good = (r: number): unknown[] => [`企业${r % 700}`, `合同${r}`, 1000 + r, r % 3 === 0, 2026];
  const odd: Record<number, unknown[]> = {
    0: ["", "", "", "", ""],
    1023: ["企业1", "合同a", "12万元", true, 2026],
    1024: ["企业1", "合同b", "12万元", true, 2026],
    1025: ["企业1", "合同c", -5, "也许", 2026],
    1500: ["小计", "合同d", "12万元", true, 2026],
    1501: ["企业2", "合计", 7, true, 2026],
    1502: ["", "合同e", 7, true, 2026],
    2047: ["企业2", "合同f", "12万元", new CustomFunctions.Error("#REF!" as any), 2026],
    2048: [new CustomFunctions.Error("#DIV/0!" as any), "合同g", 7, true, 2026],
    2100: ["企业3", "合同h", "12万元", true, 2035],
    2101: ["企业3", "合同i", 7, true, 49_000],
    2102: ["企业3", "合同j", 7, true, "soon"],
    2499: ["企业3", "合同0", "12万元", true, 2026],
  };
  const values = Array.from({ length: 2500 }, (_, r) => odd[r] ?? good(r));
  expectSame({ ids: ["zj-15-suanli"], headers: ["firm", "object", "amount", "domestic", "year"], values });
  const mixed = values.map((row, r) => [...row, r % 2 ? "bj-6-suanli" : "zj-15-suanli", r === 600 ? "x" : ""]);
  const headers = ["firm", "object", "amount", "domestic", "year", "instrument", "storage_amount"];
  expectSame({ ids: [""], headers, values: mixed });
});
