export type { Scenario } from "./scenario";
export { ROW_ANSWERS, runScenarios, type RowAnswer, type ScenarioBase, type ScenarioResult } from "./run";
export { resultColumns, resultTable, type ResultColumn } from "./result";
