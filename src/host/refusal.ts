/** Every reason for which a workbook refuses, in the user's words. */
import { WorkbookError, type Language } from "./workbook";

const TEXTS: Readonly<Record<WorkbookError["reason"], (detail: string) => Readonly<Record<Language, string>>>> = {
  "no-sheet": (detail) => ({
    zh: `工作簿里没有可见的工作表“${detail}”，可能已改名、删除或隐藏。`,
    en: `The workbook has no visible sheet "${detail}"; it may have been renamed, deleted or hidden.`,
  }),
  "bad-address": (detail) => ({
    zh: `“${detail}”不是单元格地址；请写成 B2 或 B2:C5。`,
    en: `"${detail}" is no cell address; write it as B2 or B2:C5.`,
  }),
  "no-capability": (detail) => ({ zh: `这里不支持：${detail}。`, en: `Not supported here: ${detail}.` }),
  protected: () => ({
    zh: "工作表受保护，不能写入。请先在“审阅”中撤销工作表保护，再重试。",
    en: "The sheet is protected. Unprotect it under Review, then try again.",
  }),
  editing: () => ({
    zh: "有单元格正在编辑。请先按回车或 Esc 结束编辑，再重试。",
    en: "A cell is being edited. Press Enter or Esc first, then try again.",
  }),
  "too-large": () => ({
    zh: "区域太大，Excel 一次传不完。请缩小区域后再试。",
    en: "The range is too large for Excel to pass on. Choose a smaller one.",
  }),
  busy: () => ({
    zh: "重新计算一分钟后仍未结束，暂时无法统计有多少单元格变化。",
    en: "The recalculation had not finished after a minute, so the changed cells cannot be counted yet.",
  }),
  host: (detail) => ({ zh: `表格程序拒绝了这一步：${detail}`, en: `The spreadsheet refused this step: ${detail}` }),
};

/** The error for a reason; `detail` names the sheet, address or feature. */
export function refusal(reason: WorkbookError["reason"], detail = "", cause?: unknown): WorkbookError {
  return new WorkbookError(reason, TEXTS[reason](detail), cause);
}
