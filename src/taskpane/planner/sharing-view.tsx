/** Sharing: who is paid which part of what was asked under each rule, by the size of the claim. The rule is the user's assumption. */
import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Text } from "@fluentui/react-components";
import { MathFormulaRegular } from "@fluentui/react-icons";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CAP_ORDERS, SPILLS, type CapOrder, type SharingMethod } from "../../rules";
import { subPoolLines, subPoolWords } from "../../writers/sub-pools";
import { sharingVerdict } from "../../writers/verdict";
import { usePane } from "../context";
import { brief } from "../parts/amount";
import { Chart } from "../parts/chart";
import { ChoiceField, NumberField } from "../parts/fields";
import { figureWords, money, share } from "../parts/figure";
import { FormGrid } from "../parts/form-grid";
import { useFields, type FieldName, type Form } from "./form";
import { addsUp, call, claimsText } from "./formula";
import { useInsertion } from "../parts/insertion";
import { InsertionLine } from "../parts/insertion-line";
import { attempt, inputsOf, capWords, spellingOf, type Planning } from "./planning";
import type { CapCase } from "./pool";
import { orderIn, winnersIn, type SharesAnswer } from "./shares";
import { SUB_POOL_FIELDS, subPoolsIn, type NamedSubPools } from "./sub-pools";
import { CopyToSheet, Table } from "./table";
import { listTable, sharesNotes, sharesTable, subPoolNotes, subPoolTable } from "./tables";
import type { Progress } from "../parts/long-work";
import { UnderWay } from "../parts/under-way";
import { Answer, Verdict } from "../parts/verdict";
import { useWork } from "./work";
import { usePoolLabel, useSpoken } from "./words";
import { World } from "./world";

const useStyles = makeStyles({
  doubt: { margin: "8px 0" },
});

interface Props {
  readonly planning: Planning;
  readonly form: Form;
  readonly onForm: (name: FieldName, value: string) => void;
}

export function SharingView({ planning, form, onForm }: Props) {
  const { t } = useTranslation();
  const { language } = usePane();
  const order = orderIn(form);
  const winners = useMemo(() => attempt(() => winnersIn(form.winners)), [form.winners]);
  // The form holds more than this section: what is typed elsewhere shares nothing out again.
  const own = useFields(form, SUB_POOL_FIELDS);
  const subPools = useMemo(() => attempt(() => subPoolsIn(own, planning)), [own, planning]);
  const about = {
    planning,
    order,
    winners: winners.value,
    subPools: subPools.value,
    wanted: !winners.refusal && !subPools.refusal,
  };
  const [first] = planning.cases;
  const [progress, stop] = useShares(about, first?.cap);
  return (
    <>
      <Answer>
        <UnderWay progress={progress} stop={stop} />
        {progress.kind === "done" && <SharesVerdict given={planning.given} answer={progress.value} />}
      </Answer>
      <Assumption planning={planning} />
      <FormGrid>
        <ChoiceField
          label={t("planner.order")}
          value={order}
          options={CAP_ORDERS.map((value) => [value, t(`planner.order-${value}`)])}
          onValue={(value) => onForm("order", value)}
        />
        <NumberField
          label={t("planner.winners")}
          hint={t("planner.winners-hint")}
          value={form.winners ?? ""}
          refusal={winners.refusal?.[language]}
          onValue={(value) => onForm("winners", value)}
        />
        <NumberField
          label={t("planner.subpools")}
          hint={t("planner.subpools-hint")}
          value={form.subpools ?? ""}
          refusal={subPools.refusal?.[language]}
          onValue={(value) => onForm("subpools", value)}
        />
        {subPools.value && (
          <ChoiceField
            label={t("planner.spill")}
            value={subPools.value.spill}
            options={SPILLS.map((value) => [value, t(`planner.spill-${value}`)])}
            onValue={(value) => onForm("spill", value)}
          />
        )}
      </FormGrid>
      {about.wanted &&
        planning.cases.map((capCase) =>
          capCase === first ? (
            <CaseShares key={capCase.id} {...about} capCase={capCase} progress={progress} />
          ) : (
            <OtherShares key={capCase.id} {...about} capCase={capCase} />
          ),
        )}
    </>
  );
}

/** Under which rule the small claims get most, in one sentence. */
function SharesVerdict({ given, answer: { shares } }: Pick<Planning, "given"> & { readonly answer: SharesAnswer }) {
  const { t, language } = useSpoken();
  const rules = shares.map(({ method, parts }) => ({
    name: t(`planner.method-${method}`),
    parts: parts.map(({ paid }) => paid),
  }));
  return <Verdict words={sharingVerdict({ language, given }, rules)} />;
}

/** Says what the document leaves open, as the policy's register of doubts has it. */
function Assumption({ planning: { pool } }: { readonly planning: Planning }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  return (
    <MessageBar intent="warning" layout="multiline" className={styles.doubt}>
      <MessageBarBody>
        <MessageBarTitle>{t("planner.assumption")}</MessageBarTitle>
        {pool.entry?.instrument.doubts?.map(({ register, doubt, answer }) => (
          <Text key={register} size={200} block>
            {t("planner.of", { what: `${register} ${doubt[language]}`, words: answer[language] })}
          </Text>
        ))}
      </MessageBarBody>
    </MessageBar>
  );
}

interface About {
  readonly planning: Planning;
  readonly order: CapOrder;
  readonly winners: number | undefined;
  readonly subPools: NamedSubPools | undefined;
  /** Whether winners and sub-pools could be read. */
  readonly wanted: boolean;
}

function useShares(
  { planning: { figures, uncertain }, order, winners, subPools, wanted }: About,
  cap: number | undefined,
) {
  const question = useMemo(
    () => (wanted ? { figures, uncertain, cap, order, winners, subPools } : null),
    [wanted, figures, uncertain, cap, order, winners, subPools],
  );
  return useWork("shares", question);
}

interface CaseProps extends About {
  readonly capCase: CapCase;
}

function OtherShares(props: CaseProps) {
  const [progress, stop] = useShares(props, props.capCase.cap);
  return (
    <>
      <UnderWay progress={progress} stop={stop} />
      {progress.kind === "done" && <SharesVerdict given={props.planning.given} answer={progress.value} />}
      <CaseShares {...props} progress={progress} />
    </>
  );
}

function CaseShares({
  planning,
  capCase,
  order,
  winners,
  subPools,
  progress,
}: CaseProps & { readonly progress: Progress<SharesAnswer> }) {
  const { uncertain } = planning;
  return (
    <>
      {progress.kind === "done" && (
        <SharesResult
          planning={planning}
          capCase={capCase}
          answer={progress.value}
          asFunction={
            !uncertain && addsUp(planning.claims) && order === "cap_then_share" && winners === undefined && !subPools
          }
          order={order}
          subPools={subPools}
        />
      )}
    </>
  );
}

interface ResultProps {
  readonly planning: Planning;
  readonly capCase: CapCase;
  readonly answer: SharesAnswer;
  /** BUTIE.ALLOCATE caps first and pays every claim. */
  readonly asFunction: boolean;
  readonly order: CapOrder;
  readonly subPools: NamedSubPools | undefined;
}

function SharesResult({ planning, capCase, answer, asFunction, order, subPools }: ResultProps) {
  const words = useSpoken();
  const { t, language } = words;
  const poolLabel = usePoolLabel(planning);
  const { classes, shares: result, entitled, years } = answer;
  const title = t("planner.of", { what: t("planner.sharing"), words: capWords(capCase, language) });
  const inputs = inputsOf(planning, poolLabel, language, sharesNotes(order, answer, words));
  const ranges = classes
    .map(({ from, to }, k) =>
      t("planner.class-range", { n: k + 1, from: brief(from, language), to: brief(to, language) }),
    )
    .join(t("parts.list-comma"));
  const table = sharesTable(
    answer,
    classes.map((_, k) => t("planner.class", { n: k + 1 })),
    words,
  );
  const cutTitle = t("planner.of", { what: t("planner.expected-cut"), words: capWords(capCase, language) });
  const cuts = {
    head: [t("planner.expected-cut"), ...table.head.slice(1)],
    rows: result.map(({ method, parts }) => ({
      label: t(`planner.method-${method}`),
      figures: parts.map(({ paid }, k) => money(entitled[k]! * (1 - paid))),
    })),
  };
  // Twice the standard error: nineteen times of twenty.
  const error = 2 * result.flatMap(({ parts }) => parts).reduce((most, part) => Math.max(most, part.error), 0);
  const x = useMemo(
    () => ({ label: t("planner.claims-by-size"), values: classes.map((_, k) => k + 1), tick: whole }),
    [t, classes],
  );
  const y = useMemo(
    () => ({ label: t("planner.paid-part"), tick: (value: number) => `${Math.round(value * 100)}%`, range: WHOLE }),
    [t],
  );
  const lines = useMemo(
    () =>
      result.map(({ method, parts }) => ({
        label: t(`planner.method-${method}`),
        values: parts.map(({ paid }) => paid),
      })),
    [result, t],
  );
  return (
    <>
      <Text as="h4" block weight="semibold">
        {title}
      </Text>
      <World years={years} />
      <Text size={200} block>
        {t("planner.classes-are", { ranges })}
        {years !== undefined && ` ${t("planner.share-error", { error: figureWords(share(error), language) })}`}
      </Text>
      <Table title={title} table={table} inputs={inputs} chart="column" spelling={spellingOf(planning)}>
        <CopyToSheet
          title={t("planner.of", { what: t("planner.each-claim"), words: capWords(capCase, language) })}
          label={t("planner.copy-each-claim")}
          table={listTable(planning, answer, words)}
          inputs={inputs}
          chart={undefined}
        />
      </Table>
      <Text size={200} block>
        {t("planner.methods")}
      </Text>
      {subPools && <SubPoolsResult planning={planning} capCase={capCase} subPools={subPools} answer={answer} />}
      {years !== undefined && <Table title={cutTitle} table={cuts} inputs={inputs} spelling={spellingOf(planning)} />}
      {classes.length > 1 && <Chart title={t("planner.paid-by-size")} x={x} y={y} lines={lines} />}
      {asFunction && <Allocate planning={planning} capCase={capCase} methods={result.map(({ method }) => method)} />}
    </>
  );
}

/** Which sub-pool paid what, in one sentence and as a table. */
function SubPoolsResult({
  planning,
  capCase,
  subPools: { names, spill },
  answer,
}: Pick<ResultProps, "planning" | "capCase" | "answer"> & { readonly subPools: NamedSubPools }) {
  const words = useSpoken();
  const { t, language } = words;
  const poolLabel = usePoolLabel(planning);
  const title = t("planner.of", { what: t("planner.subpools-paid"), words: capWords(capCase, language) });
  const lines = subPoolLines(names, answer.subPools!, language);
  const notes = subPoolNotes(spill, answer, words);
  return (
    <>
      <Text as="h4" block weight="semibold">
        {title}
      </Text>
      <Verdict words={subPoolWords(lines, language)} />
      <Table
        title={title}
        table={subPoolTable(lines, words)}
        inputs={inputsOf(planning, poolLabel, language, notes)}
        spelling={spellingOf(planning)}
      />
      <Text size={200} block>
        {notes.join(t("parts.list-comma"))}
      </Text>
    </>
  );
}

/** A part paid lies between nothing and all. */
const WHOLE = [0, 1] as const;
const whole = (value: number): string => (Number.isInteger(value) ? String(value) : "");

/** Inserts the awards of all claims under one rule as one spilling formula. */
function Allocate({
  planning,
  capCase,
  methods,
}: Pick<ResultProps, "planning" | "capCase"> & { readonly methods: readonly SharingMethod[] }) {
  const { t } = useTranslation();
  const { host } = usePane();
  const insertion = useInsertion(host);
  const { claims, cases } = planning;
  if (!host || !addsUp(claims)) return null;
  const spelling = spellingOf(planning);
  const cap = spelling.caps[cases.indexOf(capCase)]!;
  const insert = (method: SharingMethod) =>
    insertion.insert(
      (sheet) => [
        [`=${call("BUTIE.ALLOCATE", [claimsText(claims, { ...spelling, sheet }), spelling.pool, `"${method}"`, cap])}`],
      ],
      { rows: claims.amounts.length, columns: 1 },
    );
  // The function takes rows as they stand and knows no ranks: first come by date and ranking stay with the copied table.
  const asFormula = methods.filter((method) => method !== "rank" && !(method === "first_come" && claims.dated));
  return (
    <>
      <Text size={200} block>
        {t("planner.insert-awards")}
      </Text>
      {asFormula.map((method) => (
        <Button key={method} size="small" icon={<MathFormulaRegular />} onClick={() => insert(method)}>
          {t(`planner.method-${method}`)}
        </Button>
      ))}
      <InsertionLine insertion={insertion} />
    </>
  );
}
