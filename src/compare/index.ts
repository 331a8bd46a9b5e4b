/** The door of the comparison of two versions. */
export { compare, compareTerms, entryOfAll, versionOf, type Comparison } from "./comparison";
export type { Terms } from "./computed";
export { assumedWords, comparisonPage, comparisonSheet } from "./sheet";
export type { Line } from "./version";
