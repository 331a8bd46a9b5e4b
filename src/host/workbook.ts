/**
 * One interface to "the workbook". The task pane talks to this and to nothing else of a host, so the same pane runs in
 * Excel (excel.ts, Office.js), in the workbench (univer.ts) and in WPS (wps.ts).
 *
 * Every call that touches cells is a promise, because Excel answers across a process boundary. `language`, `theme` and
 * `capabilities` are plain properties, because the first paint needs them and every host knows them from the start.
 *
 * Addresses are A1 without `$` and without the sheet name ("B2:C5"); address.ts reads and writes them. Sheet names are
 * unquoted. A failing call rejects with a `WorkbookError`, whose text is written for the user.
 */

/** What a cell holds. A blank is "". An error is its code as text ("#N/A"). A date is its serial number. */
export type CellValue = string | number | boolean;

/** A range on one sheet. `address` is A1 without sheet and without `$`, one cell ("B2") or a rectangle ("B2:C5"). */
export interface Place {
  readonly sheet: string;
  readonly address: string;
}

/** A range that was read. All three tables have the size of `address`. */
export interface Cells extends Place {
  readonly values: readonly (readonly CellValue[])[];
  /** With the leading "=", in English names; "" where there is none. For spilled cells ask `formulaAt`, not this. */
  readonly formulas: readonly (readonly string[])[];
  /** As the user sees it, number format applied. */
  readonly texts: readonly (readonly string[])[];
}

/** A cell that calls one of our functions. `address` is the cell into which the formula was entered. */
export interface FormulaCell extends Place {
  readonly formula: string;
  readonly value: CellValue;
  /** "#VALUE!", "#N/A", "#SPILL!", … where the cell shows an error. */
  readonly error?: string;
  /** The whole range that the result fills, this cell included; absent where it fills one cell. */
  readonly spill?: string;
}

/**
 * One part of a `write`. `cells` has the size of the place: a string that begins with "=" is a formula, every other
 * string stays the text that it is (no "1/2" turned into a date), "" clears. A leading apostrophe, as when typing, makes
 * a text of anything ("'=A1"). `format` is an Excel number format for the whole place ("#,##0.00").
 */
export interface Entry {
  readonly place: Place;
  readonly cells?: readonly (readonly CellValue[])[];
  readonly format?: string;
  /** Takes merged cells of the place apart before anything is written: only their first cell could hold a value. */
  readonly unmerge?: boolean;
  /** The width of the place's columns, in characters. */
  readonly width?: number;
  /** The place becomes bold. */
  readonly bold?: boolean;
}

/** A part of a formula, as it is written in the cell of `place`: "D2*10000", "DATE(2026,6,10)", "单价", "[@金额]". */
export interface Expression {
  readonly place: Place;
  readonly text: string;
}

/** What the values of a range do not show. */
export interface Shape {
  /** Addresses of the merged areas in it. */
  readonly merged: readonly string[];
  /** Its hidden columns, counted from 0 on the sheet. */
  readonly hidden: readonly number[];
  /** Locked cells of its sheet refuse every change. */
  readonly isProtected: boolean;
  readonly isSheetHidden: boolean;
  /** Whether a filter or the user has hidden rows of its sheet. */
  readonly hasHiddenRows: boolean;
}

/**
 * A chart of the host's own over cells of the sheet; the first row names the series, the first column the categories. The columns
 * of a bridge stand upon each other, the first series unseen (bridge-looks.ts).
 */
export interface Chart {
  readonly kind: "line" | "column" | "bar" | "scatter" | "bridge";
  readonly title: string;
  /** The cells that are drawn, on the new sheet. */
  readonly address: string;
  /** The cell at which the chart's upper left corner lies. */
  readonly corner: string;
  /** The number format of what is not yuan, for hosts whose charts do not take that of the cells. */
  readonly format?: string;
}

/** A sheet to be added at the end of the workbook. */
export interface NewSheet {
  /** Wanted name. " (2)", " (3)", … is added where it is taken; what Excel forbids in names is left out. */
  readonly name: string;
  /** From A1 on, rows of equal length; the same reading of strings as in `Entry`. */
  readonly cells: readonly (readonly CellValue[])[];
  readonly formats?: readonly { readonly address: string; readonly format: string }[];
  /** Column widths from A on, in characters. */
  readonly widths?: readonly number[];
  /** So many first rows are bold. */
  readonly headerRows?: number;
  /** Other ranges that are bold. */
  readonly bold?: readonly string[];
  /** Is printed on A4, across, one page wide. Left to the user where the host has no such setting (Univer). */
  readonly printed?: boolean;
  /** Left out where `capabilities.charts` is false. */
  readonly charts?: readonly Chart[];
  /** What formulas come to, by their addresses, for a file that is written without computing. */
  readonly results?: ReadonlyMap<string, CellValue>;
}

export type Language = "zh" | "en";
export type Theme = "light" | "dark" | "contrast";

/**
 * What the user picked in the pane. It lives in the workbook as the defined names BUTIE_JURISDICTION, BUTIE_YEAR and
 * BUTIE_LANGUAGE: visible in the name manager, saved with the file, readable by any formula. What was never picked, or
 * holds something unreadable, is absent.
 */
export interface WorkbookPick {
  readonly jurisdiction?: string;
  readonly year?: number;
  readonly language?: Language;
}

export interface Capabilities {
  /** A `write` is undone by one Ctrl+Z, however large. */
  readonly undo: boolean;
  /** `NewSheet.charts` are drawn, in Excel as its own; false: left out. */
  readonly charts: boolean;
  /** `addImage` works. */
  readonly images: boolean;
  /** Formulas may call HSTACK. */
  readonly hstack: boolean;
}

/** Ends a subscription. */
export type Unsubscribe = () => void;

/** Why the workbook refused: `reason` for the program, `message` (both languages) for the user. */
export class WorkbookError extends Error {
  constructor(
    readonly reason:
      "no-sheet" | "bad-address" | "no-capability" | "protected" | "editing" | "too-large" | "busy" | "host",
    readonly texts: Readonly<Record<Language, string>>,
    cause?: unknown,
  ) {
    super(`${texts.zh} / ${texts.en}`, { cause });
    this.name = "WorkbookError";
  }
}

export interface Workbook {
  readonly capabilities: Capabilities;

  /** The display language of the host; the workbook's own pick of a language goes before it. */
  readonly language: Language;
  readonly theme: Theme;
  /** A formula as a user types it here: WPS asks for a namespace before every function. */
  typed(formula: string): string;
  /** Called after `language` or `theme` changed. */
  onAppearance(callback: () => void): Unsubscribe;

  /** Where the user's selection lies, cut to the used range of its sheet; null for several areas or a chart. */
  selection(): Promise<Place | null>;
  /** Called after each change of the selection, with what `selection` gives. */
  onSelection(callback: (place: Place | null) => void): Unsubscribe;
  /**
   * Called after cells of the workbook changed, whoever changed them: typed, pasted, computed, undone, rows inserted. It may be
   * called for nothing, and a host that cannot tell never calls: what counts is what the cells hold when they are read again.
   */
  onCellsChanged(callback: () => void): Unsubscribe;
  /** Selects the cells and brings them into view, on their sheet. */
  jump(place: Place): Promise<void>;

  /** Names of the visible sheets, in order; with `hidden` those of all. */
  sheets(hidden?: boolean): Promise<readonly string[]>;
  /** The smallest rectangle around all content of a sheet; null for an empty one. */
  usedRange(sheet: string): Promise<Place | null>;
  /** Reads a range; with `rows`, at most so many of its first rows (the `address` returned is what was read). */
  read(place: Place, rows?: number): Promise<Cells>;
  /** Merged cells and hidden columns of a range, and whether its sheet is protected. */
  shape(place: Place): Promise<Shape>;

  /** Every cell of the workbook that calls one of our functions, in sheet and row order. */
  formulas(): Promise<readonly FormulaCell[]>;
  /** The formula behind the first cell of a place, in the cell itself or spilled into it, ours or not; null: no formula. */
  formulaAt(place: Place): Promise<FormulaCell | null>;
  /**
   * What the workbook itself makes of each expression, as the cell of its place would: a table of values, errors as their
   * text; null for what it cannot compute without leaving a trace in the workbook. No cell is written.
   */
  evaluate(expressions: readonly Expression[]): Promise<readonly (readonly (readonly CellValue[])[] | null)[]>;
  /**
   * Whether the workbook counts days from 1904: our functions then get serial numbers that are 1462 days early. Not there: the
   * host cannot tell.
   */
  from1904?(): Promise<boolean>;
  /** The message that our function gave with the error in a cell, where the host keeps it (Excel does not: undefined). */
  errorMessage(place: Place): Promise<string | undefined>;

  /**
   * Writes all entries in order, as one undo step where the host can. It overwrites without asking: read first, and ask.
   * Resolves when the cells are written; the workbench has computed by then, Excel may still show #BUSY!.
   */
  write(entries: readonly Entry[]): Promise<void>;
  /**
   * Adds a sheet and shows it, and then writes entries, all as one undo step where the host can; resolves to the name that
   * the sheet got.
   */
  addSheet(sheet: NewSheet, entries?: readonly Entry[]): Promise<string>;
  /** Hands another workbook over to the user: Excel opens it beside this one, the workbench saves it as a file. */
  handOver(fileName: string, file: Uint8Array): Promise<"opened" | "saved">;
  /** Puts a picture (base64 PNG, without "data:") over the sheet, its corner at a cell. Needs `capabilities.images`. */
  addImage(corner: Place, png: string): Promise<void>;

  /** What the pane noted in the workbook, by its key. */
  notes(): Promise<ReadonlyMap<string, string>>;
  /**
   * Notes a text under a key of letters, digits and `_`, as the defined name BUTIE_NOTE_<key>: visible in the name manager
   * and saved with the file, as the pick is. At most 255 characters, as many as a text in a formula may have. A blank text
   * removes the note.
   */
  note(key: string, text: string): Promise<void>;

  /** The pick stored in the workbook. */
  pick(): Promise<WorkbookPick>;
  /** Stores the given parts of the pick; the others stay. It recalculates nothing. */
  setPick(pick: WorkbookPick): Promise<void>;
  /**
   * Recalculates every cell that calls one of our functions, and what depends on it. Call it after the functions know
   * the new pick. Resolves to the number of our result cells (spilled ones included) that show something else now.
   */
  recalculate(): Promise<number>;
}
