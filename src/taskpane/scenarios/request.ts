/** What the runner is asked for, and the one place that computes it: a worker, or the pane itself in slices. */
import { scenarioBase } from "../../tables";
import { runScenarios, type Scenario, type ScenarioResult } from "../../rules";
import type { Base } from "./base";

export interface Order {
  readonly base: Base;
  readonly scenarios: readonly Scenario[];
  /** Also the award of every row. */
  readonly perRow: boolean;
}

/** The result of the base itself, then of each scenario, one per pull. @throws Refusal */
export function resultsOf({ base, scenarios, perRow }: Order): Generator<ScenarioResult> {
  const { instruments, headers, values, claim } = base;
  return runScenarios(scenarioBase(instruments, headers, values, [""], claim), scenarios, { perRow });
}
