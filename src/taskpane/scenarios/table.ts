/** Scenarios as they are edited: one row each, its cells by the name of their column. */
import {
  JURISDICTIONS,
  readingsOf,
  readScenarios,
  Refusal,
  SCENARIO_COLUMNS,
  scenarioTable,
  type Cell,
  type Entry,
  type Language,
  type Scenario,
  type Text,
} from "../../rules";

/** By the name of the column (SCENARIO_COLUMNS, or a reading); what is not there is blank. */
export type ScenarioRow = Readonly<Record<string, string>>;

const fold = (word: string): string => word.normalize("NFKC").trim().toLowerCase();

/** The name of the column under a header; a reading is its own name. */
const nameOf = (header: string): string =>
  SCENARIO_COLUMNS.find(({ name, zh, en }) => [name, zh, en].some((word) => fold(word) === fold(header)))?.name ??
  header;

/** @throws Refusal for a table of scenarios that cannot be read */
export const rowsIn = (cells: readonly (readonly Cell[])[]): ScenarioRow[] => rowsOf(readScenarios(cells));

export function rowsOf(scenarios: readonly Scenario[]): ScenarioRow[] {
  const [headers = [], ...rows] = scenarioTable(scenarios, "en");
  const names = headers.map((header) => nameOf(String(header)));
  return rows.map((row) =>
    Object.fromEntries(names.flatMap((name, c) => (String(row[c] ?? "") === "" ? [] : [[name, String(row[c])]]))),
  );
}

/** The rows as cells, a row of names first. */
function cellsOf(rows: readonly ScenarioRow[]): Cell[][] {
  const names = [...new Set(["name", ...rows.flatMap((row) => Object.keys(row))])];
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ""))];
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
  /** What may be chosen, its key first; absent where anything may be typed. */
  readonly options?: readonly (readonly [key: string, label: string])[];
}

/** The columns that a scenario over these instruments may fill. */
export function columnsOf(entries: readonly Entry[], language: Language): ScenarioColumn[] {
  const readings = new Map(entries.flatMap(({ instrument }) => Object.entries(readingsOf(instrument))));
  return [
    ...SCENARIO_COLUMNS.map((column) => ({
      name: column.name,
      label: column[language],
      help: column.help[language],
      ...(column.name === "jurisdiction" && {
        options: JURISDICTIONS.map(({ name }) => [name.zh, name[language]] as const),
      }),
    })),
    ...[...readings].map(([name, { register, doubt, options }]) => ({
      name,
      label: `${register} ${name}`,
      help: doubt[language],
      options: Object.entries(options).map(([key, words]) => [key, words[language]] as const),
    })),
  ];
}

/** What a row changes, in words: "比例 0.27；上限 600". */
export const changesOf = (row: ScenarioRow, columns: readonly ScenarioColumn[]): string =>
  columns
    .filter(({ name }) => name !== "name" && row[name])
    .map(({ name, label, options }) => `${label} ${options?.find(([key]) => key === row[name])?.[1] ?? row[name]}`)
    .join("；");
