/** Lines over a common axis. The table beside a chart gives the same to those who do not see it. */
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { ImageAddRegular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePane } from "../context";
import { useCheck } from "./now";
import type { Drawing, Plot } from "./plot";
import { Wrong } from "./refused";

const COLORS = [
  tokens.colorBrandForeground1,
  tokens.colorPaletteDarkOrangeForeground1,
  tokens.colorPaletteTealForeground2,
  tokens.colorPaletteBerryForeground1,
  tokens.colorPaletteGrapeForeground2,
  tokens.colorNeutralForeground2,
];
/** Lines differ in their dashes too: not everybody sees the colours. */
const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [4, 6]];

const useStyles = makeStyles({
  frame: { minHeight: "200px", overflow: "hidden" },
  legend: { display: "flex", flexWrap: "wrap", gap: "0 12px", listStyleType: "none", margin: 0, padding: 0 },
  item: { display: "flex", alignItems: "center", gap: "4px" },
});

const NO_MARKS: Drawing["marks"] = [];

interface Props extends Pick<Drawing, "x" | "y"> {
  readonly title: string;
  readonly marks?: Drawing["marks"];
  readonly lines: readonly { readonly label: string; readonly values: readonly number[] }[];
}

export function Chart({ title, x, y, lines, marks = NO_MARKS }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { host, theme } = usePane();
  const frame = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLUListElement>(null);
  const drawn = useRef<Plot>(undefined);
  const [error, setError] = useState<unknown>();
  const check = useCheck();

  useEffect(() => {
    const element = frame.current!;
    const colors = [...legend.current!.querySelectorAll("path")].map((path) => getComputedStyle(path).stroke);
    const style = getComputedStyle(element);
    let current = true;
    const draw = async () => {
      const { plot } = await import("./plot");
      if (!current) return;
      drawn.current = plot(element, element.clientWidth, {
        x,
        y,
        marks,
        lines: lines.map(({ values }, k) => ({ values, color: colors[k]!, dash: DASHES[k % DASHES.length]! })),
        ink: style.color,
        grid: style.borderTopColor,
        paper: style.backgroundColor,
        font: `12px ${style.fontFamily}`,
      });
    };
    // Where nothing is painted (a browser without canvas) the table is all there is.
    if ("CanvasRenderingContext2D" in window) draw().catch(setError);
    const resized = new ResizeObserver(() => drawn.current?.resize(element.clientWidth));
    resized.observe(element);
    return () => {
      current = false;
      resized.disconnect();
      drawn.current?.destroy();
      drawn.current = undefined;
    };
  }, [x, y, lines, marks, theme]);

  const insert = async () => {
    await check();
    const corner = await host!.selection();
    if (corner && drawn.current) await host!.addImage(corner, drawn.current.toPng());
  };
  return (
    <figure style={{ margin: "8px 0" }} aria-label={title}>
      <Text size={200} weight="semibold">
        {title}
      </Text>
      <div
        ref={frame}
        aria-hidden
        className={styles.frame}
        style={{
          color: tokens.colorNeutralForeground2,
          borderTop: `0 solid ${tokens.colorNeutralStroke2}`,
          backgroundColor: tokens.colorNeutralBackground1,
        }}
      />
      <ul ref={legend} className={styles.legend}>
        {lines.map(({ label }, k) => (
          <li key={k} className={styles.item}>
            <svg width="24" height="8" aria-hidden>
              <path
                d="M0 4H24"
                fill="none"
                strokeWidth="2"
                strokeDasharray={DASHES[k % DASHES.length]!.join(" ")}
                style={{ stroke: COLORS[k % COLORS.length] }}
              />
            </svg>
            <Text size={200}>{label}</Text>
          </li>
        ))}
      </ul>
      {host?.capabilities.images && (
        <Button size="small" icon={<ImageAddRegular />} onClick={() => void insert().catch(setError)}>
          {t("parts.insert-picture")}
        </Button>
      )}
      {error !== undefined && <Wrong error={error} />}
    </figure>
  );
}
