/** Parts of a pool that are set aside for some of the claims: for small firms, for one instrument, for one district. */
import { checkFen, checkFenList, ensure, sum } from "./fen";
import { share, type SharingRule } from "./sharing";

export interface SetAside {
  readonly name: string;
  /** Whole fen. */
  readonly amount: number;
  /** What its members leave goes to everybody (true) or is not spent (false). */
  readonly spills: boolean;
  /** Members that it could not pay in full also share in the common part (true) or not (false). */
  readonly overflows: boolean;
}

export interface SetAsideShares {
  /** Per claim, in row order, fen. */
  readonly awards: number[];
  /** One per set-aside: paid to its members from it, spilt into the common part, and not spent. */
  readonly setAsides: {
    readonly name: string;
    readonly paid: number;
    readonly spilt: number;
    readonly unspent: number;
  }[];
  /** The part for everybody: what it held (with what spilt into it), what it paid and what it left. */
  readonly common: { readonly amount: number; readonly paid: number; readonly unspent: number };
}

/**
 * Shares out each set-aside among its members by `rule`, then the common part (pool − Σ set-asides + what spills over)
 * among the claims of no set-aside and, where the set-aside says so, what its members still lack. Caps come first; `winners`
 * and ranks hold within each part.
 * @param members for each claim the number of its set-aside, counted from 0, or null
 * @throws PoolError when the set-asides exceed the pool or a claim names a set-aside that does not exist
 */
export function shareWithSetAsides(
  claims: ArrayLike<number>,
  members: ArrayLike<number | null>,
  pool: number,
  setAsides: readonly SetAside[],
  rule: Omit<SharingRule, "order" | "cap"> & { readonly cap?: number } = {},
): SetAsideShares {
  const asked = checkFenList(claims, "claims").map((claim) => Math.min(claim, rule.cap ?? Infinity));
  if (rule.cap !== undefined) checkFen(rule.cap, "cap");
  const reserved = sum(
    checkFenList(
      setAsides.map(({ amount }) => amount),
      "setAside",
    ),
  );
  ensure(reserved <= checkFen(pool, "pool"), "setAside", null, "合计超过资金池", "together they exceed the pool");
  ensure(
    members.length === asked.length,
    "members",
    null,
    `应有 ${asked.length} 行`,
    `there must be ${asked.length} rows`,
  );
  for (let row = 0; row < members.length; row++) {
    const member = members[row];
    const known = member === null || setAsides[member!] !== undefined;
    ensure(known, "members", row, "没有这个子池", "there is no such set-aside");
  }

  const awards = new Array<number>(asked.length).fill(0);
  const pay = (rows: readonly number[], amount: number): number => {
    const lacking = rows.map((row) => asked[row]! - awards[row]!);
    const ranks = rule.ranks;
    const shares = share(lacking, amount, {
      ...rule,
      cap: Infinity,
      ...(ranks && { ranks: rows.map((row) => ranks[row]!) }),
    });
    rows.forEach((row, place) => (awards[row]! += shares[place]!));
    return sum(shares);
  };
  const all = asked.map((_, row) => row);
  const parts = setAsides.map(({ name, amount, spills }, part) => {
    const paid = pay(
      all.filter((row) => members[row] === part),
      amount,
    );
    const spilt = spills ? amount - paid : 0;
    return { name, paid, spilt, unspent: amount - paid - spilt };
  });
  const amount = pool - reserved + sum(parts.map(({ spilt }) => spilt));
  const open = all.filter((row) => members[row] === null || setAsides[members[row]!]!.overflows);
  const paid = pay(open, amount);
  return { awards, setAsides: parts, common: { amount, paid, unspent: amount - paid } };
}
