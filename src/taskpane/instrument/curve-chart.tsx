/** Award against amount: a chart, and the same in words. */
import { Text } from "@fluentui/react-components";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { formatYuan, toDecimal, type Language, type Ratio } from "../../rules";
import { limitName } from "../../writers/words";
import { usePane } from "../context";
import { Facts } from "../facts";
import { Chart } from "../parts/chart";
import { columnsOf, extent, kinksOf, type Curve } from "./curve";

const compact = (language: Language) => {
  const format = new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en", { notation: "compact" });
  return (yuan: number) => format.format(yuan);
};

interface Props {
  readonly curves: readonly Curve[];
  /** Lines laid over them, without words of their own. */
  readonly others?: readonly Curve[];
  /** What the amount is. */
  readonly label: string;
}

const NONE: readonly Curve[] = [];

export function CurveChart({ curves, others = NONE, label }: Props) {
  const lines = useMemo(() => [...curves, ...others], [curves, others]);
  return (
    <>
      <Lines curves={lines} label={label} />
      {curves.map((curve, i) => (
        <PieceList key={i} curve={curve} />
      ))}
    </>
  );
}

function Lines({ curves, label }: { readonly curves: readonly Curve[]; readonly label: string }) {
  const { t } = useTranslation();
  const { language } = usePane();
  const drawing = useMemo(() => {
    const { x, y } = columnsOf(curves, extent(curves));
    const tick = compact(language);
    return {
      x: { label, values: x, tick },
      // The title names it; beside the numbers there is no room for it at 320 px.
      y: { label: "", tick },
      lines: curves.map(({ entry, label: answer }, i) => ({
        label: [entry.jurisdiction.name[language], entry.instrument.name[language], answer].filter(Boolean).join(" "),
        values: y[i]!,
      })),
      marks: kinksOf(curves.filter(({ entry }) => entry === curves[0]?.entry)).map((kink) => ({
        at: toDecimal(kink, 0).div(100).toNumber(),
        label: tick(toDecimal(kink, 0).div(100).toNumber()),
      })),
    };
  }, [curves, label, language]);
  return <Chart title={t("curve.title")} {...drawing} />;
}

/** The pieces of a curve in words: up to which amount which limit decides, and what is paid there. */
function PieceList({ curve }: { readonly curve: Curve }) {
  const { t } = useTranslation();
  const { language } = usePane();
  const last = curve.pieces.length - 1;
  return (
    <>
      {curve.label && (
        <Text size={200} weight="semibold" block>
          {curve.label}
        </Text>
      )}
      <Facts
        facts={curve.pieces.map(({ from, to, binding, end, outcome }, i) => [
          i === last ? t("curve.from", { from: yuan(from) }) : t("curve.up-to", { to: yuan(to) }),
          binding && outcome.kind === "award"
            ? t("curve.binds", { limit: limitName(binding, language), award: yuan(end) })
            : t("curve.nothing"),
        ])}
      />
    </>
  );
}

/** To the fen; "≈" where the exact place lies between two fen. */
function yuan(fen: Ratio): string {
  const whole = fen.n % fen.d === 0n;
  return `${whole ? "" : "≈ "}${formatYuan(toDecimal(fen, 0))}`;
}
