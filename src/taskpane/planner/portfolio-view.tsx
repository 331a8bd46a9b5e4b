/** Portfolio: the pools of the jurisdiction in one table, and what moving money between two of them does. */
import { makeStyles, Text } from "@fluentui/react-components";
import { Fragment, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entry } from "../../rules";
import { portfolioVerdict, splitVerdict } from "../../writers/verdict";
import { usePane } from "../context";
import { amountOf } from "../parts/amount";
import { ChoiceField, MoneyField } from "../parts/fields";
import { money, share, type Figure } from "../parts/figure";
import { formOf } from "./form";
import { planningOf, type PoolFigures } from "./planning";
import { poolIn } from "./pool";
import type { Together, TogetherQuestion } from "./portfolio";
import { useReadings } from "./reading";
import { Wrong } from "../parts/refused";
import type { FigureRow, Inputs } from "../parts/figure-sheet";
import { Table } from "./table";
import { UnderWay } from "../parts/under-way";
import { Verdict } from "../parts/verdict";
import { useWork } from "./work";

const useStyles = makeStyles({
  form: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(132px, 1fr))", gap: "8px", marginTop: "8px" },
});

interface Ready {
  readonly name: string;
  readonly figures: PoolFigures;
  readonly uncertain: boolean;
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
        return planning
          ? [{ name: entry.instrument.name[language], figures: planning.figures, uncertain: planning.uncertain }]
          : [];
      }),
    [pools, forms, list, claim, language],
  );
  const [move, setMove] = useState<Move>(NO_MOVE);
  const question = useMemo(() => (ready.length ? { pools: ready, move: amountMoved(move) } : null), [ready, move]);
  const [progress, stopWork] = useWork("portfolio", question);
  const uncertain = ready.some((pool) => pool.uncertain);
  const fixed = pools.flatMap(({ instrument }) =>
    instrument.budget?.envelope === "fixed" ? [instrument.name[language]] : [],
  );
  const missing = pools.filter((_, k) => list[k]!.kind !== "ready");
  return (
    <>
      <Text as="p" block size={200}>
        {t("planner.portfolio-how")}
      </Text>
      {missing.length > 0 && (
        <Text as="p" block size={200}>
          {t("planner.portfolio-missing", {
            pools: missing.map(({ instrument }) => instrument.name[language]).join(t("parts.list-comma")),
          })}
        </Text>
      )}
      {list.some(({ kind }) => kind === "reading") && <UnderWay progress={{ kind: "running", part: 0 }} stop={stop} />}
      {list.map((reading, k) => reading.kind === "failed" && <Wrong key={k} error={reading.error} />)}
      {ready.length > 1 && <MoveForm names={ready.map(({ name }) => name)} move={move} onMove={setMove} />}
      <UnderWay progress={progress} stop={stopWork} />
      {progress.kind === "done" && <TogetherResult together={progress.value} uncertain={uncertain} fixed={fixed} />}
    </>
  );
}

/** Money to be moved from one pool to another, by their places. */
interface Move {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}
const NO_MOVE: Move = { from: 0, to: 1, text: "" };

function amountMoved({ from, to, text }: Move): TogetherQuestion["move"] {
  const { fen } = amountOf(text);
  return fen === undefined || from === to ? undefined : { from, to, amount: fen };
}

interface MoveProps {
  readonly names: readonly string[];
  readonly move: Move;
  readonly onMove: (move: Move) => void;
}

function MoveForm({ names, move, onMove }: MoveProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const options = names.map((name, k) => [String(k), name] as const);
  return (
    <>
      <div className={styles.form}>
        <ChoiceField
          label={t("planner.move-from")}
          value={String(move.from)}
          options={options}
          onValue={(k) => onMove({ ...move, from: Number(k) })}
        />
        <ChoiceField
          label={t("planner.move-to")}
          value={String(move.to)}
          options={options}
          onValue={(k) => onMove({ ...move, to: Number(k) })}
        />
      </div>
      <MoneyField
        label={t("planner.moved")}
        value={move.text}
        unit={10_000}
        onValue={(text) => onMove({ ...move, text })}
      />
    </>
  );
}

const COLUMNS = ["pool", "amount", "expected", "p90", "runs-out", "slack", "spare"] as const;

const outlook = ({ amount, expected, p90, runsOut }: Together["asOne"]): Figure[] => [
  money(amount),
  money(expected),
  money(p90),
  share(runsOut),
  money(amount - expected),
  money(amount - p90),
];

interface ResultProps {
  readonly together: Together;
  readonly uncertain: boolean;
  /** Names of the pools whose document fixes what they hold. */
  readonly fixed: readonly string[];
}

function TogetherResult({ together: { pools, moved, best, asOne }, uncertain, fixed }: ResultProps) {
  const { t } = useTranslation();
  const { language } = usePane();
  const inputs: Inputs = {
    pool: { label: t("planner.all-pools"), fen: asOne.amount },
    caps: [],
    notes: [t("planner.independent")],
  };
  const head = COLUMNS.map((name) => t(`planner.portfolio-${name}`));
  const rows = (some: Together["pools"]): FigureRow[] =>
    some.map((pool) => ({ label: pool.name, figures: outlook(pool) }));
  const parts = [
    {
      title: t("planner.portfolio"),
      table: { head, rows: [...rows(pools), { label: t("planner.as-one"), figures: outlook(asOne) }] },
    },
    {
      title: t("planner.best-split"),
      table: {
        head: [...head.slice(0, 2), t("planner.best-change"), ...head.slice(2)],
        rows: best.map((pool, k): FigureRow => {
          const [amount, ...figures] = outlook(pool);
          return { label: pool.name, figures: [amount!, money(pool.amount - pools[k]!.amount), ...figures] };
        }),
      },
    },
    ...(moved ? [{ title: t("planner.after-move"), table: { head, rows: rows(moved) } }] : []),
  ];
  return (
    <>
      <Verdict words={portfolioVerdict({ language, uncertain }, pools, asOne)} />
      <Verdict words={splitVerdict({ language, uncertain }, pools, best)} />
      {fixed.length > 0 && (
        <Text as="p" size={200} block>
          {t("planner.fixed-pools", { pools: fixed.join(t("parts.list-comma")) })}
        </Text>
      )}
      {parts.map(({ title, table }) => (
        <Fragment key={title}>
          <Text as="h4" block weight="semibold">
            {title}
          </Text>
          <Table title={title} table={table} inputs={inputs} spelling={NO_SPELLING} />
        </Fragment>
      ))}
    </>
  );
}

/** No function answers for several pools. */
const NO_SPELLING = { pool: "", caps: [] };
