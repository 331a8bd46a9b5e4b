/** The door of the comparison of two versions. */
export { compare, compareTerms, versionOf, type Comparison } from "./comparison";
export type { Terms } from "./computed";
export { comparisonPage, comparisonSheet } from "./sheet";
