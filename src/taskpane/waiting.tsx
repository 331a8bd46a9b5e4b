import { Spinner } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

/** What stands in the place of what is still on its way. */
export function Waiting() {
  const { t } = useTranslation();
  return <Spinner size="small" label={t("waiting")} />;
}
