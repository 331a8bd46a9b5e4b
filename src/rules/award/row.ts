/** One row of inputs, read: money in whole fen, rates and numbers exact, flags and choices as they are. */
import type { Exact } from "../number/money";

export type Value = Exact | boolean | string;
/** Inputs by name; one that is not there was not given. */
export type Row = Readonly<Record<string, Value | undefined>>;
