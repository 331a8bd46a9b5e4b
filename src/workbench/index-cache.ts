/**
 * A repair of Univer 0.25.1, to be deleted with 1.0: after each formula result its lookup cache goes through every distinct
 * value of the column, so a column of n formulas costs n². A row that no index covers yet needs no upkeep, because it is
 * read afresh when an index is built.
 */
import { CELL_INVERTED_INDEX_CACHE } from "@univerjs/engine-formula";

type Cache = typeof CELL_INVERTED_INDEX_CACHE;

const cache: Cache = CELL_INVERTED_INDEX_CACHE;
// 1.0 keeps a second map and is not slow; its presence switches the repair off.
if (!("_rowValues" in cache)) {
  const set = cache.set.bind(cache);
  cache.set = (unitId, sheetId, column, value, row, force = false) => {
    if (force && cache.shouldContinueBuildingCache(unitId, sheetId, column, row)) return;
    set(unitId, sheetId, column, value, row, force);
  };
}
