/** Decimals, for what is read from cells and what is shown. */
import { Decimal } from "decimal.js";

/** The precision covers any product of four inputs of 15 digits, so that no arithmetic of an award is ever rounded. */
export const Exact = Decimal.clone({ precision: 120, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -200, toExpPos: 200 });
export type Exact = Decimal;
