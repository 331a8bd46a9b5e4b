/** Amounts of which the award is a share, and their products with a decimal. */
import { Exact, MAX_FEN } from "../../number/money";
import type { Plan } from "../../plan/plan";
import { factorsOf, limitsOf } from "../../plan/walk";

/** Inputs of which the award is a share: the amounts that grow and that are split. */
export const baseAmounts = (plan: Plan): string[] =>
  factorsOf(limitsOf(plan)).filter((input) => plan.inputs[input]?.kind === "money");

/** Products of whole numbers below this are exact. */
const SAFE = Number.MAX_SAFE_INTEGER;

/** Amounts × factor, half-up to the fen. */
export function scaled(fen: Float64Array, factor: Exact): Float64Array {
  const scale = 10 ** Math.max(0, factor.decimalPlaces());
  const whole = factor.times(scale).toNumber();
  return fen.map((amount) => {
    const product = amount * whole;
    if (product > SAFE || !Number.isSafeInteger(whole)) {
      return Math.min(factor.times(amount).toDecimalPlaces(0).toNumber(), MAX_FEN + 1);
    }
    const rest = product % scale;
    return (product - rest) / scale + Number(rest * 2 >= scale);
  });
}
