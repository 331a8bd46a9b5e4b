/** Words that several parts of the planner share. */
import { useTranslation } from "react-i18next";
import type { Language } from "../../rules";
import type { Ground } from "../../writers/verdict";
import { usePane } from "../context";
import { capWords, type Planning } from "./planning";

/** "算力券资金池（元）": how the pool is called above its amount. */
export function usePoolLabel({ pool: { entry } }: Planning): string {
  const { t } = useTranslation();
  const { language } = usePane();
  return t("planner.pool-in-yuan", { pool: entry ? entry.instrument.name[language] : t("planner.own-pool") });
}

/** A heading for the labels, then one per capCase. */
export const capHead = (first: string, { cases }: Planning, language: Language): string[] => [
  first,
  ...cases.map((capCase) => capWords(capCase, language)),
];

/** What a verdict on the pool rests on. */
export function useGround({ amount, uncertain }: Planning): Ground {
  const { language, claim } = usePane();
  return { language, uncertain, year: claim.year, pool: amount };
}
