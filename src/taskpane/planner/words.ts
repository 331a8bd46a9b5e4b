/** Words that several parts of the planner share. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Ground } from "../../writers/verdict";
import { usePane } from "../context";
import { useWords } from "../words";
import { groundOf, type Planning } from "./planning";
import type { Words } from "./tables";

/** "算力券资金池（元）": how the pool is called above its amount. */
export function usePoolLabel({ pool: { entry } }: Planning): string {
  const { t } = useTranslation();
  const { language } = usePane();
  return t("planner.pool-in-yuan", { pool: entry ? entry.instrument.name[language] : t("planner.own-pool") });
}

/** The texts of the pane in its language, for what is no component. */
export function useSpoken(): Words {
  const t = useWords();
  const { language } = usePane();
  return useMemo(() => ({ t, language }), [t, language]);
}

/** What a verdict on the pool rests on. */
export function useGround(planning: Planning): Ground {
  const { language } = usePane();
  return groundOf(planning, language);
}
