/** Plans with another figure in them: what our functions say where a user changes a cell of the parameter sheet. */
import { FIRST_DAY, LAST_DAY, lowest, ratio, type Entry, type Plan, type Ratio } from "../../src/rules";
import { isInForce } from "../../src/rules/law/time";

/** A figure as it stands in a plan: every place that holds the same one changes together. */
export type Signature = string;

const WINDOW: Signature = "window";

const isRatio = (value: unknown): value is Ratio =>
  typeof value === "object" && value !== null && "n" in value && "d" in value && typeof value.n === "bigint";

/** The signature of a leaf, or undefined where it is no figure that stands on the sheet. */
function signatureOf(key: string, value: unknown): Signature | undefined {
  // Of nothing there is nothing to change.
  if (isRatio(value)) {
    const { n, d } = lowest(value);
    return n === 0n ? undefined : `ratio ${n}/${d}`;
  }
  if (typeof value !== "number") return undefined;
  // What is paid where the least is not reached is that least itself.
  const name = key === "otherwise" && value > 0 ? "fen" : key;
  // A term of several years, months between two days, the least that is paid; awards in steps of whole hundreds of fen and more.
  const stands = ["years", "months", "fen"].includes(name) || (key === "step" && value > 100);
  return stands ? `${name} ${value}` : undefined;
}

/** Another figure of the same kind: a share stays a share, a whole number whole, an amount keeps its fen. */
function another(value: unknown): unknown {
  if (typeof value === "number") return value > 100 ? value / 10 : value + 1;
  const { n, d } = lowest(value as Ratio);
  if (d !== 1n) return ratio(n * 9n, d * 10n);
  // A day, as it is written in a row, is one a year later; so is an amount that looks like one.
  if (n >= FIRST_DAY && n <= LAST_DAY) return ratio(n + 10_000n);
  return n < 10_000n ? ratio(n + 5n) : ratio((n * 9n) / 10n + 1n);
}

function mapped(value: unknown, change: (key: string, leaf: unknown) => unknown, key = ""): unknown {
  const leaf = change(key, value);
  if (leaf !== value || isRatio(value) || typeof value !== "object" || value === null) return leaf;
  if (Array.isArray(value)) return value.map((item: unknown) => mapped(item, change, key));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapped(item, change, name)]));
}

/** What the rules compute with; `required` and the readings hold no figures of their own. */
const FIGURES = [
  "conditions",
  "parts",
  "limits",
  "again",
  "rounding",
  "drawn",
  "grades",
  "defaults",
  "required",
] as const;

/** The figures of a plan, each once, and its window. */
export function figuresIn(plan: Plan): Signature[] {
  const found = new Set<Signature>();
  mapped(Object.fromEntries(FIGURES.map((name) => [name, plan[name]])), (key, leaf) => {
    const signature = signatureOf(key, leaf);
    if (signature !== undefined) found.add(signature);
    return leaf;
  });
  return [...found, WINDOW];
}

const windows = new Map<Entry, Entry>();
/** The instrument under a window that begins later and ends earlier. */
function narrowed(entry: Entry): Entry {
  const known = windows.get(entry);
  if (known) return known;
  const { window } = entry.document;
  const from = window.from.length > 4 ? "2026-03-01" : "2026";
  const end = "2027-06-30";
  const made = {
    ...entry,
    document: {
      ...entry.document,
      window: { ...window, from, ...(window.to && { to: end }), ...(window.reported && { reported: { to: end } }) },
    },
  };
  windows.set(entry, made);
  return made;
}

/** The plan with one of its figures changed wherever it stands. */
export function withAnother(plan: Plan, which: Signature): Plan {
  if (which === WINDOW) {
    const entry = narrowed(plan.entry);
    return { ...plan, entry, inForce: isInForce(entry, plan.claim, plan.readings) };
  }
  const change = (key: string, leaf: unknown): unknown => (signatureOf(key, leaf) === which ? another(leaf) : leaf);
  return {
    ...plan,
    ...Object.fromEntries(FIGURES.map((name) => [name, mapped(plan[name], change, name)])),
  };
}
