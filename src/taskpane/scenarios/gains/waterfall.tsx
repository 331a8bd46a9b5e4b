/** A bridge as a picture: from one total to the other, each step a bar that begins where the one before ended. */
import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { formatYuan, type Bridge } from "../../../rules";
import { signedYuan } from "../../parts/amount";
import { barsOf } from "../../parts/bridge";
import { useWords } from "../../words";

const useStyles = makeStyles({
  figure: { margin: "8px 0" },
  row: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 2fr) minmax(0, 3fr) auto",
    gap: "8px",
    alignItems: "center",
    minHeight: "22px",
    fontSize: tokens.fontSizeBase200,
    fontVariantNumeric: "tabular-nums",
  },
  label: { overflowWrap: "anywhere" },
  track: { position: "relative", height: "14px" },
  bar: {
    position: "absolute",
    height: "100%",
    minWidth: "1px",
    backgroundColor: tokens.colorNeutralForeground3,
    forcedColorAdjust: "none",
  },
  more: { backgroundColor: tokens.colorPaletteDarkOrangeForeground1 },
  less: { backgroundColor: tokens.colorPaletteTealForeground2 },
  amount: { textAlign: "right", minWidth: "96px" },
});

interface Props {
  readonly bridge: Bridge;
  /** In words, one for each change. */
  readonly changes: readonly string[];
}

/** The table beside it gives the same to those who do not see it. */
export function Waterfall({ bridge: { before, alone, together, after }, changes }: Props) {
  const styles = useStyles();
  const t = useWords();
  const labels = [t("gains.bridge-from"), ...changes, t("gains.bridge-together"), t("gains.bridge-to")];
  const amounts = [before, ...alone, together, after];
  const bars = barsOf(amounts).map((bar, k) => ({
    ...bar,
    label: labels[k]!,
    fen: k > 0 && k < amounts.length - 1 ? amounts[k] : undefined,
  }));
  const least = Math.min(0, ...bars.map(({ to }) => to));
  const most = Math.max(1, ...bars.map(({ to }) => to));
  const place = (fen: number): number => ((fen - least) / (most - least)) * 100;
  return (
    <figure className={styles.figure} aria-label={t("gains.bridge-chart")}>
      <Text size={200} weight="semibold">
        {t("gains.bridge-chart")}
      </Text>
      {bars.map(({ label, from, to, fen }, k) => (
        <div key={k} className={styles.row} aria-hidden>
          <span className={styles.label}>{label}</span>
          <span className={styles.track}>
            <span
              className={mergeClasses(styles.bar, fen !== undefined && (fen > 0 ? styles.more : styles.less))}
              style={{
                left: `${place(Math.min(from, to))}%`,
                width: `${place(Math.max(from, to)) - place(Math.min(from, to))}%`,
              }}
            />
          </span>
          <span className={styles.amount}>{fen === undefined ? formatYuan(to) : signedYuan(fen)}</span>
        </div>
      ))}
    </figure>
  );
}
