/** The only door of the tables: cells as a spreadsheet or a file hands them over, read into rows and columns. */
export { isPercentage, numberIn, readAmount, type Unit } from "./amounts";
export { blocksOfRows } from "./blocks";
export { isBlank, isError, isNothing, Unread, type Cell, type CellError, type Given, type Matrix } from "./cells";
export { countingInputs } from "./earlier";
export {
  claimsOf,
  givenAt,
  instrumentsOf,
  isErrorText,
  filledBy,
  missingInputs,
  tablesIn,
  valueAt,
  type FoundTable,
} from "./claims";
export { Codes } from "./codes";
export { familyTables, rowsKept } from "./family";
export { blocksOf, groupsOf, type Group } from "./groups";
export { readBlocks, readTable, scenarioBase, tableOf, type ReadTable } from "./opened";
export {
  distance,
  grantedInput,
  inputsOf,
  isHeader,
  meaningAnywhere,
  tableColumn,
  unitBehind,
  wordsOf,
  type TableColumn,
} from "./headers";
export { headerKey, matchColumns, wordOf, type Match } from "./matching";
export { choiceIn, readChoice, readFlag, readInput, valueIn } from "./inputs";
export { Layout, layoutOf } from "./layout";
export { readLever, typedLever } from "./levers";
export { isStandIn, isTotal, nameOf, narrow } from "./names";
export { earlierResults, RESULTS } from "./results";
export { checkSubPoolNames, subPoolPlaces } from "./sub-pools";
export { claimIn, readClaim, readEntry, readJurisdiction } from "./period";
export { readSets, setsTable, type LastTotal, type ScenarioSet } from "./scenario-sets";
export { readScenarios, SCENARIO_COLUMNS, scenarioCells, scenarioTable } from "./scenarios";
export { CellReader } from "./read";
export { everyRow, type Rows } from "./sections";
export {
  isPlanned,
  isRefused,
  isUnplanned,
  Table,
  type BlankRow,
  type Refused,
  type TableRow,
  type Unplanned,
} from "./table";
export { entryOfRow, isSupport, policyColumns, type PolicyColumns } from "./policies";
export { cellKey, regionAround, regionOf, type Area, type RegionColumn, type SheetCells, type Skipped } from "./region";
