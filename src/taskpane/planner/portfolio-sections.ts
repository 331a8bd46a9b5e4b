/** Several pools as sections of a report: all of them at once, what each million moved buys, and the best split for an aim. */
import type { CommonFactor } from "../../rules";
import { aimVerdict, anyVerdict, portfolioVerdict, splitVerdict, type Given } from "../../writers/verdict";
import { money, share, type Figure } from "../parts/figure";
import type { FigureRow } from "../parts/figure-sheet";
import type { ReportSection } from "../parts/report";
import { AIMS, commonFactors, type Aim, type Together, type TogetherPool } from "./portfolio";
import type { Run } from "./calculations";
import { togetherNote, type Words } from "./tables";

/** What matters most comes first: a narrow pane shows so much without scrolling. */
const COLUMNS = ["pool", "amount", "runs-out", "expected", "p90", "slack", "spare"] as const;
const MARGINS = ["pool", "unpaid", "million-more", "million-less"] as const;
/** What each pool would have to hold, where the money does not suffice. */
const NEEDED = ["pool", "amount", "p90", "spare"] as const;

const outlook = ({ amount, expected, p90, runsOut }: Together["asOne"]): Figure[] => [
  money(amount),
  share(runsOut),
  money(expected),
  money(p90),
  money(amount - expected),
  money(amount - p90),
];

export interface Ground {
  /** Of any of the pools. */
  readonly given: readonly Given[];
  /** Names of the pools whose document fixes what they hold. */
  readonly fixed: readonly string[];
  /** What moves the claims of all pools together. */
  readonly factors: readonly CommonFactor[];
}

/** @param aims whose splits are shown */
export function portfolioSections(
  { pools, free, moved, splits, short, unpaid, asOne, any }: Together,
  aims: readonly Aim[],
  { given, fixed, factors }: Ground,
  words: Words,
): ReportSection[] {
  const { t, language } = words;
  const ground = { language, given };
  const headOf = (names: readonly (typeof COLUMNS | typeof MARGINS)[number][]): string[] =>
    names.map((name) => t(`planner.portfolio-${name}`));
  const head = headOf(COLUMNS);
  const rows = (some: Together["pools"]): FigureRow[] =>
    some.map((pool) => ({ label: pool.name, figures: outlook(pool) }));
  const isFree = (_: unknown, place: number): boolean => free[place]!;
  const split = (aim: Aim): ReportSection => {
    const best = splits[aim];
    const title = t(`planner.split-${aim}`);
    const verdict =
      aim === "unpaid" && best && free.includes(true)
        ? splitVerdict(ground, pools.filter(isFree), best.filter(isFree), free.includes(false))
        : aimVerdict(ground, aim === "risk" ? aim : "each", pools, best, short);
    const after = (pool: Together["pools"][number], k: number): FigureRow => {
      const [amount, ...figures] = outlook(pool);
      return { label: pool.name, figures: [amount!, money(pool.amount - pools[k]!.amount), ...figures] };
    };
    const table = best
      ? { head: [...head.slice(0, 2), t("planner.best-change"), ...head.slice(2)], rows: best.map(after) }
      : {
          head: headOf(NEEDED),
          rows: pools.map(({ name, amount, p90, spare }) => ({
            label: name,
            figures: [amount, p90, spare].map(money),
          })),
        };
    return { title, verdict, ...table, notes: [] };
  };
  return [
    {
      title: t("planner.portfolio"),
      verdict: portfolioVerdict(ground, pools, asOne) + anyVerdict(ground, any),
      head,
      rows: [...rows(pools), { label: t("planner.as-one"), figures: outlook(asOne) }],
      notes: [
        ...(given.length > 0 ? [t("planner.percentiles")] : []),
        togetherNote({ factors }, words),
        ...(fixed.length > 0 ? [t("planner.fixed-pools", { pools: fixed.join(t("parts.list-comma")) })] : []),
      ],
    },
    {
      title: t("planner.margins"),
      verdict: "",
      head: headOf(MARGINS),
      rows: pools.map(({ name }, k): FigureRow => {
        const { now, more, less } = unpaid[k]!;
        return { label: name, figures: [money(now), money(more - now), money(less - now)] };
      }),
      notes: [],
    },
    ...aims.map(split),
    ...(moved ? [{ title: t("planner.after-move"), verdict: "", head, rows: rows(moved), notes: [] }] : []),
  ];
}

/** A pool ready to be looked at with others. */
export interface ReadyPool extends TogetherPool {
  readonly given: readonly Given[];
  /** The year whose claims count, where they lie in several. */
  readonly year: number | undefined;
}

/** What was given of the claims on any of the pools. */
export const givenOf = (pools: readonly ReadyPool[]): Given[] => [...new Set(pools.flatMap(({ given }) => given))];

/** Which year of each pool counts; none where no pool has claims of several years. */
export function poolYears(pools: readonly ReadyPool[], { t }: Words): string[] {
  const named = pools.flatMap(({ name, year }) =>
    year === undefined ? [] : [t("planner.pool-year", { pool: name, year })],
  );
  return named.length ? [t("planner.pool-years", { pools: named.join(t("parts.list-comma")) })] : [];
}

export interface SeveralPools extends Pick<Ground, "fixed"> {
  readonly pools: readonly ReadyPool[];
  /** Names of those without claims. */
  readonly missing: readonly string[];
}

/** All sections, with the splits for every aim; none where there are fewer than two pools. */
export async function togetherSections(
  { pools, fixed, missing }: SeveralPools,
  run: Run,
  words: Words,
): Promise<ReportSection[]> {
  const { t } = words;
  if (pools.length < 2) return [];
  const notes = [
    ...poolYears(pools, words),
    ...(pools.some(({ figures }) => figures.growth) ? [t("planner.portfolio-no-growth")] : []),
    ...(missing.length ? [t("planner.portfolio-missing", { pools: missing.join(t("parts.list-comma")) })] : []),
  ];
  const factors = commonFactors(pools);
  if (!factors)
    return [
      {
        title: t("planner.portfolio"),
        verdict: t("planner.factors-differ"),
        head: [t("planner.portfolio-pool"), t("planner.portfolio-amount")],
        rows: pools.map(({ name, figures }) => ({ label: name, figures: [money(figures.amount)] })),
        notes,
      },
    ];
  const together = await run("portfolio", { pools, move: undefined });
  const [first, ...others] = portfolioSections(together, AIMS, { given: givenOf(pools), fixed, factors }, words);
  return [{ ...first!, notes: [...first!.notes, ...notes] }, ...others];
}
