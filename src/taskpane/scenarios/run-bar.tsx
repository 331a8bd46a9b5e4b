/** Starts and stops the runner, and shows how far it is. */
import { Button, Checkbox, Field, makeStyles, ProgressBar, Text } from "@fluentui/react-components";
import { PlayRegular, StopRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import type { ScenarioResult } from "../../rules";
import { usePane } from "../context";
import { Refused, Wrong } from "../parts/refused";
import { useOngoing } from "../parts/ongoing";
import type { Runner } from "./runner";

const useStyles = makeStyles({
  bar: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "center", margin: "4px 0" },
});

interface Props {
  readonly runner: Runner;
  /** The data and the scenarios in hand: what came of a run on others is not theirs. */
  readonly asked: string;
  readonly scenarios: number;
  readonly rows: number;
  readonly perRow: boolean;
  readonly onPerRow: (wanted: boolean) => void;
  /** The rows are being read, before a run. */
  readonly reading: boolean;
  readonly onRun: () => void;
}

export function RunBar({ runner, asked, scenarios, rows, perRow, onPerRow, reading, onRun }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const state = useOngoing(runner);
  const running = state.kind === "running";
  const ended = !reading && runner.isAbout(asked);
  return (
    <>
      <Checkbox
        size="medium"
        label={t("scenarios.per-row")}
        checked={perRow}
        onChange={(_, { checked }) => onPerRow(checked === true)}
      />
      <div className={styles.bar}>
        <Button appearance="primary" icon={<PlayRegular />} disabled={running || reading || rows === 0} onClick={onRun}>
          {t("scenarios.run", { scenarios: scenarios + 1, rows })}
        </Button>
        {running && (
          <Button icon={<StopRegular />} onClick={() => runner.stop()}>
            {t("scenarios.stop")}
          </Button>
        )}
      </div>
      {running && (
        <Field
          size="small"
          label={t("scenarios.progress", { done: state.done, total: state.total })}
          hint={state.secondsLeft === undefined ? null : t("scenarios.time-left", { n: state.secondsLeft })}
        >
          <ProgressBar value={state.done / state.total} />
        </Field>
      )}
      <div role="status">
        {reading && <Text size={200}>{t("scenarios.reading")}</Text>}
        {ended && state.kind === "stopped" && (
          <Text size={200}>{t("scenarios.stopped", { done: state.done, total: state.total })}</Text>
        )}
        {ended && state.kind === "done" && <Done results={state.results} />}
        {ended && state.kind === "failed" && <Wrong error={state.error} />}
        {!reading && !ended && state.kind === "done" && <Text size={200}>{t("scenarios.changed")}</Text>}
      </div>
    </>
  );
}

/** What came of a run: a base or scenarios that cannot be computed are no success. */
function Done({ results }: { readonly results: readonly ScenarioResult[] }) {
  const { t } = useTranslation();
  const { language } = usePane();
  const [base, ...scenarios] = results;
  const refused = scenarios.filter(({ refusal }) => refusal);
  return (
    <>
      {base!.refusal ? (
        <Refused words={t("scenarios.base-refused", { because: base!.refusal[language] })} />
      ) : (
        <Text size={200} block>
          {t("scenarios.done", { n: scenarios.length - refused.length })}
        </Text>
      )}
      {refused.length > 0 && (
        <Refused words={t("scenarios.refused", { n: refused.length, because: refused[0]!.refusal![language] })} />
      )}
      {!base!.refusal && base!.unknown > 0 && (
        <Refused words={t("scenarios.unknown-rows", { n: base!.unknown, of: base!.rows })} />
      )}
    </>
  );
}
