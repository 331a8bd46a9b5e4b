/** BUTIE.EXPLAIN: the working paper of the first row as a table of five columns. */
import { awards, Refusal, rowsNear, toYuan, type Language } from "../rules";
import { among } from "../writers/among";
import { workingPaper } from "../writers/explain";
import { errorOf } from "./answer";
import type { Answer } from "./matrix";
import { isPlanned, isUnplanned, type TableRow } from "../tables";

const HEADERS = {
  zh: ["限额", "计算", "金额", "起作用", "条款"],
  en: ["limit", "computation", "amount", "binds", "clause"],
};
const BINDS = { zh: "← 起作用的限额", en: "← binding limit" };
const BLANK = { zh: "整行空白，计为 0", en: "a blank row counts as 0" };
const REFUSED = { zh: "输入有误", en: "input not accepted" };
const BROKEN = { zh: "单元格是错误值 ", en: "a cell holds the error " };

/**
 * The first row's workings among the other rows of its firm or object, as its award is computed.
 * @param read the rows of the table; what it refuses as a whole stands in the working paper
 */
export function explainTable(read: () => readonly TableRow[], language: Language): Answer[][] {
  const rows = rowsOf(read);
  const first = rows[0];
  if (!first) return [HEADERS[language]];
  if (!isPlanned(first)) {
    if (!isUnplanned(first)) return [HEADERS[language], [BLANK[language], "", 0, "", ""]];
    const error = errorOf(first.refusal);
    return [HEADERS[language], [REFUSED[language], error.message || BROKEN[language] + error.code, "", "", ""]];
  }
  const near = rowsNear(rows.filter(isPlanned), first);
  const { lines, remarks } = workingPaper(awards(near)[0]!, first.row, language, among(near, first), first.counted);
  return [
    HEADERS[language],
    ...lines.map(({ label, computation, fen, binds, clause }) => [
      label,
      computation,
      fen === undefined ? "" : toYuan(fen),
      binds ? BINDS[language] : "",
      clause ?? "",
    ]),
    ...remarks.map(({ label, value }) => [label, value, "", "", ""]),
  ];
}

function rowsOf(read: () => readonly TableRow[]): readonly TableRow[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return [{ refusal: error }];
    throw error;
  }
}
