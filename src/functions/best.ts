/** BUTIE.BEST: per row the highest award among the instruments of a family, and which one pays it. */
import { bestAwards, CATALOGUE, EXACT_OBJECTS, refuse, type Claim, type Jurisdiction, type Language } from "../rules";
import { answerOf, inRow, unplannedAnswer } from "./answer";
import type { Answer } from "./matrix";
import { isPlanned, readFamily, type Given, type Matrix } from "../tables";

/**
 * Rows [award, instrument], with a third column that says so where a firm had too many objects for the exact search.
 * @throws Refusal where the table cannot be read or the family pays nothing in these jurisdictions
 */
export function bestTable(
  family: string,
  headers: readonly Given[],
  values: Matrix,
  years: readonly Given[],
  claim: Claim,
  jurisdictions: readonly Jurisdiction[],
  language: Language,
): Answer[][] {
  const entries = CATALOGUE.filter(
    ({ instrument, jurisdiction }) =>
      instrument.family === family && instrument.parts && jurisdictions.includes(jurisdiction),
  );
  if (!entries.length)
    throw refuse("所选辖区没有这一类可计算的政策工具", "no computable instrument of this family there");
  // Read once per instrument: a column that only some of the family know is left aside by the others.
  const tables = readFamily(entries, headers, values, years, claim);
  const rows = values.map((_, r) => tables.map((table) => table[r]!));
  // A cell that one instrument cannot read is wrong for all: without it the choice would not be the best.
  const readable = rows.filter((row) => row.every(isPlanned));
  const best = bestAwards(readable.map((row) => row.filter(isPlanned)));
  const fallback = best.some(({ greedy }) => greedy);
  let at = 0;
  return rows.map((row, r) => {
    const refused = row.find((one) => !isPlanned(one));
    if (refused && !isPlanned(refused)) return [unplannedAnswer(refused), "", ...(fallback ? [""] : [])];
    const { award, greedy } = best[at++]!;
    const pays = award.outcome.kind === "award" && award.fen > 0;
    const note = fallback ? [greedy ? NOTE[language] : ""] : [];
    return [inRow(answerOf(award), r), pays ? award.plan.entry.instrument.id : "", ...note];
  });
}

const NOTE = {
  zh: `该企业超过${EXACT_OBJECTS}个对象，按行序择优`,
  en: `more than ${EXACT_OBJECTS} objects of the firm: chosen in row order`,
};
