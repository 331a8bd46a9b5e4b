/** Functions whose names Excel does not know: mistyped, or entered before the add-in was there. */
import { FUNCTION_NAMES } from "../../../functions/declared";
import { distance } from "../../../tables";
import { found, said, type Check } from "./check";
import type { Hit } from "../finding";

/** Excel gave up on the name and does not look again until the formula is entered anew. */
const tooEarly: Check = ({ formulas }) => {
  const cells = formulas.filter(({ error, formula }) => error === "#NAME?" && !corrected(formula));
  return found({
    weight: "wrong",
    cause: {
      zh: "#NAME?：公式在加载项启动之前输入或打开",
      en: "#NAME?: the formula was entered or opened before the add-in was there",
    },
    advice: {
      zh: "重新输入这些公式即可，公式内容不变。仍是 #NAME? 时，请看公式里的其他名称是否存在。",
      en: "Enter these formulas once more; they stay as they are. Where #NAME? remains, see whether their other names exist.",
    },
    counted: "formula",
    hits: cells.map(({ sheet, address, formula }) => ({ place: { sheet, address }, words: said(formula) })),
    fix: {
      label: { zh: "重新输入公式", en: "Enter the formulas again" },
      entries: cells.map(({ sheet, address, formula }) => ({ place: { sheet, address }, cells: [[formula]] })),
    },
  });
};

const CALLED = /"(?:[^"]|"")*"|'(?:[^']|'')*'|([\p{L}_][\p{L}\p{N}_.]*)(?=\s*\()/gu;
/** Dots and underscores are what people leave out. */
const bare = (name: string): string => name.toUpperCase().replace(/[._\s]/g, "");
const OURS = new Map(FUNCTION_NAMES.map((name) => [bare(name), name]));

/** The function of ours that a name was meant to be; undefined where none is close, or two are. */
export function meantBy(name: string): string | undefined {
  const key = bare(name);
  if (FUNCTION_NAMES.includes(name.toUpperCase())) return undefined;
  const own = OURS.get(key);
  if (own) return own;
  const most = key.length >= 8 ? 2 : key.length >= 5 ? 1 : 0;
  const near = [...OURS].map(([known, ours]) => ({ ours, wrong: distance(key, known) })).filter((x) => x.wrong <= most);
  const least = Math.min(...near.map(({ wrong }) => wrong));
  const best = near.filter(({ wrong }) => wrong === least);
  return best.length === 1 ? best[0]!.ours : undefined;
}

/** The formula with our names in the place of mistyped ones, and which ones; undefined where there is none. */
export function corrected(
  formula: string,
): { readonly formula: string; readonly names: readonly string[] } | undefined {
  const names: string[] = [];
  const right = formula.replace(CALLED, (token: string, name: string | undefined) => {
    const meant = name === undefined ? undefined : meantBy(name);
    if (meant === undefined) return token;
    names.push(`${name} → ${meant}`);
    return meant;
  });
  return names.length ? { formula: right, names } : undefined;
}

const mistyped: Check = ({ sheets }) => {
  const wrong = [...sheets.values()].flatMap((sheet) =>
    sheet.cellsWith("#NAME?").flatMap(({ row, column }) => {
      const right = corrected(sheet.formula(row, column));
      return right ? [{ place: sheet.place(row, column), ...right }] : [];
    }),
  );
  return found({
    weight: "wrong",
    cause: { zh: "函数名写错", en: "The name of a function is mistyped" },
    advice: { zh: "改成下面所列的函数名。", en: "Change it to the name below." },
    counted: "formula",
    hits: wrong.map(({ place, names }): Hit => ({ place, words: said(names.join("; ")) })),
    fix: {
      label: { zh: "改正函数名", en: "Correct the names" },
      entries: wrong.map(({ place, formula }) => ({ place, cells: [[formula]] })),
    },
  });
};

export const NAMES: readonly Check[] = [tooEarly, mistyped];
