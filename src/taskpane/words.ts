/** The words of the pane for what other rooms use, too: without what i18next adds to them. */
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Translate } from "./texts";

export function useWords(): Translate {
  const { t } = useTranslation();
  return useCallback((key, values = {}) => t(key, values), [t]);
}
