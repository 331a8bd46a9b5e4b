/** Named sets of scenarios as one table: a scenario per row under the name of its set, and what it came to when it was last run. */
import { refuse, Refusal, toFen, toYuan, type Language, type Scenario } from "../rules";
import type { Cell } from "./cells";
import { nameOf } from "./names";
import { numberIn } from "./amounts";
import { readScenarios, scenarioTable } from "./scenarios";

/** What one scenario came to, fen. */
export interface LastTotal {
  readonly total: number;
  /** What the pools paid of it. */
  readonly paid: number;
}

export interface LastRun {
  /** The sheet that keeps the rows of that run. */
  readonly rows: string;
  /** Of the rows as they were, then of each scenario; undefined where one could not be computed. */
  readonly totals: readonly (LastTotal | undefined)[];
}

export interface ScenarioSet {
  readonly name: string;
  readonly scenarios: readonly Scenario[];
  readonly last?: LastRun;
}

const COLUMNS = {
  set: { zh: "情景集", en: "set" },
  total: { zh: "上次补贴总额", en: "last total" },
  paid: { zh: "上次实付", en: "last paid" },
  rows: { zh: "上次数据", en: "last rows" },
} as const;
const SCENARIO = { zh: "情景", en: "scenario" } as const;
/** The line of the rows as they are. */
const AS_IS = { zh: "（现行做法）", en: "(as is)" } as const;

/** The sets as a table with headers: readSets() reads it back. */
export function setsTable(sets: readonly ScenarioSet[], language: Language): Cell[][] {
  const all = sets.flatMap(({ scenarios }) => scenarios);
  const [headers = [], ...lines] = scenarioTable(all, language);
  const table: Cell[][] = [
    [COLUMNS.set[language], ...headers, ...(["total", "paid", "rows"] as const).map((name) => COLUMNS[name][language])],
  ];
  let at = 0;
  for (const { name, scenarios, last } of sets) {
    const own = [
      [AS_IS[language], ...Array<Cell>(headers.length - 1).fill("")],
      ...lines.slice(at, (at += scenarios.length)),
    ];
    own.forEach((line, k) => {
      const found = last?.totals[k];
      table.push([
        name,
        ...line,
        found ? toYuan(found.total) : "",
        found ? toYuan(found.paid) : "",
        last && !k ? last.rows : "",
      ]);
    });
  }
  return table;
}

/** @throws Refusal that names the set and the scenario that cannot be read */
export function readSets(cells: readonly (readonly Cell[])[]): ScenarioSet[] {
  const [headers = [], ...rows] = cells;
  const placeOf = (words: Readonly<Record<Language, string>>): number =>
    headers.findIndex((header) => [words.zh, words.en].some((word) => nameOf(word) === nameOf(header ?? "")));
  const [set, total, paid, kept] = (["set", "total", "paid", "rows"] as const).map((name) =>
    placeOf(COLUMNS[name]),
  ) as [number, number, number, number];
  if (set < 0) throw refuse("缺“情景集”一列", "the column of the sets is missing");
  const own = new Set([set, total, paid, kept]);
  const scenarioCells = (row: readonly Cell[]): Cell[] => row.map((cell, c) => (own.has(c) ? "" : (cell ?? "")));
  const title = placeOf(SCENARIO);
  const sets = new Map<
    string,
    { scenarios: Scenario[]; base?: LastTotal; totals: (LastTotal | undefined)[]; rows: string }
  >();
  for (const row of rows) {
    const name = String(row[set] ?? "").trim();
    if (!name) continue;
    const found = sets.get(name) ?? { scenarios: [], totals: [], rows: "" };
    sets.set(name, found);
    const last = lastOf(row[total], row[paid]);
    const called = String(row[title] ?? "").trim();
    if (called === AS_IS.zh || called === AS_IS.en) {
      if (last) found.base = last;
      found.rows = String(row[kept] ?? "").trim();
      continue;
    }
    try {
      const read = readScenarios([scenarioCells(headers), scenarioCells(row)]);
      found.scenarios.push(...read);
      // A row without a scenario has no place among the totals.
      found.totals.push(...read.map(() => last));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal(error.code, {
        zh: `情景集“${name}”的“${called}”：${error.text.zh}`,
        en: `${called} of the set ${name}: ${error.text.en}`,
      });
    }
  }
  return [...sets].map(([name, { scenarios, base, totals, rows: sheet }]) => ({
    name,
    scenarios,
    ...(base && sheet && { last: { rows: sheet, totals: [base, ...totals] } }),
  }));
}

function lastOf(total: Cell, paid: Cell): LastTotal | undefined {
  const [first, second] = [numberIn(total), numberIn(paid)];
  return first && second ? { total: toFen(first.toNumber()), paid: toFen(second.toNumber()) } : undefined;
}
