/** What is wrong in texts of own policies; a line of the sheet is a click away. */
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { cellOfLine, OWN_SHEET } from "../../host/own-policies";
import type { OwnMistake } from "../../rules";
import { usePane } from "../context";

const useStyles = makeStyles({ list: { display: "flex", flexDirection: "column", gap: "4px" } });

const MOST_SHOWN = 20;

export function Mistakes({ found }: { readonly found: readonly OwnMistake[] }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { host, language } = usePane();
  if (!found.length) return null;
  return (
    <div className={styles.list} role="alert">
      {found.slice(0, MOST_SHOWN).map(({ name, line, place, text }, i) => (
        <MessageBar key={i} intent="error" layout="multiline">
          <MessageBarBody>
            {[name && line !== undefined ? t("own.at-line", { name, line: String(line) }) : name, place, text[language]]
              .filter(Boolean)
              .join(" · ")}
          </MessageBarBody>
          {host && name === OWN_SHEET && line !== undefined && (
            <MessageBarActions>
              <Button size="small" onClick={() => void host.jump(cellOfLine(line))}>
                {t("own.go-to-line", { line: String(line) })}
              </Button>
            </MessageBarActions>
          )}
        </MessageBar>
      ))}
    </div>
  );
}
