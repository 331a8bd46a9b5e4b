/** The look of a pane in Excel or WPS: light, dark or high contrast. */
import type { Theme, Unsubscribe } from "./workbook";

const CONTRAST = "(forced-colors: active)";
const DARK = "(prefers-color-scheme: dark)";

/** High contrast is the operating system's, which the web view passes on. */
export function systemTheme(dark = matchMedia(DARK).matches): Theme {
  if (matchMedia(CONTRAST).matches) return "contrast";
  return dark ? "dark" : "light";
}

/** Office reports dark or not. */
export const theme = (): Theme =>
  systemTheme((Office.context.officeTheme as Office.OfficeTheme | undefined)?.isDarkTheme);

/** Nobody reports a change of theme in Excel. The system's settings do, and so does coming back to the pane. */
function watch(look: () => Theme, callback: () => void): Unsubscribe {
  let last = look();
  const changed = () => {
    const now = look();
    if (now === last) return;
    last = now;
    callback();
  };
  const queries = [CONTRAST, DARK].map((query) => matchMedia(query));
  queries.forEach((query) => query.addEventListener("change", changed));
  window.addEventListener("focus", changed);
  return () => {
    queries.forEach((query) => query.removeEventListener("change", changed));
    window.removeEventListener("focus", changed);
  };
}

export const onAppearance = (callback: () => void): Unsubscribe => watch(theme, callback);
export const onSystemLook = (callback: () => void): Unsubscribe => watch(systemTheme, callback);
