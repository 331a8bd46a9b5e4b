/** Tables by column: rows of one plan are read and computed together; only what is refused is read row by row, for its words. */
import { claimWithin, isInForce, type Block, type Claim, type Plan } from "../rules";
import { isError, Unread, type Given } from "./cells";
import { Codes, NO_NAME } from "./codes";
import { Layout } from "./layout";
import { columnReader, NameReader, RefusedRows, type CellReader, type Taker } from "./read";
import { everyRow, fetchFrom, sections, type Fetch, type Rows } from "./sections";
import { saysNothing, type Table } from "./table";

/** What the cells of a column are to the rows of a group. */
export type Use =
  | { readonly kind: "input"; readonly name: string; readonly reader: CellReader }
  /** Names; codes below the lowest are refused: rows that add up others, and those without a firm where others have one. */
  | { readonly kind: "firms" | "objects"; readonly lowest: number }
  /** No error may stand there; with `foreign` nothing that says anything. */
  | { readonly kind: "other"; readonly foreign: boolean };

/** Rows of one plan, and where their cells are. Outside the window no input is right or wrong, and none is read. */
export interface Group {
  readonly plan: Plan;
  readonly rows: Rows;
  readonly uses: readonly Use[];
  /** Fetches a list of cells for each use. */
  readonly fetch: Fetch;
}

export interface Blocks {
  readonly blocks: readonly Block[];
  /** Rows with a cell that is not acceptable, blank rows, and those that are in no group. */
  readonly refused: Rows;
  /** Words about the only cell for which a row is refused; undefined where the row itself has to be read for them. */
  readonly wordsOf: (row: number) => Unread | undefined;
}

/** Rows that are read at a time: their cells stay in the nearest cache. */
const AT_ONCE = 1024;

export function blocksOf(groups: readonly Group[], length: number): Blocks {
  const names = { firms: new Codes(), objects: new Codes() };
  const taken = new Uint8Array(length);
  const words = new RefusedRows(length);
  const blocks = groups.map((group) => {
    const { block, rows, refused } = readGroup(group, names, length);
    for (let i = 0; i < rows.length; i++) taken[rows[i]!] = 1;
    if (rows !== group.rows) group.rows.forEach((r, i) => refused.has(i) && words.add(r, refused.wordsOf(i) ?? null));
    return block;
  });
  const refused = new Uint32Array(length - blocks.reduce((sum, { columns }) => sum + columns.length, 0));
  for (let r = 0, k = 0; k < refused.length; r++) if (!taken[r]) refused[k++] = r;
  return {
    blocks: blocks.filter(({ columns }) => columns.length),
    refused,
    wordsOf: (row) => words.wordsOf(row),
  };
}

/** @param length of the table */
function readGroup({ plan, rows, uses, fetch }: Group, names: Record<"firms" | "objects", Codes>, length: number) {
  const refused = new RefusedRows(rows.length);
  const inputs = new Map<string, ReturnType<typeof columnReader>>();
  const named: Partial<Record<"firms" | "objects", NameReader>> = {};
  const takers = uses.map((use): Taker => {
    if (use.kind === "other") return { take: (cells, from, to) => check(cells, from, to, use.foreign, refused) };
    if (use.kind !== "input")
      return (named[use.kind] = new NameReader(names[use.kind], use.lowest, rows.length, refused));
    const reader = columnReader(use.reader, rows.length, refused);
    inputs.set(use.name, reader);
    return reader;
  });
  const cells = uses.map(() => new Array<Given>(Math.min(rows.length, AT_ONCE)));
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const to = Math.min(rows.length, from + AT_ONCE);
    fetch(rows, from, to, cells);
    takers.forEach((taker, k) => taker.take(cells[k]!, from, to));
  }
  const good = refused.others;
  const at = good ? good.map((i) => rows[i]!) : rows;
  const columns = [...inputs].map(([name, reader]) => [name, reader.column(good)] as const);
  const block: Block = {
    plan,
    columns: { length: at.length, inputs: Object.fromEntries(columns) },
    ...(at.length < length && { at }),
    ...(named.firms && { firms: named.firms.column(good) }),
    ...(named.objects && { objects: named.objects.column(good) }),
  };
  return { block, rows: at, refused };
}

function check(cells: readonly Given[], from: number, to: number, foreign: boolean, refused: RefusedRows): void {
  for (let i = from; i < to; i++) {
    const cell = cells[i - from];
    if (isError(cell) || (foreign && !saysNothing(cell))) refused.add(i, null);
  }
}

/**
 * The rows of a table by plan; rows that cannot be planned are in no group.
 * @param always whether rows outside their window are read too, where no input is right or wrong
 * @param isAmong which rows; not there: all of them
 */
export function groupsOf(table: Table, always = false, isAmong?: (row: number) => boolean): Group[] {
  const byPlan = new Map<Plan, { layout: Layout; rows: Rows[] }>();
  for (const { layout, when, rows } of byInstrument(table, isAmong)) {
    const inForce = isInForce(layout.entry, when);
    const claim = claimWithin(layout.entry, when);
    const switched = (inForce || always) && layout.hasReadings;
    for (const [readings, those] of switched ? byReadings(layout, table, rows) : [[{}, rows] as const]) {
      const plan = layout.plan(claim, readings);
      const known = byPlan.get(plan);
      if (known) known.rows.push(those);
      else byPlan.set(plan, { layout, rows: [those] });
    }
  }
  return [...byPlan].map(([plan, { layout, rows }]) =>
    groupOf(plan, layout, table, together(rows), always || plan.inForce),
  );
}

function together([first, ...others]: readonly Rows[]): Rows {
  if (!others.length) return first!;
  const all = new Uint32Array(others.reduce((sum, rows) => sum + rows.length, first!.length));
  let end = 0;
  for (const rows of [first!, ...others]) {
    all.set(rows, end);
    end += rows.length;
  }
  return all.sort();
}

function groupOf(plan: Plan, layout: Layout, table: Table, rows: Rows, read: boolean): Group {
  const { headers, at } = table;
  const lowest = read ? NO_NAME + 1 : NO_NAME;
  const used = headers.flatMap((header, c): (readonly [number, Use])[] => {
    if (!header) return [];
    const reader = read ? table.readersOf(layout)[c] : undefined;
    const uses: Use[] = [
      ...(reader ? [{ kind: "input", name: layout.meanings[c]!.name, reader } as const] : []),
      ...(c === at.firm ? [{ kind: "firms", lowest: read && table.namesFirms ? 0 : lowest } as const] : []),
      ...(c === at.object ? [{ kind: "objects", lowest } as const] : []),
    ];
    const checked = { kind: "other", foreign: read && table.isForeign(c, layout) } as const;
    return (uses.length ? uses : [checked]).map((use) => [c, use] as const);
  });
  return {
    plan,
    rows,
    uses: used.map(([, use]) => use),
    fetch: fetchFrom(
      table.values,
      used.map(([c]) => c),
    ),
  };
}

interface Section {
  readonly layout: Layout;
  readonly when: Claim;
  readonly rows: Rows;
}

/** Rows with content of one instrument and one year or day; the cells that name them are read once each. */
function byInstrument(table: Table, isAmong?: (row: number) => boolean): Section[] {
  if (table.uniform && !isAmong) {
    const rows = everyRow(table.values.length);
    const filled = table.hasBlanks ? rows.filter((r) => !table.isBlank(r)) : rows;
    return filled.length ? sectionOf(table, filled) : [];
  }
  const found = new Map<Given, Map<Given, number[]>>();
  let before: readonly [Given, Given] | undefined;
  let section: number[] = [];
  for (let r = 0; r < table.values.length; r++) {
    if (table.isBlank(r) || table.isRefused(r) || isAmong?.(r) === false) continue;
    const instrument = table.instrumentCell(r);
    const year = table.yearCell(r);
    if (!before || instrument !== before[0] || year !== before[1]) {
      before = [instrument, year];
      const years = found.get(instrument) ?? new Map<Given, number[]>();
      found.set(instrument, years);
      section = years.get(year) ?? [];
      years.set(year, section);
    }
    section.push(r);
  }
  return [...found.values()].flatMap((years) =>
    [...years.values()].flatMap((rows) => sectionOf(table, new Uint32Array(rows))),
  );
}

function sectionOf(table: Table, rows: Rows): Section[] {
  const layout = table.layoutIn(rows[0]!);
  const when = table.claimIn(rows[0]!);
  if (!(layout instanceof Layout) || when instanceof Unread || isError(when)) return [];
  return [{ layout, when: when, rows }];
}

function byReadings(layout: Layout, table: Table, rows: Rows): (readonly [Record<string, string>, Rows])[] {
  const switches = layout.meanings.flatMap((meaning, c) =>
    meaning?.kind === "reading" ? [(r: number) => table.values[r]![c]] : [],
  );
  return sections(rows, switches).flatMap((those) => {
    const cells = table.values[those[0]!]!;
    const readings = layout.readings(cells);
    return readings instanceof Unread ? [] : [[readings, those] as const];
  });
}
