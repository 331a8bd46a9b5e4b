/** Every word of the pane's own, in Chinese and English. The rules bring their words along (`Text`). */
import { createInstance, type FormatterModule } from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./en.json";
import zh from "./zh.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof zh };
  }
}

/** A key of the texts. */
export type TextKey = keyof typeof zh;

/** Words of a key, with what stands in its braces. */
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

/** "50,000": counts, in every sentence. A year is none; what else is none (the number of a row) is handed over as a text. */
const numbers: FormatterModule = {
  type: "formatter",
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _, __, options) =>
    typeof value === "number" && options?.interpolationkey !== "year"
      ? value.toLocaleString("en-US", { maximumFractionDigits: 20 })
      : String(value),
};

export const texts = createInstance();
void texts
  .use(numbers)
  .use(initReactI18next)
  .init({
    resources: { zh: { translation: zh }, en: { translation: en } },
    lng: "zh",
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false, alwaysFormat: true },
    initAsync: false,
  });
