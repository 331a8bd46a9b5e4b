/** Awards on other awards: the cell of a blank input adds up the cells of the awards that it asks for. */
import { byTurn, type Allowance, type Award, type PlannedRow } from "../../rules";
import { accountIn, type Placed } from "./accounts";
import { and, asNumber, equals, isNumber, or, plus, round, text, when, written, type Expression } from "./expression";
import { quoted, type Column, type FormulaSheet } from "./sheet";

/** The rows whose awards an input asks for, by their places in the table. */
export interface Asked {
  readonly allowance: Allowance;
  readonly rows: readonly number[];
}

/** A row with its blank inputs filled in by what other rows are awarded, and which rows these are by input. */
export interface Filled {
  readonly planned: PlannedRow;
  readonly asked: ReadonlyMap<string, Asked>;
  /** Whether some input is not known, as what another row is awarded is not. */
  readonly isOpen: boolean;
}

const NO_YEARS: ReadonlyMap<string, number> = new Map();

/** @param results of the rows, as awards() gives them */
export function filledRows(rows: readonly PlannedRow[], results: readonly Award[]): Filled[] {
  const allowances = new Map(rows.flatMap(({ plan }) => plan.awarded.map((one) => [one.allowance.key, one] as const)));
  const byAccount = new Map<string, number[]>();
  rows.forEach((planned, i) => {
    for (const { allowance, instruments } of allowances.values()) {
      if (!instruments.includes(planned.plan.entry.instrument.id)) continue;
      const account = `${allowance.key} ${accountIn(planned, allowance, NO_YEARS)}`;
      const list = byAccount.get(account);
      if (list) list.push(i);
      else byAccount.set(account, [i]);
    }
  });
  return rows.map((planned, i) => {
    const { plan, row } = planned;
    const asked = new Map<string, Asked>();
    for (const { input, allowance } of plan.awarded) {
      const account = accountIn(planned, allowance, NO_YEARS);
      if (row[input] !== undefined || account === undefined || !plan.inForce) continue;
      const all = byAccount.get(`${allowance.key} ${account}`) ?? [];
      const earlier = all.filter((j) => byTurn(rows[j]!.plan, plan) < 0);
      if (earlier.length) asked.set(input, { allowance, rows: earlier });
    }
    const filled = results[i]!.filled;
    const amounts = filled.map((input): [string, number] => [
      input,
      (asked.get(input)?.rows ?? []).reduce((sum, j) => sum + results[j]!.fen, 0),
    ]);
    return {
      planned: amounts.length ? { ...planned, row: { ...row, ...Object.fromEntries(amounts) } } : planned,
      asked,
      isOpen: [...asked.keys()].some((input) => !filled.includes(input)),
    };
  });
}

/** What the rows are awarded together; a text, which no amount is, where one of them has an answer that is no amount. */
export function sumOfAwards(awards: readonly Expression[]): Expression {
  const isKnown = awards.map((award) => or(isNumber(award), equals(award, text("不在有效期内"))));
  return when(and(...isKnown), round(awards.map(asNumber).reduce(plus), 2), text("有一行算不出"));
}

/** Where a row stands, as far as it decides which rows it asks. */
interface Names {
  readonly firm?: Column | undefined;
  readonly object?: Column | undefined;
  readonly year: Column;
}

/** What has to stay as it is for a row to ask the same rows: their owner and years, and that no other row has these. */
export function asksTheSame(
  own: Placed,
  names: Names,
  { allowance }: Pick<Asked, "allowance">,
  others: readonly Placed[],
  namesIn: (sheet: FormulaSheet) => Names,
): Expression[] {
  const byObject = allowance.scope === "object" && own.planned.object !== undefined;
  const owner = (of: Names): Column | undefined => (byObject || !own.planned.firm ? of.object : of.firm);
  const here = owner(names)!.at(own.row, own.sheet);
  const isYear = allowance.period === "year";
  const pairs = others.flatMap((other) => {
    const there = namesIn(other.sheet);
    const isSame = equals(here, owner(there)!.at(other.row, own.sheet));
    return isYear ? [isSame, equals(names.year.here, there.year.at(other.row, own.sheet))] : [isSame];
  });
  // A firm has rows of named objects as well, which are not asked for.
  const isWhole = byObject || allowance.scope === "firm";
  const sheets = new Map<FormulaSheet, number>();
  if (isWhole) for (const { sheet } of others) sheets.set(sheet, (sheets.get(sheet) ?? 0) + 1);
  const counts = [...sheets].map(([sheet, count]) => {
    const there = namesIn(sheet);
    const range = (column: Column): string => `${quoted(sheet.name)}!${column.range}`;
    const inYears = `${range(there.year)}${isYear ? "=" : "<="}${names.year.here.text}`;
    const found = `SUMPRODUCT((${range(owner(there)!)}=${here.text})*(${inYears}))`;
    return equals(
      written(found, () => count),
      written(String(count), () => count),
    );
  });
  return [...pairs, ...counts];
}
