/** The verdicts on several pools at once: that any of them runs out, and the split of their money for an aim. */
import { aboutMoney, aboutPart } from "./figures";
import { counted, groundWords, movedBetween, type Ground, type SplitPool } from "./pool";

/** All pools at once: in the same times they run dry together. */
export function anyVerdict({ language }: Pick<Ground, "language">, any: number): string {
  return {
    zh: `至少一个池用尽的可能为${aboutPart(any, "zh")}。`,
    en: ` At least one of them runs out with ${aboutPart(any, "en")}.`,
  }[language];
}

/** The split for another aim: the fewest pools that run out, or none of them in more than one case of ten. */
export function aimVerdict(
  ground: Pick<Ground, "language" | "given">,
  aim: "risk" | "each",
  before: readonly SplitPool[],
  after: readonly SplitPool[] | undefined,
  /** Fen that are missing for the last aim. */
  short: number,
): string {
  const { language } = ground;
  const money = (fen: number): string => aboutMoney(fen, language);
  if (!after)
    return {
      zh: `${groundWords(ground)}现有的钱做不到各池用尽的可能都不超过10%，还差${money(short)}。`,
      en: `${groundWords(ground)}the money does not keep every pool at or below 10%: ${money(short)} more is needed.`,
    }[language];
  const moved = movedBetween(before, after);
  const expected = (pools: readonly SplitPool[]): number => pools.reduce((sum, { runsOut }) => sum + runsOut, 0);
  const highest = Math.max(...after.map(({ runsOut }) => runsOut));
  if (aim === "each")
    return {
      zh: `${groundWords(ground)}${moved ? `挪动${money(moved)}` : "不必挪动"}，可挪动的各池用尽的可能都不超过10%（全部的最高为${aboutPart(highest, "zh")}）。`,
      en: `${groundWords(ground)}moving ${moved ? money(moved) : "nothing"} keeps every pool that may be changed at or below 10% (the highest of all: ${aboutPart(highest, "en")}).`,
    }[language];
  if (!moved)
    return {
      zh: `${groundWords(ground)}挪动没有好处：现有分法下预期用尽的池为${counted(expected(before))}个，已是最少；用尽的可能最高的池为${aboutPart(highest, "zh")}。`,
      en: `${groundWords(ground)}nothing is gained by moving money: ${counted(expected(before))} pools are expected to run out as it is split now, the fewest; the highest chance of a pool is ${aboutPart(highest, "en")}.`,
    }[language];
  return {
    zh: `${groundWords(ground)}挪动${money(moved)}，预期用尽的池由${counted(expected(before))}个减到${counted(expected(after))}个；用尽的可能最高的池为${aboutPart(highest, "zh")}。`,
    en: `${groundWords(ground)}moving ${money(moved)} brings the expected number of pools that run out from ${counted(expected(before))} to ${counted(expected(after))}; the highest chance of a pool is ${aboutPart(highest, "en")}.`,
  }[language];
}
