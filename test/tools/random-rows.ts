/** Random rows of the instruments, for properties that hold for all of them. */
import fc from "fast-check";
import {
  CATALOGUE,
  entryOf,
  GENERAL_INPUTS,
  planOf,
  readingsOf,
  toFen,
  toYuan,
  type Input,
  type Plan,
  type PlannedRow,
  type Row,
  type Value,
} from "../../src/rules";
import { Facts } from "../../src/rules/award/facts";
import { countingInputs } from "../../src/tables";

/** Amounts from a hundredth of a yuan to ten million million, whole and half fen among them, in fen. */
const fen = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 2_000_000_000 }) },
  { weight: 2, arbitrary: fc.double({ min: 0.01, max: 9e12, noNaN: true }).map(toFen) },
  fc.constantFrom(0, 1, 5, 10, 15, 333_333, 999_999_999_999_999),
);

function valueOf(name: string, input: Input): fc.Arbitrary<Value | undefined> {
  // A number in a row is a decimal of at most 15 digits.
  const exact = (arbitrary: fc.Arbitrary<number | string>): fc.Arbitrary<Value> =>
    arbitrary.map((x) => Number(Number(x).toPrecision(15)));
  const given = ((): fc.Arbitrary<Value> => {
    switch (input.kind) {
      case "flag":
        return fc.boolean();
      case "choice":
        return fc.constantFrom(...Object.keys(input.options ?? {}));
      case "name":
        return fc.constantFrom("云一", "云二", "云三");
      case "money":
        return exact(fen);
      case "rate":
        return exact(
          fc.oneof(
            fc.constantFrom("0.1", "0.3", "0.035", "0.5", "0.7", "1"),
            fc.integer({ min: 1, max: 100_000 }).map((n) => n / 100_000),
            fc.constant("0.1234567890123456789"),
          ),
        );
      case "months":
        return exact(fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(0.5, 7.25)));
      case "count":
      case "rank":
      case "ordinal":
        return exact(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(1_000_000_007)));
      case "date":
        return exact(
          fc.constantFrom(
            20250630,
            20250701,
            20260131,
            20260228,
            20260301,
            20260302,
            20260303,
            20260630,
            20260701,
            20270228,
            20270301,
          ),
        );
      case "number":
        return exact(fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.constantFrom("0.05", "12.375", "99999999.99")));
    }
  })();
  const seldom = (input.optional && !input["required-if"]) || name === "whatif_rate" || name === "whatif_cap";
  return input.optional || input.default !== undefined
    ? fc.option(given, { nil: undefined, freq: seldom ? 1 : 4 })
    : fc.option(given, { nil: undefined, freq: 40 });
}

/** Rows of one plan whose inputs are mostly good; some columns are left out as a user would. */
export const rowsOf = (plan: Plan): fc.Arbitrary<PlannedRow[]> => {
  const filled = Object.keys({ ...plan.entry.instrument.inputs, ...GENERAL_INPUTS });
  return fc
    .subarray(filled.filter((name) => plan.inputs[name]!.optional || plan.inputs[name]!.default !== undefined))
    .chain((left) => {
      const names = filled.filter((name) => !left.includes(name));
      const values = fc.tuple(...names.map((name) => valueOf(name, plan.inputs[name]!)));
      const firm = fc.constantFrom(undefined, "甲", "乙", "丙");
      const object = fc.constantFrom(undefined, undefined, undefined, "a", "b");
      // Some inputs say the same in every row, as in a table that holds no such grants yet.
      return fc.tuple(values, fc.subarray(names)).chain(([first, same]) => {
        const row = values.map(
          (own) => Object.fromEntries(names.map((name, k) => [name, same.includes(name) ? first[k] : own[k]])) as Row,
        );
        return fc.array(fc.record({ plan: fc.constant(plan), row, firm, object }), { minLength: 1, maxLength: 40 });
      });
    });
};

/** Any reading of the instrument, in one of some years. */
export const planOfAny = (id: string, years: readonly number[] = [2026]): fc.Arbitrary<Plan> => {
  const entry = entryOf(id);
  const options = Object.entries(readingsOf(entry.instrument)).map(([name, reading]) =>
    fc.constantFrom(...Object.keys(reading.options)).map((option) => [name, option] as const),
  );
  return fc
    .tuple(fc.constantFrom(...years), ...options)
    .map(([year, ...chosen]) => planOf(entry, { year }, { readings: Object.fromEntries(chosen) }));
};

export const QUANTIFIED = CATALOGUE.filter(({ instrument }) => instrument.parts ?? instrument.grades).map(
  ({ instrument }) => instrument.id,
);

/** Reads as what it is: rates and the like of at most six decimals, no zero where that means nothing. */
const isPlain = ({ plan, row }: PlannedRow): boolean =>
  Object.entries(row).every(([name, value]) => {
    const { kind, zero } = plan.inputs[name]!;
    if (typeof value !== "number") return true;
    if (kind === "money") return value > 0 || zero !== "absent";
    const most = kind === "rate" ? 1 : kind === "months" ? 12 : 1e6;
    return value > 0 && value <= most && Number(value.toFixed(6)) === value;
  });

/** Rows of one instrument and one reading over several years, as a file or a database holds them and none is given back for how it is written. */
export const plainTables = (id: string): fc.Arbitrary<PlannedRow[]> => {
  const counted = countingInputs(entryOf(id)).map(([name]) => name);
  return planOfAny(id).chain((plan) =>
    fc
      .tuple(rowsOf(plan), fc.array(fc.constantFrom(2025, 2026, 2027, 2028), { minLength: 1, maxLength: 9 }))
      .map(([rows, years]) =>
        rows
          .filter(isPlain)
          // Either every row names a firm or none does.
          .map((row, i) => ({
            ...row,
            // What a clause counts has to be said over several years; that is another test's matter, too.
            row: { ...row.row, ...Object.fromEntries(counted.map((name) => [name, row.row[name] ?? 1])) },
            firm: row.firm ?? "丁",
            plan: planOf(entryOf(id), { year: years[i % years.length]! }, { readings: plan.readings }),
          }))
          // A row without an amount it needs is given back; that is another test's matter.
          .filter(({ plan: own, row }) => !new Facts(own, row).missing().length),
      ),
  );
};

/** A value as a warehouse would write it. */
function textOf(value: Value | undefined, input: Input): string {
  if (value === undefined) return "";
  if (typeof value === "boolean") return value ? "是" : "否";
  return typeof value === "number" && input.kind === "money" ? toYuan(value).toFixed(2) : String(value);
}

/** Rows as the texts of a table. */
export function textsOf(rows: readonly PlannedRow[]): { headers: string[]; lines: string[][] } {
  const names = [...new Set(rows.flatMap(({ row }) => Object.keys(row)))];
  return {
    headers: ["企业", "object", "年度", ...names],
    lines: rows.map(({ plan, row, firm = "", object = "" }) => [
      firm,
      object,
      String(plan.claim.year),
      ...names.map((name) => textOf(row[name], plan.inputs[name]!)),
    ]),
  };
}
