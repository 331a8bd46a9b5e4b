/** What the pane sees where the user stands, and the jobs that it can do there. */
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { reference } from "../host/address";
import { WorkbookError, type Place } from "../host/workbook";
import { usePane, type JobId } from "./context";
import { ID as SCENARIOS } from "./scenarios/form";
import { standingAt, useStanding, type Standing } from "./standing";
import { placeOf, type TableInHand } from "./table-in-hand";
import { JOBS } from "./views";

const useStyles = makeStyles({
  line: {
    display: "flex",
    flexWrap: "wrap",
    gap: "0 4px",
    alignItems: "center",
    padding: "2px 8px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorNeutralForeground1,
  },
  where: { flex: "1 1 auto", minWidth: 0, overflowWrap: "anywhere" },
  job: { minWidth: 0, padding: "0 6px", color: tokens.colorBrandForegroundLink },
});

/** What can be done with a table. Checking looks at the whole workbook. */
const TABLE_JOBS = ["calculation", "inspection", "scenarios", "pool"] as const satisfies readonly JobId[];

export function StandingLine() {
  const styles = useStyles();
  const { t } = useTranslation();
  const { host, show } = usePane();
  const standing = useStanding();
  const work = useTableJob();
  const label = useId();
  if (!host || standing.kind === "elsewhere") return null;
  const explain = async ({ place, source }: Standing & { readonly kind: "result" }) => {
    if (source !== place) await host.jump(source);
    show("explanation");
  };
  if (standing.kind === "result") {
    return (
      <div role="group" data-offer="" aria-labelledby={label} className={styles.line}>
        <Text size={200} id={label} className={styles.where}>
          {t("standing.result", { where: reference(standing.place, standing.place.sheet) })}
        </Text>
        <Button size="small" appearance="transparent" className={styles.job} onClick={() => void explain(standing)}>
          {t("standing.explain")}
        </Button>
      </div>
    );
  }
  return (
    <div role="group" data-offer="" aria-labelledby={label} className={styles.line}>
      <Text size={200} id={label} className={styles.where}>
        {standing.kind === "table"
          ? t("standing.table", { where: placeOf(standing.table).address, n: standing.table.region.rows.length })
          : t("standing.large")}
      </Text>
      {TABLE_JOBS.map((job) => (
        <Button
          key={job}
          size="small"
          appearance="transparent"
          className={styles.job}
          onClick={() => void work.start(job, standing)}
        >
          {t(JOBS[job].label)}
        </Button>
      ))}
      {work.failed && (
        <Text size={200} role="status">
          {work.failed}
        </Text>
      )}
    </div>
  );
}

/** Starts a job with the table where the user stands. */
function useTableJob() {
  const { t } = useTranslation();
  const pane = usePane();
  const { host, language, takeTable, show } = pane;
  const [failed, setFailed] = useState<string>();

  async function start(job: (typeof TABLE_JOBS)[number], standing: Standing & { readonly place: Place }) {
    setFailed(undefined);
    try {
      const read = standing.kind === "large" ? await standingAt(host!, standing.place, true) : standing;
      const table: TableInHand | undefined = read.kind === "table" ? read.table : undefined;
      if (!table && job !== "inspection") {
        setFailed(t("standing.none"));
        return;
      }
      if (table) takeTable(table);
      // A range that was typed before gives way to the table.
      if (table && job === "scenarios") pane.type(SCENARIOS, "range", "");
      if (table && job === "pool") (await import("./planner/take-table")).takeAsClaims(pane, table);
      show(JOBS[job].parts[0]);
    } catch (error) {
      setFailed(error instanceof WorkbookError ? error.texts[language] : String(error));
    }
  }
  return { start, failed };
}
