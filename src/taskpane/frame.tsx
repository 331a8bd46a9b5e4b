/** Everything around a view: the pick above, the tabs, and the notice where there is no workbook. */
import { makeStyles, MessageBar, MessageBarBody, Tab, TabList, tokens } from "@fluentui/react-components";
import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { usePane, type ViewId } from "./context";
import type { Pick, PickState } from "./pick";
import { PickBar } from "./pick-bar";
import { VIEWS } from "./views";

const useStyles = makeStyles({
  frame: { display: "flex", flexDirection: "column", height: "100%", minWidth: 0 },
  head: { flexShrink: 0, padding: "8px 8px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  tabs: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(72px, 1fr))" },
  view: { flexGrow: 1, minHeight: 0, overflowY: "auto", padding: "8px 8px 24px" },
});

interface Props {
  readonly view: ViewId;
  readonly onView: (view: ViewId) => void;
  readonly pick: Pick;
  readonly pickState: PickState;
  readonly onPick: (part: Partial<Pick>) => void;
  readonly children: ReactNode;
}

export function Frame({ view, onView, pick, pickState, onPick, children }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { host } = usePane();
  const panel = useId();
  return (
    <div className={styles.frame}>
      <div className={styles.head}>
        <PickBar pick={pick} state={pickState} onPick={onPick} />
        {!host && (
          <MessageBar intent="info" layout="multiline">
            <MessageBarBody>{t("no-workbook")}</MessageBarBody>
          </MessageBar>
        )}
        <TabList
          className={styles.tabs}
          aria-label={t("views")}
          selectedValue={view}
          onTabSelect={(_, { value }) => onView(value as ViewId)}
          size="small"
        >
          {Object.entries(VIEWS).map(([id, { label }]) => (
            <Tab key={id} value={id} aria-controls={panel}>
              {t(label)}
            </Tab>
          ))}
        </TabList>
      </div>
      <div id={panel} role="tabpanel" aria-label={t(VIEWS[view].label)} tabIndex={0} className={styles.view}>
        {children}
      </div>
    </div>
  );
}
