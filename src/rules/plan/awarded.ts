/** Awards on other awards: which inputs ask for them, and which rows therefore come first. */
import { entryOf } from "../law/catalogue";
import type { Instrument } from "../law/policy";
import { refuse } from "../refusal";
import type { PlanAwarded } from "./plan";

/** @throws Refusal for an instrument that is not there, and for an input that is no amount */
export const awardedOf = ({ id, inputs = {} }: Instrument): PlanAwarded[] =>
  Object.entries(inputs).flatMap(([input, { kind, "awarded-by": asked }]) => {
    if (!asked) return [];
    if (kind !== "money")
      throw refuse(`“${id}”的“${input}”不是金额，不能写 awarded-by`, `${id}: ${input} is no amount`);
    const { instruments, scope = "object", period = "year" } = asked;
    return [{ input, instruments: [instruments].flat(), allowance: { key: `${id} ${input} awarded`, scope, period } }];
  });

/**
 * 0 where no other award is asked for, else one more than the highest of those that are.
 * @throws Refusal where instruments ask for one another
 */
export function waveOf(instrument: Instrument, asking: readonly string[] = []): number {
  if (asking.includes(instrument.id))
    throw refuse(
      `按另一项的补助额计算不能循环：${[...asking, instrument.id].join(" → ")}`,
      `awards that ask for one another: ${[...asking, instrument.id].join(" → ")}`,
    );
  const asked = awardedOf(instrument).flatMap(({ instruments }) => instruments);
  return Math.max(-1, ...asked.map((id) => waveOf(entryOf(id).instrument, [...asking, instrument.id]))) + 1;
}
