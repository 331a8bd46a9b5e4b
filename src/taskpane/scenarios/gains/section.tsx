/** The part of the scenario tab that shows winners and losers, loaded when the tab is shown. */
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Boundary } from "../../boundary";
import { Section } from "../../section";
import { Waiting } from "../../waiting";
import type { Props } from "./gains";

const GainsView = lazy(() => import("./gains"));

export function GainsSection(props: Props) {
  const { t } = useTranslation();
  return (
    <Section title={t("gains.title")}>
      <Boundary>
        <Suspense fallback={<Waiting />}>
          <GainsView {...props} />
        </Suspense>
      </Boundary>
    </Section>
  );
}
