/** The working paper of one award: the answer, the limits with the binding one first, then clause and readings. */
import { Badge, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { formatYuan, type Award, type Row } from "../../rules";
import type { Under } from "../../writers/among";
import { documentWords, workingPaper, type WorkingLine } from "../../writers/explain";
import { quotesOf } from "../../writers/terms";
import { Clause } from "../clause/clause";
import { usePane } from "../context";
import { Facts } from "../facts";
import { amountWords } from "../money";

const useStyles = makeStyles({
  answer: { margin: "8px 0", padding: "8px", borderLeft: `4px solid ${tokens.colorBrandStroke1}` },
  amount: { display: "block", fontVariantNumeric: "tabular-nums" },
  lines: { listStyleType: "none", margin: "0 0 8px", padding: 0 },
  line: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) max-content",
    gap: "0 8px",
    padding: "4px 8px",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  binding: { backgroundColor: tokens.colorNeutralBackground3 },
  number: { fontVariantNumeric: "tabular-nums", textAlign: "right" },
  computation: { gridColumn: "1 / -1", color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
});

interface Props {
  readonly award: Award;
  readonly row: Row;
  /** The row under other readings, where it does not stand alone. */
  readonly under?: Under | undefined;
  /** Inputs that the table's rows of earlier years tell. */
  readonly counted?: readonly string[] | undefined;
}

export function Paper({ award, row, under, counted }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const { lines, remarks } = workingPaper(award, row, language, under, counted);
  const [outcome, ...rest] = remarks;
  const { entry } = award.plan;
  // The document and its words stand in the citation.
  const cited = [...quotesOf(entry.instrument), documentWords(entry, language)];
  const facts = rest.filter(({ value }) => !cited.includes(value));
  return (
    <div>
      <div className={styles.answer} role="status" aria-label={t("working.answer")}>
        {award.outcome.kind === "award" ? (
          <Text size={500} weight="semibold" className={styles.amount}>
            {amountWords(award.fen, language)}
          </Text>
        ) : (
          <Text weight="semibold">{outcome?.value}</Text>
        )}
      </div>
      {lines.length > 0 && (
        <ol className={styles.lines} aria-label={t("working.limits")}>
          {[...lines]
            .sort((a, b) => Number(b.binds ?? false) - Number(a.binds ?? false))
            .map((line, i) => (
              <Line key={i} line={line} />
            ))}
        </ol>
      )}
      <Facts facts={facts.map(({ label, value }) => [label, value])} />
      <Clause entry={entry} without={facts.map(({ label }) => label)} />
    </div>
  );
}

function Line({ line: { label, computation, fen, binds } }: { readonly line: WorkingLine }) {
  const styles = useStyles();
  const { t } = useTranslation();
  return (
    <li className={mergeClasses(styles.line, binds && styles.binding)}>
      <Text size={200} weight={binds ? "semibold" : "regular"}>
        {label} {binds && <Badge size="small">{t("working.binds")}</Badge>}
      </Text>
      <Text size={200} className={styles.number}>
        {fen === undefined ? "" : formatYuan(fen)}
      </Text>
      {computation && (
        <Text size={200} className={styles.computation}>
          {computation}
        </Text>
      )}
    </li>
  );
}
