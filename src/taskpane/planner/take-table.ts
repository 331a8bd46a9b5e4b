/** A table of the workbook as the claims on a pool: its column of awards in yuan, and the firms. */
import { formatAddress, reference } from "../../host/address";
import { isHeader, nameOf, tableColumn, unitBehind } from "../../tables";
import type { PaneState } from "../context";
import type { TableInHand } from "../table-in-hand";
import { formId, formOf, type FieldName } from "./form";
import { OWN_POOL, poolsOf } from "./pool";

/** A header over what is claimed of a pool: 补贴（元）, 申请额, award. */
const CLAIMED = /补贴|补助|奖励|资助|申请额|申领额|award|claim/;

export function takeAsClaims(
  { type, typed, jurisdiction, claim }: Pick<PaneState, "type" | "typed" | "jurisdiction" | "claim">,
  { sheet, cells, region }: TableInHand,
): void {
  const { columns, rows } = region;
  const pools = poolsOf(jurisdiction, claim).map(({ instrument }) => instrument.id);
  const wanted = formOf(typed, jurisdiction.id).pool;
  const pool = wanted === OWN_POOL || pools.includes(wanted ?? "") ? wanted! : (pools[0] ?? OWN_POOL);
  const take = (name: FieldName, column: number | undefined): void => {
    const area = { row: rows[0]!, column: column ?? 0, rows: rows.at(-1)! - rows[0]! + 1, columns: 1 };
    type(formId(pool), name, column === undefined ? "" : reference({ sheet, address: formatAddress(area) }));
  };
  const numbers = (column: number): boolean => rows.every((row) => typeof cells.values[row]?.[column] === "number");
  // Totals among the rows would count twice, and the planner reads yuan: then the column is left to the user.
  const unbroken = rows.at(-1)! - rows[0]! + 1 === rows.length;
  const inYuan = columns.filter(
    ({ column, header }) => (unitBehind(header) ?? region.unit ?? 1) === 1 && numbers(column) && unbroken,
  );
  const claimed = inYuan.filter(({ header }) => CLAIMED.test(nameOf(header))).at(-1);
  const amount = inYuan.find(({ header }) => isHeader(header) && nameOf(header).endsWith("金额"));
  take("claims", (claimed ?? amount)?.column);
  take("firm", columns.find(({ header }) => tableColumn(nameOf(header)) === "firm")?.column);
}
