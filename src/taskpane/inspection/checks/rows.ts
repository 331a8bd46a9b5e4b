/** Rows that are no contract of their own, or that lack what an award needs. */
import { parseAddress } from "../../../host/address";
import type { Entry } from "../../../host/workbook";
import type { Doubt, Text } from "../../../rules";
import { isBlank, nameOf, tableColumn } from "../../../tables";
import { found, grouped, once, rowOf, said, type Check } from "./check";
import type { Hit } from "../finding";
import { columnsOf, totalWords, type Ledger } from "../ledger";
import type { ClaimRow, Model } from "../model";
import { DOUBT_WORDS } from "../../../writers/doubts";

const rowHit = ({ sheet, columns }: Ledger, row: number, words: Text): Hit => {
  const [first, last] = [columns[0]!.column, columns.at(-1)!.column];
  return { place: sheet.place(row, first, 1, last - first + 1), words };
};

/** The words that mark the row of a claim as one of totals, left of the last cell that the claim takes. */
function totalOf(model: Model, { inputs: [first] }: ClaimRow): string | undefined {
  const at = first && rowOf(model, first);
  const input = first && parseAddress(first.address)!;
  return at && totalWords(at.sheet, at.row, 0, input!.column + input!.columns);
}

/** A row of totals that a formula takes for a claim: it is paid twice. */
const paidTotals: Check = (model) =>
  found({
    weight: "wrong",
    cause: { zh: "合计行、小计行被当作一笔申报", en: "Rows of totals are taken for claims" },
    advice: {
      zh: "把这些行排除在公式的数据区之外，或清空这些行里的公式。",
      en: "Leave these rows out of the formula's range, or clear the formula in them.",
    },
    counted: "row",
    hits: once(
      model.calls.flatMap(({ rows }) =>
        rows.flatMap((claim): Hit[] => {
          const words = claim.plan && totalOf(model, claim);
          return words === undefined ? [] : [{ place: claim.inputs[0]!, words: said(words) }];
        }),
      ),
    ),
  });

const totalsAmong: Check = ({ ledgers }) =>
  found({
    weight: "note",
    cause: { zh: "合同之间有小计、合计行", en: "Rows of totals stand among the contracts" },
    advice: {
      zh: "求和、取数和测算时避开这些行，否则会重复计算。",
      en: "Leave them out wherever the table is added up or computed: they would count twice.",
    },
    counted: "row",
    hits: ledgers.flatMap((ledger) => {
      const last = ledger.contracts.at(-1) ?? -1;
      return ledger.totals.filter(({ row }) => row < last).map(({ row, words }) => rowHit(ledger, row, said(words)));
    }),
  });

const blankFirms: Check = ({ ledgers }) =>
  ledgers.flatMap((ledger) => {
    const [firm] = columnsOf(ledger, "firm");
    if (!firm) return [];
    const { sheet } = ledger;
    const { column } = firm;
    const blank = ledger.contracts.filter((row) => isBlank(sheet.value(row, column)));
    const merged = blank.filter((row) => sheet.mergedAt(row, column));
    const areas = [...new Set(merged.map((row) => sheet.mergedAt(row, column)!))];
    const label = said(firm.header);
    return [
      ...found({
        weight: "wrong",
        cause: {
          zh: "合并单元格只有首行有企业名称",
          en: "Merged cells hold the firm's name in their first row only",
        },
        advice: {
          zh: "公式读到的其余各行是空的，企业共用的上限会算错。拆分合并单元格并逐行填写即可。",
          en: "To formulas the other rows are blank, so that limits shared by a firm go wrong. Take the merged cells apart and fill in every row.",
        },
        counted: "row",
        hits: merged.map((row) => ({ place: sheet.place(row, column), words: label })),
        fix: {
          label: { zh: "拆分并逐行填写", en: "Take apart and fill in" },
          entries: areas.map((area): Entry => {
            const name = sheet.value(area.row, area.column);
            const cells = Array.from({ length: area.rows }, () => Array.from({ length: area.columns }, () => name));
            return { place: sheet.place(area.row, area.column, area.rows, area.columns), cells, unmerge: true };
          }),
        },
      }),
      ...found({
        weight: "doubtful",
        cause: { zh: "没有填企业名称", en: "The firm is not given" },
        advice: {
          zh: "逐行填写企业全称；名称写法不同会被当作不同企业。",
          en: "Fill in the full name in every row; another spelling counts as another firm.",
        },
        counted: "row",
        hits: blank
          .filter((row) => !sheet.mergedAt(row, column))
          .map((row) => ({ place: sheet.place(row, column), words: label })),
      }),
    ];
  });

const blankFlags: Check = (model) => {
  const inTables = model.ledgers.flatMap((ledger) =>
    columnsOf(ledger, "flag").flatMap(({ column, header }) =>
      ledger.contracts
        .filter((row) => isBlank(ledger.sheet.value(row, column)))
        .map((row): Hit => ({ place: ledger.sheet.place(row, column), words: said(header) })),
    ),
  );
  const inFormulas = model.calls.flatMap(({ rows, place }) =>
    rows
      .filter((claim) => claim.blankFlags.length && totalOf(model, claim) === undefined)
      .map((claim): Hit => {
        const words = {
          zh: claim.blankFlags.map(({ zh }) => zh).join("、"),
          en: claim.blankFlags.map(({ en }) => en).join(", "),
        };
        return { place: claim.inputs[0] ?? place, words };
      }),
  );
  const rowsOfTables = new Set(inTables.map((hit) => rowKey(hit)));
  return found({
    weight: "wrong",
    cause: { zh: "是否类的栏是空的", en: "A column of yes or no is blank" },
    advice: {
      zh: "请填“是”或“否”。桌面版 Excel 把空白当作 0，按“否”计算，补贴会少算。",
      en: "Enter yes or no. Excel on the desktop takes a blank as 0, that is no, and the award comes out too low.",
    },
    counted: "row",
    hits: [...inTables, ...inFormulas.filter((hit) => !rowsOfTables.has(rowKey(hit)))],
  });
};
const rowKey = ({ place }: Hit): string => `${place.sheet} ${parseAddress(place.address)!.row}`;

/** 数量, 已付利息: Excel on the desktop computes another award than the web. */
const blankNumbers: Check = ({ ledgers }) =>
  found({
    weight: "doubtful",
    cause: { zh: "可不填的数字栏有空格", en: "Numbers that need not be given are blank in some rows" },
    advice: {
      zh: "空格按“没有填”计算（数量为 1，利息不作限制），桌面版 Excel 却当作 0，补贴会少算。请逐行填写，都不填的就删去这一列。",
      en: "A blank is not given (one piece, no limit by interest), but Excel on the desktop takes it as 0 and the award comes out too low. Fill in every row, or leave the column out.",
    },
    counted: "row",
    hits: ledgers.flatMap(({ sheet, columns, contracts }) =>
      columns
        .filter(({ isSpare }) => isSpare)
        .flatMap(({ column, header }) =>
          contracts
            .filter((row) => isBlank(sheet.value(row, column)))
            .map((row): Hit => ({ place: sheet.place(row, column), words: said(header) })),
        ),
    ),
  });

/** A year under merged cells: the rows below are claimed in the year of the formula or the pick. */
const blankYears: Check = ({ ledgers }) =>
  found({
    weight: "doubtful",
    cause: { zh: "有的行没有填年度", en: "Some rows name no year" },
    advice: {
      zh: "整表计算（BUTIE）不计算这些行；逐行的公式按公式里的年度计算，公式没有写就按窗格设定的年度，跨年的上限会算到别的年度。请逐行填写。",
      en: "BUTIE refuses them; formulas row by row compute them for the formula's year, or else for the year of the pick, and limits over the years go wrong. Fill in every row.",
    },
    counted: "row",
    hits: ledgers.flatMap(({ sheet, columns, contracts }) =>
      columns
        .filter(({ header }) => tableColumn(nameOf(header)) === "year")
        .flatMap(({ column, header }) => {
          const blank = contracts.filter((row) => isBlank(sheet.value(row, column)));
          const some = blank.length < contracts.length ? blank : [];
          return some.map((row): Hit => ({ place: sheet.place(row, column), words: said(header) }));
        }),
    ),
  });

/** Rows that can be read in two ways which pay different amounts. */
const doubtful =
  (doubt: Doubt): Check =>
  (model) =>
    found({
      weight: "doubtful",
      ...DOUBT_WORDS[doubt],
      counted: "row",
      hits: once(
        model.calls.flatMap(({ rows, place }) =>
          rows
            .filter(({ doubts }) => doubts.includes(doubt))
            .map(({ inputs, plan }): Hit => ({
              place: inputs[0] ?? place,
              words: plan?.entry.instrument.name ?? DOUBT_WORDS[doubt].cause,
            })),
        ),
      ),
    });

/**
 * The same contract number of one firm, or without numbers the same firm, amount and date. Rows of another year or instrument
 * are claims of their own on one object.
 */
const twice: Check = ({ ledgers }) =>
  found({
    weight: "doubtful",
    cause: { zh: "同一合同像是登记了两次", en: "One contract seems to be entered twice" },
    advice: {
      zh: "核对后删去多余的一行；确是两份合同的，不必改。",
      en: "Compare the contracts and delete the row too many; where there are two contracts nothing is wrong.",
    },
    counted: "row",
    hits: ledgers.flatMap((ledger) => {
      const { sheet, contracts } = ledger;
      const roles = columnsOf(ledger, "object").length ? (["object"] as const) : (["money", "date"] as const);
      const own = roles.flatMap((role) => columnsOf(ledger, role));
      const claims = ledger.columns.filter(({ header }) =>
        /^(year|instrument)$/.test(tableColumn(nameOf(header)) ?? ""),
      );
      const key = [...columnsOf(ledger, "firm"), ...own, ...claims];
      const filled = contracts.filter((row) => own.every(({ column }) => !isBlank(sheet.value(row, column))));
      if (own.length < (roles.length > 1 ? 2 : 1)) return [];
      return grouped(filled, (row) => key.map(({ column }) => nameOf(sheet.value(row, column))).join("\n"))
        .filter((alike) => alike.length > 1)
        .flatMap(([first, ...again]) =>
          again.map((row) =>
            rowHit(ledger, row, { zh: `与第 ${first! + 1} 行相同`, en: `the same as row ${first! + 1}` }),
          ),
        );
    }),
  });

export const ROWS: readonly Check[] = [
  paidTotals,
  blankFirms,
  blankFlags,
  blankNumbers,
  blankYears,
  ...(Object.keys(DOUBT_WORDS) as Doubt[]).map(doubtful),
  twice,
  totalsAmong,
];
