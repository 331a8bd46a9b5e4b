/** A comparison as a sheet: totals that add up, the causes, each award that moved. */
import type { Sheet, Written } from "../export/file/sheet";
import type { CellValue, NewSheet } from "../host/workbook";
import { head, look, NOTE, TITLE, TOP, TOTAL, WRAPPED } from "../export/looks";
import { Page } from "../export/page";
import { formatYuan, RULES_VERSION, toYuan, type Text } from "../rules";
import { call, minus, plus, round, text, written, type Expression } from "../writers/formula/expression";
import { isFormula } from "../writers/formula/sheet";
import { COMPARISON_TITLE } from "./titles";
import type { Comparison, Move } from "./comparison";

const KINDS: Readonly<Record<Move["kind"], string>> = { changed: "变动", removed: "减少", added: "新增" };
const HEADERS = [
  ...["情形", "政策", "企业", "对象", "之前位置", "之后位置", "对应依据"],
  ...["之前", "之后", "变动", "原因", "细目", "条款"],
];
/** The column of 变动. */
const MOVED = "J";
const MONEY = look("result", "money", true);

const sum = (column: string, from: number, to: number, fen: number): Expression =>
  call("SUM", [`${column}${from}:${column}${Math.max(from, to)}`], () => toYuan(fen));

const NAME = "对比";
const WIDTHS = [30, 26, 24, 20, 24, 24, 24, 18, 18, 18, 40, 48, 20];

/** The only sheet of a comparison's workbook. */
export function comparisonPage(comparison: Comparison): Sheet {
  const { page, header } = pageOf(comparison);
  return page.sheet({ title: "对比", header, frozen: { rows: header } });
}

/** The same for an open workbook. */
export function comparisonSheet(comparison: Comparison): NewSheet {
  const { page, header } = pageOf(comparison);
  const sheet = page.sheet({ title: "", header });
  const cells = Array.from({ length: sheet.length }, (_, at) => {
    const row = sheet.row(at);
    return HEADERS.map((__, c) => contentOf(row[c]));
  });
  const formats = ["B1:B", "H1:J"].map((columns) => ({ address: columns + sheet.length, format: MONEY.format! }));
  return { name: NAME, cells, formats, widths: WIDTHS, headerRows: 1 };
}

/** A formula begins with "=", a text with an apostrophe. */
function contentOf(cell: Written | undefined): CellValue {
  const content = cell?.content ?? "";
  if (isFormula(content)) return `=${content.text}`;
  return typeof content === "string" && content !== "" ? `'${content}` : content;
}

/** What no row says, and the policy afterwards asks for. */
export const assumedWords = (assumed: Comparison["assumed"]): Text => ({
  zh: assumed.length ? `表中没有这些列，之后的政策按默认计：${assumed.map(({ zh }) => zh).join("、")}。` : "",
  en: assumed.length
    ? `No column says these, and the policy afterwards takes its defaults: ${assumed.map(({ en }) => en).join(", ")}.`
    : "",
});

/** Rows before the causes, and between these and the moves: what stands there is always the same. */
const [ABOVE_CAUSES, BETWEEN] = [12, 4];

function pageOf({ names, before, after, same, moves, causes, assumed }: Comparison): { page: Page; header: number } {
  const page = new Page(NAME).width(...WIDTHS);
  page.row({ content: COMPARISON_TITLE, style: TITLE });
  page.row({
    content: `之前：${names[0]}；之后：${names[1]}。金额单位：元。规则版本 ${RULES_VERSION.version}。`,
    style: NOTE,
  });
  page.row({
    content: `${same} 行相同，没有列出。能重算的版本按输入、企业和对象、读法、年度、政策、删去和新增的行依次替换，逐项得出金额；不能重算的只列出不同之处，几处不同时不拆分。${assumedWords(assumed).zh}`,
    style: NOTE,
  });
  page.head(head("name"), "合计", "金额");
  const line = (label: string, content: Written["content"]): Expression => {
    const row = page.row({ content: label, style: TOP }, { content, style: MONEY });
    return { ...written(`B${row}`, () => (isFormula(content) ? content.value(0) : content)) };
  };
  const first = ABOVE_CAUSES + causes.length + BETWEEN;
  const last = first + Math.max(1, moves.length) - 1;
  const start = line("之前合计", toYuan(before));
  const changes = (Object.keys(KINDS) as Move["kind"][]).map((kind) => {
    const fen = moves.reduce((total, move) => total + (move.kind === kind ? move.fen : 0), 0);
    const args = [`A${first}:A${last}`, text(KINDS[kind]), `${MOVED}${first}:${MOVED}${last}`];
    return line(
      KINDS[kind],
      call("SUMIF", args, () => toYuan(fen)),
    );
  });
  const end = line("之后合计", toYuan(after));
  const left = round(minus(changes.reduce(plus, start), end), 2);
  page.row(
    { content: "之前加变动减之后（应为 0）", style: TOP },
    { content: left, style: look("check", "money", true) },
  );
  page.row();
  page.head(head("name"), "原因", "金额", "条款", "行数");
  for (const { cause, clause, rows, fen } of causes)
    page.row(
      { content: cause, style: WRAPPED },
      { content: toYuan(fen), style: MONEY },
      { content: clause, style: TOP },
      { content: rows, style: TOP },
    );
  const caused = sum("B", ABOVE_CAUSES, page.next - 1, after - before);
  page.row({ content: "各原因合计", style: TOTAL }, { content: caused, style: TOTAL });
  page.row();
  const header = page.head(head("name"), ...HEADERS);
  if (header !== first - 1) throw new Error(`the moves begin below row ${header}, not ${first - 1}`);
  for (const move of moves) page.row(...moveCells(move));
  if (!moves.length) page.row({ content: "没有变动", style: TOP });
  return { page, header };
}

function moveCells({ kind, before, after, by, fen, reasons }: Move): Written[] {
  const line = after ?? before!;
  const amount = (one: typeof before): Written => ({
    content: one ? (one.fen === undefined ? one.words : toYuan(one.fen)) : "",
    style: MONEY,
  });
  const each = (words: (reason: (typeof reasons)[number]) => string): Written => ({
    content: [...new Set(reasons.map(words))].filter(Boolean).join("；"),
    style: WRAPPED,
  });
  const effect = reasons.length > 1 ? (of: number): string => `（${formatYuan(of)}）` : () => "";
  return [
    { content: KINDS[kind], style: TOP },
    ...[line.instrument, line.firm, line.object, before?.place ?? "", after?.place ?? "", by].map((content) => ({
      content,
      style: WRAPPED,
    })),
    amount(before),
    amount(after),
    { content: toYuan(fen), style: MONEY },
    each(({ cause, fen: own }) => cause + effect(own)),
    each(({ detail }) => detail),
    each(({ clause }) => clause),
  ];
}
