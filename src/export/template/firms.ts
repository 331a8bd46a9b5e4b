/** 企业: who claims, and what each gets. */
import { BLANK, equals, when } from "../../writers/formula/expression";
import { FormulaSheet, type Column } from "../../writers/formula/sheet";
import { sumWhere } from "../../writers/formula/standing";
import { rowsBelow, totalOf } from "../award-page";
import type { Sheet } from "../file/sheet";
import { head, NOTE, TITLE, TOTAL } from "../looks";
import { Page } from "../page";
import type { Claims } from "./claims";
import { SHEETS, type Firms } from "./model";

/** So many firms have room. */
export const FIRMS = 60;
const FIRST_FIRM = 6;

/** The firms to choose from; what each gets follows when the claims are there. */
export function firmsOf(names: readonly string[]): Firms {
  const sheet = new FormulaSheet(SHEETS.firms, FIRST_FIRM, FIRMS);
  const name = sheet.add("企业", "input", "text", (row) => names[row] ?? "");
  sheet.add("备注", "input", "text", () => "");
  return { sheet, name };
}

export interface FirmTotals {
  readonly award: Column;
  readonly scenario: Column;
}

function addTotals({ sheet, name }: Firms, claims: Claims): FirmTotals {
  const own = { column: claims.firm, sign: "=", with: name.here } as const;
  const ofFirm = (header: string, format: "whole" | "money", summed?: Column): Column =>
    sheet.add(header, "result", format, when(equals(name.here, BLANK), BLANK, sumWhere(sheet, "all", [own], summed)));
  ofFirm("合同数", "whole");
  ofFirm("申报金额", "money", claims.amount);
  return { award: ofFirm("奖补额", "money", claims.award), scenario: ofFirm("情景奖补额", "money", claims.scenario) };
}

export function firmsPage(firms: Firms, claims: Claims): { readonly page: Sheet; readonly totals: FirmTotals } {
  const totals = addTotals(firms, claims);
  const { sheet } = firms;
  const page = new Page(SHEETS.firms).width(26, 26, 12, 20, 20, 20);
  page.row({ content: "企业", style: TITLE });
  page.row({
    content: `在黄底填企业名称，合同表从这里选；可填 ${FIRMS} 家。示例均为虚构，请改成自己的。`,
    style: NOTE,
  });
  page.row();
  page.row({ content: "合计", style: TOTAL });
  for (const column of sheet.columns.filter(({ form }) => form.format === "money"))
    page.put(3, sheet.columns.indexOf(column), { content: totalOf(column), style: TOTAL });
  page.row(...sheet.columns.map(({ form }) => ({ content: form.header, style: head(form.role) })));
  return {
    page: {
      ...rowsBelow(page.sheet({ title: "企业", header: FIRST_FIRM - 1 }), sheet),
      frozen: { rows: FIRST_FIRM - 1, columns: 1 },
    },
    totals,
  };
}
