import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Workbook } from "../host/workbook";
import { Pane } from "./pane";
import { texts } from "./texts";

/** The pane as a page of its own, as Excel shows it: with a heading for screen readers, and the page's language. */
export function Page({ host }: { readonly host: Workbook | null }) {
  const { t, i18n } = useTranslation(undefined, { i18n: texts });
  useEffect(() => {
    document.documentElement.lang = i18n.language === "zh" ? "zh-CN" : "en";
    document.title = t("title");
  }, [i18n.language, t]);
  return (
    <main>
      <h1>{t("title")}</h1>
      <Pane host={host} />
    </main>
  );
}
