/** Sizing: the cap and the rates that just fit the pool, the cost of the next million of cap, cost by rate and cap. */
import { MessageBar, MessageBarBody, makeStyles, mergeClasses, tokens, Text } from "@fluentui/react-components";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { formatYuan } from "../../rules";
import { sizingVerdict } from "../../writers/verdict";
import { usePane } from "../context";
import { brief, inWan } from "../parts/amount";
import { Chart } from "../parts/chart";
import { money, share } from "../parts/figure";
import type { FieldName, Form } from "./form";
import { inputsOf, spellingOf, type Planning } from "./planning";
import { RateFit } from "./rate-fit";
import type { Inputs } from "../parts/figure-sheet";
import { capVerdictOf, type Sizing, type Surface } from "./sizing";
import { CopyToSheet, Table } from "./table";
import { FUNCTION_RISK, sizingTable } from "./tables";
import { UnderWay } from "../parts/under-way";
import { Verdict } from "../parts/verdict";
import { useWork } from "./work";
import { useGround, usePoolLabel, useSpoken } from "./words";

interface Props {
  readonly planning: Planning;
  readonly form: Form;
  readonly onForm: (name: FieldName, value: string) => void;
}

export function SizingView({ planning, form, onForm }: Props) {
  const { figures, pool } = planning;
  const { entry } = pool;
  const risk = Number(form.risk ?? FUNCTION_RISK);
  const question = useMemo(() => ({ figures, risk }), [figures, risk]);
  const [progress, stop] = useWork("sizing", question);
  return (
    <>
      <UnderWay progress={progress} stop={stop} />
      {progress.kind === "done" && <SizingResult planning={planning} sizing={progress.value} />}
      {entry && <RateFit planning={planning} entry={entry} form={form} onForm={onForm} />}
    </>
  );
}

function SizingResult({ planning, sizing }: { readonly planning: Planning; readonly sizing: Sizing }) {
  const words = useSpoken();
  const { t, language } = words;
  const poolLabel = usePoolLabel(planning);
  const ground = useGround(planning);
  const { capped } = planning;
  const { surface } = sizing;
  const inputs = inputsOf(planning, poolLabel, language, []);
  const table = sizingTable(planning, sizing, words);
  return (
    <>
      <Verdict words={sizingVerdict(ground, capVerdictOf(planning, sizing))} />
      {planning.uncertain && (
        <Text size={200} block>
          {t("planner.sizing-all-come")}
        </Text>
      )}
      <Table title={t("planner.sizing")} table={table} inputs={inputs} spelling={spellingOf(planning)} />
      {capped && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t("planner.capped-claims")}</MessageBarBody>
        </MessageBar>
      )}
      {surface && <SurfaceView surface={surface} pool={planning.amount} inputs={inputs} />}
    </>
  );
}

const useStyles = makeStyles({
  scroll: { overflowX: "auto", marginTop: "8px" },
  table: { borderCollapse: "collapse", fontSize: tokens.fontSizeBase200, fontVariantNumeric: "tabular-nums" },
  cell: {
    textAlign: "right",
    padding: "2px 6px",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    whiteSpace: "nowrap",
  },
  over: { backgroundColor: tokens.colorStatusDangerBackground1, color: tokens.colorStatusDangerForeground1 },
});

interface SurfaceProps {
  readonly surface: Surface;
  /** Fen. */
  readonly pool: number;
  readonly inputs: Inputs;
}

/** Cost at each factor and cap in 万元; what the pool cannot pay is marked. */
function SurfaceView({ surface, pool, inputs }: SurfaceProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const { factors, caps, costs } = surface;
  const title = t("planner.surface", { unit: t("parts.unit-wan") });
  const table = {
    head: [t("planner.factor-and-cap"), ...caps.map((cap) => formatYuan(cap))],
    rows: factors.map((percent, row) => ({ label: share(percent / 100), figures: costs[row]!.map(money) })),
  };
  const present = factors.indexOf(100);
  const x = useMemo(
    () => ({ label: t("parts.cap-in-wan"), values: caps, tick: (fen: number) => inWan(fen, language) }),
    [t, caps, language],
  );
  const y = useMemo(
    () => ({ label: t("planner.cost-in-wan"), tick: (fen: number) => inWan(fen, language) }),
    [t, language],
  );
  const lines = useMemo(
    () => [
      { label: t("planner.cost-at-cap"), values: costs[present]! },
      { label: t("planner.present-pool"), values: caps.map(() => pool) },
    ],
    [t, costs, present, caps, pool],
  );
  return (
    <>
      <Text as="h4" block weight="semibold">
        {title}
      </Text>
      <div className={styles.scroll} role="region" aria-label={title} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.cell}>
                {t("planner.factor-and-cap")}
              </th>
              {caps.map((cap) => (
                <th key={cap} scope="col" className={styles.cell}>
                  {brief(cap, language)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {factors.map((percent, row) => (
              <tr key={percent}>
                <th scope="row" className={styles.cell}>{`${percent}%`}</th>
                {costs[row]!.map((cost, column) => (
                  <td
                    key={column}
                    title={`${formatYuan(cost)} ${t("yuan")}`}
                    className={mergeClasses(styles.cell, cost > pool && styles.over)}
                  >
                    {inWan(cost, language)}
                    {cost > pool && ` ${t("planner.over")}`}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Text size={200} block>
        {t("planner.surface-note")}
      </Text>
      <CopyToSheet title={t("planner.surface", { unit: t("yuan") })} table={table} inputs={inputs} chart={undefined} />
      {caps.length > 1 && <Chart title={t("planner.cost-by-cap")} x={x} y={y} lines={lines} />}
    </>
  );
}
