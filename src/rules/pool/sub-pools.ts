/**
 * Sub-pools: parts of a pool that are set aside for kinds of claims (tiers, providers, quarters), and where their unused money
 * goes. Which rule holds is the user's assumption wherever the document is silent.
 */
import type { Text } from "../law/policy";
import { capsOf, checkFen, checkFenList, cut, ensure, sum } from "./fen";
import { share, type SharingRule } from "./sharing";

/**
 * Where money goes that a sub-pool does not need, and that of the pool which stands in none:
 * - `none`: nowhere
 * - `next`: to the sub-pools listed behind it, the first short one first
 * - `in_order`: to any short one, in the order of the list
 * - `by_need`: to all short ones, in proportion to what they lack
 */
export const SPILLS = ["none", "next", "in_order", "by_need"] as const;
export type Spill = (typeof SPILLS)[number];

export const SPILL_OPTIONS: Readonly<Record<Spill, Text>> = {
  none: { zh: "不调剂", en: "no transfer" },
  next: { zh: "向后调剂", en: "to those behind" },
  in_order: { zh: "依次补足", en: "in order" },
  by_need: { zh: "按缺口比例", en: "by need" },
};

/** Of a pool: what its sub-pools have, and which of them each claim draws on. */
export interface SubPools {
  /** Whole fen, in their order; together no more than the pool. */
  readonly amounts: readonly number[];
  /** Per claim, the place of its sub-pool. */
  readonly of: ArrayLike<number>;
  readonly spill: Spill;
}

/** Money that goes into a sub-pool, whole fen; `from`: the place of another one, -1: money of the pool that stands in none. */
export interface Transfer {
  readonly from: number;
  readonly fen: number;
}

/** Whole fen. paid = min(amount + received, need); left = amount + received − paid − given. */
export interface SubPoolUse {
  readonly amount: number;
  readonly claimed: number;
  /** What is claimed, each claim cut to its cap. */
  readonly need: number;
  readonly received: readonly Transfer[];
  readonly given: number;
  readonly paid: number;
  readonly left: number;
}

export interface SubPoolShares {
  /** Per claim. */
  readonly awards: readonly number[];
  readonly uses: readonly SubPoolUse[];
  /** Money of the pool that stands in no sub-pool and goes into none. */
  readonly left: number;
}

/**
 * What each claim gets where sub-pools pay their own claims first, then take over what others leave, by `share()` in each.
 *
 * Each sub-pool pays exactly the smaller of its money and its need, and all together never more than the pool. Under every rule
 * but `none` either all needs are met or (`next`: as far as money may move) all money is used.
 * @param money whole fen of pool
 * @throws Refusal as share(); for sub-pools that exceed the pool, and for rules under which a sub-pool does not pay what it can
 */
export function shareSubPools(
  claims: ArrayLike<number>,
  money: number,
  { amounts, of, spill }: SubPools,
  rule: Omit<SharingRule, "winners"> = {},
): SubPoolShares {
  const asked = checkFenList(claims, "claims");
  const pool = checkFen(money, "pool");
  const own = checkFenList(amounts, "sub-pool");
  ensure(sum(own) <= pool, "sub-pool", null, "各子资金池合计超过资金池", "the sub-pools come to more than the pool");
  ensure(of.length === asked.length, "sub-pool", null, `应有 ${asked.length} 行`, `there must be ${asked.length} rows`);
  ensure(
    rule.order !== "share_then_cap",
    "sub-pool",
    null,
    "不能与“先分配，再封顶”并用：被上限压减的钱归谁没有说明",
    "not beside share_then_cap: whose the money is that the caps cut is not stated",
  );
  const caps = capsOf(rule.cap, asked.length);
  const members = own.map((): number[] => []);
  asked.forEach((_, row) => {
    const place = members[of[row]!];
    ensure(place !== undefined, "sub-pool", row, "没有这个子资金池", "there is no such sub-pool");
    place!.push(row);
  });
  const approved = cut(asked, caps);
  const needs = members.map((rows) => sum(rows.map((row) => approved[row]!)));
  const { received, given, left } = transfers(own, needs, pool - sum(own), spill);
  const awards = new Array<number>(asked.length).fill(0);
  const uses = members.map((rows, k): SubPoolUse => {
    const available = own[k]! + sum(received[k]!.map(({ fen }) => fen));
    const shares = share(
      rows.map((row) => asked[row]!),
      available,
      {
        ...rule,
        cap: rows.map((row) => caps[row]!),
        ...(rule.ranks && { ranks: rows.map((row) => rule.ranks![row]!) }),
      },
    );
    rows.forEach((row, i) => (awards[row] = shares[i]!));
    const paid = sum(shares);
    return {
      amount: own[k]!,
      claimed: sum(rows.map((row) => asked[row]!)),
      need: needs[k]!,
      received: received[k]!,
      given: given[k]!,
      paid,
      left: available - paid - given[k]!,
    };
  });
  return { awards, uses, left };
}

/** Who takes over how much from whom: of several that have money left the pool itself first, then the first of the list. */
function transfers(own: readonly number[], needs: readonly number[], free: number, spill: Spill) {
  const lacks = own.map((amount, k) => Math.max(0, needs[k]! - amount));
  const spare = own.map((amount, k) => Math.max(0, amount - needs[k]!));
  const all = free + sum(spare);
  const wanted: Readonly<Record<Spill, () => readonly number[]>> = {
    none: () => lacks.map(() => 0),
    next: () => lacks,
    in_order: () => share(lacks, all, { method: "first_come" }),
    by_need: () => share(lacks, all),
  };
  const sources = [{ from: -1, left: free }, ...spare.map((left, from) => ({ from, left }))];
  const received = wanted[spill]().map((fen, k) => {
    let open = fen;
    return sources.flatMap((source): Transfer[] => {
      const taken = spill === "next" && source.from > k ? 0 : Math.min(open, source.left);
      open -= taken;
      source.left -= taken;
      return taken ? [{ from: source.from, fen: taken }] : [];
    });
  });
  const given = spare.map((fen, k) => fen - sources[k + 1]!.left);
  return { received, given, left: sources[0]!.left };
}
