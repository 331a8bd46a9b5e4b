/** What the page and the worker hand each other: the workbook as the engine takes it, and as the engine has it for saving. */
import type { ICellData, IRange, IStyleData, IWorkbookData } from "@univerjs/core";
import type { Rectangle } from "../../host/address";
import type { Chart } from "../../host/workbook";
import type { Feature } from "./features";
import type { Reason } from "./limits";
import type { Step } from "./follow/steps";

/** What the page's engine can compute. */
export interface Abilities {
  /** The names of our functions, which files spell in their own way. */
  readonly ours: readonly string[];
  /** The names of all functions that it computes, in capitals. */
  readonly known: readonly string[];
  /** The names of functions that Excel has and the engine does not compute, in capitals. */
  readonly others: readonly string[];
}

export interface OpenedFile {
  readonly workbook: Partial<IWorkbookData>;
  readonly features: readonly Feature[];
}

export interface SavedCell {
  readonly row: number;
  readonly column: number;
  readonly value: string | number | boolean;
  /** As typed, with "=". */
  readonly formula?: string;
  /** The formula is the continuation of a shared one, as it was opened. */
  readonly shared?: string;
  /** The area that the formula fills, where it is more than its cell. */
  readonly area?: Rectangle;
  /** The id of a style of the workbook, or the style itself. */
  readonly style?: string | IStyleData;
}

export interface SavedSheet {
  readonly id: string;
  readonly name: string;
  readonly hidden: boolean;
  readonly cells: readonly SavedCell[];
  readonly columns: Readonly<Record<number, { w?: number; hd?: number }>>;
  readonly rows: Readonly<Record<number, { h?: number; hd?: number }>>;
  readonly merges: readonly Pick<IRange, "startRow" | "startColumn" | "endRow" | "endColumn">[];
  readonly frozen: { readonly rows: number; readonly columns: number };
  /** Charts that the pane drew on it; where they lay when the sheet was new. */
  readonly charts: readonly Chart[];
  /** What happened to its rows, columns and cells since the file was opened. */
  readonly steps: readonly Step[];
}

export interface SavedName {
  readonly name: string;
  readonly range: string;
  /** The id of the sheet to which it belongs; none for the workbook. */
  readonly scope?: string;
}

export interface SavedWorkbook {
  readonly sheets: readonly SavedSheet[];
  readonly styles: Readonly<Record<string, IStyleData>>;
  readonly names: readonly SavedName[];
}

export type Request =
  | { readonly kind: "open"; readonly bytes: Uint8Array; readonly abilities: Abilities }
  | {
      readonly kind: "save";
      readonly original: Uint8Array | undefined;
      readonly workbook: SavedWorkbook;
      readonly abilities: Abilities;
    };

export type Answer =
  | { readonly kind: "opened"; readonly file: OpenedFile }
  | { readonly kind: "saved"; readonly bytes: Uint8Array }
  | { readonly kind: "refused"; readonly reason: Reason; readonly where: string }
  | { readonly kind: "failed"; readonly message: string };

export const nameId = (index: number) => `name${index}`;
export const styleId = (index: number) => `xf${index}`;
export const isBlank = ({ v, f, si, s }: ICellData) =>
  v === undefined && f === undefined && si === undefined && s === undefined;
