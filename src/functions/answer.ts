/** What a cell shows for an award: the amount, 0, a label, #N/A or #VALUE! with the reason in words. */
import { toYuan, type Award } from "../rules";
import { isRefused, isUnplanned, type BlankRow, type CellError, type Refused, type Unplanned } from "../tables";
import { refusalText } from "../writers/sentence";
import { invalidValue, isInvalidValue, notAvailable, type Answer } from "./matrix";
import { currentPick } from "./pick";

/** The answer of one award. */
export function answerOf(award: Award): Answer {
  const { outcome } = award;
  if (outcome.kind === "award") return toYuan(award.fen);
  if (outcome.kind === "not-eligible") return 0;
  const { language } = currentPick();
  if (outcome.kind === "label") return outcome.label[language];
  const text = refusalText(award)?.[language];
  const missingRule = outcome.kind === "not-in-force" || outcome.kind === "unquantified";
  return missingRule ? notAvailable(text) : invalidValue(text);
}

/** The same answer among the rows of a table: what is missing or not acceptable names its row. */
export function inRow(answer: Answer, r: number): Answer {
  if (!isInvalidValue(answer)) return answer;
  const row = currentPick().language === "zh" ? `第${r + 1}行：` : `row ${r + 1}: `;
  return invalidValue(row + (answer.message ?? ""));
}

/** The answer of what was refused; an error that came in with a cell goes out as it is. */
export function errorOf(refusal: Refused | CellError): CellError {
  if (!isRefused(refusal)) return refusal;
  const text = refusal.text[currentPick().language];
  return refusal.code === "value" ? invalidValue(text) : notAvailable(text);
}

/** The answer of a row without a plan: what was refused in it, or 0 where it is blank. */
export const unplannedAnswer = (row: Unplanned | BlankRow): Answer => (isUnplanned(row) ? errorOf(row.refusal) : 0);
