/**
 * A path as sums of products: coefficients that rows of one path share, and inputs that differ from row to row. Whoever
 * computes many rows, or one row many times, decides once and repeats the products.
 */
import { lowest, multiply, ratio, UNIT, ZERO, type Ratio } from "../number/ratio";
import type { PlanLimit } from "../plan/plan";
import type { Operand, Path, PathLimit, PathTerm } from "./path";

/** `coefficient` × the product of the inputs, in fen. The inputs are whole numbers; the coefficient holds their scale. */
export interface Product {
  readonly coefficient: Ratio;
  readonly inputs: readonly string[];
}

export interface LimitProducts {
  readonly limit: PlanLimit;
  readonly terms: readonly Product[];
  /** What was granted before, as the row gives it; not there where that is nothing. */
  readonly used?: Product;
}

/** How the rows of one path are computed; parts whose conditions fail are left out. */
export interface PathProducts {
  readonly path: Path;
  readonly parts: readonly { readonly index: number; readonly limits: readonly LimitProducts[] }[];
  readonly limits: readonly LimitProducts[];
  readonly minus?: Product;
  readonly times?: Product;
}

/** The scale of an input that differs from row to row (its values are whole numbers over it); undefined for the others. */
export type Varying = (input: string) => number | undefined;

export function productsOf(path: Path, varying: Varying): PathProducts {
  const limit = (one: PathLimit): LimitProducts => {
    const used = one.used && productOf([one.used], varying);
    return {
      limit: one.limit,
      terms: one.terms.map((term) => termOf(term, varying)),
      ...(used && used.coefficient.n !== 0n && { used }),
    };
  };
  return {
    path,
    parts: path.parts.flatMap(({ fails, index, limits }) => (fails ? [] : [{ index, limits: limits.map(limit) }])),
    limits: path.limits.map(limit),
    ...(path.minus && { minus: productOf([path.minus], varying) }),
    ...(path.times && { times: productOf([path.times], varying) }),
  };
}

function termOf({ term, factors, figures }: PathTerm, varying: Varying): Product {
  const product = productOf([...factors, ...figures], varying);
  // A factor that varies stands for itself; what it is divided by (months of a year) belongs to the coefficient.
  const per = term.factors
    .filter(({ input }) => varying(input) !== undefined)
    .reduce((all, factor) => all * factor.per, 1);
  return { ...product, coefficient: lowest(multiply(product.coefficient, ratio(1, per))) };
}

function productOf(operands: readonly Operand[], varying: Varying): Product {
  let coefficient = UNIT;
  const inputs: string[] = [];
  for (const { input, value } of operands) {
    const scale = input === undefined ? undefined : varying(input);
    if (scale !== undefined) inputs.push(input!);
    coefficient = multiply(coefficient, scale === undefined ? value : ratio(1, scale));
  }
  if (coefficient.n === 0n) return { coefficient: ZERO, inputs: [] };
  return { coefficient: lowest(coefficient), inputs: inputs.sort() };
}
