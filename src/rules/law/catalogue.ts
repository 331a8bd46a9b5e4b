/** All policies: find an instrument by id, family, jurisdiction, and tell whether it is in force. */
import familiesFile from "./families.yaml";
import jurisdictionsFile from "./jurisdictions.yaml";
import bj from "./policies/bj.yaml";
import digest from "./policies/digest.yaml";
import hz from "./policies/hz.yaml";
import zj from "./policies/zj.yaml";
import zj23 from "./policies/zj23.yaml";
import readingsFile from "./readings.yaml";
import synonymsFile from "./synonyms.yaml";
import { mistakes } from "./mistake";
import {
  Families,
  Jurisdictions,
  Policy,
  Readings,
  Synonyms,
  type Instrument,
  type Jurisdiction,
  type Reading,
  type Text,
} from "./policy";

export type Document = Policy["document"];

export const FAMILIES: Readonly<Record<string, Text>> = Families.parse(familiesFile);
export const JURISDICTIONS: readonly Jurisdiction[] = Jurisdictions.parse(jurisdictionsFile);
/** The words of everyday headers. */
export const SYNONYMS: Synonyms = Synonyms.parse(synonymsFile);
/** Readings that several documents share; `rounding` holds for every instrument. */
export const COMMON_READINGS: Readonly<Record<string, Reading>> = Readings.parse(readingsFile);
export const POLICIES: readonly Policy[] = [zj, zj23, hz, bj, digest].map(readPolicy);

/** @throws Error that says in words where a policy file departs from the form */
export function readPolicy(file: unknown): Policy {
  const read = Policy.safeParse(file);
  if (read.success) return read.data;
  throw new Error(mistakes(file, read.error.issues));
}

/** An instrument with the document it stands in. */
export interface Entry {
  readonly instrument: Instrument;
  readonly document: Document;
  readonly jurisdiction: Jurisdiction;
}

export const CATALOGUE: readonly Entry[] = POLICIES.flatMap(({ document, instruments }) =>
  instruments.map((instrument) => ({ instrument, document, jurisdiction: jurisdictionOf(document) })),
);
const BY_ID = new Map(CATALOGUE.map((entry) => [entry.instrument.id, entry]));

function jurisdictionOf(document: Document): Jurisdiction {
  const found = JURISDICTIONS.find(({ code }) => code === document.jurisdiction);
  if (!found) throw new Error(`${document.id}: no jurisdiction ${document.jurisdiction}`);
  return found;
}

/** The instrument of that id (letter case and blanks around it do not matter). */
export const findEntry = (id: string): Entry | undefined => BY_ID.get(id.trim().toLowerCase());

/** As findEntry, for ids that stand in policy files. @throws Error where the id is unknown */
export function entryOf(id: string): Entry {
  const entry = BY_ID.get(id);
  if (!entry) throw new Error(`no instrument ${id}`);
  return entry;
}

/** Every way to write a jurisdiction: its names, also behind those of the areas that it lies in (杭州市滨江区). */
function spellings({ code, id, name: { zh, en }, names, within }: Jurisdiction): string[] {
  const above = JURISDICTIONS.find((other) => other.code === within);
  const own = [zh, ...names];
  return [code, id, en, ...own, ...(above ? spellings(above).flatMap((name) => own.map((word) => name + word)) : [])];
}
const BY_NAME = new Map(
  JURISDICTIONS.flatMap((jurisdiction) =>
    spellings(jurisdiction).map((name) => [name.toLowerCase(), jurisdiction] as const),
  ),
);

/** A jurisdiction by code, id or any of its names, also after the names of the areas that it lies in. */
export const findJurisdiction = (name: string): Jurisdiction | undefined => BY_NAME.get(name.trim().toLowerCase());

/** The readings of an instrument, `common` ones included. */
export function readingsOf(instrument: Instrument): Record<string, Reading> {
  const own = Object.entries(instrument.readings ?? {}).map(([name, reading]) => [
    name,
    reading === "common" ? commonReading(name) : reading,
  ]);
  return { ...(Object.fromEntries(own) as Record<string, Reading>), rounding: commonReading("rounding") };
}

function commonReading(name: string): Reading {
  const reading = COMMON_READINGS[name];
  if (!reading) throw new Error(`no common reading ${name}`);
  return reading;
}

/** When the award is claimed: a year, or a day of it (ISO date). */
export interface Claim {
  readonly year: number;
  readonly day?: string;
}

/** A year counts when the rule is in force on any day of it; a day must lie inside the window, both ends included. */
export function isInForce({ window }: Document, { year, day }: Claim): boolean {
  const from = day ? window.from.length : 4;
  const when = day ?? String(year);
  return window.from.slice(0, from) <= when.slice(0, from) && (!window.to || when <= window.to.slice(0, when.length));
}

/** Whether the rule is in force on some days of the claim's year only. */
export function isPartialYear({ window }: Document, { year, day }: Claim): boolean {
  if (day) return false;
  const starts = window.from.slice(0, 4) === String(year) && !window.from.endsWith("-01-01");
  const ends = window.to?.slice(0, 4) === String(year) && !window.to.endsWith("-12-31");
  return starts || ends;
}
