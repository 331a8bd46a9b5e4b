/** Portfolio: the pools of the jurisdiction in one table, and what moving money between two of them does. */
import { Button, makeStyles, Text } from "@fluentui/react-components";
import { Fragment, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entry } from "../../rules";
import { parseReference } from "../../host/address";
import { aimVerdict, anyVerdict, portfolioVerdict, splitVerdict } from "../../writers/verdict";
import { useAnswer } from "../answer";
import { usePane } from "../context";
import { amountOf } from "../parts/amount";
import { ChoiceField, MoneyField } from "../parts/fields";
import { money, share, type Figure } from "../parts/figure";
import { RangeField } from "../insertion/range-field";
import { formOf, type FieldName, type Form } from "./form";
import { planningOf, refusalIn } from "./planning";
import { poolIn } from "./pool";
import { poolSheet, readPoolTable, type ListedPool } from "./pool-table";
import { AIMS, commonFactors, type Aim, type Together, type TogetherPool, type TogetherQuestion } from "./portfolio";
import { useReadings } from "./reading";
import { Refused, Wrong } from "../parts/refused";
import type { FigureRow, Inputs } from "../parts/figure-sheet";
import { Table } from "./table";
import { UnderWay } from "../parts/under-way";
import { Verdict } from "../parts/verdict";
import { useWork } from "./work";

const useStyles = makeStyles({
  form: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(132px, 1fr))", gap: "8px", marginTop: "8px" },
});

interface Ready extends TogetherPool {
  readonly uncertain: boolean;
}

/** A pool that is to be planned: of a document, with what was typed for it, or a row of a table of the workbook. */
interface Listed extends ListedPool {
  readonly entry: Entry | undefined;
}

interface Props {
  readonly pools: readonly Entry[];
  /** Of the pool that is planned: its times are those of all pools. */
  readonly form: Form;
  readonly onForm: (name: FieldName, value: string) => void;
}

export function PortfolioView({ pools, form: own, onForm }: Props) {
  const { t } = useTranslation();
  const { host, typed, claim, language } = usePane();
  const where = own["pool-table"] ?? "";
  const [round, setRound] = useState(0);
  const ask = useCallback(async () => {
    const place = parseReference(where.normalize("NFKC").trim());
    // Each round reads what may have changed in the sheet.
    return where && host && round >= 0 ? readPoolTable(host, place) : undefined;
  }, [host, where, round]);
  const table = useAnswer(ask);
  const common = own.factors ?? "";
  const listed = useMemo((): Listed[] => {
    if (where)
      return table.state === "there"
        ? (table.value ?? []).map((pool) => ({ ...pool, form: { ...pool.form, factors: common }, entry: undefined }))
        : [];
    return pools.map((entry) => ({
      entry,
      name: entry.instrument.name[language],
      form: formOf(typed, entry.instrument.id),
      fixed: false,
    }));
  }, [where, table, pools, typed, language, common]);
  const forms = useMemo(() => listed.map(({ form }) => form), [listed]);
  const { list, stop, again } = useReadings(host, forms);
  const ready = useMemo(
    () =>
      listed.flatMap(({ name, entry, form, fixed }, k): Ready[] => {
        const reading = list[k]!;
        if (reading.kind !== "ready") return [];
        const planning = planningOf(poolIn(form, entry, claim), form, reading.claims, claim.year);
        return planning && !refusalIn(planning)
          ? [{ name, fixed, figures: planning.figures, uncertain: planning.uncertain }]
          : [];
      }),
    [listed, list, claim],
  );
  const differ = commonFactors(ready) === undefined;
  const [move, setMove] = useState<Move>(NO_MOVE);
  const moved = useMemo(() => amountMoved(move, ready.length), [move, ready]);
  const question = useMemo(
    () => (ready.length && !differ ? { pools: ready, move: moved } : null),
    [ready, moved, differ],
  );
  const [progress, stopWork] = useWork("portfolio", question);
  const uncertain = ready.some((pool) => pool.uncertain);
  const fixed = pools.flatMap(({ instrument }) =>
    instrument.budget?.envelope === "fixed" ? [instrument.name[language]] : [],
  );
  const missing = listed.filter((_, k) => list[k]?.kind !== "ready");
  return (
    <>
      <Text as="p" block size={200}>
        {t("planner.portfolio-how")}
      </Text>
      <PoolTable pools={pools} value={where} onValue={(value) => onForm("pool-table", value)} />
      {where && (
        <Button
          size="small"
          onClick={() => {
            setRound(round + 1);
            again();
          }}
        >
          {t("planner.read-again")}
        </Button>
      )}
      {table.state === "failed" && <Wrong error={table.error} />}
      {missing.length > 0 && (
        <Text as="p" block size={200}>
          {t("planner.portfolio-missing", { pools: missing.map(({ name }) => name).join(t("parts.list-comma")) })}
        </Text>
      )}
      {list.some(({ kind }) => kind === "reading") && <UnderWay progress={{ kind: "running", part: 0 }} stop={stop} />}
      {list.map((reading, k) => reading.kind === "failed" && <Wrong key={k} error={reading.error} />)}
      {differ && <Refused words={t("planner.factors-differ")} />}
      {ready.some(({ figures }) => figures.growth) && (
        <Text as="p" block size={200}>
          {t("planner.portfolio-no-growth")}
        </Text>
      )}
      {ready.length > 1 && <MoveForm names={ready.map(({ name }) => name)} move={move} onMove={setMove} />}
      {ready.length > 1 && (
        <ChoiceField
          label={t("planner.aim")}
          value={aimOf(own)}
          options={AIMS.map((aim) => [aim, t(`planner.aim-${aim}`)])}
          onValue={(value) => onForm("aim", value)}
        />
      )}
      <UnderWay progress={progress} stop={stopWork} />
      {progress.kind === "done" && (
        <TogetherResult together={progress.value} aim={aimOf(own)} uncertain={uncertain} fixed={fixed} />
      )}
    </>
  );
}

const aimOf = (form: Form): Aim => AIMS.find((aim) => aim === form.aim) ?? AIMS[0];

/** Where the table of the pools stands, and a sheet of them to fill in. */
function PoolTable({
  pools,
  value,
  onValue,
}: Pick<Props, "pools"> & { readonly value: string; readonly onValue: (value: string) => void }) {
  const { t } = useTranslation();
  const { host, typed, claim, language } = usePane();
  const [written, setWritten] = useState<{ readonly sheet: string } | { readonly error: unknown }>();
  if (!host) return null;
  const write = async () => {
    const forms = pools.map((entry) => ({ entry, form: formOf(typed, entry.instrument.id) }));
    setWritten({ sheet: await host.addSheet(poolSheet(t("planner.pool-table"), forms, claim, language)) });
  };
  return (
    <>
      <RangeField label={t("planner.pool-table-range")} value={value} fault={undefined} onValue={onValue} />
      <Button size="small" onClick={() => void write().catch((error: unknown) => setWritten({ error }))}>
        {t("planner.write-pool-table")}
      </Button>
      <Text size={200} role="status" block>
        {written && "sheet" in written && t("planner.pool-table-written", { sheet: written.sheet })}
      </Text>
      {written && "error" in written && <Wrong error={written.error} />}
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

function amountMoved({ from, to, text }: Move, pools: number): TogetherQuestion["move"] {
  const { fen } = amountOf(text);
  return fen === undefined || from === to || Math.max(from, to) >= pools ? undefined : { from, to, amount: fen };
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
  readonly aim: Aim;
  readonly uncertain: boolean;
  /** Names of the pools whose document fixes what they hold. */
  readonly fixed: readonly string[];
}

function TogetherResult({ together, aim, uncertain, fixed }: ResultProps) {
  const { pools, moved, splits, short, unpaid, asOne, any } = together;
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
  const best = splits[aim];
  const ground = { language, uncertain };
  const parts = [
    {
      title: t("planner.portfolio"),
      table: { head, rows: [...rows(pools), { label: t("planner.as-one"), figures: outlook(asOne) }] },
    },
    {
      title: t("planner.margins"),
      table: {
        head: ["pool", "unpaid", "million-more", "million-less"].map((name) =>
          t(`planner.portfolio-${name}` as "planner.portfolio-pool"),
        ),
        rows: pools.map(({ name }, k): FigureRow => {
          const { now, more, less } = unpaid[k]!;
          return { label: name, figures: [money(now), money(more - now), money(less - now)] };
        }),
      },
    },
    ...(best
      ? [
          {
            title: t(`planner.split-${aim}`),
            table: {
              head: [...head.slice(0, 2), t("planner.best-change"), ...head.slice(2)],
              rows: best.map((pool, k): FigureRow => {
                const [amount, ...figures] = outlook(pool);
                return { label: pool.name, figures: [amount!, money(pool.amount - pools[k]!.amount), ...figures] };
              }),
            },
          },
        ]
      : []),
    ...(moved ? [{ title: t("planner.after-move"), table: { head, rows: rows(moved) } }] : []),
  ];
  return (
    <>
      <Verdict words={portfolioVerdict(ground, pools, asOne) + anyVerdict(ground, any)} />
      <Verdict
        words={
          aim === "unpaid" ? splitVerdict(ground, pools, splits.unpaid!) : aimVerdict(ground, aim, pools, best, short)
        }
      />
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
