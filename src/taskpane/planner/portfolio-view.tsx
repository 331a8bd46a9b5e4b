/** Portfolio: the pools of the jurisdiction in one table, and what moving money between two of them does. */
import { Button, makeStyles, Text } from "@fluentui/react-components";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entry } from "../../rules";
import { parseReference } from "../../host/address";
import { useAnswer } from "../answer";
import { usePane } from "../context";
import { amountOf } from "../parts/amount";
import { ChoiceField, MoneyField } from "../parts/fields";
import { RangeField } from "../insertion/range-field";
import { formOf, type FieldName, type Form } from "./form";
import { poolSheet, readPoolTable } from "./pool-table";
import { AIMS, commonFactors, type Aim, type Together, type TogetherQuestion } from "./portfolio";
import { givenOf, poolYears, portfolioSections } from "./portfolio-sections";
import { useReadings } from "./reading";
import { listedIn, listedOf, severalOf } from "./several-pools";
import { CheckContext, readOf, settled, useOlder } from "../parts/now";
import { OlderLine } from "../parts/older-line";
import { useOutcome } from "../parts/outcome";
import { Refused, Wrong } from "../parts/refused";
import type { Inputs } from "../parts/figure-sheet";
import type { ReportSection } from "../parts/report";
import { SectionViews } from "../parts/section-views";
import { Table } from "./table";
import { UnderWay } from "../parts/under-way";
import { Answer, Verdict } from "../parts/verdict";
import { useSpoken } from "./words";
import { useWork } from "./work";

const useStyles = makeStyles({
  form: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(132px, 1fr))", gap: "8px", marginTop: "8px" },
});

interface Props {
  readonly pools: readonly Entry[];
  /** Of the pool that is planned: its times are those of all pools. */
  readonly form: Form;
  readonly onForm: (name: FieldName, value: string) => void;
}

export function PortfolioView({ pools, form: own, onForm }: Props) {
  const { t } = useTranslation();
  const { host, typed, claim, language } = usePane();
  const spoken = useSpoken();
  const where = own["pool-table"] ?? "";
  const [round, setRound] = useState(0);
  const ask = useCallback(async () => {
    const place = parseReference(where.normalize("NFKC").trim());
    // Each round reads what may have changed in the sheet.
    return where && host && round >= 0 ? readPoolTable(host, place) : undefined;
  }, [host, where, round]);
  const table = useAnswer(ask);
  const { factors: common } = own;
  const listed = useMemo(
    () => (where ? listedIn((table.state === "there" && table.value) || [], common) : listedOf(pools, typed, language)),
    [where, table, pools, typed, language, common],
  );
  const forms = useMemo(() => listed.map(({ form }) => form), [listed]);
  const { list, stop, again, ...claims } = useReadings(host, forms);
  const readTable = useCallback(() => settled(ask()), [ask]);
  const known = useMemo(() => (table.state === "waiting" ? undefined : readOf(table)), [table]);
  const [isOlderTable, checkTable] = useOlder(host, known, readTable);
  const readAgain = () => {
    setRound(round + 1);
    again();
  };
  const { check: checkClaims } = claims;
  const check = useCallback(async () => {
    await checkTable();
    await checkClaims();
  }, [checkTable, checkClaims]);
  const several = useMemo(
    () =>
      severalOf(
        listed,
        list.map((reading) => (reading.kind === "ready" ? reading.claims : undefined)),
        claim,
      ),
    [listed, list, claim],
  );
  const { pools: ready, fixed, missing } = several;
  const factors = commonFactors(ready);
  const differ = factors === undefined;
  const [move, setMove] = useState<Move>(NO_MOVE);
  const moved = useMemo(() => amountMoved(move, ready.length), [move, ready]);
  const question = useMemo(
    () => (ready.length > 1 && !differ ? { pools: ready, move: moved } : null),
    [ready, moved, differ],
  );
  const [progress, stopWork] = useWork("portfolio", question);
  const [first, ...others] =
    progress.kind === "done"
      ? portfolioSections(
          progress.value,
          [aimOf(own)],
          { given: givenOf(ready), fixed, factors: factors ?? [] },
          spoken,
        )
      : [];
  return (
    <CheckContext value={check}>
      <OlderLine isOlder={isOlderTable || claims.isOlder} onAgain={readAgain} />
      {list.some(({ kind }) => kind === "reading") && <UnderWay progress={{ kind: "running", part: 0 }} stop={stop} />}
      {ready.length === 1 && <Text as="p">{t("planner.one-pool", { pool: ready[0]!.name })}</Text>}
      {ready.length > 1 && (
        <Answer>
          {differ && <Refused words={t("planner.factors-differ")} />}
          <UnderWay progress={progress} stop={stopWork} />
          {first && <Verdict words={first.verdict} />}
        </Answer>
      )}
      <Text as="p" block size={200}>
        {t("planner.portfolio-how")}
      </Text>
      <PoolTable pools={pools} value={where} onValue={(value) => onForm("pool-table", value)} />
      {where && (
        <Button size="small" onClick={readAgain}>
          {t("parts.read-again")}
        </Button>
      )}
      {table.state === "failed" && <Wrong error={table.error} />}
      {missing.length > 0 && (
        <Text as="p" block size={200}>
          {t("planner.portfolio-missing", { pools: missing.join(t("parts.list-comma")) })}
        </Text>
      )}
      {list.map((reading, k) => reading.kind === "failed" && <Wrong key={k} error={reading.error} />)}
      {poolYears(ready, spoken).map((note) => (
        <Text as="p" key={note} block size={200}>
          {note}
        </Text>
      ))}
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
      {first && progress.kind === "done" && (
        <TogetherResult together={progress.value} sections={[{ ...first, verdict: "" }, ...others]} />
      )}
    </CheckContext>
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
  const [run, line] = useOutcome();
  if (!host) return null;
  const write = async () => {
    const forms = pools.map((entry) => ({ entry, form: formOf(typed, entry.instrument.id) }));
    const sheet = await host.addSheet(poolSheet(t("planner.pool-table"), forms, claim, language));
    return t("planner.pool-table-written", { sheet });
  };
  return (
    <>
      <RangeField label={t("planner.pool-table-range")} value={value} fault={undefined} onValue={onValue} />
      <Button size="small" onClick={() => run(write)}>
        {t("planner.write-pool-table")}
      </Button>
      {line}
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

interface ResultProps {
  readonly together: Together;
  readonly sections: readonly ReportSection[];
}

function TogetherResult({ together, sections }: ResultProps) {
  const { t } = useTranslation();
  const inputs: Inputs = {
    pool: { label: t("planner.all-pools"), fen: together.asOne.amount },
    caps: [],
    notes: sections[0]!.notes,
  };
  return (
    <SectionViews
      sections={sections}
      table={(section) => <Table title={section.title} table={section} inputs={inputs} spelling={NO_SPELLING} />}
    />
  );
}

/** No function answers for several pools. */
const NO_SPELLING = { pool: "", caps: [] };
