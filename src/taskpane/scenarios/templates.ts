/** Sets of scenarios that are asked for again and again, made for the instruments of the base. */
import {
  CATALOGUE,
  compare,
  Exact,
  figuresOf,
  limitsOf,
  formatChinese,
  formatYuan,
  isInForce,
  JURISDICTIONS,
  planOf,
  ratio,
  readingsOf,
  type Claim,
  type Entry,
  type Language,
  type PlanFigure,
  type Scenario,
  toDecimal,
  latestAt,
} from "../../rules";

export const TEMPLATES = ["readings", "jurisdictions", "rate", "cap", "growth"] as const;
export type Template = (typeof TEMPLATES)[number];

const RATE_FACTORS = ["0.9", "1.1"];
const CAP_FACTORS = ["0.5", "0.75", "1.25", "1.5", "2"];
const GROWTH = ["-0.2", "-0.1", "0.1", "0.2", "0.5"];

/** @param entries the instruments of the base */
export function templateOf(
  template: Template,
  entries: readonly Entry[],
  claim: Claim,
  language: Language,
): Scenario[] {
  switch (template) {
    case "readings":
      return otherReadings(entries, language);
    case "jurisdictions":
      return otherJurisdictions(entries, claim, language);
    case "rate":
      return levers(entries, claim, "whatif_rate").flatMap((rate) =>
        RATE_FACTORS.map((factor) => rate.times(factor))
          .filter((changed) => changed.lte(1))
          .map((changed) => ({
            name: { zh: `比例 ${percent(changed)}`, en: `rate ${percent(changed)}` }[language],
            rate: changed.toString(),
          })),
      );
    case "cap":
      return levers(entries, claim, "whatif_cap").flatMap((cap) =>
        CAP_FACTORS.map((factor) => cap.times(factor).toNumber()).map((changed) => ({
          name: { zh: `上限 ${formatChinese(changed)}`, en: `cap ${formatYuan(changed).replace(/\.00$/, "")} yuan` }[
            language
          ],
          cap: changed,
        })),
      );
    case "growth":
      return GROWTH.map((growth) => {
        const change = `${growth.startsWith("-") ? "−" : "+"}${percent(new Exact(growth).abs())}`;
        return { name: { zh: `金额 ${change}`, en: `amounts ${change}` }[language], growth };
      });
  }
}

const percent = (rate: Exact): string => `${rate.times(100).toString()}%`;

/** One scenario per option that is not the default, each reading for all instruments that have it. */
function otherReadings(entries: readonly Entry[], language: Language): Scenario[] {
  const readings = new Map(entries.flatMap(({ instrument }) => Object.entries(readingsOf(instrument))));
  return [...readings].flatMap(([name, { register, default: taken, options }]) =>
    Object.entries(options)
      .filter(([option]) => option !== taken)
      .map(([option, words]) => ({ name: `${register} ${words[language]}`, readings: { [name]: option } })),
  );
}

/** The jurisdictions that have, in force, an instrument of a family of the base. */
function otherJurisdictions(entries: readonly Entry[], claim: Claim, language: Language): Scenario[] {
  const families = new Set(entries.map(({ instrument }) => instrument.family));
  const own = new Set(entries.map(({ jurisdiction }) => jurisdiction.code));
  return JURISDICTIONS.filter(
    ({ code }) =>
      !(own.size === 1 && own.has(code)) &&
      CATALOGUE.some(
        (entry) => entry.jurisdiction.code === code && families.has(entry.instrument.family) && isInForce(entry, claim),
      ),
  ).map(({ code, name }) => ({ name: name[language], jurisdiction: code }));
}

/** The figures that a what-if rate or cap replaces, each once: fractions, or fen. */
function levers(entries: readonly Entry[], claim: Claim, lever: NonNullable<PlanFigure["lever"]>): Exact[] {
  const found = entries
    .flatMap((entry) => figuresOf(limitsOf(planOf(latestAt(entry, claim), claim))))
    .filter((figure) => figure.lever === lever)
    .flatMap(({ cases }) =>
      cases.flatMap(({ value }) => {
        if (value.kind === "number") return [value.number];
        return value.kind === "given" && value.ceiling ? [value.ceiling] : [];
      }),
    );
  // A third is no decimal, and so no figure of a scenario.
  const exact = found
    .filter((figure) => compare(ratio(toDecimal(figure, MOST_DECIMALS)), figure) === 0)
    .map((figure) => toDecimal(figure, MOST_DECIMALS));
  return [...new Map(exact.map((figure) => [figure.toString(), figure])).values()];
}

const MOST_DECIMALS = 20;
