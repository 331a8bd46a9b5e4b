/** Amounts that are not what they look like: texts, other units, figures far from their neighbours. */
import type { CellValue } from "../../../host/workbook";
import { formatYuan, Refusal, toFen, type Text } from "../../../rules";
import { isBlank, numberIn, readAmount, type Unit } from "../../../tables";
import { parseAddress } from "../../../host/address";
import { found, grouped, ledgerAt, once, said, type Check } from "./check";
import type { Hit } from "../finding";
import { columnsOf, type Ledger, type LedgerColumn } from "../ledger";
import type { Model } from "../model";
import { suspicion, usualSize } from "../unit";

interface AmountCell {
  readonly ledger: Ledger;
  readonly column: LedgerColumn;
  readonly row: number;
  readonly value: CellValue;
}

/** The entered amounts of the contracts; results of formulas are the matter of their formulas. */
const amountCells = ({ ledgers }: Model): AmountCell[] =>
  ledgers.flatMap((ledger) =>
    columnsOf(ledger, "money").flatMap((column) =>
      ledger.contracts.flatMap((row): AmountCell[] => {
        const value = ledger.sheet.value(row, column.column);
        const isEntered = !isBlank(value) && !ledger.sheet.formula(row, column.column);
        return isEntered ? [{ ledger, column, row, value }] : [];
      }),
    ),
  );

const placeOf = ({ ledger, column, row }: AmountCell) => ledger.sheet.place(row, column.column);

const numberAs = (value: CellValue): number | undefined =>
  typeof value === "string" && !/[%％]/.test(value) ? numberIn(value)?.toNumber() : undefined;

const texts: Check = (model) => {
  const cells = amountCells(model).filter(({ value }) => numberAs(value) !== undefined);
  return found({
    weight: "wrong",
    cause: { zh: "金额写成文字", en: "Amounts are written as text" },
    advice: {
      zh: "补贴函数按数字读，SUM 等 Excel 函数却不计，合计会对不上。改成数字即可，数值不变。",
      en: "Our functions read them as numbers, SUM leaves them out: totals will not agree. Make them numbers; nothing else changes.",
    },
    counted: "row",
    hits: cells.map((cell): Hit => ({ place: placeOf(cell), words: said(String(cell.value)) })),
    fix: {
      label: { zh: "改成数字", en: "Make them numbers" },
      entries: cells.map((cell) => ({ place: placeOf(cell), cells: [[numberAs(cell.value)!]] })),
    },
  });
};

function whyNot(value: CellValue, unit: Unit): Text | undefined {
  try {
    readAmount(value, unit);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.text;
    throw error;
  }
}

const notAmounts: Check = (model) =>
  found({
    weight: "wrong",
    cause: { zh: "金额栏里不是金额", en: "A column of amounts holds something else" },
    advice: {
      zh: "单位写在表头，单元格里只填数字。",
      en: "Write the unit into the header and only the number into the cell.",
    },
    counted: "row",
    hits: amountCells(model).flatMap((cell): Hit[] => {
      const words = numberAs(cell.value) === undefined ? whyNot(cell.value, cell.column.unit) : undefined;
      return words ? [{ place: placeOf(cell), words }] : [];
    }),
  });

/** Amounts with their places, in yuan, by column of a table or by input of a formula. */
function amountColumns(model: Model): { readonly yuan: number; readonly hit: Hit }[][] {
  const yuanWords = (yuan: number): Text => {
    const fen = toFen(yuan);
    return said(Number.isNaN(fen) ? String(yuan) : formatYuan(fen));
  };
  const inTables = grouped(amountCells(model), ({ ledger, column }) => `${placeKey(ledger)} ${column.column}`).map(
    (cells) =>
      cells.flatMap((cell) => {
        const number = typeof cell.value === "number" ? cell.value : numberAs(cell.value);
        const yuan = (number ?? 0) * cell.column.unit;
        return number === undefined ? [] : [{ yuan, hit: { place: placeOf(cell), words: yuanWords(yuan) } }];
      }),
  );
  const inFormulas = model.calls.flatMap(({ rows, place }) => {
    // What stands in a table was looked at there, with the unit of its column.
    const others = rows.filter(({ inputs: [first] }) => !first || !ledgerAt(model, first));
    const all = others.flatMap(({ amounts, inputs }) =>
      amounts.map(([name, yuan]) => ({ name, yuan, hit: { place: inputs[0] ?? place, words: yuanWords(yuan) } })),
    );
    return grouped(all, ({ name }) => name);
  });
  return [...inTables, ...inFormulas];
}
const placeKey = ({ sheet, headerRow }: Ledger): string => `${sheet.name} ${headerRow}`;

const SUSPICIONS = {
  small: {
    cause: { zh: "金额偏小，像是把万元填成了元", en: "Amounts so small that 万元 may have been entered as yuan" },
    advice: {
      zh: "核对合同；若单位是万元，请在表头写明“（万元）”，或把金额乘以 10000。",
      en: "Compare the contract; if the unit is 万元, write it into the header or multiply by 10,000.",
    },
  },
  large: {
    cause: { zh: "金额偏大，像是把元填进了万元栏", en: "Amounts so large that yuan may stand in a column of 万元" },
    advice: {
      zh: "核对合同；若单位是元，请把表头的“万元”改成“元”，或把金额除以 10000。",
      en: "Compare the contract; if the unit is yuan, correct the header or divide by 10,000.",
    },
  },
} as const;

const otherUnits: Check = (model) => {
  const hits = { small: [] as Hit[], large: [] as Hit[] };
  for (const column of amountColumns(model)) {
    const usual = usualSize(column.map(({ yuan }) => yuan));
    for (const { yuan, hit } of column) {
      const kind = suspicion(yuan, usual);
      if (kind) hits[kind].push(hit);
    }
  }
  return (["small", "large"] as const).flatMap((kind) =>
    found({ weight: "doubtful", ...SUSPICIONS[kind], counted: "cell", hits: once(hits[kind]) }),
  );
};

/** A column of 万元 that a function takes as yuan. */
const wrongUnit: Check = (model) =>
  found({
    weight: "wrong",
    cause: {
      zh: "金额栏的单位是万元，公式却按元计算",
      en: "The column is in 万元, but the formula takes it as yuan",
    },
    advice: {
      zh: "在公式里把这一参数乘以 10000，例如 C3*10000；或改用 BUTIE，它按表头的单位换算。",
      en: "Multiply the argument by 10000 in the formula, such as C3*10000; or use BUTIE, which reads the unit of the header.",
    },
    counted: "formula",
    hits: model.calls.flatMap(({ place, call, rows, cell }): Hit[] => {
      const input = rows[0]?.inputs[0];
      const area = input && parseAddress(input.address)!;
      if (!area || call.name.startsWith("BUTIE") || !isPlain(call.args[0])) return [];
      const column = ledgerAt(model, input)?.columns.find((one) => one.column === area.column);
      return column?.role === "money" && column.unit !== 1
        ? [{ place, words: said(`${column.header} · ${cell.formula}`) }]
        : [];
    }),
  });
/** A reference alone, which nothing multiplies. */
const isPlain = (argument = ""): boolean => !/[*/]/.test(argument.replace(/'[^']*'/g, ""));

const mixedUnits: Check = ({ ledgers }) =>
  found({
    weight: "doubtful",
    cause: { zh: "同一张表里金额单位不一", en: "One table has amounts in different units" },
    advice: {
      zh: "核对各栏单位；引用这些栏时分别换算。",
      en: "Check the unit of each column, and convert each of them where you refer to it.",
    },
    counted: "sheet",
    hits: ledgers.flatMap((ledger): Hit[] => {
      const money = columnsOf(ledger, "money");
      if (new Set(money.map(({ unit }) => unit)).size < 2) return [];
      const place = ledger.sheet.place(ledger.headerRow, money[0]!.column);
      return [{ place, words: said(money.map(({ header }) => header).join(" · ")) }];
    }),
  });

export const AMOUNTS: readonly Check[] = [texts, notAmounts, wrongUnit, otherUnits, mixedUnits];
