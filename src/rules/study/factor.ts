/** The factor on the rates at which the awards of many rows just use up a pool, limits included. */
import { award } from "../award/award";
import type { PlannedRow } from "../award/overlap";
import { accountOf } from "../plan/allowance";
import { largestFactor } from "../pool";
import { compare, ZERO, type Ratio } from "../number/ratio";

/** The part of one row that the pool pays: the smallest of a share that moves with the rates and limits that do not. */
interface RatedPart {
  /** The share at factor 1, in fen, as a fraction. */
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** The smallest limit that neither moves nor is shared, whole fen; null where there is none. */
  readonly cap: bigint | null;
  /** Shared limits: the ledger they draw on and what it holds at most for this row. */
  readonly shared: readonly { key: string; room: bigint }[];
}

const BILLION = 10 ** 9;

/**
 * To nine decimals, rounded down so that the pool is not overspent; null where even a factor of one million leaves money.
 * The pool pays the part of a row whose rate is the instrument's own (of a stacked voucher the municipal one).
 * @param pool whole fen
 */
export function factorOfRates(rows: readonly PlannedRow[], pool: number): number | null {
  const parts = rows.flatMap(ratedParts);
  return largestFactor((factor) => total(parts, BigInt(Math.round(factor * BILLION))), pool);
}

function ratedParts({ plan, row, firm }: PlannedRow): RatedPart[] {
  const result = award(plan, row);
  if (result.outcome.kind !== "award") return [];
  return result.parts.flatMap(({ limits }) => {
    const moving = limits.find(({ limit }) =>
      limit.terms.some(({ figures }) => figures.some((f) => f.lever === "whatif_rate")),
    );
    if (!moving) return [];
    const others = limits.filter((limit) => limit !== moving);
    const own = others.filter(({ limit }) => !limit.allowance || !firm).map(({ amount }) => whole(amount));
    return [
      {
        ...fractionOf(moving.amount),
        cap: own.length ? own.reduce((least, cap) => (cap < least ? cap : least)) : null,
        shared: others.flatMap(({ limit: { allowance }, amount }) =>
          allowance && firm
            ? [
                {
                  key: JSON.stringify([accountOf(allowance, plan.claim), firm]),
                  room: whole(amount),
                },
              ]
            : [],
        ),
      },
    ];
  });
}

/** What the pool pays at a factor of so many billionths; rows of one firm use shared limits up in row order. */
function total(parts: readonly RatedPart[], steps: bigint): number {
  const drawn = new Map<string, bigint>();
  let sum = 0n;
  for (const { numerator, denominator, cap, shared } of parts) {
    let fen = halfUp(numerator * steps, denominator * BigInt(BILLION));
    if (cap !== null && cap < fen) fen = cap;
    for (const { key, room } of shared) {
      const left = room - (drawn.get(key) ?? 0n);
      if (left < fen) fen = left > 0n ? left : 0n;
    }
    for (const { key } of shared) drawn.set(key, (drawn.get(key) ?? 0n) + fen);
    sum += fen;
  }
  return Number(sum);
}

function fractionOf({ n, d }: Ratio): { numerator: bigint; denominator: bigint } {
  const scale = `1e${Math.max(n.decimalPlaces(), d.decimalPlaces())}`;
  return { numerator: BigInt(n.times(scale).toFixed(0)), denominator: BigInt(d.times(scale).toFixed(0)) };
}

const halfUp = (n: bigint, d: bigint): bigint => (2n * n + d) / (2n * d);

function whole(amount: Ratio): bigint {
  if (compare(amount, ZERO) <= 0) return 0n;
  const { numerator, denominator } = fractionOf(amount);
  return halfUp(numerator, denominator);
}
