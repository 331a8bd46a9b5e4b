/** 资金池: choices and results above, claims by month, each pool against its claims, and below them the rows of the claims. */
import {
  call,
  compares,
  equals,
  least,
  minus,
  number,
  or,
  over,
  plus,
  round,
  times,
  when,
  written,
  ZERO_CELL,
  type Expression,
  type Scalar,
} from "../../writers/formula/expression";
import { FormulaSheet, type Column } from "../../writers/formula/sheet";
import { sumWhere } from "../../writers/formula/standing";
import { rowsBelow } from "../award-page";
import type { Chart, ChartRange, Sheet, Style, Written } from "../file/sheet";
import { head, LINK, look, NOTE, SECTION, TITLE, TOP, WRAPPED } from "../looks";
import { PAGES } from "../other-pages";
import { Page } from "../page";
import { SHEETS, type Model } from "./model";
import { addPoolRows, type PoolCells, type PoolRows } from "./pool-rows";

const MONTHS = 12;
/** The first row of choices, and of months beside them. */
const TOP_ROW = 6;
/** So many lines of choices and results. */
const LINES = 16;
const FIRST_POOL = TOP_ROW + LINES + 2;
const NAME = SHEETS.pool;

/** A cell of the sheet, here and from elsewhere. */
const cell = (place: string, value: Expression["value"]): Expression => written(place, value);
const elsewhere = (one: Expression): Expression => ({ ...one, text: `${NAME}!${one.text}` });

export interface PoolPage {
  readonly page: Sheet;
  /** Cells for the sheet of checks: 1 beyond the exact range; what is shared out less what should be. */
  readonly range: Expression;
  readonly unshared: readonly Expression[];
  /** Claims against each pool. */
  readonly chart: Chart;
  readonly rows: PoolRows;
}

/** The names of the pools on the sheet, to choose from, as a range. */
export const NO_POOL = "（无）";
export const poolNames = ({ pools }: Model): string[] =>
  pools.map(({ entry }) => `${entry.jurisdiction.name.zh} ${entry.instrument.name.zh}`);

export function poolPage(
  model: Model,
  award: Column,
  chosen: { readonly pool: number; readonly year: number },
): PoolPage {
  const { contracts, place, pools, policies, common } = model;
  const names = poolNames(model);
  const lastPool = FIRST_POOL + names.length - 1;
  const list = `$A$${FIRST_POOL}:$A$${lastPool}`;
  const sheet = new FormulaSheet(NAME, lastPool + 4, model.rows);
  const total = (column: Column): Expression =>
    call("SUM", [column.range], () => {
      let sum = 0;
      for (let row = 0; row < sheet.length; row++) sum += Number(column.value(row));
      return Math.round(sum * 100) / 100;
    });
  const documents = pools[chosen.pool]!.amount;

  // Lines of choices and results, each with its cell, so that rows and lines can look at each other.
  const at = (line: number): string => `$B$${TOP_ROW + line}`;
  const later: { rows?: PoolRows } = {};
  const rowsOf = (): PoolRows => later.rows!;
  const pool = cell(at(0), () => names[chosen.pool]!);
  const year = cell(at(1), () => chosen.year);
  const usual = cell(at(2), documents.value);
  const own = cell(at(3), () => null);
  const money = cell(at(4), documents.value);
  const claims = cell(at(5), (r) => total(rowsOf().claim).value(r));
  const fenOf = (yuan: Expression): Expression => round(times(yuan, number(100)));
  const sharedFen = fenOf(least(money, claims));
  const fen = cell(at(9), sharedFen.value);
  const claimedFen = fenOf(claims);
  const claimed = cell(at(10), claimedFen.value);
  const base = cell(at(11), () => 10_000);
  const missingFen = minus(
    fen,
    written("", (r) => total(rowsOf().floor).value(r)),
  );
  const cells: PoolCells = {
    ...{ pool, year, money, fen, claimed, base },
    missing: cell(at(12), missingFen.value),
    lastMonth: cell(`$D$${TOP_ROW + MONTHS}`, () => MONTHS + 1),
  };
  const rows = addPoolRows(
    sheet,
    {
      ...{ firm: contracts.firm, object: contracts.object, policy: contracts.policy, year: contracts.year },
      ...{ month: contracts.month, place, award },
      poolOf: (n) =>
        written(`INDEX(${model.poolList},${n.text})`, (row) => {
          const of = policies[Number(n.value(row)) - 1]?.pool;
          return names[pools.findIndex(({ entry }) => entry === of)] ?? NO_POOL;
        }),
    },
    cells,
  );
  later.rows = rows;

  const exact = common.cell(0);
  const range = when(
    or(compares(times(plus(fen, claimed), base), ">", exact), compares(claimed, ">=", times(base, base, base))),
    number(1),
    ZERO_CELL,
  );
  const ratio = (part: Expression, of: Expression, otherwise: Expression): Expression =>
    when(compares(of, ">", ZERO_CELL), over(part, of), otherwise);
  const input = (format: "text" | "whole" | "money"): Style => look("input", format, true);
  const result = (format: "money" | "rate"): Style => look("result", format, true);
  const account = look("account", "whole", true);
  const lines: readonly [string, Scalar | Expression, Style][] = [
    ["资金池（选）", names[chosen.pool]!, input("text")],
    ["年度（填）", chosen.year, input("whole")],
    [
      "文件金额",
      written(`INDEX($B$${FIRST_POOL}:$B$${lastPool},MATCH(${pool.text},${list},0))`, documents.value),
      look("figure", "money", true),
    ],
    ["改用金额（不填用文件金额）", "", input("money")],
    [
      "采用金额",
      when(
        equals(
          own,
          written('""', () => ""),
        ),
        usual,
        own,
      ),
      result("money"),
    ],
    ["申领合计", total(rows.claim), result("money")],
    ["使用率", ratio(claims, money, ZERO_CELL), result("rate")],
    ["缺口（正）或结余（负）", round(minus(claims, money), 2), result("money")],
    ["按比例：每元申领分得", ratio(fen, claimed, number(1)), result("rate")],
    ["可分（分）", sharedFen, account],
    ["申领合计（分）", claimedFen, account],
    ["精度：分位相除，每位的基数", 10_000, input("whole")],
    ["余分（分）", minus(fen, total(rows.floor)), account],
    ["超出精确范围（应为 0）", range, look("check", "whole", true)],
    ["按比例分得合计", total(rows.shared), result("money")],
    ["按先后分得合计", total(rows.inOrder), result("money")],
  ];

  const page = new Page(NAME).width(30, 20, 12, 22, 20, 20, 20, 14, 20);
  page.row({ content: "资金池", style: TITLE });
  page.row({
    content: "选资金池和年度（黄底）；各笔申领额取自“测算”。文件没有规定超额怎样分，按比例、按先后都是假设。",
    style: NOTE,
  });
  page.row({
    content:
      "按比例：每笔 × 资金池 ÷ 申领合计，先得整分，余分按余数从大到小各补一分（同 BUTIE.ALLOCATE“按比例”）。按先后：先按月份、再按行，发完即止。",
    style: NOTE,
  });
  page.row();
  page.head(head("name"), "选择与结果", "", "", "月份", "申领额", "累计申领", "尚余资金池", "累计使用率", "按先后付给");
  const sums = monthLines(page, lines, { sheet, rows, money, ratio });
  page.row({ content: `月份 ${MONTHS + 1}：没有填月份的各笔，排在最后。`, style: NOTE });
  page.head(head("name"), "各资金池（所选年度）", "文件金额", "使用率", "缺口（正）或结余（负）", "申领合计", "查条款");
  const needs = names.map((label, p): Expression => {
    const row = FIRST_POOL + p;
    const need = sumWhere(
      sheet,
      "all",
      [
        { column: rows.poolName, sign: "=", with: cell(`$A${row}`, () => label) },
        { column: rows.year, sign: "=", with: year },
      ],
      rows.award,
    );
    const [amount, sum] = [cell(`$B${row}`, pools[p]!.amount.value), cell(`$E${row}`, need.value)];
    page.row(
      { content: label, style: WRAPPED },
      { content: pools[p]!.amount, style: look("figure", "money", true) },
      { content: ratio(sum, amount, ZERO_CELL), style: result("rate") },
      { content: round(minus(sum, amount), 2), style: result("money") },
      { content: need, style: result("money") },
      { content: "参数 →", style: LINK, link: `${PAGES.parameters}!A${pools[p]!.parameters.first}` },
    );
    return need;
  });
  page.row();
  page.row({ content: "各笔申领与分配", style: SECTION });
  page.row(...sheet.columns.map(({ form }) => ({ content: form.header, style: head(form.role) })));

  const monthNames: ChartRange = {
    range: `${NAME}!$D$${TOP_ROW}:$D$${TOP_ROW + MONTHS}`,
    shown: sums.map((_, m) => m + 1),
  };
  const down = (column: string, shown: readonly Scalar[]): ChartRange => ({
    range: `${NAME}!$${column}$${TOP_ROW}:$${column}$${TOP_ROW + MONTHS}`,
    shown,
  });
  const poolRange = (column: string, shown: readonly Scalar[]): ChartRange => ({
    range: `${NAME}!$${column}$${FIRST_POOL}:$${column}$${lastPool}`,
    shown,
  });
  const left = sums.map((sum) => round(minus(money, sum), 2).value(0));
  const chart: Chart = {
    kind: "lines",
    title: "所选资金池：累计申领与尚余",
    at: { column: 10, row: 4, columns: 7, rows: 17 },
    series: [
      {
        name: "累计申领",
        labels: monthNames,
        values: down(
          "F",
          sums.map((sum) => sum.value(0)),
        ),
      },
      { name: "尚余资金池", labels: monthNames, values: down("G", left) },
    ],
  };
  const goal = elsewhere(cell("$B$15", sharedFen.value));
  const unshared = [14, 15].map((line, i) => {
    const paid = elsewhere(cell(at(line), total(i ? rows.inOrder : rows.shared).value));
    return round(minus(paid, over(goal, number(100))), 2);
  });
  return {
    page: {
      ...rowsBelow(page.sheet({ title: "资金池", header: sheet.first - 1 }), sheet),
      validations: [
        { range: `B${TOP_ROW}`, list, message: "请从“各资金池”的名称中选" },
        { range: `B${TOP_ROW + 1}`, whole: [2000, 2100], message: "请填四位年份" },
        { range: `B${TOP_ROW + 3}`, message: "请填不小于 0 的金额（元）" },
      ],
      charts: [chart],
      marked: [`B${TOP_ROW + 13}`],
      besides: { pages: 2, columns: 3 },
    },
    range: elsewhere(cell(at(13), range.value)),
    unshared,
    chart: {
      kind: "bars",
      title: "各资金池：申领与文件金额",
      at: { column: 0, row: 0, columns: 5, rows: 16 },
      series: [
        {
          name: "申领合计",
          labels: poolRange("A", names),
          values: poolRange(
            "E",
            needs.map((need) => need.value(0)),
          ),
        },
        {
          name: "文件金额",
          labels: poolRange("A", names),
          values: poolRange(
            "B",
            pools.map(({ amount }) => amount.value(0)),
          ),
        },
      ],
    },
    rows,
  };
}

interface Monthly {
  readonly sheet: FormulaSheet;
  readonly rows: PoolRows;
  readonly money: Expression;
  readonly ratio: (part: Expression, of: Expression, otherwise: Expression) => Expression;
}

/** The lines of choices, and beside them those of the months. @returns claims up to the end of each month */
function monthLines(
  page: Page,
  lines: readonly (readonly [string, Scalar | Expression, Style])[],
  { sheet, rows, money, ratio }: Monthly,
): Expression[] {
  const sums: Expression[] = [];
  lines.forEach(([label, content, style], m) => {
    const left: Written[] = [
      { content: label, style: TOP },
      { content, style },
    ];
    const row = TOP_ROW + m;
    if (m > MONTHS) {
      page.row(...left);
      return;
    }
    const own = cell(`$D${row}`, () => m + 1);
    const inMonth = { column: rows.month, sign: "=", with: own } as const;
    const claims = sumWhere(sheet, "all", [inMonth], rows.claim);
    const before = sums.at(-1);
    const claim = cell(`E${row}`, claims.value);
    const sum = before ? round(plus(cell(`F${row - 1}`, before.value), claim), 2) : claim;
    sums.push(sum);
    const running = cell(`F${row}`, sum.value);
    const amount = look("limit", "money", true);
    page.row(
      ...left,
      undefined,
      { content: m + 1, style: look("name", "whole", true) },
      { content: claims, style: amount },
      { content: sum, style: amount },
      { content: round(minus(money, running), 2), style: amount },
      { content: ratio(running, money, ZERO_CELL), style: look("limit", "rate", true) },
      { content: sumWhere(sheet, "all", [inMonth], rows.inOrder), style: amount },
    );
  });
  return sums;
}
