/** What-if scenarios over a whole table of rows: choose the rows, list the scenarios, run, read, insert. */
import { Text } from "@fluentui/react-components";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Workbook } from "../../host/workbook";
import { useAnswer } from "../answer";
import { usePane } from "../context";
import { Wrong } from "../parts/refused";
import { Section } from "../section";
import { useSelection } from "../selection";
import { readBase } from "./base";
import { BaseField } from "./base-field";
import { useScenarioForm } from "./form";
import { Results } from "./results";
import { Rows } from "./rows";
import { RunBar } from "./run-bar";
import { useOngoing } from "../parts/ongoing";
import { runnerOf, type Runner } from "./runner";
import { SensitivitySection } from "./sensitivity/section";
import { SetBar } from "./set-bar";
import { columnsOf, scenariosIn } from "./table";

export default function ScenariosView() {
  const { t } = useTranslation();
  const { host } = usePane();
  if (!host) return <Text as="p">{t("scenarios.no-workbook")}</Text>;
  return <Scenarios host={host} />;
}

const TYPING_MS = 400;

/** What stood there when typing paused. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}

function Scenarios({ host }: { readonly host: Workbook }) {
  const { t } = useTranslation();
  const { instrument = "", claim, language } = usePane();
  const form = useScenarioForm();
  const { typed, rows, change, setRows } = form;
  const range = typed.range ?? "";
  const asked = usePaused(range);
  const sheet = useSelection(host)?.sheet ?? "";
  const home = asked.includes("!") ? "" : sheet;
  const read = useCallback(
    () => (asked.trim() ? readBase(host, asked, home, instrument, claim) : Promise.resolve(undefined)),
    [host, asked, home, instrument, claim],
  );
  const waited = useAnswer(read);
  const table = waited.state === "there" ? waited.value : undefined;
  const entries = useMemo(() => table?.entries ?? [], [table]);
  const columns = useMemo(() => columnsOf(entries, rows, language), [entries, rows, language]);
  const runner = runnerOf(host);
  const [reading, setReading] = useState(false);
  const [refused, setRefused] = useState<unknown>();
  const perRow = typed["per-row"] === "true";
  const about = JSON.stringify([range.trim(), range.includes("!") ? "" : sheet, instrument, claim]);

  // The workbook may have changed since the base was shown: it is read again at the moment of the run.
  const start = async () => {
    setRefused(undefined);
    setReading(true);
    try {
      const scenarios = scenariosIn(rows);
      // A large table takes a workbook seconds, in which nothing is painted: the pane shows that first.
      await new Promise((resolve) => setTimeout(resolve));
      const fresh = await read();
      if (fresh) runner.start({ base: fresh.base, scenarios, perRow }, about);
    } catch (error) {
      setRefused(error);
    } finally {
      setReading(false);
    }
  };
  return (
    <div>
      <Text as="h2" size={400} weight="semibold" style={{ margin: 0 }}>
        {t("view.scenarios")}
      </Text>
      <Section title={t("scenarios.base")}>
        <BaseField range={range} onRange={(text) => change("range", text)} waited={waited} />
      </Section>
      <Section title={t("scenarios.table")}>
        <SetBar host={host} entries={entries} columns={columns} form={form} />
        <Rows rows={rows} columns={columns} onRows={setRows} />
      </Section>
      <Section title={t("scenarios.runner")}>
        <RunBar
          runner={runner}
          about={about}
          scenarios={rows.length}
          rows={table?.base.values.length ?? 0}
          perRow={perRow}
          onPerRow={(wanted) => change("per-row", String(wanted))}
          reading={reading}
          onRun={() => void start()}
        />
        {refused !== undefined && <Wrong error={refused} />}
      </Section>
      <Outcome host={host} runner={runner} about={about} />
      <SensitivitySection host={host} entries={entries} read={read} />
    </div>
  );
}

interface OutcomeProps {
  readonly host: Workbook;
  readonly runner: Runner;
  readonly about: string;
}

function Outcome({ host, runner, about }: OutcomeProps) {
  const { t } = useTranslation();
  const state = useOngoing(runner);
  if (state.kind !== "done" || !runner.isAbout(about)) return null;
  return (
    <Section title={t("scenarios.results")}>
      <Results host={host} order={state.order} results={state.results} />
    </Section>
  );
}
