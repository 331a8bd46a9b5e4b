/** Time: the day on which the pool runs out, and its use month by month. */
import { makeStyles, Text } from "@fluentui/react-components";
import { useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { daysVerdict, monthsVerdict } from "../../writers/verdict";
import { Facts } from "../facts";
import { dryDays, grantedBy, type TimedUse } from "./calendar";
import { wanTick } from "../parts/amount";
import { Chart } from "../parts/chart";
import { ChoiceField } from "../parts/fields";
import type { Progress } from "../parts/long-work";
import { money, share } from "../parts/figure";
import type { FieldName, Form } from "./form";
import { inputsOf, capWords, spellingOf, type Planning } from "./planning";
import { CARRIES, type Carry, type CapCase } from "./pool";
import { Table } from "./table";
import { frequencyError, monthsNotes, timeNote } from "./tables";
import { UnderWay } from "../parts/under-way";
import { Answer, Verdict } from "../parts/verdict";
import { useWork } from "./work";
import { useGround, usePoolLabel, useSpoken } from "./words";

interface Props {
  readonly planning: Planning;
  readonly form: Form;
  readonly onForm: (name: FieldName, value: string) => void;
  /** Under the present cap, and how it is stopped. */
  readonly time: Progress<TimedUse | undefined>;
  readonly stopTime: () => void;
}

export function CalendarView({ planning, onForm, time, stopTime }: Props) {
  const { t } = useTranslation();
  const { all, cases, carry } = planning;
  if (!all.claims.dated?.length) return <Text as="p">{t("planner.no-dates")}</Text>;
  return (
    <>
      <Answer>
        <UnderWay progress={time} stop={stopTime} />
        {time.kind === "done" && time.value && <TimeVerdict planning={planning} carry={carry} timed={time.value} />}
      </Answer>
      <ChoiceField
        label={t("planner.carry")}
        hint={t("planner.carry-hint")}
        value={carry}
        options={CARRIES.map((value) => [value, t(`planner.carry-${value}`)])}
        onValue={(value) => onForm("carry", value)}
      />
      {cases.map((capCase, k) => {
        const of = { planning, capCase, carry };
        return k === 0 ? <CaseTime key={capCase.id} {...of} progress={time} /> : <OtherTime key={capCase.id} {...of} />;
      })}
    </>
  );
}

interface CaseProps {
  readonly planning: Planning;
  readonly capCase: CapCase;
  readonly carry: Carry;
}

/** When the pool runs out under a cap; null while nobody asks. */
export function useTime(planning: Planning | undefined, cap: number | undefined, carry: Carry) {
  const { all, uncertain = false } = planning ?? {};
  const figures = all?.figures;
  const question = useMemo(
    () => (figures ? { figures, uncertain, cap, carry } : null),
    [figures, uncertain, cap, carry],
  );
  return useWork("time", question);
}

function OtherTime(props: CaseProps) {
  const [progress, stop] = useTime(props.planning, props.capCase.cap, props.carry);
  return (
    <>
      <UnderWay progress={progress} stop={stop} />
      <CaseTime
        {...props}
        progress={progress}
        verdict={(timed) => <TimeVerdict planning={props.planning} carry={props.carry} timed={timed} />}
      />
    </>
  );
}

/** When the pool runs out, in one sentence. */
function TimeVerdict({ planning, carry, timed }: Pick<CaseProps, "planning" | "carry"> & { readonly timed: TimedUse }) {
  const ground = useGround(planning);
  return (
    <Verdict
      words={
        "months" in timed
          ? monthsVerdict(ground, timed, carry !== "once")
          : daysVerdict(ground, dryDays(planning, timed.use, timed.days))
      }
    />
  );
}

function CaseTime({
  planning,
  capCase,
  carry,
  progress,
  verdict,
}: CaseProps & {
  readonly progress: Progress<TimedUse | undefined>;
  /** Of a cap that is not the present one: that stands above. */
  readonly verdict?: (timed: TimedUse) => ReactNode;
}) {
  const words = useSpoken();
  return (
    <>
      {progress.kind === "done" && progress.value && (
        <>
          {verdict?.(progress.value)}
          <Text size={200} block>
            {timeNote(progress.value, words)}
          </Text>
          {"months" in progress.value ? (
            <AverageResult planning={planning} capCase={capCase} carry={carry} average={progress.value} />
          ) : (
            <TimeResult planning={planning} capCase={capCase} carry={carry} timed={progress.value} />
          )}
          <PaidSoFar planning={planning} carry={carry} timed={progress.value} />
        </>
      )}
    </>
  );
}

const useStyles = makeStyles({ title: { margin: "8px 0 4px" } });

/** Chances of which the first month is named: one, five and nine years of ten. */
const CHANCES = [0.1, 0.5, 0.9] as const;

function AverageResult({
  planning,
  capCase,
  carry,
  average,
}: CaseProps & { readonly average: Extract<TimedUse, { months: unknown }> }) {
  const styles = useStyles();
  const words = useSpoken();
  const { t, language } = words;
  const { years, months } = average;
  const poolLabel = usePoolLabel(planning);
  const title = t("planner.of", { what: t("planner.months"), words: capWords(capCase, language) });
  const last = months.at(-1)!;
  const named = [...new Set([...CHANCES.map((chance) => months.find(({ dry }) => dry >= chance)), last])];
  const table = {
    head: ["month", "month-claimed", "month-paid", "month-closing", "dry-chance"].map((name) =>
      t(`planner.${name}` as "planner.month"),
    ),
    rows: months.map(({ month, claimed, paid, closing, dry }) => ({
      label: month,
      figures: [...[claimed, paid, closing].map(money), share(dry)],
    })),
  };
  const notes = monthsNotes(average, carry, words);
  return (
    <>
      <Text as="h4" block weight="semibold" className={styles.title}>
        {title}
      </Text>
      {named.map(
        (month) =>
          month && (
            <Text key={month.month} size={200} block>
              {t("planner.dry-by", { month: month.month, n: (month.dry * 10).toFixed(1) }) +
                (years === undefined
                  ? ""
                  : t("planner.dry-error", { error: (10 * frequencyError(month.dry, years)).toFixed(2) }))}
            </Text>
          ),
      )}
      <Table
        title={title}
        table={table}
        inputs={inputsOf(planning, poolLabel, language, notes)}
        chart="column"
        spelling={spellingOf(planning)}
      />
    </>
  );
}

function TimeResult({
  planning,
  capCase,
  carry,
  timed: { use, days },
}: CaseProps & { readonly timed: Exclude<TimedUse, { months: unknown }> }) {
  const styles = useStyles();
  const words = useSpoken();
  const { t, language } = words;
  const poolLabel = usePoolLabel(planning);
  const title = t("planner.of", { what: t("planner.months"), words: capWords(capCase, language) });
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
  const inputs = inputsOf(planning, poolLabel, language, monthsNotes({ use, days }, carry, words));
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
                : t("planner.run-out-days", { p10: days.p10!, p50: days.p50, p90: days.p90! }) +
                  (days.method === "drawn" ? t("planner.drawn") : "")),
          ],
        ]}
      />
      <Table title={title} table={table} inputs={inputs} chart="column" spelling={spellingOf(planning)} />
    </>
  );
}

/** What is paid by the end of each month, and the money that there is by then; nothing to draw of one month. */
function PaidSoFar({
  planning: {
    all: { figures },
  },
  carry,
  timed,
}: Pick<CaseProps, "planning" | "carry"> & { readonly timed: TimedUse }) {
  const { t } = useTranslation();
  const { x, y, lines } = useMemo(() => {
    const months = "months" in timed ? timed.months : timed.use.months;
    let sofar = 0;
    const paid =
      "months" in timed
        ? ([
            ["paid", timed.months.map(({ cumulative }) => cumulative.mean)],
            ["p10", timed.months.map(({ cumulative }) => cumulative.p10)],
            ["p90", timed.months.map(({ cumulative }) => cumulative.p90)],
          ] as const)
        : ([["paid", timed.use.months.map((month) => (sofar += month.paid))]] as const);
    return {
      x: { label: t("planner.month"), values: months.map((_, k) => k), tick: (k: number) => months[k]?.month ?? "" },
      y: { label: t("planner.cumulative-in-wan"), tick: wanTick },
      lines: [...paid, ["granted", grantedBy(months, figures, carry)] as const].map(([name, values]) => ({
        label: t(`planner.cumulative-${name}`),
        values,
      })),
    };
  }, [timed, figures, carry, t]);
  if (x.values.length < 2) return null;
  return (
    <>
      <Chart title={t("planner.cumulative")} x={x} y={y} lines={lines} />
      {"months" in timed && (
        <Text size={200} block>
          {t("planner.band")}
        </Text>
      )}
    </>
  );
}
