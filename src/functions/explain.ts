/** BUTIE.EXPLAIN: the working paper of the first row as a table of five columns. */
import { awards, Refusal, toYuan, type Language, type Plan } from "../rules";
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

/**
 * The first row's workings. Of the other rows count those of the same firm or object, as they do for its award.
 * @param read the rows of the table; what it refuses as a whole is said in the working paper
 */
export function explainTable(read: () => readonly TableRow[], language: Language): Answer[][] {
  const rows = rowsOf(read);
  const first = rows[0];
  if (!first) return [HEADERS[language]];
  if (!isPlanned(first)) {
    if (!isUnplanned(first)) return [HEADERS[language], [BLANK[language], "", 0, "", ""]];
    const error = errorOf(first.refusal);
    return [HEADERS[language], [REFUSED[language], error.message ?? "", "", "", ""]];
  }
  const near = rows.filter(isPlanned).filter(({ firm, object }, i) => {
    return i === 0 || (firm && firm === first.firm) || (object && object === first.object);
  });
  const under = (plan: Plan) => awards(near.map((row, i) => (i === 0 ? { ...row, plan } : row)))[0]!;
  const { lines, remarks } = workingPaper(under(first.plan), first.row, language, under);
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
