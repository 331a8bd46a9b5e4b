/** Formulas that show an error, or that could not be looked at. */
import { rectangleOf } from "../../../host/address";
import { isErrorText } from "../../../tables";
import type { Text } from "../../../rules";
import { found, grouped, said, type Check } from "./check";
import type { Hit } from "../finding";
import { resultCells, type CalledFormula, type Model } from "../model";

/** What Excel's own errors mean, and what to do. */
const ADVICE: Readonly<Record<string, Text>> = {
  "#SPILL!": {
    zh: "结果需要的单元格里已有内容。清空公式下方或右方的单元格，结果就会出现。",
    en: "Something stands where the result needs room. Clear the cells below or to the right of the formula.",
  },
  "#REF!": {
    zh: "公式引用的单元格已被删除。把公式中的 #REF! 改成现在的单元格。",
    en: "A cell that the formula refers to was deleted. Put the present cell in the place of #REF!.",
  },
  "#BUSY!": { zh: "还在计算，稍后再检查一次。", en: "Still computing; check again in a moment." },
};
const OTHERWISE: Text = {
  zh: "按原因改正输入；选中单元格，在“解释”中看完整的计算过程。",
  en: "Correct the input as the reason says; select the cell to see its workings.",
};

interface ErrorCell extends Hit {
  readonly error: string;
  readonly because?: Text | undefined;
}

/** What is wrong in several rows is one thing to correct. */
const OF_ROW = /^(第\d+行：|row \d+: )/;
const withoutRow = ({ zh, en }: Text): Text => ({ zh: zh.replace(OF_ROW, ""), en: en.replace(OF_ROW, "") });

function errorCells({ sheets }: Model, formulas: readonly CalledFormula[]): ErrorCell[] {
  return formulas.flatMap((called) => {
    const sheet = sheets.get(called.cell.sheet);
    // A cell of a whole formula has its own reason; #NAME? is a matter of names.ts.
    return resultCells(called.cell).flatMap((place): ErrorCell[] => {
      const value = sheet && valueAt(sheet, place.address);
      if (value === undefined || !isErrorText(value) || value === "#NAME?") return [];
      const because = called.reasonAt(place);
      return [{ place, error: value, because: because && withoutRow(because) }];
    });
  });
}

function valueAt(sheet: NonNullable<ReturnType<Model["sheets"]["get"]>>, address: string) {
  const { row, column } = rectangleOf(address);
  return sheet.value(row, column);
}

/** One finding for each reason, over all formulas. */
const errors: Check = (model) => {
  const first = grouped(model.calls, ({ place }) => `${place.sheet}!${place.address}`).map(([call]) => call!);
  const groups = grouped(errorCells(model, first), ({ error, because }) => `${error} ${because?.zh ?? ""}`);
  return groups.flatMap((hits) => {
    const { error, because } = hits[0]!;
    const reason = because ? { zh: `：${because.zh}`, en: `: ${because.en}` } : said("");
    return found({
      weight: "wrong",
      cause: { zh: `结果是 ${error}${reason.zh}`, en: `The result is ${error}${reason.en}` },
      advice: ADVICE[error] ?? OTHERWISE,
      counted: "cell",
      hits: hits.map(({ place }) => ({ place })),
      explains: true,
    });
  });
};

const unread: Check = ({ calls }) =>
  grouped(
    calls.filter(({ failure }) => failure),
    ({ failure }) => failure!.zh,
  ).flatMap((alike) =>
    found({
      weight: "wrong",
      cause: {
        zh: `公式没能检查：${alike[0]!.failure!.zh}`,
        en: `The formula could not be checked: ${alike[0]!.failure!.en}`,
      },
      advice: {
        zh: "核对公式引用的工作表和单元格是否存在。其余公式照常检查。",
        en: "See whether the sheets and cells that it refers to exist. All other formulas were checked.",
      },
      counted: "formula",
      hits: alike.map(({ place, cell }) => ({ place, words: said(cell.formula) })),
    }),
  );

/** Arguments that only the workbook could compute, and did not. */
const uncomputed: Check = ({ calls }) =>
  found({
    weight: "note",
    cause: {
      zh: "参数是工作簿未能代算的算式，这些行没有逐行检查",
      en: "An argument is a calculation that the workbook did not compute for the check",
    },
    advice: {
      zh: "把算式放到单元格里再引用，就能逐行检查。",
      en: "Put the calculation into a cell and refer to it: then every row is checked.",
    },
    counted: "formula",
    hits: calls.flatMap(({ place, rows }) => {
      const row = rows.find(({ outcome }) => outcome === "unreadable");
      return row ? [{ place, ...(row.reason && { words: row.reason }) }] : [];
    }),
  });

export const ERRORS: readonly Check[] = [errors, unread, uncomputed];
