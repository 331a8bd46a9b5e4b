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
} from "../rules";
import {
  blocksOf,
  groupsOf,
  isPlanned,
  readTable,
  Table,
  type Given,
  type Group,
  type Matrix,
  type TableRow,
} from "../tables";
import { answerOf, inRow, unplannedAnswer } from "./answer";
import type { Answer } from "./matrix";

/** The answers of rows that were computed together. */
export class RowAnswers {
  /** By row, whatever is no amount. */
  readonly others = new Map<number, Answer>();

  /**
   * @param fen awards in whole fen
   * @param decisions outcome and limit of each row: outcomeOf()
   */
  constructor(
    private readonly fen: Float64Array,
    private readonly decisions: Uint16Array,
  ) {}

  at(r: number): Answer {
    return outcomeOf(this.decisions[r]!) === AWARD ? toYuan(this.fen[r]!) : this.others.get(r)!;
  }

  /** One row of a single cell each, as a result spills. Amounts go straight into their cells: none is kept twice. */
  column(): Answer[][] {
    const { fen, decisions, others } = this;
    const rows = new Array<Answer[]>(fen.length);
    for (let r = 0; r < rows.length; r++) {
      rows[r] = outcomeOf(decisions[r]!) === AWARD ? [toYuan(fen[r]!)] : [others.get(r)!];
    }
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
  const table = new Table(instruments, headers, values, years, claim);
  table.checkUsed();
  if (values.length === 1) return [[singleAnswer(table.row(0))]];
  const refusal = (r: number): Answer | undefined => {
    const row = table.row(r);
    return isPlanned(row) ? undefined : unplannedAnswer(row);
  };
  const answers = groupAnswers(groupsOf(table), values.length, refusal, inRow);
  return (
    answers?.column() ?? answersOf(readTable(instruments, headers, values, years, claim)).map((answer) => [answer])
  );
}

/** The answer of a row that has no others beside it. */
function singleAnswer(row: TableRow): Answer {
  if (!isPlanned(row)) return unplannedAnswer(row);
  const result = awardFen(row.plan, row.row);
  return typeof result === "number" ? toYuan(result) : inRow(answerOf(result), 0);
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
): RowAnswers | undefined {
  // Outside the window nothing is computed: every day there may be a plan of its own.
  const inForce = groups.filter(({ plan }) => plan.inForce);
  const known = new Map<Award, Answer>();
  const answerTo = (reason: Award): Answer => {
    const answer = known.get(reason) ?? answerOf(reason);
    known.set(reason, answer);
    return answer;
  };
  try {
    const { blocks, refused } = blocksOf(inForce, length);
    const awards = columnsAwards(blocks, length);
    const { fen, decisions } = awards;
    const answers = new RowAnswers(fen, decisions);
    for (let r = 0; r < length; r++) {
      const outcome = outcomeOf(decisions[r]!);
      if (outcome === NOT_ELIGIBLE) answers.others.set(r, 0);
      else if (outcome !== AWARD && outcome < OUTCOMES.length)
        answers.others.set(r, place(answerTo(awards.because(r)), r));
    }
    for (const { plan, rows, broken } of groups) {
      if (plan.inForce) continue;
      const reason = withoutMoney(plan, { kind: "not-in-force" });
      rows.forEach((r, i) => broken?.[i] || answers.others.set(r, place(answerTo(reason), r)));
    }
    for (const r of refused) {
      if (answers.others.has(r)) continue;
      const answer = refusal(r);
      if (answer === undefined) return undefined;
      answers.others.set(r, answer);
    }
    return answers;
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
