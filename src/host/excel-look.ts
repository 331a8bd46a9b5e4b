/** The look of Excel: light, dark or high contrast. */
import type { Theme, Unsubscribe } from "./workbook";

/** Office reports dark or not; high contrast is the operating system's, which the web view passes on. */
export function theme(): Theme {
  if (matchMedia("(forced-colors: active)").matches) return "contrast";
  const office = Office.context.officeTheme as Office.OfficeTheme | undefined;
  const dark = office?.isDarkTheme ?? matchMedia("(prefers-color-scheme: dark)").matches;
  return dark ? "dark" : "light";
}

/** Excel reports no change of its theme. The system's settings do, and so does coming back to the pane. */
export function onAppearance(callback: () => void): Unsubscribe {
  let last = theme();
  const look = () => {
    const now = theme();
    if (now === last) return;
    last = now;
    callback();
  };
  const queries = ["(forced-colors: active)", "(prefers-color-scheme: dark)"].map((query) => matchMedia(query));
  queries.forEach((query) => query.addEventListener("change", look));
  window.addEventListener("focus", look);
  return () => {
    queries.forEach((query) => query.removeEventListener("change", look));
    window.removeEventListener("focus", look);
  };
}
