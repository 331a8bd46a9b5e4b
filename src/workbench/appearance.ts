/** The look of the page: the language that the user picked, and light, dark or high contrast from the system. */
import type { Language, Theme } from "../host/workbook";

const CONTRAST = "(forced-colors: active)";
const DARK = "(prefers-color-scheme: dark)";

export class Appearance {
  language: Language = "zh";
  private readonly listeners = new Set<() => void>();

  constructor() {
    for (const query of [CONTRAST, DARK]) matchMedia(query).addEventListener("change", () => this.changed());
  }

  get theme(): Theme {
    if (matchMedia(CONTRAST).matches) return "contrast";
    return this.dark ? "dark" : "light";
  }

  get dark(): boolean {
    return matchMedia(DARK).matches;
  }

  setLanguage = (language: Language): void => {
    this.language = language;
    this.changed();
  };

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
