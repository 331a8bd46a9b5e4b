/** An answer as a table of figures: the same for the pane, a sheet and a report. */
import type { Translate } from "../../texts";
import type { Chart } from "../../../host/workbook";
import {
  kindOfLever,
  leverRange,
  leverWords,
  type BreakEven,
  type Language,
  type Lever,
  type LeverTotal,
  type LeverValue,
  type PairFound,
  type ScenarioTotal,
} from "../../../rules";
import { leftOut, pairsVerdict, tableVerdict, tornadoVerdict } from "../../../writers/verdict";
import { amountWords } from "../../money";
import { money, text, type Figure } from "../../parts/figure";
import { foundVerdict } from "./found-words";
import type { Answer } from "./question";

export interface AnswerTable {
  readonly head: readonly Figure[];
  readonly rows: readonly (readonly Figure[])[];
  /** Of the first two columns. */
  readonly chart?: Chart["kind"];
}

export function tableOf(answer: Answer, t: Translate, language: Language): AnswerTable {
  const name = (lever: Lever): string => leverName(lever, t, language);
  const at = (lever: Lever, value: LeverValue): Figure => leverFigure(lever, value, language);
  const total = ({ total: fen, refusal }: ScenarioTotal): Figure => (refusal ? text(refusal[language]) : money(fen));
  if ("totals" in answer) {
    const { question, before, totals } = answer;
    const { rows, columns } = question;
    if (columns) {
      return {
        head: [
          text(t("sensitivity.corner", { rows: name(rows.lever), columns: name(columns.lever) })),
          ...columns.values.map((value) => at(columns.lever, value)),
        ],
        rows: rows.values.map((value, r) => [at(rows.lever, value), ...totals[r]!.map(total)]),
      };
    }
    return {
      head: [name(rows.lever), t("sensitivity.total"), t("sensitivity.difference")].map(text),
      rows: rows.values.map((value, r) => {
        const cell = totals[r]![0]!;
        return [at(rows.lever, value), total(cell), cell.refusal ? text("") : money(cell.total - before)];
      }),
      chart: "line",
    };
  }
  if ("pairs" in answer) return pairsTable(answer, t, language);
  if ("bars" in answer) {
    return {
      head: [
        t("sensitivity.factor"),
        t("sensitivity.swing"),
        t("sensitivity.low"),
        t("sensitivity.low-total"),
        t("sensitivity.high"),
        t("sensitivity.high-total"),
        t("sensitivity.percent-more"),
        t("sensitivity.percent-less"),
      ].map(text),
      rows: answer.bars.map(({ label, low, high, swing, percent }) => [
        text(label[language]),
        money(swing),
        text(low.label[language]),
        money(low.total),
        text(high.label[language]),
        money(high.total),
        ...[percent?.more, percent?.less].map((fen) => (fen === undefined ? text("—") : money(fen))),
      ]),
      chart: "bar",
    };
  }
  const { question, found } = answer;
  return {
    head: [t("sensitivity.wanted"), name(question.lever), t(`sensitivity.measure-${question.measure}`)].map(text),
    rows: [
      [text(t("sensitivity.row-wanted")), text(""), money(question.wanted)],
      ...placesOf(found).map(([row, { value, total: fen }]) => [
        text(t(`sensitivity.row-${row}`)),
        at(question.lever, value),
        money(fen),
      ]),
    ],
  };
}

function pairsTable(
  { question, pairs }: Extract<Answer, { pairs: unknown }>,
  t: Translate,
  language: Language,
): AnswerTable {
  const { along, solved, wanted, measure } = question;
  const [first, second] = [leverName(along.lever, t, language), leverName(solved, t, language)];
  const cost = t(`sensitivity.measure-${measure}`);
  return {
    head: [
      first,
      t("sensitivity.at-most-head", { name: second }),
      cost,
      t("sensitivity.round-head", { name: second }),
      t("sensitivity.round-cost", { name: cost }),
      t("sensitivity.left"),
      t("sensitivity.note"),
    ].map(text),
    rows: pairs.map(({ value, found }): Figure[] => {
      const label = leverFigure(along.lever, value, language);
      if (found.kind !== "found") return [label, ...BLANKS, text(noPairWords(found, t, language))];
      const { exact, round } = found;
      return [
        label,
        leverFigure(solved, exact.value, language),
        money(exact.total),
        leverFigure(solved, round.value, language),
        money(round.total),
        money(wanted - round.total),
        text(""),
      ];
    }),
    chart: "scatter",
  };
}

const BLANKS = Array.from({ length: 5 }, () => text(""));

function noPairWords(found: Exclude<PairFound, { kind: "found" }>, t: Translate, language: Language): string {
  switch (found.kind) {
    case "above":
      return t("sensitivity.pair-above", { most: amountWords(found.most, language) });
    case "below":
      return t("sensitivity.pair-below", { least: amountWords(found.least, language) });
    case "refused":
      return found.because[language];
  }
}

/** The answer in one sentence, with the rows that are in none of its figures. */
export const verdictOf = (answer: Answer, t: Translate, language: Language): string =>
  sentenceOf(answer, t, language).replace(/[。.]$/, (end) => leftOut(answer.unknown, language) + end);

function sentenceOf(answer: Answer, t: Translate, language: Language): string {
  if ("totals" in answer) return tableVerdict(answer.question, answer.before, answer.totals, language);
  if ("bars" in answer) return tornadoVerdict(answer.bars, language);
  if ("pairs" in answer) return pairsVerdict(answer.question, answer.pairs, answer.before, language);
  return foundVerdict(answer, t, language);
}

function placesOf(found: BreakEven): [row: "largest" | "smallest" | "next" | "most" | "least", at: LeverTotal][] {
  switch (found.kind) {
    case "found":
      return [
        ["largest", found.answer],
        ["smallest", { ...found.answer, value: found.from }],
        ...(found.next ? [["next", found.next] as ["next", LeverTotal]] : []),
      ];
    case "above":
      return [["most", found.most]];
    case "below":
      return [["least", found.least]];
  }
}

/** Rates to four decimals of a per cent, the finest that a lever knows. */
const RATE = "0.00##%";

/** A value of a lever; a cap is an amount. */
export function leverFigure(lever: Lever, value: LeverValue, language: Language): Figure {
  const kind = kindOfLever(lever);
  if (kind === "cap") return money(Number(value));
  const words = leverWords(lever, value)[language];
  return { kind: "worded", value: Number(value), words, format: kind === "newFirms" ? "#,##0" : RATE };
}

export function leverName(lever: Lever, t: Translate, language: Language): string {
  const name = leverRange(lever).name[language];
  return kindOfLever(lever) === "cap" ? t("sensitivity.in-yuan", { name }) : name;
}
