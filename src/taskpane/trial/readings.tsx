/** What the same row would get under the readings that were not taken. */
import { useTranslation } from "react-i18next";
import type { Award, Row } from "../../rules";
import { otherReadings } from "../../writers/explain";
import { Section } from "../section";
import { usePane } from "../context";
import { Facts } from "../facts";

export function OtherReadings({ award, row }: { readonly award: Award; readonly row: Row }) {
  const { t } = useTranslation();
  const { language } = usePane();
  if (award.outcome.kind !== "award") return null;
  const others = otherReadings(award, row, language);
  const different = others.filter(({ award: other }) => other.outcome.kind !== "award" || other.fen !== award.fen);
  return (
    <Section title={t("trial.other-readings")}>
      {different.length === 0 ? (
        <p>{t("trial.same-under-all-readings", { n: others.length })}</p>
      ) : (
        <Facts facts={different.map(({ label, words }) => [label, words])} />
      )}
    </Section>
  );
}
