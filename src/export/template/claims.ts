/** 合同 and 测算: what is entered, and for each row its award, the limit that decides, and what our function gives. */
import { idOf } from "../../rules";
import {
  and,
  BLANK,
  call,
  compares,
  differs,
  equals,
  isNumber,
  looked,
  minus,
  number,
  or,
  round,
  text,
  when,
  written,
  ZERO_CELL,
  type Expression,
  type Scalar,
} from "../../writers/formula/expression";
import { quoted, type Column } from "../../writers/formula/sheet";
import { sumWhere } from "../../writers/formula/standing";
import { rowsBelow, totalOf } from "../award-page";
import type { Sheet, Validation } from "../file/sheet";
import { head, NOTE, TITLE, TOTAL } from "../looks";
import { Page } from "../page";
import { SHEETS, type Firms, type Model } from "./model";
import { chosenOf } from "./overlaps";

export interface Claims {
  readonly policy: Column;
  readonly firm: Column;
  readonly amount: Column;
  readonly award: Column;
  readonly scenario: Column;
  /** What our function gives, where the add-in is there, and how far the award differs from it. */
  readonly answer: Column;
  readonly difference: Column;
  /** What is wrong with a row, in words. */
  readonly wrong: Column;
}

/** @param answers what our function gives for each row, stored for those who only look */
export function claimsOf(model: Model, firms: Firms, answers: readonly Scalar[]): Claims {
  const { claims: sheet, contracts, place, policies, sheetList } = model;
  const shown = (header: string, column: Column): Column =>
    sheet.add(header, "stored", column.form.format, looked(column.beside));
  const own = place.here;
  const isListed = and(isNumber(own), compares(own, ">", ZERO_CELL));
  const id = sheet.add(
    "政策编号",
    "stored",
    "text",
    when(
      isListed,
      written(`INDEX(${model.idList},${own.text})`, (row) => idOf(policies[Number(own.value(row)) - 1]!.entry)),
      BLANK,
    ),
  );
  const firm = shown("企业", contracts.firm);
  shown("合同", contracts.object);
  const policy = shown("政策", contracts.policy);
  const year = shown("年度", contracts.year);
  const [first] = contracts.inputs;
  const amount = shown(first!.header, first!.column);
  sheet.add(
    "结论",
    "result",
    "text",
    chosenOf(() => policies.map(({ base }) => base.outcome)),
  );
  const award = sheet.add(
    "奖补额",
    "result",
    "money",
    chosenOf(() => policies.map(({ base }) => base.award)),
  );
  sheet.add(
    "起作用的限额",
    "result",
    "text",
    chosenOf(() => policies.map(({ base }) => base.binding)),
  );
  const scenario = sheet.add(
    "情景奖补额",
    "result",
    "money",
    chosenOf(() => policies.map((one) => one.scenario.award)),
  );
  const answer = sheet.add("插件函数结果", "stored", "money", (row) => askedOf(model, id, answers[row] ?? ""));
  const difference = sheet.add(
    "与函数之差",
    "check",
    "money",
    when(
      or(equals(answer.here, BLANK), equals(own, BLANK)),
      ZERO_CELL,
      when(isNumber(award.here), round(minus(award.here, answer.here), 2), text("结论有变")),
    ),
  );
  const known = sumWhere(sheet, "all", [{ column: firms.name, sign: "=", with: firm.here }]);
  const month = contracts.month.beside;
  const entered = call(
    "COUNTA",
    [`${quoted(contracts.sheet.name)}!$C${"\uE000"}:$${contracts.sheet.columns.at(-1)!.letters}${"\uE000"}`],
    (row) => contracts.sheet.columns.slice(2).filter((column) => (column.value(row) ?? "") !== "").length,
  );
  const words: readonly [Expression, string][] = [
    [equals(own, BLANK), "未选政策"],
    [equals(own, ZERO_CELL), "政策不在清单"],
    [equals(firm.here, BLANK), "未填企业"],
    [equals(known, ZERO_CELL), "企业不在企业表"],
    [
      equals(
        isNumber(year.here),
        written("FALSE", () => false),
      ),
      "年度不是数字",
    ],
    [
      and(differs(month, BLANK), or(compares(month, "<", number(1)), compares(month, ">", number(12)))),
      "月份不在 1 至 12",
    ],
  ];
  const problem = words.reduceRight<Expression>((rest, [holds, said]) => when(holds, text(said), rest), BLANK);
  const wrong = sheet.add(
    "本行检查",
    "check",
    "text",
    when(and(equals(own, BLANK), equals(entered, ZERO_CELL)), BLANK, problem),
  );
  sheet.add(
    "明细",
    "stored",
    "text",
    when(
      isListed,
      written(`HYPERLINK("#'"&INDEX(${sheetList},${own.text})&"'!A"&ROW(),"明细 →")`, () => "明细 →"),
      BLANK,
    ),
  );
  return { policy, firm, amount, award, scenario, answer, difference, wrong };
}

/** One call for all rows; without the add-in it comes to empty texts. */
function askedOf({ contracts }: Model, id: Column, answer: Scalar): Expression {
  const { sheet, firm } = contracts;
  const [from, to] = [firm.letters, sheet.columns.at(-1)!.letters];
  const last = sheet.first + sheet.length - 1;
  const headers = `${sheet.name}!$${from}$${sheet.first - 1}:$${to}$${sheet.first - 1}`;
  const cells = `${sheet.name}!$${from}$${sheet.first}:$${to}$${last}`;
  // A row without a policy is none: our function answers 0 there.
  return written(`IFERROR(IF(${id.range}="","",_xldudf_BUTIE(${id.range},${headers},${cells})),"")`, () => answer);
}

export function claimsPage(
  { claims: sheet, contracts }: Model,
  { answer, award, scenario, difference }: Claims,
): Sheet {
  const page = new Page(SHEETS.claims);
  page.row({ content: "测算", style: TITLE });
  page.row({
    content:
      "与合同表逐行对应；“明细”到该政策的限额、额度和结论。装有插件时“插件函数结果”自动填出并与公式核对，没有插件时为空，不影响其他各列。",
    style: NOTE,
  });
  page.row();
  page.row({ content: "合计", style: TOTAL });
  for (const column of [award, scenario])
    page.put(3, sheet.columns.indexOf(column), { content: totalOf(column), style: TOTAL });
  page.row(...sheet.columns.map(({ form }) => ({ content: form.header, style: head(form.role) })));
  const below = rowsBelow(page.sheet({ title: "测算", header: sheet.first - 1 }), sheet);
  const asked = sheet.columns.indexOf(answer);
  const fills = `${answer.letters}${sheet.first}:${answer.letters}${sheet.first + sheet.length - 1}`;
  return {
    ...below,
    row: (at) =>
      at < sheet.first - 1
        ? below.row(at)
        : below.row(at).map((cell, c) => {
            if (c !== asked || !cell) return cell;
            return at === sheet.first - 1 ? { ...cell, fills } : { ...cell, filled: true };
          }),
    frozen: { rows: sheet.first - 1, columns: sheet.columns.findIndex(({ form }) => form.header === "合同") + 1 },
    marked: [`${difference.letters}${sheet.first}:${difference.letters}${sheet.first + contracts.sheet.length - 1}`],
    besides: { pages: 2, columns: 1 },
  };
}

export function contractsPage({ contracts, list }: Model, firms: Firms): Sheet {
  const { sheet, policy, month, firm, year, inputs } = contracts;
  const page = new Page(sheet.name).width(6, 30, 10, 22, 24, 10);
  const last = sheet.first + sheet.length - 1;
  page.row({ content: "合同", style: TITLE });
  page.row({
    content: `一行一笔，黄底填写或从清单选，次序不限；可填 ${sheet.length} 行（第 ${sheet.first} 至 ${last} 行），超出的行不计，检查表会指出。示例均为虚构，请改成自己的。`,
    style: NOTE,
  });
  page.row({
    content:
      "同一合同填多行（不同政策）只取最高的一项；没有列出的条件按文件默认（成立）。不要插入或删除整行：清除内容即可。",
    style: NOTE,
  });
  page.row();
  page.row(...sheet.columns.map(({ form }) => ({ content: form.header, style: head(form.role) })));
  const range = ({ letters }: Column): string => `${letters}${sheet.first}:${letters}${last}`;
  const validations: Validation[] = [
    { range: range(policy), list, message: "请从清单中选政策（清单在汇总表）" },
    { range: range(month), whole: [1, 12], message: "请填 1 至 12 的月份，可不填" },
    {
      range: range(firm),
      list: `${SHEETS.firms}!$A$${firms.sheet.first}:$A$${firms.sheet.first + firms.sheet.length - 1}`,
      message: "请先在企业表填写名称，再从清单中选",
    },
    { range: range(year), whole: [2000, 2100], message: "请填四位年份" },
    ...inputs.map(({ column }): Validation => {
      const { options, format } = column.form;
      if (options) return { range: range(column), words: options, message: `请选：${options.join("、")}` };
      return format === "rate"
        ? { range: range(column), share: true, message: "请填 0% 到 100%" }
        : { range: range(column), message: "请填不小于 0 的数（金额单位：元）" };
    }),
  ];
  return {
    ...rowsBelow(page.sheet({ title: "合同", header: sheet.first - 1 }), sheet),
    frozen: { rows: sheet.first - 1, columns: 2 },
    validations,
  };
}
