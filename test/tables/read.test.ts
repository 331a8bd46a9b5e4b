/** Cells read as columns say what the same cells say read one by one. */
import fc from "fast-check";
import { CATALOGUE, Exact, GENERAL_INPUTS, Refusal, toFen, type Input } from "../../src/rules";
import {
  CellReader,
  Codes,
  everyRow,
  isStandIn,
  isTotal,
  nameOf,
  readInput,
  Unread,
  type Cell,
} from "../../src/tables";
import { NO_NAME } from "../../src/tables/codes";
import { columnReader, RefusedRows } from "../../src/tables/read";
import { rowAt } from "../../src/rules/columns";

const INPUTS: readonly Input[] = [
  ...new Map(
    [
      ...CATALOGUE.flatMap(({ instrument }) => Object.values(instrument.inputs ?? {})),
      ...Object.values(GENERAL_INPUTS),
    ].map((input) => [`${input.kind} ${input.zero} ${Object.keys(input.options ?? {}).join()}`, input]),
  ).values(),
];

const cell = (input: Input): fc.Arbitrary<Cell> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 1_000_000_000 }).map((n) => n / 1000) },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 14 }) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 100_000 }).map((n) => n / 100_000) },
    fc.double(),
    fc.constantFrom(0.1 + 0.2, 76550.14499999999, 1e13, 9.99999999999999e12, 1e-7, -0, -1, 12.5, NaN, Infinity),
    fc.constantFrom("", "  ", "abc", "30%", "1,000,000", "１００", "0.1234567890123456789", "是", "否", "国产", "-3"),
    fc.constantFrom(null, undefined, true, false),
    fc.constantFrom(...Object.keys(input.options ?? { none: 0 })),
  );

const read = (input: Input, one: Cell): unknown => {
  try {
    const value = readInput(input, one);
    return value;
  } catch (error) {
    if (error instanceof Refusal) return "refused";
    throw error;
  }
};

test.each(INPUTS.map((input) => [`${input.kind} ${input.zh}`, input] as const))("%s", (_name, input) => {
  fc.assert(
    fc.property(fc.array(cell(input), { minLength: 1, maxLength: 60 }), (cells) => {
      const refused = new RefusedRows(cells.length);
      const reader = columnReader(new CellReader(input), cells.length, refused);
      reader.take(cells, 0, cells.length);
      const columns = { length: cells.length, inputs: { x: reader.column() } };
      const said = cells.map((_, i) => (refused.has(i) ? "refused" : rowAt(columns, i).x));
      expect(said).toEqual(cells.map((one) => read(input, one)));
    }),
    { numRuns: 150 },
  );
});

test("rows that are refused leave the others as they are, in every kind of column", () => {
  for (const input of INPUTS) {
    fc.assert(
      fc.property(fc.array(cell(input), { minLength: 1, maxLength: 40 }), (cells) => {
        const refused = new RefusedRows(cells.length);
        const reader = columnReader(new CellReader(input), cells.length, refused);
        const half = cells.length >> 1;
        reader.take(cells.slice(0, half), 0, half);
        reader.take(cells.slice(half), half, cells.length);
        const places = refused.others ?? everyRow(cells.length);
        const column = reader.column(refused.others);
        const kept = Array.from(places, (_, k) => rowAt({ length: places.length, inputs: { x: column } }, k).x);
        expect(kept).toEqual(cells.map((one) => read(input, one)).filter((value) => value !== "refused"));
      }),
      { numRuns: 40 },
    );
  }
});

describe("the words about a refused row", () => {
  const words = (text: string): Unread => new Unread(text, text);

  test("are those of its first cell, unless the whole row has them", () => {
    const refused = new RefusedRows(3);
    expect(refused.others).toBeUndefined();
    refused.add(1, words("first"));
    refused.add(1, words("second"));
    refused.add(2, words("first"));
    refused.add(2, null);
    refused.add(2, words("later"));
    expect([0, 1, 2].map((i) => refused.has(i))).toEqual([false, true, true]);
    expect([0, 1, 2].map((i) => refused.wordsOf(i)?.zh)).toEqual([undefined, "first", undefined]);
    expect([...refused.others!]).toEqual([0]);
  });

  test("are the same for the same text, until a reader has met 4,096 others", () => {
    const reader = new CellReader({ kind: "money", zh: "金额", en: "amount" });
    const first = reader.read("12万元");
    expect(reader.read("12万元")).toBe(first);
    for (let k = 0; k < 4096; k++) reader.read(`${k}万`);
    expect(reader.read("12万元")).not.toBe(first);
    expect(reader.read("12万元")).toEqual(first);
  });
});

describe("an amount is the 15 digits that Excel shows, half-up to the fen", () => {
  const shown = (x: number): number =>
    new Exact(x.toPrecision(15)).times(100).toDecimalPlaces(0, Exact.ROUND_HALF_UP).toNumber();
  const bits = new Float64Array(1);
  const word = new BigInt64Array(bits.buffer);
  /** So many steps of the last binary digit above or below. */
  const beside = (x: number, steps: number): number => {
    bits[0] = x;
    word[0]! += BigInt(steps);
    return bits[0];
  };
  const whole = fc.integer({ min: 0, max: 900_000_000_000 });
  const step = fc.integer({ min: -3, max: 3 });
  test.each<[string, fc.Arbitrary<number>]>([
    ["two decimals", whole.map((k) => k / 100)],
    ["three decimals", whole.map((k) => k / 1000)],
    [
      "half a fen, and a few binary steps beside it",
      fc.tuple(whole, step).map(([k, d]) => beside((10 * k + 5) / 1000, d)),
    ],
    ["small halves", fc.tuple(fc.integer({ min: 0, max: 4000 }), step).map(([k, d]) => beside((k * 5 + 5) / 1000, d))],
    [
      "rate × amount in doubles",
      fc.tuple(whole, fc.constantFrom(0.1, 0.125, 0.3, 0.035, 0.07)).map(([k, r]) => (k / 100) * r),
    ],
    ["quotients", fc.tuple(whole, fc.integer({ min: 1, max: 999 })).map(([k, d]) => k / 100 / d)],
    [
      "sums of three-decimal amounts",
      fc.array(whole, { maxLength: 20 }).map((list) => list.reduce((s, k) => s + (k % 1e9) / 1000, 0)),
    ],
    ["binary fractions", fc.tuple(whole, fc.integer({ min: 3, max: 10 })).map(([k, d]) => k / 2 ** d)],
    ["any double up to the limit", fc.double({ min: 0, max: 9_999_999_999_999.98, noNaN: true })],
    ["near the limit", fc.integer({ min: -1000, max: 0 }).map((d) => beside(9_999_999_999_999.99, d))],
  ])("%s", (_name, amounts) => {
    fc.assert(
      fc.property(amounts, (x) => {
        expect(toFen(x)).toBe(shown(x));
      }),
      { numRuns: 3000 },
    );
  });

  test.each([NaN, Infinity, -Infinity, 1e13, 1e21, 1.7976931348623157e308])("%d is no amount", (x) => {
    expect(toFen(x)).toBeNaN();
  });
});

describe("names of firms", () => {
  const name = fc.oneof(
    fc.integer({ min: 0, max: 3000 }).map((n) => `91350200MA${String(n).padStart(8, "0")}`),
    fc.constantFrom(
      "杭州甲公司",
      "杭州甲 公司",
      "ＭＡ０１",
      "ma01",
      "合计",
      "Total",
      "/",
      "同上",
      "A",
      "AA",
      "1",
      "01",
      " A ",
      "a",
      "",
      null,
      undefined,
      0,
      1,
      91330108,
      true,
    ),
    fc.string({ maxLength: 20 }),
  );
  test("the same name has the same code, different names different ones, a blank none", () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 2000 }), fc.array(name, { maxLength: 20 }), (first, second) => {
        const codes = new Codes();
        const cells = [...first, ...second];
        const got = [...codes.of(first), ...codes.of(second)];
        const order = new Map<string, number>();
        const wanted = cells.map((one) => {
          const text = one === 0 ? "" : nameOf(one ?? "");
          if (isTotal(text) || isStandIn(text)) return NO_NAME;
          if (text && !order.has(text)) order.set(text, order.size);
          return order.get(text) ?? -1;
        });
        expect(got).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });
});
