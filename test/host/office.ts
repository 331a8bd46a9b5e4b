/**
 * A stand-in for Office.js that is as strict as Excel: objects are proxies, nothing happens before `context.sync()`, a
 * property that was not loaded and synced throws when read, a null object throws when used, a response above the size
 * limit is refused, and our functions answer later than the calculation ends (#BUSY! until then).
 */
import {
  formatAddress,
  intersect,
  parseAddress,
  parseReference,
  quoteSheet,
  type Rectangle,
} from "../../src/host/address";
import type { CellValue, Place } from "../../src/host/workbook";

export interface StoredCell {
  /** What was entered: a formula or a value. */
  entered: CellValue;
  value: CellValue;
  /** What a formula gave when it was calculated last; more than one cell of it spills. */
  table?: CellValue[][];
  format?: string;
}

export interface StoredSheet {
  readonly name: string;
  visibility: "Visible" | "Hidden";
  readonly cells: Map<string, StoredCell>;
  readonly widths: Map<number, number>;
  /** Hidden columns, from 0. */
  readonly hidden: Set<number>;
  /** Some of its rows are hidden. */
  hiddenRows?: boolean;
  readonly bold: string[];
  /** As it is printed; blank until it is set. */
  readonly layout: { paperSize?: string; orientation?: string; zoom?: object };
  readonly charts: {
    type: string;
    address: string;
    title: string;
    corner: string;
    series?: { fill?: string; label?: string }[];
  }[];
  readonly images: { png: string; left: number; top: number }[];
  /** Names of the sheet's own, and merged areas by address. */
  readonly names: Map<string, string>;
  merged: string[];
}

/** A table, its header row included. */
export interface StoredTable {
  readonly name: string;
  readonly sheet: string;
  readonly address: string;
}

export interface OfficeOptions {
  readonly host?: string | null;
  readonly displayLanguage?: string;
  readonly supported?: readonly string[];
  /** What a formula gives; a table spills. */
  readonly calculate?: (formula: string) => CellValue[][];
  /** Excel may show the spilling formula in the spilled cells as well. */
  readonly repeatsSpilledFormulas?: boolean;
  readonly cellsPerResponse?: number;
  /** What the formula of a name gives; what throws is a formula that Excel does not accept. An address is a range. */
  readonly evaluate?: (formula: string) => CellValue | CellValue[][];
  /** Days of the workbook count from 1904. */
  readonly from1904?: boolean;
}

class OfficeError extends Error {
  constructor(
    readonly code: string,
    message = code,
  ) {
    super(message);
  }
}

const ERRORS = new Set(["#VALUE!", "#N/A", "#BUSY!", "#SPILL!", "#NAME?"]);

/** The state of a workbook, and the globals `Office` and `Excel` over it. */
export class FakeOffice {
  readonly sheets: StoredSheet[] = [];
  readonly names = new Map<string, string>();
  readonly tables: StoredTable[] = [];
  /** Every formula that was made a name of a sheet, also for a moment. */
  readonly named: string[] = [];
  /** Base64 of the workbooks that were opened beside this one. */
  readonly createdWorkbooks: string[] = [];
  selected: { sheet: string; address: string } | "several" = { sheet: "Sheet1", address: "A1" };
  active = "Sheet1";
  editing = false;
  protectedSheet = "";
  theme: { isDarkTheme?: boolean } = { isDarkTheme: false };
  syncs = 0;
  /** One entry for each step that Ctrl+Z would undo. */
  readonly undoSteps: string[][] = [];
  readonly selectionHandlers = new Set<() => void>();
  private busy = 0;

  constructor(readonly options: OfficeOptions = {}) {}

  addSheet(name: string, rows: readonly (readonly CellValue[])[] = []): StoredSheet {
    const sheet: StoredSheet = {
      name,
      visibility: "Visible",
      cells: new Map(),
      widths: new Map(),
      hidden: new Set(),
      bold: [],
      layout: {},
      charts: [],
      images: [],
      names: new Map(),
      merged: [],
    };
    this.sheets.push(sheet);
    rows.forEach((row, r) => row.forEach((value, c) => value !== "" && this.enter(sheet, r, c, value)));
    return sheet;
  }

  sheet(name: string): StoredSheet | undefined {
    return this.sheets.find((sheet) => sheet.name === name);
  }

  /** As if typed: "=" begins a formula, an apostrophe a text, and digits in a string become a number. */
  enter(sheet: StoredSheet, row: number, column: number, entered: CellValue): void {
    const format = sheet.cells.get(`${row},${column}`)?.format;
    if (entered === "") sheet.cells.delete(`${row},${column}`);
    else
      sheet.cells.set(
        `${row},${column}`,
        this.calculated({ entered, value: typed(entered), ...(format ? { format } : {}) }),
      );
  }

  /** The spill range of a formula cell, itself included. */
  spill(sheet: StoredSheet, row: number, column: number): Rectangle | null {
    const table = sheet.cells.get(`${row},${column}`)?.table;
    if (!table) return null;
    const area = { row, column, rows: table.length, columns: table[0]!.length };
    return area.rows * area.columns > 1 ? area : null;
  }

  parent(sheet: StoredSheet, row: number, column: number): [number, number] | null {
    for (const key of sheet.cells.keys()) {
      const [r, c] = key.split(",").map(Number) as [number, number];
      const area = this.spill(sheet, r, c);
      if (area && row >= r && column >= c && row < r + area.rows && column < c + area.columns) return [r, c];
    }
    return null;
  }

  value(sheet: StoredSheet, row: number, column: number): CellValue {
    const own = sheet.cells.get(`${row},${column}`);
    if (own) return own.value;
    const parent = this.parent(sheet, row, column);
    if (!parent) return "";
    const anchor = sheet.cells.get(parent.join(","))!;
    if (anchor.value === "#BUSY!") return "#BUSY!";
    return anchor.table![row - parent[0]]![column - parent[1]]!;
  }

  formula(sheet: StoredSheet, row: number, column: number): CellValue {
    const own = sheet.cells.get(`${row},${column}`);
    if (own) return typeof own.entered === "string" && own.entered.startsWith("=") ? own.entered : own.value;
    const parent = this.parent(sheet, row, column);
    if (parent && this.options.repeatsSpilledFormulas) return sheet.cells.get(parent.join(","))!.entered;
    return this.value(sheet, row, column);
  }

  used(sheet: StoredSheet): Rectangle | null {
    const areas = [...sheet.cells.keys()].map((key) => {
      const [row, column] = key.split(",").map(Number) as [number, number];
      return this.spill(sheet, row, column) ?? { row, column, rows: 1, columns: 1 };
    });
    if (areas.length === 0) return null;
    const row = Math.min(...areas.map((area) => area.row));
    const column = Math.min(...areas.map((area) => area.column));
    const rows = Math.max(...areas.map((area) => area.row + area.rows)) - row;
    return { row, column, rows, columns: Math.max(...areas.map((area) => area.column + area.columns)) - column };
  }

  get calculationState(): string {
    return this.busy > 0 ? "Calculating" : "Done";
  }

  /** Dirty cells show #BUSY! until the functions' answers come back. */
  calculateLater(cells: readonly [StoredSheet, number, number][]): void {
    for (const [sheet, row, column] of cells) sheet.cells.get(`${row},${column}`)!.value = "#BUSY!";
    this.busy++;
    setTimeout(() => {
      for (const { cells } of this.sheets) for (const [key, cell] of cells) cells.set(key, this.calculated(cell));
      this.busy--;
    }, 700);
  }

  private calculated(cell: StoredCell): StoredCell {
    if (typeof cell.entered !== "string" || !cell.entered.startsWith("=")) return cell;
    const table = this.options.calculate?.(cell.entered) ?? [[0]];
    return { ...cell, table, value: table[0]![0]! };
  }

  /** The events of the sheets, each with those that wait for it. */
  readonly sheetHandlers = {
    onChanged: new Set<() => Promise<void>>(),
    onCalculated: new Set<() => Promise<void>>(),
    onDeleted: new Set<() => Promise<void>>(),
  };

  select(sheet: string, address: string): void {
    this.selected = { sheet, address };
    this.selectionHandlers.forEach((handler) => handler());
  }

  /** Puts the stand-in where the add-in looks for Office.js. */
  install(): void {
    const { host = "Excel", displayLanguage = "zh-CN", supported = [] } = this.options;
    const document = {
      addHandlerAsync: (_: string, handler: () => void) => this.selectionHandlers.add(handler),
      removeHandlerAsync: (_: string, { handler }: { handler: () => void }) => this.selectionHandlers.delete(handler),
    };
    const context = {
      displayLanguage,
      document,
      get officeTheme() {
        return theme();
      },
      requirements: { isSetSupported: (set: string, version: string) => supported.includes(`${set} ${version}`) },
    };
    const theme = () => this.theme;
    const queries = { matches: false, addEventListener: () => undefined, removeEventListener: () => undefined };
    Object.assign(globalThis, {
      matchMedia: () => queries,
      window: { addEventListener: () => undefined, removeEventListener: () => undefined },
      Office: {
        HostType: { Excel: "Excel" },
        EventType: { DocumentSelectionChanged: "documentSelectionChanged" },
        onReady: () => Promise.resolve({ host, platform: null }),
        context,
      },
      Excel: {
        SheetVisibility: { visible: "Visible" },
        RangeValueType: { error: "Error" },
        CalculationState: { done: "Done" },
        CalculationType: { recalculate: "Recalculate" },
        createWorkbook: (base64: string) => {
          this.createdWorkbooks.push(base64);
          return Promise.resolve();
        },
        NamedItemType: { range: "Range", array: "Array" },
        run: (options: FakeContext | { mergeUndoGroup?: boolean }, batch: (context: FakeContext) => Promise<unknown>) =>
          this.run(options, batch),
      },
    });
  }

  private async run(
    first: FakeContext | { mergeUndoGroup?: boolean } | ((context: FakeContext) => Promise<unknown>),
    batch?: (context: FakeContext) => Promise<unknown>,
  ): Promise<unknown> {
    const before = first instanceof FakeContext ? first : undefined;
    const options = typeof first === "function" || first instanceof FakeContext ? {} : first;
    const body = typeof first === "function" ? first : batch!;
    const context = before ?? new FakeContext(this);
    const result = await body(context);
    await context.sync();
    if (options.mergeUndoGroup && context.steps.length > 0) this.undoSteps.push(context.steps.flat());
    else this.undoSteps.push(...context.steps);
    return result;
  }
}

function typed(entered: CellValue): CellValue {
  if (typeof entered !== "string") return entered;
  if (entered.startsWith("'")) return entered.slice(1);
  return /^\d+(\.\d+)?$/.test(entered) ? Number(entered) : entered;
}

/** A request context: a queue that only `sync` empties. */
class FakeContext {
  private queue: (() => void)[] = [];
  private cells = 0;
  private writes: string[] = [];
  readonly steps: string[][] = [];

  constructor(readonly office: FakeOffice) {}

  get workbook() {
    return new FakeWorkbook(this);
  }

  get application() {
    const dirty = this.dirty;
    return Object.assign(new FakeApplication(this), {
      calculate: () => this.enqueue(() => this.office.calculateLater(dirty.splice(0))),
    });
  }

  readonly dirty: [StoredSheet, number, number][] = [];

  enqueue(action: () => void): void {
    this.queue.push(action);
  }

  /** Counts what a response carries. */
  carry(cells: number): void {
    this.cells += cells;
    if (this.cells > (this.office.options.cellsPerResponse ?? Infinity))
      throw new OfficeError("ResponsePayloadSizeLimitExceeded");
  }

  wrote(what: string): void {
    this.writes.push(what);
  }

  async sync(): Promise<void> {
    await Promise.resolve();
    this.office.syncs++;
    this.cells = 0;
    const actions = this.queue.splice(0);
    if (actions.length > 0 && this.office.editing) throw new OfficeError("InvalidOperationInCellEditMode");
    for (const action of actions) action();
    if (this.writes.length > 0) this.steps.push(this.writes.splice(0));
  }
}

/** A proxy: `load` queues the reading, `sync` does it, and only then a property may be read. */
abstract class Proxied {
  private readonly loaded = new Map<string, unknown>();
  private missing: boolean | undefined;

  constructor(readonly context: FakeContext) {}

  protected abstract property(name: string): unknown;

  load(names: string): this {
    this.context.enqueue(() => {
      if (this.missing) return;
      for (const name of names.split(",").map((each) => each.trim())) this.loaded.set(name, this.property(name));
    });
    return this;
  }

  /** To be called by ...OrNullObject methods. */
  nullable(isThere: () => boolean): this {
    this.context.enqueue(() => (this.missing = !isThere()));
    return this;
  }

  get isNullObject(): boolean {
    if (this.missing === undefined) throw new OfficeError("PropertyNotLoaded", "isNullObject was read before sync");
    return this.missing;
  }

  protected read<T>(name: string): T {
    if (this.missing) throw new OfficeError("InvalidOperation", `${name} of a null object`);
    if (!this.loaded.has(name)) throw new OfficeError("PropertyNotLoaded", `${name} was not loaded and synced`);
    return this.loaded.get(name) as T;
  }
}

class FakeApplication extends Proxied {
  protected property(): unknown {
    return this.context.office.calculationState;
  }
  get calculationState() {
    return this.read<string>("calculationState");
  }
}

class FakeWorkbook {
  /** Excel's own functions; days count as the workbook does. */
  readonly functions = {
    date: (year: number, month: number, day: number) => {
      const start = this.context.office.options.from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
      const value = Math.round((Date.UTC(year, month - 1, day) - start) / 86_400_000);
      return { load: () => ({ value }) };
    },
  };
  constructor(private readonly context: FakeContext) {}

  get worksheets() {
    return new FakeSheets(this.context);
  }

  get names() {
    const { context } = this;
    return {
      getItemOrNullObject: (name: string) => new FakeName(context, name).nullable(() => context.office.names.has(name)),
      load: (names: string) => new FakeNames(context).load(names),
      add: (name: string, formula: string) =>
        context.enqueue(() => {
          if (context.office.names.has(name)) throw new OfficeError("ItemAlreadyExists");
          context.office.names.set(name, formula);
        }),
    };
  }

  get tables() {
    return { getItem: (name: string) => new FakeTable(this.context, () => name) };
  }

  getSelectedRange(): FakeRange {
    return new FakeRange(this.context, () => {
      const { selected } = this.context.office;
      if (selected === "several") throw new OfficeError("InvalidSelection");
      return [this.context.office.sheet(selected.sheet)!, parseAddress(selected.address)!];
    });
  }
}

class FakeName extends Proxied {
  constructor(
    context: FakeContext,
    private readonly name: string,
  ) {
    super(context);
  }
  protected property(name: string): unknown {
    return name === "formula" ? this.context.office.names.get(this.name) : this.name;
  }
  get formula(): string {
    return this.read("formula");
  }
  set formula(formula: string) {
    this.context.enqueue(() => this.context.office.names.set(this.name, formula));
  }
  delete(): void {
    this.context.enqueue(() => this.context.office.names.delete(this.name));
  }
}

/** A name of a sheet; its formula is computed when it is loaded. */
class FakeSheetName extends Proxied {
  constructor(
    context: FakeContext,
    private readonly sheet: () => StoredSheet,
    private readonly name: string,
  ) {
    super(context);
  }
  private computed(): CellValue | CellValue[][] {
    const { evaluate } = this.context.office.options;
    return evaluate!(this.sheet().names.get(this.name)!);
  }
  private target(): Place | null {
    const value = this.computed();
    return typeof value === "string" ? parseReference(value) : null;
  }
  protected property(name: string): unknown {
    if (name === "name") return this.name;
    const value = this.computed();
    if (name === "type") return this.target() ? "Range" : Array.isArray(value) ? "Array" : "Double";
    return name === "arrayValues/values" ? { values: value } : value;
  }
  get type(): string {
    return this.read("type");
  }
  get value(): CellValue {
    return this.read("value");
  }
  get arrayValues() {
    return this.read<{ values: CellValue[][] }>("arrayValues/values");
  }
  set visible(_: boolean) {
    this.context.enqueue(() => undefined);
  }
  getRange(): FakeRange {
    return new FakeRange(this.context, () => {
      const { sheet, address } = this.target()!;
      return [this.context.office.sheet(sheet)!, parseAddress(address)!];
    });
  }
  delete(): void {
    this.context.enqueue(() => this.sheet().names.delete(this.name));
  }
}

class FakeTable {
  constructor(
    private readonly context: FakeContext,
    private readonly name: () => string | undefined,
  ) {}
  get columns() {
    return { getItem: (column: string) => ({ getRange: () => this.column(column) }) };
  }
  private column(header: string): FakeRange {
    const { office } = this.context;
    return new FakeRange(this.context, () => {
      const table = office.tables.find(({ name }) => name === this.name());
      const sheet = table && office.sheet(table.sheet);
      const area = table && parseAddress(table.address)!;
      const at =
        area && Array.from({ length: area.columns }, (_, c) => office.value(sheet!, area.row, area.column + c));
      const column = at?.indexOf(header) ?? -1;
      if (column < 0) throw new OfficeError("ItemNotFound");
      return [sheet!, { ...area!, column: area!.column + column, columns: 1 }];
    });
  }
}

class FakeNames extends Proxied {
  protected property(): unknown {
    return [...this.context.office.names].map(([name, formula]) => ({ name, formula }));
  }
  get items() {
    return this.read<{ name: string; formula: string }[]>("items/name");
  }
}

/** A handler counts from the next sync on, and goes in the context in which it came. */
class FakeEvent {
  constructor(
    private readonly context: FakeContext,
    private readonly handlers: Set<() => Promise<void>>,
  ) {}
  add(handler: () => Promise<void>) {
    const { context, handlers } = this;
    context.enqueue(() => handlers.add(handler));
    return { context, remove: () => context.enqueue(() => handlers.delete(handler)) };
  }
}

class FakeSheets extends Proxied {
  private readonly event = (name: keyof FakeOffice["sheetHandlers"]) =>
    new FakeEvent(this.context, this.context.office.sheetHandlers[name]);
  readonly onChanged = this.event("onChanged");
  readonly onCalculated = this.event("onCalculated");
  readonly onDeleted = this.event("onDeleted");

  protected property(): unknown {
    return this.context.office.sheets.map(({ name, visibility }) => ({ name, visibility }));
  }
  get items() {
    return this.read<{ name: string; visibility: string }[]>("items/name");
  }
  getItem(name: string): FakeSheet {
    return new FakeSheet(this.context, name);
  }
  getItemOrNullObject(name: string): FakeSheet {
    return new FakeSheet(this.context, name).nullable(() => this.context.office.sheet(name) !== undefined);
  }
  add(name: string): FakeSheet {
    this.context.enqueue(() => {
      if (this.context.office.sheet(name)) throw new OfficeError("ItemAlreadyExists");
      this.context.office.addSheet(name);
    });
    return new FakeSheet(this.context, name);
  }
}

class FakeSheet extends Proxied {
  constructor(
    context: FakeContext,
    private readonly name: string,
  ) {
    super(context);
  }

  private stored(): StoredSheet {
    const sheet = this.context.office.sheet(this.name);
    if (!sheet) throw new OfficeError("ItemNotFound");
    return sheet;
  }

  protected property(name: string): unknown {
    return name === "visibility" ? this.stored().visibility : this.name;
  }
  get visibility(): string {
    return this.read("visibility");
  }
  activate(): void {
    this.context.enqueue(() => (this.context.office.active = this.stored().name));
  }
  get protection() {
    return new FakeProtection(this.context, () => this.stored().name === this.context.office.protectedSheet);
  }
  get names() {
    const { context } = this;
    return {
      add: (name: string, formula: string) => {
        context.enqueue(() => {
          context.office.options.evaluate!(formula);
          context.office.named.push(formula);
          this.stored().names.set(name, formula);
        });
        return new FakeSheetName(context, () => this.stored(), name);
      },
      getItemOrNullObject: (name: string) =>
        new FakeSheetName(context, () => this.stored(), name).nullable(() => this.stored().names.has(name)),
    };
  }
  getRange(address?: string): FakeRange {
    const { office } = this.context;
    const named = parseReference(office.names.get(address ?? "") ?? "");
    if (named) return new FakeRange(this.context, () => [office.sheet(named.sheet)!, parseAddress(named.address)!]);
    const rectangle = parseAddress(address ?? "A1:XFD1048576");
    if (!rectangle) throw new OfficeError("InvalidArgument", address);
    return new FakeRange(this.context, () => [this.stored(), rectangle], address);
  }
  getUsedRangeOrNullObject(): FakeRange {
    const { office } = this.context;
    const range = new FakeRange(this.context, () => [this.stored(), office.used(this.stored())!]);
    return range.nullable(() => office.used(this.stored()) !== null);
  }

  get pageLayout() {
    const { context } = this;
    const set = (part: keyof StoredSheet["layout"]) => ({
      set: (value: never) => context.enqueue(() => (this.stored().layout[part] = value)),
    });
    return Object.defineProperties(
      {},
      { paperSize: set("paperSize"), orientation: set("orientation"), zoom: set("zoom") },
    );
  }
  get charts() {
    return {
      add: (type: string, range: FakeRange) => {
        const chart: StoredSheet["charts"][number] = { type, address: "", title: "", corner: "" };
        const series = (k: number) => ((chart.series ??= [])[k] ??= {});
        this.context.enqueue(() => {
          chart.address = formatAddress(range.where()[1]);
          this.stored().charts.push(chart);
        });
        return {
          title: {
            set text(text: string) {
              chart.title = text;
            },
          },
          setPosition: (corner: string) => (chart.corner = corner),
          legend: {},
          axes: { valueAxis: { majorGridlines: {} } },
          series: {
            getItemAt: (k: number) => ({
              format: {
                fill: {
                  setSolidColor: (fill: string) => (series(k).fill = fill),
                  clear: () => (series(k).fill = "none"),
                },
              },
              dataLabels: {
                set numberFormat(label: string) {
                  series(k).label = label;
                },
              },
            }),
          },
        };
      },
    };
  }

  get shapes() {
    return {
      addImage: (png: string) => {
        const image = { png, left: 0, top: 0 };
        this.context.enqueue(() => this.stored().images.push(image));
        return image;
      },
    };
  }
}

class FakeProtection extends Proxied {
  constructor(
    context: FakeContext,
    private readonly isProtected: () => boolean,
  ) {
    super(context);
  }
  protected property(): unknown {
    return this.isProtected();
  }
  get protected(): boolean {
    return this.read("protected");
  }
}

class FakeRange extends Proxied {
  constructor(
    context: FakeContext,
    readonly where: () => [StoredSheet, Rectangle],
    private readonly address0 = "",
  ) {
    super(context);
  }

  protected property(name: string): unknown {
    const [sheet, area] = this.where();
    const { office } = this.context;
    const table = (cell: (row: number, column: number) => unknown) =>
      Array.from({ length: area.rows }, (_, r) =>
        Array.from({ length: area.columns }, (__, c) => cell(area.row + r, area.column + c)),
      );
    const value = (row: number, column: number) => office.value(sheet, row, column);
    switch (name) {
      case "address":
        return `${quoteSheet(sheet.name)}!${formatAddress(area)}`;
      case "columnHidden":
        return sheet.hidden.has(area.column);
      case "rowHidden":
        return sheet.hiddenRows ? null : false;
      case "left":
        return area.column * 48;
      case "top":
        return area.row * 15;
    }
    this.context.carry(area.rows * area.columns);
    switch (name) {
      case "values":
        return table(value);
      case "text":
        return table((row, column) => String(value(row, column)));
      case "formulas":
        return table((row, column) => office.formula(sheet, row, column));
      case "valueTypes":
        return table((row, column) => (ERRORS.has(value(row, column) as string) ? "Error" : "Other"));
    }
    throw new OfficeError("InvalidArgument", name);
  }

  get address() {
    return this.read<string>("address");
  }
  get values() {
    return this.read<CellValue[][]>("values");
  }
  get valueTypes() {
    return this.read<string[][]>("valueTypes");
  }
  get text() {
    return this.read<string[][]>("text");
  }
  get columnHidden() {
    return this.read<boolean>("columnHidden");
  }
  get rowHidden() {
    return this.read<boolean | null>("rowHidden");
  }
  get left() {
    return this.read<number>("left");
  }
  get top() {
    return this.read<number>("top");
  }
  get formulas() {
    return this.read<CellValue[][]>("formulas");
  }
  set formulas(rows: CellValue[][]) {
    this.write((sheet, area) => {
      if (rows.length !== area.rows || rows[0]!.length !== area.columns) throw new OfficeError("InvalidArgument");
      rows.forEach((row, r) =>
        row.forEach((x, c) => this.context.office.enter(sheet, area.row + r, area.column + c, x)),
      );
    });
  }
  set numberFormat(format: string) {
    this.write((sheet, area) => {
      for (let r = 0; r < area.rows; r++) {
        for (let c = 0; c < area.columns; c++) {
          const key = `${area.row + r},${area.column + c}`;
          sheet.cells.set(key, { ...(sheet.cells.get(key) ?? { entered: "", value: "" }), format });
        }
      }
    });
  }
  get format() {
    const [write, address] = [this.write.bind(this), this.address0];
    return {
      set columnWidth(width: number) {
        write((sheet, area) => sheet.widths.set(area.column, width));
      },
      font: {
        set bold(_: boolean) {
          write((sheet) => sheet.bold.push(address));
        },
      },
    };
  }

  private write(change: (sheet: StoredSheet, area: Rectangle) => void): void {
    this.context.enqueue(() => {
      const [sheet, area] = this.where();
      if (sheet.name === this.context.office.protectedSheet) throw new OfficeError("AccessDenied");
      change(sheet, area);
      this.context.wrote(`${sheet.name}!${formatAddress(area)}`);
    });
  }

  get worksheet() {
    return {
      getUsedRangeOrNullObject: () => {
        const { office } = this.context;
        const range = new FakeRange(this.context, () => [this.where()[0], office.used(this.where()[0])!]);
        return range.nullable(() => office.used(this.where()[0]) !== null);
      },
    };
  }

  getCell(row: number, column: number): FakeRange {
    return new FakeRange(this.context, () => {
      const [sheet, area] = this.where();
      return [sheet, { row: area.row + row, column: area.column + column, rows: 1, columns: 1 }];
    });
  }

  getEntireRow(): FakeRange {
    return new FakeRange(this.context, () => {
      const [sheet, area] = this.where();
      return [sheet, { ...area, column: 0, columns: 16_384 }];
    });
  }

  getIntersection(other: FakeRange): FakeRange {
    return new FakeRange(this.context, () => {
      const common = intersect(this.where()[1], other.where()[1]);
      if (!common) throw new OfficeError("ItemNotFound");
      return [this.where()[0], common];
    });
  }

  getTables() {
    const { office } = this.context;
    const around = () => {
      const [sheet, area] = this.where();
      return office.tables.find((table) => table.sheet === sheet.name && intersect(parseAddress(table.address)!, area));
    };
    return { getFirst: () => new FakeTable(this.context, () => around()?.name) };
  }

  getMergedAreasOrNullObject(): FakeAreas {
    const areas = new FakeAreas(
      this.context,
      () => this.where()[0],
      (sheet) => sheet.merged.map((address) => parseAddress(address)!),
    );
    return areas.nullable(() => areas.rectangles().length > 0);
  }

  unmerge(): void {
    this.write((sheet, area) => {
      sheet.merged = sheet.merged.filter((address) => !intersect(parseAddress(address)!, area));
    });
  }

  getSpillParentOrNullObject(): FakeRange {
    const parent = () => {
      const [sheet, area] = this.where();
      return this.context.office.parent(sheet, area.row, area.column);
    };
    const range = new FakeRange(this.context, () => {
      const [row, column] = parent()!;
      return [this.where()[0], { row, column, rows: 1, columns: 1 }];
    });
    return range.nullable(() => parent() !== null);
  }

  getSpillingToRangeOrNullObject(): FakeRange {
    const spill = () => {
      const [sheet, area] = this.where();
      return this.context.office.spill(sheet, area.row, area.column);
    };
    return new FakeRange(this.context, () => [this.where()[0], spill()!]).nullable(() => spill() !== null);
  }

  getSpecialCellsOrNullObject(kind: string): FakeAreas {
    if (kind !== "Formulas") throw new OfficeError("InvalidArgument", kind);
    const areas = new FakeAreas(this.context, () => this.where()[0]);
    return areas.nullable(() => areas.rectangles().length > 0);
  }

  setDirty(): void {
    this.context.enqueue(() => {
      const [sheet, area] = this.where();
      for (let r = 0; r < area.rows; r++) this.context.dirty.push([sheet, area.row + r, area.column]);
    });
  }

  select(): void {
    this.context.enqueue(() => {
      const [sheet, area] = this.where();
      this.context.office.select(sheet.name, formatAddress(area));
    });
  }
}

/** Several areas of a sheet: by default those that hold formulas. */
class FakeAreas extends Proxied {
  constructor(
    context: FakeContext,
    private readonly sheet: () => StoredSheet,
    private readonly of?: (sheet: StoredSheet) => Rectangle[],
  ) {
    super(context);
  }
  /** One for each formula cell and, where Excel repeats formulas, its spill range. */
  rectangles(): Rectangle[] {
    const sheet = this.sheet();
    if (this.of) return this.of(sheet);
    const { office } = this.context;
    return [...sheet.cells].flatMap(([key, { entered }]) => {
      if (typeof entered !== "string" || !entered.startsWith("=")) return [];
      const [row, column] = key.split(",").map(Number) as [number, number];
      const spill = office.options.repeatsSpilledFormulas ? office.spill(sheet, row, column) : null;
      return [spill ?? { row, column, rows: 1, columns: 1 }];
    });
  }
  protected property(): unknown {
    const sheet = this.sheet();
    return this.rectangles().map((area) => ({ address: `${quoteSheet(sheet.name)}!${formatAddress(area)}` }));
  }
  get areas() {
    return { items: this.read<{ address: string }[]>("areas/items/address") };
  }
}
