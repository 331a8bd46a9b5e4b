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
}

/** A probability that may be off by more is none to plan with. */
export const LARGEST_ERROR = 1e-4;

/** @throws Refusal for an error beyond LARGEST_ERROR */
export function trusted({ chance, error }: Estimate): number {
  if (error <= LARGEST_ERROR) return chance;
  throw new Refusal("not-available", {
    zh: "申请额的大小相差过于悬殊，概率算不到万分之一，不给出结果；可把最大的几笔单独测算",
    en: "sizes this far apart leave the probability uncertain by more than 0.01 points: compute the largest claims on their own",
  });
}
