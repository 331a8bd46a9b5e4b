/**
 * What Butie uses of the JavaScript interface of WPS 表格, as its published declarations and documentation have it (wpsjs 2.2.3,
 * et-jsapi-declare 2.5.0, open.wps.cn). Their notice forbids changes, so that these are our own. All calls are synchronous. What
 * is optional here is missing in older versions. No real WPS has confirmed them.
 */

/** A cell: null where it is blank, a number such as -2146826246 where it holds an error. */
export type WpsValue = string | number | boolean | null | undefined;
/** One value for one cell, a table by rows for several. */
export type WpsValues = WpsValue | readonly (readonly WpsValue[])[];

export interface WpsRange {
  Address(rowAbsolute?: boolean, columnAbsolute?: boolean): string;
  readonly Areas: { readonly Count: number };
  readonly Worksheet: WpsSheet;
  Value2: WpsValues;
  /** A cell's value where it has no formula. */
  Formula: WpsValues;
  /** Takes formulas that spill. */
  Formula2?: WpsValues;
  /** As shown; of several cells null. */
  readonly Text: string | null;
  /** Null where some have and some have not. */
  readonly HasFormula: boolean | null;
  readonly HasSpill?: boolean | null;
  readonly SpillParent?: WpsRange;
  readonly SpillingToRange?: WpsRange;
  readonly HasArray: boolean | null;
  readonly CurrentArray: WpsRange;
  NumberFormat: string | null;
  ColumnWidth: number | null;
  readonly Font: { Bold: boolean | null };
  readonly MergeCells: boolean | null;
  readonly MergeArea: WpsRange;
  UnMerge(): void;
  readonly EntireColumn: WpsRange;
  readonly EntireRow: WpsRange;
  readonly Hidden: boolean | null;
  Select(): unknown;
}

export interface WpsSheet {
  Name: string;
  /** -1 visible, 0 hidden, 2 hidden from the list of hidden ones too. */
  readonly Visible: number;
  readonly ProtectContents: boolean;
  readonly FilterMode: boolean;
  readonly UsedRange: WpsRange;
  Range(address: string): WpsRange;
  readonly PageSetup: {
    PaperSize: number;
    Orientation: number;
    Zoom: boolean | number;
    FitToPagesWide: boolean | number;
    FitToPagesTall: boolean | number;
  };
  Activate(): void;
  Evaluate(expression: string): WpsValues | WpsRange;
}

export interface WpsName {
  readonly Name: string;
  RefersTo: string;
  Delete(): void;
}

export interface WpsWorkbook {
  readonly Worksheets: {
    readonly Count: number;
    /** Counts from 1. */
    Item(index: number | string): WpsSheet;
    Add(before: undefined, after: WpsSheet): WpsSheet;
  };
  readonly Names: {
    readonly Count: number;
    Item(index: number): WpsName;
    Add(name: string, refersTo: string): WpsName;
  };
}

export interface WpsTaskPane {
  readonly ID: number;
  Visible: boolean;
}

export type WpsEvent = "SheetSelectionChange" | "SheetChange" | "SheetCalculate";

/** The object `Application` of the pages of an add-in. */
export interface WpsApplication {
  readonly ActiveWorkbook: WpsWorkbook | null;
  readonly Workbooks: { readonly Count: number; Item(index: number): WpsWorkbook; Open(path: string): WpsWorkbook };
  /** A range, or a chart, a picture, … */
  readonly Selection: Partial<WpsRange> | null;
  CalculateFull(): void;
  readonly ApiEvent: {
    AddApiEventListener(event: WpsEvent, callback: () => void): void;
    RemoveApiEventListener(event: WpsEvent, callback: () => void): void;
  };
  /** From version 12.1.0.20540 on. A formula calls it as `namespace.name(…)`. */
  AddCustomFunction?(namespace: string, name: string, callback: (...args: unknown[]) => unknown): void;
  CreateTaskPane(url: string, title?: string): WpsTaskPane;
  GetTaskPane(id: number): WpsTaskPane;
  /** Shared by the pages of an add-in. */
  readonly PluginStorage: { getItem(key: string): unknown; setItem(key: string, value: number): void };
  readonly Env: { GetTempPath(): string };
  readonly FileSystem: { writeAsBinaryString(path: string, data: string): boolean };
}

/** The application around this page; undefined outside WPS. */
export function wpsApplication(): WpsApplication | undefined {
  const { Application, wps } = globalThis as { Application?: WpsApplication; wps?: WpsApplication };
  return Application ?? wps;
}
