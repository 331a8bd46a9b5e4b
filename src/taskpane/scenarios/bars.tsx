/** Totals of the scenarios as bars under each other, the base's total as an upright line through all of them. */
import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { formatYuan, resultColumns, type ScenarioResult } from "../../rules";
import { usePane } from "../context";

const useStyles = makeStyles({
  figure: { margin: "8px 0" },
  // As high as a dozen bars: a thirteenth half shown hints at more.
  bars: { maxHeight: "250px", overflowY: "auto", margin: "4px 0" },
  row: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 2fr) minmax(0, 3fr) auto",
    gap: "8px",
    alignItems: "center",
    height: "20px",
    fontSize: tokens.fontSizeBase200,
    fontVariantNumeric: "tabular-nums",
  },
  name: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  track: { position: "relative", height: "100%" },
  bar: { position: "absolute", top: "4px", bottom: "4px", left: 0, backgroundColor: tokens.colorBrandBackground },
  base: { backgroundColor: tokens.colorNeutralForeground3 },
  line: {
    position: "absolute",
    top: 0,
    bottom: 0,
    borderLeft: `1px dashed ${tokens.colorNeutralForeground1}`,
  },
  amount: { textAlign: "right", minWidth: "80px" },
});

/** @param results the base first; the table beside them gives the same to those who do not see the bars */
export function Bars({ results }: { readonly results: readonly ScenarioResult[] }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const [name] = resultColumns(results);
  const longest = results.reduce((most, { total }) => Math.max(most, total), 1);
  const share = (total: number): string => `${(total / longest) * 100}%`;
  return (
    <figure className={styles.figure} aria-label={t("scenarios.chart")}>
      <Text size={200} weight="semibold">
        {t("scenarios.chart")}
      </Text>
      <div className={styles.bars} role="group" aria-label={t("scenarios.chart")} tabIndex={0}>
        {results.map((result, k) => (
          <div key={k} className={styles.row} aria-hidden>
            <span className={styles.name} title={String(name!.of(result, language))}>
              {name!.of(result, language)}
            </span>
            <span className={styles.track}>
              <span
                className={mergeClasses(styles.bar, k === 0 && styles.base)}
                style={{ width: share(result.total) }}
              />
              <span className={styles.line} style={{ left: share(results[0]!.total) }} />
            </span>
            <span className={styles.amount}>{result.refusal ? "–" : formatYuan(result.total)}</span>
          </div>
        ))}
      </div>
      <Text size={200}>{t("scenarios.chart-base")}</Text>
    </figure>
  );
}
