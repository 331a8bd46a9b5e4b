/** 重叠: which of the instruments may be paid for one object together, and what stays of the rows that may not. */
import { addsTo, isOtherRoute, promotes, type Plan, idOf } from "../rules";
import type { FormulaBook } from "../writers/excel-formula";
import { call, text, type Expression } from "../writers/formula/expression";
import type { Column } from "../writers/formula/sheet";
import { entryName } from "../writers/terms";
import type { Sheet, Written } from "./file/sheet";
import { placeOf, sumOf, type Line } from "./lines";
import { head, LINK, look, NOTE, SECTION, TITLE, TOP, TOTAL, WRAPPED } from "./looks";
import { Page } from "./page";

export const OVERLAPS = "重叠";

/** Undefined where no object stands in several rows. */
export function overlapPage({ sheets }: FormulaBook): Sheet | undefined {
  const objects = new Map<string, Line[]>();
  for (const award of sheets)
    award.rows.forEach(({ planned: { object } }, row) => {
      if (object !== undefined) objects.set(object, [...(objects.get(object) ?? []), { award, row }]);
    });
  const several = [...objects].filter(([, lines]) => lines.length > 1);
  if (!several.length) return undefined;
  const pairs = pairsOf(several.map(([, lines]) => lines));

  const page = new Page(OVERLAPS).width(22, 30, 8, 8, 18, 14, 18, 40, 10);
  page.row({ content: "重叠", style: TITLE });
  page.row({
    content:
      "同一对象（合同、项目等）有几项时：可以相加的都给，其余从优、就高、不重复，只取一项；各年的行一起比，同一政策逐年给的不算重复。",
    style: NOTE,
  });
  const header = page.head(
    head("name"),
    "对象",
    "政策",
    "原表行",
    "年度",
    "单独测算",
    "取此项",
    "奖补额",
    "结论",
    "查看",
  );
  const best: Expression[] = [];
  for (const [object, lines] of several) {
    const first = page.next;
    for (const { award, row } of lines) {
      const seen = (column: Column | undefined): Written | undefined =>
        column && {
          content: column.at(row),
          style: look(column.form.role === "result" ? "result" : "figure", column.form.format, true),
        };
      page.row(
        { content: object, style: TOP },
        { content: entryName(award.plan.entry, "zh"), style: WRAPPED },
        { content: award.sheet.columns[0]!.value(row), style: TOP },
        seen(award.admission.names.year),
        seen(award.alone),
        seen(award.kept),
        seen(award.award),
        { content: award.outcome.at(row), style: WRAPPED },
        {
          content: "本行 →",
          style: LINK,
          link: placeOf(award.award, row),
        },
      );
    }
    const awards = lines.map(({ award, row }) => award.award.at(row));
    best.push(sumOf(`G${first}:G${page.next - 1}`, awards));
    totalRow(page, BEST, best.at(-1)!);
  }
  const last = page.next - 1;
  const all = call(
    "SUMIF",
    [`$B$${header + 1}:$B$${last}`, text(BEST), `$G$${header + 1}:$G$${last}`],
    sumOf("", best).value,
  );
  totalRow(page, "各对象合计", all);
  if (pairs.length) {
    page.row();
    page.row({ content: "两项政策能否相加", style: SECTION });
    for (const [a, b, words] of pairs)
      page.row(
        { content: a, style: WRAPPED },
        { content: b, style: WRAPPED },
        ...[0, 0, 0, 0, 0].map(() => undefined),
        { content: words, style: WRAPPED },
      );
  }
  return page.sheet({ title: "重叠", header, frozen: { rows: header } });
}

/** What an object gets under the best combination that the documents allow. */
const BEST = "此对象可得（最优组合）";

const totalRow = (page: Page, words: string, content: Expression): number =>
  page.row(undefined, { content: words, style: TOTAL }, ...[0, 0, 0, 0].map(() => undefined), {
    content,
    style: TOTAL,
  });

/** Each two instruments that stand for one object, and what the documents say of both. */
function pairsOf(objects: readonly (readonly Line[])[]): [string, string, string][] {
  const pairs = new Map<string, [string, string, string]>();
  for (const lines of objects) {
    const plans = new Map(lines.map(({ award: { plan } }) => [plan.entry.instrument.id, plan] as const));
    const ids = [...plans.keys()].sort();
    ids.forEach((a, i) =>
      ids.slice(i + 1).forEach((b) => {
        const both = [plans.get(a)!, plans.get(b)!] as const;
        const words = promotes(...both)
          ? "同一奖项，补足差额"
          : isOtherRoute(...both)
            ? "同一费用只走一条路径"
            : addsTo(...both)
              ? "可以相加"
              : "同一对象只取一项（从优、就高、不重复）";
        pairs.set(`${a} ${b}`, [nameOf(plans.get(a)!), nameOf(plans.get(b)!), words]);
      }),
    );
  }
  return [...pairs.values()];
}

const nameOf = ({ entry }: Plan): string => `${entryName(entry, "zh")}（${idOf(entry)}）`;
