/**
 * How the total answers to the rules: tables over one or two levers, the levers that matter most, and the value of a lever
 * that gives a total. Tables and tornadoes are sets of scenarios, computed as any other by the scenario runner.
 */
export { breakEven, type BreakEven, type BreakEvenLever, type TotalGrowth, type LeverTotal } from "./break-even";
export {
  evenValues,
  hasLever,
  inRange,
  LEVER_RANGES,
  LEVERS,
  leverWords,
  usualEnds,
  type Lever,
  type LeverValue,
} from "./levers";
export {
  leverBar,
  sensitivityTable,
  sensitivityScenarios,
  tornadoOf,
  tornadoScenarios,
  usualTornado,
  type LeverAxis,
  type TornadoLever,
  type ScenarioTotal,
} from "./tables";
