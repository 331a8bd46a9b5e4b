/** The whole plan of a pool as sheets or as a page to print: question, ground, verdicts, tables, charts. */
import { Button, Text } from "@fluentui/react-components";
import { DocumentTableRegular, PrintRegular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Workbook } from "../../host/workbook";
import { usePane } from "../context";
import { savePage } from "../parts/page-button";
import type { Progress } from "../parts/long-work";
import { changed, isSame, useCheck } from "../parts/now";
import { UnderWay } from "../parts/under-way";
import type { Entry } from "../../rules";
import { Calculator } from "./calculate";
import type { Run } from "./calculations";
import { sourcesIn } from "./claim-columns";
import type { Form } from "./form";
import { inputsOf, type Planning } from "./planning";
import { answersTo, frontOf, reportSheets, type PoolAnswer } from "./report";
import { readSeveral } from "./read-several";
import { useSurroundings } from "./table-claims";
import { usePoolLabel, useSpoken } from "./words";

/** Puts a report somewhere. @returns what is said of it then */
type Write = (host: Workbook, answer: PoolAnswer, front: readonly string[]) => Promise<string>;

interface Props {
  readonly planning: Planning;
  readonly form: Form;
  /** Of the place. */
  readonly pools: readonly Entry[];
}

export function ReportButton({ planning, form, pools }: Props) {
  const { t } = useTranslation();
  const { host, language, typed } = usePane();
  const about = useSurroundings(host);
  const words = useSpoken();
  const poolLabel = usePoolLabel(planning);
  const check = useCheck();
  const [state, setState] = useState<Progress<string>>({ kind: "idle" });
  const [calculator] = useState(() => new Calculator());
  const stopped = useRef<AbortController>(undefined);
  // Nothing is written into the workbook after the view was left.
  useEffect(
    () => () => {
      stopped.current?.abort();
      calculator.end();
    },
    [calculator],
  );
  if (!host) return null;
  const start = async (write: Write) => {
    const stop = new AbortController();
    stopped.current = stop;
    const onPart = (part: number): void => setState({ kind: "running", part });
    onPart(0);
    await check();
    const run: Run = (kind, question) =>
      new Promise((resolve, reject) => {
        const end = calculator.run({ kind, question }, { onPart, onAnswer: resolve, onFailed: reject });
        stop.signal.addEventListener("abort", () => {
          end();
          reject(stop.signal.reason as Error);
        });
      });
    const readPools = () => readSeveral(host, pools, { form, typed, about, signal: stop.signal });
    const several = await readPools();
    const answer = await answersTo(planning, form, run, words, several);
    // What takes a while may have been overtaken.
    await check();
    if (!isSame(several, await readPools())) throw changed();
    stop.signal.throwIfAborted();
    const front = frontOf(planning, sourcesIn(form, language), words);
    setState({ kind: "done", value: await write(host, answer, front) });
  };
  const fail = (error: unknown): void =>
    setState(stopped.current?.signal.aborted ? { kind: "stopped" } : { kind: "failed", error });
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
    <Button icon={icon} disabled={state.kind === "running"} onClick={() => void start(write).catch(fail)}>
      {label}
    </Button>
  );
  return (
    <div style={{ margin: "8px 0" }}>
      <div style={{ display: "flex", flexWrap: "wrap", gap: "8px" }}>
        {button(t("planner.write-report"), <DocumentTableRegular />, toSheets)}
        {button(t("parts.save-page"), <PrintRegular />, toPage)}
      </div>
      <UnderWay progress={state} stop={() => stopped.current?.abort()} />
      <div role="status">{state.kind === "done" && <Text size={200}>{state.value}</Text>}</div>
    </div>
  );
}
