/** Writes the whole plan of a pool as one sheet: question, ground, verdicts, tables, charts. */
import { Button, Text } from "@fluentui/react-components";
import { DocumentTableRegular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePane } from "../context";
import { inSlices, type Work } from "../parts/long-work";
import { Wrong } from "../parts/refused";
import { reportSheet } from "../parts/report";
import { UnderWay } from "../parts/under-way";
import type { Stop } from "../parts/worker";
import type { Translate } from "../texts";
import type { Form } from "./form";
import type { Planning } from "./planning";
import { answersTo, frontOf } from "./report";

type State =
  | { readonly kind: "idle" | "stopped" }
  | { readonly kind: "running"; readonly part: number }
  | { readonly kind: "written"; readonly sheet: string }
  | { readonly kind: "failed"; readonly error: unknown };

export function ReportButton({ planning, form }: { readonly planning: Planning; readonly form: Form }) {
  const { t } = useTranslation();
  const { host, language, claim } = usePane();
  const [state, setState] = useState<State>({ kind: "idle" });
  const stopped = useRef<Stop>(undefined);
  // Nothing is written into the workbook after the view was left.
  useEffect(() => () => stopped.current?.(), []);
  if (!host) return null;
  const run = <T,>(work: Work<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      stopped.current = inSlices(() => work, {
        onPart: (part) => setState({ kind: "running", part }),
        onAnswer: resolve,
        onFailed: reject,
      });
    });
  const words: Translate = (key, values = {}) => t(key, values);
  const write = async () => {
    setState({ kind: "running", part: 0 });
    const { sections } = await answersTo(planning, form, claim.year, run, words, language);
    const front = frontOf(planning, claim.year, words, language);
    const sheet = await host.addSheet(reportSheet(t("planner.report"), front, sections));
    setState({ kind: "written", sheet });
  };
  return (
    <div style={{ margin: "8px 0" }}>
      <Button
        icon={<DocumentTableRegular />}
        disabled={state.kind === "running"}
        onClick={() => void write().catch((error: unknown) => setState({ kind: "failed", error }))}
      >
        {t("planner.write-report")}
      </Button>
      {(state.kind === "running" || state.kind === "stopped") && (
        <UnderWay
          progress={state}
          stop={() => {
            stopped.current?.();
            setState({ kind: "stopped" });
          }}
        />
      )}
      <div role="status">
        {state.kind === "written" && <Text size={200}>{t("planner.report-written", { sheet: state.sheet })}</Text>}
      </div>
      {state.kind === "failed" && <Wrong error={state.error} />}
    </div>
  );
}
