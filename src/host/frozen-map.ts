/** The sheet that remembers what was frozen: each formula with its place, its values, and what it was computed by. */
import { formatAddress, parseAddress } from "./address";
import type { CellValue, FormulaCell, NewSheet, Place } from "./workbook";
import { RULES_VERSION } from "../rules";

/** What a formula's awards rest on, in words; "" where it gives none. */
export interface Basis {
  readonly instruments: string;
  readonly clauses: string;
  readonly readings: string;
  readonly documents: string;
  readonly notices: string;
}

export interface FrozenFormula {
  readonly formula: string;
  /** The cell of the formula, and all cells that its result fills. */
  readonly cell: Place;
  readonly area: Place;
  /** Of the values of the area when it was frozen. */
  readonly fingerprint: string;
}

/** A map that was found in a workbook. */
export interface FreezeMap {
  readonly sheet: string;
  readonly time: string;
  readonly version: string;
  /** With the readings that each rests on: "rounding=half_up；…". */
  readonly frozen: readonly (FrozenFormula & Pick<Basis, "readings">)[];
  /** Rows that are no longer as they were written: nothing is brought back by them. */
  readonly damaged: readonly Place[];
  /** How many rows are gone. */
  readonly missing: number;
}

/** What stands in the first cell of a map, thawed or not. */
export const MAP_TITLE = "补贴公式冻结对照表 / Frozen formulas";
const FROZEN = "已冻结 / frozen";
const THAWED = "已恢复 / thawed";
const STATE = "B2";
const HEADERS = [
  "工作表 / Sheet",
  "单元格 / Cell",
  "结果区域 / Result",
  "公式 / Formula",
  "冻结时的值 / Value",
  "政策 / Instrument",
  "条款 / Clause",
  "读法 / Readings",
  "文件 / Document",
  "状态与提示 / Status and notices",
  "核对码 / Fingerprint",
];
const READINGS = 7;
/** The column of the number of formulas, in the row of the state. */
const COUNT = 3;
const NAME = "冻结对照";
const FIRST = 6;

export const areaOf = ({ sheet, address, spill }: FormulaCell): Place => ({ sheet, address: spill ?? address });

/** The same for the same values; numbers as a file of any spreadsheet keeps them. */
export function fingerprintOf(values: readonly (readonly CellValue[])[]): string {
  const text = JSON.stringify(
    values.map((row) => row.map((value) => (typeof value === "number" ? Number(value.toPrecision(14)) : value))),
  );
  // FNV-1a, 32 bits, from both ends: enough to notice what was typed over.
  let [forth, back] = [OFFSET, OFFSET];
  for (let i = 0; i < text.length; i++) {
    forth = Math.imul(forth ^ text.charCodeAt(i), PRIME);
    back = Math.imul(back ^ text.charCodeAt(text.length - 1 - i), PRIME);
  }
  return [forth, back].map((n) => (n >>> 0).toString(16).padStart(8, "0")).join("-");
}
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** Of what says where a formula was. The sheet's name is left out: one may write the new name of a sheet there. */
const rowCode = (cell: string, area: string, formula: string): string => fingerprintOf([[cell, area, formula]]);
const CODE = /^(\w+-\w+)(?:-(\w+-\w+))?$/;

/** A text that stays one, whatever it begins with. */
const asText = (value: CellValue): CellValue => (typeof value === "string" && value !== "" ? `'${value}` : value);

/** @param time as it is shown */
export function mapSheet(
  frozen: readonly (FrozenFormula & { readonly value: CellValue; readonly basis: Basis })[],
  time: string,
): NewSheet {
  const { version, date } = RULES_VERSION;
  const rows: CellValue[][] = [
    [MAP_TITLE],
    ["状态 / State", FROZEN, "公式数 / Formulas", frozen.length],
    ["时间 / Time", asText(time)],
    ["规则版本 / Rules", asText(`${version} (${date})`)],
    HEADERS,
    ...frozen.map(({ cell, area, formula, value, basis, fingerprint }) =>
      [
        cell.sheet,
        cell.address,
        area.address,
        formula,
        value,
        basis.instruments,
        basis.clauses,
        basis.readings,
        basis.documents,
        basis.notices,
        `${fingerprint}-${rowCode(cell.address, area.address, formula)}`,
      ].map(asText),
    ),
  ];
  return {
    name: NAME,
    cells: rows.map((row) => [...row, ...Array.from({ length: HEADERS.length - row.length }, () => "")]),
    widths: [18, 16, 18, 60, 22, 30, 24, 30, 50, 50, 24],
    headerRows: FIRST - 1,
  };
}

/** The map in the cells of a sheet, from A1 on; undefined where it is none, or was thawed already. */
export function mapIn(sheet: string, values: readonly (readonly CellValue[])[]): FreezeMap | undefined {
  if (values[0]?.[0] !== MAP_TITLE || values[1]?.[1] !== FROZEN) return undefined;
  const damaged: Place[] = [];
  const frozen = values.slice(FIRST - 1).flatMap((row, r): FreezeMap["frozen"][number][] => {
    if (row.every((value) => value === "")) return [];
    const [name = "", cell = "", area = "", formula = ""] = row.map(String);
    const [, fingerprint, code] = CODE.exec(String(row[HEADERS.length - 1])) ?? [];
    const isPlaced = name && parseAddress(cell) && parseAddress(area) && formula.startsWith("=");
    // Maps of older versions have no code of the row.
    if (!isPlaced || !fingerprint || (code && code !== rowCode(cell, area, formula))) {
      damaged.push({ sheet, address: `A${FIRST + r}` });
      return [];
    }
    return [
      {
        formula,
        cell: { sheet: name, address: cell },
        area: { sheet: name, address: area },
        readings: String(row[READINGS]),
        fingerprint,
      },
    ];
  });
  const written = values[1]?.[COUNT];
  const missing = typeof written === "number" ? Math.max(0, written - frozen.length - damaged.length) : 0;
  return { sheet, time: String(values[2]?.[1]), version: String(values[3]?.[1]), frozen, damaged, missing };
}

/** The cell of a map that says what became of it, and what it says once it was thawed. */
export const thawedMark = (sheet: string, time: string): { place: Place; cells: CellValue[][] } => ({
  place: { sheet, address: STATE },
  cells: [[`${THAWED} ${time}`]],
});

/** The cells of a map in a sheet. */
export const mapPlace = (sheet: string, rows: number): Place => ({
  sheet,
  address: formatAddress({ row: 0, column: 0, rows, columns: HEADERS.length }),
});
