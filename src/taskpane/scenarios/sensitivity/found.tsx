/** What stands below the sentence of a break-even: over which values it holds, and what a step further gives. */
import { Text } from "@fluentui/react-components";
import { Exact, formatYuan, kindOfLever, leverRange, type BreakEvenLever, type TotalGrowth } from "../../../rules";
import { usePane } from "../../context";
import { useWords } from "../../words";
import { wordsOf, type FoundAnswer } from "./found-words";

export function Found({ answer }: { readonly answer: FoundAnswer }) {
  const t = useWords();
  const { language } = usePane();
  const { question, found } = answer;
  if (found.kind !== "found" || !found.next) return null;
  const { answer: last, from, next, growth } = found;
  const { of, lever, amount, value } = wordsOf(answer, t, language);
  return (
    <>
      {from !== last.value && (
        <Line
          words={t("sensitivity.interval", {
            of,
            lever,
            from: value(from),
            to: value(last.value),
            total: amount(last.total),
          })}
        />
      )}
      <Line words={t("sensitivity.next", { of, value: value(next.value), total: amount(next.total) })} />
      {growth && growth.from !== growth.to && (
        <Line
          words={t(`sensitivity.growth-${kindOfLever(question.lever) as "cap" | "rate"}`, {
            from: value(growth.from),
            to: value(growth.to),
            more: moreOf(growth, question.lever),
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

function Line({ words }: { readonly words: string }) {
  return (
    <Text size={200} block>
      {words}
    </Text>
  );
}
