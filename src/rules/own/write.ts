/** Texts of own policies: taken apart, copied from an instrument of the catalogue, with other figures, written as YAML. */
import { stringify } from "yaml";
import type { OwnPolicy } from "../law/catalogue";
import type { Entry } from "../law/time";
import type { Figure, Instrument, Limit, Tests } from "../law/policy";
import { parsePolicies, Unreadable } from "./text";

/** A policy's part of a text, with the id of its document where it can be read. */
export interface Chunk {
  readonly text: string;
  readonly id: string | undefined;
  /** The first day, which tells the versions of a document apart. */
  readonly from: string | undefined;
}

/** The parts of a text, which lines of `---` separate. */
export function chunksOf(text: string): Chunk[] {
  return text
    .split(/^---.*$/m)
    .map((part) => part.replace(/^\n+|\s+$/g, ""))
    .filter(Boolean)
    .map((part) => {
      const [parsed] = parsePolicies(part);
      const value =
        parsed instanceof Unreadable
          ? undefined
          : (parsed?.value as { document?: { id?: unknown; window?: { from?: unknown } } } | null);
      const { id, window } = value?.document ?? {};
      const from = window?.from;
      return {
        text: part,
        id: typeof id === "string" ? id : undefined,
        from: typeof from === "string" ? from : undefined,
      };
    });
}

export const SEPARATOR = "\n---\n";

/** One text of several parts. */
export const joined = (chunks: readonly Pick<Chunk, "text">[]): string =>
  chunks.map(({ text }) => text).join(SEPARATOR);

/** A figure of an instrument that a copy may change: a rate or an amount, with the test under which it holds. */
export interface FigureAt {
  readonly path: readonly (string | number)[];
  readonly figure: Figure;
  readonly unit: "rate" | "money";
  readonly limit: Limit;
  readonly tests: readonly Tests[];
}

const KEYS = ["is", "at-most", "less"] as const;

/** Its figures in the order of the clause; what another clause sets is not among them. */
export function figuresIn({ parts = [], limits = [] }: Pick<Instrument, "parts" | "limits">): FigureAt[] {
  const found: FigureAt[] = [];
  const cases = (value: unknown, path: FigureAt["path"], unit: FigureAt["unit"], limit: Limit): void => {
    const tests = limit.if ? [limit.if] : [];
    const add = (figure: unknown, at: FigureAt["path"], test?: Tests): void => {
      if (typeof figure === "number" || (typeof figure === "string" && figure !== "none"))
        found.push({ path: at, figure, unit, limit, tests: test ? [...tests, test] : tests });
    };
    if (typeof value !== "object" || value === null) return add(value, path);
    const list: readonly (readonly [Record<string, unknown>, FigureAt["path"]])[] = Array.isArray(value)
      ? value.map((item: Record<string, unknown>, i) => [item, [...path, i]] as const)
      : [[value as Record<string, unknown>, path]];
    for (const [item, at] of list) for (const key of KEYS) add(item[key], [...at, key], item.if as Tests | undefined);
  };
  const limitAt = (limit: Limit, path: FigureAt["path"]): void => {
    const shares = limit.share
      ? [[limit.share, [...path, "share"]] as const]
      : (limit.sum ?? []).map((share, i) => [share, [...path, "sum", i]] as const);
    for (const [share, at] of shares) {
      cases(share.rate, [...at, "rate"], "rate", limit);
      share.slabs?.rates.forEach((slab, i) => {
        cases(slab["up-to"], [...at, "slabs", "rates", i, "up-to"], "money", limit);
        cases(slab.rate, [...at, "slabs", "rates", i, "rate"], "rate", limit);
      });
    }
    cases(limit.cap, [...path, "cap"], "money", limit);
    cases(limit.amount, [...path, "amount"], "money", limit);
  };
  parts.forEach((part, p) => part.limits.forEach((limit, l) => limitAt(limit, ["parts", p, "limits", l])));
  limits.forEach((limit, l) => limitAt(limit, ["limits", l]));
  // A rate of pieces is an amount (100,000 yuan per standard).
  return found.map((one) => (one.unit === "rate" && typeof one.figure === "number" ? { ...one, unit: "money" } : one));
}

/** The instrument with other figures at some places. */
export const withFigures = (
  instrument: Instrument,
  changes: readonly (readonly [FigureAt["path"], Figure])[],
): Instrument => changes.reduce((changed, [path, figure]) => placed(changed, path, figure) as Instrument, instrument);

/** A copy of a value with something else at a place. */
function placed(value: unknown, [key, ...rest]: FigureAt["path"], figure: Figure): unknown {
  if (key === undefined) return figure;
  if (Array.isArray(value)) return value.map((item: unknown, i) => (i === key ? placed(item, rest, figure) : item));
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [key]: placed(fields[key], rest, figure) };
}

/** What a copy is to be called, where and when it is to hold. */
export interface CopyOf {
  readonly documentId: string;
  readonly name: string;
  readonly jurisdiction: string;
  readonly from: string;
  readonly to: string | undefined;
}

/**
 * A policy with a copy of one instrument. What ties the instrument to its document is left out: quotation, article, pool,
 * allowances shared with other instruments, what it adds to. The note says what was copied.
 */
export function copyOf(
  { instrument, document }: Entry,
  { documentId, name, jurisdiction, from, to }: CopyOf,
): OwnPolicy {
  const kept = Object.fromEntries(Object.entries(instrument).filter(([key]) => !TIES.has(key)));
  const title = { zh: name, en: name };
  return {
    document: {
      id: documentId,
      title,
      jurisdiction,
      status: "own",
      window: { from, ...(to && { to }) },
      source: "",
      notes: [
        {
          zh: `照抄《${document.title.zh}》${instrument.article}“${instrument.name.zh}”（${instrument.id}）后修改，请核对`,
          en: `copied from ${instrument.id} and changed; check it`,
        },
      ],
    },
    instruments: [
      {
        ...(withoutAllowance(kept) as Instrument),
        id: `${documentId}-${instrument.id.replace(/^[^-]*-/, "")}`,
        name: title,
        article: "自拟",
        quote: [],
      },
    ],
  };
}

const TIES = new Set(["cites", "stacking", "pool", "doubts", "route", "adds-to", "notes"]);

function withoutAllowance(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAllowance);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key, item]) => key !== "allowance" || typeof item !== "string");
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutAllowance(item)]));
}

const HEADING = "# 自拟政策，非官方文本。写法见 docs/policy-form.md“自拟政策”一节。";

/** Without what reading fills in by itself. */
function sparse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sparse);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  const kept = Object.entries(fields).filter(
    ([key, item]) =>
      item !== undefined &&
      !(key === "en" && item === fields.zh) &&
      !(key === "status" && item === "own") &&
      !((key === "source" || key === "quote") && (item === "" || (Array.isArray(item) && !item.length))),
  );
  return Object.fromEntries(kept.map(([key, item]) => [key, sparse(item)]));
}

/** A policy as the text that a person reads and changes. */
export const textOf = (policy: OwnPolicy): string =>
  `${HEADING}\n${stringify(sparse(policy), { aliasDuplicateObjects: false, lineWidth: 100 }).trimEnd()}`;
