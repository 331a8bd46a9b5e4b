/**
 * What rows share, in formulas: the running form. Rows of one account follow each other in the order in which they draw, and
 * each looks at the row before it. Where they lie together in the sheet, one formula serves all rows; where they cannot (two
 * limits shared by different owners, several instruments under one limit), a row names the cell of the row before it.
 */
import { ownerOf, partInput, termOf, type Allowance, type PlannedRow } from "../../rules";
import {
  and,
  BLANK,
  compares,
  differs,
  equals,
  joined,
  minus,
  number,
  over,
  plus,
  text,
  when,
  whole,
  written,
  ZERO_CELL,
  type Expression,
  type Scalar,
} from "./expression";
import { isFormula, type Column, type Content, type FormulaSheet, type Parameters } from "./sheet";

/** A row of the table in its place. */
export interface Placed {
  readonly sheet: FormulaSheet;
  /** Place among the sheet's data. */
  readonly row: number;
  readonly planned: PlannedRow;
}

/** Which row stands before and after another one, among those of one key. */
export class Chain {
  private readonly before = new Map<Placed, Placed>();
  private readonly after = new Map<Placed, Placed>();
  /** Of each row, the uppermost row of its key in the same sheet. */
  private readonly uppermost = new Map<Placed, number>();

  /** @param rows in the order in which they draw @param keyOf undefined: the row is in no account */
  constructor(rows: readonly Placed[], keyOf: (placed: Placed) => string | undefined) {
    const last = new Map<string, Placed>();
    const members = new Map<string, Map<FormulaSheet, Placed[]>>();
    for (const placed of rows) {
      const key = keyOf(placed);
      if (key === undefined) continue;
      const earlier = last.get(key);
      if (earlier) {
        this.before.set(placed, earlier);
        this.after.set(earlier, placed);
      }
      last.set(key, placed);
      const bySheet = members.get(key) ?? new Map<FormulaSheet, Placed[]>();
      members.set(key, bySheet);
      const list = bySheet.get(placed.sheet);
      if (list) list.push(placed);
      else bySheet.set(placed.sheet, [placed]);
    }
    for (const bySheet of members.values()) {
      for (const list of bySheet.values()) {
        const top = list.reduce((least, { row }) => Math.min(least, row), Infinity);
        for (const placed of list) this.uppermost.set(placed, top);
      }
    }
  }

  /** Whether rows of a key lie together in the sheet. */
  isTogether(rows: readonly Placed[]): boolean {
    return rows.every((placed) => {
      const earlier = this.before.get(placed);
      return !earlier || (earlier.sheet === placed.sheet && earlier.row === placed.row - 1);
    });
  }

  /** What a column holds in the row before, or else what it starts from. */
  earlier(
    rows: readonly Placed[],
    key: Column,
    column: (sheet: FormulaSheet) => Column,
    start: Content,
  ): (row: number) => Content {
    return this.beside(rows, key, column, start, "before");
  }

  /** The same of the row behind. */
  later(
    rows: readonly Placed[],
    key: Column,
    column: (sheet: FormulaSheet) => Column,
    start: Content,
  ): (row: number) => Content {
    return this.beside(rows, key, column, start, "after");
  }

  private beside(
    rows: readonly Placed[],
    key: Column,
    column: (sheet: FormulaSheet) => Column,
    start: Content,
    side: "before" | "after",
  ): (row: number) => Content {
    if (this.isTogether(rows)) {
      const [other, there] = side === "before" ? [key.above, "above" as const] : [key.below, "below" as const];
      let formula: Expression | undefined;
      return () =>
        (formula ??= when(
          and(differs(key.here, BLANK), equals(key.here, other)),
          column(key.sheet)[there],
          isFormula(start) ? start : number(start as number),
        ));
    }
    return (row) => {
      const neighbour = this[side].get(rows[row]!);
      return neighbour ? column(neighbour.sheet).at(neighbour.row, key.sheet) : start;
    };
  }

  /** 0 where the row still stands behind the one that it looks at, in the order of years; 1 where the rows must be sorted anew. */
  check(
    rows: readonly Placed[],
    key: Column,
    wild: boolean,
    year: (sheet: FormulaSheet) => Column,
    keyIn: (sheet: FormulaSheet) => Column,
  ): (row: number) => Content {
    const own = year(key.sheet).here;
    const first = isFirst(key, wild);
    const follows = (sameKey: Expression, earlierYear: Expression): Expression =>
      when(and(sameKey, compares(own, ">=", earlierYear)), ZERO_CELL, number(1));
    if (this.isTogether(rows)) {
      const above = year(key.sheet).above;
      const sameKey = equals(key.here, key.above);
      const formula = when(
        and(differs(key.here, BLANK), sameKey),
        when(compares(own, ">=", above), ZERO_CELL, number(1)),
        first,
      );
      return () => formula;
    }
    return (row) => {
      const earlier = this.before.get(rows[row]!);
      // The row that draws first need not be the uppermost one, but there is none of its key above that.
      if (!earlier) return isFirst(key, wild, this.uppermost.get(rows[row]!));
      const at = (column: (sheet: FormulaSheet) => Column): Expression =>
        column(earlier.sheet).at(earlier.row, key.sheet);
      return follows(equals(key.here, at(keyIn)), at(year));
    };
  }
}

/**
 * 0 where no row above has the same key, 1 otherwise.
 * @param wild whether keys have signs that stand for others in MATCH
 * @param of the row above which none may lie; not there: the row itself
 */
export function isFirst(key: Column, wild: boolean, of?: number): Expression {
  const place = of === undefined ? ownPlace(key, key.here) : ownPlace(key, key.at(of, key.sheet), of);
  return when(equals(key.here, BLANK), ZERO_CELL, when(equals(firstPlace(key, wild), place), ZERO_CELL, number(1)));
}

function firstPlace(key: Column, wild: boolean): Expression {
  let places: Map<string, number> | undefined;
  const sought = wild
    ? ["~", "*", "?"].reduce((inner, sign) => `SUBSTITUTE(${inner},"${sign}","~${sign}")`, key.here.text)
    : key.here.text;
  return written(`MATCH(${sought},${key.range},0)`, (row): Scalar => {
    if (!places) {
      places = new Map();
      for (let r = 0; r < key.sheet.length; r++) {
        const name = String(key.value(r)).toLowerCase();
        if (!places.has(name)) places.set(name, r + 1);
      }
    }
    return places.get(String(key.value(row)).toLowerCase())!;
  });
}

const ownPlace = (key: Column, cell: Expression, of?: number): Expression =>
  minus(
    written(`ROW(${cell.text})`, (row) => key.sheet.first + (of ?? row)),
    written(`ROW($${key.letters}$${key.sheet.first - 1})`, () => key.sheet.first - 1),
  );

/** The years in which the owners of a limit over several years claim first, by owner. */
export function firstYears(rows: readonly Placed[], allowance: Allowance): ReadonlyMap<string, number> {
  const years = new Map<string, number>();
  for (const { planned } of rows) {
    if (!planned.plan.inForce) continue;
    const owner = ownerIn(planned, allowance);
    if (owner === undefined) continue;
    const { year } = planned.plan.claim;
    years.set(owner, Math.min(years.get(owner) ?? year, year));
  }
  return years;
}

export function ownerIn({ firm, object, row }: PlannedRow, allowance: Allowance): string | undefined {
  const named = allowance.by === undefined ? undefined : row[allowance.by];
  return ownerOf(
    allowance,
    firm && `企业 ${firm}`,
    object && `对象 ${object}`,
    named === undefined ? undefined : `名称 ${String(named)}`,
  );
}

/** The account that a row draws on, as the ledger of awards() has it; undefined where it has none. */
export function accountIn(
  planned: PlannedRow,
  allowance: Allowance,
  first: ReadonlyMap<string, number>,
): string | undefined {
  const owner = ownerIn(planned, allowance);
  const { year } = planned.plan.claim;
  if (typeof allowance.period === "object" && !planned.plan.inForce) return undefined;
  const part = partInput(allowance);
  const within = part === undefined ? "" : planned.row[part];
  if (within === undefined) return undefined;
  return owner && `${owner} ${termOf(allowance, year, first.get(owner) ?? year)} ${String(within)}`;
}

/** Names of the sheet's own columns. */
export interface Names {
  readonly firm?: Column | undefined;
  readonly object?: Column | undefined;
  readonly year: Column;
  /** Where a row says the day; a blank stands for the whole year. */
  readonly day?: Column;
  /** By input, who else is named in the row, and which part of the year. */
  readonly inputs?: ReadonlyMap<string, Column>;
}

/**
 * The account of a row, as a text in the sheet: "企业 甲 2026", "对象 一", "" for none.
 * @param term what follows on the owner
 */
export function accountKey(
  { firm, object, inputs }: Names,
  { scope, by, unnamed }: Pick<Allowance, "scope" | "by" | "unnamed">,
  term?: Expression,
): Expression {
  const named = (column: Column | undefined, word: string, otherwise: Expression): Expression => {
    if (!column) return otherwise;
    const owner = joined(text(`${word} `), column.here);
    return when(equals(column.here, BLANK), otherwise, term ? joined(owner, term) : owner);
  };
  const [byFirm, byObject] = [
    (otherwise: Expression) => named(firm, "企业", otherwise),
    (otherwise: Expression) => named(object, "对象", otherwise),
  ];
  if (by !== undefined) return named(inputs?.get(by), "名称", BLANK);
  if (unnamed) return byObject(BLANK);
  return scope === "firm" ? byFirm(byObject(BLANK)) : byObject(byFirm(BLANK));
}

/** What the account has behind its owner: the year, the term of several years since the first one, or nothing. */
export function termKey(
  allowance: Allowance,
  { year, inputs }: Names,
  first: Column | undefined,
  parameters: Parameters,
): Expression | undefined {
  const { period } = allowance;
  if (period === "policy") return undefined;
  const part = partInput(allowance);
  const within = part === undefined ? undefined : inputs?.get(part);
  if (typeof period !== "object")
    return [text(" "), year.here, ...(within ? [text(" "), within.here] : [])].reduce(joined);
  const years = parameters.add({ label: "同一限额的连续年数", format: "whole", value: period.years });
  return joined(text(" 第"), plus(whole(over(minus(year.here, first!.here), years)), number(1)));
}
