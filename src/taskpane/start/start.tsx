/** First steps: three jobs, a table to try them on, a file to open, and five hints. It stands above the list of policies. */
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { reference } from "../../host/address";
import type { Workbook } from "../../host/workbook";
import { usePane } from "../context";
import { Failure } from "../failure";
import { useStanding } from "../standing";
import { placeOf, tableAt } from "../table-in-hand";

const useStyles = makeStyles({
  start: {
    display: "flex",
    flexDirection: "column",
    gap: "6px",
    marginBottom: "12px",
    padding: "8px",
    border: `1px solid ${tokens.colorBrandStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  line: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "center" },
  grow: { flexGrow: 1, margin: 0 },
  job: { width: "100%", maxWidth: "none", justifyContent: "flex-start", textAlign: "left" },
  hint: { minHeight: "3.4em", margin: 0 },
});

const HINTS = ["start.hint-1", "start.hint-2", "start.hint-3", "start.hint-4", "start.hint-5"] as const;

interface Props {
  /** Lets the user choose a file, where the page can open one. */
  readonly onOpenFile: (() => void) | undefined;
  readonly onAway: () => void;
}

export function Start({ onOpenFile, onAway }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { host } = usePane();
  const title = useId();
  return (
    <section aria-labelledby={title} className={styles.start}>
      <div className={styles.line}>
        <Text as="h2" size={300} weight="semibold" id={title} className={styles.grow}>
          {t("start.title")}
        </Text>
        <Button size="small" appearance="subtle" onClick={onAway}>
          {t("start.away")}
        </Button>
      </div>
      {host && <Jobs host={host} onOpenFile={onOpenFile} />}
      <Hints />
    </section>
  );
}

function Jobs({ host, onOpenFile }: { readonly host: Workbook; readonly onOpenFile: Props["onOpenFile"] }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { table, takeTable, show, language } = usePane();
  const standing = useStanding();
  const [failure, setFailure] = useState<unknown>();

  const tried = (step: () => Promise<void>) => () => {
    setFailure(undefined);
    step().catch(setFailure);
  };
  /** Explains the result where the user stands, else the first of the workbook. */
  const why = tried(async () => {
    const there = standing.kind === "result" ? standing.source : (await host.formulas())[0];
    if (there) await host.jump({ sheet: there.sheet, address: there.address });
    show("explanation");
  });
  const addSample = tried(async () => {
    const { sampleSheet } = await import("./sample");
    const sheet = await host.addSheet(sampleSheet(language));
    takeTable(await tableAt(host, { sheet, address: "A1" }));
  });
  const job = (label: string, onClick: () => void) => (
    <Button size="small" className={styles.job} onClick={onClick}>
      {label}
    </Button>
  );
  return (
    <>
      {job(t("start.column"), () => show("insertion"))}
      {job(t("start.why"), why)}
      {job(t("start.check"), () => show("inspection"))}
      {table && (
        <Text size={200} role="status">
          {t("start.table", { where: reference(placeOf(table)), n: table.region.rows.length })}
        </Text>
      )}
      <div className={styles.line}>
        {!table && (
          <Button size="small" onClick={addSample}>
            {t("start.sample")}
          </Button>
        )}
        {onOpenFile && (
          <Button size="small" onClick={onOpenFile}>
            {t("start.open")}
          </Button>
        )}
      </div>
      {failure !== undefined && <Failure error={failure} />}
    </>
  );
}

function Hints() {
  const styles = useStyles();
  const { t } = useTranslation();
  const [at, setAt] = useState(0);
  const step = (by: number) => setAt((at + by + HINTS.length) % HINTS.length);
  return (
    <div role="group" aria-label={t("start.hints")}>
      <Text as="p" size={200} block className={styles.hint} aria-live="polite">
        {t("start.hint", { n: at + 1, of: HINTS.length })} {t(HINTS[at]!)}
      </Text>
      <div className={styles.line}>
        <Button size="small" appearance="transparent" onClick={() => step(-1)}>
          {t("start.previous")}
        </Button>
        <Button size="small" appearance="transparent" onClick={() => step(1)}>
          {t("start.next")}
        </Button>
      </div>
    </div>
  );
}
