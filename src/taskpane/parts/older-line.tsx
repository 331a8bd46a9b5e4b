/** Says that figures are those of cells that have changed since, wherever one looks in the section; with the way to the new ones. */
import { Button, makeStyles, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import type { TextKey } from "../texts";

const useStyles = makeStyles({
  // Up to the edge of the panel: nothing shows above it.
  line: { position: "sticky", top: "-8px", zIndex: 2 },
});

interface Props {
  readonly isOlder: boolean;
  /** What the button is called. */
  readonly again?: TextKey;
  readonly onAgain: () => void;
}

export function OlderLine({ isOlder, again = "parts.read-again", onAgain }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  return (
    <div role="status" className={styles.line}>
      {isOlder && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <span>{t("parts.older")}</span>{" "}
            <Button size="small" onClick={onAgain}>
              {t(again)}
            </Button>
          </MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}
