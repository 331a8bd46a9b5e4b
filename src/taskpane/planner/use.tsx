/** Use of the pool: claimed, approved, paid, haircut, firms at the cap that empty it, share of the top five. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { poolStats, type PoolStats } from "../../rules";
import { usePane } from "../context";
import { count, money, share, text, type Figure } from "./figure";
import { call, claimsText, rowOf, type Spelling } from "./formula";
import { inputsOf, spellingOf, type Planning } from "./planning";
import { scenarioHead, usePoolLabel } from "./words";
import { Table } from "./table";

/** The figures in the order of the rows of BUTIE.POOLSTATS. */
const FIGURES = [
  ["claimed", ({ claimed }) => money(claimed)],
  ["approved", ({ approved }) => money(approved)],
  ["paid", ({ paid }) => money(paid)],
  ["left", ({ left }) => money(left)],
  ["use", ({ use }) => (use === null ? text("") : share(use))],
  ["haircut", ({ haircut }) => share(haircut)],
  ["cut-claims", ({ cutClaims }) => count(cutClaims)],
  ["cut-amount", ({ cutAmount }) => money(cutAmount)],
  ["firms-at-cap", ({ firmsAtCap }) => (firmsAtCap === null ? text("") : count(firmsAtCap))],
  ["top-five", ({ topFive }) => share(topFive)],
] as const satisfies readonly (readonly [string, (stats: PoolStats) => Figure])[];

export function Use({ planning }: { readonly planning: Planning }) {
  const { t } = useTranslation();
  const { language } = usePane();
  const poolLabel = usePoolLabel(planning);
  const { claims, amount, scenarios } = planning;
  const stats = useMemo(
    () => scenarios.map(({ cap }) => poolStats(claims.amounts, amount, cap)),
    [claims, amount, scenarios],
  );
  const formula = (row: number) => (spelling: Spelling, column: number) =>
    rowOf(call("BUTIE.POOLSTATS", [claimsText(claims, spelling), spelling.pool, spelling.caps[column]!]), row);
  const table = {
    head: scenarioHead(t("planner.use"), planning, language),
    rows: FIGURES.map(([name, figure], k) => ({
      label: t(`planner.use-${name}`),
      figures: stats.map(figure),
      formula: formula(k + 1),
    })),
  };
  return (
    <Table
      title={t("planner.use")}
      table={table}
      inputs={inputsOf(planning, poolLabel, language, [])}
      spelling={spellingOf(planning)}
    />
  );
}
