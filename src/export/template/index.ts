/** The starter workbook: a model of a portfolio that a finance team fills in, with plain formulas alone, and our functions beside them. */
import { awards, refuse, toYuan, type Award, idOf } from "../../rules";
import { isPlanned, readTable, type Given } from "../../tables";
import type { FormulaBook } from "../../writers/excel-formula";
import { quoted, type Column, type FormulaSheet } from "../../writers/formula/sheet";
import type { Scalar } from "../../writers/formula/expression";
import { awardPage, rowsBelow } from "../award-page";
import { Checks, differingIn, lastFilled, marksIn, wordsIn } from "../checks-page";
import type { Book, Sheet } from "../file/sheet";
import { writeBook } from "../file/write";
import { head, NOTE, TITLE } from "../looks";
import {
  aboutPage,
  clausesPage,
  lineOf,
  PAGES,
  parametersPage,
  type ParameterSection,
  type Quoted,
} from "../other-pages";
import { Page } from "../page";
import { BLOCK, poolPage, type PoolPage } from "../pool-page";
import { poolSections } from "../pools";
import { claimsOf, claimsPage, contractsPage, type Claims } from "./claims";
import { ASSUMED, EXAMPLE_FIRMS, exampleRows } from "./example";
import { poolForm } from "./pool";
import { modelOf, SHEETS, type Firms, type Model } from "./model";
import { scenarioPage } from "./scenario";
import { FIRMS, firmsOf, firmsPage } from "./firms";
import { summaryPage } from "./summary";

export interface TemplateOptions {
  /** Ids of instruments; the vouchers of Binjiang, Hangzhou and Zhejiang where they are left out. */
  readonly instruments?: readonly string[];
  readonly year: number;
  /** Room for so many contracts. */
  readonly rows?: number;
}

const USUAL = ["bj-6-suanli", "bj-7-yuliao", "bj-8-moxing", "bj-9-chuangxin", "hz-1-city-suanli", "zj-15-suanli"];
const USUAL_ROWS = 300;
const MOST_ROWS = 2 ** 11;

/**
 * The starter workbook as an .xlsx file.
 * @throws Refusal for instruments that cannot stand in one model, and for more rows than its formulas look through in good time
 */
export const templateBook = (options: TemplateOptions): Uint8Array => writeBook(bookOfTemplate(options).book);

/** The same before it is written into a file, with the model behind it. */
export function bookOfTemplate({ instruments = USUAL, year, rows = USUAL_ROWS }: TemplateOptions): {
  book: Book;
  model: Model;
} {
  if (!Number.isInteger(rows) || rows < 32 || rows > MOST_ROWS)
    throw refuse(`行数须在 32 至 ${MOST_ROWS} 之间`, `rows must be between 32 and ${MOST_ROWS}`);
  const empty = modelOf(instruments, year, rows, [], ASSUMED);
  const example = exampleRows(
    empty.policies.map(({ label }) => label),
    year,
    (label, header) => {
      const { entry } = empty.policies.find((policy) => policy.label === label)!;
      return empty.contracts.inputs.some((input) => input.header === header && input.names.has(entry));
    },
  );
  const model = modelOf(instruments, year, rows, example, ASSUMED);
  const firms = firmsOf(EXAMPLE_FIRMS);
  const claims = claimsOf(model, firms, answersOf(model, year));
  const pool = model.pools.length ? poolPage(poolForm(model, claims.award, year)) : undefined;
  const scenario = scenarioPage(model, ASSUMED);
  const firmSheet = firmsPage(firms, claims);
  const summary = summaryPage(model, {
    ...{ claims, firms, totals: firmSheet.totals },
    charts: [...(pool ? [pool.chart] : []), scenario.chart],
  });
  const { sections, quotations } = quotedOf(model);
  const { sheet: clauses, anchors } = clausesPage(quotations, { year });
  const forms: FormulaBook = { sheets: model.policies.map(({ base }) => base), parameters: [], unwritten: [] };
  const checks = checksOf(model, claims, firms, summary.checks, pool);
  const byFirm = printedTo(checks.lastFirm, firms.sheet);
  const byContract = printedTo(checks.lastContract, model.contracts.sheet);
  const sheets = [
    byFirm(summary.page),
    byFirm(firmSheet.page),
    byContract(contractsPage(model, firms)),
    byContract(claimsPage(model, claims)),
    byContract(overlapsPage(model)),
    ...(pool ? [byContract(pool.page)] : []),
    scenario.page,
    parametersPage(sections, anchors),
    checks.sheet,
    clauses,
    aboutPage(forms, { place: "模板", claim: { year }, readings: [], guide: guideOf(rows) }),
    ...model.policies.map(({ base }, i) => byContract(awardPage(base, lineOf(model.sections[i]!), GUIDE))),
    ...model.policies.map(({ scenario: changed }, i) =>
      byContract(awardPage(changed, lineOf(model.levers[i]!, SHEETS.scenario), SCENARIO_GUIDE)),
    ),
  ];
  return {
    book: {
      title: "补贴测算模型",
      sheets: sheets.map((sheet) => ({ ...sheet, block: BLOCK })),
      names: [{ name: "政策清单", range: model.list }],
    },
    model,
  };
}

const GUIDE = "各格取自合同表，全部是公式；空行属于其他政策。限额表头可点到参数。";
const SCENARIO_GUIDE = "情景下的同一测算，全部是公式；限额表头可点到情景的比例和上限。";

/**
 * Blank rows at the end of a sheet are not printed.
 * @param last the cell with the number of the last row that is filled in `rows`; those of the sheet end with as many blank ones
 */
const printedTo =
  (last: string, { first, length }: FormulaSheet) =>
  (sheet: Sheet): Sheet => {
    const further = sheet.length - (first - 1 + length);
    return { ...sheet, printed: { columns: sheet.columns.length, last: further ? `${last}+${further}` : last } };
  };

/** What BUTIE gives for the rows of the example, as its cells show it. */
function answersOf({ contracts, policies, rows }: Model, year: number): Scalar[] {
  const { sheet, policy, firm } = contracts;
  const columns = sheet.columns.slice(sheet.columns.indexOf(firm));
  const places = Array.from({ length: rows }, (_, row) => row);
  const named = places.filter((row) => policy.value(row));
  const ids = named.map((row) => idOf(policies.find(({ label }) => label === policy.value(row))!.entry));
  const values = named.map((row) => columns.map((column): Given => column.value(row) ?? ""));
  const planned = readTable(
    ids,
    columns.map(({ form }) => form.header),
    values,
    [""],
    { year },
  );
  const list = planned.filter(isPlanned);
  const results = new Map(awards(list).map((result, i) => [list[i]!, result]));
  const answers = new Map(named.map((row, i) => [row, shownAs(results.get(list.find((one) => one === planned[i])!))]));
  return places.map((row) => answers.get(row) ?? "");
}

function shownAs(result: Award | undefined): Scalar {
  if (result?.outcome.kind === "award") return toYuan(result.fen);
  return result?.outcome.kind === "not-eligible" ? 0 : "";
}

function overlapsPage({ overlaps: { sheet, mixed } }: Model): Sheet {
  const page = new Page(SHEETS.overlaps).width(22, 18, 26, 10);
  page.row({ content: "重叠与补差", style: TITLE });
  page.row({
    content: "同一合同（项目）有几行时，从优、就高、不重复：单独测算最高的一行取用，其余为 0；相同金额取在前的一行。",
    style: NOTE,
  });
  page.row({
    content: "晋升后补足差额：在黄底填同一对象此前已付的金额，应补差额 = 奖补额 − 已付，不低于 0。",
    style: NOTE,
  });
  page.row();
  page.row(...sheet.columns.map(({ form }) => ({ content: form.header, style: head(form.role) })));
  const last = sheet.first + sheet.length - 1;
  return {
    ...rowsBelow(page.sheet({ title: "重叠与补差", header: sheet.first - 1 }), sheet),
    frozen: { rows: sheet.first - 1, columns: 2 },
    marked: [`${mixed.letters}${sheet.first}:${mixed.letters}${last}`],
  };
}

function quotedOf(model: Model): { sections: ParameterSection[]; quotations: Quoted[] } {
  const quotations: Quoted[] = [];
  const quoting = (quotation: Quoted): Quoted => {
    quotations.push(quotation);
    return quotation;
  };
  const sections: ParameterSection[] = [
    { parameters: model.common, title: "通用" },
    ...model.policies.map(({ entry, base, label }, i) => ({
      parameters: model.sections[i]!,
      title: `${base.sheet.name}：${label}`,
      quoted: quoting({ entry, sheet: base.sheet.name, plan: base.plan }),
    })),
    ...poolSections(model.pools).map((section) => ({ ...section, quoted: quoting(section.quoted) })),
  ];
  return { sections, quotations };
}

function checksOf(
  model: Model,
  claims: Claims,
  firms: Firms,
  sums: ReturnType<typeof summaryPage>["checks"],
  pool: PoolPage | undefined,
): { readonly sheet: Sheet; readonly lastContract: string; readonly lastFirm: string } {
  const checks = new Checks();
  const { contracts, claims: sheet, overlaps, policies } = model;
  const at = (name: string, place: string): string => `${quoted(name)}!${place}`;
  const { first, length, columns, name } = contracts.sheet;
  const beyond = `${name}!$B$${first + length}:$${columns.at(-1)!.letters}$${first + length + MOST_ROWS}`;
  const counted = (range: string) => ({ ...marksIn(overlaps.mixed), text: `COUNTA(${range})`, value: () => 0 });
  checks.line(
    name,
    `超出 ${length} 行、没有计入的格（第 ${first + length} 行起）`,
    counted(beyond),
    at(name, `B${first + length}`),
  );
  const lastFirm = firms.sheet.first + FIRMS;
  checks.line(
    SHEETS.firms,
    `超出 ${FIRMS} 家、没有计入的格`,
    counted(`${SHEETS.firms}!$A$${lastFirm}:$A$${lastFirm + MOST_ROWS}`),
    at(SHEETS.firms, `A${lastFirm}`),
  );
  checks.line(
    sheet.name,
    "填写不全或有误的行（见“本行检查”）",
    wordsIn(claims.wrong),
    at(sheet.name, `${claims.wrong.letters}${first}`),
  );
  checks.line(
    sheet.name,
    "没有金额的行（原因见“结论”）",
    wordsIn(claims.award),
    at(sheet.name, `${claims.award.letters}${first}`),
    false,
  );
  checks.line(
    sheet.name,
    "与插件函数不同的行（没有插件时为 0）",
    differingIn(claims.difference),
    at(sheet.name, `${claims.difference.letters}${first}`),
  );
  checks.line(
    sheet.name,
    "已与插件函数核对的行数（没有插件时为 0）",
    numbersIn(claims),
    at(sheet.name, `${claims.answer.letters}${first}`),
    false,
  );
  checks.line(
    overlaps.sheet.name,
    "同一合同多年又多项的行（取舍须以函数为准）",
    marksIn(overlaps.mixed),
    at(overlaps.sheet.name, `${overlaps.mixed.letters}${first}`),
  );
  for (const award of policies.flatMap(({ base, scenario }) => [base, scenario]))
    checks.awards(award, "年度次序颠倒的行（整个政策期的限额须按年度先后填）");
  checks.line(SHEETS.summary, "按政策与按辖区合计之差", sums.byPlace, at(SHEETS.summary, "A1"));
  checks.line(SHEETS.summary, "按政策与按企业合计之差", sums.byFirm, at(SHEETS.summary, "A1"));
  pool?.check(checks);
  checks.parameters(PAGES.parameters, [model.common, ...model.sections]);
  checks.parameters(SHEETS.scenario, [model.commonLevers, ...model.levers], "E");
  checks.close();
  const { policy, firm, object } = contracts;
  const printed = (of: string, column: Column, ...others: Column[]): string =>
    checks.line(of, "打印到这一行（其后没有填写）", lastFilled([column, ...others]), at(of, "A1"), false);
  return {
    lastContract: printed(name, policy, firm, object),
    lastFirm: printed(SHEETS.firms, firms.name),
    sheet: checks.sheet(),
  };
}

/** How many rows our function answers with an amount. */
function numbersIn({ answer }: Claims) {
  const range = `${quoted(answer.sheet.name)}!${answer.range}`;
  return {
    ...marksIn(answer),
    text: `COUNT(${range})`,
    value: () => {
      let count = 0;
      for (let row = 0; row < answer.sheet.length; row++) if (typeof answer.value(row) === "number") count++;
      return count;
    },
  };
}

const guideOf = (rows: number): readonly (readonly [string, string])[] => [
  [
    "来源",
    "由补贴测算（Butie）生成的测算模型。不装插件也能填写、改动和重算：只有普通公式，没有宏和外部链接；装有插件时，测算表的“插件函数结果”另作核对。",
  ],
  ["颜色", "黄底蓝字：填写；白底：公式；绿底：结果；红底：核对，应为 0。"],
  ["怎样用", `企业表填名称，合同表逐笔填写（最多 ${rows} 行），政策、企业、是否从清单选；先看检查表，再看汇总。`],
  [
    "怎样改",
    "文件里的数字只在参数表：改一个上限，全部合计随之变动。情景表改比例、上限、金额增减和国产占比，与现行参数并排比较。",
  ],
  ["怎样查一个数", "汇总的“明细 →”到该政策逐笔的限额 → 点限额的表头到参数 → 点“条款 →”到原文。"],
  ["资金池", "文件没有规定超额怎样分：按比例、按先后都是假设，不是规定。"],
  [
    "四舍五入",
    "先换成整分，再按整份的比例相乘，最后一次四舍五入到分；整数不超过 15 位有效数字时与逐位计算一致，超出的行在“超出精确范围”一列标 1。",
  ],
  ["共用额度", "同一企业、对象、年度的各行按合同表的行序依次用额度。"],
  ["示例", "企业、合同、金额、情景均为虚构，请改成自己的。"],
];
