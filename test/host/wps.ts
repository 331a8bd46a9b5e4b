/**
 * A stand-in for WPS 表格, written from its published declarations and documentation (src/host/wps-api.ts): one value for one cell and
 * a table for several, null for blanks, errors as numbers, collections that count from 1, typed texts read as numbers and dates,
 * protected sheets that throw. It has no imports but types, so that a page of a browser can run it too.
 */
import type { WpsApplication, WpsRange, WpsSheet, WpsValue, WpsValues, WpsWorkbook } from "../../src/host/wps-api";

interface Stored {
  entered: string | number | boolean;
  value: WpsValue;
  /** What the formula gave; more than one cell of it spills. */
  table?: WpsValue[][];
  format?: string;
  bold?: boolean;
}

interface Area {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

const ERRORS: Readonly<Record<string, number>> = { "#N/A": -2146826246, "#VALUE!": -2146826273, "#NAME?": -2146826259 };

const lettersOf = (column: number): string =>
  (column < 26 ? "" : lettersOf(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));
const numberOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

function areaOf(address: string): Area {
  const parts = /^([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?$/.exec(address.replaceAll("$", ""));
  if (!parts) throw new Error(`no range ${address}`);
  const [, first, top, last = first, bottom = top] = parts as unknown as [string, string, string, string?, string?];
  const [row, column] = [Number(top) - 1, numberOf(first)];
  return { row, column, rows: Number(bottom) - row, columns: numberOf(last) - column + 1 };
}

/** As if typed: an apostrophe makes a text, "=" a formula, digits a number, 1/2 a day. */
function typed(content: string | number | boolean): WpsValue {
  if (typeof content !== "string") return content;
  if (content.startsWith("'")) return content.slice(1);
  if (/^\d+(\.\d+)?$/.test(content)) return Number(content);
  return /^\d+\/\d+$/.test(content) ? 46024 : content;
}

export class FakeSheet {
  readonly cells = new Map<string, Stored>();
  readonly widths = new Map<number, number>();
  readonly hiddenColumns = new Set<number>();
  merged: string[] = [];
  Visible = -1;
  ProtectContents = false;
  FilterMode = false;
  hiddenRows: boolean | null = false;
  readonly PageSetup = {
    PaperSize: 1,
    Orientation: 1,
    Zoom: 100 as boolean | number,
    FitToPagesWide: 1 as boolean | number,
    FitToPagesTall: 1 as boolean | number,
  };

  constructor(
    readonly wps: FakeWps,
    public Name: string,
  ) {}

  enter(row: number, column: number, content: string | number | boolean): void {
    if (this.ProtectContents) throw new Error("工作表受保护");
    const key = `${row},${column}`;
    const { format, bold } = this.cells.get(key) ?? {};
    if (content === "") this.cells.delete(key);
    else
      this.cells.set(key, {
        entered: content,
        value: typed(content),
        ...(format && { format }),
        ...(bold && { bold }),
      });
    this.compute(key);
  }

  compute(key: string): void {
    const cell = this.cells.get(key);
    if (!cell || typeof cell.entered !== "string" || !cell.entered.startsWith("=")) return;
    const table = this.wps.calculate(cell.entered.slice(1), this);
    cell.table = this.wps.spills ? table : [[table[0]![0]]];
    cell.value = table[0]![0];
  }

  /** The cell whose formula spills into this one. */
  parent(row: number, column: number): { key: string; row: number; column: number; table: WpsValue[][] } | undefined {
    for (const [key, { table }] of this.cells) {
      const [r, c] = key.split(",").map(Number) as [number, number];
      if (!table || table.length * table[0]!.length === 1) continue;
      if (row >= r && column >= c && row < r + table.length && column < c + table[0]!.length)
        return { key, row: r, column: c, table };
    }
    return undefined;
  }

  value(row: number, column: number): WpsValue {
    const own = this.cells.get(`${row},${column}`);
    if (own && own.entered !== "") return own.value;
    const parent = this.parent(row, column);
    return parent ? parent.table[row - parent.row]![column - parent.column] : null;
  }

  /** A cell into which a formula spills repeats it. */
  formula(row: number, column: number): WpsValue {
    const own = this.cells.get(`${row},${column}`);
    if (own && own.entered !== "")
      return typeof own.entered === "string" && own.entered.startsWith("=") ? own.entered : own.value;
    const parent = this.parent(row, column);
    return parent ? this.cells.get(parent.key)!.entered : "";
  }

  isFormula(row: number, column: number): boolean {
    const key = this.parent(row, column)?.key ?? `${row},${column}`;
    const entered = this.cells.get(key)?.entered;
    return typeof entered === "string" && entered.startsWith("=");
  }

  used(): Area {
    const places = [...this.cells].flatMap(([key, { table }]) => {
      const [row, column] = key.split(",").map(Number) as [number, number];
      const [rows, columns] = [table?.length ?? 1, table?.[0]?.length ?? 1];
      return [
        [row, column],
        [row + rows - 1, column + columns - 1],
      ] as const;
    });
    if (!places.length) return { row: 0, column: 0, rows: 1, columns: 1 };
    const [rows, columns] = [places.map(([row]) => row), places.map(([, column]) => column)];
    const [row, column] = [Math.min(...rows), Math.min(...columns)];
    return { row, column, rows: Math.max(...rows) - row + 1, columns: Math.max(...columns) - column + 1 };
  }

  get UsedRange(): WpsRange {
    return rangeOf(this, this.used());
  }
  Range(address: string): WpsRange {
    return rangeOf(this, areaOf(address));
  }
  Activate(): void {
    this.wps.active = this;
  }
  Evaluate(expression: string): WpsValues | WpsRange {
    if (/^[A-Z]+\d+(:[A-Z]+\d+)?$/.test(expression)) return this.Range(expression);
    const table = this.wps.calculate(expression, this);
    return table.length * table[0]!.length === 1 ? table[0]![0] : table;
  }
}

function rangeOf(sheet: FakeSheet, area: Area): WpsRange {
  const { row, column, rows, columns } = area;
  const isOne = rows * columns === 1;
  const each = <T>(read: (r: number, c: number) => T): T[][] =>
    Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (__, c) => read(row + r, column + c)));
  const shown = (read: (r: number, c: number) => WpsValue): WpsValues => (isOne ? read(row, column) : each(read));
  const same = <T>(read: (r: number, c: number) => T): T | null => {
    const [first, ...others] = each(read).flat();
    return others.every((other) => other === first) ? first! : null;
  };
  const change = (values: WpsValues, enter: (r: number, c: number, value: WpsValue) => void): void => {
    const isTable = Array.isArray(values);
    const table = values as readonly (readonly WpsValue[])[];
    if (isTable && (table.length !== rows || table.some((line) => line.length !== columns)))
      throw new Error("the table has another size than the range");
    each((r, c) => enter(r, c, isTable ? table[r - row]![c - column] : (values as WpsValue)));
  };
  const look = (r: number, c: number): Stored => {
    const key = `${r},${c}`;
    if (!sheet.cells.has(key)) sheet.cells.set(key, { entered: "", value: null });
    return sheet.cells.get(key)!;
  };
  const parent = sheet.parent(row, column);
  const address = (one: Area): string => {
    const first = `${lettersOf(one.column)}${one.row + 1}`;
    return one.rows * one.columns === 1
      ? first
      : `${first}:${lettersOf(one.column + one.columns - 1)}${one.row + one.rows}`;
  };
  const spilling = {
    get Formula2() {
      return shown((r, c) => sheet.formula(r, c));
    },
    set Formula2(values: WpsValues) {
      change(values, (r, c, value) => sheet.enter(r, c, value ?? ""));
    },
    HasSpill: parent !== undefined,
    get SpillParent() {
      return rangeOf(sheet, { row: parent!.row, column: parent!.column, rows: 1, columns: 1 });
    },
    get SpillingToRange() {
      const { table = [[null]] } = sheet.cells.get(`${row},${column}`)!;
      return rangeOf(sheet, { row, column, rows: table.length, columns: table[0]!.length });
    },
  };
  const range = {
    Address: (rowAbsolute = true, columnAbsolute = true) =>
      address(area).replace(/([A-Z]+)(\d+)/g, `${columnAbsolute ? "$$" : ""}$1${rowAbsolute ? "$$" : ""}$2`),
    Areas: { Count: 1 },
    Worksheet: sheet as WpsSheet,
    get Value2() {
      return shown((r, c) => sheet.value(r, c));
    },
    set Value2(values) {
      change(values, (r, c, value) => sheet.enter(r, c, value ?? ""));
    },
    get Formula() {
      return shown((r, c) => sheet.formula(r, c));
    },
    set Formula(values) {
      change(values, (r, c, value) => sheet.enter(r, c, value ?? ""));
    },
    get Text() {
      if (!isOne) return null;
      const value = sheet.value(row, column);
      const error = Object.keys(ERRORS).find((code) => ERRORS[code] === value);
      if (error) return error;
      const isMoney = typeof value === "number" && sheet.cells.get(`${row},${column}`)?.format === "#,##0.00";
      return isMoney ? value.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ",") : String(value ?? "");
    },
    get HasFormula() {
      return same((r, c) => sheet.isFormula(r, c));
    },
    HasArray: false,
    get CurrentArray(): WpsRange {
      throw new Error("no array formula");
    },
    get NumberFormat() {
      return same((r, c) => sheet.cells.get(`${r},${c}`)?.format ?? "General");
    },
    set NumberFormat(format) {
      each((r, c) => (look(r, c).format = format!));
    },
    Font: {
      get Bold() {
        return same((r, c) => sheet.cells.get(`${r},${c}`)?.bold ?? false);
      },
      set Bold(bold) {
        each((r, c) => (look(r, c).bold = bold!));
      },
    },
    get MergeCells() {
      const inside = (r: number, c: number): boolean => sheet.merged.map(areaOf).some((m) => contains(m, r, c));
      return same(inside);
    },
    get MergeArea() {
      return rangeOf(sheet, sheet.merged.map(areaOf).find((merge) => contains(merge, row, column)) ?? area);
    },
    UnMerge() {
      sheet.merged = sheet.merged.filter((merge) => !contains(area, areaOf(merge).row, areaOf(merge).column));
    },
    get EntireColumn() {
      const whole = {
        Hidden: sheet.hiddenColumns.has(column),
        set ColumnWidth(width: number) {
          for (let c = column; c < column + columns; c++) sheet.widths.set(c, width);
        },
      };
      return whole as unknown as WpsRange;
    },
    get EntireRow() {
      return { Hidden: sheet.hiddenRows } as unknown as WpsRange;
    },
    Hidden: false,
    Select() {
      sheet.wps.select(sheet, address(area));
    },
  };
  // Older versions know nothing of spilling.
  if (sheet.wps.spills) Object.defineProperties(range, Object.getOwnPropertyDescriptors(spilling));
  return range as unknown as WpsRange;
}

const contains = (area: Area, row: number, column: number): boolean =>
  row >= area.row && row < area.row + area.rows && column >= area.column && column < area.column + area.columns;

type Callback = (...args: unknown[]) => unknown;

export class FakeWps {
  readonly sheets: FakeSheet[] = [];
  readonly names: { name: string; refersTo: string }[] = [];
  readonly functions = new Map<string, Callback>();
  /** By their event. */
  readonly listeners = {
    SheetSelectionChange: new Set<() => void>(),
    SheetChange: new Set<() => void>(),
    SheetCalculate: new Set<() => void>(),
  };
  readonly written = new Map<string, string>();
  readonly opened: string[] = [];
  readonly panes: { ID: number; Visible: boolean; url: string }[] = [];
  readonly storage = new Map<string, number>();
  /** Names of workbooks that are open beside this one. */
  readonly others: FakeWps[] = [];
  active: FakeSheet;
  selected: { sheet: FakeSheet; address: string } | "picture" | "several";

  /** @param spills whether formulas spill; older versions show the first cell alone */
  constructor(
    sheets: Readonly<Record<string, readonly (readonly (string | number | boolean)[])[]>>,
    readonly spills = true,
  ) {
    for (const [name, rows] of Object.entries(sheets)) {
      const sheet = new FakeSheet(this, name);
      this.sheets.push(sheet);
      rows.forEach((row, r) => row.forEach((content, c) => sheet.enter(r, c, content)));
    }
    this.active = this.sheets[0]!;
    this.selected = { sheet: this.active, address: "A1" };
  }

  select(sheet: FakeSheet, address: string): void {
    this.selected = { sheet, address };
    for (const listener of this.listeners.SheetSelectionChange) listener();
  }

  /** Calls of custom functions, and single constants and ranges; everything else is a name that nobody knows. */
  calculate(expression: string, on: FakeSheet): WpsValue[][] {
    const call = /^([A-Z_.]+)\((.*)\)$/s.exec(expression.trim());
    if (!call) return this.operand(expression, on);
    const callback = this.functions.get(call[1]!);
    if (!callback) return [[ERRORS["#NAME?"]]];
    const args = split(call[2]!).map((text) => (text === "" ? undefined : this.operand(text, on)));
    try {
      const answer = callback(
        ...args.map((table) => (table?.length === 1 && table[0]!.length === 1 ? table[0]![0] : table)),
      );
      const table = (Array.isArray(answer) ? answer : [[answer]]) as WpsValue[][];
      return table.map((row) => row.map((value) => ERRORS[String(value)] ?? value ?? 0));
    } catch {
      return [[ERRORS["#VALUE!"]]];
    }
  }

  private operand(text: string, on: FakeSheet): WpsValue[][] {
    const range = /^(?:(?:'([^']+)'|([^'!]+))!)?(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)$/.exec(text.trim());
    if (range) {
      const name = range[1] ?? range[2];
      const sheet = name === undefined ? on : this.sheets.find((one) => one.Name === name)!;
      const { row, column, rows, columns } = areaOf(range[3]!);
      return Array.from({ length: rows }, (_, r) =>
        Array.from({ length: columns }, (__, c) => sheet.value(row + r, column + c)),
      );
    }
    if (text.startsWith("{"))
      return text
        .slice(1, -1)
        .split(";")
        .map((row) => split(row).map(constant));
    return [[constant(text)]];
  }

  private selection(): Partial<WpsRange> {
    const { selected } = this;
    if (selected === "picture") return {};
    if (selected === "several") return { Address: () => "$A$1,$C$3", Worksheet: this.active, Areas: { Count: 2 } };
    return selected.sheet.Range(selected.address);
  }

  private workbook(): WpsWorkbook {
    const { sheets, names } = this;
    const named = (at: number) => ({
      get Name() {
        return names[at - 1]!.name;
      },
      get RefersTo() {
        return names[at - 1]!.refersTo;
      },
      set RefersTo(formula: string) {
        names[at - 1]!.refersTo = formula;
      },
      Delete: () => void names.splice(at - 1, 1),
    });
    return {
      Worksheets: {
        get Count() {
          return sheets.length;
        },
        Item: (at: number | string) => sheets[Number(at) - 1]!,
        Add: () => {
          const sheet = new FakeSheet(this, `Sheet${sheets.length + 1}`);
          sheets.push(sheet);
          return sheet;
        },
      },
      Names: {
        get Count() {
          return names.length;
        },
        Item: named,
        Add(name: string, refersTo: string) {
          names.push({ name, refersTo });
          return named(names.length);
        },
      },
    };
  }

  application(): WpsApplication {
    const books = [this, ...this.others];
    const selection = () => this.selection();
    return {
      get Selection() {
        return selection();
      },
      ActiveWorkbook: this.workbook(),
      Workbooks: {
        get Count() {
          return books.length;
        },
        Item: (at) => books[at - 1]!.workbook(),
        Open: (path) => {
          this.opened.push(path);
          return this.workbook();
        },
      },
      CalculateFull: () => {
        for (const sheet of this.sheets) for (const key of sheet.cells.keys()) sheet.compute(key);
      },
      ApiEvent: {
        AddApiEventListener: (event, callback) => void this.listeners[event].add(callback),
        RemoveApiEventListener: (event, callback) => void this.listeners[event].delete(callback),
      },
      AddCustomFunction: (namespace, name, callback) => void this.functions.set(`${namespace}.${name}`, callback),
      CreateTaskPane: (url) => {
        const pane = { ID: this.panes.length + 1, Visible: false, url };
        this.panes.push(pane);
        return pane;
      },
      GetTaskPane: (id) => this.panes[id - 1]!,
      PluginStorage: {
        getItem: (key) => this.storage.get(key) ?? null,
        setItem: (key, value) => void this.storage.set(key, value),
      },
      Env: { GetTempPath: () => "C:\\Temp\\" },
      FileSystem: {
        writeAsBinaryString: (path, data) => {
          this.written.set(path, data);
          return true;
        },
      },
    };
  }
}

/** Arguments between commas outside quotes, brackets and braces. */
function split(text: string): string[] {
  const parts = [""];
  let [depth, quoted] = [0, false];
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    if (!quoted && "({".includes(sign)) depth++;
    if (!quoted && ")}".includes(sign)) depth--;
    if (sign === "," && !quoted && !depth) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

function constant(text: string): WpsValue {
  if (/^".*"$/s.test(text)) return text.slice(1, -1).replaceAll('""', '"');
  if (text === "TRUE" || text === "FALSE") return text === "TRUE";
  return Number.isFinite(Number(text)) ? Number(text) : ERRORS["#NAME?"];
}
