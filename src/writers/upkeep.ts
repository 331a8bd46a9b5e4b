/** What of the catalogue needs a look: what ends, what is reported, what was not checked for long. */
import { CATALOGUE, idOf, ownPolicies, POLICIES, versionsIn, type Document } from "../rules";
import { noticesOf } from "./terms";

const DAY_MS = 86_400_000;
const SOON = 90;
const LONG = 365;

export interface Due {
  /** Of a document, or of an instrument with days of its own. */
  readonly id: string;
  readonly kind: "window" | "notice" | "check";
  readonly words: string;
}

/**
 * What needs a look on a day: windows that have ended or end within 90 days, unless it is known what follows; what is reported
 * about a document; quotations that were not compared with the official text for a year.
 * @param day ISO date
 */
export function dueOn(day: string): Due[] {
  const documents = [...POLICIES, ...(ownPolicies()?.policies ?? [])].map(({ document }) => document);
  const ofInstruments = CATALOGUE.flatMap(versionsIn)
    .filter(({ instrument }) => instrument.window ?? instrument["replaced-by"])
    .flatMap((entry) => windowsDue(idOf(entry), entry.document, day));
  const followed = new Set(
    CATALOGUE.flatMap(versionsIn).flatMap(({ document: { id, replaced, version } }) =>
      replaced ? `${id} ${version}` : [],
    ),
  );
  return [
    ...documents.flatMap((document) => [
      ...(followed.has(`${document.id} ${document.window.from}`) ? [] : windowsDue(document.id, document, day)),
      ...noticesOf(document, "zh").map((words): Due => ({ id: document.id, kind: "notice", words })),
      ...checkDue(document, day),
    ]),
    ...ofInstruments,
  ];
}

/** Days from one day to another. */
const between = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

function windowsDue(id: string, { window, replaced }: Document, day: string): Due[] {
  const ends = [
    { to: window.to, by: "" },
    { to: window.reported?.to, by: "（二手资料所载）" },
  ];
  return ends.flatMap(({ to, by }): Due[] => {
    if (to === undefined || replaced || between(day, to) > SOON) return [];
    const left = between(day, to);
    return [{ id, kind: "window", words: left < 0 ? `已于 ${to} 终止${by}` : `${to} 终止${by}，还有 ${left} 天` }];
  });
}

function checkDue({ id, checked }: Document, day: string): Due[] {
  if (checked !== undefined && between(checked, day) < LONG) return [];
  const words = checked === undefined ? "没有写明何时核对过原文（checked）" : `上次核对原文 ${checked}，已满一年`;
  return [{ id, kind: "check", words }];
}

export const DUE: Readonly<Record<Due["kind"], string>> = { window: "有效期", notice: "提示", check: "核对" };
