export { goesByParts, ofParts } from "./parts";
export type { Changes, Scenario, ScenarioBase } from "./scenario";
export { baseAmounts } from "./amounts";
export { ROW_ANSWERS, type RowAnswer, type ScenarioResult } from "./result";
export { dividedPlan } from "./split";
export { runScenarios, totalsOf } from "./run-scenarios";
export { notInTable } from "./rows";
export { resultColumns, resultTable, type ResultColumn } from "./result-table";
