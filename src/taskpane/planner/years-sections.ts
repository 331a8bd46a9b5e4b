/** Several years as sections of a report: the budget years, and the money needed month by month. */
import { yearsVerdict } from "../../writers/verdict";
import { money, percentWords, share, type Figure } from "../parts/figure";
import type { ReportSection } from "../parts/report";
import type { Planning } from "./planning";
import type { Words } from "./tables";
import type { BudgetYear, YearsAnswer, YearsPlan } from "./years";

const YEAR_FIGURES = [
  ["expected", ({ expected }) => money(expected)],
  ["p50", ({ p50 }) => money(p50)],
  ["p90", ({ p90 }) => money(p90)],
  ["pool", ({ pool }) => money(pool)],
  ["opening", ({ opening }) => money(opening)],
  ["paid", ({ expected, unpaid }) => money(expected - unpaid)],
  ["unpaid", ({ unpaid }) => money(unpaid)],
  ["left", ({ left }) => money(left)],
  ["used-up", ({ usedUp }) => share(usedUp)],
] as const satisfies readonly (readonly [string, (year: BudgetYear) => Figure])[];

export function yearsSections(
  { given, once, all: { figures, claims } }: Pick<Planning, "given" | "once" | "all">,
  plan: YearsPlan,
  { years, months, any, error }: YearsAnswer,
  of: string,
  { t, language }: Words,
): ReportSection[] {
  const { carriesOver, terms, ahead, growth } = plan;
  // A voucher that may stay unused is uncertain, too.
  const grounds = terms.unused > 0 ? [...given, "unused" as const] : given;
  const open = grounds.length > 0;
  const refused = claims.aheadRefused ?? 0;
  const idle = Object.keys(figures.pools ?? {}).filter((name) => years.every(({ year }) => String(year) !== name));
  const shown = YEAR_FIGURES.filter(([name]) => carriesOver || name !== "opening");
  const hangs = years.length > 1 && (carriesOver || terms.parts.length > 1);
  const notes = [
    t("planner.years-note"),
    ...(open ? [t("planner.percentiles")] : []),
    t(carriesOver ? "planner.years-carry" : "planner.years-lapse"),
    ...(terms.parts.length > 1
      ? [t("planner.years-parts", { parts: terms.parts.map((part) => percentWords(part / 10_000)).join(" / ") })]
      : []),
    ...(terms.unused > 0 ? [t("planner.years-unused", { part: percentWords(terms.unused) })] : []),
    ...(ahead > 0
      ? [
          t(claims.ahead ? "planner.years-ahead-rules" : "planner.years-ahead-note", {
            n: ahead,
            growth: percentWords(Number(growth)),
          }),
        ]
      : []),
    ...(idle.length > 0 ? [t("planner.year-pools-idle", { years: idle.join(t("parts.list-comma")) })] : []),
    ...(refused ? [t("planner.years-ahead-refused", { n: refused })] : []),
    ...(figures.factors.length ? [t("planner.years-states")] : []),
    ...(hangs && open ? [t("planner.years-error", { error: (error * 100).toFixed(2) })] : []),
  ];
  return [
    {
      title: t("planner.of", { what: t("planner.years"), words: of }),
      verdict: yearsVerdict({ language, given: grounds, once }, years, any, carriesOver),
      head: [
        t("planner.year"),
        ...shown.map(([name]) =>
          t(name === "left" ? (carriesOver ? "planner.year-carried" : "planner.year-lapsed") : `planner.year-${name}`),
        ),
      ],
      rows: years.map((year) => ({ label: String(year.year), figures: shown.map(([, figure]) => figure(year)) })),
      notes,
      chart: { kind: "column", series: 4 },
    },
    {
      title: t("planner.of", { what: t("planner.cash"), words: of }),
      verdict: "",
      head: [t("planner.month"), t("planner.year-expected"), t("planner.year-p50"), t("planner.year-p90")],
      rows: months.map(({ month, expected, p50, p90 }) => ({ label: month, figures: [expected, p50, p90].map(money) })),
      notes: [t("planner.cash-note")],
      chart: { kind: "line", series: 3 },
    },
  ];
}
