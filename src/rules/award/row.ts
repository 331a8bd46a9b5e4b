/** One row of inputs, read. */

/**
 * Money in whole fen; other numbers as the decimal of at most 15 digits that reads as this double; flags and choices as
 * they are. Plain values only, so that rows can be compared, copied and sent to a worker.
 */
export type Value = number | boolean | string;
/** Inputs by name; one that is not there was not given. */
export type Row = Readonly<Record<string, Value | undefined>>;
