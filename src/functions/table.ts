/** Tables by column: rows of one plan are read and computed together; only what is refused is read row by row, for its words. */
import {
  awardFen,
  awards,
  columnsAwards,
  OUTCOMES,
  outcomeOf,
  toYuan,
  withoutMoney,
  type Award,
  type Claim,
  type Plan,
} from "../rules";
import {
  blocksOf,
  groupsOf,
  isPlanned,
  readTable,
  tableOf,
  Unread,
  type Given,
  type Group,
  type Matrix,
  type TableRow,
} from "../tables";
import { answerOf, errorOf, inRow, unplannedAnswer } from "./answer";
import type { Answer } from "./matrix";

/** The answers of rows that were computed together. */
export class RowAnswers {
  /**
   * @param fen awards in whole fen, 0 where there is none
   * @param others by row, whatever is no amount
   */
  constructor(
    private readonly fen: Float64Array,
    private readonly others: readonly (Answer | undefined)[],
  ) {}

  at(r: number): Answer {
    return this.others[r] ?? toYuan(this.fen[r]!);
  }

  /** One row of a single cell each, as a result spills. Amounts go straight into their cells: none is kept twice. */
  column(): Answer[][] {
    const { fen, others } = this;
    const rows = new Array<Answer[]>(fen.length);
    if (others.length) for (let r = 0; r < rows.length; r++) rows[r] = [others[r] ?? toYuan(fen[r]!)];
    else for (let r = 0; r < rows.length; r++) rows[r] = [toYuan(fen[r]!)];
    return rows;
  }
}

const [AWARD, NOT_ELIGIBLE] = [OUTCOMES.indexOf("award"), OUTCOMES.indexOf("not-eligible")];

/** The answers of a table's rows as a column: what answersOf(readTable(…)) gives. @throws Refusal for the table as a whole */
export function tableAnswers(
  instruments: readonly Given[],
  headers: readonly Given[],
  values: Matrix,
  years: readonly Given[],
  claim: Claim,
): Answer[][] {
  const table = tableOf(instruments, headers, values, years, claim);
  table.checkUsed();
  if (values.length === 1) return [[singleAnswer(table.row(0))]];
  const answers = groupAnswers(
    groupsOf(table),
    values.length,
    aloneIn((r) => table.row(r)),
    inRow,
  );
  return (
    answers?.column() ?? answersOf(readTable(instruments, headers, values, years, claim)).map((answer) => [answer])
  );
}

/**
 * The answers of rows that are computed with no others: those without a plan, and those outside the window, of which every
 * day may have a plan of its own.
 * @returns undefined for a row that has to be computed among the others
 */
export function aloneIn(rowOf: (r: number) => TableRow): (r: number) => Answer | undefined {
  const outside = new Map<Plan, Answer>();
  return (r) => {
    const row = rowOf(r);
    if (!isPlanned(row)) return unplannedAnswer(row);
    const { plan } = row;
    if (plan.inForce) return undefined;
    const answer = outside.get(plan) ?? answerOf(withoutMoney(plan, { kind: "not-in-force" }));
    outside.set(plan, answer);
    return answer;
  };
}

/** The answer of a row that has no others beside it. */
function singleAnswer(row: TableRow): Answer {
  if (!isPlanned(row)) return unplannedAnswer(row);
  const result = awardFen(row.plan, row.row);
  return typeof result === "number" ? toYuan(result) : inRow(answerOf(result), 0);
}

/**
 * @param alone the answer of a row that is in no group, or could not be read there; undefined where it is neither
 * @param place what becomes of an answer that is no amount in its row
 * @returns undefined where the rows have to be read one by one: too many kinds of them, or one refused that is not
 */
export function groupAnswers(
  groups: readonly Group[],
  length: number,
  alone: (r: number) => Answer | undefined,
  place: (answer: Answer, r: number) => Answer = (answer) => answer,
): RowAnswers | undefined {
  const known = new Map<Award | Unread, Answer>();
  const answerTo = (reason: Award | Unread): Answer => {
    let answer = known.get(reason);
    if (answer === undefined) {
      answer = reason instanceof Unread ? errorOf({ code: "value", text: reason }) : answerOf(reason);
      known.set(reason, answer);
    }
    return answer;
  };
  try {
    const { blocks, refused, wordsOf } = blocksOf(
      groups.filter(({ plan }) => plan.inForce),
      length,
    );
    const awards = columnsAwards(blocks, length);
    const { fen, decisions } = awards;
    const others: (Answer | undefined)[] = [];
    const set = (r: number, answer: Answer): void => {
      if (!others.length) others.length = length;
      others[r] = answer;
    };
    for (const r of refused) {
      const words = wordsOf(r);
      const answer = words ? place(answerTo(words), r) : alone(r);
      if (answer === undefined) return undefined;
      set(r, answer);
    }
    for (let r = 0; r < length; r++) {
      const outcome = outcomeOf(decisions[r]!);
      if (outcome !== AWARD && outcome !== NOT_ELIGIBLE && outcome < OUTCOMES.length)
        set(r, place(answerTo(awards.because(r)), r));
    }
    return new RowAnswers(fen, others);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The answers of a table's rows, in row order. */
export function answersOf(rows: readonly TableRow[]): Answer[] {
  const results = awards(rows.filter(isPlanned));
  let at = 0;
  return rows.map((row, r) => (isPlanned(row) ? inRow(answerOf(results[at++]!), r) : unplannedAnswer(row)));
}
