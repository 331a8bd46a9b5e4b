/** Several years: how claims are paid late and by instalments, and what the pools of the years pay. */
import { makeStyles, Text } from "@fluentui/react-components";
import { Fragment, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { usePane } from "../context";
import { Chart } from "../parts/chart";
import { ChoiceField, MoneyField, NumberField } from "../parts/fields";
import { Refused } from "../parts/refused";
import { UnderWay } from "../parts/under-way";
import { Verdict } from "../parts/verdict";
import { typedMoney } from "../parts/amount";
import type { FieldName, Form } from "./form";
import { capWords, inputsOf, spellingOf, type Planning } from "./planning";
import { Table } from "./table";
import { usePoolLabel, useSpoken } from "./words";
import { useWork } from "./work";
import { AHEAD, DELAYS, poolTexts, YEAR_CARRIES, yearsPlanOf, type YearsAnswer, type YearsPlan } from "./years";
import { yearsSections } from "./years-sections";

const useStyles = makeStyles({
  form: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(132px, 1fr))",
    gap: "8px",
    alignItems: "start",
  },
});

const NO_MARKS: readonly never[] = [];

interface Props {
  readonly planning: Planning;
  readonly form: Form;
  readonly onForm: (name: FieldName, value: string) => void;
}

export function YearsView({ planning, form, onForm }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const plan = useMemo(() => yearsPlanOf(form), [form]);
  const { cases } = planning;
  const { figures, claims } = planning.all;
  const cap = cases[0]?.cap;
  // The form holds more than this section: what is typed elsewhere computes nothing again.
  const key = JSON.stringify(plan.value);
  const question = useMemo(
    () => (key === undefined ? null : { figures, cap, plan: JSON.parse(key) as YearsPlan }),
    [figures, cap, key],
  );
  const [progress, stop] = useWork("years", question);
  if (!claims.dated?.length) return <Text as="p">{t("planner.years-no-dates")}</Text>;
  return (
    <>
      <div className={styles.form}>
        <ChoiceField
          label={t("planner.delay")}
          value={form.delay ?? "0"}
          options={DELAYS.map((delay) => [delay, t(`planner.delay-${delay}`)])}
          onValue={(value) => onForm("delay", value)}
        />
        {form.delay === "next" && (
          <NumberField
            label={t("planner.paid-month")}
            placeholder="3"
            value={form["paid-month"] ?? ""}
            onValue={(value) => onForm("paid-month", value)}
          />
        )}
        <NumberField
          label={t("planner.parts")}
          placeholder="50/30/20"
          hint={t("planner.parts-hint")}
          value={form.parts ?? ""}
          onValue={(value) => onForm("parts", value)}
        />
        <NumberField
          label={t("planner.unused")}
          placeholder="0%"
          hint={t("planner.unused-hint")}
          value={form.unused ?? ""}
          onValue={(value) => onForm("unused", value)}
        />
        <ChoiceField
          label={t("planner.year-carry")}
          value={form["year-carry"] ?? "lapse"}
          options={YEAR_CARRIES.map((carry) => [carry, t(`planner.year-carry-${carry}`)])}
          onValue={(value) => onForm("year-carry", value)}
        />
        <ChoiceField
          label={t("planner.ahead")}
          hint={t("planner.ahead-hint")}
          value={form.ahead ?? "0"}
          options={AHEAD.map((years) => [years, t("planner.ahead-years", { n: years })])}
          onValue={(value) => onForm("ahead", value)}
        />
        {(form.ahead ?? "0") !== "0" && (
          <NumberField
            label={t("planner.yearly-growth")}
            placeholder="0%"
            value={form["yearly-growth"] ?? ""}
            onValue={(value) => onForm("yearly-growth", value)}
          />
        )}
      </div>
      {plan.refusal && <Refused words={plan.refusal[language]} />}
      <UnderWay progress={progress} stop={stop} />
      {progress.kind === "done" && progress.value && question && (
        <YearsResult planning={planning} form={form} onForm={onForm} plan={question.plan} answer={progress.value} />
      )}
    </>
  );
}

function YearsResult({
  planning,
  form,
  onForm,
  plan,
  answer,
}: Props & { readonly plan: YearsPlan; readonly answer: YearsAnswer }) {
  const styles = useStyles();
  const words = useSpoken();
  const { t, language } = words;
  const poolLabel = usePoolLabel(planning);
  const sections = yearsSections(planning, plan, answer, capWords(planning.cases[0]!, language), words);
  const pools = poolTexts(form);
  const { months } = answer;
  const x = useMemo(
    () => ({
      label: t("planner.month"),
      values: months.map((_, k) => k),
      tick: (place: number) => months[place]?.month ?? "",
    }),
    [months, t],
  );
  const y = useMemo(
    () => ({ label: t("planner.cash-in-wan"), tick: (fen: number) => (fen / 1e6).toLocaleString("en-US") }),
    [t],
  );
  const lines = useMemo(
    () =>
      (["expected", "p50", "p90"] as const).map((name) => ({
        label: t(`planner.year-${name}`),
        values: months.map((month) => month[name]),
      })),
    [months, t],
  );
  return (
    <>
      <Verdict words={sections[0]!.verdict} />
      {sections.map(({ title, head, rows, notes, chart }, k) => (
        <Fragment key={title}>
          <Text as="h4" block weight="semibold">
            {title}
          </Text>
          <Table
            title={title}
            table={{ head, rows }}
            inputs={inputsOf(planning, poolLabel, language, notes)}
            chart={chart!.kind}
            spelling={spellingOf(planning)}
          />
          {notes.map((note) => (
            <Text key={note} size={200} block>
              {note}
            </Text>
          ))}
          {k === 1 && months.length > 1 && <Chart title={title} x={x} y={y} lines={lines} marks={NO_MARKS} />}
        </Fragment>
      ))}
      <Text as="h4" block weight="semibold">
        {t("planner.year-pools")}
      </Text>
      <div className={styles.form}>
        {answer.years.map(({ year }) => (
          <MoneyField
            key={year}
            label={t("planner.year-pool-of", { year })}
            value={pools[year] ?? typedMoney(planning.amount)}
            onValue={(value) => onForm("year-pools", JSON.stringify({ ...pools, [year]: value }))}
          />
        ))}
      </div>
    </>
  );
}
