/** The sub-pools of a pool as they are typed, and which of them each claim draws on. */
import { refuse, SPILLS, type Spill, type SubPools } from "../../rules";
import { checkSubPoolNames, subPoolPlaces } from "../../tables";
import { amountOf } from "../parts/amount";
import type { FieldName, Form } from "./form";
import type { Planning } from "./planning";

/** What they depend on beside the claims. */
export const SUB_POOL_FIELDS: readonly FieldName[] = ["subpools", "spill", "winners", "order"];

export interface NamedSubPools extends SubPools {
  readonly names: readonly string[];
}

/**
 * Undefined where the form names none. "一档=3000万元；二档=2000万元"
 * @throws Refusal for what cannot be read, claims without a sub-pool, and rules that do not go with sub-pools
 */
export function subPoolsIn(
  form: Form,
  { amount: pool, claims: { names, amounts, subPools } }: Pick<Planning, "amount" | "claims">,
): NamedSubPools | undefined {
  const list = (form.subpools ?? "").split(/[；;\n]/).filter((entry) => entry.trim());
  if (!list.length && !subPools) return undefined;
  if (!list.length)
    throw refuse(
      "有子资金池一列，还要写出各子资金池的名称和金额，如 一档=3000万元；二档=2000万元",
      "there is a column of sub-pools: write their names and amounts as well, such as A=25000000; B=20000000",
    );
  if (!subPools)
    throw refuse(
      "写了子资金池，还要指定“子资金池”一列：每笔申请用哪一个",
      "with sub-pools, a column has to name the one that each claim draws on",
    );
  if (form.winners?.trim())
    throw refuse(
      "名额不能与子资金池并用：名额是全池的还是各子池的没有说明",
      "no number of winners beside sub-pools: whether it is for each of them is not stated",
    );
  if (form.order === "share_then_cap")
    throw refuse(
      "子资金池不能与“先分配，再封顶”并用：被上限压减的钱归谁没有说明",
      "sub-pools do not go with sharing before the cap: whose the money is that the caps cut is not stated",
    );
  const pairs = list.map((entry): readonly [string, number] => {
    const [name = "", money = "", ...more] = entry.split(/[=＝]/).map((text) => text.trim());
    const { fen } = amountOf(money);
    if (name && fen !== undefined && !more.length) return [name, fen];
    throw refuse(
      `子资金池“${entry.trim()}”写作 名称=金额，如 一档=3000万元`,
      `the sub-pool ${entry.trim()} is written name=amount, such as A=25000000`,
    );
  });
  const known = pairs.map(([name]) => name);
  if (pairs.reduce((sum, [, fen]) => sum + fen, 0) > pool)
    throw refuse("各子资金池合计超过资金池", "the sub-pools come to more than the pool");
  checkSubPoolNames(known);
  return {
    names: known,
    amounts: pairs.map(([, fen]) => fen),
    of: subPoolPlaces(known, subPools, amounts, (claim) => ({
      zh: `申请“${names[claim]!}”`,
      en: `the claim of ${names[claim]!}`,
    })),
    spill: spillIn(form),
  };
}

export const spillIn = ({ spill }: Form): Spill => SPILLS.find((known) => known === spill) ?? SPILLS[0];
