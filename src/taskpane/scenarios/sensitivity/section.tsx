/** The sensitivity part of the scenario tab, loaded when the tab is shown. */
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Boundary } from "../../boundary";
import { Section } from "../../section";
import { Waiting } from "../../waiting";
import type { Props } from "./sensitivity";

const Sensitivity = lazy(() => import("./sensitivity"));

export function SensitivitySection(props: Props) {
  const { t } = useTranslation();
  return (
    <Section title={t("sensitivity.title")}>
      <Boundary>
        <Suspense fallback={<Waiting />}>
          <Sensitivity {...props} />
        </Suspense>
      </Boundary>
    </Section>
  );
}
