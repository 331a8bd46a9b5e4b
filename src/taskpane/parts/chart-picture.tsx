/** A chart of a report as a picture for paper: what the sheet's chart draws, the first figures of the rows. */
import { BRIDGE_LOOKS } from "../../host/bridge-looks";
import type { Language } from "../../rules";
import { bridgeParts } from "./bridge";
import type { Figure } from "./figure";
import { labelWords } from "./figure-sheet";
import { PictureOf, type Picture } from "./picture";
import type { ReportSection } from "./report";

/** Fen, or the number itself; undefined for words. */
const heightOf = (figure: Figure): number | undefined =>
  figure.kind === "money" ? figure.fen : figure.kind === "text" ? undefined : figure.value;

interface Props {
  readonly section: ReportSection & { readonly chart: NonNullable<ReportSection["chart"]> };
  readonly language: Language;
}

export function ChartPicture({ section, language }: Props) {
  const { head, rows, chart, title } = section;
  const values = head.slice(1, 1 + chart.series).map((_, k) => rows.map(({ figures }) => heightOf(figures[k]!)));
  const drawn = {
    title,
    figure: rows[0]!.figures[0]!.kind,
    labels: rows.map(({ label }) => labelWords(label, language)),
  };
  const picture: Picture =
    chart.kind === "bridge"
      ? { ...drawn, kind: "stacked", title: chart.title, series: stepsOf(values[0]!.map((fen) => fen ?? 0)) }
      : {
          ...drawn,
          kind: chart.kind,
          series: values.map((figures, k) => ({ name: head[1 + k]!, values: figures })),
        };
  return <PictureOf picture={picture} language={language} />;
}

function stepsOf(amounts: readonly number[]): Picture["series"] {
  const { parts, rows } = bridgeParts(amounts, "B", 1);
  return parts.map((name, p) => ({
    name,
    values: rows.map((row) => Number(row[p]!.value(0))),
    look: BRIDGE_LOOKS[p],
  }));
}
