/**
 * How the total answers to the rules: tables over one or two levers, the levers that matter most, and the value of a lever
 * that gives a total. Tables and tornadoes are sets of scenarios, computed as any other by the scenario runner.
 */
export {
  breakEven,
  type BreakEven,
  type BreakEvenLever,
  type LeverTotal,
  type Measure,
  type TotalGrowth,
} from "./break-even";
export {
  changesAt,
  evenSteps,
  evenValues,
  inRange,
  kindOfLever,
  leverRange,
  LEVERS,
  leversOf,
  leverWords,
  sameLever,
  tierOfLever,
  usualEnds,
  type Lever,
  type LeverValue,
} from "./levers";
export { bestRound, leverPairs, type Pair, type PairFound, type Pairs, type PairsQuestion } from "./pairs";
export {
  leverBar,
  readingBars,
  tornadoLevers,
  sensitivityTable,
  sensitivityScenarios,
  tornadoOf,
  tornadoScenarios,
  usualTornado,
  type LeverAxis,
  type TornadoBar,
  type TornadoLever,
  type ScenarioTotal,
} from "./tables";
