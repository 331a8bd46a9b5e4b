/** A break-even in words. */
import { Text } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import {
  Exact,
  formatYuan,
  kindOfLever,
  leverRange,
  leverWords,
  type BreakEvenLever,
  type LeverValue,
  type TotalGrowth,
} from "../../../rules";
import { usePane } from "../../context";
import { amountWords } from "../../money";
import type { Answer } from "./question";

export function Found({ answer }: { readonly answer: Extract<Answer, { found: unknown }> }) {
  const { t } = useTranslation();
  const { language } = usePane();
  const { question, found } = answer;
  const { lever: moved } = question;
  const lever = leverRange(moved).name[language];
  const wanted = amountWords(question.wanted, language);
  // In full alone: what decides here are the last fen.
  const amount = (fen: number): string => `${formatYuan(fen)} ${t("yuan")}`;
  const words = (value: LeverValue): string =>
    kindOfLever(moved) === "cap" ? amount(Number(value)) : leverWords(moved, value)[language];
  if (found.kind === "above") {
    const { value, total } = found.most;
    return <Line words={t("sensitivity.above", { lever, wanted, value: words(value), total: amount(total) })} />;
  }
  if (found.kind === "below") {
    return <Line words={t("sensitivity.below", { lever, wanted, total: amount(found.least.total) })} />;
  }
  const { answer: last, from, next, growth } = found;
  const [value, total] = [words(last.value), amount(last.total)];
  const exact = last.total === question.wanted;
  const finding = next
    ? t(exact ? "sensitivity.exactly" : "sensitivity.at-most", {
        lever,
        value,
        total,
        left: amount(question.wanted - last.total),
      })
    : t("sensitivity.from-on", { lever, value: words(from), total });
  return (
    <>
      <Line words={finding} strong />
      {next && from !== last.value && (
        <Line words={t("sensitivity.interval", { lever, from: words(from), to: value, total })} />
      )}
      {next && <Line words={t("sensitivity.next", { value: words(next.value), total: amount(next.total) })} />}
      {next && growth && growth.from !== growth.to && (
        <Line
          words={t(`sensitivity.growth-${kindOfLever(moved) as "cap" | "rate"}`, {
            from: words(growth.from),
            to: words(growth.to),
            more: moreOf(growth, moved),
          })}
        />
      )}
    </>
  );
}

/** What a whole yuan of cap, or a percentage point of rate, adds: in yuan. */
function moreOf({ perStep }: TotalGrowth, lever: BreakEvenLever): string {
  const step = leverRange(lever).step;
  const unit = new Exact(kindOfLever(lever) === "cap" ? 100 : "0.01");
  return formatYuan(unit.div(step).times(perStep).toDecimalPlaces(0));
}

function Line({ words, strong = false }: { readonly words: string; readonly strong?: boolean }) {
  return (
    <Text size={strong ? 300 : 200} weight={strong ? "semibold" : "regular"} block>
      {words}
    </Text>
  );
}
