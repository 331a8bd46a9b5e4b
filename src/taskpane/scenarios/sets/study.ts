/** The comparison of two runs of a set, of one workbook. */
import { askOnce } from "../../parts/ask";
import { perWorkbook } from "../../parts/ongoing";
import { Study } from "../../parts/study";
import { movedOver, type MovedAnswer, type MovedQuestion } from "./question";

export const movedStudyOf = perWorkbook(
  () =>
    new Study<MovedQuestion, MovedAnswer>((order, listener) =>
      askOnce(() => new Worker(new URL("./worker.ts", import.meta.url)), order, movedOver, listener),
    ),
);
