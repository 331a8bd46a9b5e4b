/** What turns the row of one version into that of the other: one input, name, reading or year after the other. */
import { planOf, type Plan, type PlannedRow } from "../rules";
import { nameOfEntry } from "./computed";
import type { Pair } from "./matching";
import type { Line } from "./version";

export interface Step {
  readonly cause: string;
  /** What decides an award before and after it, where that tells more than the cause alone. */
  readonly isByNumber?: true;
  /** Whether the step changes the row of a pair itself. */
  readonly bears: (pair: Pair) => boolean;
  /** What changes: "金额 100 → 200". */
  readonly words: (pair: Pair) => string;
  /** The row after the step, of one on which it bears. */
  readonly change: (row: PlannedRow, pair: Pair) => PlannedRow;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
export const turned = (before: string, after: string): string => `${before || "（空）"} → ${after || "（空）"}`;

const rowOf = ({ planned }: Line) => planned!.row;
const planOfLine = ({ planned }: Line): Plan => planned!.plan;
const isOneInstrument = ({ before, after }: Pair): boolean => planOfLine(before).entry === planOfLine(after).entry;

/** @param pairs whose rows can be computed in both versions */
export function stepsOf(pairs: readonly Pair[]): Step[] {
  const alike = pairs.filter(isOneInstrument);
  const among = (names: (pair: Pair) => readonly string[]): string[] => [...new Set(alike.flatMap(names))];
  const inputs = among(({ before, after }) => Object.keys({ ...rowOf(before), ...rowOf(after) }));
  const readings = among(({ after }) => Object.keys(planOfLine(after).readings));
  const all = [
    ...inputs.map((name) => inputStep(name, alike)),
    nameStep("firm", "企业不同"),
    nameStep("object", "对象不同"),
    ...readings.map(readingStep),
    YEAR,
    INSTRUMENT,
  ];
  return all.filter(({ bears }) => pairs.some(bears));
}

function inputStep(name: string, pairs: readonly Pair[]): Step {
  const label = pairs.map(({ after }) => planOfLine(after).inputs[name]?.zh).find(Boolean) ?? name;
  return {
    cause: `${label}不同`,
    bears: (pair) => isOneInstrument(pair) && !same(rowOf(pair.before)[name], rowOf(pair.after)[name]),
    words: (pair) => inputWords(pair) || label,
    change: (planned, { after }) => {
      const row = new Map(Object.entries(planned.row));
      const value = rowOf(after)[name];
      if (value === undefined) row.delete(name);
      else row.set(name, value);
      return { ...planned, row: Object.fromEntries(row) };
    },
  };
}

/** The cells that differ, as they are written. */
const inputWords = ({ before, after }: Pair): string =>
  [...after.inputs]
    .filter(([header, value]) => before.inputs.get(header) !== value)
    .map(([header, value]) => `${header} ${turned(before.inputs.get(header) ?? "", value)}`)
    .join("；");

const nameStep = (field: "firm" | "object", cause: string): Step => ({
  cause,
  bears: ({ before, after }) => before.planned![field] !== after.planned![field],
  words: ({ before, after }) => turned(before[field], after[field]),
  change: (planned, { after }) => ({ ...planned, [field]: after.planned![field] }),
});

const readingStep = (name: string): Step => ({
  cause: `读法 ${name} 不同`,
  bears: (pair) =>
    isOneInstrument(pair) && planOfLine(pair.before).readings[name] !== planOfLine(pair.after).readings[name],
  words: ({ before, after }) => turned(planOfLine(before).readings[name] ?? "", planOfLine(after).readings[name] ?? ""),
  change: (planned, { after }) => {
    const { entry, claim, readings } = planned.plan;
    const taken = { ...readings, [name]: planOfLine(after).readings[name]! };
    return { ...planned, plan: planOf(entry, claim, { readings: taken }) };
  },
});

const yearWords = ({ claim: { day, year } }: Plan): string => day ?? String(year);
const YEAR: Step = {
  cause: "申报年度不同",
  bears: (pair) => isOneInstrument(pair) && !same(planOfLine(pair.before).claim, planOfLine(pair.after).claim),
  words: ({ before, after }) => turned(yearWords(planOfLine(before)), yearWords(planOfLine(after))),
  change: (planned, { after }) => ({ ...planned, plan: planOfLine(after) }),
};

/** Another clause asks for other inputs: the row changes as a whole. */
const INSTRUMENT: Step = {
  cause: "政策不同",
  isByNumber: true,
  bears: (pair) => !isOneInstrument(pair),
  words: ({ before, after }) => turned(nameOfEntry(planOfLine(before).entry), nameOfEntry(planOfLine(after).entry)),
  change: (planned, { after }) => ({ ...planned, plan: planOfLine(after), row: rowOf(after) }),
};
