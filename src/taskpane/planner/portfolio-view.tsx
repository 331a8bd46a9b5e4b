/** Portfolio: the pools of the jurisdiction in one table, and what moving money between two of them does. */
import { makeStyles, Text } from "@fluentui/react-components";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatYuan, moveMoney, type Entry, type Portfolio } from "../../rules";
import { usePane } from "../context";
import { isUnit, readMoney, type Unit } from "./amount";
import { ChoiceField, MoneyField } from "./fields";
import { money, share, type Figure } from "./figure";
import { formOf } from "./form";
import { attempt, planningOf, type Planning } from "./planning";
import { poolIn } from "./pool";
import { togetherOf, type Together } from "./portfolio";
import { useReadings } from "./reading";
import { Refused } from "./refused";
import type { FigureTable, Inputs } from "./sheet";
import { Table } from "./table";
import { UnderWay } from "./under-way";
import { useWork } from "./work";

const useStyles = makeStyles({
  form: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(132px, 1fr))", gap: "8px", marginTop: "8px" },
});

interface Ready {
  readonly name: string;
  readonly planning: Planning;
}

export function PortfolioView({ pools }: { readonly pools: readonly Entry[] }) {
  const { t } = useTranslation();
  const { host, typed, claim, language } = usePane();
  const forms = useMemo(() => pools.map(({ instrument }) => formOf(typed, instrument.id)), [pools, typed]);
  const { list, stop } = useReadings(host, forms);
  const ready = useMemo(
    () =>
      pools.flatMap((entry, k): Ready[] => {
        const reading = list[k]!;
        if (reading.kind !== "ready") return [];
        const planning = planningOf(poolIn(forms[k]!, entry, claim), forms[k]!, reading.claims);
        return planning ? [{ name: entry.instrument.name[language], planning }] : [];
      }),
    [pools, forms, list, claim, language],
  );
  const start = useCallback(() => togetherOf(ready), [ready]);
  const [progress, stopWork] = useWork(ready.length ? start : null);
  const missing = pools.filter((_, k) => list[k]!.kind !== "ready");
  const failed = list.find((reading) => reading.kind === "failed");
  return (
    <>
      <Text as="p" size={200}>
        {t("planner.portfolio-how")}
      </Text>
      {missing.length > 0 && (
        <Text as="p" size={200}>
          {t("planner.portfolio-missing", {
            pools: missing.map(({ instrument }) => instrument.name[language]).join("、"),
          })}
        </Text>
      )}
      {list.some(({ kind }) => kind === "reading") && <UnderWay progress={{ kind: "running", part: 0 }} stop={stop} />}
      {failed?.kind === "failed" && <UnderWay progress={failed} stop={stop} />}
      <UnderWay progress={progress} stop={stopWork} />
      {progress.kind === "done" && <TogetherResult together={progress.value} />}
    </>
  );
}

const outlook = (pool: { amount: number; expected: number; p90: number; runsOut: number }): Figure[] => [
  money(pool.amount),
  money(pool.expected),
  money(pool.p90),
  share(pool.runsOut),
  money(pool.amount - pool.expected),
  money(pool.amount - pool.p90),
];

function TogetherResult({ together: { portfolio, asOne } }: { readonly together: Together }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const [from, setFrom] = useState(0);
  const [to, setTo] = useState(1);
  const [words, setWords] = useState<{ text: string; unit: Unit }>({ text: "", unit: "wan" });
  const moved = attempt(() => readMoney(words.text, words.unit));
  const names = portfolio.pools.map(({ name }, k) => [String(k), name] as const);
  const inputs: Inputs = {
    pool: { label: t("planner.all-pools"), fen: asOne.amount },
    caps: [],
    notes: [t("planner.independent")],
  };
  const head = ["pool", "amount", "expected", "p90", "runs-out", "slack", "spare"] as const;
  const headings = head.map((name) => t(`planner.portfolio-${name}`));
  const table = (pools: Portfolio["pools"]): FigureTable => ({
    head: headings,
    rows: pools.map((pool) => ({ label: pool.name, figures: outlook(pool) })),
  });
  const whole = table(portfolio.pools);
  const after = attempt(() =>
    moved.value === undefined || from === to ? undefined : moveMoney(portfolio, from, to, moved.value),
  );
  const spelling = { pool: "", caps: [] };
  return (
    <>
      <Table
        title={t("planner.portfolio")}
        table={{ ...whole, rows: [...whole.rows, { label: t("planner.as-one"), figures: outlook(asOne) }] }}
        inputs={inputs}
        spelling={spelling}
      />
      {portfolio.pools.length > 1 && (
        <>
          <div className={styles.form}>
            <ChoiceField
              label={t("planner.move-from")}
              value={String(from)}
              options={names}
              onValue={(k) => setFrom(Number(k))}
            />
            <ChoiceField
              label={t("planner.move-to")}
              value={String(to)}
              options={names}
              onValue={(k) => setTo(Number(k))}
            />
          </div>
          <MoneyField
            label={t("planner.moved")}
            money={{ ...words, fen: moved.value, refusal: moved.refusal }}
            onText={(text) => setWords({ ...words, text })}
            onUnit={(unit) => isUnit(unit) && setWords({ ...words, unit })}
          />
        </>
      )}
      {after.refusal && <Refused words={after.refusal[language]} />}
      {after.value && (
        <Table
          title={t("planner.after-move", { amount: formatYuan(moved.value ?? 0) })}
          table={table([after.value.pools[from]!, after.value.pools[to]!])}
          inputs={inputs}
          spelling={spelling}
        />
      )}
    </>
  );
}
