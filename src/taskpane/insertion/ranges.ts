/** Reads the ranges that were typed or taken from the selection, and names what does not fit. */
import { parseAddress, parseReference } from "../../host/address";
import type { Place } from "../../host/workbook";
import type { TextKey } from "../texts";

/** A range as it was typed ("B2:B9", "合同!B2:B9"); null where it is none. Without a sheet name it lies on `sheet`. */
export function placeIn(text: string, sheet: string): Place | null {
  const typed = text.trim();
  if (typed.includes("!")) return parseReference(typed);
  return parseAddress(typed) && { sheet, address: typed.replaceAll("$", "").toUpperCase() };
}

/** Ranges of one column and equal height, by the input or table column that they fill. */
export type Ranges = Readonly<Record<string, Place>>;

export interface ReadRanges {
  readonly ranges: Ranges;
  /** What is wrong, by the name of the field. */
  readonly faults: Readonly<Record<string, TextKey>>;
  /** How many rows the formula will have. */
  readonly rows: number;
}

export function readRanges(typed: Readonly<Record<string, string>>, sheet: string): ReadRanges {
  const ranges: Record<string, Place> = {};
  const faults: Record<string, TextKey> = {};
  let rows = 0;
  for (const [name, text] of Object.entries(typed)) {
    if (!text.trim()) continue;
    const place = placeIn(text, sheet);
    const area = place && parseAddress(place.address)!;
    if (!area) faults[name] = "insertion.no-range";
    else if (area.columns > 1) faults[name] = "insertion.one-column";
    else if (rows && area.rows !== rows) faults[name] = "insertion.other-height";
    else {
      ranges[name] = place;
      rows = area.rows;
    }
  }
  return { ranges, faults, rows };
}
