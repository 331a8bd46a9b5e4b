/** Everything around a view: the pick above, the jobs, the parts of a job, the way back, and the notice where there is no workbook. */
import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from "@fluentui/react-components";
import { useId, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { usePane, type JobId, type ViewId } from "./context";
import { PRIMARY_KEYS, usePanel } from "./focus";
import type { Pick, PickState } from "./pick";
import { Parts } from "./parts-row";
import { NewerRules } from "./newer-rules";
import { PickBar } from "./pick-bar";
import { StandingLine } from "./standing-line";
import { Tabs } from "./tabs";
import { JOBS, VIEWS } from "./views";

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
  back: { display: "block", minWidth: 0, padding: "2px 0", marginBottom: "4px" },
  view: {
    flexGrow: 1,
    minHeight: 0,
    overflowY: "auto",
    padding: "8px 8px 24px",
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
});

interface Props {
  readonly view: ViewId;
  /** The view that led here, if one did. */
  readonly from: ViewId | undefined;
  readonly onView: (view: ViewId) => void;
  readonly onBack: () => void;
  readonly pick: Pick;
  readonly pickState: PickState;
  readonly onPick: (part: Partial<Pick>) => void;
  /** Whether the first steps stand in the view. */
  readonly firstSteps: boolean;
  readonly onFirstSteps: () => void;
  readonly children: ReactNode;
}

export function Frame(props: Props) {
  const { view, from, onView, onBack, pick, pickState, onPick, firstSteps, onFirstSteps, children } = props;
  const styles = useStyles();
  const { t } = useTranslation();
  const { host } = usePane();
  const panel = useId();
  const panelElement = usePanel(view, firstSteps);
  const heading = useId();
  const { job } = VIEWS[view];
  const tabs = (Object.keys(JOBS) as JobId[]).map((id) => ({ id, label: t(JOBS[id].label) }));
  const { parts } = JOBS[job];
  /** From the tabs and from what is offered below them a digit opens the job of that place. */
  const openByDigit = (event: KeyboardEvent) => {
    const tab = event.ctrlKey || event.altKey || event.metaKey ? undefined : tabs[Number(event.key) - 1];
    if (!tab || !(event.target instanceof HTMLButtonElement)) return;
    event.preventDefault();
    onView(JOBS[tab.id].parts[0]);
    if (event.target.role === "tab") document.getElementById(`${panel}-${tab.id}`)?.focus();
  };
  const pressPrimary = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    panelElement.current?.querySelector<HTMLElement>(`[aria-keyshortcuts="${PRIMARY_KEYS}"]`)?.click();
  };
  return (
    <div className={styles.frame}>
      <div className={styles.head} onKeyDown={openByDigit}>
        <PickBar pick={pick} state={pickState} onPick={onPick} onFirstSteps={onFirstSteps} />
        {!host && (
          <MessageBar intent="info" layout="multiline">
            <MessageBarBody>{t("no-workbook")}</MessageBarBody>
          </MessageBar>
        )}
        {host && <NewerRules host={host} />}
        <Tabs
          label={t("views")}
          panel={panel}
          tabs={tabs}
          selected={job}
          onSelect={(id) => onView(JOBS[id].parts[0])}
        />
      </div>
      <div onKeyDown={openByDigit}>
        <StandingLine />
      </div>
      <div
        id={panel}
        ref={panelElement}
        role="tabpanel"
        aria-labelledby={heading}
        tabIndex={0}
        className={styles.view}
        onKeyDown={pressPrimary}
      >
        <h2 id={heading} className={styles.heading}>
          {t(VIEWS[view].label)}
        </h2>
        {parts.length > 1 && (
          <Parts
            label={t(JOBS[job].label)}
            parts={parts.map((id) => ({ id, label: t(VIEWS[id].label) }))}
            selected={view}
            onSelect={onView}
          />
        )}
        {from && (
          <Button size="small" appearance="transparent" className={styles.back} onClick={onBack}>
            {t("back", { where: t(VIEWS[from].label) })}
          </Button>
        )}
        {children}
      </div>
    </div>
  );
}
