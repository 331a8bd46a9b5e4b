/** Sets side by side, and what has moved between two runs, as sections of a report. */
import type { Language } from "../../../rules";
import type { ScenarioSet } from "../../../tables";
import { aboutMoney, movedVerdict } from "../../../writers/verdict";
import { count, money, text, type Figure } from "../../parts/figure";
import type { ReportSection } from "../../parts/report";
import type { Translate } from "../../texts";
import { STEPS, type MovedAnswer } from "./question";

/** What each scenario came to in each set's last run, scenarios of one name in one line: the second of a name beside the second. */
export function sideBySide(sets: readonly ScenarioSet[], t: Translate): ReportSection {
  const ran = sets.filter(({ last }) => last);
  const totals = ran.map(({ scenarios, last }) => {
    const names = [t("sets.as-is"), ...scenarios.map(({ name }) => name)];
    const before = (name: string, place: number): number => names.slice(0, place).filter((one) => one === name).length;
    return new Map(names.map((name, k) => [JSON.stringify([name, before(name, k)]), last!.totals[k]]));
  });
  const lines = [...new Set(totals.flatMap((one) => [...one.keys()]))];
  return {
    title: t("sets.side-by-side"),
    verdict: "",
    head: [t("sets.scenario"), ...ran.map(({ name }) => name)],
    rows: lines.map((line) => ({
      label: (JSON.parse(line) as [string, number])[0],
      figures: totals.map((one): Figure => {
        const found = one.get(line);
        return found ? money(found.total) : text("—");
      }),
    })),
    notes: [t("sets.side-by-side-note")],
    chart: { kind: "column", series: ran.length },
  };
}

export function movedSections(answer: MovedAnswer, t: Translate, language: Language): ReportSection[] {
  const { rows, totals, fresh, largest } = answer;
  const computed = totals.filter(({ refusal }) => !refusal);
  const refused = totals.filter(({ refusal }) => refusal);
  return [
    {
      title: t("sets.moved"),
      verdict: movedVerdict(answer, language),
      head: [
        t("sets.scenario"),
        t("sets.difference"),
        t("sets.noted"),
        t("sets.now"),
        t("sets.rules"),
        ...STEPS.map((step) => t(`sets.${step}`)),
        t("sets.together"),
      ],
      rows: computed.map(({ name, noted, rules, bridge }) => ({
        label: name ?? t("sets.as-is"),
        figures: [bridge.after - noted, noted, bridge.after, rules, ...bridge.alone, bridge.together].map((fen) =>
          money(fen),
        ),
      })),
      notes: [
        t("sets.bridge-note"),
        ...refused.map(({ name, refusal }) =>
          t("sets.refused", { name: name ?? t("sets.as-is"), because: refusal![language] }),
        ),
        ...(fresh.length ? [t("sets.fresh", { names: fresh.join(t("parts.list-comma")) })] : []),
      ],
    },
    {
      title: t("sets.rows"),
      verdict: "",
      head: [t("sets.rows"), t("sets.count")],
      rows: (["added", "gone", "changed", "same"] as const).map((kind) => ({
        label: t(`sets.${kind}`),
        figures: [count(rows[kind])],
      })),
      notes: [t("sets.rows-note")],
    },
    ...(largest.length
      ? [
          {
            title: t("sets.largest"),
            verdict: "",
            head: [t("sets.row"), t("sets.difference"), t("sets.noted"), t("sets.now")],
            rows: largest.map(({ name, before, after }) => ({
              label: name[language],
              figures: [money(after - before), money(before), money(after)],
            })),
            notes: [],
          },
        ]
      : []),
  ];
}

/** Names of sets as a choice shows them: with the total that each came to, where it was run. */
export const setLabel = ({ name, scenarios, last }: ScenarioSet, t: Translate, language: Language): string =>
  last?.totals[0]
    ? t("sets.label-run", { name, n: scenarios.length, total: aboutMoney(last.totals[0].total, language) })
    : t("sets.label", { name, n: scenarios.length });
