/** What the planner refuses of its own fields, in words. */
import { refuse, type Refusal } from "../../rules";

export const notATable = (): Refusal =>
  refuse(
    "表头和数据应写成 工作表!A1:D1、工作表!A2:D50，或在表中选好后点“取所选”",
    "write headers and values as Sheet!A1:D1 and Sheet!A2:D50, or select the cells and take the selection",
  );

export const notANumberOfWinners = (): Refusal =>
  refuse("名额应为不小于 0 的整数", "the number of winners must be a whole number from 0");
