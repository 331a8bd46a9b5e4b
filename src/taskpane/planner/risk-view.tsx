/** Risk: how likely the pool is to run out, what it must hold for a chosen risk, and the curve between the two. */
import { makeStyles, MessageBar, MessageBarBody, Text } from "@fluentui/react-components";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { formatYuan } from "../../rules";
import { mostlyAfter, riskVerdict, togetherVerdict } from "../../writers/verdict";
import { usePane } from "../context";
import { wanTick } from "../parts/amount";
import { Chart } from "../parts/chart";
import { ChoiceField, NumberField } from "../parts/fields";
import { figureWords, money, percentWords, share } from "../parts/figure";
import { FormGrid } from "../parts/form-grid";
import type { FieldName, Form } from "./form";
import type { AverageMonth } from "./known-use";
import { inputsOf, capWords, heldIn, spellingOf, type Planning } from "./planning";
import type { RiskCurves } from "./risk";
import { CopyToSheet, Table } from "./table";
import { UnderWay } from "../parts/under-way";
import { Answer, Verdict } from "../parts/verdict";
import { useWork } from "./work";
import { capHead, FUNCTION_RISK, knowsRisk, riskNotes, riskTable } from "./tables";
import { useGround, usePoolLabel, useSpoken } from "./words";

const RISKS = ["0.01", "0.05", "0.1", "0.2"] as const;
/** Probabilities fill their axis: a flat line is flat at its height. */
const WHOLE = [0, 1] as const;

const useStyles = makeStyles({
  answer: { display: "block", margin: "8px 0" },
});

interface Props {
  readonly planning: Planning;
  readonly form: Form;
  readonly onForm: (name: FieldName, value: string) => void;
  /** In which months the pool runs dry, where it does and once it is known. */
  readonly months: readonly AverageMonth[] | undefined;
}

export function RiskView({ planning, form, onForm, months }: Props) {
  const { t } = useTranslation();
  const { language } = usePane();
  const risk = form.risk ?? String(FUNCTION_RISK);
  const { figures, growthRefusal } = planning;
  const question = useMemo(
    () => (growthRefusal ? null : { figures, risk: Number(risk) }),
    [figures, growthRefusal, risk],
  );
  const [progress, stop] = useWork("risk", question);
  const after = months && mostlyAfter(months, planning.year);
  const ground = useGround(planning);
  const done = progress.kind === "done" ? progress.value : undefined;
  return (
    <>
      <Answer>
        <UnderWay progress={progress} stop={stop} />
        {done && <Verdict words={riskVerdict(ground, done.cases[0]!, Number(risk), after)} />}
        {done?.apart && <Verdict words={togetherVerdict(ground, done.cases[0]!, done.apart, Number(risk))} />}
      </Answer>
      <FormGrid>
        <ChoiceField
          label={t("planner.accepted-risk")}
          value={risk}
          options={RISKS.map((value) => [value, t(`planner.risk-${value}`)])}
          onValue={(value) => onForm("risk", value)}
        />
        <NumberField
          label={t("planner.growth")}
          placeholder="1"
          hint={t("planner.growth-hint")}
          value={form.growth ?? ""}
          refusal={growthRefusal?.[language]}
          onValue={(value) => onForm("growth", value)}
        />
        <NumberField
          label={t("planner.growth-within")}
          placeholder="±0%"
          hint={t("planner.growth-within-hint")}
          value={form["growth-within"] ?? ""}
          onValue={(value) => onForm("growth-within", value)}
        />
        {form["growth-spread"] && (
          <NumberField
            label={t("planner.growth-spread")}
            placeholder="0"
            hint={t("planner.spread-hint")}
            value={form["growth-spread"]}
            onValue={(value) => onForm("growth-spread", value)}
          />
        )}
      </FormGrid>
      {done && <RiskResult planning={planning} risk={risk} result={done} />}
    </>
  );
}

interface ResultProps {
  readonly planning: Planning;
  readonly risk: string;
  readonly result: RiskCurves;
}

function RiskResult({ planning, risk, result }: ResultProps) {
  const styles = useStyles();
  const words = useSpoken();
  const { t, language } = words;
  const poolLabel = usePoolLabel(planning);
  const { cases, amount } = planning;
  const curve = {
    head: capHead(t("planner.pool-size"), planning, language),
    rows: result.sizes.map((size, k) => ({
      label: money(size),
      figures: result.curves.map((values) => share(values[k]!)),
    })),
  };
  const held = heldIn(planning);
  const inputs = inputsOf(planning, poolLabel, language, riskNotes(planning, words));
  const x = useMemo(() => ({ label: t("planner.pool-in-wan"), values: result.sizes, tick: wanTick }), [t, result]);
  const y = useMemo(
    () => ({ label: t("planner.runs-out"), tick: (value: number) => `${Math.round(value * 100)}%`, range: WHOLE }),
    [t],
  );
  const lines = useMemo(
    () => result.curves.map((values, k) => ({ label: capWords(cases[k]!, language), values })),
    [result, cases, language],
  );
  const marks = useMemo(() => [{ at: amount, label: t("planner.present-pool") }], [t, amount]);
  return (
    <>
      {held > 0 && (
        <Text size={200} block>
          {t("planner.held-at-certain", { n: held })}
        </Text>
      )}
      {!planning.uncertain && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t("planner.certain")}</MessageBarBody>
        </MessageBar>
      )}
      {result.cases.map(({ runsOut, poolForRisk }, k) => (
        <Text key={k} className={styles.answer}>
          {t("planner.risk-answer", {
            scenario: capWords(cases[k]!, language),
            risk: percentWords(Number(risk)),
            pool: formatYuan(poolForRisk),
            amount: formatYuan(amount),
            now: figureWords(share(runsOut), language),
          })}
        </Text>
      ))}
      <Table
        title={t("planner.risk")}
        table={riskTable(planning, Number(risk), result, words)}
        inputs={inputs}
        spelling={spellingOf(planning)}
      />
      {planning.uncertain && (
        <Text size={200} block>
          {t("planner.percentiles")}
        </Text>
      )}
      <Chart title={t("planner.risk-curve")} x={x} y={y} lines={lines} marks={marks} />
      <CopyToSheet title={t("planner.risk-curve")} table={curve} inputs={inputs} chart="line" />
      {!knowsRisk(planning) && (
        <Text size={200} block>
          {t("planner.no-risk-formula")}
        </Text>
      )}
    </>
  );
}
