/** The verdict on a change: who gains, who loses, where the money comes from, and how concentrated it is. */
import type { Concentration, Gains, Language, Text } from "../../rules";
import { aboutMoney, aboutPart, leftOut } from "./figures";

export interface ChangeOfAll {
  /** Names of the two ways of paying; undefined: as it is. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Whether parties are firms; else they are rows. */
  readonly firms: boolean;
  /** Of the parties, those that one of the two ways adds. */
  readonly added: number;
  /** Rows that cannot be computed, and count nowhere. */
  readonly unknown: number;
  readonly all: Gains;
  /** By size, the smallest first. */
  readonly sizes: readonly { readonly label: Text; readonly gains: Gains }[];
  readonly concentration: readonly [before: Concentration, after: Concentration];
}

export function gainsVerdict(
  { from, to, firms, added, unknown, all, sizes, concentration }: ChangeOfAll,
  language: Language,
): string {
  const money = (fen: number): string => aboutMoney(fen, language);
  const part = (value: number): string => aboutPart(value, language);
  const { parties, gaining, losing, gained, lost, before, after } = all;
  const same = parties - gaining - losing;
  const way = (name: string | undefined): string =>
    name === undefined
      ? { zh: "现行做法", en: "things as they are" }[language]
      : { zh: `“${name}”`, en: `“${name}”` }[language];
  const unit = firms ? { zh: "家企业", en: "firms" }[language] : { zh: "行", en: "rows" }[language];
  const more = added ? { zh: `（其中新增${added}${unit[0]!}）`, en: ` (${added} of them added)` }[language] : "";
  const left = leftOut(unknown, language);
  const change = { zh: `由${way(from)}改为${way(to)}`, en: `From ${way(from)} to ${way(to)}` }[language];
  if (!gaining && !losing)
    return {
      zh: `${change}，${parties}${unit}${more}无一变动，合计仍为${money(after)}${left}。`,
      en: `${change} nothing changes for any of the ${parties} ${unit}${more}: ${money(after)} in all${left}.`,
    }[language];
  const difference = after - before;
  const total =
    difference === 0
      ? { zh: "合计不变", en: "the total stays the same" }[language]
      : difference < 0
        ? { zh: `合计少付${money(-difference)}`, en: `${money(-difference)} less in all` }[language]
        : { zh: `合计多付${money(difference)}`, en: `${money(difference)} more in all` }[language];
  const counts = {
    zh: `${parties}${unit}${more}中${gaining}${unit[0]!}多得（共${money(gained)}），${losing}${unit[0]!}少得（共${money(lost)}），${same}${unit[0]!}不变`,
    en: `${gaining} of ${parties} ${unit}${more} gain (${money(gained)}), ${losing} lose (${money(lost)}), ${same} stay as they are`,
  }[language];
  const [top, topAfter] = concentration.map(({ topFive }) => part(topFive)) as [string, string];
  const concentrated = {
    zh: `前五${unit[0]!}所占${top === topAfter ? `仍为${top}` : `由${top}变为${topAfter}`}`,
    en: `the five largest take ${top === topAfter ? `${top} as before` : `${topAfter} instead of ${top}`}`,
  }[language];
  const comma = { zh: "；", en: "; " }[language];
  return (
    [
      `${change}${{ zh: "，", en: ", " }[language]}${total}${left}`,
      counts,
      ...bySize(sizes, all, language),
      concentrated,
    ].join(comma) + { zh: "。", en: "." }[language]
  );
}

/** Where most of the lost money, or else of the gained, lies. */
function bySize(sizes: ChangeOfAll["sizes"], { lost, gained }: Gains, language: Language): string[] {
  if (sizes.length < 2) return [];
  const of = lost > 0 ? "lost" : "gained";
  const most = sizes.reduce((a, b) => (b.gains[of] > a.gains[of] ? b : a));
  const share = aboutPart(most.gains[of] / (lost > 0 ? lost : gained), language);
  return [
    {
      zh: `${lost > 0 ? "少得" : "多得"}的钱${share}在${most.label.zh}`,
      en: `${share} of what is ${of} lies in ${most.label.en}`,
    }[language],
  ];
}
