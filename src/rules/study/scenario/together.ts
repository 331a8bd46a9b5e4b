/**
 * Scenarios over few rows are computed together, one below the other in one table: what a clause needs to be made ready
 * costs more than fifty rows of it. Firms and objects of different scenarios are different ones, so nothing is shared; a
 * scenario's rate and cap stand in the what-if columns of its rows.
 */
import { blockAwards, numberColumn, coded, type Block, type Column, type Columns, type RowAwards } from "../../columns";
import { highest } from "../../columns/column";
import { Exact } from "../../number/money";
import type { ScenarioRows } from "./rows";
import type { Changes } from "./scenario";

/** One scenario's rows, under plans without its rate and cap. */
export interface Member {
  readonly rows: ScenarioRows;
  readonly changes: Changes;
}

const numbers = new WeakMap<object, number>();
let next = 0;

/** A number for each plan and each list of values, the same whenever it is asked for. */
function numberOf(one: object): number {
  let number = numbers.get(one);
  if (number === undefined) numbers.set(one, (number = next++));
  return number;
}

/** Whether the scenario's rate is one that a column holds: a column has numbers of 15 digits. */
export const fitsColumns = ({ rate }: Changes): boolean => rate === undefined || new Exact(rate).precision() <= 15;

/** The same for scenarios that can stand in one table: of the same plans, and columns that mean the same. */
export function kindOf({ rows, changes }: Member): string {
  const parts: unknown[] = [changes.rate !== undefined, changes.cap !== undefined];
  for (const { plan, columns, objects, firms } of rows.blocks) {
    parts.push(numberOf(plan), Boolean(firms), Boolean(objects));
    for (const [name, column] of Object.entries(columns.inputs)) {
      parts.push(name, column.kind === "code" ? numberOf(column.values) : "");
    }
  }
  return parts.join();
}

/**
 * The awards of each member, by block as blockAwards() gives them.
 * @param members of one kind
 */
export function awardsTogether(members: readonly Member[]): RowAwards[][] {
  const first = members[0]!.rows.blocks;
  const starts = [0];
  const [firms, objects] = [[0], [0]];
  const most = (blocks: readonly Block[], codes: "firms" | "objects"): number =>
    blocks.reduce((max, block) => Math.max(max, block[codes] ? highest(block[codes]) : -1), -1);
  for (const { rows } of members) {
    starts.push(starts.at(-1)! + rows.length);
    firms.push(firms.at(-1)! + most(rows.blocks, "firms") + 1);
    objects.push(objects.at(-1)! + most(rows.blocks, "objects") + 1);
  }
  const offsets = { firms, objects };
  const blocks = first.map((_, b): Block => {
    const own = members.map(({ rows }) => rows.blocks[b]!);
    const length = own.reduce((sum, { columns }) => sum + columns.length, 0);
    const codes = (name: "firms" | "objects"): { [name: string]: Int32Array } =>
      own[0]![name]
        ? {
            [name]: below(
              own.map((block) => block[name]!),
              length,
              offsets[name],
            ),
          }
        : {};
    return {
      plan: own[0]!.plan,
      columns: columnsBelow(
        own.map(({ columns }) => columns),
        members,
        length,
      ),
      at: placesBelow(own, length, starts),
      ...codes("firms"),
      ...codes("objects"),
    };
  });
  const awards = blockAwards(blocks, starts.at(-1)!);
  const from = blocks.map(() => 0);
  return members.map(({ rows }) =>
    rows.blocks.map(({ columns }, b) => {
      const [start, end] = [from[b]!, (from[b]! += columns.length)];
      return { fen: awards[b]!.fen.subarray(start, end), decisions: awards[b]!.decisions.subarray(start, end) };
    }),
  );
}

/** Codes of one list below the other, those of each raised above the ones before; -1 stays. */
function below(lists: readonly Int32Array[], length: number, offsets: readonly number[]): Int32Array {
  const result = new Int32Array(length);
  let at = 0;
  lists.forEach((list, m) => {
    for (let i = 0; i < list.length; i++) result[at++] = list[i]! < 0 ? -1 : list[i]! + offsets[m]!;
  });
  return result;
}

function placesBelow(blocks: readonly Block[], length: number, starts: readonly number[]): Uint32Array {
  const result = new Uint32Array(length);
  let to = 0;
  blocks.forEach(({ at, columns }, m) => {
    for (let i = 0; i < columns.length; i++) result[to++] = starts[m]! + (at ? at[i]! : i);
  });
  return result;
}

function columnsBelow(all: readonly Columns[], members: readonly Member[], length: number): Columns {
  const names = Object.keys(all[0]!.inputs);
  const inputs = names.map((name): [string, Column] => [
    name,
    columnBelow(
      all.map(({ inputs: own }) => own[name]!),
      length,
    ),
  ]);
  const { rate, cap } = members[0]!.changes;
  if (rate !== undefined) inputs.push(["whatif_rate", rateColumn(all, members, length)]);
  if (cap !== undefined) inputs.push(["whatif_cap", { kind: "money", fen: perRow(all, members, length, "cap") }]);
  return { length, inputs: Object.fromEntries(inputs) };
}

/** A number of each scenario, in all of its rows. */
function perRow(all: readonly Columns[], members: readonly Member[], length: number, name: "rate" | "cap") {
  const result = new Float64Array(length);
  let at = 0;
  members.forEach(({ changes }, m) => result.fill(Number(changes[name]), at, (at += all[m]!.length)));
  return result;
}

function rateColumn(all: readonly Columns[], members: readonly Member[], length: number): Column {
  const rates = perRow(all, members, length, "rate");
  return numberColumn(rates, undefined) ?? coded(Array.from(rates));
}

/** @param columns of one input in several scenarios: made from the same column, so alike in all but their length */
function columnBelow(columns: readonly Column[], length: number): Column {
  const one = columns[0]!;
  if (one.kind === "code") {
    return {
      ...one,
      codes: joined(
        columns.map((column) => (column as typeof one).codes),
        length,
      ),
    };
  }
  const given = columns.some((column) => (column as typeof one).given) && {
    given: joined(
      columns.map((column) => {
        const { given: own, ...rest } = column as typeof one;
        return own ?? new Uint8Array((rest.kind === "money" ? rest.fen : rest.values).length).fill(1);
      }),
      length,
    ),
  };
  if (one.kind === "money") {
    return {
      kind: "money",
      fen: joined(
        columns.map((column) => (column as typeof one).fen),
        length,
      ),
      ...given,
    };
  }
  return {
    ...one,
    values: joined(
      columns.map((column) => (column as typeof one).values),
      length,
    ),
    ...given,
  };
}

function joined<T extends Float64Array | Uint8Array | Uint16Array>(lists: readonly T[], length: number): T {
  const result = new (lists[0]!.constructor as new (length: number) => T)(length);
  let at = 0;
  for (const list of lists) {
    result.set(list, at);
    at += list.length;
  }
  return result;
}
