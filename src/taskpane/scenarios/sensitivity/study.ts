/** The sensitivity study of one workbook. */
import { perWorkbook } from "../../parts/ongoing";
import { Study } from "../../parts/study";
import type { Base } from "../base";
import { run } from "./ask";
import type { Answer, Question } from "./question";

/** An answer, with the rows that it is about. */
export interface Finding {
  readonly order: {
    /** What was asked of which rows, as the pane knows it. */
    readonly asked: string;
    readonly base: Base;
    readonly question: Question;
  };
  readonly answer: Answer;
}

export const studyOf = perWorkbook(
  () => new Study<Finding["order"], Answer>(({ base, question }, listener) => run(base, question, listener)),
);
