/** A report on a pool: every part of its plan, section by section, in the words of the pane. */
import { formatYuan, Refusal, RULES_VERSION } from "../../rules";
import { claimedYears } from "./claims";
import { type Carry } from "./pool";
import { money, percentWords, share } from "../parts/figure";
import { averageMonths, dryDays, grantedBy, type TimedUse } from "./calendar";
import type { Form } from "./form";
import { groupsOf } from "./groups";
import { capWords, groundOf, refusalIn, type Planning } from "./planning";
import { orderIn, winnersIn, type SharesAnswer } from "./shares";
import { capVerdictOf } from "./sizing";
import { YEAR_FIELDS, yearsPlanIn } from "./years";
import { yearsSections } from "./years-sections";
import { subPoolsIn, type NamedSubPools } from "./sub-pools";
import { togetherSections, type SeveralPools } from "./portfolio-sections";
import type { Run } from "./calculations";
import {
  daysVerdict,
  monthsVerdict,
  mostlyAfter,
  riskVerdict,
  sharingVerdict,
  sizingVerdict,
  togetherVerdict,
  usageVerdict,
} from "../../writers/verdict";
import { subPoolLines, subPoolWords } from "../../writers/sub-pools";
import { quotesOf, statusWords } from "../../writers/terms";
import {
  FUNCTION_RISK,
  listTable,
  monthsNotes,
  riskNotes,
  riskTable,
  sharesNotes,
  sharesTable,
  sizingTable,
  subPoolNotes,
  subPoolTable,
  usageTable,
  claimNotes,
  usageNote,
  type Words,
} from "./tables";
import { FigureSheet } from "../parts/figure-sheet";
import { reportSheet, type Live, type ReportSection } from "../parts/report";
import type { NewSheet } from "../../host/workbook";

/** Over the months; the last is the money that there is. */
const CUMULATIVE = ["month", "cumulative-paid", "cumulative-p10", "cumulative-p90", "cumulative-granted"];

const LIST_WIDTHS = [34, 18] as const;

export interface PoolAnswer {
  readonly sections: readonly ReportSection[];
  /** By case of the cap, what each claim gets under each rule. */
  readonly shares: readonly { readonly words: string; readonly answer: SharesAnswer }[];
}

/**
 * @param several the pools that are looked at together, this one perhaps among them
 * @returns a section without rows where its question cannot be answered: its sentence is the reason
 * @throws Refusal for a field that cannot be read
 */
export async function answersTo(
  planning: Planning,
  form: Form,
  run: Run,
  spoken: Words,
  several?: SeveralPools,
): Promise<PoolAnswer> {
  const { t, language } = spoken;
  const { figures, uncertain, cases, all, carry } = planning;
  const refusal = refusalIn(planning);
  if (refusal) throw new Refusal("value", refusal);
  const words = cases.map((capCase) => capWords(capCase, language));
  const risk = Number(form.risk ?? FUNCTION_RISK);
  const ground = groundOf(planning, language);
  const times: (TimedUse | undefined)[] = [];
  for (const { cap } of cases) times.push(await run("time", { figures: all.figures, uncertain, cap, carry }));
  const sections = [await usage(), ...(await orWhy(t("planner.risk"), async () => [await riskSection(times[0])]))];
  const order = orderIn(form);
  const winners = winnersIn(form.winners);
  const subPools = subPoolsIn(form, planning);
  const shares: { words: string; answer: SharesAnswer }[] = [];
  for (const [k, { cap }] of cases.entries()) {
    const answer = await run("shares", { figures, uncertain, cap, order, winners, subPools });
    shares.push({ words: words[k]!, answer });
    sections.push(sharesSection(words[k]!, answer));
    if (subPools) sections.push(subPoolSection(words[k]!, subPools, answer));
  }
  sections.push(await sizingSection());
  for (const [k, timed] of times.entries()) if (timed) sections.push(timeSection(words[k]!, timed, carry));
  const plan = yearsPlanIn(form);
  // Claims of one year, paid at once, are answered by the calendar.
  if (claimedYears(all.claims).length > 1 || [...YEAR_FIELDS, "year-pools" as const].some((name) => form[name]))
    sections.push(...(await orWhy(t("planner.part-years"), overYears)));
  if (several) sections.push(...(await togetherSections(several, run, spoken)));
  return { sections, shares };

  /** Where one section cannot be computed, it says why in its place, as in the pane; the others stand. */
  async function orWhy(title: string, make: () => Promise<ReportSection[]>): Promise<ReportSection[]> {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return [{ title, verdict: error.text[language], head: [""], rows: [], notes: [] }];
    }
  }

  async function overYears(): Promise<ReportSection[]> {
    const years = await run("years", { figures: all.figures, cap: cases[0]?.cap, plan });
    return years ? yearsSections(planning, plan, years, words[0]!, spoken) : [];
  }

  async function usage(): Promise<ReportSection> {
    const stats = await run("use", { figures, uncertain });
    return {
      title: t("planner.use"),
      verdict: usageVerdict(ground, stats[0]!),
      ...usageTable(planning, stats, spoken),
      notes: [...claimNotes(planning, spoken), usageNote(stats, spoken)],
    };
  }

  async function riskSection(timed: TimedUse | undefined): Promise<ReportSection> {
    const found = await run("risk", { figures, risk });
    const months = averageMonths(timed);
    return {
      title: t("planner.risk"),
      verdict: [
        riskVerdict(ground, found.cases[0]!, risk, months && mostlyAfter(months, planning.year)),
        ...(found.apart ? [togetherVerdict(ground, found.cases[0]!, found.apart, risk)] : []),
      ].join({ zh: "", en: " " }[language]),
      ...riskTable(planning, risk, found, spoken),
      notes: uncertain ? riskNotes(planning, spoken) : [t("planner.certain")],
    };
  }

  function sharesSection(of: string, answer: SharesAnswer): ReportSection {
    const { classes, shares: methods } = answer;
    const sizes = classes.map(({ from, to }, k) =>
      t("planner.class-range", { n: k + 1, from: formatYuan(from), to: formatYuan(to) }),
    );
    return {
      title: t("planner.of", { what: t("planner.sharing"), words: of }),
      verdict: sharingVerdict(
        ground,
        methods.map(({ method, parts }) => ({
          name: t(`planner.method-${method}`),
          parts: parts.map(({ paid }) => paid),
        })),
      ),
      ...sharesTable(answer, sizes, spoken),
      chart: { kind: "column", series: classes.length },
      notes: sharesNotes(order, answer, spoken),
    };
  }

  function subPoolSection(of: string, { names, spill }: NamedSubPools, answer: SharesAnswer): ReportSection {
    const lines = subPoolLines(names, answer.subPools!, language);
    return {
      title: t("planner.of", { what: t("planner.subpools-paid"), words: of }),
      verdict: subPoolWords(lines, language),
      ...subPoolTable(lines, spoken),
      notes: subPoolNotes(spill, answer, spoken),
    };
  }

  async function sizingSection(): Promise<ReportSection> {
    const sizing = await run("sizing", { figures, risk });
    return {
      title: t("planner.sizing"),
      verdict: sizingVerdict(ground, capVerdictOf(figures, sizing)),
      ...sizingTable(planning, sizing, spoken),
      notes: [
        ...(uncertain ? [t("planner.sizing-all-come")] : []),
        ...(planning.capped ? [t("planner.capped-claims")] : []),
      ],
    };
  }

  function timeSection(of: string, timed: TimedUse, carry: Carry): ReportSection {
    const title = t("planner.of", { what: t("planner.months"), words: of });
    const notes = monthsNotes(timed, carry, spoken);
    const words = (name: string): string => t(`planner.${name}` as "planner.month");
    const granted = grantedBy("months" in timed ? timed.months : timed.use.months, all.figures, carry);
    if ("months" in timed)
      return {
        title,
        verdict: monthsVerdict(ground, timed, carry !== "once"),
        head: [...CUMULATIVE, "month-claimed", "month-paid", "month-closing", "dry-chance"].map(words),
        rows: timed.months.map(({ month, claimed, paid, closing, dry, cumulative: { mean, p10, p90 } }, k) => ({
          label: month,
          figures: [...[mean, p10, p90, granted[k]!, claimed, paid, closing].map(money), share(dry)],
        })),
        chart: { kind: "line", series: CUMULATIVE.length - 1 },
        notes,
      };
    const { use, days } = timed;
    let sofar = 0;
    const never = t("planner.never-empty");
    const ordered =
      days &&
      (days.p50 === null ? never : t("planner.run-out-days", { p10: days.p10!, p50: days.p50, p90: days.p90! }));
    return {
      title,
      verdict: daysVerdict(ground, dryDays(planning, use, days)),
      head: [
        "month",
        "cumulative-paid",
        "cumulative-granted",
        "month-claimed",
        "month-paid",
        "month-lapsed",
        "month-closing",
      ].map(words),
      rows: use.months.map(({ month, claimed, paid, lapsed, closing }, k) => ({
        label: month,
        figures: [(sofar += paid), granted[k]!, claimed, paid, lapsed, closing].map(money),
      })),
      chart: { kind: "line", series: 2 },
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

/** What was typed beside the columns: chances by group, growth, good and bad times. */
function assumedIn(
  { byGroup, carry, yearCarry, all: { claims, figures } }: Planning,
  { t, language }: Words,
): string[] {
  const comma = { zh: "、", en: ", " }[language];
  const chances = groupsOf(claims).map(
    ({ name }) => `${name} ${percentWords(figures.claims.probabilities[claims.groups!.indexOf(name)]!)}`,
  );
  const { growth, factors } = figures;
  return [
    ...(byGroup ? [{ zh: "获批的可能：", en: "Chances: " }[language] + chances.join(comma)] : []),
    ...(growth
      ? [
          {
            zh: `整体增长：${growth.median} 倍，离散度 ${Number(growth.spread.toFixed(3))}`,
            en: `Common growth: times ${growth.median}, spread ${Number(growth.spread.toFixed(3))}`,
          }[language],
        ]
      : []),
    ...(claims.dated?.length
      ? [
          t("planner.report-carry", {
            time: t(`planner.carry-${carry}`),
            years: t(`planner.year-carry-${yearCarry}`),
          }),
        ]
      : []),
    ...factors.map(({ group, states }) => {
      const said = states.map(
        ({ chance, probability, size }) =>
          ({
            zh: `${percentWords(chance)} 的可能获批 ×${probability}、金额 ×${size}`,
            en: `with ${percentWords(chance)} chances ×${probability}, amounts ×${size}`,
          })[language],
      );
      return (
        { zh: `一起变动（${group ?? "全部申请"}）：`, en: `Together (${group ?? "all claims"}): ` }[language] +
        said.join({ zh: "；", en: "; " }[language])
      );
    }),
  ];
}

/**
 * What stands above the sections: what was asked, of which claims, and on which text and rules it rests.
 * @param sources where the claims stand, and what else was read of them
 */
export function frontOf(planning: Planning, sources: string, { t, language }: Words): string[] {
  const {
    pool: { entry },
    all: { claims },
  } = planning;
  const name = entry ? entry.instrument.name[language] : t("planner.own-pool");
  const total = claims.amounts.reduce((sum, amount) => sum + amount, 0);
  return [
    t("planner.report-title", { pool: name, year: planning.spoken ?? "" }).trim(),
    t("planner.report-question"),
    t("planner.report-claims", {
      n: claims.amounts.length,
      rows: claims.rows,
      total: formatYuan(total),
      pool: formatYuan(planning.amount),
    }),
    ...claimNotes(planning, { t, language }),
    t("planner.report-sources", { sources }),
    ...(entry
      ? [
          t("planner.report-clause", {
            document: entry.document.title[language],
            number: entry.document.number ?? "",
            article: entry.instrument.article ?? "",
            quote: quotesOf(entry.instrument).join("……"),
          }),
          t("planner.report-status", { status: statusWords(entry.document, language) }),
        ]
      : [t("planner.report-own-pool")]),
    t("planner.report-assumptions"),
    ...assumedIn(planning, { t, language }),
    t("planner.report-rules", { version: RULES_VERSION.version, date: RULES_VERSION.date }),
  ];
}

/** The same of several pools without one that is planned. */
export const frontOfPools = (sources: string, { t }: Words): string[] => [
  t("planner.report-title", { pool: t("planner.part-portfolio"), year: "" }).trim(),
  t("planner.report-sources", { sources }),
  t("planner.report-assumptions"),
  t("planner.report-rules", { version: RULES_VERSION.version, date: RULES_VERSION.date }),
];

/**
 * The report as sheets: its sections, and what each claim gets under each rule.
 * @param live where formulas can refer to the claims
 */
export function reportSheets(
  planning: Planning,
  { sections, shares }: PoolAnswer,
  front: readonly string[],
  spoken: Words,
  live?: Live,
): NewSheet[] {
  const { t } = spoken;
  const lists = shares.map(({ words, answer }) => {
    const title = t("planner.of", { what: t("planner.each-claim"), words });
    const sheet = new FigureSheet();
    sheet.lines([title, t("planner.report-fixed")]);
    sheet.table(listTable(planning, answer, spoken));
    return sheet.sheet(title, LIST_WIDTHS, []);
  });
  return [reportSheet(t("planner.report"), front, sections, live), ...lists];
}
