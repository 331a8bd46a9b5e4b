import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

/** What stands in the place of a view that failed. */
export function BrokenView({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t("broken.title")}</MessageBarTitle>
        {t("broken.body", { message: error.message })}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onRetry}>{t("broken.retry")}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
