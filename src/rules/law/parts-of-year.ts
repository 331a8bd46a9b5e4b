/** Halves and quarters: limits may run for less than a year. */
import type { Input, Instrument } from "./policy";

/** The inputs that tell the parts of a year apart, where accounts run for less than a year; a choice of the parts. */
export const PARTS_OF_YEAR = {
  quarter: {
    input: "quarter",
    spec: {
      kind: "choice",
      zh: "季度",
      en: "quarter",
      options: {
        1: { zh: "一季度", en: "first quarter" },
        2: { zh: "二季度", en: "second quarter" },
        3: { zh: "三季度", en: "third quarter" },
        4: { zh: "四季度", en: "fourth quarter" },
      },
    },
  },
  "half-year": {
    input: "half_year",
    spec: {
      kind: "choice",
      zh: "上下半年",
      en: "half-year",
      options: { 1: { zh: "上半年", en: "first half" }, 2: { zh: "下半年", en: "second half" } },
    },
  },
} as const satisfies Record<string, { readonly input: string; readonly spec: Input }>;

type PartOfYear = keyof typeof PARTS_OF_YEAR;

/** The parts of the year that limits of an instrument run for, with the inputs that give them. */
export const partsOfYear = ({ inputs = {} }: Instrument): readonly { input: string; part: PartOfYear }[] =>
  (Object.keys(PARTS_OF_YEAR) as PartOfYear[]).flatMap((part) => {
    const { input, spec } = PARTS_OF_YEAR[part];
    return inputs[input] === spec ? [{ input, part }] : [];
  });

/** The part of the year that a day (ISO date) lies in, as the option of the input is called. */
export const partOn = (day: string, part: PartOfYear): string =>
  String(Math.ceil((Number(day.slice(5, 7)) * Object.keys(PARTS_OF_YEAR[part].spec.options).length) / 12));
