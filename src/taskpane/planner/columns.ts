/** The claims of a pool are columns of a table; a probability and a spread may be one number for all. */
export const COLUMNS = ["claims", "firm", "probability", "spread", "date", "rank", "subpool"] as const;
export type ColumnName = (typeof COLUMNS)[number];
