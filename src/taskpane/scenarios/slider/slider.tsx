/** A slider over one lever: the total of all rows follows the finger, exact to the fen. */
import { Button, Field, makeStyles, Slider, Text } from "@fluentui/react-components";
import { AddRegular, PlayRegular } from "@fluentui/react-icons";
import { useEffect, useId, useMemo, useState } from "react";
import type { Workbook } from "../../../host/workbook";
import {
  changesAt,
  evenSteps,
  leverRange,
  leversOf,
  leverWords,
  Refusal,
  type Entry,
  type Lever,
} from "../../../rules";
import { scenariosVerdict } from "../../../writers/verdict";
import { usePane } from "../../context";
import { useWords } from "../../words";
import { ChoiceField } from "../../parts/fields";
import { FigureTable } from "../../parts/figure-table";
import { count, figureWords, money } from "../../parts/figure";
import { useOngoing } from "../../parts/ongoing";
import { Wrong } from "../../parts/refused";
import { Verdict } from "../../parts/verdict";
import type { BaseTable } from "../base";
import { useScenarioForm } from "../form";
import { OfBase } from "../of-base";
import { EndFields } from "../sensitivity/fields";
import { endFields, ID, plansOf, readEnd } from "../sensitivity/form";
import { leverName } from "../sensitivity/table";
import { rowsOf } from "../table";
import { liveOf, type LivePosition, type LiveState } from "./live";

const useStyles = makeStyles({
  fields: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(132px, 1fr))",
    gap: "8px",
    alignItems: "start",
  },
  bar: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "center", margin: "8px 0" },
  slider: { width: "100%" },
});

export interface Props {
  readonly host: Workbook;
  /** What the rows are: totals of others are not shown as theirs. */
  readonly about: string;
  readonly entries: readonly Entry[];
  /** Reads the base anew: the workbook may have changed since it was shown. */
  readonly read: () => Promise<BaseTable | undefined>;
}

export default function LeverSlider({ host, about, entries, read }: Props) {
  const styles = useStyles();
  const t = useWords();
  const { claim, language, typed: all, type } = usePane();
  const typed = all[ID] ?? {};
  const plans = useMemo(() => plansOf(entries, claim), [entries, claim]);
  const levers = leversOf(plans);
  const lever = levers.find((one) => one === typed["slider-lever"]) ?? levers[0];
  const live = liveOf(host);
  const state = useOngoing(live);
  const [reading, setReading] = useState(false);
  const [refused, setRefused] = useState<unknown>();
  // The rows are kept ready only while one looks at them.
  useEffect(() => live.stop, [live]);
  const start = async () => {
    setRefused(undefined);
    setReading(true);
    try {
      const fresh = await read();
      if (fresh) live.start({ asked: about, base: fresh.base });
    } catch (error) {
      setRefused(error);
    } finally {
      setReading(false);
    }
  };
  if (!lever) return <Text size={200}>{t("sensitivity.base-first")}</Text>;
  const { from, to } = endFields(typed, lever, plans);
  return (
    <>
      <ChoiceField
        label={t("slider.lever")}
        value={lever}
        options={levers.map((one) => [one, leverName(one, t, language)] as const)}
        onValue={(value) => type(ID, "slider-lever", value)}
      />
      <div className={styles.fields}>
        <EndFields lever={lever} typed={typed} plans={plans} onType={(field, value) => type(ID, field, value)} />
      </div>
      <div className={styles.bar}>
        <Button icon={<PlayRegular />} disabled={reading || state.kind === "preparing"} onClick={() => void start()}>
          {t(state.kind === "ready" ? "slider.again" : "slider.start")}
        </Button>
        {(reading || state.kind === "preparing") && (
          <Text size={200} role="status">
            {t("slider.preparing")}
          </Text>
        )}
      </div>
      {refused !== undefined && <Wrong error={refused} />}
      {state.kind === "failed" && <Wrong error={state.error} />}
      {state.kind === "ready" && state.order.asked === about && (
        <OfBase base={state.order.base} onAgain={() => void start()}>
          <Track key={`${lever} ${from} ${to}`} lever={lever} from={from} to={to} state={state} host={host} />
        </OfBase>
      )}
    </>
  );
}

interface TrackProps {
  readonly host: Workbook;
  readonly lever: Lever;
  readonly from: string;
  readonly to: string;
  readonly state: Extract<LiveState, { kind: "ready" }>;
}

function Track({ host, lever, from, to, state }: TrackProps) {
  const styles = useStyles();
  const t = useWords();
  const { language } = usePane();
  const { rows, setRows } = useScenarioForm();
  const [added, setAdded] = useState<string>();
  const id = useId();
  const steps = useMemo(() => {
    try {
      return evenSteps(lever, readEnd(lever, from), readEnd(lever, to));
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }, [lever, from, to]);
  const [moved, setPlace] = useState<number>();
  // What was answered before this slider was there is another lever's.
  const [others] = useState(state.at);
  if (steps instanceof Refusal) return <Wrong error={steps} />;
  const place = moved ?? Math.floor((steps.first + steps.last) / 2);
  const words = leverWords(lever, steps.valueAt(place))[language];
  const positionAt = (at: number): LivePosition => {
    const value = steps.valueAt(at);
    const name = `${leverRange(lever).name[language]} ${leverWords(lever, value)[language]}`;
    return { name, changes: changesAt(lever, value) };
  };
  const { name, changes } = positionAt(place);
  const move = (next: number): void => {
    setPlace(next);
    setAdded(undefined);
    liveOf(host).move(positionAt(next));
  };
  const add = (): void => {
    setRows([...rows, ...rowsOf([{ name, ...changes }])]);
    setAdded(name);
  };
  return (
    <>
      <Field label={{ id, children: name }} hint={t("slider.hint")}>
        <Slider
          className={styles.slider}
          aria-labelledby={id}
          aria-valuetext={words}
          min={steps.first}
          max={steps.last}
          value={place}
          onChange={(_, { value: next }) => move(next)}
        />
      </Field>
      {moved !== undefined && state.at && state.at !== others && <Totals state={state} at={state.at} />}
      <div className={styles.bar}>
        <Button size="small" icon={<AddRegular />} onClick={add}>
          {t("slider.add")}
        </Button>
        <Text size={200} role="status">
          {added !== undefined && t("slider.added", { name: added })}
        </Text>
      </div>
    </>
  );
}

function Totals({
  state: { asIs },
  at,
}: {
  readonly state: TrackProps["state"];
  readonly at: NonNullable<TrackProps["state"]["at"]>;
}) {
  const t = useWords();
  const { language } = usePane();
  const { total } = at;
  if (total.refusal) return <Text size={200}>{total.refusal[language]}</Text>;
  const pooled = asIs.pools.length > 0;
  const line = (label: string, of: (one: typeof asIs) => number, figure: typeof money): string[] => [
    label,
    figureWords(figure(of(asIs)), language),
    figureWords(figure(of(total)), language),
    figureWords(figure(of(total) - of(asIs)), language),
  ];
  return (
    <>
      <Verdict words={scenariosVerdict([asIs, { ...total, name: at.name }], language)} />
      <FigureTable
        title={t("slider.title")}
        head={[t("slider.figure"), t("slider.as-is"), t("slider.here"), t("slider.difference")]}
        rows={[
          line(t("slider.total"), (one) => one.total, money),
          ...(pooled ? [line(t("slider.paid"), (one) => one.paid, money)] : []),
          line(t("slider.firms"), (one) => one.firms, count),
          line(t("slider.awards"), (one) => one.awards, count),
          ...(total.unknown || asIs.unknown ? [line(t("slider.unknown"), (one) => one.unknown, count)] : []),
        ]}
      />
    </>
  );
}
