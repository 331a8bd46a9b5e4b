/** When a rule holds: windows, what replaces a rule, and the version of a document that is in force on a day. */
import { refuse } from "../refusal";
import type { Instrument, Jurisdiction, Policy, Text } from "./policy";

/** What takes the place of a document or an instrument, from that day on. */
export interface Replaced {
  readonly from: string;
  /** The id of what replaces it; a later version of the same document has its id. */
  readonly id?: string | undefined;
  readonly note?: Text | undefined;
}

/** @property version its own first day, where the window is that of one instrument */
export type Document = Policy["document"] & { readonly replaced?: Replaced; readonly version?: string };

/** An instrument with the document it stands in; the window of the document is that of this instrument and version. */
export interface Entry {
  readonly instrument: Instrument;
  readonly document: Document;
  readonly jurisdiction: Jurisdiction;
  /** Where several versions of a document have the id: all of them, the oldest first. The entry itself shows the newest. */
  readonly versions?: readonly Entry[];
  /** Named as id@version, and so not exchanged for the version of another day. */
  readonly pinned?: true;
}

/** When the award is claimed: a year, or a day of it (ISO date). */
export interface Claim {
  readonly year: number;
  readonly day?: string;
}

/** Options taken, by name of the reading; a reading that is not there stands at its default. */
type Taken = Readonly<Record<string, string>>;

/** The reading that decides between the end in the text and the one that is reported. */
export const WINDOW_END = "window_end";

/** First and last day of the document, both included. An end that is reported only counts under `window_end: reported`. */
export function windowOf({ window }: Document, readings: Taken = {}): { readonly from: string; readonly to?: string } {
  const to = (readings[WINDOW_END] === "reported" && window.reported?.to) || window.to;
  return { from: window.from, ...(to && { to }) };
}

/** What tells a version from others of its document: its first day, or year. */
export const versionOf = ({ document: { version, window } }: Pick<Entry, "document">): string => version ?? window.from;

/** A year counts when the rule is in force on any day of it; a day must lie inside the window, both ends included. */
export function isInForce(entry: Pick<Entry, "document" | "versions">, claim: Claim, readings?: Taken): boolean {
  if (entry.versions) return entry.versions.some((version) => isInForce(version, claim, readings));
  const { from, to } = windowOf(entry.document, readings);
  const { year, day } = claim;
  const length = day ? from.length : 4;
  const when = day ?? String(year);
  return from.slice(0, length) <= when.slice(0, length) && (!to || when <= to.slice(0, when.length));
}

/** The claim as far as plans of one version differ by it: inside the window, by every reading of its end, only the year counts. */
export const claimWithin = (entry: Entry, claim: Claim): Claim =>
  !entry.versions && isInForce(entry, claim) && isInForce(entry, claim, { [WINDOW_END]: "reported" })
    ? { year: claim.year }
    : claim;

/** Whether the rule is in force on some days of the claim's year only. */
export function isPartialYear(document: Document, { year, day }: Claim, readings?: Taken): boolean {
  if (day) return false;
  const { from, to } = windowOf(document, readings);
  const starts = from.slice(0, 4) === String(year) && !from.endsWith("-01-01");
  const ends = to?.slice(0, 4) === String(year) && !to.endsWith("-12-31");
  return starts || ends;
}

/**
 * The version of an instrument that is in force on the day of the claim; outside all windows the one before, else the first.
 * @throws Refusal where only a year is given, of which several versions with different terms each cover a part
 */
export function versionAt(entry: Entry, claim: Claim): Entry {
  const there = entry.versions?.filter((version) => isInForce(version, claim)) ?? [];
  if (there.length < 2 || areAlike(there)) return there.at(-1) ?? latestAt(entry, claim);
  const list = there.map((version) => ({
    id: `${version.instrument.id}@${versionOf(version)}`,
    ...version.document.window,
  }));
  throw refuse(
    `“${entry.instrument.name.zh}”在 ${claim.year} 年有${there.length}个版本（${list.map(({ id, from, to }) => `${from} 至 ${to ?? "今"}：${id}`).join("；")}），请填申报日期，或写明版本编号`,
    `${entry.instrument.id} has ${there.length} versions in ${claim.year} (${list.map(({ id, from, to }) => `${from} to ${to ?? "now"}: ${id}`).join("; ")}); enter the day of the claim, or name the version`,
  );
}

/** The last version that begins by the claim, else the first; of a year with several it shows one, which is not computed. */
export function latestAt(entry: Entry, { year, day = String(year) }: Claim): Entry {
  const versions = entry.versions ?? [entry];
  return versions.filter((version) => versionOf(version).slice(0, day.length) <= day).at(-1) ?? versions[0]!;
}

/** Whether versions have the same clause, so that it does not matter which of them a claim falls under. */
const areAlike = (versions: readonly Entry[]): boolean => {
  const clauses = new Set(versions.map(({ instrument }) => JSON.stringify(instrument)));
  return clauses.size === 1 && ![...clauses].some((clause) => BORROWS.test(clause));
};
/** Figures of other instruments, which may differ between the versions. */
const BORROWS = /"(as-in|plus-cap-of)":/;

/** Each policy with the next version of its document. */
export const inOrder = (policies: readonly Policy[]): (readonly [policy: Policy, next: Policy | undefined])[] =>
  policies.map((policy) => {
    const { id, window } = policy.document;
    const later = policies
      .filter(({ document }) => document.id === id && document.window.from > window.from)
      .sort((a, b) => (a.document.window.from < b.document.window.from ? -1 : 1));
    return [policy, later[0]];
  });

const DAY_MS = 86_400_000;
const dayBefore = (day: string): string => new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10);

/** The document as it holds for one of its instruments: the window of that instrument, ended by whatever replaces it first. */
export function datedDocument(
  document: Policy["document"],
  instrument: Instrument,
  next: Policy | undefined,
): Document {
  const successors: Replaced[] = [instrument["replaced-by"] ?? [], document["replaced-by"] ?? []].flat();
  if (next) successors.push({ from: next.document.window.from, id: document.id });
  const replaced = successors.sort((a, b) => (a.from < b.from ? -1 : 1))[0];
  if (!replaced && !instrument.window) return document;
  const { from = document.window.from, ...own } = instrument.window ?? {};
  const { reported, ...window } = { ...document.window, ...own, from };
  const ended = replaced && dayBefore(replaced.from);
  const to = ended && !(window.to && window.to < ended) ? ended : window.to;
  const isEarlier = reported && !(to && to <= reported.to);
  return {
    ...document,
    version: document.window.from,
    window: { ...window, ...(to && { to }), ...(isEarlier && { reported }) },
    ...(replaced && ended === to && { replaced }),
  };
}
