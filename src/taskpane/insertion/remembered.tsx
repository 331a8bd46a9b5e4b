/** The headers that the workbook remembers with what they fill; each can be forgotten. */
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Button,
  makeStyles,
  Text,
} from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { CATALOGUE, type Language } from "../../rules";
import { inputsOf } from "../../tables";
import type { Chosen, ChosenHeaders } from "../chosen";
import { usePane } from "../context";
import { UNIT_WORDS } from "../parts/amount";
import { COLUMN_LABELS, TABLE_COLUMNS } from "./compose";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: { display: "flex", gap: "8px", alignItems: "center", justifyContent: "space-between" },
  words: { minWidth: 0, overflowWrap: "anywhere" },
});

interface Props {
  readonly chosen: ChosenHeaders;
  readonly onForget: (header: string) => void;
}

export function Remembered({ chosen, onForget }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  if (!chosen.size) return null;
  const meaning = ({ name, unit }: Chosen): string => {
    const column = TABLE_COLUMNS.find((one) => one === name);
    const words = column ? t(COLUMN_LABELS[column]) : name ? inputWords(name, language) : t("insertion.unused");
    return unit ? `${words}（${t(UNIT_WORDS[unit])}）` : words;
  };
  return (
    <Accordion collapsible>
      <AccordionItem value="remembered">
        <AccordionHeader size="small">{t("insertion.remembered", { n: chosen.size })}</AccordionHeader>
        <AccordionPanel>
          <Text size={200} block>
            {t("insertion.remembered-where")}
          </Text>
          <ul className={styles.list}>
            {[...chosen].map(([header, one]) => (
              <li key={header} className={styles.item}>
                <Text size={200} className={styles.words}>
                  {t("insertion.remembered-as", { header, meaning: meaning(one) })}
                </Text>
                <Button size="small" aria-label={t("insertion.forget-of", { header })} onClick={() => onForget(header)}>
                  {t("insertion.forget")}
                </Button>
              </li>
            ))}
          </ul>
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  );
}

/** The words of an input, whatever instrument it belongs to. */
function inputWords(name: string, language: Language): string {
  const entry = CATALOGUE.find((one) => name in inputsOf(one));
  return entry ? inputsOf(entry)[name]![language] : name;
}
