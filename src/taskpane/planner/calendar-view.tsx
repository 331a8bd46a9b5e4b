/** Time: the day on which the pool runs out, and its use month by month. */
import { makeStyles, Text } from "@fluentui/react-components";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { usePane } from "../context";
import { Facts } from "../facts";
import { CARRIES, type Carry, type TimedUse } from "./calendar";
import { ChoiceField } from "./fields";
import { money } from "./figure";
import type { FieldName, Form } from "./form";
import { inputsOf, scenarioWords, spellingOf, type Planning } from "./planning";
import type { Scenario } from "./pool";
import { Table } from "./table";
import { UnderWay } from "./under-way";
import { useWork } from "./work";
import { usePoolLabel } from "./words";

interface Props {
  readonly planning: Planning;
  readonly form: Form;
  readonly onForm: (name: FieldName, value: string) => void;
}

export function CalendarView({ planning, form, onForm }: Props) {
  const { t } = useTranslation();
  const { claims, pool, scenarios } = planning;
  if (!claims.dated?.length) return <Text as="p">{t("planner.no-dates")}</Text>;
  const yearly = pool.entry?.instrument.budget?.per === "year";
  const carry = CARRIES.find((known) => known === form.carry) ?? (yearly ? "lapse" : "once");
  return (
    <>
      <ChoiceField
        label={t("planner.carry")}
        hint={t("planner.carry-hint")}
        value={carry}
        options={CARRIES.map((value) => [value, t(`planner.carry-${value}`)])}
        onValue={(value) => onForm("carry", value)}
      />
      {scenarios.map((scenario) => (
        <ScenarioTime key={scenario.id} planning={planning} scenario={scenario} carry={carry} />
      ))}
    </>
  );
}

interface ScenarioProps {
  readonly planning: Planning;
  readonly scenario: Scenario;
  readonly carry: Carry;
}

function ScenarioTime({ planning, scenario, carry }: ScenarioProps) {
  const question = useMemo(() => ({ planning, scenario, carry }), [planning, scenario, carry]);
  const [progress, stop] = useWork("time", question);
  return (
    <>
      <UnderWay progress={progress} stop={stop} />
      {progress.kind === "done" && progress.value && (
        <TimeResult planning={planning} scenario={scenario} carry={carry} timed={progress.value} />
      )}
    </>
  );
}

const useStyles = makeStyles({ title: { margin: "8px 0 4px" } });

function TimeResult({ planning, scenario, carry, timed: { use, days } }: ScenarioProps & { readonly timed: TimedUse }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const poolLabel = usePoolLabel(planning);
  const title = t("planner.of", { what: t("planner.months"), words: scenarioWords(scenario, language) });
  const never = t("planner.never-empty");
  const lapses = use.months.some(({ lapsed }) => lapsed > 0);
  const table = {
    head: [
      t("planner.month"),
      t("planner.month-claimed"),
      t("planner.month-paid"),
      ...(lapses ? [t("planner.month-lapsed")] : []),
      t("planner.month-closing"),
    ],
    rows: use.months.map(({ month, claimed, paid, lapsed, closing }) => ({
      label: month,
      figures: [claimed, paid, ...(lapses ? [lapsed] : []), closing].map(money),
    })),
  };
  const inputs = inputsOf(planning, poolLabel, language, [t(`planner.carry-${carry}`), t("planner.by-day")]);
  return (
    <>
      <Text as="h4" block weight="semibold" className={styles.title}>
        {title}
      </Text>
      <Facts
        facts={[
          [t("planner.empty-on"), use.emptyOn ?? never],
          [t("planner.short-on"), use.shortOn ?? t("planner.never-short")],
          [
            t("planner.order-of-claims"),
            days &&
              (days.p50 === null
                ? never
                : t("planner.run-out-days", { p10: days.p10, p50: days.p50, p90: days.p90 }) +
                  (days.method === "drawn" ? t("planner.drawn") : "")),
          ],
        ]}
      />
      <Table title={title} table={table} inputs={inputs} chart="column" spelling={spellingOf(planning)} />
    </>
  );
}
