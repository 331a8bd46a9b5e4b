/** 情景: what is assumed, the totals beside those without it, and below every figure with another value where one is entered. */
import {
  BLANK,
  call,
  equals,
  minus,
  round,
  when,
  written,
  ZERO_CELL,
  type Expression,
  type Scalar,
} from "../../writers/formula/expression";
import { isFormula, quoted } from "../../writers/formula/sheet";
import { totalOf } from "../award-page";
import type { Chart, Sheet, Written } from "../file/sheet";
import { head, LINK, look, NOTE, SECTION, TITLE, TOP, TOTAL, WRAPPED } from "../looks";
import { Page } from "../page";
import { FIRST_ASSUMPTION, firstLever, SHEETS, type Levers, type Model } from "./model";

export interface ScenarioPage {
  readonly page: Sheet;
  readonly chart: Chart;
}

const NAME = SHEETS.scenario;

export function scenarioPage(model: Model, assumed: { readonly growth: Scalar; readonly share: Scalar }): ScenarioPage {
  const { policies, commonLevers, levers } = model;
  const page = new Page(NAME).width(40, 20, 16, 20, 20, 12);
  const input = look("input", "rate", true);
  page.row({ content: "情景", style: TITLE });
  page.row({
    content:
      "改黄底：金额增减、国产占比，或下面任一比例、上限的“情景值”；不填就与参数相同。同样的合同、同样的公式，合计并排比较。",
    style: NOTE,
  });
  page.row({
    content: "国产占比：每笔金额分成两部分，各按各的比例，合起来一次四舍五入，仍是一笔、共用一个上限。",
    style: NOTE,
  });
  page.row();
  page.head(head("name"), "假设", "取值");
  page.row({ content: "金额增减（如 10% 为增一成）", style: TOP }, { content: assumed.growth, style: input });
  page.row({ content: "国产算力占比（不填按合同）", style: TOP }, { content: assumed.share, style: input });
  page.row();
  page.head(head("name"), "政策", "奖补额（元）", "", "情景奖补额", "差额", "查看");
  const first = page.next;
  const totals = policies.map(({ cell, base, scenario }) => {
    const [usual, changed] = [base, scenario].map(({ award, sheet }) => totalOf(award, quoted(sheet.name)));
    line(page, { content: cell, style: WRAPPED }, usual!, changed!, {
      content: "明细 →",
      style: LINK,
      link: `${quoted(scenario.sheet.name)}!A1`,
    });
    return [usual!, changed!] as const;
  });
  const last = page.next - 1;
  const sum = (column: string, side: 0 | 1): Expression =>
    call(
      "SUM",
      [`${column}${first}:${column}${last}`],
      () => Math.round(totals.reduce((all, pair) => all + Number(pair[side].value(0)), 0) * 100) / 100,
    );
  line(page, { content: "合计", style: TOTAL }, sum("B", 0), sum("D", 1), undefined);

  while (page.next < firstLever(policies.length) - 2) page.row();
  page.head(head("name"), "比例、标准、限额", "参数（不填时）", "情景值", "采用", "核对");
  section(page, commonLevers, "通用");
  policies.forEach(({ label }, i) => section(page, levers[i]!, label));
  const labels = { range: `${NAME}!$A$${first}:$A$${last}`, shown: policies.map(({ label }) => label) };
  const series = (name: string, column: string, side: 0 | 1) => ({
    name,
    labels,
    values: {
      range: `${NAME}!$${column}$${first}:$${column}$${last}`,
      shown: totals.map((pair) => pair[side].value(0)),
    },
  });
  const chart: Chart = {
    kind: "columns",
    title: "各政策：现行参数与情景",
    at: { column: 6, row: 5, columns: 7, rows: 17 },
    series: [series("现行参数", "B", 0), series("情景", "D", 1)],
  };
  return {
    page: {
      ...page.sheet({ title: "情景", header: 5, frozen: { rows: 5 } }),
      charts: [chart],
      validations: [{ range: `B${FIRST_ASSUMPTION + 1}`, share: true, message: "请填 0% 到 100%" }],
    },
    chart,
  };
}

/** Two totals and their difference; the middle column is that of what is entered further below. */
function line(page: Page, label: Written, usual: Expression, changed: Expression, link: Written | undefined): void {
  const row = page.next;
  const difference = minus(written(`D${row}`, changed.value), written(`B${row}`, usual.value));
  const amount = look("result", "money", true);
  page.row(
    label,
    { content: usual, style: amount },
    undefined,
    { content: changed, style: amount },
    { content: round(difference, 2), style: amount },
    link,
  );
}

function section(page: Page, levers: Levers, title: string): void {
  while (page.next < levers.first - 1) page.row();
  page.row({ content: title, style: SECTION });
  levers.list.forEach(({ label, format, value, check }, p) => {
    const row = levers.first + p;
    const usual = levers.usual(p);
    const own = written(`$C$${row}`, () => null);
    const computed = isFormula(value);
    page.row(
      { content: label, style: WRAPPED },
      { content: usual, style: look("figure", format, true) },
      computed ? undefined : { content: "", style: look("input", format, true) },
      {
        content: computed ? value : when(equals(own, BLANK), written(`$B$${row}`, usual.value), own),
        style: look("limit", format, true),
      },
      { content: check ? check(levers.cell(p)) : ZERO_CELL, style: look("check", "whole", true) },
    );
  });
}
