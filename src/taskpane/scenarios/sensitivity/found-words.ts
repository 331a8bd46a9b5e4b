/** A break-even in one sentence. */
import { formatYuan, kindOfLever, leverRange, leverWords, type Language, type LeverValue } from "../../../rules";
import { amountWords } from "../../money";
import type { Translate } from "../../texts";
import type { Answer } from "./question";

export type FoundAnswer = Extract<Answer, { found: unknown }>;

/** How its values and amounts are written: in full alone, as what decides here are the last fen. */
export const wordsOf = ({ question: { lever, measure } }: FoundAnswer, t: Translate, language: Language) => {
  const amount = (fen: number): string => `${formatYuan(fen)} ${t("yuan")}`;
  return {
    of: t(`sensitivity.of-${measure}`),
    lever: leverRange(lever).name[language],
    amount,
    value: (value: LeverValue): string =>
      kindOfLever(lever) === "cap" ? amount(Number(value)) : leverWords(lever, value)[language],
  };
};

export function foundVerdict(answer: FoundAnswer, t: Translate, language: Language): string {
  const { question, found } = answer;
  const words = wordsOf(answer, t, language);
  const { of, lever, amount } = words;
  const wanted = amountWords(question.wanted, language);
  switch (found.kind) {
    case "above": {
      const { value, total } = found.most;
      return t("sensitivity.above", { of, lever, wanted, value: words.value(value), total: amount(total) });
    }
    case "below":
      return t("sensitivity.below", { of, lever, wanted, total: amount(found.least.total) });
    case "found": {
      const { answer: last, from, next } = found;
      const total = amount(last.total);
      if (!next) return t("sensitivity.from-on", { of, lever, value: words.value(from), total });
      return t(last.total === question.wanted ? "sensitivity.exactly" : "sensitivity.at-most", {
        of,
        lever,
        value: words.value(last.value),
        total,
        left: amount(question.wanted - last.total),
      });
    }
  }
}
