/** Which instruments the list shows. */
import {
  CATALOGUE,
  FAMILIES,
  isInForce,
  JURISDICTIONS,
  type Claim,
  type Entry,
  type Jurisdiction,
  latestAt,
} from "../../rules";

/** The jurisdiction itself and those above it. */
function chain(jurisdiction: Jurisdiction): readonly Jurisdiction[] {
  const above = JURISDICTIONS.find(({ code }) => code === jurisdiction.within);
  return [jurisdiction, ...(above ? chain(above) : [])];
}

/** The jurisdiction's instruments in force; on demand also those of the levels above it, and those not in force then. */
export function within(
  jurisdiction: Jurisdiction,
  claim: Claim,
  { withUpper, withOthers }: { readonly withUpper: boolean; readonly withOthers: boolean },
): Entry[] {
  const places = withUpper ? chain(jurisdiction) : [jurisdiction];
  return places.flatMap((place) =>
    CATALOGUE.map((entry) => latestAt(entry, claim)).filter(
      (entry) => entry.jurisdiction === place && (withOthers || isInForce(entry, claim)),
    ),
  );
}

const fold = (text: string): string => text.normalize("NFKC").toLowerCase();

const textOf = ({ instrument, document, jurisdiction }: Entry): string => {
  const { id, name, family, article, quote } = instrument;
  const words = [id, name, FAMILIES[family], article, quote, document.title, document.number, jurisdiction.name];
  return fold(JSON.stringify(words));
};

/** The entries in which every word of the search occurs: in name, family, article, quotation, document or id. */
export function search(entries: readonly Entry[], words: string): Entry[] {
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    const text = textOf(entry);
    return wanted.every((word) => text.includes(word));
  });
}
