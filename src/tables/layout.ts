/** How the columns of a table serve one instrument. Depends on the headers alone, so that it is made once for many calls. */
import { partsOfYear, planOf, readingsOf, refuse, Refusal, type Claim, type Entry, type Plan } from "../rules";
import { isNothing, Unread, type Cell, type Given } from "./cells";
import { meaningOf, type Meaning } from "./headers";
import { choiceIn } from "./inputs";

/** So many layouts, and plans of a layout, are kept; then all are made anew. */
const KEPT = 200;
const known = new WeakMap<Entry, Map<string, Layout | Refusal>>();

/**
 * @param headers as they were written
 * @param keys the same as nameOf() spells them
 * @returns a refusal where two headers mean the same, or one has a unit that is not known; where one of the two is the input's
 * own name the other yields to it, as it may be meant for another instrument of the table
 */
export function layoutOf(entry: Entry, headers: readonly string[], keys: readonly string[]): Layout | Refusal {
  const own = known.get(entry) ?? new Map<string, Layout | Refusal>();
  known.set(entry, own);
  const key = JSON.stringify(headers);
  const before = own.get(key);
  if (before) return before;
  if (own.size >= KEPT) own.clear();
  const layout = made(entry, headers, keys);
  own.set(key, layout);
  return layout;
}

function made(entry: Entry, headers: readonly string[], keys: readonly string[]): Layout | Refusal {
  const meanings = keys.map((key) => (key ? meaningOf(key, entry) : undefined));
  const unread = meanings.find((meaning) => meaning instanceof Unread);
  if (unread) return refuse(unread.zh, unread.en);
  const first = new Map<string, number>();
  const named = new Map<string, number>();
  (meanings as (Meaning | undefined)[]).forEach((meaning, c) => meaning?.own && named.set(meaning.name, c));
  const yields = new Map<number, number>();
  const own = (meanings as (Meaning | undefined)[]).map((meaning, c) => {
    if (!meaning || meaning.standsIn) return undefined;
    const owner = meaning.kind === "input" && !meaning.own ? named.get(meaning.name) : undefined;
    if (owner !== undefined) {
      yields.set(c, owner);
      return undefined;
    }
    const what = `${meaning.kind} ${meaning.name}`;
    const before = first.get(what);
    if (before === undefined) first.set(what, c);
    return before === undefined ? meaning : before;
  });
  for (const [c, before] of own.entries()) {
    if (typeof before !== "number") continue;
    return repeated(headers, before, c);
  }
  const standIn = (meanings as (Meaning | undefined)[]).findIndex(
    (meaning) => meaning?.standsIn && !first.has(`${meaning.kind} ${meaning.name}`),
  );
  if (standIn >= 0) own[standIn] = meanings[standIn] as Meaning;
  return new Layout(entry, headers, own as (Meaning | undefined)[], yields);
}

const repeated = (headers: readonly string[], a: number, b: number): Refusal =>
  refuse(
    `表头重复：“${headers[a]}”与“${headers[b]}”指同一项`,
    `headers ${headers[a]} and ${headers[b]} name the same input`,
  );

export class Layout {
  private readonly plans = new Map<string | number, Plan>();
  readonly hasReadings: boolean;
  /** Whether a 0 in one of its columns is an amount that the clause asks for. */
  readonly asksAmount: boolean;
  /** The parts of the year that limits of the instrument run for. */
  readonly partsOfYear: ReturnType<typeof partsOfYear>;

  constructor(
    readonly entry: Entry,
    private readonly headers: readonly string[],
    /** By column; undefined where the header means nothing to the instrument. */
    readonly meanings: readonly (Meaning | undefined)[],
    /** By column that yields to another one of the same meaning, that one. */
    private readonly yields: ReadonlyMap<number, number> = new Map(),
  ) {
    this.partsOfYear = partsOfYear(entry.instrument);
    this.hasReadings = meanings.some((meaning) => meaning?.kind === "reading");
    this.asksAmount = meanings.some(
      (meaning) => meaning?.input?.kind === "money" && meaning.input.default === undefined && !meaning.input.optional,
    );
  }

  /** Where an input stands; -1 where no column has it. */
  columnOf(input: string): number {
    return this.meanings.findIndex((meaning) => meaning?.kind === "input" && meaning.name === input);
  }

  /** The readings that a row takes, or words for an option that does not exist. */
  readings(cells: readonly Given[]): Record<string, string> | Unread {
    const readings: Record<string, string> = {};
    for (const [c, meaning] of this.meanings.entries()) {
      if (meaning?.kind !== "reading" || isNothing(cells[c])) continue;
      const option = choiceIn(readingsOf(this.entry.instrument)[meaning.name]!.options, cells[c] as Cell);
      if (option instanceof Unread) return this.under(c, option);
      readings[meaning.name] = option;
    }
    return readings;
  }

  /** Words about a cell with its header in front of them. */
  under(c: number, { zh, en }: Unread): Unread {
    return new Unread(`“${this.headers[c]}”：${zh}`, `${this.headers[c]}: ${en}`);
  }

  /** Words for a cell under a header that the instrument does not know. */
  foreign(c: number): Unread {
    const { id, name } = this.entry.instrument;
    const header = this.headers[c];
    const owner = this.yields.get(c);
    if (owner !== undefined) {
      const { zh, en } = repeated(this.headers, owner, c).text;
      return new Unread(`${zh}，“${header}”一格应留空`, `${en}; leave ${header} blank`);
    }
    return new Unread(
      `“${name.zh}”没有“${header}”这一项，该格应留空`,
      `${id} has no input ${header}; leave the cell blank`,
    );
  }

  /** @throws Refusal where a column yields to another one of the same meaning */
  checkYielding(c: number): void {
    const owner = this.yields.get(c);
    if (owner !== undefined) throw repeated(this.headers, owner, c);
  }

  plan(claim: Claim, readings: Readonly<Record<string, string>> = {}): Plan {
    const when = claim.day ?? claim.year;
    const key = this.hasReadings ? JSON.stringify([when, readings]) : when;
    const before = this.plans.get(key);
    if (before) return before;
    if (this.plans.size >= KEPT) this.plans.clear();
    const plan = planOf(this.entry, claim, { readings });
    this.plans.set(key, plan);
    return plan;
  }
}
