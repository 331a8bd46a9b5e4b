/** 合同: what a finance team enters, one row per payment; and the words above its columns, as BUTIE reads them. */
import { figuresOf, limitsOf, neededInputs, type Entry, type Input, type Plan } from "../../rules";
import { nameOf, wordsOf } from "../../tables";
import { formatOf } from "../../writers/formula/clause";
import type { Scalar } from "../../writers/formula/expression";
import { FormulaSheet, type Column, type Format } from "../../writers/formula/sheet";

export const CONTRACTS = "合同";

/** Usual words, which mean an input of several instruments; an input without one stands under its own name. */
const USUAL = ["金额", "国产算力", "已获金额", "补助比例"];

/** A column of 合同, and which input it is for each instrument that reads it. */
export interface InputColumn {
  readonly header: string;
  readonly column: Column;
  readonly names: ReadonlyMap<Entry, string>;
}

export interface Contracts {
  readonly sheet: FormulaSheet;
  readonly policy: Column;
  readonly month: Column;
  readonly firm: Column;
  readonly object: Column;
  readonly year: Column;
  readonly inputs: readonly InputColumn[];
}

/** What the instrument cannot do without, what was granted before, the rate that a review sets, and whether the row is eligible. */
function askedOf(plan: Plan): string[] {
  const wanted = new Set([
    ...neededInputs(plan, []),
    ...limitsOf(plan).flatMap(({ used }) => used ?? []),
    ...figuresOf(limitsOf(plan)).flatMap(({ cases }) =>
      cases.flatMap(({ value }) => (value.kind === "given" && value.otherwise && value.ceiling ? [value.input] : [])),
    ),
    ...(plan.minus === undefined ? [] : [plan.minus]),
    "eligible",
  ]);
  return Object.keys(plan.inputs).filter((name) => wanted.has(name));
}

/** The word of an input above its column: a usual one that BUTIE reads as it for this instrument, or its own name. */
function headerOf(entry: Entry, name: string, input: Input): string {
  const usual = USUAL.find((word) => wordsOf(entry).get(nameOf(word))?.name === name);
  return usual ?? input.zh;
}

/** A row of the example: cells by header. */
export type Example = Readonly<Record<string, Scalar>>;

export function contractsOf(
  plans: readonly Plan[],
  first: number,
  length: number,
  rows: readonly Example[],
): Contracts {
  const sheet = new FormulaSheet(CONTRACTS, first, length);
  const add = (header: string, format: Format, options?: readonly string[]): Column =>
    sheet.add(header, "input", format, (row) => rows[row]?.[header] ?? "", options);
  sheet.add("行", "name", "whole", (row) => row + 1);
  const [policy, month, firm, object, year] = [
    add("政策", "text"),
    add("申报月份", "whole"),
    add("企业", "text"),
    add("合同", "text"),
    add("年度", "whole"),
  ] as const;
  const columns = new Map<string, { input: Input; names: Map<Entry, string> }>();
  for (const { entry, inputs } of plans)
    for (const name of askedOf(plans.find((plan) => plan.entry === entry)!)) {
      const input = inputs[name]!;
      const header = headerOf(entry, name, input);
      const known = columns.get(header);
      if (known) known.names.set(entry, name);
      else columns.set(header, { input, names: new Map([[entry, name]]) });
    }
  const inputs = [...columns].map(([header, { input, names }]): InputColumn => {
    const words = input.kind === "flag" ? ["是", "否"] : Object.values(input.options ?? {}).map(({ zh }) => zh);
    return { header, column: add(header, formatOf(input), words), names };
  });
  return { sheet, policy, month, firm, object, year, inputs };
}
