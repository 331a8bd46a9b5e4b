/** What the runner is asked for, and the one place that computes it: a worker, or the pane itself in slices. */
import { scenarioBase } from "../../tables";
import { runScenarios, type Scenario, type ScenarioBase, type ScenarioResult } from "../../rules";
import type { Base } from "./base";

export interface Order {
  readonly base: Base;
  readonly scenarios: readonly Scenario[];
  /** Also the award of every row. */
  readonly perRow: boolean;
}

/** The rows as they are computed. @throws Refusal */
export const scenarioBaseOf = ({ instruments, headers, values, claim }: Base): ScenarioBase =>
  scenarioBase(instruments, headers, values, [""], claim);

/** The result of the base itself, then of each scenario, one per pull. @throws Refusal */
export const resultsOf = ({ base, scenarios, perRow }: Order): Generator<ScenarioResult> =>
  runScenarios(scenarioBaseOf(base), scenarios, { perRow });
