/** Which sub-pool paid what, as a table and in one sentence. */
import { formatChinese, formatYuan, type Language, type SubPoolShares, type Text } from "../rules";

/** The columns behind the name of the sub-pool; `from`: whose money it took over, in words. */
export const SUB_POOL_COLUMNS = {
  amount: { zh: "本池金额", en: "own money" },
  claimed: { zh: "申请", en: "claimed" },
  need: { zh: "封顶后", en: "after the cap" },
  received: { zh: "调入", en: "taken over" },
  given: { zh: "调出", en: "given to others" },
  paid: { zh: "支付", en: "paid" },
  unpaid: { zh: "少付", en: "unpaid" },
  left: { zh: "结余", en: "left" },
} as const satisfies Readonly<Record<string, Text>>;
export type SubPoolColumn = keyof typeof SUB_POOL_COLUMNS;
export const SUB_POOL_NAMES = Object.keys(SUB_POOL_COLUMNS) as SubPoolColumn[];

export const SUB_POOL: Text = { zh: "子资金池", en: "sub-pool" };
export const FROM: Text = { zh: "调入自", en: "taken over from" };
const REST: Text = { zh: "未分到子资金池的部分", en: "the part in no sub-pool" };

/** One line of the table; fen, on average where years are drawn. */
export interface SubPoolLine {
  readonly name: string;
  readonly figures: Readonly<Record<SubPoolColumn, number>>;
  readonly from: string;
}

/** @param names of the sub-pools, in their order */
export function subPoolLines(
  names: readonly string[],
  { uses, left }: Pick<SubPoolShares, "uses" | "left">,
  language: Language,
): SubPoolLine[] {
  const money = (fen: number): string => moneyWords(fen, language);
  const lines = uses.map(({ amount, claimed, need, received, given, paid, left: rest }, k): SubPoolLine => ({
    name: names[k]!,
    figures: {
      amount,
      claimed,
      need,
      received: received.reduce((sum, { fen }) => sum + fen, 0),
      given,
      paid,
      unpaid: need - paid,
      left: rest,
    },
    from: received
      .map(({ from, fen }) => `${from < 0 ? REST[language] : names[from]!} ${money(fen)}`)
      .join(language === "zh" ? "、" : ", "),
  }));
  const free =
    left + uses.flatMap(({ received }) => received).reduce((sum, { from, fen }) => sum + (from < 0 ? fen : 0), 0);
  if (!free) return lines;
  const nothing = { claimed: 0, need: 0, received: 0, paid: 0, unpaid: 0 };
  return [
    ...lines,
    { name: REST[language], figures: { ...nothing, amount: free, given: free - left, left }, from: "" },
  ];
}

/** "“二档”另调入：一档 800 万元；“三档”少付 600 万元": what each sub-pool could not pay by itself. */
export function subPoolWords(lines: readonly SubPoolLine[], language: Language): string {
  const zh = language === "zh";
  const words = lines.flatMap(({ name, figures: { received, unpaid }, from }) => {
    const own = zh ? `“${name}”` : name;
    const taken = received ? [zh ? `${own}另调入：${from}` : `${own} took over: ${from}`] : [];
    const short = unpaid
      ? [zh ? `${own}少付 ${moneyWords(unpaid, language)}` : `${own} leaves ${moneyWords(unpaid, language)} unpaid`]
      : [];
    return [...taken, ...short];
  });
  if (words.length) return words.join(zh ? "；" : "; ");
  return zh ? "各子资金池以本池资金全额支付，没有调剂" : "each sub-pool pays all its claims out of its own money";
}

/** Of whole fen exactly; of an average to the fen. */
function moneyWords(fen: number, language: Language): string {
  const whole = Math.round(fen);
  return language === "zh" ? formatChinese(whole) : `${formatYuan(whole)} yuan`;
}
