/** The words of the workbench around the grid and the pane. */
import type { Language } from "../host/workbook";

const ZH = {
  title: "补贴测算 · 工作台",
  open: "打开",
  openHelp: "打开 .xlsx 工作簿",
  save: "保存",
  saveHelp: "另存为 .xlsx，可在 Excel 中打开",
  bar: "工作台",
  grid: "表格",
  pane: "测算窗格",
  divider: "调整窗格宽度",
  fileName: "补贴测算.xlsx",
  opening: "正在打开…",
  notOpened: (file: string) => `“${file}”打不开：它不是 .xlsx 工作簿，或者已损坏、加了密码。`,
  notSaved: "没有保存成功，请重试。",
  notStarted: "工作台没有启动成功，请刷新页面重试。",
};

const EN: typeof ZH = {
  title: "Butie · Workbench",
  open: "Open",
  openHelp: "Open an .xlsx workbook",
  save: "Save",
  saveHelp: "Save as .xlsx, for Excel",
  bar: "Workbench",
  grid: "Sheet",
  pane: "Task pane",
  divider: "Width of the task pane",
  fileName: "butie.xlsx",
  opening: "Opening…",
  notOpened: (file) => `"${file}" cannot be opened: it is no .xlsx workbook, or it is damaged or has a password.`,
  notSaved: "It was not saved. Please try again.",
  notStarted: "The workbench did not start. Please reload the page.",
};

export const TEXTS: Readonly<Record<Language, typeof ZH>> = { zh: ZH, en: EN };
