/** Tables by column: rows of one plan are read and computed together; only what is refused is read row by row, for its words. */
import { claimWithin, isInForce, type Block, type Claim, type Plan, type ScenarioBase } from "../rules";
import { isError, Unread, type Cell, type CellError, type Given, type Matrix } from "./cells";
import type { Unit } from "./amounts";
import { Codes, TOTAL } from "./codes";
import { Layout } from "./layout";
import { readColumns } from "./read";
import { cellsByColumn, everyRow, sections, type Rows } from "./sections";
import { isRefused, isUnplanned, saysNothing, Table, type Refused } from "./table";

/** Rows of one plan, with the cells that hold their inputs. */
export interface Group {
  readonly plan: Plan;
  readonly rows: Rows;
  /** By input; none outside the window, where no input is right or wrong. */
  readonly cells: Readonly<Record<string, readonly Cell[]>>;
  /** Of the amounts that are not in yuan. */
  readonly units?: Readonly<Record<string, Unit>>;
  /** Rows (by place in `rows`) with a cell that is in nobody's column. */
  readonly broken?: Uint8Array;
  readonly firms?: readonly Cell[] | undefined;
  readonly objects?: readonly Cell[] | undefined;
  /** Whether a row without a firm is refused, because others have one; and rows that add up others. */
  readonly checksNames?: { readonly firms: boolean };
}

export interface Blocks {
  readonly blocks: readonly Block[];
  /** Rows with a cell that is not acceptable, and blank rows, rising. */
  readonly refused: readonly number[];
}

/**
 * A table as the base of scenarios; rows that cannot be read are counted, not computed. Rows outside their window are read
 * too: a scenario may name another year.
 * @throws Refusal, RangeError
 */
export function scenarioBase(
  instruments: readonly Given[],
  headers: readonly Given[],
  values: Matrix,
  years: readonly Given[],
  claim: Claim,
): ScenarioBase {
  const table = new Table(instruments, headers, values, years, claim);
  table.checkUsed();
  return {
    blocks: blocksOf(groupsOf(table, true), values.length).blocks,
    length: values.length,
    unreadable(row) {
      const read = table.row(row);
      return isUnplanned(read) && isRefused(read.refusal) ? read.refusal.text : undefined;
    },
  };
}

/** A table by plan, and why its first row that cannot be read was refused. */
export interface ReadTable {
  readonly blocks: readonly Block[];
  readonly refusal?: Refused | CellError;
}

/** A table of which every row counts, such as the claims on a pool. @throws Refusal where the table as a whole cannot be read */
export function readBlocks(
  instruments: readonly Given[],
  headers: readonly Given[],
  values: Matrix,
  years: readonly Given[],
  claim: Claim,
): ReadTable {
  const table = new Table(instruments, headers, values, years, claim);
  table.checkUsed();
  const { blocks, refused } = blocksOf(groupsOf(table), values.length);
  for (const r of refused) {
    const row = table.row(r);
    if (isUnplanned(row)) return { blocks, refusal: row.refusal };
  }
  return { blocks };
}

export function blocksOf(groups: readonly Group[], length: number): Blocks {
  const names = (of: "firms" | "objects") => (groups.some((group) => group[of]) ? new Codes() : undefined);
  const [firms, objects] = [names("firms"), names("objects")];
  const taken = new Uint8Array(length);
  const blocks = groups.map((group): Block => {
    const { plan, rows, cells, units } = group;
    const read = readColumns(plan.inputs, cells, rows.length, units);
    const firm = group.firms && firms?.of(group.firms);
    const object = group.objects && objects?.of(group.objects);
    const good = goodRows(group, read.refused, firm, object);
    const at = good ? good.map((i) => rows[i]!) : rows;
    for (let i = 0; i < at.length; i++) taken[at[i]!] = 1;
    const kept = (codes: Int32Array): Int32Array => (good ? Int32Array.from(good, (i) => codes[i]!) : codes);
    return {
      plan,
      // Refused rows are few: what is left of the group is read again without them.
      columns: good ? readColumns(plan.inputs, rest(cells, good), good.length, units).columns : read.columns,
      ...(at.length < length && { at }),
      ...(firm && { firms: kept(firm) }),
      ...(object && { objects: kept(object) }),
    };
  });
  const refused: number[] = [];
  for (let r = 0; r < length; r++) if (!taken[r]) refused.push(r);
  return { blocks: blocks.filter(({ columns }) => columns.length), refused };
}

const rest = (cells: Group["cells"], good: Rows): Group["cells"] =>
  Object.fromEntries(Object.entries(cells).map(([name, list]) => [name, Array.from(good, (i) => list[i])]));

/** Places of the rows that are acceptable; undefined where all are. */
function goodRows(
  { broken, checksNames }: Group,
  refused: Uint8Array,
  firms: Int32Array | undefined,
  objects: Int32Array | undefined,
): Uint32Array | undefined {
  const lowestFirm = checksNames?.firms ? 0 : TOTAL + 1;
  const named = checksNames !== undefined;
  const bad = (i: number): boolean =>
    refused[i] === 1 ||
    broken?.[i] === 1 ||
    (named && ((firms !== undefined && firms[i]! < lowestFirm) || (objects !== undefined && objects[i]! === TOTAL)));
  for (let i = 0; i < refused.length; i++) if (bad(i)) return everyRow(refused.length).filter((j) => !bad(j));
  return undefined;
}

/**
 * The rows of a table by plan; rows that cannot be planned are in no group.
 * @param always whether rows outside their window are read too, where no input is right or wrong
 */
export function groupsOf(table: Table, always = false): Group[] {
  const byPlan = new Map<Plan, { layout: Layout; rows: Rows[] }>();
  for (const { layout, when, rows } of byInstrument(table)) {
    const inForce = isInForce(layout.entry.document, when);
    const claim = claimWithin(layout.entry.document, when);
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
  const { values, headers } = table;
  let broken: Uint8Array | undefined;
  const wanted: Record<string, number> = {};
  const units: Record<string, Unit> = {};
  headers.forEach((_, c) => {
    const meaning = layout.meanings[c];
    if (read && meaning?.kind === "input") {
      wanted[meaning.name] = c;
      if (meaning.unit && meaning.unit !== 1) units[meaning.name] = meaning.unit;
      return;
    }
    const foreign = read && table.isForeign(c, layout);
    for (let i = 0; i < rows.length; i++) {
      const cell = values[rows[i]!]![c];
      if ((typeof cell === "object" && isError(cell)) || (foreign && !saysNothing(cell)))
        (broken ??= new Uint8Array(rows.length))[i] = 1;
    }
  });
  const own = { firms: table.at.firm, objects: table.at.object };
  const there = Object.entries({ ...wanted, ...own }).filter(([, c]) => c >= 0);
  const lists = cellsByColumn(
    values,
    rows,
    there.map(([, c]) => c),
  );
  const { firms, objects, ...cells } = Object.fromEntries(there.map(([name], k) => [name, lists[k]!]));
  return {
    plan,
    rows,
    cells,
    units,
    ...(broken && { broken }),
    firms,
    objects,
    ...(read && { checksNames: { firms: table.namesFirms } }),
  };
}

interface Section {
  readonly layout: Layout;
  readonly when: Claim;
  readonly rows: Rows;
}

/** Rows with content of one instrument and one year or day; the cells that name them are read once each. */
function byInstrument(table: Table): Section[] {
  if (table.uniform) {
    const rows = everyRow(table.values.length);
    const filled = table.hasBlanks ? rows.filter((r) => !table.isBlank(r)) : rows;
    return filled.length ? sectionOf(table, filled) : [];
  }
  const found = new Map<Given, Map<Given, number[]>>();
  let before: readonly [Given, Given] | undefined;
  let section: number[] = [];
  for (let r = 0; r < table.values.length; r++) {
    if (table.isBlank(r)) continue;
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
