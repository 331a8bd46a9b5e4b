/** Repairs of the lookup cache of Univer 0.25.1, which knows for each column where each value stands; to be deleted with 1.0. */
import {
  ArrayValueObject,
  BaseReferenceObject,
  CELL_INVERTED_INDEX_CACHE,
  type BaseValueObject,
} from "@univerjs/engine-formula";

type Cache = typeof CELL_INVERTED_INDEX_CACHE;

const cache: Cache = CELL_INVERTED_INDEX_CACHE;
// 1.0 keeps a second map and is not slow; its presence switches the repair off.
if (!("_rowValues" in cache)) {
  // After each result the cache goes through every distinct value of the column, so a column of n formulas costs n². A row
  // that no index covers yet needs no upkeep, because it is read afresh when an index is built.
  const set = cache.set.bind(cache);
  cache.set = (unitId, sheetId, column, value, row, force = false) => {
    if (force && cache.shouldContinueBuildingCache(unitId, sheetId, column, row)) return;
    set(unitId, sheetId, column, value, row, force);
  };
}

/** What a comparison or a sum of an array with one value per column is made of; private to the engine. */
interface Operations {
  _batchOperatorValue(value: BaseValueObject, column: number, ...rest: [result: unknown, ...more: unknown[]]): void;
  __batchOperatorRowValue(...args: unknown[]): void;
  getRowCount(): number;
}

/** The arrays that were read out of cells. */
const images = new WeakSet<object>();

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its object below
const read = BaseReferenceObject.prototype.toArrayValueObject;
BaseReferenceObject.prototype.toArrayValueObject = function (this: BaseReferenceObject, useCache) {
  const array = read.call(this, useCache);
  images.add(array);
  return array;
};

/** What the engine calls comparing, among its operations. */
const COMPARING = 5;

/**
 * Whether the cache tells the value from others: it takes 0, a blank and an empty text for one, and the text "100" for the number,
 * so that the same comparison gave one answer in the first formula that made it and another in the next. A single cell is read
 * as quickly.
 */
const isFound = (value: BaseValueObject, rows: number, operator: unknown): boolean =>
  rows > 1 && operator === "=" && !value.isNull() && value.getValue() !== "" && value.getValue() !== 0;

// The results of functions carry the place of the calling cell, and the engine takes them for the cells there: it compares
// the wrong values, and enters computed values into the cache under cells that hold others.
const operations = ArrayValueObject.prototype as unknown as Operations;
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its object below
const compare = operations._batchOperatorValue;
operations._batchOperatorValue = function (this: Operations, value, column, result, type, operator, isCaseSensitive) {
  if (images.has(this) && (type !== COMPARING || isFound(value, this.getRowCount(), operator))) {
    compare.call(this, value, column, result, type, operator, isCaseSensitive);
    return;
  }
  // A place of -1 is none.
  for (let row = 0; row < this.getRowCount(); row++)
    this.__batchOperatorRowValue(
      ...[value, column, result, type, row, "", "", -1, -1 - column, operator, isCaseSensitive],
    );
};
