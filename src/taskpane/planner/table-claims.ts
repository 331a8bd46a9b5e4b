/** The claims on a pool out of a table of the workbook: the awards of its rows under a policy, or a column of amounts. */
import { useMemo } from "react";
import { formatAddress, parseReference, reference } from "../../host/address";
import type { CellValue, Workbook } from "../../host/workbook";
import {
  CATALOGUE,
  refuse,
  toYuan,
  type Claim,
  type Entry,
  type Jurisdiction,
  type Language,
  type Refusal,
  type Text,
} from "../../rules";
import {
  cellKey,
  headerKey,
  isHeader,
  isNothing,
  nameOf,
  policyColumns,
  regionAround,
  unitBehind,
  Unread,
  valueAt,
  type RegionColumn,
  type Unit,
} from "../../tables";
import { useChosen, type ChosenHeaders } from "../chosen";
import { usePane } from "../context";
import { BY_ROW, computable, namesPolicies, underOf } from "../insertion/policy";
import { answersAhead, answersOf, dayOf, type Ahead, type RowAnswer } from "../insertion/rows";
import { checkUnderstood, understandingOf, type Understanding } from "../insertion/understanding";
import { tableIn, type TableInHand } from "../table-in-hand";
import { CLAIMED, EXPECTED, isCalled, LIKELY, MOVING } from "./claimed";
import { isDayOrMonth, type ReadColumn, type ReadColumns } from "./claims";
import type { Form } from "./form";
import { OWN_POOL } from "./pool";
import { aheadIn } from "./years";

/** What reading a table depends on beside the form. */
export interface Surroundings {
  readonly jurisdiction: Jurisdiction;
  readonly claim: Claim;
  readonly instrument: string | undefined;
  readonly chosen: ChosenHeaders;
  readonly language: Language;
}

/** Those of the pane. */
export function useSurroundings(host: Workbook | null): Surroundings {
  const { jurisdiction, claim, instrument, language } = usePane();
  const [chosen] = useChosen(host);
  return useMemo(
    () => ({ jurisdiction, claim, instrument, chosen, language }),
    [jurisdiction, claim, instrument, chosen, language],
  );
}

/** What is claimed, in `Form["claims-of"]`: the awards of the rows, or the column of that header. */
export const BY_POLICY = "policy";

const isAmount = ({ cells, region }: TableInHand, { column }: RegionColumn): boolean =>
  region.rows.some((row) => typeof cells.values[row]?.[column] === "number");

/** The columns that may hold what is claimed. */
export const amountColumns = (table: TableInHand): RegionColumn[] =>
  table.region.columns.filter((column) => column.full && isAmount(table, column));

/** The column in which a table says what is claimed: awards that were computed before, say. */
const claimedIn = (table: TableInHand): RegionColumn | undefined =>
  amountColumns(table)
    .filter(({ full }) => CLAIMED.test(nameOf(full)))
    .at(-1);

/** How a table is taken at first, before the user chooses otherwise. */
export function takenAs(table: TableInHand, pool: string, instrument: string | undefined): Form {
  const claimed = claimedIn(table);
  const paidBy = CATALOGUE.filter((entry) => entry.instrument.pool === pool && computable(entry)).map(
    (entry) => entry.instrument.id,
  );
  const inHand = paidBy.includes(instrument ?? "") ? instrument : undefined;
  const columns = policyColumns(table.region);
  const byRow = columns && namesPolicies(table, columns) ? BY_ROW : undefined;
  return {
    "claims-of": claimed ? headerKey(claimed) : BY_POLICY,
    policy: byRow ?? inHand ?? paidBy[0] ?? instrument ?? "",
    probability: rangeOf(table, LIKELY),
    within: rangeOf(table, MOVING),
    // "四季度" is no month, and takes nothing else along.
    date: rangeOf(table, EXPECTED, isDayOrMonth),
  };
}

/**
 * Where the column stands that says what it is: it is not passed over. "" where there is none, or nothing in it.
 * @param good of every cell
 */
function rangeOf(table: TableInHand, called: RegExp, good?: (cell: CellValue) => boolean): string {
  const { sheet, region } = table;
  const [column] = region.columns.filter(
    ({ header, column }) =>
      isCalled(header, called) &&
      region.rows.some((row) => !isNothing(valueAt(table, row, column))) &&
      (!good || region.rows.every((row) => good(valueAt(table, row, column)))),
  );
  const [first, last] = [region.rows[0], region.rows.at(-1)];
  if (!column || first === undefined) return "";
  return reference({
    sheet,
    address: formatAddress({ row: first, column: column.column, rows: last! - first + 1, columns: 1 }),
  });
}

/** The unit of a column of amounts: as chosen, else as its header or the table has it. */
export function unitIn(table: TableInHand, { full }: RegionColumn, form: Form): Unit {
  const typed = Number(form["claims-unit"]);
  return typed ? (typed as Unit) : (unitBehind(full) ?? table.region.unit ?? 1);
}

/** The table that a form names, with what stands in it now. @throws Refusal, WorkbookError */
export async function tableOf(host: Workbook, form: Form): Promise<TableInHand> {
  const place = parseReference(form.table ?? "");
  const table = place && (await tableIn(host, place, Number(form["header-rows"] ?? 1)));
  if (!table) throw refuse(`${form.table} 已经没有数据`, `${form.table} holds no rows any more`);
  return table;
}

export const understood = (table: TableInHand, form: Form, about: Surroundings) => {
  const { jurisdiction: place, claim, instrument, chosen, language } = about;
  const under =
    form["claims-of"] === BY_POLICY ? underOf(form.policy ?? "", table, { place, instrument }, claim) : undefined;
  return understandingOf(table, under, chosen, claim, language);
};

/** The rows of a table as claims, and those for which no amount could be computed. */
export interface TableClaims {
  readonly columns: ReadColumns & { readonly claims: ReadColumn };
  readonly refused: readonly RowAnswer[];
  /** Where the table goes on below what was taken. */
  readonly below: string | undefined;
}

/** @throws Refusal where the table as a whole cannot be read */
export function claimsIn(table: TableInHand, form: Form, about: Surroundings): TableClaims {
  const understanding = understood(table, form, about);
  const column = amountColumns(table).find((one) => headerKey(one) === form["claims-of"]);
  const { claims, refused } = column
    ? { claims: amountsIn(table, column, unitIn(table, column, form)), refused: [] }
    : awardsIn(table, understanding, about.claim, form);
  const other = (name: string): ReadColumn | undefined => {
    const match = understanding.matches.find((one) => one.name === name);
    return match && columnAt(table, match.column, claims.rows!);
  };
  const [firm, date] = [other("firm"), other("year")];
  const named = date?.cells.some((cell) => !isNothing(cell)) && {
    date: { ...date, yearsOnly: date.cells.some((cell) => dayOf(cell) === undefined) },
  };
  return { columns: { claims, ...(firm && { firm }), ...named }, refused, below: rowBelow(table) };
}

/** The first of the rows that belong to the table as it stands, and lie below what was taken. */
function rowBelow({ sheet, cells, region: { area } }: TableInHand): string | undefined {
  const row = regionAround(cells, area, isHeader)?.rows.find((one) => one >= area.row + area.rows);
  return row === undefined ? undefined : reference({ sheet, address: formatAddress({ ...area, row, rows: 1 }) });
}

/** The cells of a column as a reader of the sheet sees them, in some rows of the table. */
function columnAt(table: TableInHand, column: number, rows: readonly number[]): ReadColumn {
  const { sheet, region } = table;
  const [first, last] = [rows[0] ?? region.area.row, rows.at(-1) ?? region.area.row];
  const unbroken = last - first + 1 === rows.length && !rows.some((row) => region.above.has(cellKey(row, column)));
  return {
    place: { sheet, address: formatAddress({ row: first, column, rows: last - first + 1, columns: 1 }) },
    cells: rows.map((row) => valueAt(table, row, column)),
    rows,
    isApart: !unbroken,
  };
}

function amountsIn(table: TableInHand, { column }: RegionColumn, unit: Unit): ReadColumn {
  const read = columnAt(table, column, table.region.rows);
  return { ...read, unit, isApart: read.isApart || unit !== 1 };
}

/** Whether awards by an instrument are paid by a pool; one of no document pays whatever is claimed of it. */
const paysFor = (pool: string | undefined, { instrument }: Entry): boolean =>
  pool === undefined || pool === OWN_POOL || instrument.pool === pool;

const ELSEWHERE: Text = { zh: "不由这个资金池支付", en: "is not paid by this pool" };

/** A ledger of expected claims says what is claimed, and nothing that a policy asks for. */
const noneComputed = ({ row, because = { zh: "", en: "" } }: RowAnswer): Refusal =>
  refuse(
    `按政策算，没有一行算得出补贴，如第 ${row + 1} 行：${because.zh}。表中已写有申请额的，请在上面“申请额”处改选那一列`,
    `under the policy no row has an award; row ${row + 1}: ${because.en}. Where the table says what is claimed, choose that column above`,
  );

/** @throws Refusal where no policy was chosen, columns are missing, or no row can be computed */
function awardsIn(
  table: TableInHand,
  { under, matches, missing }: Understanding,
  claim: Claim,
  form: Form,
): { readonly claims: ReadColumn; readonly refused: readonly RowAnswer[] } {
  checkUnderstood(under, missing);
  const ahead = aheadIn(form);
  const answers = answersOf(table, matches, under, claim).map((answer, row): RowAnswer => {
    const entry = under.kind === "rows" ? under.entries[row] : undefined;
    const isElsewhere = entry && !(entry instanceof Unread) && !paysFor(form["table-pool"], entry);
    return isElsewhere && answer.fen !== undefined ? { row: answer.row, because: ELSEWHERE } : answer;
  });
  const paid = answers.filter(({ fen }) => fen !== undefined);
  const [first] = answers;
  if (first && !paid.length) throw noneComputed(first);
  const read = columnAt(
    table,
    table.region.area.column,
    paid.map(({ row }) => row),
  );
  return {
    claims: {
      ...read,
      cells: paid.map(({ fen }) => toYuan(fen!)),
      isApart: true,
      ...(ahead && { ahead: awardsAhead(ahead) }),
    },
    refused: answers.filter(({ fen }) => fen === undefined),
  };

  /** By the place of a row among those that are paid. */
  function awardsAhead(years: Ahead): Map<number, number>[] {
    if (under!.kind === "best")
      throw refuse(
        "按“从优”测算的表不能往后外推，请选定政策工具，或把以后各年的合同列入表中",
        "rows under the best instrument cannot be taken ahead: choose one, or enter the contracts of later years",
      );
    const places = new Map(paid.map(({ row }, place) => [row, place]));
    return answersAhead(table, matches, under!, claim, years).map(
      (one) =>
        new Map(one.flatMap(({ row, fen = NaN }) => (places.has(row) ? [[places.get(row)!, fen] as const] : []))),
    );
  }
}
