/** The comparison of two scenarios, of one workbook. */
import { perWorkbook } from "../../parts/ongoing";
import { Study } from "../../parts/study";
import { askOnce } from "../../parts/ask";
import { gainsOver, type GainsAnswer, type GainsQuestion } from "./question";

export const gainsStudyOf = perWorkbook(
  () =>
    new Study<GainsQuestion, GainsAnswer>((order, listener) =>
      askOnce(() => new Worker(new URL("./worker.ts", import.meta.url)), order, gainsOver, listener),
    ),
);
