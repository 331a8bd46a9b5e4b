/** The pictures of an answer: the total over one lever, and the curve of pairs. */
import { useMemo } from "react";
import type { Translate } from "../../texts";
import { kindOfLever, leverWords, type Language, type Lever, type LeverValue } from "../../../rules";
import { usePane } from "../../context";
import { useWords } from "../../words";
import { inWan, UNITS } from "../../parts/amount";
import { Chart } from "../../parts/chart";
import type { Answer } from "./question";
import { leverName } from "./table";

/** An axis on which a lever moves. */
const axisOf = (lever: Lever, t: Translate, language: Language) => ({
  label: lever === "cap" ? t("parts.cap-in-wan") : leverName(lever, t, language),
  tick: (value: number): string =>
    kindOfLever(lever) === "cap"
      ? // Caps that lie close together differ behind the point.
        (value / UNITS.wan).toLocaleString(language === "zh" ? "zh-CN" : "en-US", { maximumFractionDigits: 2 })
      : leverWords(lever, String(Number(value.toFixed(6))))[language],
});

const useAxis = (lever: Lever, values: readonly LeverValue[]) => {
  const t = useWords();
  const { language } = usePane();
  return useMemo(() => ({ ...axisOf(lever, t, language), values: values.map(Number) }), [lever, values, t, language]);
};

export function TotalsChart({ answer }: { readonly answer: Extract<Answer, { totals: unknown }> }) {
  const t = useWords();
  const { language } = usePane();
  const { question, before, totals } = answer;
  const { lever, values } = question.rows;
  const x = useAxis(lever, values);
  const most = totals.reduce((max, [cell]) => Math.max(max, cell!.total), before);
  // Ticks of more digits do not fit beside the axis.
  const unit = most < MOST_IN_WAN ? "wan" : "yi";
  const y = useMemo(
    () => ({
      label: t("sensitivity.chart-total", { unit: t(`parts.unit-${unit}`) }),
      tick: (fen: number) => (unit === "wan" ? inWan(fen, language) : String(fen / UNITS.yi)),
    }),
    [t, unit, language],
  );
  const lines = useMemo(
    () => [
      { label: y.label, values: totals.map(([cell]) => cell!.total) },
      {
        label: t("sensitivity.chart-base", { unit: t(`parts.unit-${unit}`) }),
        values: totals.map(() => before),
      },
    ],
    [t, unit, y, totals, before],
  );
  if (totals.some(([cell]) => cell!.refusal) || values.length < 2) return null;
  return <Chart title={t("sensitivity.sheet-one")} x={x} y={y} lines={lines} marks={NO_MARKS} />;
}

/** Along the one lever, the largest value of the other within the sum, and the round one. */
export function PairsChart({ answer }: { readonly answer: Extract<Answer, { pairs: unknown }> }) {
  const t = useWords();
  const { language } = usePane();
  const { question, pairs } = answer;
  const { along, solved } = question;
  const found = useMemo(
    () => pairs.flatMap(({ value, found: one }) => (one.kind === "found" ? [{ value, ...one }] : [])),
    [pairs],
  );
  const x = useAxis(
    along.lever,
    useMemo(() => found.map(({ value }) => value), [found]),
  );
  const y = useMemo(() => axisOf(solved, t, language), [solved, t, language]);
  const lines = useMemo(
    () =>
      (["exact", "round"] as const).map((kind) => ({
        label: t(`sensitivity.line-${kind}`),
        values: found.map((one) => Number(one[kind].value)),
      })),
    [found, t],
  );
  if (found.length < 2) return null;
  return <Chart title={t("sensitivity.sheet-pairs")} x={x} y={y} lines={lines} marks={NO_MARKS} />;
}

/** A hundred thousand 万元. */
const MOST_IN_WAN = 100_000 * UNITS.wan;
const NO_MARKS: readonly [] = [];
