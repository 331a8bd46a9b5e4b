/** Univer draws no charts; a sheet keeps under this name what was to be drawn on it, until it is saved as a file. */
export const CHARTS = "butie-charts";
