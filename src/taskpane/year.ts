/** The years worth choosing: those that some document covers. */
import { CATALOGUE } from "../rules";

const yearOf = (day: string): number => Number(day.slice(0, 4));

const WINDOWS = CATALOGUE.map(({ document }) => document.window);
const FIRST = Math.min(...WINDOWS.map(({ from }) => yearOf(from)));
const LAST = Math.max(...WINDOWS.map(({ from, to }) => yearOf(to ?? from)));

/** From the first to the last year of any window, `chosen` included. */
export function years(chosen: number): number[] {
  const first = Math.min(FIRST, chosen);
  return Array.from({ length: Math.max(LAST, chosen) - first + 1 }, (_, i) => first + i);
}
