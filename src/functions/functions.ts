/**
 * The functions that a workbook sees. Thin: arguments in, rules called, values or errors out.
 * Every argument is a range; every result is a range. Names and arguments are a contract (CONTRIBUTING.md).
 */
import { awards, Refusal, type PlannedRow } from "../rules";
import { answerOf, errorOf } from "./answer";
import { matrixOf, type Answer, type Given } from "./matrix";
import { claimOf } from "./period";
import { isPlanned, readTable, type TableRow } from "./table";

/**
 * One award per row of a table, for any instrument. Rows of one firm share its limits, in row order.
 * @customfunction BUTIE BUTIE
 * @param {any[][]} instrument Instrument id, one cell or one per row
 * @param {any[][]} headers Header row that names the columns of values
 * @param {any[][]} values Table of inputs, one row per contract, loan or project
 * @param {any[][]} [year] Year or date of the claim, one cell or one per row; omitted: the pick
 * @returns {any[][]} Awards in yuan, one per row
 */
export function butie(instrument: any[][], headers: any[][], values: any[][], year?: any[][]): any[][] {
  const rows = matrixOf(values)!;
  try {
    return tableAnswers(readTable(list(instrument), list(headers), rows, list(year), claimOf())).map((answer) => [
      answer,
    ]);
  } catch (error) {
    const refused = refusalOf(error);
    return rows.map(() => [refused]);
  }
}

const list = (argument: unknown): Given[] => (matrixOf(argument) ?? [[undefined]]).flat();

function tableAnswers(rows: readonly TableRow[]): Answer[] {
  const planned = rows.filter(isPlanned);
  const results = new Map<PlannedRow, Answer>();
  awards(planned).forEach((award, i) => results.set(planned[i]!, answerOf(award)));
  return rows.map((row) => (isPlanned(row) ? results.get(row)! : errorOf(row.refusal)));
}

function refusalOf(error: unknown): CustomFunctions.Error {
  if (error instanceof Refusal) return errorOf(error);
  throw error;
}
