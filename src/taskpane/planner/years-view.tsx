/** Several years: how claims are paid late and by instalments, and what the pools of the years pay. */
import { Text } from "@fluentui/react-components";
import { Fragment, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Chart } from "../parts/chart";
import { ChoiceField, MoneyField, NumberField } from "../parts/fields";
import { FormGrid } from "../parts/form-grid";
import { Refused } from "../parts/refused";
import { UnderWay } from "../parts/under-way";
import { Answer, Verdict } from "../parts/verdict";
import { typedMoney, wanTick } from "../parts/amount";
import { useFields, type FieldName, type Form } from "./form";
import { capWords, inputsOf, spellingOf, type Planning } from "./planning";
import { Table } from "./table";
import { yearCarryOf, yearPoolTexts, YEAR_CARRIES } from "./pool";
import { usePoolLabel, useSpoken } from "./words";
import { useWork } from "./work";
import { AHEAD, DELAYS, YEAR_FIELDS, yearsPlanOf, type BudgetYear, type YearsAnswer } from "./years";
import { yearsSections } from "./years-sections";

interface Props {
  readonly planning: Planning;
  readonly form: Form;
  readonly onForm: (name: FieldName, value: string) => void;
}

export function YearsView({ planning, form, onForm }: Props) {
  const words = useSpoken();
  const { t, language } = words;
  // The form holds more than this section: what is typed elsewhere computes nothing again.
  const own = useFields(form, [...YEAR_FIELDS, "carry"]);
  const { value: plan, refusal } = useMemo(() => yearsPlanOf(own), [own]);
  const { cases } = planning;
  const { figures, claims } = planning.all;
  const cap = cases[0]?.cap;
  const refused = refusal ?? planning.poolsRefusal;
  const question = useMemo(() => (plan && !refused ? { figures, cap, plan } : null), [figures, cap, plan, refused]);
  const [progress, stop] = useWork("years", question);
  // Those of the last answer: the fields of their pools stay while they are typed into and the next answer is computed.
  const [years, setYears] = useState<readonly BudgetYear[]>([]);
  if (progress.kind === "done" && progress.value && progress.value.years !== years) setYears(progress.value.years);
  if (!claims.dated?.length) return <Text as="p">{t("planner.years-no-dates")}</Text>;
  const sections =
    progress.kind === "done" && progress.value && plan
      ? yearsSections(planning, plan, progress.value, capWords(cases[0]!, language), words)
      : undefined;
  return (
    <>
      <Answer>
        {refused && <Refused words={refused[language]} />}
        <UnderWay progress={progress} stop={stop} />
        {sections && <Verdict words={sections[0]!.verdict} />}
      </Answer>
      <FormGrid>
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
          value={yearCarryOf(form)}
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
      </FormGrid>
      {years.length > 0 && <YearPools years={years} planning={planning} form={form} onForm={onForm} />}
      {sections && progress.kind === "done" && progress.value && (
        <YearsResult planning={planning} sections={sections} answer={progress.value} />
      )}
    </>
  );
}

/** The pool of each year, where it is not the usual one. */
function YearPools({ years, planning, form, onForm }: Props & { readonly years: readonly BudgetYear[] }) {
  const { t } = useTranslation();
  const pools = yearPoolTexts(form);
  return (
    <>
      <Text as="h4" block weight="semibold">
        {t("planner.year-pools")}
      </Text>
      <FormGrid>
        {years.map(({ year }) => (
          <MoneyField
            key={year}
            label={t("planner.year-pool-of", { year })}
            value={pools[year] ?? typedMoney(planning.all.figures.amount)}
            onValue={(value) => onForm("year-pools", JSON.stringify({ ...pools, [year]: value }))}
          />
        ))}
      </FormGrid>
    </>
  );
}

interface ResultProps extends Pick<Props, "planning"> {
  readonly sections: ReturnType<typeof yearsSections>;
  readonly answer: YearsAnswer;
}

function YearsResult({ planning, sections, answer }: ResultProps) {
  const { t, language } = useSpoken();
  const poolLabel = usePoolLabel(planning);
  const { months } = answer;
  const x = useMemo(
    () => ({
      label: t("planner.month"),
      values: months.map((_, k) => k),
      tick: (place: number) => months[place]?.month ?? "",
    }),
    [months, t],
  );
  const y = useMemo(() => ({ label: t("planner.cash-in-wan"), tick: wanTick }), [t]);
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
          {k === 1 && months.length > 1 && <Chart title={title} x={x} y={y} lines={lines} />}
        </Fragment>
      ))}
    </>
  );
}
