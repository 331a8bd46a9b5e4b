/** The only door of the rules: what the other rooms use of them. */
export { type Award, award, type LimitWorking, product } from "./award/award";
export { bestAwards, type Candidates, EXACT_OBJECTS } from "./award/best";
export { addsTo, awards, noRepeat, type PlannedRow, split, upgrade } from "./award/overlap";
export { Facts } from "./award/facts";
export type { Operand, Outcome, PathTerm } from "./award/path";
export type { Row, Value } from "./award/row";
export { awardFen } from "./award/scalar";
export {
  bindingOf,
  type Block,
  blockAwards,
  coded,
  type Column,
  type Columns,
  columnsAwards,
  NO_LIMIT,
  numberColumn,
  outcomeOf,
  OUTCOMES,
  type RowAwards,
} from "./columns";
export {
  CATALOGUE,
  type Claim,
  COMMON_READINGS,
  type Document,
  type Entry,
  entryOf,
  FAMILIES,
  findEntry,
  findJurisdiction,
  isInForce,
  isPartialYear,
  JURISDICTIONS,
  POLICIES,
  readingsOf,
} from "./law/catalogue";
export {
  type Input,
  type Instrument,
  type Jurisdiction,
  KINDS,
  type Language,
  Policy,
  type Reading,
  type Text,
} from "./law/policy";
export { Exact, formatChinese, formatYuan, MAX_FEN, roundHalfUp, toFen, toYuan, yuanToFen } from "./number/money";
export {
  add,
  atLeastZero,
  compare,
  divide,
  floor,
  halfUp,
  multiply,
  parseFigure,
  ratio,
  type Ratio,
  smaller,
  subtract,
  toDecimal,
  UNIT,
  ZERO,
} from "./number/ratio";
export type {
  Overrides,
  Plan,
  PlanCase,
  PlanCondition,
  PlanFigure,
  PlanLimit,
  PlanTerm,
  PlanTest,
  PlanValue,
} from "./plan/plan";
export { GENERAL_INPUTS, planOf } from "./plan/resolve";
export { figuresOf, limitsOf } from "./plan/walk";
export {
  CAP_ORDERS,
  type CapFit,
  type CapOrder,
  capStepCost,
  capThatFits,
  type CommonGrowth,
  costSurface,
  drawnYears,
  type FactorFit,
  factorThatFits,
  firmsAtCap,
  LARGEST_SPREAD,
  moveMoney,
  needOf,
  type PlannedPool,
  PoolError,
  type PoolOutlook,
  poolRisk,
  poolStats,
  type PoolStats,
  type PoolUse,
  type Portfolio,
  portfolioOf,
  quantile,
  type RunOutDays,
  runOutDays,
  runsOut,
  share,
  SHARING_METHODS,
  SHARING_OPTIONS,
  type SharingMethod,
  type SharingRule,
  type Tranche,
  type UncertainClaim,
  useOverTime,
} from "./pool";
export { Refusal, refuse } from "./refusal";
export { factorOfRates } from "./study/factor";
export { type Piece, pieces } from "./study/kinks";
export {
  type ResultColumn,
  resultColumns,
  resultTable,
  ROW_ANSWERS,
  type RowAnswer,
  runScenarios,
  type Scenario,
  type ScenarioBase,
  type ScenarioResult,
} from "./study/scenario";
export {
  breakEven,
  type BreakEven,
  type BreakEvenLever,
  evenValues,
  hasLever,
  inRange,
  type Lever,
  LEVER_RANGES,
  type LeverAxis,
  leverBar,
  LEVERS,
  type LeverTotal,
  type LeverValue,
  leverWords,
  type ScenarioTotal,
  sensitivityScenarios,
  sensitivityTable,
  type TornadoLever,
  tornadoOf,
  tornadoScenarios,
  type TotalGrowth,
  usualEnds,
  usualTornado,
} from "./study/sensitivity";
export { RULES_VERSION } from "./version";
