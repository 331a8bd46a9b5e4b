/** The sheets of a workbook, read once: the checks look at these, and arguments of formulas are read from them. */
import { formatAddress, intersect, parseAddress, type Rectangle } from "../../host/address";
import type { CellValue, Expression, Place, Workbook } from "../../host/workbook";
import type { CellReader } from "../argument-values";

/** More of one sheet is not read; a finding names the sheet. */
const MOST_CELLS = 2 ** 21;

/** One sheet. Rows and columns count from 0, as everywhere. */
export class Sheet {
  constructor(
    readonly name: string,
    /** What was read; null for an empty sheet. */
    readonly area: Rectangle | null,
    private readonly values: readonly (readonly CellValue[])[],
    private readonly formulas: readonly (readonly string[])[],
    readonly merged: readonly Rectangle[],
    readonly isProtected: boolean,
    /** Whether rows below were left unread. */
    readonly isCut: boolean,
  ) {}

  value(row: number, column: number): CellValue {
    return this.area ? (this.values[row - this.area.row]?.[column - this.area.column] ?? "") : "";
  }

  /** With "="; "" where there is none. */
  formula(row: number, column: number): string {
    return this.area ? (this.formulas[row - this.area.row]?.[column - this.area.column] ?? "") : "";
  }

  /** The merged area around a cell. */
  mergedAt(row: number, column: number): Rectangle | undefined {
    return this.merged.find((area) => intersect(area, { row, column, rows: 1, columns: 1 }));
  }

  place(row: number, column: number, rows = 1, columns = 1): Place {
    return { sheet: this.name, address: formatAddress({ row, column, rows, columns }) };
  }

  /** The cells that show a value, in row order. */
  cellsWith(wanted: CellValue): { readonly row: number; readonly column: number }[] {
    const { row: top = 0, column: left = 0 } = this.area ?? {};
    return this.values.flatMap((cells, r) =>
      cells.flatMap((value, c) => (value === wanted ? [{ row: top + r, column: left + c }] : [])),
    );
  }
}

/** @throws WorkbookError */
export async function readSheet(host: Workbook, name: string): Promise<Sheet> {
  const used = await host.usedRange(name);
  const area = used && parseAddress(used.address);
  if (!area) return new Sheet(name, null, [], [], [], false, false);
  const rows = Math.min(area.rows, Math.max(1, Math.floor(MOST_CELLS / area.columns)));
  const [{ values, formulas }, shape] = await Promise.all([host.read(used, rows), host.shape(used)]);
  const merged = shape.merged.map((address) => parseAddress(address)!);
  return new Sheet(name, { ...area, rows }, values, formulas, merged, shape.isProtected, rows < area.rows);
}

const keyOf = ({ place, text }: Expression): string => `${place.sheet}!${place.address} ${text}`;

/** Reads the arguments of formulas from what was read already, and asks the workbook for the rest. */
export class ReadWorkbook implements CellReader {
  private readonly computed = new Map<string, readonly (readonly CellValue[])[] | null>();

  constructor(
    private readonly host: Workbook,
    private readonly sheets: ReadonlyMap<string, Sheet>,
  ) {}

  /** Computes many expressions at once, which takes far less time than one by one. */
  async prepare(expressions: readonly Expression[]): Promise<void> {
    const values = await this.host.evaluate(expressions);
    expressions.forEach((expression, i) => this.computed.set(keyOf(expression), values[i]!));
  }

  async evaluate(expressions: readonly Expression[]) {
    const known = expressions.map((expression) => this.computed.get(keyOf(expression)));
    if (known.every((values) => values !== undefined)) return known;
    return this.host.evaluate(expressions);
  }

  async usedRange(name: string): Promise<Place | null> {
    const sheet = this.sheets.get(name);
    if (!sheet) return this.host.usedRange(name);
    return sheet.area && { sheet: name, address: formatAddress(sheet.area) };
  }

  async read(place: Place, limit = Infinity) {
    const sheet = this.sheets.get(place.sheet);
    const whole = parseAddress(place.address);
    if (!sheet || sheet.isCut || !whole) return this.host.read(place, limit);
    const area = { ...whole, rows: Math.min(whole.rows, limit) };
    const table = <T>(cell: (row: number, column: number) => T): T[][] =>
      Array.from({ length: area.rows }, (_, r) =>
        Array.from({ length: area.columns }, (__, c) => cell(area.row + r, area.column + c)),
      );
    return {
      sheet: place.sheet,
      address: formatAddress(area),
      values: table((row, column) => sheet.value(row, column)),
      formulas: table((row, column) => sheet.formula(row, column)),
      texts: [],
    };
  }

  formulaAt(place: Place) {
    return this.host.formulaAt(place);
  }
}
