/** Checks the workbook as soon as it is opened: its tables of contracts and our formulas. */
import { Button, makeStyles, ProgressBar, Text } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Workbook } from "../../host/workbook";
import { usePane } from "../context";
import { Failure } from "../failure";
import type { Fix, Report } from "./finding";
import { inspect } from "./inspect";
import { ReportView } from "./report-view";

const useStyles = makeStyles({
  running: { display: "flex", flexDirection: "column", gap: "8px", alignItems: "start" },
});

type State =
  | { readonly kind: "running"; readonly done: number; readonly of: number }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "done"; readonly report: Report };

export default function InspectionView() {
  const { t } = useTranslation();
  const { host, jurisdiction, claim, language } = usePane();
  const [round, setRound] = useState(0);
  const [done, setDone] = useState<Fix>();
  if (!host) return <Text as="p">{t("inspection.no-workbook")}</Text>;
  // Another pick or a click on "again" checks anew.
  const key = [jurisdiction.code, claim.year, language, round].join("!");
  const again = (fix?: Fix) => {
    setDone(fix);
    setRound(round + 1);
  };
  return (
    <div>
      {done && (
        <Text as="p" role="status">
          {t(done.entries && host.capabilities.undo ? "inspection.fixed" : "inspection.fixed-without-undo", {
            what: done.label[language],
          })}
        </Text>
      )}
      <Inspected key={key} host={host} onAgain={again} />
    </div>
  );
}

function Inspected({ host, onAgain }: { readonly host: Workbook; readonly onAgain: (done?: Fix) => void }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { jurisdiction, claim, language } = usePane();
  const [state, setState] = useState<State>({ kind: "running", done: 0, of: 0 });
  const [stop] = useState(() => new AbortController());
  const { year } = claim;
  const place = jurisdiction.id;

  useEffect(() => {
    let current = true;
    const show = (next: State) => current && setState(next);
    inspect(host, {
      signal: stop.signal,
      onProgress: (done, of) => show({ kind: "running", done, of }),
      pick: { jurisdiction: place, year, language },
    }).then(
      (report) => show({ kind: "done", report }),
      (error: unknown) => show(stop.signal.aborted ? { kind: "stopped" } : { kind: "failed", error }),
    );
    return () => {
      current = false;
    };
  }, [host, stop, place, year, language]);

  if (state.kind === "running") {
    const { done, of } = state;
    return (
      <div className={styles.running}>
        <Text role="status">{of ? t("inspection.running", { done, of }) : t("inspection.reading")}</Text>
        <ProgressBar aria-label={t("inspection.progress")} value={of ? done / of : 0} />
        <Button size="small" onClick={() => stop.abort()}>
          {t("stop")}
        </Button>
      </div>
    );
  }
  return (
    <div>
      <Button size="small" onClick={() => onAgain()}>
        {t("inspection.again")}
      </Button>
      {state.kind === "stopped" && <Text as="p">{t("inspection.stopped")}</Text>}
      {state.kind === "failed" && <Failure error={state.error} />}
      {state.kind === "done" && <ReportView host={host} report={state.report} onChanged={onAgain} />}
    </div>
  );
}
