/** What a check is, and what several of them need. */
import type { Place } from "../../../host/workbook";
import { parseAddress } from "../../../host/address";
import type { Text } from "../../../rules";
import type { Finding, Hit } from "../finding";
import type { Ledger } from "../ledger";
import type { Model } from "../model";
import type { Sheet } from "../sheet";

/** Looks at the whole workbook for one kind of fault; no check knows of another. */
export type Check = (model: Model) => readonly Finding[];

/** The finding, where there is anything to report. */
export const found = (finding: Finding): Finding[] => (finding.hits.length ? [finding] : []);

export const said = (words: string): Text => ({ zh: words, en: words });

/** Things by a key, in the order in which they come. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/** Each place once. */
export const once = (hits: readonly Hit[]): Hit[] =>
  grouped(hits, ({ place }) => `${place.sheet}!${place.address}`).map(([first]) => first!);

/** The sheet and the row of a place; undefined where the sheet was not read. */
export function rowOf({ sheets }: Model, place: Place): { readonly sheet: Sheet; readonly row: number } | undefined {
  const sheet = sheets.get(place.sheet);
  return sheet && { sheet, row: parseAddress(place.address)!.row };
}

/** The table of contracts in which a place is the row of a contract. */
export function ledgerAt(model: Model, place: Place): Ledger | undefined {
  const at = rowOf(model, place);
  return at && model.ledgers.find(({ sheet, isContract }) => sheet === at.sheet && isContract(at.row));
}
