/** What stands in the form of an own policy, and the policy that it makes. */
import {
  award,
  copyOf,
  dayNumber,
  figuresIn,
  isOwn,
  JURISDICTIONS,
  ownPolicies,
  planOf,
  readOwnPolicies,
  textOf,
  toYuan,
  withFigures,
  type Award,
  type Entry,
  type FigureAt,
  type OwnMistake,
  type OwnPolicy,
  type Plan,
  type Row,
  isOneDocument,
} from "../../rules";
import { readMoney, UNITS } from "../parts/amount";

export interface Draft {
  readonly entry: Entry;
  readonly documentId: string;
  readonly name: string;
  /** A code, or NEW_PLACE. */
  readonly place: string;
  readonly placeCode: string;
  readonly placeName: string;
  readonly from: string;
  readonly to: string;
  /** By the place of the figure in `figuresIn`, as it was typed. */
  readonly figures: readonly string[];
}

export const NEW_PLACE = "new";
/** What the sample award begins with. */
export const SAMPLE = "10,000,000元";

/** The draft of a copy, or of a change where the instrument is the user's own already. */
export function draftOf(entry: Entry): Draft {
  const { document, instrument } = entry;
  return {
    entry,
    documentId: isOwn(entry) ? document.id : freeId(),
    name: instrument.name.zh,
    place: document.jurisdiction,
    placeCode: "",
    placeName: "",
    from: document.window.from.length > 4 ? document.window.from : `${document.window.from}-01-01`,
    to: document.window.to ?? "",
    figures: figuresIn(instrument).map(({ figure, unit }) =>
      unit === "money" ? inUnits(Number(figure)) : String(figure),
    ),
  };
}

/** "800万元" rather than "8000000元". */
const inUnits = (yuan: number): string => (yuan % WAN === 0 ? `${yuan / WAN}万元` : `${yuan}元`);
const WAN = UNITS.wan / UNITS.yuan;

/** The first of zn1, zn2, … (自拟) that no own policy has. */
function freeId(): string {
  const taken = new Set(ownPolicies()?.policies.map(({ document }) => document.id));
  for (let n = 1; ; n++) if (!taken.has(`zn${n}`)) return `zn${n}`;
}

/** A figure as it was typed: a rate without a sign is per cent. Undefined where it is none. */
function figureTyped(text: string, unit: FigureAt["unit"]): string | number | undefined {
  if (unit === "money") {
    const fen = readMoney(text);
    return fen === undefined ? undefined : toYuan(fen);
  }
  const plain = text.normalize("NFKC").replace(/\s/g, "");
  if (/^\d+(\.\d+)?$/.test(plain)) return `${plain}%`;
  return /^\d+(\.\d+)?(%|\/\d+)$/.test(plain) ? plain : undefined;
}

/** Whether a figure reads as one. */
export function isFigure(text: string, unit: FigureAt["unit"]): boolean {
  try {
    return figureTyped(text, unit) !== undefined;
  } catch {
    return false;
  }
}

export interface Made {
  readonly text: string;
  readonly found: readonly OwnMistake[];
  /** Where it has no mistakes. */
  readonly entry: Entry | undefined;
}

/** The policy of a draft whose figures all read; checked as any other text is. */
export function made(draft: Draft): Made {
  const { entry, documentId, name, place, placeCode, placeName, from, to } = draft;
  const known = figuresIn(entry.instrument);
  const changes = known.map(({ path, unit }, i) => [path, figureTyped(draft.figures[i]!, unit)!] as const);
  const isNew = place === NEW_PLACE;
  const jurisdiction = isNew ? placeCode : place;
  const changed: Entry = { ...entry, instrument: withFigures(entry.instrument, changes) };
  const brought = ownPolicies()?.policies.flatMap(({ jurisdictions = [] }) => jurisdictions) ?? [];
  const jurisdictions = isNew
    ? [{ code: placeCode, id: `p${placeCode}`, name: { zh: placeName, en: placeName }, names: [] }]
    : withAbove(
        brought.filter(({ code }) => code === place),
        brought,
      );
  const policy: OwnPolicy = {
    ...(isOwn(entry)
      ? edited(changed, draft)
      : copyOf(changed, { documentId, name, jurisdiction, from, to: to || undefined })),
    ...(jurisdictions.length && { jurisdictions }),
  };
  const text = textOf(policy);
  const { policies, found } = readOwnPolicies([{ name: "", text }]);
  const [read] = policies;
  const instrument = read?.instruments.find(({ id }) => (isOwn(entry) ? id === entry.instrument.id : true));
  const area = [...(read?.jurisdictions ?? []), ...JURISDICTIONS].find(({ code }) => code === jurisdiction);
  return {
    text,
    found,
    entry: read && instrument && area && { instrument, document: read.document, jurisdiction: area },
  };
}

/** The areas above come along, the widest first. */
function withAbove(places: readonly Place[], known: readonly Place[]): Place[] {
  const above = known.filter(({ code }) => places.some(({ within }) => within === code));
  const all = above.length ? [...withAbove(above, known), ...places] : [...places];
  return all.filter(({ code }, i) => all.findIndex((other) => other.code === code) === i);
}
type Place = NonNullable<OwnPolicy["jurisdictions"]>[number];

/** An own policy with one instrument changed; the others stay. */
function edited(entry: Entry, { name, place, placeCode, from, to }: Draft): OwnPolicy {
  const { instrument } = entry;
  const policy = ownPolicies()!.policies.find((own) => isOneDocument(own, entry))!;
  const window = { ...policy.document.window, from, to: to || undefined };
  return {
    ...policy,
    document: {
      ...policy.document,
      jurisdiction: place === NEW_PLACE ? placeCode : place,
      window,
    },
    instruments: policy.instruments.map((other) =>
      other.id === instrument.id ? { ...instrument, name: { zh: name, en: name } } : other,
    ),
  };
}

/** An award as the policy would grant it, for an amount; what else it asks for is assumed. */
export function sampleOf(entry: Entry, fen: number): Award {
  const { plan, row } = sampleRow(entry, fen);
  return award(plan, row);
}

/** The claim of such an award, in the first year of the policy. */
export function sampleRow({ instrument, document, ...entry }: Entry, fen: number): { plan: Plan; row: Row } {
  const first = document.window.from.padEnd(10, "-01-01");
  const row: Record<string, Row[string]> = {};
  for (const [name, { kind, default: value, optional, options = {} }] of Object.entries(instrument.inputs ?? {})) {
    if (value !== undefined || optional) continue;
    if (kind === "money") row[name] = fen;
    else if (kind === "flag") row[name] = true;
    else if (kind === "name") row[name] = "甲";
    else if (kind === "choice") row[name] = Object.keys(options)[0]!;
    else row[name] = kind === "date" ? dayNumber(first)! : 1;
  }
  return { plan: planOf({ instrument, document, ...entry }, { year: Number(first.slice(0, 4)) }), row };
}

/** What the sample assumes beside the amount: the inputs that must be filled in. */
export const assumed = ({ instrument }: Entry): string[] =>
  Object.entries(instrument.inputs ?? {})
    .filter(([, { kind, default: value, optional }]) => value === undefined && !optional && kind !== "money")
    .map(([name]) => name);
