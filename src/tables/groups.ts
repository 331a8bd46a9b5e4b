/** Tables by column: rows of one plan are read and computed together; only what is refused is read row by row, for its words. */
import { isInForce, Refusal, type Block, type Claim, type Plan, type ScenarioBase } from "../rules";
import { isError, type Cell, type CellError, type Given, type Matrix } from "./cells";
import { Codes } from "./codes";
import { readColumns } from "./read";
import { cellsByColumn, everyRow, sections, type Rows } from "./sections";
import { isPlanned, saysNothing, Table, type Layout } from "./table";

/** Rows of one plan, with the cells that hold their inputs. */
export interface Group {
  readonly plan: Plan;
  readonly rows: Rows;
  /** By input; none outside the window, where no input is right or wrong. */
  readonly cells: Readonly<Record<string, readonly Cell[]>>;
  /** Rows (by place in `rows`) with a cell that is in nobody's column. */
  readonly broken?: Uint8Array;
  readonly firms?: readonly Cell[] | undefined;
  readonly objects?: readonly Cell[] | undefined;
}

export interface Blocks {
  readonly blocks: readonly Block[];
  /** Rows with a cell that is not acceptable, rising. */
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
  const groups = groupsOf(table, true);
  table.checkUsed();
  return {
    blocks: blocksOf(groups, values.length).blocks,
    length: values.length,
    unreadable(row) {
      const read = table.row(row);
      return !isPlanned(read) && read.refusal instanceof Refusal ? read.refusal.text : undefined;
    },
  };
}

/** A table by plan, and why its first row that cannot be read was refused. */
export interface ReadTable {
  readonly blocks: readonly Block[];
  readonly refusal?: Refusal | CellError | undefined;
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
  const groups = groupsOf(table);
  table.checkUsed();
  const { blocks, refused } = blocksOf(groups, values.length);
  if (!refused.length) return { blocks };
  const row = table.row(refused[0]!);
  return { blocks, refusal: isPlanned(row) ? undefined : row.refusal };
}

export function blocksOf(groups: readonly Group[], length: number): Blocks {
  const firms = new Codes();
  const objects = new Codes();
  const taken = new Uint8Array(length);
  const blocks = groups.map(({ plan, rows, cells, broken, firms: firmCells, objects: objectCells }): Block => {
    const read = readColumns(plan.inputs, cells, rows.length);
    const good = goodRows(read.refused, broken);
    const kept = (list: readonly Cell[]): readonly Cell[] => (good ? Array.from(good, (i) => list[i]) : list);
    const at = good ? good.map((i) => rows[i]!) : rows;
    for (let i = 0; i < at.length; i++) taken[at[i]!] = 1;
    return {
      plan,
      // Refused rows are few: what is left of the group is read again without them.
      columns: good
        ? readColumns(
            plan.inputs,
            Object.fromEntries(Object.entries(cells).map(([name, list]) => [name, kept(list)])),
            good.length,
          ).columns
        : read.columns,
      ...(at.length < length && { at }),
      ...(firmCells && { firms: firms.of(kept(firmCells)) }),
      ...(objectCells && { objects: objects.of(kept(objectCells)) }),
    };
  });
  const refused: number[] = [];
  for (let r = 0; r < length; r++) if (!taken[r]) refused.push(r);
  return { blocks: blocks.filter(({ columns }) => columns.length), refused };
}

/** Places of the rows that are neither refused nor broken; undefined where all are good. */
function goodRows(refused: Uint8Array, broken: Uint8Array | undefined): Uint32Array | undefined {
  const bad = (i: number): boolean => refused[i] === 1 || broken?.[i] === 1;
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
    // Inside the window only the year counts, for the allowances of the year; outside, the message says the day.
    const claim = inForce ? { year: when.year } : when;
    const switched = (inForce || always) && layout.meanings.some((meaning) => meaning?.kind === "reading");
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
  return Uint32Array.from([first!, ...others].flatMap((rows) => [...rows])).sort();
}

function groupOf(plan: Plan, layout: Layout, table: Table, rows: Rows, read: boolean): Group {
  const { values, headers } = table;
  const broken = new Uint8Array(rows.length);
  const wanted: Record<string, number> = {};
  headers.forEach((header, c) => {
    const meaning = layout.meanings[c];
    if (read && meaning?.kind === "input") {
      wanted[meaning.name] = c;
      return;
    }
    const foreign = read && header !== "" && !meaning;
    for (let i = 0; i < rows.length; i++) {
      const cell = values[rows[i]!]![c];
      if (isError(cell) || (foreign && !saysNothing(cell))) broken[i] = 1;
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
  return { plan, rows, cells, broken, firms, objects };
}

interface Section {
  readonly layout: Layout;
  readonly when: Claim;
  readonly rows: Rows;
}

/** Rows of one instrument and one year or day; the cells that name them are read once each. */
function byInstrument(table: Table): Section[] {
  const naming = table.uniform ? [] : [(r: number) => table.instrumentCell(r), (r: number) => table.yearCell(r)];
  return sections(everyRow(table.values.length), naming).flatMap((rows) => {
    try {
      return [{ layout: table.layout(rows[0]!), when: table.when(rows[0]!), rows }];
    } catch (error) {
      if (error instanceof Refusal || isError(error as Given)) return [];
      throw error;
    }
  });
}

function byReadings(layout: Layout, table: Table, rows: Rows): (readonly [Record<string, string>, Rows])[] {
  const switches = layout.meanings.flatMap((meaning, c) =>
    meaning?.kind === "reading" ? [(r: number) => table.values[r]![c]] : [],
  );
  return sections(rows, switches).flatMap((those) => {
    try {
      return [[layout.readings(table.values[those[0]!] as readonly Cell[]), those] as const];
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  });
}
