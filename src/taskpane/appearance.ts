/** The look and the language of the place the pane runs in; without a workbook, those of the browser. */
import { teamsHighContrastTheme, webDarkTheme, webLightTheme, type Theme as Tokens } from "@fluentui/react-components";
import { useCallback, useSyncExternalStore } from "react";
import type { Language, Theme, Workbook } from "../host/workbook";

const CONTRAST = "(forced-colors: active)";
const DARK = "(prefers-color-scheme: dark)";

const TOKENS: Readonly<Record<Theme, Tokens>> = {
  light: webLightTheme,
  dark: webDarkTheme,
  contrast: teamsHighContrastTheme,
};

const matches = (query: string): boolean => typeof matchMedia === "function" && matchMedia(query).matches;

function browserTheme(): Theme {
  if (matches(CONTRAST)) return "contrast";
  return matches(DARK) ? "dark" : "light";
}

const browserLanguage = (): Language => (navigator.language.startsWith("zh") ? "zh" : "en");

function onBrowserTheme(callback: () => void): () => void {
  if (typeof matchMedia !== "function") return () => undefined;
  const queries = [matchMedia(CONTRAST), matchMedia(DARK)];
  for (const query of queries) query.addEventListener("change", callback);
  return () => queries.forEach((query) => query.removeEventListener("change", callback));
}

export interface Appearance {
  readonly language: Language;
  readonly theme: Theme;
  /** Fluent's design tokens of the theme. */
  readonly tokens: Tokens;
}

export function useAppearance(host: Workbook | null): Appearance {
  const subscribe = useCallback(
    (callback: () => void) => host?.onAppearance(callback) ?? onBrowserTheme(callback),
    [host],
  );
  const language = useSyncExternalStore(subscribe, () => host?.language ?? browserLanguage());
  const theme = useSyncExternalStore(subscribe, () => host?.theme ?? browserTheme());
  return { language, theme, tokens: TOKENS[theme] };
}
