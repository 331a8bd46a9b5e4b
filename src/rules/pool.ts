/** A capped pool: sharing it out, sizing it, its risk. The door of src/rules/pool/. */
export { PoolError } from "./pool/fen";
export { poolRisk, type PoolRisk } from "./pool/risk";
export { CAP_ORDERS, share, SHARING_METHODS, type CapOrder, type SharingMethod, type SharingRule } from "./pool/sharing";
export { shareWithSetAsides } from "./pool/set-aside";
export {
  capStepCost,
  capThatFits,
  costSurface,
  factorThatFits,
  firmsAtCap,
  largestFactor,
  type CapFit,
  type FactorFit,
} from "./pool/sizing";
export { poolStats, type PoolStats } from "./pool/stats";
export type { CommonGrowth, UncertainClaim } from "./pool/uncertain";
