/** Gains and losses as sections of a report: all, by group, the largest, concentration, and the bridge. */
import { LEVERS, leverWords, type Change, type Gains, type Language } from "../../../rules";
import { scenarioTable } from "../../../tables";
import { bridgeVerdict, gainsVerdict } from "../../../writers/verdict";
import { brief } from "../../parts/amount";
import { count, money, share, type Figure } from "../../parts/figure";
import type { Translate } from "../../texts";
import type { ReportSection } from "../../parts/report";
import type { GainsAnswer, GroupGains, NamedChange } from "./question";

/** In a narrow pane only the first are seen. */
const COLUMNS = ["difference", "gaining", "losing", "gained", "lost", "before", "after", "parties"] as const;

const figuresOf = ({ parties, gaining, gained, losing, lost, before, after }: Gains): Figure[] => [
  money(after - before),
  count(gaining),
  count(losing),
  money(gained),
  money(-lost),
  money(before),
  money(after),
  count(parties),
];

export function gainsSections(answer: GainsAnswer, t: Translate, language: Language): ReportSection[] {
  const { all, groups, gains, losses, concentration, bridge, unbridged, firms, added, unknown } = answer;
  const unit = t(firms ? "gains.firms" : "gains.rows");
  const head = COLUMNS.map((name) => t(`gains.${name}`, { unit }));
  const plain = { verdict: "", notes: [] };
  const [before, after] = concentration;
  return [
    {
      ...plain,
      title: t("gains.all"),
      verdict: verdictOf(answer, language),
      head: [t("gains.all"), ...head],
      rows: [{ label: t("gains.all"), figures: figuresOf(all) }],
      notes: [
        t("gains.basis"),
        ...(added ? [t("gains.added-note")] : []),
        ...(unknown ? [t("gains.unknown-note", { n: unknown })] : []),
        ...(unbridged ? [t("gains.no-bridge", { because: unbridged[language] })] : []),
      ],
    },
    ...groups.map((group) => ({
      ...plain,
      title: groupTitle(group, t),
      head: [groupTitle(group, t), ...head],
      rows: group.rows.map(({ label, gains: found }) => ({ label: label[language], figures: figuresOf(found) })),
      ...(group.kind === "size" && { notes: [t("gains.by-size-note")] }),
    })),
    ...(
      [
        ["gains", gains],
        ["losses", losses],
      ] as const
    ).flatMap(([kind, changes]) => (changes.length ? { ...plain, ...largest(kind, changes, unit, t, language) } : [])),
    {
      ...plain,
      title: t("gains.concentration"),
      head: [t("gains.concentration"), t("gains.before"), t("gains.after")],
      rows: [
        { label: t("gains.top-five", { unit }), figures: [share(before.topFive), share(after.topFive)] },
        { label: t("gains.gini"), figures: [gini(before.gini), gini(after.gini)] },
      ],
      notes: [t("gains.gini-note", { unit })],
    },
    ...(bridge
      ? [
          {
            ...plain,
            title: t("gains.bridge"),
            verdict: bridgeVerdict(
              bridge,
              bridge.changes.map((change) => changeWords(change, language)),
              language,
            ),
            head: [t("gains.bridge-change"), t("gains.bridge-amount")],
            rows: [
              { label: t("gains.bridge-from"), figures: [money(bridge.before)] },
              ...bridge.changes.map((change, k) => ({
                label: changeWords(change, language),
                figures: [money(bridge.alone[k]!)],
              })),
              { label: t("gains.bridge-together"), figures: [money(bridge.together)] },
              { label: t("gains.bridge-to"), figures: [money(bridge.after)] },
            ],
            notes: [t("gains.bridge-note")],
            chart: {
              kind: "bridge" as const,
              series: 1 as const,
              title: t("gains.bridge-in-wan"),
              words: {
                data: t("gains.bridge-data"),
                base: t("gains.bridge-base"),
                total: t("gains.bridge-total"),
                more: t("gains.bridge-more"),
                less: t("gains.bridge-less"),
                "more-below": t("gains.bridge-more-below"),
                "less-below": t("gains.bridge-less-below"),
              },
            },
          },
        ]
      : []),
  ];
}

export const verdictOf = (answer: GainsAnswer, language: Language): string =>
  gainsVerdict({ ...answer, sizes: answer.groups.find(({ kind }) => kind === "size")?.rows ?? [] }, language);

const gini = (value: number): Figure => count(Math.round(value * 1e4) / 1e4);

const groupTitle = ({ kind, header = "" }: GroupGains, t: Translate): string =>
  kind === "column" ? t("gains.by-column", { header }) : t(`gains.by-${kind}`);

const largest = (
  kind: "gains" | "losses",
  changes: readonly NamedChange[],
  unit: string,
  t: Translate,
  language: Language,
) => ({
  title: t(`gains.largest-${kind}`),
  head: [unit, t("gains.before"), t("gains.after"), t("gains.difference")],
  rows: changes.map(({ name, before, after }) => ({
    label: name[language],
    figures: [money(before), money(after), money(after - before)],
  })),
});

/** "上限 300万元", "比例 25%", "读法…：…". */
export function changeWords({ field, changes }: Change, language: Language): string {
  const money = changes.cap ?? changes.pool;
  const [head, row] = scenarioTable([{ name: "", ...changes }], language) as [string[], unknown[]];
  const value = (k: number): string => {
    if (k === 1 && money !== undefined) return brief(money, language);
    const lever = LEVERS.find((one) => one === field);
    if (k === 1 && lever) return leverWords(lever, String(changes[lever]))[language];
    return String(row[k]);
  };
  return head
    .map((words, k) => `${words} ${value(k)}`)
    .slice(1)
    .join({ zh: "，", en: ", " }[language]);
}
