/** 重叠: which of the instruments may be paid for one object together, and what stays of the rows that may not. */
import { addsTo, promotes, type Plan, idOf } from "../rules";
import type { FormulaBook } from "../writers/excel-formula";
import type { AwardSheet } from "../writers/formula/award-sheet";
import { quoted, type Column } from "../writers/formula/sheet";
import { entryName } from "../writers/terms";
import type { Sheet, Written } from "./file/sheet";
import { head, LINK, look, NOTE, SECTION, TITLE, TOP, WRAPPED } from "./looks";
import { Page } from "./page";

export const OVERLAPS = "重叠";

interface Line {
  readonly award: AwardSheet;
  readonly row: number;
}

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
    content: "同一对象（合同、项目等）有几项时：可以相加的都给，其余从优、就高、不重复，只取一项。",
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
  for (const [object, lines] of several) {
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
          link: `${quoted(award.sheet.name)}!${award.award.letters}${award.sheet.first + row}`,
        },
      );
    }
  }
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
