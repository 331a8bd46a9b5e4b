/** Tables by column: rows of one plan are read and computed together; only what is refused is read row by row, for its words. */
import { awards, columnsAwards, OUTCOMES, outcomeOf, toYuan, type Award, type Claim } from "../rules";
import {
  blocksOf,
  groupsOf,
  isPlanned,
  readTable,
  Table,
  type Blocks,
  type Given,
  type Group,
  type Matrix,
  type TableRow,
} from "../tables";
import { answerOf, inRow, unplannedAnswer } from "./answer";
import type { Answer } from "./matrix";

/** The answers of a table's rows, in row order: what answersOf(readTable(…)) gives. @throws Refusal for the table as a whole */
export function tableAnswers(
  instruments: readonly Given[],
  headers: readonly Given[],
  values: Matrix,
  years: readonly Given[],
  claim: Claim,
): Answer[] {
  const table = new Table(instruments, headers, values, years, claim);
  table.checkUsed();
  const groups = groupsOf(table);
  const refusal = (r: number): Answer | undefined => {
    const row = table.row(r);
    return isPlanned(row) ? undefined : unplannedAnswer(row);
  };
  return (
    groupAnswers(groups, values.length, refusal, inRow) ??
    answersOf(readTable(instruments, headers, values, years, claim))
  );
}

/**
 * @param refusal the answer of a row that could not be read
 * @param place what becomes of an answer in its row
 * @returns undefined where the rows have to be read one by one: too many kinds of them, or one refused that is not
 */
export function groupAnswers(
  groups: readonly Group[],
  length: number,
  refusal: (r: number) => Answer | undefined,
  place: (answer: Answer, r: number) => Answer = (answer) => answer,
): Answer[] | undefined {
  let read: Blocks;
  let awards: ReturnType<typeof columnsAwards>;
  try {
    read = blocksOf(groups, length);
    awards = columnsAwards(read.blocks, length);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  const { fen, said } = awards;
  const [award, notEligible] = [OUTCOMES.indexOf("award"), OUTCOMES.indexOf("not-eligible")];
  const known = new Map<Award, Answer>();
  const answers = new Array<Answer>(length);
  for (let r = 0; r < length; r++) {
    const outcome = outcomeOf(said[r]!);
    if (outcome === award) answers[r] = toYuan(fen[r]!);
    else if (outcome === notEligible) answers[r] = 0;
    else if (outcome < OUTCOMES.length) {
      const reason = awards.because(r);
      const answer = known.get(reason) ?? answerOf(reason);
      known.set(reason, answer);
      answers[r] = place(answer, r);
    }
  }
  for (const r of read.refused) {
    const answer = refusal(r);
    if (answer === undefined) return undefined;
    answers[r] = answer;
  }
  return answers;
}

/** The answers of a table's rows, in row order. */
export function answersOf(rows: readonly TableRow[]): Answer[] {
  const results = awards(rows.filter(isPlanned));
  let at = 0;
  return rows.map((row, r) => (isPlanned(row) ? inRow(answerOf(results[at++]!), r) : unplannedAnswer(row)));
}
