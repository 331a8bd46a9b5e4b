/** A workbook in memory for the tests of the pane: what was asked of it can be read afterwards. */
import { FUNCTION_NAMES } from "../../src/functions/declared";
import { formatAddress, parseAddress } from "../../src/host/address";
import { freeSheetName } from "../../src/host/name";
import { refusal } from "../../src/host/refusal";
import { callsAny } from "../../src/host/result";
import type {
  Cells,
  CellValue,
  Entry,
  Expression,
  FormulaCell,
  Language,
  NewSheet,
  Place,
  Shape,
  Theme,
  Workbook,
  WorkbookPick,
} from "../../src/host/workbook";

const ours = callsAny(FUNCTION_NAMES);

/** What a cell holds in which something was entered. */
function typed(entered: CellValue): FakeCell {
  if (typeof entered !== "string") return entered;
  if (entered.startsWith("=")) return { formula: entered, value: 0 };
  return entered.startsWith("'") ? entered.slice(1) : entered;
}

/** Sheets as tables from A1 on; a cell with a formula is `{ formula, value, spill }`. */
export type FakeCell = CellValue | { formula: string; value: CellValue; spill?: string; message?: string };
export type FakeSheets = Record<string, FakeCell[][]>;

export class FakeWorkbook implements Workbook {
  readonly capabilities: Workbook["capabilities"] = { undo: true, charts: true, images: true, hstack: true };
  language: Language = "zh";
  theme: Theme = "light";
  stored: WorkbookPick = {};
  selected: Place | null = null;
  readonly written: (readonly Entry[])[] = [];
  readonly jumps: Place[] = [];
  recalculations = 0;
  /** By sheet. */
  readonly shapes: Record<string, Partial<Shape>> = {};
  /** What the workbook makes of an expression; it can compute no other. */
  readonly computes: Record<string, CellValue[][]> = {};
  private readonly appearance = new Set<() => void>();
  private readonly selections = new Set<(place: Place | null) => void>();

  constructor(readonly content: FakeSheets = { Sheet1: [] }) {}

  onAppearance(callback: () => void) {
    this.appearance.add(callback);
    return () => void this.appearance.delete(callback);
  }
  look(language: Language, theme: Theme) {
    this.language = language;
    this.theme = theme;
    for (const callback of this.appearance) callback();
  }

  typed(formula: string) {
    return formula;
  }

  async selection() {
    return this.selected;
  }
  onSelection(callback: (place: Place | null) => void) {
    this.selections.add(callback);
    return () => void this.selections.delete(callback);
  }
  select(sheet: string, address: string) {
    this.selected = { sheet, address };
    for (const callback of this.selections) callback(this.selected);
  }
  private readonly cellListeners = new Set<() => void>();
  onCellsChanged(callback: () => void) {
    this.cellListeners.add(callback);
    return () => void this.cellListeners.delete(callback);
  }
  /** Types into a cell, as the user does. */
  enter(sheet: string, address: string, value: FakeCell) {
    const { row, column } = parseAddress(address)!;
    (this.content[sheet]![row] ??= [])[column] = value;
    this.tell();
  }
  tell() {
    for (const callback of this.cellListeners) callback();
  }
  async jump(place: Place) {
    this.jumps.push(place);
  }

  async sheets() {
    return Object.keys(this.content);
  }
  async usedRange(sheet: string) {
    const rows = this.table(sheet);
    const columns = Math.max(0, ...rows.map((row) => row.length));
    if (!columns) return null;
    return { sheet, address: formatAddress({ row: 0, column: 0, rows: rows.length, columns }) };
  }
  async read({ sheet, address }: Place, rows = Infinity): Promise<Cells> {
    const whole = parseAddress(address);
    if (!whole) throw refusal("bad-address", address);
    const area = { ...whole, rows: Math.min(whole.rows, rows) };
    const grid = Array.from({ length: area.rows }, (_, r) =>
      Array.from({ length: area.columns }, (_, c) => this.cell(sheet, area.row + r, area.column + c)),
    );
    const values = grid.map((row) => row.map((cell) => (typeof cell === "object" ? cell.value : cell)));
    return {
      sheet,
      address: formatAddress(area),
      values,
      formulas: grid.map((row) => row.map((cell) => (typeof cell === "object" ? cell.formula : ""))),
      texts: values.map((row) => row.map(String)),
    };
  }

  async shape({ sheet }: Place): Promise<Shape> {
    return {
      merged: [],
      hidden: [],
      isProtected: false,
      isSheetHidden: false,
      hasHiddenRows: false,
      ...this.shapes[sheet],
    };
  }

  async formulas(): Promise<FormulaCell[]> {
    return Object.keys(this.content).flatMap((sheet) => this.all(sheet).filter(({ formula }) => ours(formula)));
  }
  async formulaAt({ sheet, address }: Place): Promise<FormulaCell | null> {
    const at = parseAddress(address)!;
    const covers = ({ address: own, spill }: FormulaCell) => {
      const area = parseAddress(spill ?? own)!;
      return (
        at.row >= area.row &&
        at.row < area.row + area.rows &&
        at.column >= area.column &&
        at.column < area.column + area.columns
      );
    };
    return this.all(sheet).find(covers) ?? null;
  }
  async evaluate(expressions: readonly Expression[]) {
    return expressions.map(({ text }) => this.computes[text] ?? null);
  }
  async errorMessage({ sheet, address }: Place) {
    const { row, column } = parseAddress(address)!;
    const cell = this.cell(sheet, row, column);
    return typeof cell === "object" ? cell.message : undefined;
  }

  async write(entries: readonly Entry[]) {
    this.written.push(entries);
    for (const { place, cells } of entries) {
      const { row, column } = parseAddress(place.address)!;
      cells?.forEach((values, r) =>
        values.forEach((value, c) => {
          ((this.content[place.sheet] ??= [])[row + r] ??= [])[column + c] = typed(value);
        }),
      );
    }
  }
  /** The sheets that were added, as they were asked for. */
  readonly added: NewSheet[] = [];

  async addSheet(sheet: NewSheet, entries: readonly Entry[] = []) {
    const { name, cells } = sheet;
    this.added.push(sheet);
    const free = freeSheetName(name, Object.keys(this.content));
    this.content[free] = cells.map((row) => row.map(typed));
    if (entries.length) await this.write(entries);
    return free;
  }
  readonly files = new Map<string, Uint8Array>();
  async handOver(fileName: string, file: Uint8Array) {
    this.files.set(fileName, file);
    return "saved" as const;
  }
  async addImage() {}

  async pick() {
    return this.stored;
  }
  async setPick(pick: WorkbookPick) {
    this.stored = { ...this.stored, ...pick };
  }
  readonly noted = new Map<string, string>();
  async notes() {
    return this.noted;
  }
  async note(key: string, text: string) {
    if (text) this.noted.set(key, text);
    else this.noted.delete(key);
  }
  async recalculate() {
    this.recalculations++;
    return 3;
  }

  private table(sheet: string): FakeCell[][] {
    const table = this.content[sheet];
    if (!table) throw refusal("no-sheet", sheet);
    return table;
  }
  private cell(sheet: string, row: number, column: number): FakeCell {
    return this.table(sheet)[row]?.[column] ?? "";
  }
  private all(sheet: string): FormulaCell[] {
    return this.table(sheet).flatMap((row, r) =>
      (row ?? []).flatMap((cell, c) => {
        if (typeof cell !== "object") return [];
        const { formula, value, spill } = cell;
        const error = typeof value === "string" && value.startsWith("#") ? value : undefined;
        const address = formatAddress({ row: r, column: c, rows: 1, columns: 1 });
        return [{ sheet, address, formula, value, ...(error && { error }), ...(spill && { spill }) }];
      }),
    );
  }
}
