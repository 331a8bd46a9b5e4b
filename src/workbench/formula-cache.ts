/** Repairs of how Univer 0.25.1 keeps parsed formulas and finds what depends on what. */
import { FORMULA_REF_TO_ARRAY_CACHE, FormulaDependencyGenerator, ValueObjectFactory } from "@univerjs/engine-formula";

/** A store of the engine, private to it; all of its stores are of one class. */
interface Store {
  readonly _cache: { limit: number };
  set(text: string, node: unknown): void;
  _hash(text: string): string;
}

/** So many parsed formulas are kept; the engine's 5,000 are parsed again at every edit where a workbook has more. */
const KEPT = 2 ** 17;

const store = Object.getPrototypeOf(FORMULA_REF_TO_ARRAY_CACHE) as Store;
// The engine's key is a number of 32 bits: of ten thousand formulas two share one in a workbook out of ninety, and the second
// computes what the first says.
store._hash = (text) => text;
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its object below
const { set } = store;
store.set = function (this: Store, text, node) {
  this._cache.limit = Math.max(this._cache.limit, KEPT);
  set.call(this, text, node);
};

/** Texts that are no numbers. The engine keeps those that are, and tries every other one as a date again at each use of it. */
const plain = new Set<string>();
// eslint-disable-next-line @typescript-eslint/unbound-method -- uses no object
const { create } = ValueObjectFactory;
ValueObjectFactory.create = (value, isPlain) => {
  if (typeof value !== "string" || isPlain) return create(value, isPlain);
  if (plain.has(value)) return create(value, true);
  const made = create(value);
  if (plain.size >= KEPT) plain.clear();
  if (made.isString()) plain.add(value);
  return made;
};

interface Dependent {
  readonly addressFunctionNodes: readonly unknown[];
}
interface Generator {
  _calculateListByFunctionRefNode(trees: readonly Dependent[]): Promise<void>;
}

// For OFFSET, INDIRECT and the like the engine enters every formula into a tree, also where none of them is called.
const generator = FormulaDependencyGenerator.prototype as unknown as Generator;
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its object below
const calculate = generator._calculateListByFunctionRefNode;
generator._calculateListByFunctionRefNode = function (this: Generator, trees) {
  const none = trees.every(({ addressFunctionNodes }) => addressFunctionNodes.length === 0);
  return calculate.call(this, none ? [] : trees);
};
