/** Named sets of scenarios, kept on a sheet of the workbook: open, save, copy, rename, delete, run and note, run again and compare. */
import { Button, Field, Input, makeStyles, Text } from "@fluentui/react-components";
import { StopRegular } from "@fluentui/react-icons";
import { useCallback, useEffect, useMemo, useState } from "react";
import { loadSets, saveSets, SETS_SHEET } from "../../../host/scenario-sets";
import type { Workbook } from "../../../host/workbook";
import { Refusal, type ScenarioResult } from "../../../rules";
import { nameOf, type ScenarioSet } from "../../../tables";
import { usePane } from "../../context";
import { ChoiceField } from "../../parts/fields";
import { useOngoing } from "../../parts/ongoing";
import { Wrong } from "../../parts/refused";
import { reportSheet } from "../../parts/report";
import { SectionViews } from "../../parts/section-views";
import { UnderWay } from "../../parts/under-way";
import { useWords } from "../../words";
import type { Base, BaseTable } from "../base";
import { useScenarioForm } from "../form";
import { FoundReport } from "../found-report";
import { OfBase } from "../of-base";
import { SheetButton } from "../results";
import { rowsOf, scenariosIn } from "../table";
import { run } from "../two-workers";
import { checkedName, checkScenarios, freeName, needed, notRun, setNamed, totalsFor } from "./names";
import { keepRows, keptRows } from "./rows";
import { movedStudyOf } from "./study";
import { movedSections, setLabel, sideBySide } from "./table";

const useStyles = makeStyles({
  bar: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "center", margin: "8px 0" },
});

export interface Props {
  readonly host: Workbook;
  /** What the rows are: a comparison of others is not shown as one of these. */
  readonly about: string;
  /** Whether there is a base. */
  readonly ready: boolean;
  /** Reads the base anew: the workbook may have changed since it was shown. */
  readonly read: () => Promise<BaseTable | undefined>;
}

export default function Sets({ host, about, ready, read }: Props) {
  const styles = useStyles();
  const t = useWords();
  const { language } = usePane();
  const { typed, rows, change, setRows } = useScenarioForm();
  const [sets, setSets] = useState<readonly ScenarioSet[]>([]);
  const [busy, setBusy] = useState(false);
  const [running, setRunning] = useState<Running>();
  const [said, setSaid] = useState("");
  const [error, setError] = useState<unknown>();
  const study = movedStudyOf(host);
  const progress = useOngoing(study);
  const chosen = sets.find(({ name }) => name === typed.set) ?? sets[0];
  const name = typed["set-name"] ?? chosen?.name ?? "";
  const asked = JSON.stringify([about, chosen?.name]);

  /** Does one thing at a time; what it says stands below. */
  const attempt = useCallback((work: () => Promise<string>): void => {
    setBusy(true);
    setError(undefined);
    setSaid("");
    work()
      .then(setSaid, setError)
      .finally(() => setBusy(false));
  }, []);
  useEffect(() => {
    let current = true;
    loadSets(host).then(
      (found) => current && setSets(found),
      (reason: unknown) => current && setError(reason),
    );
    return () => void (current = false);
  }, [host]);

  /** The sheet may have been worked on: it is read again before it is written. */
  const save = async (changed: (before: readonly ScenarioSet[]) => readonly ScenarioSet[]): Promise<void> => {
    const next = changed(await loadSets(host));
    await saveSets(host, next, language);
    setSets(next);
  };
  /** The chosen set as it stands on the sheet. @throws Refusal where it is gone */
  const chosenNow = async (): Promise<ScenarioSet> => {
    const now = await loadSets(host);
    setSets(now);
    return setNamed(chosen!.name, now);
  };
  const take = (set: string): void => {
    change("set", set);
    change("set-name", set);
  };
  const store = async (): Promise<string> => {
    const scenarios = scenariosIn(rows);
    const text = checkedName(name, []);
    checkScenarios(scenarios);
    await save((before) => {
      const known = before.find((one) => nameOf(one.name) === nameOf(text));
      if (!known) return [...before, { name: text, scenarios }];
      const last = known.last && { ...known.last, totals: totalsFor(scenarios, known.scenarios, known.last.totals) };
      return before.map((one) => (one === known ? { ...one, scenarios, ...(last && { last }) } : one));
    });
    take(text);
    return t("sets.saved", { name: text, sheet: SETS_SHEET });
  };
  const open = async (): Promise<string> => {
    const { name: own, scenarios } = await chosenNow();
    setRows(rowsOf(scenarios));
    return t("sets.opened", { name: own });
  };
  const copy = async (): Promise<string> => {
    let text = "";
    await save((before) => {
      text = freeName(t("scenarios.copy-of", { name: chosen!.name }), before);
      return [...before, { name: text, scenarios: setNamed(chosen!.name, before).scenarios }];
    });
    take(text);
    return t("sets.copied", { name: text });
  };
  const rename = async (): Promise<string> => {
    let text = "";
    await save((before) => {
      text = checkedName(name, before, chosen!.name);
      return before.map((one) => (one.name === chosen!.name ? { ...one, name: text } : one));
    });
    take(text);
    return t("sets.renamed", { name: text });
  };
  const remove = async (): Promise<string> => {
    const { name: gone, last } = chosen!;
    await save((before) => before.filter((one) => one.name !== gone));
    change("set", "");
    change("set-name", "");
    return t(last ? "sets.deleted-rows" : "sets.deleted", { name: gone, sheet: last?.rows ?? "" });
  };
  const note = async (): Promise<string> => {
    const fresh = needed(await read());
    const { name: own, scenarios, last } = await chosenNow();
    const results = await resultsOf(fresh.base, scenarios, setRunning).finally(() => setRunning(undefined));
    if ("done" in results) return t("scenarios.stopped", { done: results.done, total: results.total });
    if (results[0]!.refusal) throw new Refusal("value", results[0]!.refusal);
    const sheet = await keepRows(host, last?.rows ?? t("sets.rows-sheet", { name: own }), fresh.base);
    const totals = results.map(({ refusal, total, paid }) => (refusal ? undefined : { total, paid }));
    await save((before) =>
      before.map((one) =>
        one.name === own ? { ...one, last: { rows: sheet, totals: totalsFor(one.scenarios, scenarios, totals) } } : one,
      ),
    );
    return t("sets.noted-done", { name: own, sheet });
  };
  const compare = async (): Promise<string> => {
    const fresh = needed(await read());
    const { name: own, scenarios, last } = await chosenNow();
    if (!last) throw notRun(own);
    const then = await keptRows(host, last.rows);
    study.start({ asked, then, now: fresh.base, scenarios, last: last.totals });
    return "";
  };

  const overview = useMemo(() => sideBySide(sets, t), [sets, t]);
  const compared = progress.kind === "done" && progress.value.order.asked === asked ? progress.value : undefined;
  return (
    <>
      {chosen && (
        <ChoiceField
          label={t("sets.set")}
          value={chosen.name}
          options={sets.map((one) => [one.name, setLabel(one, t, language)] as const)}
          onValue={take}
        />
      )}
      <Field size="small" label={t("sets.name")}>
        <Input size="small" value={name} onChange={(_, { value }) => change("set-name", value)} />
      </Field>
      <div className={styles.bar}>
        <Button size="small" disabled={busy} onClick={() => attempt(store)}>
          {t("sets.save")}
        </Button>
        {chosen && (
          <>
            <Button size="small" disabled={busy} onClick={() => attempt(open)}>
              {t("sets.open")}
            </Button>
            <Button size="small" disabled={busy} onClick={() => attempt(copy)}>
              {t("sets.copy")}
            </Button>
            <Button size="small" disabled={busy || name.trim() === chosen.name} onClick={() => attempt(rename)}>
              {t("sets.rename")}
            </Button>
            <Button size="small" disabled={busy} onClick={() => attempt(remove)}>
              {t("sets.delete")}
            </Button>
          </>
        )}
      </div>
      {chosen && (
        <div className={styles.bar}>
          <Button disabled={busy || !ready} onClick={() => attempt(note)}>
            {t("sets.note")}
          </Button>
          <Button
            disabled={busy || !ready || !chosen.last || progress.kind === "running"}
            onClick={() => attempt(compare)}
          >
            {t("sets.compare")}
          </Button>
        </div>
      )}
      {running && (
        <Button size="small" icon={<StopRegular />} onClick={running.stop}>
          {t("scenarios.stop")}
        </Button>
      )}
      <div role="status">
        {busy && (
          <Text size={200}>
            {running ? t("scenarios.progress", { done: running.done, total: running.total }) : t("sets.busy")}
          </Text>
        )}
        {said && <Text size={200}>{said}</Text>}
      </div>
      {error !== undefined && <Wrong error={error} />}
      <UnderWay progress={progress} stop={study.stop} />
      {compared && (
        <OfBase base={compared.order.now} onAgain={() => attempt(compare)}>
          <FoundReport
            host={host}
            name={t("sets.moved")}
            base={compared.order.now}
            build={(spoken) => movedSections(compared.answer, t, spoken)}
          />
        </OfBase>
      )}
      {overview.head.length > 1 && (
        <>
          <SectionViews sections={[overview]} />
          <SheetButton
            host={host}
            label={t("sets.insert-side")}
            build={() => reportSheet(t("sets.side-by-side"), [t("sets.side-by-side")], [overview])}
          />
        </>
      )}
    </>
  );
}

interface Stopped {
  readonly done: number;
  readonly total: number;
}

interface Running extends Stopped {
  readonly stop: () => void;
}

/** The base and each scenario; how far it came where the user stops it. @throws Refusal that of the runner */
const resultsOf = (
  base: Base,
  scenarios: ScenarioSet["scenarios"],
  onPart: (running: Running) => void,
): Promise<readonly ScenarioResult[] | Stopped> =>
  new Promise((resolve, reject) => {
    const results: ScenarioResult[] = [];
    let done = 0;
    const total = scenarios.length + 1;
    const part = (): void => onPart({ done, total, stop });
    const end = run(
      { base, scenarios, perRow: false },
      {
        onResult: (place, result) => {
          results[place] = result;
          if (++done % SHOWN_EVERY === 0) part();
        },
        onDone: () => resolve(results),
        onFailed: reject,
      },
    );
    const stop = (): void => {
      end();
      resolve({ done, total });
    };
    part();
  });

const SHOWN_EVERY = 10;
