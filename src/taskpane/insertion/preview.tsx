/** What the first rows will show, computed with the workings that the cells will have. */
import { Text } from "@fluentui/react-components";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { formatAddress, parseAddress } from "../../host/address";
import type { Place, Workbook } from "../../host/workbook";
import { formatYuan } from "../../rules";
import { refusalText } from "../../writers/sentence";
import { useAnswer } from "../answer";
import { usePane } from "../context";
import { explain, type Answer } from "../explanation/explain";
import { Facts } from "../facts";
import { Failure } from "../failure";
import { callsIn } from "../formula";
import { FUNCTION_NAMES } from "../../functions/declared";
import { Section } from "../section";
import { Waiting } from "../waiting";

const ROWS = 5;

interface Props {
  readonly host: Workbook;
  readonly formula: string;
  readonly area: Place;
}

export function Preview({ host, formula, area }: Props) {
  const { t } = useTranslation();
  const { language } = usePane();
  const { sheet, address } = area;
  const ask = useCallback(async () => {
    const call = callsIn(formula, FUNCTION_NAMES)[0]!;
    const { count, at } = await explain(host, call, sheet);
    return { count, answers: Array.from({ length: Math.min(count, ROWS) }, (_, row) => at(row).answer) };
  }, [host, formula, sheet]);
  const preview = useAnswer(ask);
  if (preview.state === "waiting") return <Waiting />;
  if (preview.state === "failed") return <Failure error={preview.error} />;
  const { row, column } = parseAddress(address)!;
  const words = (answer: Answer): string => {
    if (answer.kind === "refused") return `#VALUE! ${answer.text[language]}`;
    if (answer.kind !== "award") return t("insertion.no-preview");
    const { outcome, fen } = answer.award;
    return outcome.kind === "award" ? formatYuan(fen) : (refusalText(answer.award)?.[language] ?? formatYuan(0));
  };
  const { count, answers } = preview.value;
  const hidden = count - answers.length;
  return (
    <Section title={t("insertion.preview")}>
      <Facts
        facts={answers.map((answer, index) => [
          formatAddress({ row: row + index, column, rows: 1, columns: 1 }),
          words(answer),
        ])}
      />
      {hidden > 0 && <Text size={200}>{t("insertion.more-rows", { n: hidden })}</Text>}
    </Section>
  );
}
