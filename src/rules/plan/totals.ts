/** The totals of a clause as a plan has them, and the slabs that shares are paid by: inputs that the rows around give. */
import type { Input, Instrument, Share, Shared, Text } from "../law/policy";
import { formatChinese, formatYuan, yuanToFen } from "../number/money";
import { compare, halfUp, parseFigure, ratio, ZERO, type Ratio } from "../number/ratio";
import { refuse } from "../refusal";
import type { Allowance } from "./allowance";
import type { PlanTotal } from "./plan";

/** A total that more and more slabs are asked of. */
type Growing = PlanTotal & { readonly slabs: { input: string; from: Ratio; to?: Ratio }[] };

export class Totals {
  readonly all: readonly Growing[];

  /** @param inputs of the plan, to which those of the totals are added */
  constructor(
    private readonly instrument: Instrument,
    private readonly inputs: Record<string, Input>,
  ) {
    this.all = Object.entries(instrument.totals ?? {}).map(([name, { of, before, scope, period, zh, en }]) => {
      for (const input of [of, before]) if (input !== undefined) this.checkMoney(input, name);
      inputs[name] = { kind: "money", zh, en, optional: true };
      const allowance = {
        key: `${instrument.id} ${name}`,
        ...sharedBy(instrument, { scope, period: period ?? "year" }, inputs),
      };
      return { name, of, ...(before !== undefined && { before }), allowance, slabs: [] };
    });
  }

  /** The slabs of a share, each as a share of its own. @throws Refusal for slabs that do not follow one another */
  sharesOf(share: Share): Share[] {
    const { slabs, of } = share;
    if (!slabs) return [share];
    const total = this.all.find(({ name }) => name === slabs.total);
    if (!total || of !== total.of || share.rate !== undefined)
      throw this.refuse(
        `slabs 的 total 要是 totals 中的一项，of 与它相同，且不另写 rate`,
        `slabs need a total of the same input as the share, and no rate beside them`,
      );
    let from = ZERO;
    let open = true;
    return slabs.rates.map(({ "up-to": bound, rate }) => {
      const to = bound === undefined ? undefined : yuanToFen(parseFigure(bound));
      if (!open || (to && (compare(to, from) <= 0 || compare(ratio(halfUp(to)), to) !== 0)))
        throw this.refuse(
          "分段的 up-to 要依次升高、到分为止，只有最后一段可以不写",
          "the bounds of slabs must rise, in whole fen; only the last slab goes without",
        );
      const input = this.slab(total, from, to);
      open = to !== undefined;
      from = to ?? from;
      return { of: input, rate, ...(share.times !== undefined && { times: share.times }) };
    });
  }

  private slab(total: Growing, from: Ratio, to: Ratio | undefined): string {
    const input = `${total.name}:${from.n / from.d}-${to ? to.n / to.d : ""}`;
    if (Object.hasOwn(this.inputs, input)) return input;
    const { of, slabs } = total;
    const words = this.inputs[total.name]!;
    const bounds = boundsOf(from, to);
    this.inputs[input] = {
      kind: "money",
      optional: true,
      zh: `${this.inputs[of]!.zh}（${words.zh}${bounds.zh}的部分）`,
      en: `${this.inputs[of]!.en} (the part with ${words.en} ${bounds.en})`,
    };
    slabs.push({ input, from, ...(to && { to }) });
    return input;
  }

  private checkMoney(input: string, total: string): void {
    if (this.inputs[input]?.kind === "money") return;
    throw this.refuse(
      `合计“${total}”加总的“${input}”不是金额输入`,
      `the total ${total} adds up ${input}, which is no amount`,
    );
  }

  private refuse(zh: string, en: string) {
    return refuse(`“${this.instrument.id}”：${zh}`, `${this.instrument.id}: ${en}`);
  }
}

function boundsOf(from: Ratio, to: Ratio | undefined): Text {
  const zh = (fen: Ratio): string => formatChinese(halfUp(fen));
  const en = (fen: Ratio): string => formatYuan(halfUp(fen)).replace(/\.00$/, "");
  const above = compare(from, ZERO) > 0;
  return {
    zh: [above ? `超过 ${zh(from)}` : "", to ? `不超过 ${zh(to)}` : ""].filter(Boolean).join("、") || "全部",
    en: [above ? `above ${en(from)}` : "", to ? `up to ${en(to)}` : ""].filter(Boolean).join(", ") || "of any amount",
  };
}

/**
 * Whose account rows draw on, and for how long.
 * @throws Refusal for a scope that is neither firm nor object nor an input of kind `name`, and for `unnamed` without an object
 */
export function sharedBy(
  { id }: Instrument,
  { scope, period = "policy", unnamed }: Omit<Shared, "if">,
  inputs: Readonly<Record<string, Input>>,
): Omit<Allowance, "key"> {
  const known = scope === "firm" || scope === "object" ? scope : undefined;
  if (!known && (!Object.hasOwn(inputs, scope) || inputs[scope]!.kind !== "name")) {
    const names = Object.keys(inputs).filter((name) => inputs[name]!.kind === "name");
    throw refuse(
      `“${id}”的限额不能按 ${scope} 计，可用：${["row", "firm", "object", ...names].join("、")}`,
      `${id}: a limit cannot be counted by ${scope}; accepted: ${["row", "firm", "object", ...names].join(", ")}`,
    );
  }
  if (unnamed && scope !== "object")
    throw refuse(
      `“${id}”：unnamed 只用于按对象计的限额（scope: object）`,
      `${id}: unnamed goes with limits of scope object only`,
    );
  return known ? { scope: known, period, ...(unnamed && { unnamed }) } : { scope: "named", by: scope, period };
}
