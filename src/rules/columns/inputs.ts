/** The columns as one plan reads them: defaults filled in, and which inputs vary by row and which by state. */
import { halfUp, multiply, ratio } from "../number/ratio";
import type { Plan } from "../plan/plan";
import type { Column, Columns } from "./column";

/** An input whose value differs from row to row: `values[i] / scale`; 0 where it is not given and has no default. */
export interface Varying {
  readonly values: Float64Array;
  readonly scale: number;
}

/** Filled columns by their default; scenarios over the same columns do not fill them again. */
const filled = new WeakMap<Column, Map<number, Float64Array>>();
const constant = new WeakMap<Column, boolean>();
const products = new WeakMap<Columns, Map<string, Float64Array>>();

export class Inputs {
  constructor(
    readonly plan: Plan,
    readonly columns: Columns,
  ) {}

  column(name: string): Column | undefined {
    return this.columns.inputs[name];
  }

  /** Undefined where all rows of a state share the value: coded, the same in every row, or not given at all. */
  varying(name: string): Varying | undefined {
    const column = this.column(name);
    if (!column || column.kind === "code" || isConstant(column)) return undefined;
    return { values: this.valuesOf(name, column), scale: column.kind === "number" ? column.scale : 1 };
  }

  /** The scale of an input that varies, as productsOf() asks for it. */
  scale(name: string): number | undefined {
    const column = this.column(name);
    if (!column || column.kind === "code" || isConstant(column)) return undefined;
    return column.kind === "number" ? column.scale : 1;
  }

  /** Whole fen of an amount in every row, with its default; undefined where the input is no column of money. */
  fen(name: string): Float64Array | undefined {
    const column = this.column(name);
    return column?.kind === "money" ? this.valuesOf(name, column) : undefined;
  }

  /** Row by row the product of varying inputs; inexact only where it is beyond 2^53. */
  product(names: readonly string[]): Float64Array {
    const columns = names.map((name) => this.varying(name)!.values);
    if (columns.length === 1) return columns[0]!;
    const known = products.get(this.columns) ?? new Map<string, Float64Array>();
    products.set(this.columns, known);
    const key = JSON.stringify(names.map((name) => [name, this.plan.inputs[name]?.default]));
    const product = known.get(key) ?? columns.reduce((all, column) => all.map((x, i) => x * column[i]!));
    known.set(key, product);
    return product;
  }

  private valuesOf(name: string, column: Exclude<Column, { kind: "code" }>): Float64Array {
    const own = column.kind === "money" ? column.fen : column.values;
    const otherwise = this.plan.defaults[name];
    const { given } = column;
    if (!given || typeof otherwise !== "object" || otherwise.n === 0n) return own;
    const value = halfUp(multiply(otherwise, ratio(column.kind === "number" ? column.scale : 1)));
    const byDefault = filled.get(column) ?? new Map<number, Float64Array>();
    filled.set(column, byDefault);
    const known = byDefault.get(value);
    if (known) return known;
    const values = own.map((x, i) => (given[i] ? x : value));
    byDefault.set(value, values);
    return values;
  }
}

/** Whether every row has the same value, or none has any. */
export function isConstant(column: Column): boolean {
  const known = constant.get(column);
  if (known !== undefined) return known;
  const result =
    column.kind === "code"
      ? column.values.length < 2
      : allSame(column.kind === "money" ? column.fen : column.values) && (!column.given || allSame(column.given));
  constant.set(column, result);
  return result;
}

function allSame(values: Float64Array | Uint8Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}
