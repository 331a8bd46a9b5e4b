/** The verdict on two runs of one set of scenarios: which rows moved, what that did to the total, which scenario moved most. */
import type { Bridge, Language } from "../../rules";
import { aboutMoney, leftOut } from "./figures";

export interface Moved {
  readonly rows: Readonly<Record<"same" | "gone" | "added" | "changed", number>>;
  /** Rows that cannot be computed as things are, and are in no total. */
  readonly unknown: { readonly then: number; readonly now: number };
  /** The rows as they are first; the bridge goes by gone, added, changed. */
  readonly totals: readonly {
    readonly name: string | undefined;
    readonly refusal?: unknown;
    readonly noted: number;
    readonly rules: number;
    readonly bridge: Bridge;
  }[];
}

const STEPS = [
  { zh: "去掉的行", en: "rows gone" },
  { zh: "新增的行", en: "new rows" },
  { zh: "改动的行", en: "changed rows" },
] as const;

export function movedVerdict({ rows, unknown, totals }: Moved, language: Language): string {
  const signed = (fen: number): string => `${fen < 0 ? "−" : "+"}${aboutMoney(Math.abs(fen), language)}`;
  const computed = totals.filter(({ refusal }) => !refusal);
  const difference = ({ noted, bridge }: Moved["totals"][number]): number => bridge.after - noted;
  const [asIs, ...others] = computed;
  const { gone, added, changed } = rows;
  const before =
    unknown.then === unknown.now
      ? ""
      : unknown.then
        ? { zh: `（上次有${unknown.then}行算不出）`, en: ` (${unknown.then} rows could not be computed then)` }[
            language
          ]
        : { zh: "（上次都算得出）", en: " (then each could)" }[language];
  const left = leftOut(unknown.now, language) + before;
  const counts = {
    zh: gone + added + changed ? `新增${added}行、去掉${gone}行、改动${changed}行` : "数据没有变动",
    en: gone + added + changed ? `${added} rows are new, ${gone} gone, ${changed} changed` : "the rows are the same",
  }[language];
  const begin = { zh: `与上次运行相比，${counts}`, en: `Since the last run ${counts}` }[language];
  const end = { zh: "。", en: "." }[language];
  const semicolon = { zh: "；", en: "; " }[language];
  if (!asIs || asIs.name !== undefined) return begin + end;
  if (computed.every((one) => difference(one) === 0))
    return begin + { zh: "，各情景合计都与上次相同", en: ", and every total is as it was" }[language] + left + end;
  const money = (fen: number): string => aboutMoney(fen, language);
  const by = [
    ...(asIs.rules ? [{ zh: "规则或年度", en: "rules or year " }[language] + signed(asIs.rules)] : []),
    ...STEPS.flatMap((step, k) =>
      asIs.bridge.alone[k] ? [`${step[language]}${language === "en" ? " " : ""}${signed(asIs.bridge.alone[k])}`] : [],
    ),
    ...(asIs.bridge.together ? [{ zh: "相互影响", en: "together " }[language] + signed(asIs.bridge.together)] : []),
  ];
  const [from, to] = [money(asIs.noted), money(asIs.bridge.after)];
  const way = by.length ? { zh: `（${by.join("，")}）`, en: ` (${by.join(", ")})` }[language] : "";
  const asThings = { zh: "现行做法合计", en: "as things are the total " }[language];
  // Two amounts that sound alike are said as what lies between them.
  const change = !difference(asIs)
    ? { zh: `仍为${from}`, en: `stays at ${from}` }[language]
    : from === to
      ? { zh: `${to}，变动${signed(difference(asIs))}`, en: `is ${to}, ${signed(difference(asIs))}` }[language]
      : { zh: `由${from}变为${to}`, en: `goes from ${from} to ${to}` }[language];
  const total = asThings + change + way + left;
  const most = others.reduce<(typeof others)[number] | undefined>(
    (a, b) => (difference(b) && (!a || Math.abs(difference(b)) > Math.abs(difference(a))) ? b : a),
    undefined,
  );
  const scenario =
    most &&
    {
      zh: `情景中变化最大的是“${most.name}”（${signed(difference(most))}）`,
      en: `of the scenarios “${most.name}” moves most (${signed(difference(most))})`,
    }[language];
  return [begin, total, ...(scenario ? [scenario] : [])].join(semicolon) + end;
}
