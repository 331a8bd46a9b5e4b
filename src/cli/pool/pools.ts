/** Several pools of a file, a row each, in the columns of the pane's table of pools. */
import path from "node:path";
import type { NamedCells } from "../../export/file/read";
import { formatAddress, parseAddress } from "../../host/address";
import { refuse, type Claim } from "../../rules";
import { columnsIn, refusedAt } from "../../taskpane/planner/claim-columns";
import { claimsFrom, type Claims, type ReadColumn, type ReadColumns } from "../../taskpane/planner/claims";
import { COLUMNS, type ColumnName } from "../../taskpane/planner/columns";
import type { Form } from "../../taskpane/planner/form";
import { listsPools, poolsIn } from "../../taskpane/planner/pool-table";
import type { SeveralPools } from "../../taskpane/planner/portfolio-sections";
import { listedIn, severalOf } from "../../taskpane/planner/several-pools";
import { sheetsOf } from "../cells";
import { withWarehouse } from "../shell";
import { readClaimsOf, type Named } from "./claims";

/** Such as a range of the pane, "合同!F2:F50". */
const isRange = (words: string): boolean => words.includes("!");

/**
 * The pools of a table and the claims on them. Under 申请额 stands a range of the same workbook, as in the pane, or a file with
 * or without the header of a column: "算力券.csv", "申请.csv#补贴金额"; the other columns name headers of that file.
 * @param factors good and bad times, the same for all pools
 * @throws Refusal that names the pool
 */
export async function severalIn(
  file: string,
  { factors, limits }: { readonly factors: string | undefined; readonly limits: { memory?: string; threads?: string } },
  claim: Claim,
): Promise<SeveralPools> {
  const sheets = await sheetsOf(file);
  const table = sheets.find(({ cells }) => listsPools(cells.values)) ?? sheets[0];
  const listed = listedIn(poolsIn(table?.cells.values ?? []), factors);
  const claims: (Claims | undefined)[] = [];
  for (const { name, form } of listed)
    try {
      if (!form.claims) claims.push(undefined);
      else if (isRange(form.claims)) claims.push(await claimsInRanges(form, sheets, limits));
      else claims.push(await claimsOfFile(form, path.dirname(file), limits));
    } catch (error) {
      throw refusedAt({ zh: `资金池“${name}”`, en: `pool ${name}` }, error);
    }
  return severalOf(listed, claims, claim);
}

const claimsInRanges = (
  form: Form,
  sheets: readonly NamedCells[],
  limits: { memory?: string; threads?: string },
): Promise<Claims> => {
  const columns = columnsIn(form);
  const read: Partial<Record<ColumnName, ReadColumn>> = {};
  for (const name of COLUMNS) {
    const column = columns[name];
    if (!column || !("place" in column)) continue;
    const { sheet, address } = column.place;
    const values = sheets.find((one) => one.name === sheet)?.cells.values;
    if (!values) throw refuse(`没有工作表“${sheet}”`, `there is no sheet ${sheet}`);
    const area = parseAddress(address)!;
    const rows = Math.min(area.rows, Math.max(0, values.length - area.row));
    const cells = Array.from({ length: rows }, (_, k) => values[area.row + k]?.[area.column] ?? "");
    read[name] = { place: { sheet, address: formatAddress({ ...area, rows: Math.max(1, rows) }) }, cells };
  }
  return withWarehouse(limits, (warehouse) =>
    warehouse.inPieces(claimsFrom(read as ReadColumns & { claims: ReadColumn }, columns)),
  );
};

async function claimsOfFile(
  form: Form,
  folder: string,
  limits: { memory?: string; threads?: string },
): Promise<Claims> {
  const [name, header] = form.claims!.split("#") as [string, string?];
  const named: Named = Object.fromEntries(
    COLUMNS.flatMap((column) => {
      const words = column === "claims" ? header : form[column];
      return words ? [[column, words]] : [];
    }),
  );
  return withWarehouse(limits, async (warehouse) => {
    const { claims } = await readClaimsOf(warehouse, path.resolve(folder, name), named, false);
    return claims;
  });
}
