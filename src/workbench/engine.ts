/** The spreadsheet engine with our functions in it: Univer's open-source packages, in Chinese or English, in a page. */
import { LocaleType, LogLevel, mergeLocales, Univer } from "@univerjs/core";
import { FUniver } from "@univerjs/core/facade";
import { UniverSheetsCorePreset } from "@univerjs/preset-sheets-core";
import chinese from "@univerjs/preset-sheets-core/locales/zh-CN";
import { IDescriptionService } from "@univerjs/sheets-formula";
import type { Language } from "../host/workbook";
import { engineFunctions } from "./call";
import { descriptions } from "./help";
import { Messages } from "./message";
import { fetchMetadata, type Metadata } from "./metadata";
import { associated } from "../host/runtime";

export interface Engine {
  readonly univer: Univer;
  readonly api: FUniver;
  readonly messages: Messages;
  /** The names of our functions. */
  readonly functions: readonly string[];
}

/** What the engine says while it computes: its own locales lack these words. */
const progress = (analyzing: string, calculating: string, done: string) => ({
  "sheets-formula": {
    progress: { analyzing, "array-analysis": analyzing, calculating, "array-calculation": calculating, done },
  },
});
const PROGRESS: Readonly<Record<Language, ReturnType<typeof progress>>> = {
  zh: progress("正在分析公式", "正在计算", "计算完成"),
  en: progress("Analysing formulas", "Calculating", "Calculated"),
};

/** Starts the engine inside an element of the page. The functions must have announced themselves before. */
export function startEngine(container: HTMLElement, metadata: Metadata, dark: boolean): Engine {
  const messages = new Messages();
  const univer = new Univer({
    locale: LocaleType.ZH_CN,
    locales: { [LocaleType.ZH_CN]: mergeLocales(chinese, PROGRESS.zh) },
    logLevel: LogLevel.WARN,
    darkMode: dark,
  });
  const { plugins } = UniverSheetsCorePreset({
    container,
    ribbonType: "simple",
    formula: { function: engineFunctions(metadata, associated, messages), description: descriptions(metadata, "zh") },
  });
  for (const plugin of plugins) {
    if (Array.isArray(plugin)) univer.registerPlugin(plugin[0], plugin[1]);
    else univer.registerPlugin(plugin);
  }
  const functions = metadata.functions.map(({ name }) => name);
  return { univer, api: FUniver.newAPI(univer), messages, functions };
}

/** Changes the language of menus and function help. English is loaded when it is first asked for. */
export async function setLanguage({ univer, api, functions }: Engine, language: Language): Promise<void> {
  const metadata = await fetchMetadata(language);
  if (language === "en") {
    const { default: english } = await import("@univerjs/preset-sheets-core/locales/en-US");
    api.loadLocales(LocaleType.EN_US, mergeLocales(english, PROGRESS.en));
  }
  api.setLocale(language === "zh" ? LocaleType.ZH_CN : LocaleType.EN_US);
  const help = univer.__getInjector().get(IDescriptionService);
  help.unregisterDescriptions([...functions]);
  help.registerDescriptions(descriptions(metadata, language));
}
