/** Everything around a view: the pick above, the tabs, and the notice where there is no workbook. */
import { makeStyles, MessageBar, MessageBarBody, tokens } from "@fluentui/react-components";
import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { usePane, type ViewId } from "./context";
import type { Pick, PickState } from "./pick";
import { PickBar } from "./pick-bar";
import { Tabs } from "./tabs";
import { VIEWS } from "./views";

const useStyles = makeStyles({
  frame: {
    display: "flex",
    flexDirection: "column",
    height: "100%",
    minWidth: 0,
    // Fluent's fields would rather run out of a narrow pane than shrink.
    "& .fui-Field, & .fui-Input, & .fui-Select, & input, & select": { minWidth: 0, maxWidth: "100%" },
    "& .fui-Input__input, & .fui-Select__select": { width: "100%" },
  },
  head: { flexShrink: 0, padding: "8px 8px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  // The tab shows it to the eye.
  heading: {
    position: "absolute",
    width: "1px",
    height: "1px",
    margin: 0,
    overflow: "hidden",
    clipPath: "inset(50%)",
  },
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
  const heading = useId();
  const tabs = (Object.keys(VIEWS) as ViewId[]).map((id) => ({ id, label: t(VIEWS[id].label) }));
  return (
    <div className={styles.frame}>
      <div className={styles.head}>
        <PickBar pick={pick} state={pickState} onPick={onPick} />
        {!host && (
          <MessageBar intent="info" layout="multiline">
            <MessageBarBody>{t("no-workbook")}</MessageBarBody>
          </MessageBar>
        )}
        <Tabs label={t("views")} panel={panel} tabs={tabs} selected={view} onSelect={onView} />
      </div>
      <div id={panel} role="tabpanel" aria-labelledby={heading} tabIndex={0} className={styles.view}>
        <h2 id={heading} className={styles.heading}>
          {t(VIEWS[view].label)}
        </h2>
        {children}
      </div>
    </div>
  );
}
