/** Scenarios as they are edited: one row each, its cells by the name of their column. */
import {
  CATALOGUE,
  Exact,
  readingsOf,
  Refusal,
  toFen,
  type Entry,
  type Language,
  type Scenario,
  type Text,
} from "../../rules";
import { entryName } from "../../writers/terms";
import { inYuan, typedMoney } from "../parts/amount";
import { readScenarios, SCENARIO_COLUMNS, scenarioCells, type Cell } from "../../tables";

/** By the name of the column (SCENARIO_COLUMNS, or a reading); what is not there is blank. */
export type ScenarioRow = Readonly<Record<string, string>>;

/** @throws Refusal for a table of scenarios that cannot be read */
export const rowsIn = (cells: readonly (readonly Cell[])[]): ScenarioRow[] => rowsOf(readScenarios(cells));

export const rowsOf = (scenarios: readonly Scenario[]): ScenarioRow[] =>
  scenarios.map((scenario) =>
    Object.fromEntries(Object.entries(scenarioCells(scenario)).map(([name, cell]) => [name, typed(name, cell)])),
  );

const SHARES: ReadonlySet<string> = new Set(["rate", "domestic_share", "growth"]);
const AMOUNTS: ReadonlySet<string> = new Set(["cap", "pool"]);

/** A cell as a person would type it: 35%, 500万元. */
function typed(name: string, cell: Cell): string {
  if (typeof cell === "number" && SHARES.has(name)) return `${new Exact(cell).times(100).toString()}%`;
  if (typeof cell === "number" && AMOUNTS.has(name)) return typedMoney(toFen(cell));
  return String(cell);
}

/** The rows as cells, a row of names first. */
function cellsOf(rows: readonly ScenarioRow[]): Cell[][] {
  const names = [...new Set(["name", ...rows.flatMap((row) => Object.keys(row))])];
  return [
    names,
    ...rows.map((row) => names.map((name) => (AMOUNTS.has(name) ? inYuan(row[name] ?? "") : (row[name] ?? "")))),
  ];
}

/** @throws Refusal that names the row */
export const scenariosIn = (rows: readonly ScenarioRow[]): Scenario[] => readScenarios(cellsOf(rows));

/** Why a row cannot be read; undefined where it can. */
export function refusalOf(row: ScenarioRow): Text | undefined {
  try {
    scenariosIn([row]);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.text;
    throw error;
  }
}

export interface ScenarioColumn {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  /** What a reading is about; its options answer it. */
  readonly question?: string;
  readonly isAmount?: boolean;
  /** What may be chosen, its key first; absent where anything may be typed. */
  readonly options?: readonly (readonly [key: string, label: string])[];
}

type Options = NonNullable<ScenarioColumn["options"]>;

/** The columns that a scenario over these instruments may fill, and those that one of the rows fills. */
export function columnsOf(
  entries: readonly Entry[],
  rows: readonly ScenarioRow[],
  language: Language,
): ScenarioColumn[] {
  const optionsIn = (options: Readonly<Record<string, Text>>): Options =>
    Object.entries(options).map(([key, words]) => [key, words[language]]);
  const readings = new Map(entries.flatMap(({ instrument }) => Object.entries(readingsOf(instrument))));
  const filled = rows.flatMap((row) => Object.keys(row).filter((name) => row[name]));
  const strangers = filled.filter((name) => !readings.has(name) && !SCENARIO_COLUMNS.some((c) => c.name === name));
  return [
    ...SCENARIO_COLUMNS.map(({ name, help, options, ...header }) => ({
      name,
      label: header[language],
      help: help[language],
      ...(AMOUNTS.has(name) && { isAmount: true }),
      ...(name === "instrument" && { options: instrumentsLike(entries, language) }),
      ...(options && { options: optionsIn(options) }),
    })),
    ...[...readings].map(([name, { register, doubt, options }]) => ({
      name,
      label: doubt[language],
      help: register,
      question: doubt[language],
      options: optionsIn(options),
    })),
    ...[...new Set(strangers)].map((name) => ({ name, label: name })),
  ];
}

/** Instruments of the families of the base that give an amount: the others ask for other inputs. */
const instrumentsLike = (entries: readonly Entry[], language: Language): Options =>
  CATALOGUE.filter(
    ({ instrument }) => instrument.parts && entries.some((entry) => entry.instrument.family === instrument.family),
  ).map((entry) => [entry.instrument.id, `${entryName(entry, language)} · ${entry.jurisdiction.name[language]}`]);

/** What a row changes, in words: "比例 0.27；上限 600". A reading that the row's name states already is only asked for. */
export const changesOf = (row: ScenarioRow, columns: readonly ScenarioColumn[], language: Language): string =>
  columns
    .filter(({ name }) => name !== "name" && row[name])
    .map(({ name, label, question, options }) => {
      const value = options?.find(([key]) => key === row[name])?.[1] ?? row[name]!;
      if (question === undefined) return `${label} ${value}`;
      return row.name?.includes(value) ? question : `${question}${{ zh: "：", en: ": " }[language]}${value}`;
    })
    .join({ zh: "；", en: "; " }[language]);
