/** The years worth choosing: those that some document covers. */
import { CATALOGUE } from "../rules";

export const yearOf = (day: string): number => Number(day.slice(0, 4));

/** From the first to the last year of any window, `chosen` included. */
export function years(chosen: number): number[] {
  const windows = CATALOGUE.map(({ document }) => document.window);
  const first = Math.min(chosen, ...windows.map(({ from }) => yearOf(from)));
  const last = Math.max(chosen, ...windows.map(({ from, to }) => yearOf(to ?? from)));
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
