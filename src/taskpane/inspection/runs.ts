/** Places one below the other with the same words are one line of a report: C3:C7. */
import { formatAddress, parseAddress, type Rectangle } from "../../host/address";
import type { Place } from "../../host/workbook";
import type { Language } from "../../rules";
import type { Hit } from "./finding";

export interface Run {
  readonly place: Place;
  readonly words: string | undefined;
}

export function runsOf(hits: readonly Hit[], language: Language): Run[] {
  const runs: { sheet: string; area: Rectangle; words: string | undefined }[] = [];
  for (const { place, words: text } of hits) {
    const area = parseAddress(place.address)!;
    const words = text?.[language];
    const last = runs.at(-1);
    const goesOn =
      last?.sheet === place.sheet &&
      last.words === words &&
      last.area.column === area.column &&
      last.area.columns === area.columns &&
      last.area.row + last.area.rows === area.row;
    if (goesOn) last.area = { ...last.area, rows: last.area.rows + area.rows };
    else runs.push({ sheet: place.sheet, area, words });
  }
  return runs.map(({ sheet, area, words }) => ({ place: { sheet, address: formatAddress(area) }, words }));
}
