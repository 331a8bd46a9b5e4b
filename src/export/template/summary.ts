/** 汇总: the totals by instrument, by place and by firm, each leading to its rows. */
import { STATUS } from "../../writers/terms";
import { call, looked, minus, round, written, type Expression, type Scalar } from "../../writers/formula/expression";
import { quoted, type Column } from "../../writers/formula/sheet";
import { sumWhere } from "../../writers/formula/standing";
import { totalOf } from "../award-page";
import type { Chart, ChartRange, Sheet } from "../file/sheet";
import { head, LINK, look, NOTE, TITLE, TOP, TOTAL, WRAPPED } from "../looks";
import { PAGES } from "../other-pages";
import { Page } from "../page";
import { FIRST_POLICY, SHEETS, type Firms, type Model } from "./model";
import type { Claims } from "./claims";
import { FIRMS, type FirmTotals } from "./firms";
import { NO_POOL } from "../pool-page";
import { poolName } from "../pools";

export interface SummaryInput {
  readonly claims: Claims;
  readonly firms: Firms;
  readonly totals: FirmTotals;
  readonly charts: readonly Chart[];
}

export function summaryPage(
  model: Model,
  { claims, firms, totals, charts }: SummaryInput,
): { page: Sheet; checks: { byPlace: Expression; byFirm: Expression } } {
  const { policies } = model;
  const page = new Page(SHEETS.summary).width(34, 20, 10, 12, 24, 24, 8, 18, 18, 18, 18, 10, 10);
  const amount = look("result", "money", true);
  page.row({ content: "汇总", style: TITLE });
  page.row({
    content:
      "示例数据均为虚构。“明细 →”到该政策逐笔的限额，再点限额的表头到参数，参数旁是条款和原文：三次点击从合计到原文。",
    style: NOTE,
  });
  page.row({ content: "“不超过”“最高”是上限，不是应得额；征求意见稿成文后可能不同。金额单位：元。", style: NOTE });
  page.row();
  page.row();
  page.head(
    head("name"),
    "政策",
    "编号",
    "辖区",
    "文件状态",
    "资金池",
    "测算表",
    "笔数",
    "申报金额",
    "奖补额",
    "情景奖补额",
    "差额",
    "明细",
    "参数",
  );
  const names = model.pools.map(poolName);
  const first = page.next;
  if (first !== FIRST_POLICY) throw new Error("the policies stand elsewhere");
  const lines = policies.map((policy, i) => {
    const { entry, base, label } = policy;
    const row = page.next;
    const own = { column: claims.policy, sign: "=", with: written(`$A${row}`, () => label) } as const;
    const here = (summed?: Column): Expression => sumWhere(firms.sheet, "all", [own], summed);
    const [award, scenario] = [here(claims.award), here(claims.scenario)];
    const pool = model.pools.findIndex((one) => one.entry === policy.pool);
    page.row(
      { content: label, style: WRAPPED },
      { content: entry.instrument.id, style: TOP },
      { content: entry.jurisdiction.name.zh, style: TOP },
      { content: STATUS[entry.document.status].zh, style: TOP },
      { content: names[pool] ?? NO_POOL, style: WRAPPED },
      { content: base.sheet.name, style: WRAPPED },
      { content: here(), style: look("result", "whole", true) },
      { content: here(claims.amount), style: amount },
      { content: award, style: amount },
      { content: scenario, style: amount },
      { content: round(minus(written(`J${row}`, scenario.value), written(`I${row}`, award.value)), 2), style: amount },
      { content: "明细 →", style: LINK, link: `${quoted(base.sheet.name)}!A1` },
      { content: "参数 →", style: LINK, link: `${PAGES.parameters}!A${model.sections[i]!.first}` },
    );
    return { award, scenario };
  });
  const last = page.next - 1;
  const sum = (column: string, from: number, to: number, parts: readonly Expression[]): Expression =>
    call("SUM", [`${column}${from}:${column}${to}`], () => added(parts));
  const all = lines.map(({ award }) => award);
  const totalRow = page.row(
    { content: "合计", style: TOTAL },
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    { content: sum("I", first, last, all), style: TOTAL },
    {
      content: sum(
        "J",
        first,
        last,
        lines.map(({ scenario }) => scenario),
      ),
      style: TOTAL,
    },
  );
  page.row();
  page.head(head("name"), "辖区", "奖补额", "", "", "情景奖补额");
  const firstPlace = page.next;
  const places = [...new Set(policies.map(({ entry }) => entry.jurisdiction.name.zh))].map((name) => {
    const row = page.next;
    const inPlace = (column: "I" | "J", kind: "award" | "scenario"): Expression =>
      call("SUMIF", [`$C$${first}:$C$${last}`, `$A${row}`, `$${column}$${first}:$${column}$${last}`], () =>
        added(lines.flatMap((one, i) => (policies[i]!.entry.jurisdiction.name.zh === name ? [one[kind]] : []))),
      );
    const award = inPlace("I", "award");
    page.row({ content: name, style: TOP }, { content: award, style: amount }, undefined, undefined, {
      content: inPlace("J", "scenario"),
      style: amount,
    });
    return award;
  });
  const lastPlace = page.next - 1;
  page.row();
  const chartRow = page.next;
  for (let row = 0; row < 36; row++) page.row();
  page.head(head("name"), "企业", "奖补额", "", "", "情景奖补额");
  const firstFirm = page.next;
  const { name } = firms;
  const onFirms = (column: Column, row: number): Expression => looked(column.at(row));
  for (let row = 0; row < FIRMS; row++)
    page.row(
      { content: onFirms(name, row), style: TOP },
      { content: onFirms(totals.award, row), style: amount },
      undefined,
      undefined,
      { content: onFirms(totals.scenario, row), style: amount },
    );
  const labels: ChartRange = {
    range: `${SHEETS.summary}!$A$${first}:$A$${last}`,
    shown: policies.map(({ label }) => label),
  };
  const firmRange = (column: string, of: Column): ChartRange => ({
    range: `${SHEETS.summary}!$${column}$${firstFirm}:$${column}$${firstFirm + MOST_DRAWN - 1}`,
    shown: Array.from({ length: MOST_DRAWN }, (_, row): Scalar => of.value(row)),
  });
  const own: Chart[] = [
    {
      kind: "columns",
      title: "各政策奖补额",
      at: { column: 0, row: chartRow - 1, columns: 4, rows: 17 },
      series: [
        {
          name: "奖补额",
          labels,
          values: { range: `${SHEETS.summary}!$I$${first}:$I$${last}`, shown: all.map((one) => one.value(0)) },
        },
      ],
    },
    {
      kind: "bars",
      title: `前 ${MOST_DRAWN} 家企业奖补额`,
      at: { column: 4, row: chartRow - 1, columns: 6, rows: 17 },
      series: [{ name: "奖补额", labels: firmRange("A", name), values: firmRange("B", totals.award) }],
    },
  ];
  const others = charts.map((chart, i): Chart => ({
    ...chart,
    at: { column: i * 4, row: chartRow + 17, columns: i ? 6 : 4, rows: 17 },
  }));
  const total = written(`${SHEETS.summary}!$I$${totalRow}`, () => added(all));
  return {
    page: { ...page.sheet({ title: "汇总", header: 6, frozen: { rows: 6, columns: 1 } }), charts: [...own, ...others] },
    checks: {
      byPlace: round(
        minus(
          total,
          call("SUM", [`${SHEETS.summary}!$B$${firstPlace}:$B$${lastPlace}`], () => added(places)),
        ),
        2,
      ),
      byFirm: round(minus(total, totalOf(totals.award, quoted(SHEETS.firms))), 2),
    },
  };
}

/** More bars than that nobody reads. */
const MOST_DRAWN = 10;

const added = (parts: readonly Expression[]): number =>
  Math.round(parts.reduce((all, part) => all + Number(part.value(0)), 0) * 100) / 100;
