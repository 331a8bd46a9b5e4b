/**
 * How the total answers to the rules: tables over one or two levers, the levers that matter most, and the value of a lever
 * that gives a total. Tables and tornadoes are sets of scenarios, computed as any other by the scenario runner.
 */
export { breakEven, type BreakEven, type BreakEvenLever, type Growth, type LeverTotal } from "./sensitivity/break-even";
export {
  evenValues,
  hasLever,
  LEVER_RANGES,
  leverFigures,
  LEVERS,
  leverWords,
  usualEnds,
  type Lever,
  type LeverValue,
} from "./sensitivity/levers";
export {
  leverBar,
  tableOf,
  tableScenarios,
  tornadoOf,
  tornadoScenarios,
  usualTornado,
  type Axis,
  type TornadoBar,
  type TornadoEnd,
  type TornadoLever,
  type Total,
} from "./sensitivity/tables";
