import { MessageBar, MessageBarBody } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { WorkbookError } from "../host/workbook";
import { usePane } from "./context";

/** Why the workbook refused, in its words. */
export function Failure({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const { language } = usePane();
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        {error instanceof WorkbookError ? error.texts[language] : t("failure", { message: String(error) })}
      </MessageBarBody>
    </MessageBar>
  );
}
