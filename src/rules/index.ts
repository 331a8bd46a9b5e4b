/** The only door of the rules: what other rooms use, and nothing else (test/boundaries.test.ts). */
export { award, product, rounded, withoutMoney, type Award, type Draw, type LimitWorking } from "./award/award";
export { Facts } from "./award/facts";
export { fold, type Algebra, type Clause } from "./award/fold";
export { doubtsOf, type Doubt } from "./award/doubts";
export { rowsNear } from "./award/near";
export { asksTotal } from "./award/totals";
export { addsTo, byTurn, awards, isOtherRoute, promotes, SOME_FEN, type PlannedRow } from "./award/overlap";
export { noRepeat, split, upgrade } from "./award/payment";
export type { Operand, Outcome, PathTerm } from "./award/path";
export type { Row, Value } from "./award/row";
export { awardFen } from "./award/scalar";
export {
  bindingOf,
  coded,
  MAX_CODES,
  columnsAwards,
  columnsOf,
  inputAt,
  NO_LIMIT,
  numberColumn,
  OUTCOMES,
  outcomeOf,
  placesOf,
  type Block,
  type Column,
} from "./columns";
export {
  blankSaysNothing,
  CATALOGUE,
  anyDay,
  entryBeside,
  idOf,
  isOneDocument,
  versionsIn,
  COMMON_READINGS,
  entryOf,
  entryShown,
  FAMILIES,
  findEntry,
  findJurisdiction,
  isOwn,
  JURISDICTIONS,
  ownMistake,
  ownPolicies,
  perCatalogue,
  POLICIES,
  readingsOf,
  setOwnPolicies,
  SYNONYMS,
  zeroSaysNothing,
  type OwnPolicies,
  type OwnPolicy,
} from "./law/catalogue";
export { partOn, partsOfYear } from "./law/parts-of-year";
export {
  claimWithin,
  isInForce,
  isPartialYear,
  latestAt,
  versionAt,
  versionOf,
  windowOf,
  type Claim,
  type Document,
  type Entry,
} from "./law/time";
export type { Counted, Input, Instrument, Jurisdiction, Language, Policy, Reading, Text } from "./law/policy";
export { dayNumber, FIRST_DAY, isoOf, LAST_DAY, type Span } from "./number/day";
export { Exact, formatChinese, formatYuan, MAX_FEN, MAX_SUM, toFen, toYuan, yuanToFen } from "./number/money";
export {
  add,
  commonMultiple,
  compare,
  divide,
  halfUp,
  lowest,
  multiply,
  parseFigure,
  ratio,
  subtract,
  toDecimal,
  UNIT,
  ZERO,
  type Ratio,
} from "./number/ratio";
export { ownerOf, partInput, termOf, type Allowance } from "./plan/allowance";
export type {
  Plan,
  PlanCase,
  PlanCondition,
  PlanFigure,
  PlanLimit,
  PlanPart,
  PlanTerm,
  PlanTest,
  PlanTotal,
  PlanValue,
  RatioTest,
  Rounding,
  WithinTest,
} from "./plan/plan";
export { GENERAL_INPUTS, planOf } from "./plan/resolve";
export { neededInputs } from "./award/needed";
export {
  allowancesOf,
  anyRowTests,
  eachTest,
  figuresOf,
  givenBefore,
  limitsOf,
  namedOwners,
  testsOf,
} from "./plan/walk";
export { ownSchema } from "./own/form";
export { readOwnPolicies, type OwnMistake, type OwnReading } from "./own/read";
export { chunksOf, copyOf, figuresIn, joined, textOf, withFigures, type Chunk, type FigureAt } from "./own/write";
export * from "./pool";
export { Refusal, refuse } from "./refusal";
export * from "./study/best";
export { factorOfRates } from "./study/factor";
export { pieces, type Piece } from "./study/kinks";
export { bridgeOf, changesOf, type Bridge, type Change } from "./study/bridge";
export {
  concentrationOf,
  gainsByGroup,
  gainsOf,
  largestChanges,
  partyChanges,
  type Concentration,
  type Gains,
  type TwoPayments,
} from "./study/gains";
export { movedRows, type MovedRows, type RowKey } from "./study/moved";
export { sizeClasses, type SizeClass } from "./study/size-class";
export { notchesOf, type Notch } from "./study/notch";
export * from "./study/scenario";
export * from "./study/sensitivity";
export { RULES_VERSION } from "./version";
