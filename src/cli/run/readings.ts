/** How the texts of a column become values: by the database where they are plain, else by the same reading as a cell of a workbook. */
import { isInForce, partOn, partsOfYear, type Claim, type Entry, type Input } from "../../rules";
import { claimIn, isBlank, isStandIn, isTotal, nameOf, Unread, valueIn, type Unit } from "../../tables";
import { labelOf } from "../../writers/words";
import { rangeOf } from "../../writers/sql";
import type { Type, Words } from "./store";

export type Value = string | number | boolean | undefined;

/** How a column of the claims, or several together, become one column of values. */
export interface Reading {
  readonly columns: readonly string[];
  readonly name: string;
  readonly type: Type;
  /** SQL of the value and the texts it holds for; every other text is read by `read`. */
  readonly plain?: { readonly pattern: string; readonly sql: (text: string, words: Words) => string };
  readonly read: (text: string) => Value | Unread;
}

/** Between the texts of several columns. */
export const SEPARATOR = "\u001f";

/** What is read, as SQL. */
export const textOf = (words: Words, { columns }: Pick<Reading, "columns">): string => {
  const texts = columns.map((column) => words.text(words.dialect.quoted(column)));
  return texts.length > 1 ? `concat(${texts.join(`, ${words.dialect.literal(SEPARATOR)}, `)})` : texts[0]!;
};

/** What cells hold in which nothing can be seen, as a pattern of all databases. */
export const BLANK = "[\\s\u00a0\u200b-\u200f\u2028\u2029\u3000\ufeff]*";
/** What a cell holds that says nothing under a header that its row does not know: a blank, 0, FALSE. */
export const NOTHING = `${BLANK}|0([.]0+)?|[Ff]alse|FALSE`;

const MONEY_DIGITS = 13;

export function inputReading(column: string, name: string, input: Input, unit: Unit, entry: Entry): Reading {
  const label = labelOf({ [name]: input }, name, "zh");
  const under = (words: Unread): Unread => new Unread(`${label}：${words.zh}`, `${input.en}: ${words.en}`);
  const required =
    input.kind === "money" &&
    !input.optional &&
    input.default === undefined &&
    entry.instrument.inputs?.[name] !== undefined;
  const range = rangeOf(input);
  if (input.kind === "money") {
    const decimals = 2 + Math.round(Math.log10(unit));
    const pattern = `[0-9]{1,${MONEY_DIGITS - decimals + 2}}([.][0-9]{1,${decimals}})?`;
    return {
      columns: [column],
      name,
      type: "BIGINT",
      plain: {
        pattern,
        sql: (text, words) => {
          const fen = words.shifted(text, pattern, decimals);
          return input.zero === "absent" ? `nullif(${fen}, 0)` : fen;
        },
      },
      read: (text) => {
        if (isBlank(text)) return required ? under(new Unread("金额为空", "the amount is blank")) : undefined;
        const value = valueIn(input, text, unit);
        if (value instanceof Unread) return under(value);
        return /e/i.test(text) || moreDecimals(text, decimals)
          ? under(new Unread(`“${text}”不是精确到分的金额`, `${text} is no amount to the fen`))
          : value;
      },
    };
  }
  if (input.kind === "name") return nameReading(column, name);
  return {
    columns: [column],
    name,
    type: input.kind === "flag" ? "BOOLEAN" : input.kind === "choice" ? "VARCHAR" : "BIGINT",
    read: (text) => {
      if (isBlank(text)) return undefined;
      const value = valueIn(input, text);
      if (value instanceof Unread) return under(value);
      if (!range || typeof value !== "number") return value;
      const whole = Math.round(value * Number(range.scale));
      // A decimal of up to 15 digits is the only one that reads as its double: the quotient decides.
      return Number.isSafeInteger(whole) && whole / Number(range.scale) === value
        ? whole
        : under(new Unread(`“${text}”的位数过多`, `${text} has too many digits`));
    },
  };
}

/** Commas and signs of money aside, whether a number is finer than a fen. */
const moreDecimals = (text: string, decimals: number): boolean =>
  (/[.．](\d+)/.exec(text)?.[1]?.replace(/0+$/, "").length ?? 0) > decimals;

/**
 * Names as most are, which a database spells as nameOf() does: Chinese ones that end as those of firms do and do not begin with
 * 其, and numbers of contracts. None of them marks a total or stands in for a name.
 */
export const PLAIN_NAME =
  "[0-9A-Za-z(（一-兵具-鿿][0-9A-Za-z()（）一-鿿]*(公司|厂|集团|大学|学院|研究院|研究所|中心|实验室|医院)|[A-Za-z]{0,2}-?[0-9][0-9A-Za-z_-]*";

export const nameReading = (column: string, name: string): Reading => ({
  columns: [column],
  name,
  type: "VARCHAR",
  plain: { pattern: PLAIN_NAME, sql: (text) => `lower(replace(replace(${text}, '（', '('), '）', ')'))` },
  read: (text) => {
    if (isBlank(text)) return undefined;
    const found = nameOf(text);
    if (isTotal(found)) return new Unread(`“${text}”是合计行，不是申报`, `${text} is a row of totals, not a claim`);
    if (isStandIn(found)) return new Unread(`“${text}”不是名称，没有就留空`, `${text} is no name: leave it blank`);
    return found || undefined;
  },
});

/**
 * @param blank what a blank cell stands for
 * @param lacks whether no column gives an input, so that a day tells the quarter and the half-year
 */
export function yearReadings(
  column: string,
  entry: Entry,
  blank: Claim | Unread,
  lacks: (input: string) => boolean,
): Reading[] {
  const when = (text: string): Claim | Unread => (isBlank(text) ? blank : claimIn(text));
  const of = (name: string, type: Type, read: (claim: Claim) => Value): Reading => ({
    columns: [column],
    name,
    type,
    read: (text) => {
      const claim = when(text);
      // The words stand once, under the year.
      return claim instanceof Unread ? (name === "claim_year" ? claim : undefined) : read(claim);
    },
  });
  return [
    of("claim_year", "BIGINT", ({ year }) => year),
    of("claim_day", "VARCHAR", ({ day }) => day),
    of("in_force", "BOOLEAN", (claim) => isInForce(entry, claim)),
    ...partsOfYear(entry.instrument)
      .filter(({ input }) => lacks(input))
      .map(({ input, part }) => of(input, "VARCHAR", ({ day }) => day && partOn(day, part))),
  ];
}
