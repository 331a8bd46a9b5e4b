/** The table of scenarios: one row each; the row in hand shows its columns as fields. */
import { Button, makeStyles, mergeClasses, Text, tokens, Tooltip } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronRightRegular, CopyRegular, DeleteRegular } from "@fluentui/react-icons";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../../rules";
import { usePane } from "../context";
import { ChoiceField, MoneyField, NumberField } from "../parts/fields";
import { changesOf, refusalOf, type ScenarioColumn, type ScenarioRow } from "./table";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: "4px 0", padding: 0, maxHeight: "420px", overflowY: "auto" },
  item: { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  row: { display: "flex", alignItems: "center", gap: "4px" },
  open: { flexGrow: 1, minWidth: 0, justifyContent: "start", textAlign: "left", padding: "2px 0" },
  words: { minWidth: 0, overflowWrap: "anywhere" },
  changes: { display: "block", color: tokens.colorNeutralForeground2 },
  refused: { color: tokens.colorStatusDangerForeground1 },
  fields: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(200px, 1fr))",
    "& > *": { minWidth: 0 },
    gap: "8px",
    alignItems: "start",
    padding: "4px 0 8px",
  },
});

/** So many rows are listed at first, and with each wish for more: a thousand at once would hold up typing. */
const LISTED = 100;

interface Props {
  readonly rows: readonly ScenarioRow[];
  readonly columns: readonly ScenarioColumn[];
  readonly onRows: (rows: readonly ScenarioRow[]) => void;
}

export function Rows({ rows, columns, onRows }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const [opened, setOpened] = useState<number>();
  const [listed, setListed] = useState(LISTED);
  const replace = (index: number, ...by: readonly ScenarioRow[]) =>
    onRows([...rows.slice(0, index), ...by, ...rows.slice(index + 1)]);
  if (!rows.length) return <Text size={200}>{t("scenarios.none")}</Text>;
  return (
    <ol className={styles.list} aria-label={t("scenarios.table")}>
      {rows.slice(0, listed).map((row, index) => (
        <li key={index} className={styles.item}>
          <div className={styles.row}>
            <RowButton
              row={row}
              columns={columns}
              language={language}
              open={opened === index}
              onOpen={() => setOpened(opened === index ? undefined : index)}
            />
            <Tooltip relationship="label" content={t("scenarios.duplicate", { name: row.name ?? "" })}>
              <Button
                size="small"
                appearance="subtle"
                icon={<CopyRegular />}
                onClick={() => {
                  replace(index, row, { ...row, name: t("scenarios.copy-of", { name: row.name ?? "" }) });
                  setOpened(index + 1);
                }}
              />
            </Tooltip>
            <Tooltip relationship="label" content={t("scenarios.delete", { name: row.name ?? "" })}>
              <Button
                size="small"
                appearance="subtle"
                icon={<DeleteRegular />}
                onClick={() => {
                  replace(index);
                  setOpened(undefined);
                }}
              />
            </Tooltip>
          </div>
          {opened === index && (
            <div className={styles.fields}>
              {columns.map((column) => (
                <CellField
                  key={column.name}
                  column={column}
                  value={row[column.name] ?? ""}
                  onValue={(value) => replace(index, { ...row, [column.name]: value })}
                />
              ))}
            </div>
          )}
        </li>
      ))}
      {rows.length > listed && (
        <li className={styles.item}>
          <Button size="small" appearance="subtle" onClick={() => setListed(listed + LISTED)}>
            {t("scenarios.more", { n: rows.length - listed })}
          </Button>
        </li>
      )}
    </ol>
  );
}

interface RowProps {
  readonly row: ScenarioRow;
  readonly columns: readonly ScenarioColumn[];
  readonly language: Language;
  readonly open: boolean;
  readonly onOpen: () => void;
}

function RowButton({ row, columns, language, open, onOpen }: RowProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const refusal = useMemo(() => refusalOf(row), [row]);
  const changes = changesOf(row, columns, language);
  return (
    <Button
      size="small"
      appearance="transparent"
      className={styles.open}
      aria-expanded={open}
      icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
      onClick={onOpen}
    >
      <span className={styles.words}>
        {row.name || t("scenarios.unnamed")}
        <Text size={200} className={mergeClasses(styles.changes, refusal && styles.refused)}>
          {refusal ? refusal[language] : changes || t("scenarios.no-change")}
        </Text>
      </span>
    </Button>
  );
}

interface CellProps {
  readonly column: ScenarioColumn;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

function CellField({ column: { label, help, options, isAmount }, value, onValue }: CellProps) {
  const { t } = useTranslation();
  const hint = help === undefined ? {} : { hint: help };
  if (isAmount) return <MoneyField label={label} value={value} unit={10_000} onValue={onValue} {...hint} />;
  if (!options) return <NumberField label={label} value={value} onValue={onValue} {...hint} />;
  const offered = [["", t("scenarios.as-base")] as const, ...options];
  // The sheet may name what this base does not offer.
  if (!offered.some(([key]) => key === value)) offered.push([value, value]);
  return <ChoiceField label={label} value={value} options={offered} onValue={onValue} {...hint} />;
}
