/** BUTIE.SCENARIO: the rows of a table under several scenarios, one line each. */
import { refuse, resultTable, runScenarios, type Claim, type Language } from "../rules";
import { isError, readScenarios, scenarioBase, type Cell, type Given, type Matrix } from "../tables";
import { type Answer } from "./matrix";

/**
 * The base and every scenario, with headers.
 * @param scenarios a table whose first row names its columns (SCENARIO_COLUMNS)
 * @throws Refusal for tables that cannot be read; the error that stands in a cell of the scenarios
 */
export function scenarioAnswers(
  instruments: readonly Given[],
  headers: readonly Given[],
  values: Matrix,
  scenarios: Matrix,
  years: readonly Given[],
  claim: Claim,
  language: Language,
): Answer[][] {
  const broken = scenarios.flat().find(isError);
  if (broken) throw broken;
  const set = readScenarios(scenarios as readonly (readonly Cell[])[]);
  if (!set.length) {
    throw refuse(
      "情景表应有一行表头和至少一行情景",
      "the table of scenarios needs a row of headers and at least one scenario",
    );
  }
  const base = scenarioBase(instruments, headers, values, years, claim);
  return resultTable([...runScenarios(base, set)], language);
}
