/** The tables of the planner, as the pane shows them, a sheet holds them and the report writes them: figures and their formulas. */
import { formatYuan, type CapOrder, type Language, type PoolStats, type Spill } from "../../rules";
import { count, factor, money, percentWords, share, text, type Figure } from "../parts/figure";
import { SUB_POOL_COLUMNS, SUB_POOL_NAMES, type SubPoolLine } from "../../writers/sub-pools";
import type { Translate } from "../texts";
import { addsUp, call, cappedText, claimsText, perClaimText, rowOf } from "./formula";
import { claimedYears } from "./claims";
import { capWords, heldIn, type Planning, type PoolFigures } from "./planning";
import { RISK_FIGURES, type RiskCurves } from "./risk";
import type { FigureRow, FigureTable, Spelling } from "../parts/figure-sheet";
import type { SharesAnswer } from "./shares";
import type { Sizing } from "./sizing";
import type { TimedUse } from "./calendar";
import type { Carry } from "./pool";
import { USE_FIGURES, type AverageUse } from "./use-of-pool";

export interface Words {
  readonly t: Translate;
  readonly language: Language;
}

/** A heading for the labels, then one per case of the cap. */
export const capHead = (first: string, { cases }: Planning, language: Language): string[] => [
  first,
  ...cases.map((capCase) => capWords(capCase, language)),
];

/** What a plan makes of the claims: firms that were averaged, whose pool counts, and which claims of one year leave to the sections over all years. */
export function claimNotes({ year, amount, ownPools, claims, all }: Planning, { t }: Words): string[] {
  const mixed = claims.parts?.filter(Boolean).length ?? 0;
  const notes = mixed > 0 ? [t("planner.averaged", { n: mixed })] : [];
  if (ownPools) {
    const usual = formatYuan(ownPools.usual);
    notes.push(
      ownPools.year === undefined
        ? t("planner.own-pools-once", { usual })
        : t("planner.own-pool-of-year", { year: ownPools.year, amount: formatYuan(amount), usual }),
    );
  }
  if (year === undefined) return notes;
  const total = claims.amounts.reduce((sum, amount) => sum + amount, 0);
  const years = claimedYears(all.claims);
  return [
    ...notes,
    t("planner.one-year", {
      years: [years[0], years.at(-1)].join("–"),
      year,
      n: claims.rows,
      rows: all.claims.rows,
      total: formatYuan(total),
    }),
  ];
}

const averageOf = (stats: readonly (PoolStats | AverageUse)[]): AverageUse | undefined =>
  stats.find((one): one is AverageUse => "years" in one);

/** What the use of the pool rests on. */
export function usageNote(stats: readonly (PoolStats | AverageUse)[], { t }: Words): string {
  const average = averageOf(stats);
  if (!average) return t("planner.all-come");
  const { years } = average;
  return t(average.isPaidDrawn ? "planner.averages" : "planner.use-by-distribution", { years });
}

export function usageTable(
  planning: Planning,
  stats: readonly (PoolStats | AverageUse)[],
  { t, language }: Words,
): FigureTable {
  const { claims } = planning;
  // The function knows no probabilities.
  const live = !averageOf(stats) && addsUp(claims);
  const formula = (row: number) => (spelling: Spelling, column: number) =>
    rowOf(call("BUTIE.POOLSTATS", [claimsText(claims, spelling), spelling.pool, spelling.caps[column]!]), row);
  const rows = USE_FIGURES.map(([name, figure], k) => ({
    label: t(`planner.use-${name}`),
    figures: stats.map(figure),
    formula: live ? formula(k + 1) : undefined,
  }));
  const averages = stats.filter((one): one is AverageUse => "years" in one);
  const error = { label: t("planner.paid-error"), figures: averages.map(({ paidError }) => money(paidError)) };
  return {
    head: capHead(t("planner.use"), planning, language),
    rows: averages.length ? [...rows.slice(0, 3), error, ...rows.slice(3)] : rows,
  };
}

/** The risk for which BUTIE.POOLRISK answers. */
export const FUNCTION_RISK = 0.1;

/**
 * Whether BUTIE.POOLRISK can be asked: it knows no common growth or states, no chances by group, no column of ranges, and no cap on a
 * claim of uncertain size.
 */
export function knowsRisk({ claims, cases, figures, byGroup }: Planning): boolean {
  const { within } = claims.columns;
  if (byGroup || figures.factors.length > 0 || (within && "place" in within)) return false;
  const uncertainSize = claims.spreads.some((spread) => spread > 0) && cases.some(({ cap }) => cap !== undefined);
  return figures.growth === undefined && !uncertainSize && claims.asCells && addsUp(claims);
}

export function riskTable(planning: Planning, risk: number, result: RiskCurves, { t, language }: Words): FigureTable {
  const { claims } = planning;
  const live = knowsRisk(planning);
  const formula = (row: number) => (spelling: Spelling, column: number) =>
    rowOf(
      call("BUTIE.POOLRISK", [
        cappedText(claims, spelling, column),
        perClaimText(claims, "probability", spelling),
        spelling.pool,
        perClaimText(claims, "spread", spelling),
      ]),
      row,
    );
  return {
    head: capHead(t("planner.risk"), planning, language),
    rows: RISK_FIGURES.map(([name, figure], k) => ({
      label: t(`planner.risk-row-${name}`, { risk: percentWords(risk) }),
      figures: result.cases.map(figure),
      formula: live && (name !== "pool-for-risk" || risk === FUNCTION_RISK) ? formula(k + 1) : undefined,
    })),
  };
}

/** How claims hang together. */
export const togetherNote = ({ factors }: Pick<PoolFigures, "factors">, { t }: Words): string =>
  t(factors.length ? "planner.given-states" : "planner.independent");

/** What the figures of a risk rest on. */
export function riskNotes(planning: Pick<Planning, "figures">, words: Words): string[] {
  const held = heldIn(planning);
  return [
    words.t("planner.percentiles"),
    togetherNote(planning.figures, words),
    ...(held ? [words.t("planner.held-at-certain", { n: held })] : []),
  ];
}

/** @param years that were drawn; undefined where every claim comes */
const averagesNote = (years: number | undefined, { t }: Words): string[] =>
  years === undefined ? [] : [t("planner.averages", { years })];

/** How the use month by month was found. */
export function timeNote(timed: TimedUse, { t }: Words): string {
  if ("use" in timed) return t("planner.all-come");
  return timed.years === undefined ? t("planner.by-distribution") : t("planner.averages", { years: timed.years });
}

/** What it rests on. */
export const monthsNotes = (timed: TimedUse, carry: Carry, words: Words): string[] => [
  ...("use" in timed ? [] : [timeNote(timed, words), ...errorNote(timed, words)]),
  words.t(`planner.carry-${carry}`),
  words.t("planner.by-day"),
];

/** Standard error of a frequency among drawn years. */
export const frequencyError = (part: number, years: number): number => Math.sqrt((part * (1 - part)) / years);

/** The largest standard errors over all months, where years were drawn. */
function errorNote({ years, months }: Extract<TimedUse, { months: unknown }>, { t }: Words): string[] {
  if (years === undefined) return [];
  const chance = Math.max(...months.map(({ dry }) => frequencyError(dry, years)));
  const paid = Math.max(...months.map(({ cumulative }) => cumulative.error));
  return [t("planner.drawn-error", { error: (chance * 100).toFixed(2), paid: formatYuan(Math.ceil(paid)) })];
}

/** What the shares rest on. */
export const sharesNotes = (order: CapOrder, { years }: Pick<SharesAnswer, "years">, words: Words): string[] => [
  words.t("planner.assumption"),
  words.t("planner.methods"),
  words.t(`planner.order-${order}`),
  ...averagesNote(years, words),
];

/** What the figures of the sub-pools rest on. */
export const subPoolNotes = (spill: Spill, { years }: Pick<SharesAnswer, "years">, words: Words): string[] => [
  words.t(`planner.spill-${spill}`),
  words.t("planner.subpools-only-here"),
  ...averagesNote(years, words),
];

/** The part that each size of claims is paid under each rule. @param sizes words of the sizes */
export const sharesTable = ({ shares }: SharesAnswer, sizes: readonly string[], { t }: Words): FigureTable => ({
  head: [t("planner.paid-of-entitled"), ...sizes],
  rows: shares.map(({ method, parts }) => ({
    label: t(`planner.method-${method}`),
    figures: parts.map(({ paid }) => share(paid)),
  })),
});

/** What each claim gets under each rule. */
export const listTable = ({ claims }: Planning, { shares }: SharesAnswer, { t }: Words): FigureTable => ({
  head: [t("planner.claim"), t("planner.claimed-yuan"), ...shares.map(({ method }) => t(`planner.method-${method}`))],
  rows: claims.names.map((name, k) => ({
    label: name,
    figures: [money(claims.amounts[k]!), ...shares.map(({ awards }) => money(awards[k]!))],
  })),
});

/** What each sub-pool had, took over, gave, paid and left. */
export const subPoolTable = (lines: readonly SubPoolLine[], { t, language }: Words): FigureTable => ({
  head: [t("planner.column-subpool"), ...SUB_POOL_NAMES.map((name) => SUB_POOL_COLUMNS[name][language])],
  rows: lines.map(({ name, figures }) => ({
    label: name,
    figures: SUB_POOL_NAMES.map((column) => money(figures[column])),
  })),
});

/** Rows of BUTIE.POOLSTATS. */
const [CLAIMED, PAID, CUT_CLAIMS] = [1, 3, 7] as const;

export function sizingTable(planning: Planning, sizing: Sizing, { t, language }: Words): FigureTable {
  const { claims, cases, capped } = planning;
  const { capFit, factors, steps } = sizing;
  const live = addsUp(claims);
  const everywhere = (figure: Figure) => cases.map(() => figure);
  const none = t("planner.no-cap-needed");
  const fit = (spelling: Spelling) => call("BUTIE.POOLCAP", [claimsText(claims, spelling), spelling.pool]);
  const stats = (spelling: Spelling, cap: string, row: number) =>
    rowOf(call("BUTIE.POOLSTATS", [claimsText(claims, spelling), spelling.pool, cap]), row);
  const row = (name: Parameters<Translate>[0], figures: Figure[], formula?: FigureRow["formula"]): FigureRow => ({
    label: t(name),
    figures,
    formula: live ? formula : undefined,
  });
  const known = steps.every(Boolean);
  const ofSteps = (figure: (step: NonNullable<Sizing["steps"][number]>) => Figure) =>
    steps.map((step) => (step ? figure(step) : text("—")));
  return {
    head: capHead(t("planner.sizing"), planning, language),
    rows: [
      row(
        "planner.cap-that-fits",
        everywhere(capFit.binds ? money(capFit.cap) : text(none)),
        (spelling) => `=IF(${stats(spelling, "", CLAIMED).slice(1)}<=${spelling.pool},"${none}",${fit(spelling)})`,
      ),
      // Under that cap the pool pays everything.
      row("planner.used-at-fit", everywhere(money(capFit.used)), (spelling) => stats(spelling, fit(spelling), PAID)),
      // Of claims that were cut to a cap, no larger cap and no higher rate can be judged.
      ...(capped
        ? []
        : [
            row(
              "planner.factor-that-fits",
              factors.map((one) => (one.factor === null ? text(t("planner.no-factor")) : factor(one.factor))),
            ),
          ]),
      row(
        "planner.next-million",
        ofSteps(({ cost }) => money(cost)),
        known
          ? (spelling, column) => `=${call("BUTIE.CAPCOST", [claimsText(claims, spelling), spelling.caps[column]!])}`
          : undefined,
      ),
      row(
        "planner.above-cap",
        ofSteps(({ above }) => count(above)),
        known ? (spelling, column) => stats(spelling, spelling.caps[column]!, CUT_CLAIMS) : undefined,
      ),
    ],
  };
}
