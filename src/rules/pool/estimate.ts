/** A distribution of amounts, and how far its probabilities can be trusted. */
import { Refusal } from "../refusal";

/** A probability, and by how much it may be off. */
export interface Estimate {
  readonly chance: number;
  readonly error: number;
}

/** How a distribution was found: listed to the last value, listed with light values put together, or from its transform. */
export type NeedMethod = "exact" | "listed" | "transform";

/** A need in fen. Probabilities are floats; see docs/pools.md for how near they are. */
export interface Need {
  readonly method: NeedMethod;
  readonly mean: number;
  readonly deviation: number;
  /** An amount that the need exceeds practically never. */
  readonly highest: number;
  /** P(need ≤ amount). @throws Refusal where it cannot be found to LARGEST_ERROR */
  atMost(amount: number): number;
  /** The same with the error that the method finds in itself. */
  estimate(amount: number): Estimate;
  /** What is needed above an amount, on average, where the sums are listed. */
  readonly above?: ((amount: number) => number) | undefined;
  /** Needs of which it is a mixture. */
  readonly worlds?: readonly { readonly weight: number; readonly need: Need }[];
}

/** A probability that may be off by more is none to plan with. */
const LARGEST_ERROR = 1e-4;

/** Under a common growth a probability may be off by so much, and is given. */
export const LARGEST_UNDER_GROWTH = 1e-3;

/** @throws Refusal for an error beyond the largest that is accepted */
export function trusted({ chance, error }: Estimate): number {
  if (error <= LARGEST_ERROR) return chance;
  throw new Refusal("not-available", {
    zh: `各笔申请额相差过于悬殊，概率误差可能超过${LARGEST_ERROR * 100}个百分点，不给出结果；请把最大的几笔单独测算`,
    en: `claims so far apart in size leave the probability uncertain by more than ${LARGEST_ERROR * 100} percentage points: compute the largest on their own`,
  });
}

/** The same where claims share a growth. @throws Refusal */
export function trustedUnderGrowth({ chance, error }: Estimate): number {
  if (error <= LARGEST_UNDER_GROWTH) return chance;
  const points = LARGEST_UNDER_GROWTH * 100;
  throw new Refusal("not-available", {
    zh: `有几笔申请的金额是确定的，合计总落在少数几个数上，加上共同增幅后概率误差可能超过${points}个百分点，不给出结果；请给这几笔填上金额的幅度（如 ±10%），或不设共同增幅`,
    en: `some claims have a known size and their sums stand at few amounts: under a common growth the probability is uncertain by more than ${points} percentage points. Give these claims a spread (such as ±10%), or leave the growth out`,
  });
}
