/** BUTIE.BEST: per row the highest award among the instruments of a family, and which one pays it. */
import {
  CATALOGUE,
  chooseBest,
  formatYuan,
  refuse,
  type Candidacy,
  type Claim,
  type Entry,
  type Jurisdiction,
  type Language,
} from "../rules";
import {
  blocksOf,
  Codes,
  familyTables,
  groupsOf,
  isPlanned,
  rowsKept,
  type Cell,
  type Given,
  type Group,
  type Matrix,
  type Table,
  type TableRow,
} from "../tables";
import { inRow } from "./answer";
import type { Answer } from "./matrix";
import { aloneIn, answersOf, groupAnswers } from "./table";

/** Which instrument supports each row. */
export interface BestChoice {
  readonly entries: readonly Entry[];
  /** By row the place of its instrument among the entries; -1 where the row cannot be read. */
  readonly chosen: Int32Array;
  /** By row, fen by which another choice for its firm could pay more at most; Infinity: not known. */
  readonly gaps: Float64Array;
  /** The row as its instrument reads it; where it cannot be read, as the first instrument that refuses it. */
  readonly row: (r: number) => TableRow;
  /** The chosen rows by instrument. */
  readonly groups: readonly Group[];
}

/**
 * A cell that one instrument cannot read is wrong for all: without it the choice would not be the best.
 * @throws Refusal where the table cannot be read or the family pays nothing in these jurisdictions
 */
export function bestChoice(
  family: string,
  headers: readonly Given[],
  values: Matrix,
  years: readonly Given[],
  claim: Claim,
  jurisdictions: readonly Jurisdiction[],
): BestChoice {
  const entries = CATALOGUE.filter(
    ({ instrument, jurisdiction }) =>
      instrument.family === family && instrument.parts && jurisdictions.includes(jurisdiction),
  );
  if (!entries.length)
    throw refuse("所选辖区没有这一类可计算的政策工具", "no computable instrument of this family there");
  const { length } = values;
  const tables = familyTables(entries, headers, values, years, claim);
  const groups = tables.map((table) => groupsOf(table));
  const readable = new Uint8Array(length).fill(1);
  const first = groups.map((own) => blocksOf(own, length));
  for (const { refused } of first) for (const r of refused) readable[r] = 0;

  // Objects are the rows that all instruments can read.
  const rows = Array.from(readable.keys()).filter((r) => readable[r]);
  const objects = new Int32Array(length);
  rows.forEach((r, i) => (objects[r] = i));
  const kept = groups.map((own) => own.flatMap((group) => rowsKept(group, (r) => readable[r] === 1)));
  const whole = rows.length === length;
  const candidacies = kept.flatMap((own, candidate) =>
    (whole ? first[candidate]! : blocksOf(own, length)).blocks.map(({ plan, columns, at }): Candidacy => {
      return { plan, columns, at: at ? at.map((r) => objects[r]!) : objects, candidate };
    }),
  );
  const [table] = tables as [Table, ...Table[]];
  const codes = (column: number): Int32Array => new Codes().of(rows.map((r) => table.values[r]![column] as Cell));
  const best = chooseBest(candidacies, rows.length, { firms: codes(table.at.firm), contracts: codes(table.at.object) });

  const chosen = new Int32Array(length).fill(-1);
  const gaps = new Float64Array(length);
  rows.forEach((r, i) => {
    chosen[r] = best.candidates[i]!;
    gaps[r] = best.gaps[i]!;
  });
  return {
    entries,
    chosen,
    gaps,
    groups: kept.flatMap((own, e) => own.flatMap((group) => rowsKept(group, (r) => chosen[r] === e))),
    row(r) {
      if (chosen[r]! >= 0) return tables[chosen[r]!]!.row(r);
      return tables.map((one) => one.row(r)).find((row) => !isPlanned(row))!;
    },
  };
}

/** Rows [award, instrument], with a third column where a choice is not proven best: how much a better one could add. */
export function bestTable({ entries, chosen, gaps, row, groups }: BestChoice, language: Language): Answer[][] {
  const answers =
    groupAnswers(groups, chosen.length, aloneIn(row), inRow)?.column().flat() ??
    answersOf(Array.from(chosen, (_, r) => row(r)));
  const open = gaps.some((gap) => gap > 0);
  return answers.map((answer, r) => {
    const pays = typeof answer === "number" && answer > 0;
    const note = open ? [noteOf(gaps[r]!, language)] : [];
    return [answer, pays ? entries[chosen[r]!]!.instrument.id : "", ...note];
  });
}

function noteOf(gap: number, language: Language): string {
  if (!gap) return "";
  return Number.isFinite(gap) ? NOTE[language](formatYuan(gap)) : UNKNOWN[language];
}

const NOTE = {
  zh: (yuan: string) => `该企业各行合计与最优至多差 ${yuan} 元`,
  en: (yuan: string) => `the rows of the firm together are at most ${yuan} yuan below the best`,
};

const UNKNOWN = {
  zh: "该企业各行组合过多，未能证明最优，与最优的差额未知",
  en: "the rows of the firm have too many combinations: not proven best, and how far below the best is not known",
};
