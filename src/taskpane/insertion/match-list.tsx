/** Each column of the table with its first values, and what it fills: seen, and one choice away from another meaning. */
import { Badge, makeStyles, mergeClasses, Select, Text, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { GENERAL_INPUTS, type Entry, type Input } from "../../rules";
import { headerKey, valueAt, type Match, type Unit } from "../../tables";
import type { Chosen } from "../chosen";
import { usePane } from "../context";
import { UNIT_WORDS } from "../parts/amount";
import type { TableInHand } from "../table-in-hand";
import { COLUMN_LABELS, TABLE_COLUMNS } from "./compose";
import { dayOf } from "./rows";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)",
    gap: "0 8px",
    alignItems: "center",
    padding: "4px 0",
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  head: { minWidth: 0, overflowWrap: "anywhere" },
  values: {
    display: "block",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    color: tokens.colorNeutralForeground3,
  },
  unused: { color: tokens.colorNeutralForeground3 },
  // A narrow pane shows the unit under the meaning, so that neither is cut off.
  choices: { display: "flex", flexWrap: "wrap", gap: "4px", minWidth: 0 },
  meaning: { flex: "1 1 120px", minWidth: 0 },
  unit: { flex: "0 0 72px", minWidth: 0, marginLeft: "auto" },
});

const SHOWN = 3;

interface Props {
  readonly table: TableInHand;
  readonly matches: readonly Match[];
  readonly entries: readonly Entry[];
  readonly onChoose: (header: string, chosen: Chosen) => void;
  /** By column, what it serves beside the policy. */
  readonly elsewhere?: Readonly<Record<number, string>> | undefined;
}

export function MatchList({ table, matches, entries, onChoose, elsewhere = {} }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const inputs: Readonly<Record<string, Input>> = Object.assign(
    {},
    ...[...entries].reverse().map(({ instrument }) => instrument.inputs),
  ) as Record<string, Input>;
  const all: Readonly<Record<string, Input>> = { ...inputs, ...GENERAL_INPUTS };
  const values = ({ column, name }: Match): string =>
    table.region.rows
      .slice(0, SHOWN)
      .map((row) => {
        const value = valueAt(table, row, column);
        return String((name === "year" && typeof value === "number" && dayOf(value)) || value);
      })
      .filter(Boolean)
      .join(language === "zh" ? "、" : ", ");
  return (
    <ul className={styles.list}>
      {matches.map((match) => {
        const label = match.full || match.header || t("insertion.no-header");
        const isAmount = match.name !== undefined && all[match.name]?.kind === "money";
        return (
          <li key={match.column} className={styles.item}>
            <div className={styles.head}>
              <Text
                size={200}
                weight="semibold"
                className={mergeClasses(!match.name && !elsewhere[match.column] && styles.unused)}
              >
                {label}{" "}
                {match.hidden && (
                  <Badge size="small" appearance="outline" color="informative">
                    {t("insertion.hidden")}
                  </Badge>
                )}
                {match.chosen && (
                  <Badge size="small" appearance="outline" color="informative">
                    {t("insertion.chosen")}
                  </Badge>
                )}
              </Text>
              <Text size={100} className={styles.values}>
                {values(match)}
              </Text>
            </div>
            <div className={styles.choices}>
              <Select
                size="small"
                className={styles.meaning}
                aria-label={t("insertion.fills", { header: label })}
                value={match.name ?? ""}
                onChange={(_, { value }) => onChoose(headerKey(match), { name: value })}
              >
                <option value="">{elsewhere[match.column] ?? t("insertion.unused")}</option>
                {Object.entries(inputs).map(([name, input]) => (
                  <option key={name} value={name}>
                    {input[language]}
                  </option>
                ))}
                {TABLE_COLUMNS.map((name) => (
                  <option key={name} value={name}>
                    {t(COLUMN_LABELS[name])}
                  </option>
                ))}
                {Object.entries(GENERAL_INPUTS).map(([name, input]) => (
                  <option key={name} value={name}>
                    {input[language]}
                  </option>
                ))}
                {match.name && !(match.name in all) && !TABLE_COLUMNS.some((name) => name === match.name) && (
                  <option value={match.name}>{match.header}</option>
                )}
              </Select>
              {isAmount && (
                <Select
                  size="small"
                  className={styles.unit}
                  aria-label={t("parts.unit-of", { label })}
                  value={String(match.unit)}
                  onChange={(_, { value }) =>
                    onChoose(headerKey(match), { name: match.name!, unit: Number(value) as Unit })
                  }
                >
                  {Object.entries(UNIT_WORDS).map(([unit, words]) => (
                    <option key={unit} value={unit}>
                      {t(words)}
                    </option>
                  ))}
                </Select>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
