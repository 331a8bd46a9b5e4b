/** Tables by column: rows of one plan are read and computed together; only what is refused is read row by row, for its words. */
import {
  Codes,
  columnsAwards,
  isInForce,
  OUTCOMES,
  outcomeOf,
  readColumns,
  Refusal,
  toYuan,
  type Award,
  type Block,
  type Cell,
  type Claim,
  type Plan,
  type ScenarioBase,
} from "../rules";
import { answerOf, errorOf } from "./answer";
import { isError, type Answer, type Given, type Matrix } from "./matrix";
import { answersOf, isPlanned, readTable, saysNothing, Table, type Layout } from "./table";

/** Rows of one plan, with the cells that hold their inputs. */
export interface Group {
  readonly plan: Plan;
  readonly rows: readonly number[];
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

/** The answers of a table's rows, in row order: what answersOf(readTable(…)) gives. @throws Refusal for the table as a whole */
export function tableAnswers(
  instruments: readonly Given[],
  headers: readonly Given[],
  values: Matrix,
  years: readonly Given[],
  claim: Claim,
): Answer[] {
  const table = new Table(instruments, headers, values, years, claim);
  const groups = groupsOf(table);
  table.checkUsed();
  const refusal = (r: number): Answer | undefined => {
    const row = table.row(r);
    return isPlanned(row) ? undefined : errorOf(row.refusal);
  };
  return (
    groupAnswers(groups, values.length, refusal) ?? answersOf(readTable(instruments, headers, values, years, claim))
  );
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
  return { blocks: blocksOf(groups, values.length).blocks, length: values.length };
}

/**
 * @param refusal the answer of a row that could not be read
 * @returns undefined where the rows have to be read one by one: too many kinds of them, or one refused that is not
 */
export function groupAnswers(
  groups: readonly Group[],
  length: number,
  refusal: (r: number) => Answer | undefined,
): Answer[] | undefined {
  let read: Blocks;
  let awards: ReturnType<typeof columnsAwards>;
  try {
    read = blocksOf(groups, length);
    awards = columnsAwards(read.blocks, length);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  const { fen, said } = awards;
  const [award, notEligible] = [OUTCOMES.indexOf("award"), OUTCOMES.indexOf("not-eligible")];
  const known = new Map<Award, Answer>();
  const answers = new Array<Answer>(length);
  for (let r = 0; r < length; r++) {
    const outcome = outcomeOf(said[r]!);
    if (outcome === award) answers[r] = toYuan(fen[r]!);
    else if (outcome === notEligible) answers[r] = 0;
    else if (outcome < OUTCOMES.length) {
      const reason = awards.because(r);
      const answer = known.get(reason) ?? answerOf(reason);
      known.set(reason, answer);
      answers[r] = answer;
    }
  }
  for (const r of read.refused) {
    const answer = refusal(r);
    if (answer === undefined) return undefined;
    answers[r] = answer;
  }
  return answers;
}

function blocksOf(groups: readonly Group[], length: number): Blocks {
  const firms = new Codes();
  const objects = new Codes();
  const taken = new Uint8Array(length);
  const blocks = groups.map(({ plan, rows, cells, broken, firms: firmCells, objects: objectCells }): Block => {
    const { columns, refused } = readColumns(plan.inputs, cells, rows.length);
    const good = Uint32Array.from(rows.keys()).filter((i) => !refused[i] && !broken?.[i]);
    const all = good.length === rows.length;
    const kept = <T>(list: readonly T[]): readonly T[] => (all ? list : Array.from(good, (i) => list[i]!));
    const at = Uint32Array.from(kept(rows));
    for (const r of at) taken[r] = 1;
    return {
      plan,
      // Refused rows are few: what is left of the group is read again without them.
      columns: all
        ? columns
        : readColumns(
            plan.inputs,
            Object.fromEntries(Object.entries(cells).map(([name, list]) => [name, kept(list)])),
            good.length,
          ).columns,
      ...(at.length < length && { at }),
      ...(firmCells && { firms: firms.of(kept(firmCells)) }),
      ...(objectCells && { objects: objects.of(kept(objectCells)) }),
    };
  });
  const refused: number[] = [];
  for (let r = 0; r < length; r++) if (!taken[r]) refused.push(r);
  return { blocks: blocks.filter(({ columns }) => columns.length), refused };
}

/**
 * The rows of a table by plan; rows that cannot be planned are in no group.
 * @param always whether rows outside their window are read too, where no input is right or wrong
 */
function groupsOf(table: Table, always = false): Group[] {
  const byPlan = new Map<Plan, { layout: Layout; rows: readonly number[] }>();
  for (const { layout, when, rows } of byInstrument(table)) {
    const inForce = isInForce(layout.entry.document, when);
    // Inside the window only the year counts, for the allowances of the year; outside, the message says the day.
    const claim = inForce ? { year: when.year } : when;
    const switched = (inForce || always) && layout.meanings.some((meaning) => meaning?.kind === "reading");
    for (const [readings, those] of switched ? byReadings(layout, table, rows) : [[{}, rows] as const]) {
      const plan = layout.plan(claim, readings);
      const known = byPlan.get(plan);
      if (known) known.rows = known.rows.concat(those);
      else byPlan.set(plan, { layout, rows: those });
    }
  }
  return [...byPlan].map(([plan, { layout, rows }]) =>
    groupOf(
      plan,
      layout,
      table,
      [...rows].sort((a, b) => a - b),
      always || plan.inForce,
    ),
  );
}

function groupOf(plan: Plan, layout: Layout, table: Table, rows: readonly number[], read: boolean): Group {
  const cells: Record<string, Cell[]> = {};
  const broken = new Uint8Array(rows.length);
  table.headers.forEach((header, c) => {
    const meaning = layout.meanings[c];
    if (read && meaning?.kind === "input") {
      cells[meaning.name] = rows.map((r) => table.values[r]![c] as Cell);
      return;
    }
    const foreign = read && header !== "" && !meaning;
    for (let i = 0; i < rows.length; i++) {
      const cell = table.values[rows[i]!]![c];
      if (isError(cell) || (foreign && !saysNothing(cell))) broken[i] = 1;
    }
  });
  return { plan, rows, cells, broken, firms: table.names("firm", rows), objects: table.names("object", rows) };
}

interface Section {
  readonly layout: Layout;
  readonly when: Claim;
  readonly rows: readonly number[];
}

/** Rows of one instrument and one year or day; the cells that name them are read once each. */
function byInstrument(table: Table): Section[] {
  const every = Array.from(table.values.keys());
  return [...sorted(every, (r) => (table.uniform ? "" : [table.instrumentCell(r), table.yearCell(r)]))].flatMap(
    (rows) => {
      try {
        return [{ layout: table.layout(rows[0]!), when: table.when(rows[0]!), rows }];
      } catch (error) {
        if (error instanceof Refusal || isError(error as Given)) return [];
        throw error;
      }
    },
  );
}

function byReadings(
  layout: Layout,
  table: Table,
  rows: readonly number[],
): (readonly [Record<string, string>, readonly number[]])[] {
  const switches = layout.meanings.flatMap((meaning, c) => (meaning?.kind === "reading" ? [c] : []));
  return [...sorted(rows, (r) => switches.map((c) => table.values[r]![c]))].flatMap((those) => {
    try {
      return [[layout.readings(table.values[those[0]!] as readonly Cell[]), those] as const];
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  });
}

/** Rows with the same cells. */
function sorted(rows: readonly number[], cellsOf: (r: number) => readonly Given[] | ""): Iterable<number[]> {
  const groups = new Map<string, number[]>();
  for (const r of rows) {
    const cells = cellsOf(r);
    const key = cells && cells.map((cell) => `${typeof cell} ${isError(cell) ? cell.code : String(cell)}`).join("\n");
    const group = groups.get(key);
    if (group) group.push(r);
    else groups.set(key, [r]);
  }
  return groups.values();
}
