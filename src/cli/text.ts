/** The words of the pane, so that both say the same. */
import type { Language } from "../rules";
import type { Translate } from "../taskpane/texts";
import en from "../taskpane/texts/en.json";
import zh from "../taskpane/texts/zh.json";

export const wordsIn =
  (language: Language): Translate =>
  (key, values = {}) =>
    ({ zh, en })[language][key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ""));
