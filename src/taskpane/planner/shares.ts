/** What each claim is paid under each sharing rule, in slices. */
import {
  CAP_ORDERS,
  drawnYears,
  sharing,
  SHARING_METHODS,
  shareSubPools,
  sizeClasses,
  type Awards,
  type CapOrder,
  type SharingMethod,
  type SharingRule,
  type SizeClass,
  type SubPools,
  type SubPoolShares,
  type SubPoolUse,
} from "../../rules";
import type { Work } from "../parts/long-work";
import { numberIn } from "./claim-columns";
import type { Form } from "./form";
import { cutClaims, uncertainClaims, yearsFor, type ClaimFigures, type PoolFigures } from "./planning";
import { notANumberOfWinners } from "./wrong";

export interface Shares {
  readonly method: SharingMethod;
  /** Per claim, in their order, fen; on average where years are drawn. */
  readonly awards: readonly number[];
  /** Per class of sizes: the part of what it may claim that it is paid, and the standard error of that part. */
  readonly parts: readonly { readonly paid: number; readonly error: number }[];
}

export interface SharesAnswer {
  /** Of the claims cut to the cap. */
  readonly classes: readonly SizeClass[];
  readonly shares: readonly Shares[];
  /** Per class, fen on average: what its claims may get of the pool, cut to the cap. */
  readonly entitled: readonly number[];
  /** What the sub-pools took over, paid and left, on average; the same under every method. */
  readonly subPools: SubPoolMeans | undefined;
  /** Years that were drawn; undefined where every claim comes. */
  readonly years: number | undefined;
}

/** Places of the claims in the order in which they come: by their first days, else by row. */
function ranksByDay({ dated, amounts }: ClaimFigures): number[] | undefined {
  if (!dated) return undefined;
  const first = new Map<number, string>();
  for (const { date, claim } of dated) {
    const known = first.get(claim);
    if (known === undefined || date < known) first.set(claim, date);
  }
  const places = amounts.map((_, claim) => claim);
  places.sort((a, b) => (first.get(a)! < first.get(b)! ? -1 : first.get(a)! > first.get(b)! ? 1 : a - b));
  const ranks = new Array<number>(places.length);
  places.forEach((claim, place) => (ranks[claim] = place + 1));
  return ranks;
}

/** The sharing rules that the claims allow: by rank only where ranks are given. */
const methodsFor = ({ ranks }: ClaimFigures): SharingMethod[] =>
  SHARING_METHODS.filter((method) => method !== "rank" || ranks);

export interface SharesQuestion {
  readonly figures: PoolFigures;
  readonly uncertain: boolean;
  readonly cap: number | undefined;
  readonly order: CapOrder;
  readonly winners: number | undefined;
  readonly subPools?: SubPools | undefined;
}

export function* sharesOf({ figures, uncertain, cap, order, winners, subPools }: SharesQuestion): Work<SharesAnswer> {
  const { claims, amount, growth, factors } = figures;
  const byDay = ranksByDay(claims);
  const classes = sizeClasses(cutClaims(claims, cap));
  const classOf = new Uint8Array(claims.amounts.length).fill(classes.length);
  classes.forEach(({ members }, k) => members.forEach((claim) => (classOf[claim] = k)));
  const rules = methodsFor(claims).map((method) => {
    // Serving by the rank of the day is first come, first served, whatever the order of the rows.
    const ranked = method === "first_come" && byDay ? byDay : claims.ranks;
    const rule: SharingRule = {
      order,
      method: method === "first_come" && byDay ? "rank" : method,
      ...(cap !== undefined && { cap }),
      ...(ranked && { ranks: ranked }),
      ...(winners !== undefined && { winners }),
    };
    return { method, rule, average: new Average(classes.length, classOf) };
  });
  const pays = sharing(
    rules.map(({ rule }) => rule),
    claims.amounts.length,
  );
  const years = uncertain ? yearsFor(claims.amounts.length, "means") : 1;
  const drawn = uncertain ? drawnYears(uncertainClaims(figures), { years, growth, factors }) : [claims.amounts];
  const uses = subPools && new SubPoolAverage();
  const everyRow = Uint32Array.from(claims.amounts, (_, claim) => claim);
  let done = 0;
  for (const sizes of drawn) {
    const entitled = totals(classes.length, classOf, sizes, cap);
    if (subPools)
      for (const [place, { rule, average }] of rules.entries()) {
        const nested = shareSubPools(sizes, amount, subPools, rule);
        average.add(entitled, { rows: everyRow, fen: nested.awards });
        if (place === 0) uses!.add(nested);
      }
    else for (const [place, awards] of pays(sizes, amount).entries()) rules[place]!.average.add(entitled, awards);
    yield ++done / years;
  }
  return {
    classes,
    shares: rules.map(({ method, average }) => ({ method, awards: average.awards(), parts: average.parts() })),
    entitled: rules[0]!.average.entitled(),
    subPools: uses?.means(),
    years: uncertain ? years : undefined,
  };
}

/** By class what its claims ask for, each cut to the cap, fen; in the last place that of claims of no class. */
function totals(classes: number, classOf: Uint8Array, asked: ArrayLike<number>, cap = Infinity): Float64Array {
  const sums = new Float64Array(classes + 1);
  for (let claim = 0; claim < classOf.length; claim++) {
    const amount = asked[claim]!;
    sums[classOf[claim]!]! += amount < cap ? amount : cap;
  }
  return sums;
}

type AwardsOf = Pick<Awards, "rows"> & { readonly fen: ArrayLike<number> };

/** Sums over years, by claim and by class. */
class Average {
  private years = 0;
  private readonly paid: Float64Array;
  /** Per class: Σ entitled, Σ paid, Σ entitled², Σ entitled·paid, Σ paid². */
  private readonly sums: readonly Float64Array[];

  constructor(
    classes: number,
    private readonly classOf: Uint8Array,
  ) {
    this.paid = new Float64Array(classOf.length);
    this.sums = Array.from({ length: classes }, () => new Float64Array(5));
  }

  add(entitled: Float64Array, { rows, fen }: AwardsOf): void {
    this.years++;
    const { paid, classOf } = this;
    const received = new Float64Array(this.sums.length + 1);
    for (let place = 0; place < rows.length; place++) {
      const claim = rows[place]!;
      const award = fen[place]!;
      paid[claim]! += award;
      received[classOf[claim]!]! += award;
    }
    this.sums.forEach((sums, k) => {
      const [e, p] = [entitled[k]!, received[k]!];
      [e, p, e * e, e * p, p * p].forEach((value, place) => (sums[place]! += value));
    });
  }

  awards(): number[] {
    return Array.from(this.paid, (fen) => fen / this.years);
  }

  entitled(): number[] {
    return this.sums.map(([entitled]) => entitled! / this.years);
  }

  /** The ratio of two means; its standard error is that of paid − ratio × entitled, over the mean of the latter. */
  parts(): { paid: number; error: number }[] {
    return this.sums.map((sums) => {
      const [entitled, paid, ee, ep, pp] = sums as unknown as [number, number, number, number, number];
      if (!entitled) return { paid: 1, error: 0 };
      const ratio = paid / entitled;
      const squares = Math.max(0, pp - 2 * ratio * ep + ratio * ratio * ee);
      return { paid: ratio, error: Math.sqrt(squares) / entitled };
    });
  }
}

export type SubPoolMeans = Pick<SubPoolShares, "uses" | "left">;

/** Sums over years, by sub-pool. */
class SubPoolAverage {
  private readonly years: SubPoolMeans[] = [];

  add({ uses, left }: SubPoolMeans): void {
    this.years.push({ uses, left });
  }

  means(): SubPoolMeans {
    const { years } = this;
    const mean = (fen: (year: SubPoolMeans) => number): number =>
      years.reduce((sum, year) => sum + fen(year), 0) / years.length;
    const uses = years[0]!.uses.map((_, k): SubPoolUse => {
      const of = (name: "amount" | "claimed" | "need" | "given" | "paid" | "left") =>
        mean(({ uses: all }) => all[k]![name]);
      const sources = [...new Set(years.flatMap((year) => year.uses[k]!.received.map(({ from }) => from)))].sort(
        (a, b) => a - b,
      );
      const received = sources.map((from) => ({
        from,
        fen: mean((year) => year.uses[k]!.received.find((one) => one.from === from)?.fen ?? 0),
      }));
      return {
        amount: of("amount"),
        claimed: of("claimed"),
        need: of("need"),
        given: of("given"),
        paid: of("paid"),
        left: of("left"),
        received,
      };
    });
    return { uses, left: mean(({ left }) => left) };
  }
}

export const orderIn = ({ order }: Form): CapOrder => CAP_ORDERS.find((known) => known === order) ?? CAP_ORDERS[0];

/** The number of winners; undefined for a blank. @throws Refusal */
export function winnersIn(words: string | undefined): number | undefined {
  if (!words?.trim()) return undefined;
  const winners = numberIn("rank", words);
  if (Number.isInteger(winners)) return winners;
  throw notANumberOfWinners();
}
