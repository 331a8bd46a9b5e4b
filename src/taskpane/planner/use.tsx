/** Use of the pool: claimed, approved, paid, haircut, firms at the cap that empty it, share of the top five. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { PoolStats } from "../../rules";
import { usageVerdict } from "../../writers/verdict";
import { usePane } from "../context";
import { money } from "../parts/figure";
import { UnderWay } from "../parts/under-way";
import { Verdict } from "../parts/verdict";
import { addsUp, call, claimsText, rowOf, type Spelling } from "./formula";
import { inputsOf, spellingOf, type Planning } from "./planning";
import { Table } from "./table";
import { USE_FIGURES, type AverageUse } from "./use-of-pool";
import { useWork } from "./work";
import { capHead, useGround, usePoolLabel } from "./words";
import { World } from "./world";

export function Use({ planning }: { readonly planning: Planning }) {
  const { figures, uncertain } = planning;
  const question = useMemo(() => ({ figures, uncertain }), [figures, uncertain]);
  const [progress, stop] = useWork("use", question);
  return (
    <>
      <UnderWay progress={progress} stop={stop} />
      {progress.kind === "done" && <UseTable planning={planning} stats={progress.value} />}
    </>
  );
}

function UseTable({
  planning,
  stats,
}: {
  readonly planning: Planning;
  readonly stats: readonly (PoolStats | AverageUse)[];
}) {
  const { t } = useTranslation();
  const { language } = usePane();
  const poolLabel = usePoolLabel(planning);
  const { claims } = planning;
  const ground = useGround(planning);
  const averages = stats.filter((one) => "years" in one);
  const years = averages[0]?.years;
  const formula = (row: number) => (spelling: Spelling, column: number) =>
    rowOf(call("BUTIE.POOLSTATS", [claimsText(claims, spelling), spelling.pool, spelling.caps[column]!]), row);
  const rows = USE_FIGURES.map(([name, figure], k) => ({
    label: t(`planner.use-${name}`),
    figures: stats.map(figure),
    // The function knows no probabilities.
    formula: years === undefined && addsUp(claims) ? formula(k + 1) : undefined,
  }));
  const error = { label: t("planner.paid-error"), figures: averages.map(({ paidError }) => money(paidError)) };
  return (
    <>
      <Verdict words={usageVerdict(ground, stats[0]!)} />
      <World years={years} />
      <Table
        title={t("planner.use")}
        table={{
          head: capHead(t("planner.use"), planning, language),
          rows: years === undefined ? rows : [...rows.slice(0, 3), error, ...rows.slice(3)],
        }}
        inputs={inputsOf(planning, poolLabel, language, years === undefined ? [] : [t("planner.averages", { years })])}
        spelling={spellingOf(planning)}
      />
    </>
  );
}
