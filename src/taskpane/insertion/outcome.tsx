/** What the rows will show, before anything is written: the first results, the total, and what is refused, with its reason. */
import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { formatAddress } from "../../host/address";
import { formatYuan } from "../../rules";
import { valueAt, type Match } from "../../tables";
import { usePane } from "../context";
import { Facts } from "../facts";
import { amountWords } from "../money";
import { Section } from "../section";
import type { TableInHand } from "../table-in-hand";
import type { RowAnswer } from "./rows";

const FIRST = 5;

const useStyles = makeStyles({
  amount: { display: "block", textAlign: "right", fontVariantNumeric: "tabular-nums" },
  refused: { color: tokens.colorStatusDangerForeground1 },
});

interface Props {
  readonly table: TableInHand;
  readonly matches: readonly Match[];
  readonly answers: readonly RowAnswer[];
  /** Column of the results. */
  readonly column: number;
}

export function Outcome({ table, matches, answers, column }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const firm = matches.find(({ name }) => name === "firm")?.column;
  const label = (row: number): string =>
    [formatAddress({ row, column, rows: 1, columns: 1 }), firm === undefined ? "" : String(valueAt(table, row, firm))]
      .filter(Boolean)
      .join(" ");
  const paid = answers.filter(({ fen }) => fen !== undefined);
  const refused = answers.filter(({ fen }) => fen === undefined);
  const total = paid.reduce((sum, { fen }) => sum + fen!, 0);
  return (
    <>
      <Section title={t("insertion.preview")}>
        <Facts
          facts={paid.slice(0, FIRST).map(({ row, fen }) => [
            label(row),
            <span key={row} className={styles.amount}>
              {formatYuan(fen!)}
            </span>,
          ])}
        />
        <Text size={200} block role="status">
          {t("insertion.total", { n: paid.length, total: amountWords(total, language) })}
        </Text>
      </Section>
      <RefusedRows answers={refused} label={label} />
    </>
  );
}

interface RefusedProps {
  readonly answers: readonly RowAnswer[];
  readonly label: (row: number) => string;
}

/** The rows for which no amount can be computed, each with its reason. */
export function RefusedRows({ answers, label }: RefusedProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  if (!answers.length) return null;
  return (
    <Section title={t("insertion.refused", { n: answers.length })}>
      <Facts
        facts={answers.slice(0, FIRST).map(({ row, because }) => [
          label(row),
          <span key={row} className={styles.refused}>
            {because?.[language]}
          </span>,
        ])}
      />
      {answers.length > FIRST && <Text size={200}>{t("insertion.more-rows", { n: answers.length - FIRST })}</Text>}
    </Section>
  );
}
