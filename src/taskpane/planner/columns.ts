/**
 * The claims of a pool are columns of a table; a probability, a spread and a range (`within`: ± 20 %, of which a spread follows) may be
 * one number for all. A group is an industry, a kind of voucher, whatever claims have in common.
 */
export const COLUMNS = [
  "claims",
  "firm",
  "probability",
  "spread",
  "within",
  "group",
  "date",
  "rank",
  "subpool",
] as const;
export type ColumnName = (typeof COLUMNS)[number];
