/**
 * A pool of money and the claims on it. Sharing, sizing and the calendar are exact to the fen; risk is in probabilities.
 * Amounts are whole fen throughout. Everything here follows from its arguments alone.
 */
export {
  CAP_ORDERS,
  type CapOrder,
  share,
  SHARING_METHODS,
  SHARING_OPTIONS,
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
export { type CommonGrowth, LARGEST_SPREAD, type UncertainClaim } from "./uncertain";
export { needOf, quantile, runsOut } from "./need";
export { poolRisk, type PoolRisk } from "./risk";
export { drawnYears } from "./drawn-years";
export { type PoolUse, type RunOutDays, runOutDays, type Tranche, useOverTime } from "./exhaustion";
export { leastUnpaid, moveMoney, type PlannedPool, type PoolOutlook, type Portfolio, portfolioOf } from "./portfolio";
