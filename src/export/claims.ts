/** 资金池 of an exported table: its rows as claims on the pools of its instruments, or on one that is in no document. */
import { toYuan, type Claim } from "../rules";
import type { FormulaBook } from "../writers/excel-formula";
import { BLANK, equals, looked, monthOf, when } from "../writers/formula/expression";
import type { Column, Content } from "../writers/formula/sheet";
import { linesInOrder, placeOf } from "./lines";
import { NO_POOL, poolCell, poolPage, type PoolPage } from "./pool-page";
import { offered, poolLines, type PoolLine, type PoolOffered } from "./pools";

/** What is assumed of a pool. Amounts in fen; the document's and no cap where they are left out. */
export interface PoolWanted {
  /** Id of the pool that is chosen at first; the first one where it is left out. */
  readonly id?: string | undefined;
  readonly amount?: number | undefined;
  /** Of each firm, beside the limits of the clauses. */
  readonly cap?: number | undefined;
}

/** Each row is compared with all others: beyond so many rows there is no such sheet. */
const MOST_CLAIMS = 1024;
const OWN = "自定资金池";

export interface BookPools {
  readonly lines: readonly PoolLine[];
  /** Undefined where there is no pool, or there are too many rows. */
  readonly page: PoolPage | undefined;
  readonly isLeftOut: boolean;
}

/** @param wanted a pool without an id, with an amount, is one for all rows */
export function bookPools(book: FormulaBook, { year }: Claim, wanted: PoolWanted = {}): BookPools {
  const { sheets, parameters } = book;
  const lines = poolLines([...sheets.map(({ plan }) => plan.entry.instrument.pool), wanted.id], parameters.at(-1)!);
  const isOwn = wanted.id === undefined && wanted.amount !== undefined;
  const pools: PoolOffered[] = isOwn ? [{ label: OWN, amount: toYuan(wanted.amount) }] : lines.map(offered);
  const claims = linesInOrder(book);
  const isLeftOut = pools.length > 0 && claims.length > MOST_CLAIMS;
  if (!pools.length || isLeftOut) return { lines, page: undefined, isLeftOut };
  const at = (of: (claim: (typeof claims)[number]) => Content) => (row: number) => of(claims[row]!);
  const seen = (column: Column | undefined, row: number): Content => (column ? looked(column.at(row)) : "");
  const placeIn = (id: string | undefined): number =>
    isOwn ? 0 : lines.findIndex(({ entry }) => entry.instrument.id === id);
  const page = poolPage({
    pools,
    chosen: {
      pool: Math.max(0, placeIn(wanted.id)),
      year,
      ...(!isOwn && wanted.amount !== undefined && { amount: toYuan(wanted.amount) }),
      ...(wanted.cap !== undefined && { cap: toYuan(wanted.cap) }),
    },
    rows: claims.length,
    sources: {
      row: at(({ award, row }) => award.sheet.columns[0]!.value(row)),
      firm: at(({ award, row }) => seen(award.admission.names.firm, row)),
      object: at(({ award, row }) => seen(award.admission.names.object, row)),
      policy: at(({ award }) => award.plan.entry.instrument.name.zh),
      year: at(({ award, row }) => award.admission.names.year.at(row)),
      month: at(({ award, row }) => {
        const day = award.admission.names.day?.at(row);
        return day ? when(equals(day, BLANK), BLANK, monthOf(day)) : "";
      }),
      poolName: at(({ award }) => {
        const place = placeIn(award.plan.entry.instrument.pool);
        return place < 0 ? NO_POOL : poolCell(place, pools[place]!.label);
      }),
      award: at(({ award, row }) => award.award.at(row)),
    },
    exact: parameters[0]!.cell(0),
    linkOf: (row) => placeOf(claims[row]!.award.award, claims[row]!.row),
  });
  return { lines, page, isLeftOut };
}
