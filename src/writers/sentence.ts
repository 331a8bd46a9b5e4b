/** A plan and its award in words, Chinese and English: what a finance person would write in a working paper. */
import { toDecimal, type Award, type Document, type Language, type Outcome, type Ratio, type Text } from "../rules";

/** "30%": a rate as a percentage, in full. */
export const percent = (rate: Ratio): string => `${toDecimal({ n: rate.n.times(100), d: rate.d }, 10).toString()}%`;

/** "2025-05-31 至 2027-12-31"; a start that the document leaves blank is its year. */
export function windowText({ window: { from, to } }: Document): Text {
  return { zh: `${from} 至 ${to ?? "未定"}`, en: `${from} to ${to ?? "no end stated"}` };
}

/** Why there is no amount, as the cell's message says it; undefined for an award or a label. */
export function refusalText({ plan, outcome }: Award): Text | undefined {
  const { instrument, document } = plan.entry;
  const { name, id } = instrument;
  switch (outcome.kind) {
    case "award":
    case "label":
      return undefined;
    case "not-in-force":
      return {
        zh: `${name.zh}（${id}）在 ${when(plan)} 不在有效期内；有效期 ${windowText(document).zh}`,
        en: `${name.en} (${id}) is not in force on ${when(plan)}; window ${windowText(document).en}`,
      };
    case "not-eligible":
      return outcome.because;
    case "incomplete":
      return {
        zh: `缺少：${labels(plan, outcome.missing, "zh")}`,
        en: `missing: ${labels(plan, outcome.missing, "en")}`,
      };
    case "unquantified":
      return {
        zh: `${instrument.open?.zh ?? "文件未给出数字"}${outcome.missing.length ? `；请填：${labels(plan, outcome.missing, "zh")}` : ""}`,
        en: `${instrument.open?.en ?? "the document gives no number"}${outcome.missing.length ? `; enter: ${labels(plan, outcome.missing, "en")}` : ""}`,
      };
    case "above-ceiling":
      return ceilingText(plan, outcome);
    case "too-large":
      return { zh: "结果过大，无法精确到分", en: "the result is too large to be exact to the fen" };
  }
}

const when = ({ claim }: Award["plan"]): string => claim.day ?? String(claim.year);

function ceilingText(
  plan: Award["plan"],
  { input, ceiling, strictly }: Extract<Outcome, { kind: "above-ceiling" }>,
): Text {
  return {
    zh: `${labels(plan, [input], "zh")}${strictly ? "应低于" : "不得超过"} ${percent(ceiling)}`,
    en: `${labels(plan, [input], "en")} must ${strictly ? "be below" : "not exceed"} ${percent(ceiling)}`,
  };
}

const labels = ({ inputs }: Award["plan"], names: readonly string[], language: Language): string =>
  names.map((name) => `${inputs[name]?.[language] ?? name} (${name})`).join(language === "zh" ? "、" : ", ");
