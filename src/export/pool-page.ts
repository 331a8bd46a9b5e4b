/** 资金池: choices and results above, claims by month, each pool against its claims, and below them the rows of the claims. */
import {
  BLANK,
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
  text,
  times,
  when,
  written,
  ZERO_CELL,
  type Expression,
  type Scalar,
} from "../writers/formula/expression";
import { FormulaSheet, isFormula, type Column } from "../writers/formula/sheet";
import { sumWhere } from "../writers/formula/standing";
import { rowsBelow } from "./award-page";
import type { Checks } from "./checks-page";
import type { Chart, ChartRange, Sheet, Style, Written } from "./file/sheet";
import { head, LINK, look, NOTE, SECTION, TITLE, TOP, WRAPPED } from "./looks";
import { Page } from "./page";
import { POOL, type PoolOffered } from "./pools";
import { addPoolRows, type PoolRows, type PoolSources } from "./pool-rows";

const MONTHS = 12;
/** The first row of choices, and of months beside them. */
const TOP_ROW = 6;
/** Rows of a block whose formulas are spelled alike. */
export const BLOCK = 64;

/** The lines of choices and results, in their order. */
const LINES = [
  ...["pool", "year", "documents", "own", "money", "cap", "claims", "use", "gap", "out"],
  ...["ratio", "fen", "claimed", "base", "missing", "range", "shared", "inOrder"],
] as const;
type LineName = (typeof LINES)[number];
const FIRST_POOL = TOP_ROW + LINES.length + 2;

/** A cell of the sheet, here and from elsewhere. */
const cell = (place: string, value: Expression["value"]): Expression => written(place, value);
const elsewhere = (one: Expression): Expression => ({ ...one, text: `${POOL}!${one.text}` });
const rowOf = (line: LineName): number => TOP_ROW + LINES.indexOf(line);
const placeOf = (line: LineName): string => `$B$${rowOf(line)}`;
/** Where the name of a pool stands, to choose from. */
export const poolCell = (place: number, label: string): Expression => cell(`$A$${FIRST_POOL + place}`, () => label);

/** What is chosen at first; amounts in yuan, the document's and none where they are left out. */
export interface PoolChoice {
  readonly pool: number;
  readonly year: number;
  readonly amount?: number;
  readonly cap?: number;
}

export interface PoolForm {
  /** At least one. */
  readonly pools: readonly PoolOffered[];
  readonly chosen: PoolChoice;
  /** How many rows of claims there are. */
  readonly rows: number;
  readonly sources: PoolSources;
  /** The largest whole number that is exact. */
  readonly exact: Expression;
  /** Where the award of a row leads. */
  readonly linkOf?: (row: number) => string;
}

export interface PoolPage {
  readonly page: Sheet;
  /** Claims against each pool. */
  readonly chart: Chart;
  /** Adds its lines to the sheet of checks. */
  readonly check: (checks: Checks) => void;
}

/** What stands for the pool of an instrument that has none. */
export const NO_POOL = "（无）";

export function poolPage({ pools, chosen, rows: length, sources, exact, linkOf }: PoolForm): PoolPage {
  const names = pools.map(({ label }) => label);
  const lastPool = FIRST_POOL + names.length - 1;
  const list = `$A$${FIRST_POOL}:$A$${lastPool}`;
  const sheet = new FormulaSheet(POOL, lastPool + 4, length);
  const total = (column: Column): Expression =>
    call("SUM", [column.range], () => {
      let sum = 0;
      for (let row = 0; row < sheet.length; row++) sum += Number(column.value(row));
      return Math.round(sum * 100) / 100;
    });
  const amountOf = ({ amount }: PoolOffered): Scalar => (isFormula(amount) ? amount.value(0) : amount);

  // Lines of choices and results, each with its cell, so that rows and lines can look at each other.
  const later: { rows?: PoolRows } = {};
  const rowsOf = (): PoolRows => later.rows!;
  const at = (line: LineName, value: Expression["value"]): Expression => cell(placeOf(line), value);
  const pool = at("pool", () => names[chosen.pool]!);
  const year = at("year", () => chosen.year);
  const documents = at("documents", () => amountOf(pools[chosen.pool]!));
  const own = at("own", () => chosen.amount ?? null);
  const adopted = when(equals(own, BLANK), documents, own);
  const money = at("money", adopted.value);
  const cap = at("cap", () => chosen.cap ?? null);
  const claims = at("claims", (r) => total(rowsOf().claim).value(r));
  const fenOf = (yuan: Expression): Expression => round(times(yuan, number(100)));
  const sharedFen = fenOf(least(money, claims));
  const fen = at("fen", sharedFen.value);
  const claimedFen = fenOf(claims);
  const claimed = at("claimed", claimedFen.value);
  const base = at("base", () => 10_000);
  const missingFen = minus(
    fen,
    written("", (r) => total(rowsOf().floor).value(r)),
  );
  const missing = at("missing", missingFen.value);
  const lastMonth = cell(`$D$${TOP_ROW + MONTHS}`, () => MONTHS + 1);
  const rows = addPoolRows(sheet, sources, { pool, year, money, cap, fen, claimed, base, missing, lastMonth });
  later.rows = rows;

  const range = when(
    or(compares(times(plus(fen, claimed), base), ">", exact), compares(claimed, ">=", times(base, base, base))),
    number(1),
    ZERO_CELL,
  );
  const ratio = (part: Expression, of: Expression, otherwise: Expression): Expression =>
    when(compares(of, ">", ZERO_CELL), over(part, of), otherwise);
  const input = (format: "text" | "whole" | "money"): Style => look("input", format, true);
  const result = (format: "money" | "rate" | "whole"): Style => look("result", format, true);
  const account = look("account", "whole", true);
  const lines: Readonly<Record<LineName, readonly [string, Scalar | Expression, Style]>> = {
    pool: ["资金池（选）", names[chosen.pool]!, input("text")],
    year: ["年度（填）", chosen.year, input("whole")],
    documents: [
      "文件金额",
      written(`INDEX($B$${FIRST_POOL}:$B$${lastPool},MATCH(${pool.text},${list},0))`, documents.value),
      look("figure", "money", true),
    ],
    own: ["改用金额（不填用文件金额）", chosen.amount ?? "", input("money")],
    money: ["采用金额", adopted, result("money")],
    cap: ["单家上限（不填不设）", chosen.cap ?? "", input("money")],
    claims: ["申领合计", total(rows.claim), result("money")],
    use: ["使用率", ratio(claims, money, ZERO_CELL), result("rate")],
    gap: ["缺口（正）或结余（负）", round(minus(claims, money), 2), result("money")],
    out: ["用尽的月份", outIn(money, claims, () => sums), result("whole")],
    ratio: ["按比例：每元申领分得", ratio(fen, claimed, number(1)), result("rate")],
    fen: ["可分（分）", sharedFen, account],
    claimed: ["申领合计（分）", claimedFen, account],
    base: ["精度：分位相除，每位的基数", 10_000, input("whole")],
    missing: ["余分（分）", minus(fen, total(rows.floor)), account],
    range: ["超出精确范围（应为 0）", range, look("check", "whole", true)],
    shared: ["按比例分得合计", total(rows.shared), result("money")],
    inOrder: ["按先后分得合计", total(rows.inOrder), result("money")],
  };

  const page = new Page(POOL).width(30, 20, 12, 22, 20, 20, 20, 14, 20);
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
  const sums: readonly Expression[] = monthLines(
    page,
    LINES.map((name) => lines[name]),
    { sheet, rows, money, ratio },
  );
  page.row({ content: `月份 ${MONTHS + 1}：没有填月份的各笔，排在最后。`, style: NOTE });
  page.head(
    head("name"),
    "各资金池（所选年度）",
    "文件金额",
    "使用率",
    "缺口（正）或结余（负）",
    "奖补额合计",
    "查条款",
  );
  const needs = pools.map((one, p): Expression => {
    const { label, amount: documented, link } = one;
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
    const [amount, sum] = [cell(`$B${row}`, () => amountOf(one)), cell(`$E${row}`, need.value)];
    page.row(
      { content: label, style: WRAPPED },
      { content: documented, style: look(isFormula(documented) ? "figure" : "input", "money", true) },
      { content: ratio(sum, amount, ZERO_CELL), style: result("rate") },
      { content: round(minus(sum, amount), 2), style: result("money") },
      { content: need, style: result("money") },
      link === undefined ? undefined : { content: "参数 →", style: LINK, link },
    );
    return need;
  });
  page.row();
  page.row({ content: "各笔申领与分配", style: SECTION });
  page.row(...sheet.columns.map(({ form }) => ({ content: form.header, style: head(form.role) })));

  const monthNames: ChartRange = {
    range: `${POOL}!$D$${TOP_ROW}:$D$${TOP_ROW + MONTHS}`,
    shown: sums.map((_, m) => m + 1),
  };
  const down = (column: string, shown: readonly Scalar[]): ChartRange => ({
    range: `${POOL}!$${column}$${TOP_ROW}:$${column}$${TOP_ROW + MONTHS}`,
    shown,
  });
  const poolRange = (column: string, shown: readonly Scalar[]): ChartRange => ({
    range: `${POOL}!$${column}$${FIRST_POOL}:$${column}$${lastPool}`,
    shown,
  });
  const left = sums.map((sum) => round(minus(money, sum), 2).value(0));
  const chart: Chart = {
    kind: "lines",
    title: "所选资金池：累计申领与尚余",
    at: { column: 9, row: 5, columns: 4, rows: 17 },
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
  const goal = elsewhere(fen);
  const unshared = (line: "shared" | "inOrder"): Expression =>
    round(minus(elsewhere(at(line, total(rows[line]).value)), over(goal, number(100))), 2);
  const below = rowsBelow(page.sheet({ title: POOL, header: sheet.first - 1 }), sheet);
  const asked = sheet.columns.indexOf(rows.award);
  return {
    page: {
      ...below,
      // Above the rows, columns are something else: the looks go with the cells.
      columns: below.columns.map(({ width }) => ({ width })),
      row: (r) =>
        r < sheet.first - 1
          ? below.row(r)
          : below.row(r).map((one, c) => ({
              ...one!,
              style: below.columns[c]!.style,
              ...(linkOf && c === asked && { link: linkOf(r - sheet.first + 1) }),
            })),
      block: BLOCK,
      validations: [
        { range: `B${rowOf("pool")}`, list, message: "请从“各资金池”的名称中选" },
        { range: `B${rowOf("year")}`, whole: [2000, 2100], message: "请填四位年份" },
        ...(["own", "cap"] as const).map((line) => ({
          range: `B${rowOf(line)}`,
          message: "请填不小于 0 的金额（元）",
        })),
      ],
      charts: [chart],
      marked: [`B${rowOf("range")}`],
      besides: { pages: 2, columns: 3 },
    },
    check(checks) {
      const line = (words: string, content: Expression, of: LineName): string =>
        checks.line(POOL, words, content, `${POOL}!B${rowOf(of)}`);
      line("申领和资金池超出精确范围", elsewhere(at("range", range.value)), "range");
      line("按比例分得之和与可分金额之差", unshared("shared"), "shared");
      line("按先后分得之和与可分金额之差", unshared("inOrder"), "inOrder");
    },
    chart: {
      kind: "bars",
      title: "各资金池：奖补额与文件金额",
      at: { column: 0, row: 0, columns: 5, rows: 16 },
      series: [
        {
          name: "奖补额合计",
          labels: poolRange("A", names),
          values: poolRange(
            "E",
            needs.map((need) => need.value(0)),
          ),
        },
        {
          name: "文件金额",
          labels: poolRange("A", names),
          values: poolRange("B", pools.map(amountOf)),
        },
      ],
    },
  };
}

/** The month in which the claims come to more than the money; words where they never do, or by rows without a month alone. */
function outIn(money: Expression, claims: Expression, sums: () => readonly Expression[]): Expression {
  const range = `$F$${TOP_ROW}:$F$${TOP_ROW + MONTHS}`;
  const paid = call("SUMPRODUCT", [`--(${range}<=${money.text})`], () => {
    const most = Number(money.value(0));
    return sums().filter((sum) => Number(sum.value(0)) <= most).length;
  });
  return when(
    compares(claims, "<=", money),
    text("不会用尽"),
    when(compares(paid, ">=", number(MONTHS)), text("没有填月份的各笔"), plus(paid, number(1))),
  );
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
