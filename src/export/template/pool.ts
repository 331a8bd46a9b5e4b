/** 资金池: the rows of 测算 as claims on the pools of the model. */
import {
  and,
  BLANK,
  compares,
  HERE,
  isNumber,
  looked,
  when,
  written,
  ZERO_CELL,
  type Expression,
} from "../../writers/formula/expression";
import { quoted, type Column } from "../../writers/formula/sheet";
import { NO_POOL, type PoolForm } from "../pool-page";
import { offered, poolName } from "../pools";
import type { Model } from "./model";

export function poolForm(
  { contracts, place, pools, policies, poolList, common, rows }: Model,
  award: Column,
  year: number,
): PoolForm {
  // Columns of other sheets with as many rows.
  const there = (column: Column): Expression =>
    written(`INDEX(${quoted(column.sheet.name)}!${column.range},$A${HERE})`, (row) => column.value(row));
  const chosen = there(place);
  const isListed = and(isNumber(chosen), compares(chosen, ">", ZERO_CELL));
  const named = written(`INDEX(${poolList},${chosen.text})`, (row) => {
    const of = pools.find(({ entry }) => entry === policies[Number(chosen.value(row)) - 1]?.pool);
    return of ? poolName(of) : NO_POOL;
  });
  return {
    pools: pools.map(offered),
    chosen: { pool: 0, year },
    rows,
    sources: {
      row: (row) => row + 1,
      firm: looked(there(contracts.firm)),
      object: looked(there(contracts.object)),
      policy: looked(there(contracts.policy)),
      year: looked(there(contracts.year)),
      month: there(contracts.month),
      poolName: when(isListed, named, BLANK),
      award: there(award),
    },
    exact: common.cell(0),
  };
}
