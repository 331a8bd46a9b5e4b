/** Sub-pools read from cells: shared out, and who paid what. */
import {
  readAmount,
  readChoice,
  subPoolPlaces,
  checkSubPoolNames,
  isNothing,
  isError,
  type Cell,
  type Given,
  type Matrix,
} from "../tables";
import {
  refuse,
  shareSubPools,
  SPILL_OPTIONS,
  SPILLS,
  toYuan,
  type Language,
  type SharingRule,
  type Spill,
  type SubPoolShares,
} from "../rules";
import { FROM, SUB_POOL, SUB_POOL_COLUMNS, subPoolLines, subPoolWords, SUB_POOL_NAMES } from "../writers/sub-pools";
import type { Answer } from "./matrix";

export interface AskedSubPools {
  /** One cell per claim. */
  readonly of: readonly Given[];
  /** A name and an amount in each row. */
  readonly list: Matrix;
  readonly spill: Cell;
}

/** Names of the sub-pools, and what each claim gets. @param claims whole fen */
export function sharedSubPools(
  claims: readonly number[],
  pool: number,
  { of, list, spill }: AskedSubPools,
  rule: Pick<SharingRule, "method" | "cap">,
): { readonly names: readonly string[]; readonly shares: SubPoolShares } {
  const failed = [...of, ...list.flat()].find(isError);
  if (failed) throw failed;
  const rows = (list as readonly (readonly Cell[])[]).filter((row) => row.some((cell) => !isNothing(cell)));
  if (rows.some((row) => row.length !== 2 || isNothing(row[0])))
    throw refuse(
      "子资金池应为两列：名称、金额（元），每行一个",
      "sub-pools are two columns, a name and an amount in yuan in each row",
    );
  const names = rows.map(([name]) => String(name));
  checkSubPoolNames(names);
  if (of.length !== claims.length)
    throw refuse(
      `子资金池一列有${of.length}行，申请有${claims.length}行，应相同`,
      `${of.length} rows of sub-pools for ${claims.length} claims`,
    );
  const places = subPoolPlaces(names, of as readonly Cell[], claims, (row) => ({
    zh: `第${row + 1}行`,
    en: `row ${row + 1}`,
  }));
  const amounts = rows.map(([, amount]) => readAmount(amount));
  const how = isNothing(spill) ? SPILLS[0] : (readChoice(SPILL_OPTIONS, spill) as Spill);
  return { names, shares: shareSubPools(claims, pool, { amounts, of: places, spill: how }, rule) };
}

/** A line per sub-pool under its headers, and at last what could not be paid out of its own money, in words. */
export function subPoolTable({ names, shares }: ReturnType<typeof sharedSubPools>, language: Language): Answer[][] {
  const lines = subPoolLines(names, shares, language);
  const head = [SUB_POOL[language], ...SUB_POOL_NAMES.map((name) => SUB_POOL_COLUMNS[name][language]), FROM[language]];
  return [
    head,
    ...lines.map(({ name, figures, from }) => [name, ...SUB_POOL_NAMES.map((column) => toYuan(figures[column])), from]),
    [subPoolWords(lines, language), ...head.slice(1).map(() => "")],
  ];
}
