/** The rows of a scenario: the base with rows left out and firms added, amounts grown, compute made domestic. */
import type { Block, Column, Columns } from "../../columns";
import { Exact } from "../../number/money";
import type { Plan } from "../../plan/plan";
import { allowancesOf } from "../../plan/walk";
import { refuse, type Refusal } from "../../refusal";
import { baseAmounts, scaled } from "./amounts";
import type { Changes } from "./scenario";
import { withDomesticShare } from "./split";

export interface ScenarioRows {
  readonly blocks: readonly Block[];
  /** Rows of the table, and below them those of added firms. */
  readonly length: number;
  /** By row of the table, 1 where it is left out. */
  readonly out?: Uint8Array;
  /** By row of the added firms, which of these firms it belongs to, from 0. */
  readonly added?: readonly number[];
}

/**
 * The blocks with other columns; a scenario that changes no rows gets the same columns, with all that is known of them.
 * @throws Refusal where domestic compute is asked for and no instrument has it, and where a row to be left out is not there
 */
export function scenarioRows(blocks: readonly Block[], scenario: Changes, length: number): ScenarioRows {
  const selected = select(blocks, scenario, length);
  const { growth, domesticShare } = scenario;
  let changed = selected.blocks;
  if (growth !== undefined) changed = changed.map((block) => ({ ...block, columns: grown(block, growth) }));
  if (domesticShare !== undefined) changed = withDomesticShare(changed, domesticShare);
  return { ...selected, blocks: changed };
}

/** The last growth of each table of columns: the scenarios of one table often share it. */
const lastGrown = new WeakMap<Columns, { key: string; columns: Columns }>();

function grown({ plan, columns }: Block, growth: string): Columns {
  const names = baseAmounts(plan);
  const key = [growth, ...names].join();
  const last = lastGrown.get(columns);
  if (last?.key === key) return last.columns;
  const factor = new Exact(growth).plus(1);
  const result = {
    ...columns,
    inputs: Object.fromEntries(
      Object.entries(columns.inputs).map(([name, column]) => [
        name,
        column.kind === "money" && names.includes(name) ? { ...column, fen: scaled(column.fen, factor) } : column,
      ]),
    ),
  };
  lastGrown.set(columns, { key, columns: result });
  return result;
}

/** Whether rows of the plan have accounts by object, so that it matters which object a row names. */
export const looksAtObjects = (plan: Plan): boolean =>
  plan.again !== undefined || allowancesOf(plan).some(({ scope }) => scope === "object");

/** The blocks with only those objects that stand in several rows: no other is paid twice in any scenario. */
export function withRepeatedObjects(blocks: readonly Block[]): Block[] {
  const highest = blocks.reduce((most, { objects }) => objects?.reduce((a, b) => Math.max(a, b), most) ?? most, -1);
  const rows = new Uint32Array(highest + 1);
  for (const { objects } of blocks) objects?.forEach((code) => code >= 0 && rows[code]!++);
  return blocks.map(({ objects, ...block }) => {
    const repeated = objects?.map((code) => (code >= 0 && rows[code]! > 1 ? code : -1));
    return repeated?.some((code) => code >= 0) ? { ...block, objects: repeated } : block;
  });
}

function select(blocks: readonly Block[], { excluded, newFirms }: Changes, length: number): ScenarioRows {
  if (!excluded?.length && !newFirms) return { blocks, length };
  const out = new Uint8Array(length);
  for (const [from, to] of excluded ?? []) {
    if (from > length) throw notInTable(from, length);
    out.fill(1, from - 1, to);
  }
  const copies = newFirms ? copiesOf(blocks, out, newFirms, length) : [];
  const taken = blocks.map(({ columns, at, firms, objects }, b) => {
    const rows: number[] = [];
    for (let i = 0; i < columns.length; i++) if (!out[at ? at[i]! : i]) rows.push(i);
    const own = copies.filter((copy) => copy.b === b);
    const sources = [...rows, ...own.map(({ i }) => i)];
    return {
      columns: gathered(columns, sources),
      at: Uint32Array.from([...rows.map((i) => (at ? at[i]! : i)), ...own.map((copy) => copy.at)]),
      firms: Int32Array.from([...rows.map((i) => firms?.[i] ?? -1), ...own.map(({ firm }) => firm)]),
      ...(objects && {
        objects: Int32Array.from([...rows.map((i) => objects[i]!), ...own.map(({ object }) => object)]),
      }),
    };
  });
  return {
    blocks: blocks.map((block, b) => ({ plan: block.plan, ...taken[b]! })),
    length: length + copies.length,
    out,
    added: copies.map(({ added }) => added),
  };
}

/** A number of the sheet, perhaps, where one of the table is meant: it would leave nothing out. */
export const notInTable = (row: number, length: number): Refusal =>
  refuse(
    `排除的行 ${row} 不在表中：表共 ${length} 行，自表头下第 1 行起数，不是工作表的行号`,
    `there is no row ${row} to leave out: the table has ${length} rows, counted below the headers, not as in the sheet`,
  );

interface Copy {
  readonly b: number;
  readonly i: number;
  readonly at: number;
  readonly firm: number;
  readonly object: number;
  /** Which of the added firms it belongs to. */
  readonly added: number;
}

/** Rows that a scenario may add: four worksheets full. */
const MOST_ADDED = 2 ** 22;

/** The rows of the added firms: each repeats those of one firm, evenly over the firms in row order. A row without a firm is one. @throws Refusal for too many */
function copiesOf(blocks: readonly Block[], out: Uint8Array, added: number, length: number): Copy[] {
  const rows = blocks
    .flatMap(({ columns, at, firms, objects }, b) =>
      Array.from({ length: columns.length }, (_, i) => ({
        b,
        i,
        at: at ? at[i]! : i,
        firm: firms?.[i] ?? -1,
        object: objects?.[i] ?? -1,
      })),
    )
    .filter((row) => !out[row.at])
    .sort((x, y) => x.at - y.at);
  const byFirm = new Map<string, Omit<Copy, "added">[]>();
  for (const row of rows) {
    const key = row.firm < 0 ? `row ${row.at}` : `firm ${row.firm}`;
    const group = byFirm.get(key);
    if (group) group.push(row);
    else byFirm.set(key, [row]);
  }
  const firms = [...byFirm.values()];
  if (!firms.length) return [];
  if (Math.ceil(added / firms.length) * rows.length > MOST_ADDED)
    throw refuse(
      `新增 ${added} 家企业，行数超过可新增的 ${MOST_ADDED} 行`,
      `${added} added firms come to more than the ${MOST_ADDED} rows that may be added`,
    );
  let firm = rows.reduce((most, row) => Math.max(most, row.firm), -1);
  const objects = rows.reduce((most, row) => Math.max(most, row.object), -1) + 1;
  let at = length;
  return Array.from({ length: added }, (_, k) => {
    firm++;
    return firms[Math.floor((k * firms.length) / added) % firms.length]!.map((row) => ({
      ...row,
      firm,
      added: k,
      at: at++,
      object: row.object < 0 ? -1 : row.object + (k + 1) * objects,
    }));
  }).flat();
}

function gathered({ inputs }: Columns, sources: readonly number[]): Columns {
  const pick = <T extends Float64Array | Uint8Array | Uint16Array>(list: T): T => {
    const result = new (list.constructor as new (length: number) => T)(sources.length);
    sources.forEach((i, k) => (result[k] = list[i]!));
    return result;
  };
  const columns = Object.entries(inputs).map(([name, column]): [string, Column] => {
    if (column.kind === "code") return [name, { ...column, codes: pick(column.codes) }];
    const given = column.given && { given: pick(column.given) };
    if (column.kind === "money") return [name, { ...column, fen: pick(column.fen), ...given }];
    return [name, { ...column, values: pick(column.values), ...given }];
  });
  return { length: sources.length, inputs: Object.fromEntries(columns) };
}
