/** Hands the table over as a workbook of plain formulas, for those without the add-in. */
import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Workbook } from "../../host/workbook";
import { claimsOf, type Match } from "../../tables";
import { usePane } from "../context";
import { amountWords } from "../money";
import { Wrong } from "../parts/refused";
import { poolWanted } from "../planner/wanted";
import { useScenarioForm } from "../scenarios/form";
import { scenariosIn } from "../scenarios/table";
import type { TableInHand } from "../table-in-hand";
import { entriesOf, instrumentsIn, type Under } from "./rows";

const useStyles = makeStyles({
  line: { display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "flex-end" },
});

type State =
  | { readonly kind: "ready" | "working" }
  | { readonly kind: "done"; readonly words: string }
  | { readonly kind: "failed"; readonly error: unknown };

interface Props {
  readonly host: Workbook;
  readonly table: TableInHand;
  readonly matches: readonly Match[];
  readonly under: Exclude<Under, { readonly kind: "best" }>;
}

export function ExportButton({ host, table, matches, under }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const pane = usePane();
  const { claim, jurisdiction, language } = pane;
  const { rows: scenarioRows } = useScenarioForm();
  const [date, setDate] = useState("");
  const [state, setState] = useState<State>({ kind: "ready" });

  async function hand() {
    setState({ kind: "working" });
    try {
      const { exportBook } = await import("../../export");
      // Scenarios and the pool as they are set in their tabs.
      const scenarios = scenarioRows.length ? scenariosIn(scenarioRows) : [];
      const pool = poolWanted(pane);
      const { headers, values } = claimsOf(table, matches, entriesOf(under));
      const { bytes, rows, total, left } = exportBook(
        { instruments: instrumentsIn(table, under), headers, values, years: [""] },
        { claim, place: jurisdiction.name.zh, scenarios, ...(date && { date }), ...(pool && { pool }) },
      );
      const how = await host.handOver(`${table.sheet} ${t("export.file")}.xlsx`, bytes);
      const words = [
        t(`export.${how}`, { n: rows, total: amountWords(total, language) }),
        scenarios.length ? t("export.scenarios", { n: scenarios.length }) : "",
        left.length ? t("export.left", { n: left.length }) : "",
      ];
      setState({ kind: "done", words: words.join("") });
    } catch (error) {
      setState({ kind: "failed", error });
    }
  }
  return (
    <>
      <div className={styles.line}>
        <Button disabled={state.kind === "working"} onClick={() => void hand()}>
          {t(state.kind === "working" ? "export.working" : "export.export")}
        </Button>
        <Field label={t("export.date")} size="small">
          <Input size="small" type="date" value={date} onChange={(_, { value }) => setDate(value)} />
        </Field>
      </div>
      {state.kind === "failed" && <Wrong error={state.error} />}
      {state.kind === "done" && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{state.words}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
