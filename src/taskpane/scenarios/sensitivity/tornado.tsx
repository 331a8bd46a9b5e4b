/** Bars around the total of the base, the widest first. The words beside each bar give the same figures. */
import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { formatYuan } from "../../../rules";
import { usePane } from "../../context";
import { signedYuan } from "../../parts/amount";
import type { Answer } from "./question";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: "8px 0", padding: 0 },
  item: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, padding: "4px 0" },
  ends: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)",
    gap: "8px",
    fontSize: tokens.fontSizeBase200,
    fontVariantNumeric: "tabular-nums",
  },
  end: { overflowWrap: "anywhere" },
  high: { textAlign: "right" },
  percent: { fontVariantNumeric: "tabular-nums", color: tokens.colorNeutralForeground2 },
  track: { position: "relative", height: "14px", margin: "2px 0" },
  bar: {
    position: "absolute",
    height: "100%",
    minWidth: "1px",
    backgroundColor: tokens.colorBrandBackground,
    forcedColorAdjust: "none",
  },
  base: {
    position: "absolute",
    top: "-2px",
    bottom: "-2px",
    width: "2px",
    marginLeft: "-1px",
    backgroundColor: tokens.colorNeutralForeground1,
    forcedColorAdjust: "none",
  },
});

export function Tornado({ answer }: { readonly answer: Extract<Answer, { bars: unknown }> }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const { bars, refused, before } = answer;
  const least = bars.reduce((min, { low }) => Math.min(min, low.total), before);
  const most = bars.reduce((max, { high }) => Math.max(max, high.total), before);
  const place = (fen: number): number => (most > least ? ((fen - least) / (most - least)) * 100 : 0);
  const moving = bars.filter(({ swing }) => swing > 0);
  const still = bars.filter(({ swing }) => swing === 0);
  return (
    <>
      <ol className={styles.list} aria-label={t("sensitivity.sheet-tornado")}>
        {moving.map(({ label, low, high, swing, percent }, k) => (
          <li key={k} className={styles.item}>
            <Text size={200} block>
              {t("sensitivity.bar", { label: label[language], swing: formatYuan(swing) })}
            </Text>
            <div className={styles.track} aria-hidden>
              <div
                className={styles.bar}
                style={{ left: `${place(low.total)}%`, width: `${place(high.total) - place(low.total)}%` }}
              />
              <div className={styles.base} style={{ left: `${place(before)}%` }} />
            </div>
            <div className={styles.ends}>
              {[low, high].map((end, side) => (
                <div key={side} className={side ? styles.high : styles.end}>
                  {end.label[language]}
                  <br />
                  {formatYuan(end.total)}
                </div>
              ))}
            </div>
            {percent && (
              <Text size={200} block className={styles.percent}>
                {t(percent.more === undefined ? "sensitivity.percent-one" : "sensitivity.percent", {
                  more: signedYuan(percent.more ?? 0),
                  less: signedYuan(percent.less),
                })}
              </Text>
            )}
          </li>
        ))}
      </ol>
      {still.length > 0 && (
        <Text size={200} block>
          {t("sensitivity.still", { labels: still.map(({ label }) => label[language]).join(t("parts.list-comma")) })}
        </Text>
      )}
      {refused.map(({ label, because }, k) => (
        <Text key={k} size={200} block>
          {t("sensitivity.refused", { label: label[language], because: because[language] })}
        </Text>
      ))}
    </>
  );
}
