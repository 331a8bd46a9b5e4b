/**
 * A ledger over the years kept by hand, from the words of the documents: who is granted what, by year, then by row. Nothing
 * of src/ decides here. Amounts are whole fen.
 */
export interface Claimed {
  readonly year: number;
  readonly firm: string | undefined;
  readonly object: string | undefined;
  /** What the claim is about, in fen or otherwise. */
  readonly of: number;
  /** What the row says was granted before the table; undefined: nothing is said. */
  readonly before: number | undefined;
}

export interface Clause {
  readonly id: string;
  readonly words: string;
  /** First and last year in which the document is in force. */
  readonly window: readonly [number, number];
  /** Whom the text limits: 单家企业, or 单个项目 and the like. */
  readonly scope: "firm" | "object";
  /** Whether claims that name no object are for different ones; else those of a firm are for one. */
  readonly unnamed?: "apart";
  /** Over which time: 每年, or all the time that the document runs. */
  readonly each: "year" | "term";
  /** What a claim would be granted if there were no other; undefined: it is not admissible. */
  readonly alone: (claim: Claimed) => number | undefined;
  /** Whether the claim says that the award was had before, without an amount. */
  readonly had?: (claim: Claimed) => boolean;
  /** What it is granted where so much was before. */
  readonly granted: (alone: number, before: number) => number;
  /** Of one object only the highest claim of a year is granted (从优、就高、不重复). */
  readonly highestOnly?: boolean;
}

export const upTo =
  (cap: number) =>
  (alone: number, before: number): number =>
    Math.min(alone, Math.max(0, cap - before));
export const difference = (alone: number, before: number): number => Math.max(0, alone - before);
export const once = (alone: number, before: number): number => (before > 0 ? 0 : alone);

/** Half-up to the fen. */
export const percent = (fen: number, rate: number): number => Number((BigInt(fen) * BigInt(rate) * 2n + 100n) / 200n);

/** Cut to the fen. */
export const percentDown = (fen: number, rate: number): number => Number((BigInt(fen) * BigInt(rate)) / 100n);

/** What each claim is granted; undefined where the document is not in force. */
export function byHand(clause: Clause, claims: readonly Claimed[]): (number | undefined)[] {
  const [first, last] = clause.window;
  const inForce = claims.map(({ year }) => year >= first && year <= last);
  const granted: (number | undefined)[] = claims.map((_, i) => (inForce[i] ? 0 : undefined));
  const account = new Map<string, number>();
  const order = [...claims.keys()].sort((a, b) => claims[a]!.year - claims[b]!.year || a - b);
  for (const i of order) {
    if (!inForce[i]) continue;
    const { year, firm, object, before } = claims[i]!;
    const [firmName, objectName] = [firm && `firm ${firm}`, object && `object ${object}`];
    const unnamed = clause.unnamed ? undefined : firmName;
    const owner = clause.scope === "firm" ? (firmName ?? objectName) : (objectName ?? unnamed);
    const key = owner && `${owner} ${clause.each === "year" ? year : ""}`;
    const said = Math.max(before ?? 0, clause.had?.(claims[i]!) ? 1 : 0);
    const had = Math.max(said, (key && account.get(key)) || 0);
    // What the claim says was granted before was so, whether or not it is granted anything itself.
    if (key) account.set(key, had);
    const alone = clause.alone(claims[i]!);
    if (alone === undefined || (clause.highestOnly && isLower(clause, claims, i))) continue;
    granted[i] = clause.granted(alone, had);
    if (key) account.set(key, had + granted[i]);
  }
  return granted;
}

/** Whether another claim for the object in the year is higher, or as high and earlier. */
function isLower({ alone, granted, scope }: Clause, claims: readonly Claimed[], i: number): boolean {
  // An object that was paid in part is no lower for that; what a firm was paid is not its object's.
  const height = (claim: Claimed): number =>
    granted(alone(claim) ?? 0, claim.before ?? 0) + (scope === "object" ? (claim.before ?? 0) : 0);
  const { object, year } = claims[i]!;
  const own = height(claims[i]!);
  return claims.some((other, k) => {
    if (object === undefined || k === i || other.object !== object || other.year !== year) return false;
    return height(other) > own || (height(other) === own && k < i);
  });
}
