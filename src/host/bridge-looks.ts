/** How the columns of a bridge look, in their order: what the others stand on, totals, more, less, and both below zero. */
export interface SeriesLook {
  /** Six hexadecimal digits; absent where nothing is drawn. */
  readonly fill?: string;
  /** The number format of the amount beside it, in 万元: thousands with a dot before the last digit; zero shows nothing. */
  readonly label?: string;
}

const [TOTAL, MORE, LESS] = ["A9B4C0", "F0A36B", "6FBFB0"];

export const BRIDGE_LOOKS: readonly SeriesLook[] = [
  {},
  { fill: TOTAL, label: "0\\.0,;-0\\.0,;" },
  { fill: MORE, label: "+0\\.0,;+0\\.0,;" },
  { fill: LESS, label: "-0\\.0,;-0\\.0,;" },
  { fill: MORE, label: "+0\\.0,;+0\\.0,;" },
  { fill: LESS, label: "-0\\.0,;-0\\.0,;" },
];
