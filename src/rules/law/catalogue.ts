/**
 * All policies: find an instrument by id, family, jurisdiction, and whether it is in force. Behind the built-in ones stand the
 * user's own; setOwnPolicies is the only thing that changes the catalogue.
 */
import { refuse } from "../refusal";
import familiesFile from "./families.yaml";
import jurisdictionsFile from "./jurisdictions.yaml";
import bj from "./policies/bj.yaml";
import digest from "./policies/digest.yaml";
import hz from "./policies/hz.yaml";
import zj from "./policies/zj.yaml";
import zj23 from "./policies/zj23.yaml";
import { PARTS_OF_YEAR } from "./parts-of-year";
import readingsFile from "./readings.yaml";
import synonymsFile from "./synonyms.yaml";
import type { Families, Input, Instrument, Jurisdiction, Policy, Reading, Readings, Synonyms, Text } from "./policy";
import { datedDocument, inOrder, latestAt, versionOf, WINDOW_END, type Claim, type Entry } from "./time";

// The build and the tests hold these files to their form (check.ts), so that nothing is checked when the add-in starts.
export const FAMILIES = familiesFile as Families;
const BUILT_IN_PLACES = jurisdictionsFile as readonly Jurisdiction[];
/** The words of everyday headers. */
export const SYNONYMS = synonymsFile as Synonyms;
/** Readings that several documents share; `rounding` holds for every instrument. */
export const COMMON_READINGS = readingsFile as Readings;
export const POLICIES = [zj, zj23, hz, bj, digest] as readonly Policy[];

/** A policy of the user's own; it may bring areas that are not known yet. */
export type OwnPolicy = Policy & { readonly jurisdictions?: readonly Jurisdiction[] | undefined };

/** The user's own policies as they were read. */
export interface OwnPolicies {
  readonly policies: readonly OwnPolicy[];
  /** The ids of those that cannot be used, each with what is wrong. */
  readonly mistakes: ReadonlyMap<string, Text>;
}

/** With the inputs that limits of a quarter or a half-year ask for. */
function withPartsOfYear(instrument: Instrument): Instrument {
  const { parts = [], limits = [], totals = {} } = instrument;
  const periods = [
    ...[...parts.flatMap((part) => part.limits), ...limits].flatMap((limit) => limit["shared-by"] ?? []),
    ...Object.values(totals),
  ].map(({ period }) => period);
  const asked = Object.entries(PARTS_OF_YEAR).filter(([part]) => periods.includes(part as never));
  if (!asked.length) return instrument;
  const added = Object.fromEntries(asked.map(([, { input, spec }]) => [input, spec as Input]));
  return { ...instrument, inputs: { ...instrument.inputs, ...added } };
}

/** One entry for each id; those that several versions of a document have hold them all. */
function entriesOf(policies: readonly Policy[], places: readonly Jurisdiction[]): Entry[] {
  const found = new Map<string, Entry[]>();
  for (const [{ document, instruments }, next] of inOrder(policies)) {
    const jurisdiction = places.find(({ code }) => code === document.jurisdiction);
    if (!jurisdiction) throw new Error(`${document.id}: no jurisdiction ${document.jurisdiction}`);
    for (const instrument of instruments.map(withPartsOfYear)) {
      const entry = { instrument, document: datedDocument(document, instrument, next), jurisdiction };
      found.set(instrument.id, [...(found.get(instrument.id) ?? []), entry]);
    }
  }
  return [...found.values()].map((versions) => {
    versions.sort((a, b) => (versionOf(a) < versionOf(b) ? -1 : 1));
    return versions.length > 1 ? { ...versions.at(-1)!, versions } : versions[0]!;
  });
}

export const BUILT_IN: readonly Entry[] = entriesOf(POLICIES, BUILT_IN_PLACES);

// What setOwnPolicies changes, all at once. Importers see the present values; what they keep of them they keep by entry.
let own: OwnPolicies | undefined;
/** The built-in areas, then those of the user's own policies. */
export let JURISDICTIONS = BUILT_IN_PLACES;
/** The built-in instruments, then the user's own. */
export let CATALOGUE = BUILT_IN;
let byId = mapById(CATALOGUE);
let byName = mapByName(JURISDICTIONS);

/**
 * Puts the user's own policies beside the built-in ones, in the place of those before; undefined: none were read. Entries are
 * new objects each time, so that no plan that was made of a former policy is found again. The host keeps this current, as
 * it does the pick. The policies have been checked (readOwnPolicies).
 * @throws Error where a policy names an area that nobody describes; nothing is changed then
 */
export function setOwnPolicies(next: OwnPolicies | undefined): void {
  const policies = next?.policies ?? [];
  const brought = policies.flatMap(({ jurisdictions = [] }) => jurisdictions);
  const codes = new Set(BUILT_IN_PLACES.map(({ code }) => code));
  const places = [...BUILT_IN_PLACES, ...brought.filter(({ code }) => !codes.has(code) && codes.add(code))];
  // With none, the catalogue is the very one that it was before any were read.
  const entries = policies.length ? [...BUILT_IN, ...entriesOf(policies, places)] : BUILT_IN;
  own = next;
  JURISDICTIONS = places;
  CATALOGUE = entries;
  byId = mapById(entries);
  byName = mapByName(places);
}

/** The own policies that stand in the catalogue; undefined before any were read. */
export const ownPolicies = (): OwnPolicies | undefined => own;

/** What is wrong with the own policy of that id, where it cannot be used. */
export const ownMistake = (id: string): Text | undefined => own?.mistakes.get(id.trim().toLowerCase());

/** What is made of the whole catalogue, once for each catalogue that there is. */
export function perCatalogue<T>(make: () => T): () => T {
  const made = new WeakMap<readonly Entry[], { readonly value: T }>();
  return () => {
    let known = made.get(CATALOGUE);
    if (!known) made.set(CATALOGUE, (known = { value: make() }));
    return known.value;
  };
}

/** Whether an instrument is the user's own. */
export const isOwn = ({ document }: Pick<Entry, "document">): boolean => document.status === "own";

/** All versions of an instrument, the oldest first. */
export const versionsIn = (entry: Entry): readonly Entry[] => entry.versions ?? [entry];

function mapById(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.instrument.id, entry]));
}

/**
 * The instrument of that id (letter case and blanks around it do not matter); with @ and a version behind it that version.
 * @example findEntry("zj-15-suanli@2025-05-31")
 */
export function findEntry(id: string): Entry | undefined {
  const name = id.trim().toLowerCase();
  const at = name.indexOf("@");
  if (at < 0) return byId.get(name);
  const entry = byId.get(name.slice(0, at));
  return entry && pinnedIn(entry, name.slice(at + 1));
}

const pins = new WeakMap<Entry, Entry>();
/** The same object each time, so that its plans are found again. */
function pinnedIn(entry: Entry, version: string): Entry | undefined {
  const found = versionsIn(entry).find((one) => versionOf(one) === version);
  // The only version is the one that every day finds.
  if (!found || !entry.versions) return found;
  const pinned = pins.get(found) ?? { ...found, pinned: true };
  pins.set(found, pinned);
  return pinned;
}

/** What names an entry: its id, with @ and the version where it is one of several. */
export function idOf(entry: Entry): string {
  const { id } = entry.instrument;
  return !entry.versions && byId.get(id)?.versions ? `${id}@${versionOf(entry)}` : id;
}

/** The instrument of which an entry is a version, for another day; a version that was named stays. */
export const anyDay = (entry: Entry): Entry => (entry.pinned ? entry : (byId.get(entry.instrument.id) ?? entry));

/** The instrument of that id as a pane shows it under a claim: of several versions of the year the last one. */
export function entryShown(id: string, claim: Claim): Entry | undefined {
  const entry = findEntry(id);
  return entry && latestAt(entry, claim);
}

/** Whether two instruments stand in the same version of one document. */
export const isOneDocument = (a: Pick<Entry, "document">, b: Pick<Entry, "document">): boolean =>
  a.document.id === b.document.id && versionOf(a) === versionOf(b);

/** As findEntry, for ids that stand in policy files. @throws Refusal where the id is unknown */
export function entryOf(id: string): Entry {
  const entry = findEntry(id);
  if (!entry) throw refuse(`没有编号为“${id}”的政策工具`, `no instrument ${id}`, id);
  return entry;
}

/**
 * The instrument that another one names: of several versions, the one that stands in the same version of the document.
 * @throws Refusal where the id is unknown, and where it may be any of several versions
 */
export function entryBeside(id: string, other: Entry): Entry {
  const entry = entryOf(id);
  if (!entry.versions) return entry;
  const beside = entry.versions.find((one) => isOneDocument(one, other));
  if (beside) return beside;
  const ids = entry.versions.map(idOf);
  throw refuse(
    `“${id}”有几个版本，请写明是哪一个：${ids.join("、")}`,
    `${id} has several versions; name one: ${ids.join(", ")}`,
  );
}

/** Every way to write a jurisdiction: its names, also behind those of the areas that it lies in (杭州市滨江区). */
export function spellings(
  { code, id, name: { zh, en }, names, within }: Jurisdiction,
  places: readonly Jurisdiction[],
): string[] {
  const above = places.find((other) => other.code === within);
  const all = [zh, ...names];
  const behind = above ? spellings(above, places).flatMap((name) => all.map((word) => name + word)) : [];
  return [code, id, en, ...all, ...behind];
}

function mapByName(places: readonly Jurisdiction[]): ReadonlyMap<string, Jurisdiction> {
  return new Map(
    places.flatMap((place) => spellings(place, places).map((name) => [name.toLowerCase(), place] as const)),
  );
}

/** A jurisdiction by code, id or any of its names, also after the names of the areas that it lies in. */
export const findJurisdiction = (name: string): Jurisdiction | undefined => byName.get(name.trim().toLowerCase());

/** The readings of an instrument: its own, `common` ones, and those that hold for the whole document. */
export function readingsOf(instrument: Instrument): Record<string, Reading> {
  const own = Object.entries(instrument.readings ?? {}).map(([name, reading]) => [
    name,
    reading === "common" ? commonReading(name) : reading,
  ]);
  return {
    ...(Object.fromEntries(own) as Record<string, Reading>),
    ...(hasReportedEnd(instrument.id) && { [WINDOW_END]: commonReading(WINDOW_END) }),
    rounding: commonReading("rounding"),
  };
}

const hasReportedEnd = (id: string): boolean => {
  const entry = byId.get(id);
  return entry !== undefined && versionsIn(entry).some(({ document }) => document.window.reported);
};

function commonReading(name: string): Reading {
  const reading = COMMON_READINGS[name];
  if (!reading) throw new Error(`no common reading ${name}`);
  return reading;
}

/** Inputs in which a 0 counts as not given, as Excel on the desktop hands a blank over as 0. */
export const zeroSaysNothing = ({ kind, zero }: Input): boolean =>
  zero === "absent" || kind === "rate" || kind === "rank" || kind === "ordinal" || kind === "months" || kind === "date";

/**
 * Inputs of which a blank is not given, where it can be told from 0: all that need not be filled in, or that other rows tell. A blank 数量 is its default
 * of one piece, and a blank 已付利息 no limit; other amounts, counts and numbers that are blank are 0.
 */
export const blankSaysNothing = (input: Input): boolean =>
  zeroSaysNothing(input) ||
  input.optional === true ||
  input["awarded-by"] !== undefined ||
  (input.default !== undefined && input.default !== 0);
