/** Offers the comparison where the workbook was made with another version of the rules. It changes nothing by itself. */
import { Button, MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Workbook } from "../host/workbook";
import { RULES_VERSION } from "../rules";
import { usePane } from "./context";
import { madeWith, renewRules } from "./made-with";

export function NewerRules({ host }: { readonly host: Workbook }) {
  const { t } = useTranslation();
  const { show } = usePane();
  const [made, setMade] = useState<string>();
  useEffect(() => {
    let current = true;
    // A workbook whose names cannot be read offers nothing.
    madeWith(host).then(
      (version) => current && setMade(version),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [host]);
  if (made === undefined || made === RULES_VERSION.version) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{t("rules.other", { made, now: RULES_VERSION.version })}</MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={() => show("freezing")}>
          {t("rules.compare")}
        </Button>
        <Button
          size="small"
          onClick={() =>
            void renewRules(host).then(
              () => setMade(RULES_VERSION.version),
              () => undefined,
            )
          }
        >
          {t("rules.renew")}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
