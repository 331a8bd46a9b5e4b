/** The whole plan of a pool as sheets or as a page to print: question, ground, verdicts, tables, charts. */
import { Button, Text } from "@fluentui/react-components";
import { DocumentTableRegular, PrintRegular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Workbook } from "../../host/workbook";
import { usePane } from "../context";
import { savePage } from "../parts/page-button";
import { inSlices, type Work } from "../parts/long-work";
import { Wrong } from "../parts/refused";
import { UnderWay } from "../parts/under-way";
import type { Stop } from "../parts/worker";
import { sourcesIn } from "./claim-columns";
import type { Form } from "./form";
import { inputsOf, type Planning } from "./planning";
import { answersTo, frontOf, reportSheets, type PoolAnswer } from "./report";
import { usePoolLabel, useSpoken } from "./words";

type State =
  | { readonly kind: "idle" | "stopped" }
  | { readonly kind: "running"; readonly part: number }
  | { readonly kind: "done"; readonly words: string }
  | { readonly kind: "failed"; readonly error: unknown };

/** Puts a report somewhere. @returns what is said of it then */
type Write = (host: Workbook, answer: PoolAnswer, front: readonly string[]) => Promise<string>;

export function ReportButton({ planning, form }: { readonly planning: Planning; readonly form: Form }) {
  const { t } = useTranslation();
  const { host, language, claim } = usePane();
  const words = useSpoken();
  const poolLabel = usePoolLabel(planning);
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
  const start = async (write: Write) => {
    setState({ kind: "running", part: 0 });
    const answer = await answersTo(planning, form, claim.year, run, words);
    const front = frontOf(planning, claim.year, sourcesIn(form, language), words);
    setState({ kind: "done", words: await write(host, answer, front) });
  };
  const toSheets: Write = async (workbook, answer, front) => {
    const live = {
      inputs: inputsOf(planning, poolLabel, language, []),
      fixed: { all: t("planner.report-fixed"), some: t("planner.report-some-fixed") },
    };
    const names: string[] = [];
    const sheets = reportSheets(planning, answer, front, words, live);
    for (const sheet of sheets) names.push(await workbook.addSheet(sheet));
    await workbook.jump({ sheet: names[0]!, address: "A1" });
    return t("planner.report-written", { sheets: names.map((name) => `“${name}”`).join(t("parts.list-comma")) });
  };
  const toPage: Write = async (_, { sections }, front) => {
    return t("parts.page-saved", { file: await savePage(front, sections, language) });
  };
  const button = (label: string, icon: React.JSX.Element, write: Write) => (
    <Button
      icon={icon}
      disabled={state.kind === "running"}
      onClick={() => void start(write).catch((error: unknown) => setState({ kind: "failed", error }))}
    >
      {label}
    </Button>
  );
  return (
    <div style={{ margin: "8px 0" }}>
      <div style={{ display: "flex", flexWrap: "wrap", gap: "8px" }}>
        {button(t("planner.write-report"), <DocumentTableRegular />, toSheets)}
        {button(t("parts.save-page"), <PrintRegular />, toPage)}
      </div>
      {(state.kind === "running" || state.kind === "stopped") && (
        <UnderWay
          progress={state}
          stop={() => {
            stopped.current?.();
            setState({ kind: "stopped" });
          }}
        />
      )}
      <div role="status">{state.kind === "done" && <Text size={200}>{state.words}</Text>}</div>
      {state.kind === "failed" && <Wrong error={state.error} />}
    </div>
  );
}
