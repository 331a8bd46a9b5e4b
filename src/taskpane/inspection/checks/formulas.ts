/** How our formulas are written: what an auditor would ask about. */
import { columnName, parseAddress } from "../../../host/address";
import { DECLARED } from "../../../functions/declared";
import { found, grouped, said, type Check } from "./check";
import type { Hit } from "../finding";
import type { CalledFormula, Model } from "../model";

const picked: Check = ({ calls }) => {
  const open = calls.filter(({ pinned }) => pinned);
  const written = open.filter(({ call }) => call.whole);
  const formulaOf = ({ call, pinned }: CalledFormula): string => `=${call.name}(${pinned!.join(",")})`;
  return found({
    weight: "note",
    cause: {
      zh: "没有写明辖区或年度，跟随窗格所选",
      en: "Jurisdiction or year left open, following the pick",
    },
    advice: {
      zh: "窗格里换一个选择，结果就会变。要定稿的表请写明，数值不变。",
      en: "Another pick changes the results. Write them out in a final workbook; the figures stay as they are.",
    },
    counted: "formula",
    hits: open.map((one): Hit => ({ place: one.place, ...(one.call.whole && { words: said(formulaOf(one)) }) })),
    ...(written.length && {
      fix: {
        label: { zh: "写明", en: "Write them out" },
        entries: written.map((one) => ({ place: one.place, cells: [[formulaOf(one)]] })),
      },
    }),
  });
};

/** Amounts typed into a formula: nobody sees where they come from. */
const AMOUNTS: ReadonlySet<string> = new Set(["amount", "principal", "interest", "investment", "used", "claims"]);
/** Powers of ten convert a unit. */
const isUnit = (number: number): boolean => Number.isInteger(Math.log10(Math.abs(number)));
const NUMBER = /"(?:[^"]|"")*"|'(?:[^']|'')*'|(?<![\p{L}\p{N}_.$])(\d+(?:\.\d+)?)(%?)(?![\p{L}\p{N}_.(])/gu;

function numbersIn(formula: string): string[] {
  return [...formula.matchAll(NUMBER)].flatMap(([text, number]) =>
    number === undefined || isUnit(Number(number)) ? [] : [text],
  );
}

const constants: Check = ({ calls }) =>
  found({
    weight: "doubtful",
    cause: { zh: "公式里写着数字", en: "Figures are typed into formulas" },
    advice: {
      zh: "把数字放到单元格里，注明来源，再引用。",
      en: "Put the figure into a cell, say where it comes from, and refer to it.",
    },
    counted: "formula",
    hits: calls.flatMap(({ place, call, cell }): Hit[] => {
      const names = DECLARED[call.name]?.args ?? [];
      const typed = call.args.flatMap((text, i) => (AMOUNTS.has(names[i] ?? "") ? numbersIn(text) : []));
      // What stands around the call: its arguments, in the brackets, are taken out.
      const around = call.whole ? [] : numbersIn(cell.formula.replace(call.args.join(","), ""));
      const all = [...typed, ...around];
      return all.length ? [{ place, words: said(`${all.join(", ")} · ${cell.formula}`) }] : [];
    }),
  });

const A1 =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'|(?<![\p{L}\p{N}_.$])(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})(?![\p{L}\p{N}_.(])/giu;

/** A formula as it reads from its cell: the same for a formula that was filled down. */
export function relative(formula: string, row: number, column: number): string {
  return formula.replace(
    A1,
    (token: string, fixColumn: string, letters: string | undefined, fixRow: string, digits: string) => {
      if (letters === undefined) return token;
      const at = parseAddress(`${letters}${digits}`);
      if (!at) return token;
      return `R${fixRow ? at.row : `[${at.row - row}]`}C${fixColumn ? at.column : `[${at.column - column}]`}`;
    },
  );
}

/** So many formulas in one column make a rule from which another one departs. */
const ENOUGH = 3;

interface InColumn {
  readonly one: CalledFormula;
  readonly row: number;
  readonly column: number;
  readonly form: string;
}

/** Single formulas by sheet and column, from top to bottom. */
const columns = ({ calls }: Model): InColumn[][] =>
  grouped(
    grouped(calls, ({ place }) => `${place.sheet}!${place.address}`)
      .map(([one]) => one!)
      .filter(({ cell }) => !cell.spill)
      .map((one): InColumn => {
        const { row, column } = parseAddress(one.place.address)!;
        return { one, row, column, form: relative(one.cell.formula, row, column) };
      }),
    ({ one, column }) => `${one.place.sheet} ${column}`,
  );

/** The form of most formulas of a column; undefined where none has the majority. */
function usual(cells: readonly InColumn[]): InColumn[] | undefined {
  const most = grouped(cells, ({ form }) => form).sort((a, b) => b.length - a.length)[0]!;
  return most.length >= ENOUGH && most.length * 2 > cells.length ? most : undefined;
}

const differing: Check = (model) =>
  found({
    weight: "doubtful",
    cause: { zh: "与同列其他公式不同", en: "Formulas differ from the others of their column" },
    advice: {
      zh: "核对是否有意为之；否则把同列的公式向下填充。",
      en: "See whether that is meant; otherwise fill the formula of the column down.",
    },
    counted: "formula",
    hits: columns(model).flatMap((cells) => {
      const rule = usual(cells);
      return rule
        ? cells
            .filter(({ form }) => form !== rule[0]!.form)
            .map(({ one }): Hit => ({ place: one.place, words: said(one.cell.formula) }))
        : [];
    }),
  });

/** A number among formulas: someone typed over one of them. */
const typedOver: Check = (model) =>
  found({
    weight: "wrong",
    cause: { zh: "公式列里有手填的数字", en: "A number was typed over a formula" },
    advice: {
      zh: "手填的数字不随合同变化。把上一行的公式向下填充；确需调整的，另列一栏并注明理由。",
      en: "It does not follow the contract. Fill the formula down from above; where an adjustment is meant, put it into a column of its own with the reason.",
    },
    counted: "cell",
    hits: columns(model).flatMap((cells): Hit[] => {
      const sheet = model.sheets.get(cells[0]!.one.place.sheet);
      if (!sheet) return [];
      return cells.flatMap(({ row, column }): Hit[] => {
        const value = sheet.value(row + 1, column);
        const isTyped = typeof value === "number" && sheet.formula(row + 1, column) === "";
        // Between two formulas; below the last one another table may begin.
        if (!isTyped || sheet.formula(row + 2, column) === "") return [];
        return [{ place: sheet.place(row + 1, column), words: said(String(value)) }];
      });
    }),
  });

const onProtected: Check = ({ formulas, sheets }) =>
  found({
    weight: "note",
    cause: { zh: "公式在受保护的工作表上", en: "Formulas stand on protected sheets" },
    advice: {
      zh: "结果照常计算，但不能在这里改正。要改时，先在“审阅”中撤销工作表保护。",
      en: "They compute as usual, but nothing can be corrected there: unprotect the sheet under Review first.",
    },
    counted: "sheet",
    hits: grouped(
      formulas.filter(({ sheet }) => sheets.get(sheet)?.isProtected),
      ({ sheet }) => sheet,
    ).map((cells): Hit => {
      const { sheet, address } = cells[0]!;
      return { place: { sheet, address }, words: { zh: `${cells.length} 个公式`, en: `${cells.length} formulas` } };
    }),
  });

/** Rows that were too many to be read. */
const unreadRows: Check = ({ sheets }) =>
  found({
    weight: "note",
    cause: { zh: "工作表太大，只检查了前面的行", en: "The sheet is too large; only its first rows were checked" },
    advice: {
      zh: "把其余的行移到另一张工作表，再检查一次。",
      en: "Move the other rows to another sheet and check again.",
    },
    counted: "sheet",
    hits: [...sheets.values()].flatMap((sheet): Hit[] => {
      if (!sheet.isCut || !sheet.area) return [];
      const last = sheet.area.row + sheet.area.rows - 1;
      return [
        { place: sheet.place(last, sheet.area.column), words: said(`${columnName(sheet.area.column)}${last + 1}`) },
      ];
    }),
  });

export const FORMULAS: readonly Check[] = [typedOver, differing, constants, picked, onProtected, unreadRows];
