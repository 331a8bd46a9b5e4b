/**
 * Sharing a pool that is smaller than its claims. Which rule holds is the user's assumption wherever the document is silent.
 *
 * The rules and their names: O'Neill, A problem of rights arbitration from the Talmud (1982); Aumann and Maschler, Game
 * theoretic analysis of a bankruptcy problem from the Talmud (1985); Herrero and Villar, The three musketeers (2001);
 * Thomson, How to Divide When There Isn't Enough (2019).
 */
import type { Text } from "../law/policy";
import { type Cap, capsOf, checkFen, checkWhole, cut, ensure, fenColumn, sum } from "./fen";

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
  const [{ rows, fen }] = sharing([rule], claims.length)(claims, money) as [Awards];
  const column = new Array<number>(claims.length).fill(0);
  for (let place = 0; place < rows.length; place++) column[rows[place]!] = fen[place]!;
  return column;
}

/** Fen of some rows; the others get nothing. */
export interface Awards {
  readonly rows: Uint32Array;
  readonly fen: Float64Array;
}

/**
 * The same under several rules for claims that are shared again and again, so many each time: what follows from the rules alone is done
 * once, and what follows from the claims once for all rules. @throws Refusal
 */
export function sharing(
  rules: readonly SharingRule[],
  count: number,
): (claims: ArrayLike<number>, money: number) => Awards[] {
  const known = new Map(rules.map(({ cap }) => [cap, capsOf(cap, count)]));
  const sharers = rules.map((rule) => sharerOf(rule, count, known.get(rule.cap)!));
  return (claims, money) => {
    const asked = fenColumn(claims, "claims");
    ensure(asked.length === count, "claims", null, `应有 ${count} 行`, `there must be ${count} rows`);
    const pool = checkFen(money, "pool");
    const standing = { asked, rows: rowsAbove(asked) };
    return sharers.map((shareOut) => shareOut(standing, pool));
  };
}

/** Claims and the rows of those above zero: the others, in a drawn year every other one, get nothing and move nothing. */
interface Standing {
  readonly asked: Float64Array;
  readonly rows: Uint32Array;
}

function sharerOf(rule: SharingRule, count: number, caps: Float64Array): (standing: Standing, pool: number) => Awards {
  const { method = "proportional", order = "cap_then_share", winners } = rule;
  const ranks = ranksOf(rule, count);
  /** All rows in the order in which they win. */
  const winning = winners === undefined ? undefined : queue(count, ranks);
  const won = (all: Standing): Standing => {
    if (!winning) return all;
    const asked = winnersOnly(all.asked, winners!, winning);
    return { asked, rows: rowsAbove(asked) };
  };
  if (method === "first_come" || method === "rank") {
    const inTurn = queue(count, method === "rank" ? ranks : undefined);
    // Who is served in turn leaves what a cap takes to the next, as if the cap came first.
    return (all, pool) => inOrder(won(all).asked, caps, pool, inTurn, order === "share_then_cap");
  }
  const shareOut = (amounts: Float64Array, left: number): Float64Array =>
    METHODS[method](amounts, Math.min(left, sum(amounts)));
  return (all, pool) => {
    const { asked, rows } = won(all);
    const [amounts, limits] = [at(asked, rows), at(caps, rows)];
    if (order === "cap_then_share") return { rows, fen: shareOut(cut(amounts, limits), pool) };
    const fen =
      order === "share_then_cap" ? cut(shareOut(amounts, pool), limits) : redistribute(amounts, pool, limits, shareOut);
    return { rows, fen };
  };
}

/** Without a branch, which would be guessed wrong every other time. */
function rowsAbove(claims: Float64Array): Uint32Array {
  const rows = new Uint32Array(claims.length + 1);
  let length = 0;
  for (let row = 0; row < claims.length; row++) {
    rows[length] = row;
    length += claims[row]! > 0 ? 1 : 0;
  }
  return rows.subarray(0, length);
}

function at(column: Float64Array, rows: Uint32Array): Float64Array {
  const values = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place++) values[place] = column[rows[place]!]!;
  return values;
}

/** Methods that serve no row before another: each takes a pool no larger than the sum of the claims. */
const METHODS: Readonly<
  Record<Exclude<SharingMethod, "first_come" | "rank">, (claims: Float64Array, pool: number) => Float64Array>
> = {
  proportional,
  equal_awards: (claims, pool) => equalGains(claims, 2, 2 * pool),
  equal_losses: (claims, pool) => equalLosses(claims, 2, 2 * (sum(claims) - pool)),
  talmud: (claims, pool) => {
    const total = sum(claims);
    return 2 * pool <= total ? equalGains(claims, 1, 2 * pool) : equalLosses(claims, 1, 2 * (total - pool));
  },
};

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
  const list = Array.from(ranks);
  const row = list.findIndex((rank) => !Number.isFinite(rank));
  ensure(row < 0, "ranks", row, "应为数字", "it must be a number");
  return list;
}

/** Rows in the order in which they are served. */
function queue(count: number, ranks: readonly number[] | undefined): Uint32Array {
  const rows = rowsOf(count);
  return ranks ? rows.sort((a, b) => ranks[a]! - ranks[b]! || a - b) : rows;
}

function rowsOf(count: number): Uint32Array {
  const rows = new Uint32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
}

function winnersOnly(claims: Float64Array, winners: number, rows: ArrayLike<number>): Float64Array {
  checkWhole(winners, "winners", 0, Number.MAX_SAFE_INTEGER);
  const winning = new Float64Array(claims.length);
  let left = winners;
  for (let place = 0; place < rows.length && left > 0; place++) {
    const row = rows[place]!;
    if (claims[row] === 0) continue;
    winning[row] = claims[row]!;
    left--;
  }
  return winning;
}

/** @param isCutAfter what the cap takes then serves nobody */
function inOrder(
  claims: Float64Array,
  caps: Float64Array,
  pool: number,
  rows: Uint32Array,
  isCutAfter: boolean,
): Awards {
  const fen = new Float64Array(rows.length);
  let left = pool;
  let served = 0;
  for (; served < rows.length && left > 0; served++) {
    const row = rows[served]!;
    const claim = claims[row]!;
    const cap = caps[row]!;
    const award = claim < cap ? claim : cap;
    const taken = Math.min(isCutAfter ? claim : award, left);
    left -= taken;
    fen[served] = Math.min(award, taken);
  }
  return { rows: rows.subarray(0, served), fen: fen.subarray(0, served) };
}

function proportional(claims: Float64Array, pool: number): Float64Array {
  const total = sum(claims);
  if (pool === total) return claims.slice();
  const floors = new Float64Array(claims.length);
  const remainders = new Float64Array(claims.length);
  for (let row = 0; row < claims.length; row++) divideProduct(claims[row]!, pool, total, row, floors, remainders);
  return apportion(floors, remainders, claims, pool);
}

/** ⌊a·b / divisor⌋ and what remains, exactly, for amounts up to MAX_FEN and a quotient no larger than they. */
function divideProduct(
  a: number,
  b: number,
  divisor: number,
  row: number,
  quotients: Float64Array,
  remainders: Float64Array,
): void {
  const product = a * b;
  let quotient = Math.floor(product / divisor);
  const taken = quotient * divisor;
  // Where the products are rounded, what each lost is known exactly; the quotient is at most one off.
  let remainder = product - taken;
  if (product > Number.MAX_SAFE_INTEGER) remainder += lost(a, b, product) - lost(quotient, divisor, taken);
  for (; remainder < 0; remainder += divisor) quotient--;
  for (; remainder >= divisor; remainder -= divisor) quotient++;
  quotients[row] = quotient;
  remainders[row] = remainder;
}

const SPLITTER = 2 ** 27 + 1;

/** a·b less its rounded product, exactly. Source: Dekker, A floating-point technique for extending the available precision (1971). */
function lost(a: number, b: number, product: number): number {
  const splitA = SPLITTER * a;
  const splitB = SPLITTER * b;
  const highA = splitA - (splitA - a);
  const highB = splitB - (splitB - b);
  const lowA = a - highA;
  const lowB = b - highB;
  return highA * highB - product + highA * lowB + lowA * highB + lowA * lowB;
}

/**
 * The level up to which bounds, so many times the claims, are filled so that Σ min(bound, level) is `amount`, as the exact fraction
 * numerator / count. Amount at most Σ bounds. The smallest bound that is not below the level is found by halving, not by sorting all.
 */
export function commonLevel(
  claims: ArrayLike<number>,
  amount: number,
  times = 1,
): { numerator: number; count: number } {
  const values = new Float64Array(claims.length);
  for (let row = 0; row < values.length; row++) values[row] = times * claims[row]!;
  let found = { numerator: amount, count: 1 };
  /** What lies before `low` is below the level, and adds up to `below`. */
  let [low, high, below] = [0, values.length, 0];
  while (low < high) {
    const pivot = middleOf(values[low]!, values[(low + high) >> 1]!, values[high - 1]!);
    let [less, place, more, sumOfLess] = [low, low, high, 0];
    while (place < more) {
      const value = values[place]!;
      if (value < pivot) {
        values[place++] = values[less]!;
        values[less++] = value;
        sumOfLess += value;
      } else if (value > pivot) {
        values[place] = values[--more]!;
        values[more] = value;
      } else place++;
    }
    const [left, count] = [amount - below - sumOfLess, values.length - less];
    // pivot · count may be beyond exact numbers: compare the whole bound with the level rounded up instead.
    if (pivot >= ceiling(left, count)) {
      found = { numerator: left, count };
      high = less;
    } else {
      below += sumOfLess + pivot * (more - less);
      low = more;
    }
  }
  return found;
}

const ceiling = (a: number, b: number): number => (a + ((b - (a % b)) % b)) / b;

const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

/**
 * Each gains min(bound, level), where the level uses up `amount`. Bounds, so many times the claims, and the amount are in half fen,
 * because the Talmud rule halves claims; in units of 1 / (2·count) fen every gain is then a whole number.
 */
function equalGains(claims: Float64Array, times: number, amount: number): Float64Array {
  const { numerator, count } = commonLevel(claims, amount, times);
  const unit = 2 * count;
  const beyond = numerator % unit;
  const floor = (numerator - beyond) / unit;
  const level = Math.floor(numerator / count);
  const floors = new Float64Array(claims.length);
  const remainders = new Float64Array(claims.length);
  for (let row = 0; row < claims.length; row++) {
    const bound = times * claims[row]!;
    const half = Math.floor(bound / 2);
    floors[row] = bound <= level ? half : floor;
    remainders[row] = bound <= level ? (bound - 2 * half) * count : beyond;
  }
  return apportion(floors, remainders, claims, amount / 2);
}

/** Each loses min(bound, level), where the level uses up `amount`; bounds, so many times the claims, and amount in half fen. */
function equalLosses(claims: Float64Array, times: number, amount: number): Float64Array {
  const { numerator, count } = commonLevel(claims, amount, times);
  const unit = 2 * count;
  const beyond = (unit - (numerator % unit)) % unit;
  const loss = (numerator + beyond) / unit;
  const level = Math.floor(numerator / count);
  const floors = new Float64Array(claims.length);
  const remainders = new Float64Array(claims.length);
  for (let row = 0; row < claims.length; row++) {
    const bound = times * claims[row]!;
    const half = Math.ceil(bound / 2);
    floors[row] = claims[row]! - (bound <= level ? half : loss);
    remainders[row] = bound <= level ? (2 * half - bound) * count : beyond;
  }
  return apportion(floors, remainders, claims, sum(claims) - amount / 2);
}

/**
 * Largest remainder: the fen that rounding down left over, one each; equal remainders: larger claim, then earlier row.
 * @param floors become the awards
 */
function apportion(floors: Float64Array, remainders: Float64Array, claims: Float64Array, total: number): Float64Array {
  const missing = total - sum(floors);
  if (missing === 0) return floors;
  const entitled = new Uint32Array(floors.length);
  let count = 0;
  for (let row = 0; row < floors.length; row++) if (remainders[row]! > 0) entitled[count++] = row;
  const isBefore = (a: number, b: number): boolean =>
    (remainders[b]! - remainders[a]! || claims[b]! - claims[a]! || a - b) < 0;
  for (const row of firstOf(entitled.subarray(0, count), missing, isBefore)) floors[row]! += 1;
  return floors;
}

/** The rows of which fewer than `count` come before, in any order: found by halving, not by sorting all. */
function firstOf(rows: Uint32Array, count: number, isBefore: (a: number, b: number) => boolean): Uint32Array {
  let [low, high] = [0, rows.length];
  while (low < count && count < high) {
    const pivot = rows[(low + high) >> 1]!;
    let [left, right] = [low, high - 1];
    while (left <= right) {
      while (isBefore(rows[left]!, pivot)) left++;
      while (isBefore(pivot, rows[right]!)) right--;
      if (left > right) break;
      const row = rows[left]!;
      rows[left++] = rows[right]!;
      rows[right--] = row;
    }
    // Between the two lies at most the pivot.
    if (count <= right + 1) high = right + 1;
    else low = left;
  }
  return rows.subarray(0, count);
}

function redistribute(
  claims: Float64Array,
  pool: number,
  caps: Float64Array,
  shareOut: (amounts: Float64Array, left: number) => Float64Array,
): Float64Array {
  const awards = new Float64Array(claims.length);
  let open = rowsOf(claims.length);
  let left = pool;
  for (;;) {
    const amounts = new Float64Array(open.length);
    for (let place = 0; place < open.length; place++) amounts[place] = claims[open[place]!]!;
    const shares = shareOut(amounts, left);
    let kept = 0;
    for (let place = 0; place < open.length; place++) {
      const row = open[place]!;
      awards[row] = Math.min(shares[place]!, caps[row]!);
      if (shares[place]! > caps[row]!) left -= caps[row]!;
      else open[kept++] = row;
    }
    if (kept === open.length) return awards;
    open = open.subarray(0, kept);
  }
}
