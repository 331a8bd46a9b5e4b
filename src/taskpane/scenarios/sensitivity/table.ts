/** An answer as a table of figures: the same for the pane and for a sheet. */
import type { TFunction } from "i18next";
import type { Chart } from "../../../host/workbook";
import {
  LEVER_RANGES,
  type BreakEven,
  type Language,
  type Lever,
  type LeverTotal,
  type LeverValue,
  type ScenarioTotal,
} from "../../../rules";
import { money, text, type Figure } from "../../parts/figure";
import type { Answer } from "./question";

/** A value of a lever, beside the figures of the planner. */
export type Cell = Figure | { readonly kind: "lever"; readonly lever: Lever; readonly value: LeverValue };

export interface AnswerTable {
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  /** Of the first two columns. */
  readonly chart?: Chart["kind"];
}

export function tableOf(answer: Answer, t: TFunction, language: Language): AnswerTable {
  const name = (lever: Lever): string => leverName(lever, t, language);
  const total = ({ total: fen, refusal }: ScenarioTotal): Cell => (refusal ? text(refusal[language]) : money(fen));
  if ("totals" in answer) {
    const { question, before, totals } = answer;
    const { rows, columns } = question;
    const label = (value: LeverValue): Cell => ({ kind: "lever", lever: rows.lever, value });
    if (columns) {
      return {
        head: [
          text(t("sensitivity.corner", { rows: name(rows.lever), columns: name(columns.lever) })),
          ...columns.values.map((value): Cell => ({ kind: "lever", lever: columns.lever, value })),
        ],
        rows: rows.values.map((value, r) => [label(value), ...totals[r]!.map(total)]),
      };
    }
    return {
      head: [name(rows.lever), t("sensitivity.total"), t("sensitivity.difference")].map(text),
      rows: rows.values.map((value, r) => {
        const cell = totals[r]![0]!;
        return [label(value), total(cell), cell.refusal ? text("") : money(cell.total - before)];
      }),
      chart: "line",
    };
  }
  if ("bars" in answer) {
    return {
      head: [
        t("sensitivity.factor"),
        t("sensitivity.swing"),
        t("sensitivity.low"),
        t("sensitivity.low-total"),
        t("sensitivity.high"),
        t("sensitivity.high-total"),
      ].map(text),
      rows: answer.bars.map(({ label, low, high, swing }) => [
        text(label[language]),
        money(swing),
        text(low.label[language]),
        money(low.total),
        text(high.label[language]),
        money(high.total),
      ]),
      chart: "bar",
    };
  }
  const { question, found } = answer;
  return {
    head: [t("sensitivity.wanted"), name(question.lever), t("sensitivity.total")].map(text),
    rows: [
      [text(t("sensitivity.row-wanted")), text(""), money(question.wanted)],
      ...placesOf(found).map(([row, { value, total: fen }]): Cell[] => [
        text(t(`sensitivity.row-${row}`)),
        { kind: "lever", lever: question.lever, value },
        money(fen),
      ]),
    ],
  };
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

export function leverName(lever: Lever, t: TFunction, language: Language): string {
  const name = LEVER_RANGES[lever].name[language];
  return lever === "cap" ? t("sensitivity.in-yuan", { name }) : name;
}
