/** The workbook that the workbench opens with: twenty contracts of six firms, all invented, below, at and above the caps. */
import { CellValueType, type ICellData, type IStyleData, type IWorkbookData } from "@univerjs/core";
import type { Place } from "../host/workbook";
import { COMPUTE_VOUCHER, CONTRACTS, TABLE_HEADERS } from "../taskpane/start/sample";

type Content = string | number;

const FIRMS = [...new Set(CONTRACTS.map(([, , firm]) => firm))];

const TITLE: IStyleData = { bl: 1, fs: 14 };
const NOTE: IStyleData = { cl: { rgb: "#4D5B6B" } };
const HEAD: IStyleData = { bl: 1, bg: { rgb: "#D6E4F5" } };
const FIELD: IStyleData = { cl: { rgb: "#6B7785" }, fs: 9 };
const TOTAL: IStyleData = { bl: 1, bg: { rgb: "#DFE5EC" } };
const MONEY = { pattern: "#,##0.00" };

type Sheet = Record<number, Record<number, ICellData>>;

function cellOf(content: Content): ICellData {
  if (typeof content === "number") return { v: content, t: CellValueType.NUMBER };
  if (content === "") return {};
  return content.startsWith("=") ? { f: content } : { v: content, t: CellValueType.STRING };
}

/** Enters rows of cells, the first of them in row `row` as Excel counts; "=" begins a formula, "" is blank. */
function enter(sheet: Sheet, row: number, rows: readonly (readonly Content[])[], style?: IStyleData): void {
  rows.forEach((contents, r) =>
    contents.forEach((content, c) => {
      if (content === "" && !style) return;
      const cell = cellOf(content);
      (sheet[row - 1 + r] ??= {})[c] = style ? { ...cell, s: style } : cell;
    }),
  );
}

/** Formats columns (0 is A) of the rows from `first` to `last` as money. */
function asMoney(sheet: Sheet, columns: readonly number[], first: number, last: number): void {
  for (let row = first - 1; row < last; row++) {
    for (const column of columns) {
      const cell = ((sheet[row] ??= {})[column] ??= {});
      cell.s = { ...(cell.s as IStyleData), n: MONEY };
    }
  }
}

const CONTRACT_SHEET = "合同测算";
const HEADERS = 5;
const FIRST = HEADERS + 1;
const LAST = FIRST + CONTRACTS.length - 1;
const FIRM_HEAD = LAST + 4;
const STACK_HEAD = FIRM_HEAD + FIRMS.length + 3;

function contractSheet(): Sheet {
  const sheet: Sheet = {};
  const column = (letter: string) => `${letter}${FIRST}:${letter}${LAST}`;
  const absolute = (letter: string) => `$${letter}$${FIRST}:$${letter}$${LAST}`;
  enter(sheet, 1, [["算力券测算示例（企业和合同均为虚构，金额单位：元）"]], TITLE);
  enter(
    sheet,
    2,
    [
      [
        "试一试：改 E 列的金额或 F 列的“是/否”，看 H、I 两列；在右侧换辖区和年度，看 J 列；选中任一结果，在右侧看它的依据。",
      ],
      ["H 列每份合同单独测算；I 列同一企业共用当年限额，按行的先后扣减；J 列不写辖区和年度，跟随右侧的选择。"],
    ],
    NOTE,
  );
  enter(sheet, HEADERS, [[...TABLE_HEADERS.zh, "逐份测算", "企业共用限额", "按右侧的辖区和年度"]], HEAD);
  enter(
    sheet,
    FIRST,
    CONTRACTS.map(([contract, jurisdiction, ...table]) => [
      contract,
      jurisdiction,
      COMPUTE_VOUCHER[jurisdiction]!,
      ...table,
    ]),
  );
  enter(sheet, FIRST, [
    [
      ...Array<string>(7).fill(""),
      `=SUANLI_QUAN(${column("E")},${column("F")},${column("B")},${column("G")})`,
      `=BUTIE(${column("C")},D${HEADERS}:G${HEADERS},D${FIRST}:G${LAST})`,
      `=SUANLI_QUAN(${column("E")},${column("F")})`,
    ],
  ]);
  const sum = (letter: string) => `=SUM(${column(letter)})`;
  enter(sheet, LAST + 1, [["合计", "", "", "", sum("E"), "", "", sum("H"), sum("I"), sum("J")]], TOTAL);

  enter(
    sheet,
    FIRM_HEAD,
    [["按企业汇总", "合同数", "", "", "金额", "", "", "逐份测算", "企业共用限额", "因共用限额少得"]],
    HEAD,
  );
  const firmRow = (firm: string, row: number) => {
    const of = (letter: string) => `=SUMIFS(${absolute(letter)},${absolute("D")},$A${row})`;
    return [
      firm,
      `=COUNTIFS(${absolute("D")},$A${row})`,
      "",
      "",
      of("E"),
      "",
      "",
      of("H"),
      of("I"),
      `=H${row}-I${row}`,
    ];
  };
  enter(
    sheet,
    FIRM_HEAD + 1,
    FIRMS.map((firm, index) => firmRow(firm, FIRM_HEAD + 1 + index)),
  );

  enter(sheet, STACK_HEAD, [["另外两种算法", "", "", "", "金额", "国产算力", "年度", "结果", "", ""]], HEAD);
  const [first, second, third] = [STACK_HEAD + 1, STACK_HEAD + 2, STACK_HEAD + 3];
  enter(sheet, first, [
    ["国家智能券（杭州）", "", "", "", 10_000_000, "是", 2026, `=ZHINENG_QUAN(E${first},"算力",F${first},G${first})`],
    [
      "国家智能券 + 市级叠加（杭州）",
      "",
      "",
      "",
      10_000_000,
      "是",
      2026,
      `=DIEJIA_QUAN(E${second},"算力",F${second},G${second})`,
    ],
    [
      "不在有效期内（鼠标停在结果上看原因）",
      "",
      "",
      "",
      1_000_000,
      "是",
      2024,
      `=SUANLI_QUAN(E${third},F${third},"滨江",G${third})`,
    ],
  ]);

  asMoney(sheet, [4, 7, 8, 9], FIRST, FIRM_HEAD + FIRMS.length);
  asMoney(sheet, [4, 7], first, third);
  return sheet;
}

function workingsSheet(): Sheet {
  const sheet: Sheet = {};
  enter(sheet, 1, [["一份合同的测算依据"]], TITLE);
  enter(
    sheet,
    2,
    [["改 B3 的序号（1 至 20），看另一份合同单独测算（H 列）的各项限额、起作用的一项、条款和原文。"]],
    NOTE,
  );
  enter(sheet, 4, [["企业共用限额（I 列）的依据：选中 I 列的一个结果，在右侧“解释”中看。"]], NOTE);
  enter(sheet, 3, [["合同序号", 1, `=INDEX(${CONTRACT_SHEET}!A${FIRST}:A${LAST},B3)`]], TOTAL);
  const instrument = `INDEX(${CONTRACT_SHEET}!C${FIRST}:C${LAST},B3)`;
  const row = `INDEX(${CONTRACT_SHEET}!D${FIRST}:G${LAST},B3,0)`;
  const explain = `=BUTIE.EXPLAIN(${instrument},${CONTRACT_SHEET}!D${HEADERS}:G${HEADERS},${row})`;
  enter(sheet, 5, [[explain, "", "", "", ""]], HEAD);
  asMoney(sheet, [2], 6, 30);
  return sheet;
}

function catalogueSheet(): Sheet {
  const sheet: Sheet = {};
  enter(sheet, 1, [["政策工具目录"]], TITLE);
  enter(
    sheet,
    2,
    [["由 BUTIE.LIST 给出：编号、名称、条款、比例、上限、资金池、有效期。用编号可在 BUTIE 中测算任一工具。"]],
    NOTE,
  );
  enter(sheet, 4, [["=BUTIE.LIST()", ...Array<string>(9).fill("")]], HEAD);
  enter(sheet, 3, [["规则版本", "=BUTIE.VERSION()"]], FIELD);
  return sheet;
}

const widths = (pixels: readonly number[]) => Object.fromEntries(pixels.map((w, column) => [column, { w }]));

/** A cell of the table that is offered when the page opens. */
export const SAMPLE_TABLE: Place = { sheet: CONTRACT_SHEET, address: `A${HEADERS}` };

/** The sample workbook. */
export function sampleWorkbook(): Partial<IWorkbookData> {
  const size = { rowCount: 1000, columnCount: 26 };
  return {
    sheetOrder: ["contracts", "workings", "catalogue"],
    sheets: {
      contracts: {
        id: "contracts",
        name: CONTRACT_SHEET,
        ...size,
        cellData: contractSheet(),
        columnData: widths([140, 64, 122, 98, 112, 72, 48, 112, 112, 140]),
        freeze: { startRow: FIRST - 1, startColumn: -1, xSplit: 0, ySplit: FIRST - 1 },
      },
      workings: {
        id: "workings",
        name: "测算依据",
        ...size,
        cellData: workingsSheet(),
        columnData: widths([100, 400, 120, 120, 260]),
      },
      catalogue: {
        id: "catalogue",
        name: "政策目录",
        ...size,
        cellData: catalogueSheet(),
        columnData: widths([170, 190, 90, 110, 110, 110, 130, 130, 190, 90]),
      },
    },
  };
}
