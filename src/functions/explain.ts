/** BUTIE.EXPLAIN: the working paper of the first row as a table of five columns. */
import { awards, toYuan, type Language } from "../rules";
import { workingPaper } from "../writers/explain";
import { errorOf } from "./answer";
import type { Answer } from "./matrix";
import { isPlanned, type TableRow } from "./table";

const HEADERS = {
  zh: ["限额", "计算", "金额", "起作用", "条款"],
  en: ["limit", "computation", "amount", "binds", "clause"],
};
const BINDS = { zh: "← 起作用的限额", en: "← binding limit" };
const REFUSED = { zh: "输入有误", en: "input not accepted" };

/** The first row's workings; the other rows only matter in that nothing follows from them. */
export function explainTable(rows: readonly TableRow[], language: Language): Answer[][] {
  const first = rows[0];
  if (!first) return [HEADERS[language]];
  if (!isPlanned(first)) {
    const error = errorOf(first.refusal);
    return [HEADERS[language], [REFUSED[language], error.message ?? "", "", "", ""]];
  }
  const { lines, remarks } = workingPaper(awards([first])[0]!, first.row, language);
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
