/** What a figure of an instrument is, in words: the limit, and the test under which it holds. */
import { readingsOf, type FigureAt, type Instrument, type Language, type Text } from "../../rules";

type Tests = FigureAt["tests"][number];

const KIND: Readonly<Record<"rate" | "cap" | "amount" | "less", Text>> = {
  rate: { zh: "比例", en: "rate" },
  cap: { zh: "上限", en: "cap" },
  amount: { zh: "金额", en: "amount" },
  less: { zh: "减去", en: "less" },
};
const NOT: Text = { zh: "非", en: "not " };
const BOUNDS: Readonly<Record<string, string>> = { "at-least": "≥", above: ">", "at-most": "≤", below: "<" };

export function figureLabel({ limit, tests, path }: FigureAt, instrument: Instrument, language: Language): string {
  const kind = path.includes("less")
    ? "less"
    : limit.cap !== undefined
      ? "cap"
      : limit.amount !== undefined
        ? "amount"
        : "rate";
  const name = kind !== "less" && limit.name ? limit.name[language] : KIND[kind][language];
  const when = tests.map((test) => testLabel(test, instrument, language)).join(language === "zh" ? "、" : ", ");
  return when ? `${name} · ${when}` : name;
}

function testLabel(tests: Tests, instrument: Instrument, language: Language): string {
  const readings = readingsOf(instrument);
  const words = Object.entries(tests).map(([name, wanted]): string => {
    if (name === "any") return (wanted as Tests[]).map((inner) => testLabel(inner, instrument, language)).join(" / ");
    if (name === "any-row") return testLabel(wanted as Tests, instrument, language);
    if (name === "ratio" || name === "growth") {
      const { of, to, from, ...bounds } = wanted as Readonly<Record<string, string>>;
      return `${label(instrument, of!, language)} / ${label(instrument, (to ?? from)!, language)} ${boundsWords(bounds)}`;
    }
    const input = instrument.inputs?.[name];
    const options = input?.options ?? readings[name]?.options;
    if (typeof wanted === "boolean")
      return wanted
        ? label(instrument, name, language)
        : (input?.not?.[language] ?? NOT[language] + label(instrument, name, language));
    if (typeof wanted === "string" || (Array.isArray(wanted) && wanted.every((one) => typeof one === "string")))
      return [wanted]
        .flat()
        .map((option) => options?.[option]?.[language] ?? String(option))
        .join(" / ");
    return `${label(instrument, name, language)} ${boundsWords(wanted ?? {})}`;
  });
  return words.join(language === "zh" ? "、" : ", ");
}

const label = (instrument: Instrument, name: string, language: Language): string =>
  instrument.inputs?.[name]?.[language] ?? readingsOf(instrument)[name]?.doubt[language] ?? name;

const boundsWords = (bounds: object): string =>
  Object.entries(bounds)
    .map(([bound, figure]) => `${BOUNDS[bound] ?? bound} ${String(figure)}`)
    .join(" ");
