/** What the pane answers about a pool, section by section, in its words. */
import { CAP_ORDERS, formatYuan, Refusal, type Language } from "../../rules";
import { count, factor, money, share, text, type Figure } from "../../taskpane/parts/figure";
import type { Work } from "../../taskpane/parts/long-work";
import { carryOf, dryDays, timedUse, type Carry, type TimedUse } from "../../taskpane/planner/calendar";
import type { Form } from "../../taskpane/planner/form";
import { capWords, type Planning } from "../../taskpane/planner/planning";
import { RISK_FIGURES, riskOf } from "../../taskpane/planner/risk";
import { sharesOf, winnersIn, type SharesAnswer } from "../../taskpane/planner/shares";
import { capVerdictOf, sizingOf } from "../../taskpane/planner/sizing";
import { averageOrPlain, USE_FIGURES, type AverageUse } from "../../taskpane/planner/use-of-pool";
import {
  daysVerdict,
  monthsVerdict,
  mostlyAfter,
  riskVerdict,
  sharingVerdict,
  sizingVerdict,
  usageVerdict,
  type Ground,
} from "../../writers/verdict";
import type { Translate } from "../text";

export interface Row {
  readonly label: string;
  readonly figures: readonly Figure[];
}

export interface Section {
  readonly title: string;
  /** The answer in one sentence. */
  readonly verdict: string;
  readonly head: readonly string[];
  readonly rows: readonly Row[];
  /** Assumptions and remarks. */
  readonly notes: readonly string[];
}

export interface PoolAnswer {
  readonly sections: readonly Section[];
  /** By case of the cap, what each claim gets under each rule. */
  readonly shares: readonly { readonly words: string; readonly answer: SharesAnswer }[];
}

/** Runs a calculation; between its steps Ctrl-C is heard. */
export type Run = <T>(work: Work<T>) => Promise<T>;

/** @throws Refusal for a field that cannot be read, and for a risk that cannot be computed exactly enough */
export async function answersTo(
  planning: Planning,
  form: Form,
  year: number | undefined,
  run: Run,
  t: Translate,
  language: Language,
): Promise<PoolAnswer> {
  const { figures, uncertain, cases, growthRefusal } = planning;
  if (growthRefusal) throw new Refusal("value", growthRefusal);
  const words = cases.map((capCase) => capWords(capCase, language));
  const ground: Ground = { language, uncertain, year, pool: planning.amount };
  const carry = carryOf(form, planning);
  const times: (TimedUse | undefined)[] = [];
  for (const { cap } of cases) times.push(await run(timedUse({ figures, uncertain, cap, carry })));
  const sections = [await usage(), await riskSection(times[0])];
  const order = CAP_ORDERS.find((known) => known === form.order) ?? CAP_ORDERS[0];
  const winners = winnersIn(form.winners);
  const shares: { words: string; answer: SharesAnswer }[] = [];
  for (const [k, { cap }] of cases.entries()) {
    const answer = await run(sharesOf({ figures, uncertain, cap, order, winners }));
    shares.push({ words: words[k]!, answer });
    sections.push(sharesSection(words[k]!, answer));
  }
  sections.push(await sizingSection());
  for (const [k, timed] of times.entries()) if (timed) sections.push(timeSection(words[k]!, timed, carry));
  return { sections, shares };

  async function usage(): Promise<Section> {
    const stats = await run(averageOrPlain({ figures, uncertain }));
    const averages = stats.filter((one): one is AverageUse => "years" in one);
    const rows = USE_FIGURES.map(([name, figure]) => ({ label: t(`planner.use-${name}`), figures: stats.map(figure) }));
    const error = { label: t("planner.paid-error"), figures: averages.map(({ paidError }) => money(paidError)) };
    return {
      title: t("planner.use"),
      verdict: usageVerdict(ground, stats[0]!),
      head: words,
      rows: averages.length ? [...rows.slice(0, 3), error, ...rows.slice(3)] : rows,
      notes: averages.length ? [t("planner.averages", { years: averages[0]!.years })] : [t("planner.all-come")],
    };
  }

  async function riskSection(timed: TimedUse | undefined): Promise<Section> {
    const risk = Number(form.risk ?? "0.1");
    const percent = `${risk * 100}%`;
    const found = await run(riskOf({ figures, risk }));
    return {
      title: t("planner.risk"),
      verdict: riskVerdict(
        ground,
        found.cases[0]!,
        risk,
        timed && "years" in timed ? mostlyAfter(timed.months) : undefined,
      ),
      head: words,
      rows: RISK_FIGURES.map(([name, figure]) => ({
        label: t(`planner.risk-row-${name}`, { risk: percent }),
        figures: found.cases.map(figure),
      })),
      notes: uncertain ? [t("planner.independent")] : [t("planner.certain")],
    };
  }

  function sharesSection(of: string, { classes, shares: methods, years }: SharesAnswer): Section {
    return {
      title: t("planner.of", { what: t("planner.sharing"), words: of }),
      verdict: sharingVerdict(
        ground,
        methods.map(({ method, parts }) => ({
          name: t(`planner.method-${method}`),
          parts: parts.map(({ paid }) => paid),
        })),
      ),
      head: classes.map(({ from, to }, k) =>
        t("planner.class-range", { n: k + 1, from: formatYuan(from), to: formatYuan(to) }),
      ),
      rows: methods.map(({ method, parts }) => ({
        label: t(`planner.method-${method}`),
        figures: parts.map(({ paid }) => share(paid)),
      })),
      notes: [
        t("planner.paid-of-entitled"),
        t("planner.assumption"),
        t(`planner.order-${order}`),
        ...(years === undefined ? [] : [t("planner.averages", { years })]),
      ],
    };
  }

  async function sizingSection(): Promise<Section> {
    const sizing = await run(sizingOf(figures));
    const { capFit, factors, steps } = sizing;
    const all = (figure: Figure): Figure[] => cases.map(() => figure);
    return {
      title: t("planner.sizing"),
      verdict: sizingVerdict(ground, capVerdictOf(figures, sizing)),
      head: words,
      rows: [
        {
          label: t("planner.cap-that-fits"),
          figures: all(capFit.binds ? money(capFit.cap) : text(t("planner.no-cap-needed"))),
        },
        { label: t("planner.used-at-fit"), figures: all(money(capFit.used)) },
        ...(planning.capped
          ? []
          : [
              {
                label: t("planner.factor-that-fits"),
                figures: factors.map((fit) =>
                  fit.factor === null ? text(t("planner.no-factor")) : factor(fit.factor),
                ),
              },
            ]),
        { label: t("planner.next-million"), figures: steps.map((step) => (step ? money(step.cost) : text("—"))) },
        { label: t("planner.above-cap"), figures: steps.map((step) => (step ? count(step.above) : text("—"))) },
      ],
      notes: [
        ...(uncertain ? [t("planner.sizing-all-come")] : []),
        ...(planning.capped ? [t("planner.capped-claims")] : []),
      ],
    };
  }

  function timeSection(of: string, timed: TimedUse, carry: Carry): Section {
    const title = t("planner.of", { what: t("planner.months"), words: of });
    const notes = [t(`planner.carry-${carry}`), t("planner.by-day")];
    if ("years" in timed)
      return {
        title,
        verdict: monthsVerdict(ground, timed.months),
        head: (["month-claimed", "month-paid", "month-closing", "dry-chance"] as const).map((name) =>
          t(`planner.${name}`),
        ),
        rows: timed.months.map(({ month, claimed, paid, closing, dry }) => ({
          label: month,
          figures: [money(claimed), money(paid), money(closing), share(dry)],
        })),
        notes: [t("planner.averages", { years: timed.years }), ...notes],
      };
    const { use, days } = timed;
    const never = t("planner.never-empty");
    const ordered =
      days &&
      (days.p50 === null ? never : t("planner.run-out-days", { p10: days.p10!, p50: days.p50, p90: days.p90! }));
    return {
      title,
      verdict: daysVerdict(ground, dryDays(planning, use, days)),
      head: (["month-claimed", "month-paid", "month-lapsed", "month-closing"] as const).map((name) =>
        t(`planner.${name}`),
      ),
      rows: use.months.map(({ month, claimed, paid, lapsed, closing }) => ({
        label: month,
        figures: [claimed, paid, lapsed, closing].map(money),
      })),
      notes: [
        `${t("planner.empty-on")}: ${use.emptyOn ?? never}`,
        `${t("planner.short-on")}: ${use.shortOn ?? t("planner.never-short")}`,
        ...(ordered
          ? [`${t("planner.order-of-claims")}: ${ordered}${days.method === "drawn" ? t("planner.drawn") : ""}`]
          : []),
        ...notes,
      ],
    };
  }
}
