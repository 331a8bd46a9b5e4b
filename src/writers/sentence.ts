/** Why a row has no amount, in the words that its cell shows. */
import type { Award, Language, Outcome, Plan, Text } from "../rules";
import { windowWords } from "./terms";
import { inBoth, labelOf, named, percent } from "./words";

/** undefined for an award or a label. */
export function refusalText({ plan, outcome }: Award): Text | undefined {
  const { instrument, document, jurisdiction } = plan.entry;
  switch (outcome.kind) {
    case "award":
    case "label":
      return undefined;
    case "not-in-force": {
      const when = plan.claim.day ?? String(plan.claim.year);
      const window = inBoth((language) => windowWords(document, language, plan.readings));
      return {
        zh: `${jurisdiction.name.zh}“${instrument.name.zh}”在 ${when} 不在有效期内；有效期 ${window.zh}`,
        en: `${instrument.name.en} (${instrument.id}) is not in force ${plan.claim.day ? "on" : "in"} ${when}; window ${window.en}`,
      };
    }
    case "not-eligible":
      return outcome.because;
    case "incomplete":
      return {
        zh: `缺少：${labels(plan, outcome.missing, "zh")}`,
        en: `missing: ${labels(plan, outcome.missing, "en")}`,
      };
    case "unquantified":
      return unquantified(plan, outcome.missing);
    case "above-ceiling":
      return aboveCeiling(plan, outcome);
    case "too-large":
      return {
        zh: "金额或各行的合计过大，无法精确到分",
        en: "the amount, or what the rows come to, is too large to be exact to the fen",
      };
  }
}

function unquantified(plan: Plan, missing: readonly string[]): Text {
  const { open, budget } = plan.entry.instrument;
  const reason: Text = budget
    ? {
        zh: "这是资金池，没有单笔补贴；请用 BUTIE.POOL 或资金池函数",
        en: "this is a pool, not an award; use BUTIE.POOL or the pool functions",
      }
    : (open ?? { zh: "文件未给出数字", en: "the document gives no number" });
  if (!missing.length) return reason;
  return {
    zh: `${reason.zh}；请填：${labels(plan, missing, "zh")}`,
    en: `${reason.en}; enter: ${labels(plan, missing, "en")}`,
  };
}

function aboveCeiling(plan: Plan, { input, ceiling, strictly }: Extract<Outcome, { kind: "above-ceiling" }>): Text {
  return {
    zh: `${labels(plan, [input], "zh")}${strictly ? "应低于" : "不得超过"} ${percent(ceiling)}`,
    en: `${labels(plan, [input], "en")} must ${strictly ? "be below" : "not exceed"} ${percent(ceiling)}`,
  };
}

const labels = (plan: Plan, names: readonly string[], language: Language): string =>
  names
    .map((name) => named(name, labelOf(plan.inputs, name, language), language))
    .join(language === "zh" ? "、" : ", ");
