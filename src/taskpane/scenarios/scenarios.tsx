/** What-if scenarios over a whole table of rows: choose the rows, list the scenarios, run, read, insert. */
import { Text } from "@fluentui/react-components";
import { lazy, useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Workbook } from "../../host/workbook";
import type { Entry } from "../../rules";
import { useAnswer } from "../answer";
import { usePane } from "../context";
import { InstrumentSelect } from "../instrument-select";
import { Offered } from "../insertion/offered";
import { underOf } from "../insertion/policy";
import { RangeField } from "../insertion/range-field";
import { understandingOf } from "../insertion/understanding";
import { UnderstoodTable, useUnderstoodTable } from "../insertion/understood-table";
import { LazySection } from "../lazy-section";
import { isSame, readOf, settled, useNow } from "../parts/now";
import { Wrong } from "../parts/refused";
import { Section } from "../section";
import { useSelection } from "../selection";
import { placeOf, tableNow, type TableInHand } from "../table-in-hand";
import { readBase, type BaseTable } from "./base";
import { FoundBase } from "./found-base";
import { useScenarioForm } from "./form";
import { BaseNow, OfBase, type ReadBase } from "./of-base";
import { Results } from "./results";
import { Rows } from "./rows";
import { RunBar } from "./run-bar";
import { useOngoing } from "../parts/ongoing";
import { runnerOf, type Runner } from "./runner";
import { SetBar } from "./set-bar";
import { columnsOf, scenariosIn } from "./table";
import { baseOf } from "./table-base";

export default function ScenariosView() {
  const { t } = useTranslation();
  const { host } = usePane();
  if (!host) return <Text as="p">{t("scenarios.no-workbook")}</Text>;
  return <Scenarios host={host} />;
}

const Gains = lazy(() => import("./gains/gains"));
const Sensitivity = lazy(() => import("./sensitivity/sensitivity"));
const Sets = lazy(() => import("./sets/sets"));
const LeverSlider = lazy(() => import("./slider/slider"));

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

/** A range that was typed goes before the table in hand. */
function Scenarios({ host }: { readonly host: Workbook }) {
  const { table } = usePane();
  const { typed } = useScenarioForm();
  return table && !typed.range?.trim() ? <OverTable host={host} table={table} /> : <OverRange host={host} />;
}

function OverTable({ host, table }: { readonly host: Workbook; readonly table: TableInHand }) {
  const { claim, language, jurisdiction, instrument } = usePane();
  const { choice, chosen, understanding, shown } = useUnderstoodTable(host, table);
  const read = useCallback(async () => {
    const now = await tableNow(host, table);
    const policies = underOf(choice, now, { place: jurisdiction, instrument }, claim);
    return baseOf(now, understandingOf(now, policies, chosen, claim, language), claim);
  }, [host, table, choice, chosen, jurisdiction, instrument, claim, language]);
  const about = JSON.stringify([
    placeOf(table),
    table.region.headerRows,
    choice,
    [...chosen],
    jurisdiction.id,
    instrument,
    claim,
  ]);
  return (
    <Study
      host={host}
      read={read}
      about={about}
      isKnown={understanding.under !== undefined && understanding.missing.length === 0}
    >
      <UnderstoodTable {...shown} best={false} />
    </Study>
  );
}

const computable = ({ instrument }: Entry): boolean => Boolean(instrument.parts);

function OverRange({ host }: { readonly host: Workbook }) {
  const { t } = useTranslation();
  const { instrument = "", claim, takeTable } = usePane();
  const { typed } = useScenarioForm();
  const range = typed.range ?? "";
  const asked = usePaused(range);
  const sheet = useSelection(host)?.sheet ?? "";
  const home = asked.includes("!") ? "" : sheet;
  const read = useCallback(
    () => (asked.trim() ? readBase(host, asked, home, instrument, claim) : Promise.resolve(undefined)),
    [host, asked, home, instrument, claim],
  );
  return (
    <Study host={host} read={read} about={JSON.stringify([range.trim(), home, instrument, claim])} isKnown>
      {!asked.trim() && <Offered host={host} onTable={takeTable} />}
      <Text as="p" size={200} block>
        {t("scenarios.base-hint")}
      </Text>
      <InstrumentSelect offers={computable} />
    </Study>
  );
}

interface Props {
  readonly host: Workbook;
  /** Reads the base rows; undefined where none were chosen. */
  readonly read: () => Promise<BaseTable | undefined>;
  /** What the rows are, so that results of other rows are not shown beside them. */
  readonly about: string;
  /** Whether enough was chosen for the rows to be read. */
  readonly isKnown: boolean;
  /** Chooses the rows. */
  readonly children: ReactNode;
}

function Study({ host, read, about, isKnown, children }: Props) {
  const { t } = useTranslation();
  const { language } = usePane();
  const form = useScenarioForm();
  const { typed, rows, change, setRows } = form;
  const waited = useAnswer(read);
  const known = useMemo(() => (waited.state === "waiting" ? undefined : readOf(waited)), [waited]);
  const readAgain = useCallback(() => settled(read()), [read]);
  const [now, look] = useNow<ReadBase>(host, known, readAgain);
  const rowsNow = useMemo(() => (isSame(known, now) ? known : now), [known, now]);
  const table = rowsNow && "value" in rowsNow ? rowsNow.value : undefined;
  const baseNow = useMemo(() => ({ now: rowsNow, look }), [rowsNow, look]);
  /** The workbook may have changed since the base was shown: it is read again before anything is computed. */
  const fresh = useCallback(async () => {
    const seen = await look();
    if ("error" in seen) throw seen.error;
    return seen.value;
  }, [look]);
  const entries = useMemo(() => table?.entries ?? [], [table]);
  const columns = useMemo(() => columnsOf(entries, rows, language), [entries, rows, language]);
  const runner = runnerOf(host);
  const [reading, setReading] = useState(false);
  const [refused, setRefused] = useState<unknown>();
  const perRow = typed["per-row"] === "true";
  const asked = JSON.stringify([about, rows]);
  const start = async () => {
    setRefused(undefined);
    setReading(true);
    try {
      const scenarios = scenariosIn(rows);
      // A large table takes a workbook seconds, in which nothing is painted: the pane shows that first.
      await new Promise((resolve) => setTimeout(resolve));
      const base = (await fresh())?.base;
      if (base) runner.start({ base, scenarios, perRow }, asked);
    } catch (error) {
      setRefused(error);
    } finally {
      setReading(false);
    }
  };
  return (
    <BaseNow value={baseNow}>
      <Text as="h2" size={400} weight="semibold" style={{ margin: 0 }}>
        {t("view.scenarios")}
      </Text>
      <Section title={t("scenarios.base")}>
        {children}
        <RangeField
          label={t("scenarios.range")}
          value={typed.range ?? ""}
          fault={undefined}
          onValue={(text) => change("range", text)}
        />
        {isKnown && <FoundBase read={rowsNow} />}
      </Section>
      <Section title={t("scenarios.table")}>
        <SetBar host={host} entries={entries} columns={columns} form={form} />
        <Rows rows={rows} columns={columns} onRows={setRows} />
      </Section>
      <Section title={t("scenarios.runner")}>
        <RunBar
          runner={runner}
          asked={asked}
          scenarios={rows.length}
          rows={table?.base.values.length ?? 0}
          perRow={perRow}
          onPerRow={(wanted) => change("per-row", String(wanted))}
          reading={reading}
          onRun={() => void start()}
        />
        {refused !== undefined && <Wrong error={refused} />}
      </Section>
      <Outcome host={host} runner={runner} asked={asked} onAgain={() => void start()} />
      <LazySection title={t("sets.title")}>
        <Sets host={host} about={about} ready={entries.length > 0} read={fresh} />
      </LazySection>
      <LazySection title={t("slider.title")}>
        <LeverSlider host={host} about={about} entries={entries} read={fresh} />
      </LazySection>
      <LazySection title={t("gains.title")}>
        <Gains host={host} about={about} ready={entries.length > 0} read={fresh} />
      </LazySection>
      <LazySection title={t("sensitivity.title")}>
        <Sensitivity host={host} about={about} entries={entries} read={fresh} />
      </LazySection>
    </BaseNow>
  );
}

interface OutcomeProps {
  readonly host: Workbook;
  readonly runner: Runner;
  readonly asked: string;
  readonly onAgain: () => void;
}

function Outcome({ host, runner, asked, onAgain }: OutcomeProps) {
  const { t } = useTranslation();
  const state = useOngoing(runner);
  if (state.kind !== "done" || !runner.isAbout(asked)) return null;
  return (
    <Section title={t("scenarios.results")}>
      <OfBase base={state.order.base} onAgain={onAgain}>
        <Results host={host} order={state.order} results={state.results} />
      </OfBase>
    </Section>
  );
}
