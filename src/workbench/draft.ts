/** The last state of an unsaved workbook, kept in this browser only, for after a crash or a reload. */
import type { IWorkbookData } from "@univerjs/core";
import { del, get, set } from "idb-keyval";
import type { Kept } from "./changes";
import type { Feature } from "./file/features";

export interface Draft {
  readonly fileName: string;
  readonly at: Date;
  readonly workbook: IWorkbookData;
  /** The file that was opened. */
  readonly original: Uint8Array | undefined;
  readonly features: readonly Feature[];
  readonly changes: Kept;
}

const KEY = "draft";

/** A browser that keeps nothing (private windows, a full disk) is no reason to stop work. */
const quietly = <T>(promise: Promise<T>) => promise.catch(() => undefined);

export const keepDraft = (draft: Draft) => quietly(set(KEY, draft));
export const readDraft = () => quietly(get<Draft>(KEY));
export const eraseDraft = () => quietly(del(KEY));
