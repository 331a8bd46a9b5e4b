/**
 * A repair of Univer 0.25.1: rows and columns are removed as far as the grid goes, so that `A:A` and `3:4`, which go further,
 * stayed as they were. The engine takes a range that says that it is of whole rows or columns.
 */
import { RANGE_TYPE } from "@univerjs/core";
import { RemoveColByRangeCommand, RemoveRowByRangeCommand } from "@univerjs/sheets";

for (const [command, rangeType] of [
  [RemoveRowByRangeCommand, RANGE_TYPE.ROW],
  [RemoveColByRangeCommand, RANGE_TYPE.COLUMN],
] as const) {
  const handler = command.handler.bind(command);
  command.handler = (accessor, params) =>
    handler(accessor, params && { ...params, range: { ...params.range, rangeType } });
}
