/**
 * Sharing a pool that is smaller than its claims. Which rule holds is the user's assumption wherever the document is silent.
 *
 * The rules and their names: O'Neill, A problem of rights arbitration from the Talmud (1982); Aumann and Maschler, Game
 * theoretic analysis of a bankruptcy problem from the Talmud (1985); Herrero and Villar, The three musketeers (2001);
 * Thomson, How to Divide When There Isn't Enough (2019).
 */
import type { Text } from "../law/policy";
import { type Cap, capsOf, checkFen, checkFenList, checkWhole, cut, ensure, sum } from "./fen";

/**
 * - `proportional`: each the same part of its claim
 * - `equal_awards`: each the same amount, but no more than its claim (constrained equal awards)
 * - `equal_losses`: each short by the same amount, but none below zero (constrained equal losses)
 * - `talmud`: equal awards on half-claims while the pool pays less than half of all, equal losses beyond (contested garment)
 * - `first_come`: in row order until nothing is left, 发完即止
 * - `rank`: by rank, 1 first; equal ranks in row order
 */
export const SHARING_METHODS = [
  "proportional",
  "equal_awards",
  "equal_losses",
  "talmud",
  "first_come",
  "rank",
] as const;
export type SharingMethod = (typeof SHARING_METHODS)[number];

/** The rules that a cell can name, in words; ranking needs ranks, which one cell does not have. */
export const SHARING_OPTIONS: Readonly<Record<Exclude<SharingMethod, "rank">, Text>> = {
  proportional: { zh: "按比例", en: "proportional" },
  equal_awards: { zh: "等额封顶", en: "constrained equal awards" },
  equal_losses: { zh: "等额扣减", en: "constrained equal losses" },
  talmud: { zh: "塔木德", en: "Talmud" },
  first_come: { zh: "先到先得", en: "first come" },
};

/**
 * What happens first. `share_then_cap` leaves what the cap cuts in the pool; `share_cap_redistribute` shares it again among
 * the claims below their caps until the pool or the caps are used up.
 */
export const CAP_ORDERS = ["cap_then_share", "share_then_cap", "share_cap_redistribute"] as const;
export type CapOrder = (typeof CAP_ORDERS)[number];

export interface SharingRule {
  readonly method?: SharingMethod;
  readonly cap?: Cap;
  readonly order?: CapOrder;
  /** One finite number per claim, the smallest first. Needed by `rank`; decides who wins where `winners` is given. */
  readonly ranks?: ArrayLike<number>;
  /** At most so many claims are paid, by rank, then in row order. A claim of zero takes no place. */
  readonly winners?: number;
}

/**
 * What each claim gets, in fen, in row order.
 *
 * The parts add up to exactly min(pool, Σ claims), caps included by `order`, and none exceeds its claim. Where a rule
 * gives parts of a fen, each award is rounded down and the missing fen go one each to the largest remainders, among equal
 * remainders to the larger claim, then to the earlier row. So awards keep the order of the claims, and one fen more of pool
 * never costs a claim more than one fen.
 *
 * @param claims whole fen
 * @param money whole fen of pool
 * @throws Refusal for an amount that is not whole fen or too large, for missing ranks and for a cap list of other length
 */
export function share(claims: ArrayLike<number>, money: number, rule: SharingRule = {}): number[] {
  const { method = "proportional", order = "cap_then_share" } = rule;
  const asked = checkFenList(claims, "claims");
  const pool = checkFen(money, "pool");
  const caps = capsOf(rule.cap, asked.length);
  const ranks = ranksOf(rule, asked.length);
  const standing = rule.winners === undefined ? asked : winnersOnly(asked, rule.winners, ranks);
  const shareOut = (rows: readonly number[], left: number): number[] => {
    const amounts = rows.map((row) => standing[row]!);
    return METHODS[method](amounts, Math.min(left, sum(amounts)), ranks && rows.map((row) => ranks[row]!));
  };
  const rows = asked.map((_, row) => row);
  if (order === "share_then_cap") return cut(shareOut(rows, pool), caps);
  if (order === "share_cap_redistribute") return redistribute(rows, pool, caps, shareOut);
  const capped = cut(standing, caps);
  return METHODS[method](capped, Math.min(pool, sum(capped)), ranks);
}

type Sharing = (claims: readonly number[], pool: number, ranks: readonly number[] | undefined) => number[];

/** Each takes a pool no larger than the sum of the claims. */
const METHODS: Readonly<Record<SharingMethod, Sharing>> = {
  proportional,
  equal_awards: (claims, pool) => equalGains(claims, doubled(claims), 2 * pool),
  equal_losses: (claims, pool) => equalLosses(claims, doubled(claims), 2 * (sum(claims) - pool)),
  talmud: (claims, pool) => {
    const total = sum(claims);
    return 2 * pool <= total ? equalGains(claims, claims, 2 * pool) : equalLosses(claims, claims, 2 * (total - pool));
  },
  first_come: (claims, pool) => inOrder(claims, pool, undefined),
  rank: inOrder,
};

const doubled = (amounts: readonly number[]): number[] => amounts.map((amount) => 2 * amount);

function ranksOf({ method, ranks }: SharingRule, count: number): number[] | undefined {
  ensure(
    method !== "rank" || ranks !== undefined,
    "ranks",
    null,
    "按名次分配时必须给出",
    "sharing by rank needs one per claim",
  );
  if (ranks === undefined) return undefined;
  ensure(ranks.length === count, "ranks", null, `应有 ${count} 行`, `there must be ${count} rows`);
  return Array.from(ranks, (rank, row) => {
    ensure(Number.isFinite(rank), "ranks", row, "应为数字", "it must be a number");
    return rank;
  });
}

/** Rows in the order in which they are served. */
function queue(count: number, ranks: readonly number[] | undefined): number[] {
  const rows = Array.from({ length: count }, (_, row) => row);
  return ranks ? rows.sort((a, b) => ranks[a]! - ranks[b]! || a - b) : rows;
}

function winnersOnly(claims: readonly number[], winners: number, ranks: readonly number[] | undefined): number[] {
  checkWhole(winners, "winners", 0, Number.MAX_SAFE_INTEGER);
  const winning = queue(claims.length, ranks).filter((row) => claims[row]! > 0);
  const places = new Set(winning.slice(0, winners));
  return claims.map((claim, row) => (places.has(row) ? claim : 0));
}

function inOrder(claims: readonly number[], pool: number, ranks: readonly number[] | undefined): number[] {
  const awards = new Array<number>(claims.length).fill(0);
  let left = pool;
  for (const row of queue(claims.length, ranks)) {
    awards[row] = Math.min(claims[row]!, left);
    left -= awards[row];
  }
  return awards;
}

function proportional(claims: readonly number[], pool: number): number[] {
  const total = sum(claims);
  if (pool === total) return claims.slice();
  const floors: number[] = [];
  const remainders: number[] = [];
  for (const claim of claims) {
    const [floor, remainder] = divideProduct(claim, pool, total);
    floors.push(floor);
    remainders.push(remainder);
  }
  return apportion(floors, remainders, claims, pool);
}

/** ⌊a·b / divisor⌋ and what remains, exactly. */
function divideProduct(a: number, b: number, divisor: number): [number, number] {
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER) {
    const remainder = product % divisor;
    return [(product - remainder) / divisor, remainder];
  }
  const exact = BigInt(a) * BigInt(b);
  return [Number(exact / BigInt(divisor)), Number(exact % BigInt(divisor))];
}

/**
 * The level up to which bounds are filled so that Σ min(bound, level) is `amount`, as the exact fraction numerator / count.
 * Amount at most Σ bounds.
 */
export function commonLevel(bounds: readonly number[], amount: number): { numerator: number; count: number } {
  const ascending = Float64Array.from(bounds).sort();
  let left = amount;
  let count = ascending.length;
  for (const bound of ascending) {
    // bound · count may be beyond exact numbers: compare the whole bound with the level rounded up instead.
    if (bound >= ceiling(left, count)) break;
    left -= bound;
    count--;
  }
  return { numerator: left, count: Math.max(count, 1) };
}

const ceiling = (a: number, b: number): number => (a + ((b - (a % b)) % b)) / b;

/**
 * Each gains min(bound, level), where the level uses up `amount`. Bounds and amount are in half fen, because the Talmud
 * rule halves claims; in units of 1 / (2·count) fen every gain is then a whole number.
 */
function equalGains(claims: readonly number[], bounds: readonly number[], amount: number): number[] {
  const { numerator, count } = commonLevel(bounds, amount);
  const unit = 2 * count;
  const remainder = numerator % unit;
  const floor = (numerator - remainder) / unit;
  const within = bounds.map((bound) => bound <= Math.floor(numerator / count));
  return apportion(
    bounds.map((bound, row) => (within[row] ? Math.floor(bound / 2) : floor)),
    bounds.map((bound, row) => (within[row] ? (bound % 2) * count : remainder)),
    claims,
    amount / 2,
  );
}

/** Each loses min(bound, level), where the level uses up `amount`; bounds and amount in half fen. */
function equalLosses(claims: readonly number[], bounds: readonly number[], amount: number): number[] {
  const { numerator, count } = commonLevel(bounds, amount);
  const unit = 2 * count;
  const remainder = (unit - (numerator % unit)) % unit;
  const loss = (numerator + remainder) / unit;
  const within = bounds.map((bound) => bound <= Math.floor(numerator / count));
  return apportion(
    bounds.map((bound, row) => claims[row]! - (within[row] ? Math.ceil(bound / 2) : loss)),
    bounds.map((bound, row) => (within[row] ? (bound % 2) * count : remainder)),
    claims,
    sum(claims) - amount / 2,
  );
}

/** Largest remainder: the fen that rounding down left over, one each; equal remainders: larger claim, then earlier row. */
function apportion(floors: number[], remainders: number[], claims: readonly number[], total: number): number[] {
  const missing = total - sum(floors);
  const entitled = remainders.flatMap((remainder, row) => (remainder > 0 ? [row] : []));
  entitled.sort((a, b) => remainders[b]! - remainders[a]! || claims[b]! - claims[a]! || a - b);
  const awards = floors.slice();
  for (const row of entitled.slice(0, missing)) awards[row]! += 1;
  return awards;
}

function redistribute(
  rows: readonly number[],
  pool: number,
  caps: readonly number[],
  shareOut: (rows: readonly number[], left: number) => number[],
): number[] {
  const awards = new Array<number>(rows.length).fill(0);
  let open = rows;
  let left = pool;
  for (;;) {
    const shares = shareOut(open, left);
    const full = new Set(open.filter((row, place) => shares[place]! > caps[row]!));
    if (full.size === 0) {
      open.forEach((row, place) => (awards[row] = shares[place]!));
      return awards;
    }
    for (const row of full) {
      awards[row] = caps[row]!;
      left -= caps[row]!;
    }
    open = open.filter((row) => !full.has(row));
  }
}
