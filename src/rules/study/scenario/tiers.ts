/** The figures of the documents that what-ifs replace: a rate or a cap may have several, its tiers. */
import type { Block } from "../../columns";
import type { Text } from "../../law/policy";
import { formatChinese, formatYuan, type Exact } from "../../number/money";
import { compare, ratio, toDecimal } from "../../number/ratio";
import { tierFigure } from "../../plan/figures";
import type { Plan, PlanValue } from "../../plan/plan";
import { figuresOf, limitsOf } from "../../plan/walk";
import { refuse } from "../../refusal";
import type { Changes } from "./scenario";

const MOST_DECIMALS = 20;

const valuesOf = (plans: readonly Plan[], lever: "rate" | "cap"): PlanValue[] =>
  plans
    .flatMap((plan) => figuresOf(limitsOf(plan)))
    .filter((figure) => figure.lever === `whatif_${lever}`)
    .flatMap(({ cases }) => cases.map(({ value }) => value));

/** The tiers of a rate or a cap, rising, each once: plain decimals, a cap in fen. */
export function tiersOf(plans: readonly Plan[], lever: "rate" | "cap"): string[] {
  const figures = valuesOf(plans, lever).flatMap((value) => tierFigure(value) ?? []);
  // A third is no decimal, and so no value of a lever.
  const decimals = figures.filter((figure) => compare(ratio(toDecimal(figure, MOST_DECIMALS)), figure) === 0);
  return [...new Set(decimals.sort(compare).map((figure) => toDecimal(figure, MOST_DECIMALS).toString()))];
}

/** Whether a tier is a ceiling on figures that some rows give themselves. */
export const boundsRows = (blocks: readonly Block[], lever: "rate" | "cap", tier: string): boolean =>
  blocks.some(({ plan, columns }) =>
    valuesOf([plan], lever).some((value) => {
      if (value.kind !== "given" || !value.ceiling || compare(value.ceiling, ratio(tier)) !== 0) return false;
      const column = columns.inputs[value.input];
      if (column?.kind === "code") return column.codes.some((code) => column.values[code] !== undefined);
      return column !== undefined && (column.given?.includes(1) ?? true);
    }),
  );

/** @throws Refusal for a tier that no plan has, and one beside a figure for all tiers */
export function checkTiers(plans: readonly Plan[], changes: Changes): void {
  for (const lever of ["rate", "cap"] as const) {
    const tiers = Object.keys(changes[`${lever}s`] ?? {});
    if (!tiers.length) continue;
    const [zh, en] = lever === "rate" ? ["比例", "rate"] : ["上限", "cap"];
    if (changes[lever] !== undefined)
      throw refuse(`“${zh}”替换全部档，不能同时填“分档${zh}”`, `a ${en} for all tiers cannot stand beside tiers of it`);
    const known = tiersOf(plans, lever).map((tier) => ratio(tier));
    const missing = tiers.find((tier) => !known.some((figure) => compare(figure, ratio(tier)) === 0));
    if (missing === undefined) continue;
    const [tier, ...others] = [ratio(missing), ...known].map((figure) =>
      tierWords(lever, toDecimal(figure, MOST_DECIMALS)),
    );
    throw refuse(
      `这些政策工具没有${tier!.zh}一档的${zh}，现有：${others.map((one) => one.zh).join("、") || "无"}`,
      `these instruments have no tier ${tier!.en} of the ${en}; they have ${others.map((one) => one.en).join(", ") || "none"}`,
    );
  }
}

/** A tier in words: 30%, 800 万元. */
export function tierWords(lever: "rate" | "cap", value: Exact): Text {
  if (lever === "cap") return { zh: formatChinese(value.toNumber()), en: `${formatYuan(value.toNumber())} yuan` };
  const percent = `${value.times(100).toString()}%`;
  return { zh: percent, en: percent };
}
