/**
 * A pool of money and the claims on it. Sharing, sizing and the calendar are exact to the fen; risk is in probabilities.
 * Amounts are whole fen throughout. Everything here follows from its arguments alone.
 */
export {
  type Awards,
  CAP_ORDERS,
  type CapOrder,
  share,
  SHARING_METHODS,
  SHARING_OPTIONS,
  sharing,
  type SharingMethod,
  type SharingRule,
} from "./sharing";
export {
  shareSubPools,
  type Spill,
  SPILL_OPTIONS,
  SPILLS,
  type SubPools,
  type SubPoolShares,
  type SubPoolUse,
} from "./sub-pools";
export {
  type CapFit,
  capStepCost,
  capThatFits,
  costSurface,
  type FactorFit,
  factorThatFits,
  firmsAtCap,
} from "./sizing";
export { poolStats, type PoolStats } from "./stats";
export { type CommonGrowth, LARGEST_SPREAD } from "./uncertain";
export { spreadWithin } from "./within";
export { type CommonFactor, type FactorState, type GroupedClaim, heldAtCertain, mixtureOf, worldsOf } from "./common";
export { type Delay, type PaymentTerms, type Schedule, type ScheduledRow, scheduleOf, WHOLE } from "./schedule";
export { yearsLater } from "./calendar";
export { type Amount, beyond, type Flows, flowsOver, grownBy, type Levels, levelsOf } from "./flows";
export { expectedAbove, expectedNeed, needOf, quantile, roughlyRunsOut, runsOut } from "./need";
export type { Need } from "./estimate";
export { poolRisk, type PoolRisk } from "./risk";
export { drawnYears } from "./drawn-years";
export { type PoolUse, type RunOutDays, runOutDays, type Tranche, useOverTime } from "./exhaustion";
export {
  eachWithin,
  fewestRunOut,
  leastUnpaid,
  moveMoney,
  outlookOf,
  type PoolOutlook,
  type Portfolio,
  unpaidIn,
} from "./portfolio";
