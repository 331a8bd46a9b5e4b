/**
 * What moves claims together: a factor of all claims or of one group (an industry, a kind of voucher), which is in one of a few
 * states with stated chances. Given the states the claims are independent, so that the need is an exact mixture of exact needs.
 */
import type { Estimate, Need } from "./estimate";
import { ensure } from "./fen";
import type { UncertainClaim } from "./uncertain";

/** A claim that may be moved by a factor of its group. */
export interface GroupedClaim extends UncertainClaim {
  readonly group?: string | undefined;
}

export interface FactorState {
  /** 0 to 1; those of a factor add up to 1. */
  readonly chance: number;
  /** Multiplies the probability of each claim, which then is at most 1. */
  readonly probability: number;
  /** Multiplies the amount of each claim, before caps; the product is rounded half-up to the fen. */
  readonly size: number;
}

export interface CommonFactor {
  /** The claims that it moves; undefined: all. */
  readonly group: string | undefined;
  readonly states: readonly FactorState[];
}

/** The claims as they are while each factor is in one of its states. */
export interface ClaimWorld<Claim extends GroupedClaim = GroupedClaim> {
  readonly weight: number;
  readonly claims: readonly Claim[];
}

/** So many combinations of states: beyond, a plan would take minutes. */
const MOST_WORLDS = 256;
const LARGEST_TIMES = 100;

/** @throws Refusal for chances that do not add up to 1, and multipliers that are none */
function checkFactor({ states }: CommonFactor): void {
  for (const [row, { chance, probability, size }] of states.entries()) {
    ensure(chance >= 0 && chance <= 1, "state", row, "可能应在 0 到 100% 之间", "the chance must be from 0 to 100%");
    const multiplies = [probability, size].every((times) => times >= 0 && times <= LARGEST_TIMES);
    ensure(
      multiplies,
      "state",
      row,
      `倍数应在 0 到 ${LARGEST_TIMES} 之间`,
      `a multiplier must be from 0 to ${LARGEST_TIMES}`,
    );
  }
  const all = states.reduce((total, { chance }) => total + chance, 0);
  ensure(
    Math.abs(all - 1) < 1e-9,
    "state",
    null,
    `各种情形的可能应合计 100%，现为 ${Number((all * 100).toFixed(6))}%`,
    `the chances must add up to 100%, not ${Number((all * 100).toFixed(6))}%`,
  );
}

/**
 * The claims in each combination of states that can happen; the weights add up to 1. Without factors: the claims as they are.
 * A factor of a group that no claim belongs to moves nothing and is left out.
 * @throws Refusal for factors that are not acceptable and for more than MOST_WORLDS combinations
 */
export function worldsOf<Claim extends GroupedClaim>(
  claims: readonly Claim[],
  factors: readonly CommonFactor[],
): ClaimWorld<Claim>[] {
  if (factors.length === 0) return [{ weight: 1, claims }];
  factors.forEach(checkFactor);
  const groups = new Set(claims.map(({ group }) => group));
  const moving = factors.filter(({ group }) => group === undefined || groups.has(group));
  const count = moving.reduce((product, { states }) => product * states.length, 1);
  ensure(
    count <= MOST_WORLDS,
    "state",
    null,
    `各类的情形组合起来有 ${count} 种，最多 ${MOST_WORLDS} 种；请少设几类`,
    `there are ${count} combinations of states, at most ${MOST_WORLDS}: let fewer groups move`,
  );
  let worlds: ClaimWorld<Claim>[] = [{ weight: 1, claims }];
  for (const { group, states } of moving)
    worlds = worlds.flatMap((world) =>
      states
        .filter(({ chance }) => chance > 0)
        .map((state) => ({
          weight: world.weight * state.chance,
          claims: world.claims.map((claim) =>
            group === undefined || claim.group === group ? moved(claim, state) : claim,
          ),
        })),
    );
  // What was no probability before is left for the need to refuse.
  const atMostCertain = (claim: Claim, k: number): Claim =>
    claim.probability > 1 && claims[k]!.probability <= 1 ? { ...claim, probability: 1 } : claim;
  return worlds.map((world) => ({ weight: world.weight, claims: world.claims.map(atMostCertain) }));
}

const moved = <Claim extends GroupedClaim>(claim: Claim, { probability, size }: FactorState): Claim => ({
  ...claim,
  amount: size === 1 ? claim.amount : Math.floor(claim.amount * size + 0.5),
  probability: claim.probability * probability,
});

/** The claims that some states would make more than certain: there their probability is 1, and less than the states ask for. */
export function heldAtCertain(claims: readonly GroupedClaim[], factors: readonly CommonFactor[]): number {
  const times = (group: string | undefined): number =>
    factors
      .filter((factor) => factor.group === undefined || factor.group === group)
      .reduce(
        (all, { states }) => all * Math.max(...states.filter(({ chance }) => chance > 0).map((one) => one.probability)),
        1,
      );
  return claims.filter(({ probability, group }) => probability * times(group) > 1 + 1e-9).length;
}

/** The need while it is not known which of the worlds is there. @param worlds whose weights add up to 1 */
export function mixtureOf(worlds: readonly { readonly weight: number; readonly need: Need }[]): Need {
  const [first] = worlds;
  if (worlds.length === 1) return first!.need;
  const sum = (of: (need: Need) => number): number =>
    worlds.reduce((total, { weight, need }) => total + weight * of(need), 0);
  const mean = sum((need) => need.mean);
  const estimate = (amount: number): Estimate => {
    const all = { chance: 0, error: 0 };
    for (const { weight, need } of worlds) {
      const { chance, error } = need.estimate(amount);
      all.chance += weight * chance;
      all.error += weight * error;
    }
    return all;
  };
  const method = METHODS[Math.max(...worlds.map(({ need }) => METHODS.indexOf(need.method)))]!;
  return {
    method,
    mean,
    deviation: Math.sqrt(
      Math.max(
        0,
        sum((need) => need.deviation ** 2 + (need.mean - mean) ** 2),
      ),
    ),
    highest: Math.max(...worlds.map(({ need }) => need.highest)),
    estimate,
    atMost: (amount) => sum((need) => need.atMost(amount)),
    worlds,
  };
}

/** From the most to the least exact. */
const METHODS = ["exact", "listed", "transform"] as const;
