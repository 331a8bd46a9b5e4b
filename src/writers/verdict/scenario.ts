/** The verdict of a run of scenarios: what changes against the base, by how much, and for how many firms. */
import type { Language, ScenarioResult } from "../../rules";
import { aboutMoney, aboutPart, grouped, leftOut } from "./figures";

type Result = Pick<ScenarioResult, "name" | "refusal" | "total" | "firms" | "rows" | "unknown">;

/** @param results the base first */
export function scenariosVerdict(results: readonly Result[], language: Language): string {
  const [base, ...scenarios] = results;
  const money = (fen: number): string => aboutMoney(fen, language);
  if (!base || base.refusal)
    return { zh: "现行做法算不出，无从比较。", en: "The base cannot be computed: there is nothing to compare with." }[
      language
    ];
  const total = {
    zh: `按现行做法，${grouped(base.rows)}行合计${money(base.total)}，${grouped(base.firms)}家企业有奖补`,
    en: `As things are, ${grouped(base.rows)} rows come to ${money(base.total)} for ${grouped(base.firms)} firms`,
  }[language];
  const unknown = leftOut(base.unknown, language);
  const computed = scenarios.filter(({ refusal }) => !refusal);
  const refused = scenarios.length - computed.length;
  const missing = refused
    ? { zh: `；${refused}个情景算不出`, en: `; ${refused} scenarios cannot be computed` }[language]
    : "";
  const end = missing + { zh: "。", en: "." }[language];
  if (!computed.length) return total + unknown + end;
  const change = (result: Result): string => changeWords(base, result, language);
  if (computed.length === 1) return total + unknown + { zh: "；", en: "; " }[language] + change(computed[0]!) + end;
  const least = computed.reduce((a, b) => (b.total < a.total ? b : a));
  const most = computed.reduce((a, b) => (b.total > a.total ? b : a));
  if (least.total === most.total)
    return (
      total +
      unknown +
      {
        zh: `；${computed.length}个情景合计都一样：${change(least)}`,
        en: `; ${computed.length} scenarios all come to the same: ${change(least)}`,
      }[language] +
      end
    );
  // Several may come to what there is now: none of them is the cheapest or the dearest.
  const cheapest =
    least.total === base.total
      ? { zh: "没有一个比现行做法少付", en: "none costs less than now" }
      : { zh: `最省的是${change(least)}`, en: `the cheapest is ${change(least)}` };
  const dearest =
    most.total === base.total
      ? { zh: "没有一个比现行做法多付", en: "none costs more than now" }
      : { zh: `最费的是${change(most)}`, en: `the dearest is ${change(most)}` };
  return (
    total +
    unknown +
    {
      zh: `；${computed.length}个情景中${cheapest.zh}，${dearest.zh}`,
      en: `; of ${computed.length} scenarios ${cheapest.en}, ${dearest.en}`,
    }[language] +
    end
  );
}

function changeWords(base: Result, { name = "", total, firms }: Result, language: Language): string {
  const difference = total - base.total;
  const part = base.total ? aboutPart(Math.abs(difference) / base.total, language) : undefined;
  const amount = aboutMoney(Math.abs(difference), language);
  const inPart = part ? { zh: `（${part}）`, en: ` (${part})` }[language] : "";
  const said =
    difference === 0
      ? { zh: "合计不变", en: "the same total" }[language]
      : difference < 0
        ? { zh: `少付${amount}${inPart}`, en: `${amount} less${inPart}` }[language]
        : { zh: `多付${amount}${inPart}`, en: `${amount} more${inPart}` }[language];
  const moved = firms - base.firms;
  const counted =
    moved === 0
      ? ""
      : moved < 0
        ? { zh: `，少${-moved}家`, en: `, ${-moved} firms fewer` }[language]
        : { zh: `，多${moved}家`, en: `, ${moved} firms more` }[language];
  return { zh: `“${name}”，${said}${counted}`, en: `“${name}”, ${said}${counted}` }[language];
}
