/**
 * The texts of a file as values. Plain numbers are read in the database; every other text that occurs is read once, by the
 * same reading as a cell of a workbook (src/tables), and joined. What cannot be read is a reason, never a guess.
 */
import { isInForce, type Claim, type Entry, type Input } from "../../rules";
import {
  claimIn,
  countingInputs,
  isBlank,
  isStandIn,
  isTotal,
  nameOf,
  Unread,
  valueIn,
  type Layout,
  type Unit,
} from "../../tables";
import { labelOf } from "../../writers/words";
import { literal, quoted, rangeOf } from "../../writers/sql";
import type { Warehouse } from "./warehouse";

type Value = string | number | boolean | undefined;
type Type = "VARCHAR" | "BIGINT" | "BOOLEAN";

/** How one column of the file becomes one column of values. */
interface Reading {
  readonly column: string;
  readonly name: string;
  readonly type: Type;
  /** SQL of the value and the texts it holds for; every other text is read by `read`. */
  readonly plain?: { readonly pattern: string; readonly sql: (text: string) => string };
  readonly read: (text: string) => Value | Unread;
}

export interface Typed {
  /** Inputs, `firm` and `object` that the file gives. */
  readonly inputs: readonly string[];
  readonly firm: boolean;
  readonly object: boolean;
  /** Headers that mean nothing to the instrument. */
  readonly unused: readonly string[];
}

/**
 * Makes the table `typed` of `raw`: row_no, claim_year, claim_day, in_force, firm, object, the inputs as rangeOf() says, and `reason`
 * where the row cannot be read.
 * @param claim of rows that name none
 */
export async function typeClaims(
  warehouse: Warehouse,
  layout: Layout,
  headers: readonly string[],
  claim: Claim,
): Promise<Typed> {
  const { entry } = layout;
  const readings: Reading[] = [];
  headers.forEach((column, c) => {
    const meaning = layout.meanings[c];
    if (meaning?.kind === "input")
      readings.push(inputReading(column, meaning.name, meaning.input!, meaning.unit ?? 1, entry));
    if (meaning?.kind === "table" && (meaning.name === "firm" || meaning.name === "object"))
      readings.push(nameReading(column, meaning.name));
    if (meaning?.kind === "table" && meaning.name === "year") readings.push(...yearReadings(column, entry, claim));
  });
  for (const [r, reading] of readings.entries()) await mapTexts(warehouse, reading, `text_${r}`);
  const has = (name: string): boolean => readings.some((reading) => reading.name === name);
  const values = readings.map((reading, r) => `${valueSql(reading, `text_${r}`)} AS ${quoted(reading.name)}`);
  const reasons = readings.map((_, r) => `text_${r}.reason`);
  const joins = readings.map(
    (reading, r) => `LEFT JOIN text_${r} ON text_${r}.text = coalesce(raw.${quoted(reading.column)}, '')`,
  );
  const inForce = isInForce(entry.document, claim);
  const claimDay = claim.day === undefined ? "CAST(NULL AS VARCHAR)" : literal(claim.day);
  await warehouse.run(`CREATE TABLE typed AS
SELECT raw.rowid AS row_no,
  ${[
    ...(has("claim_year") ? [] : [`${claim.year} AS claim_year`, `${claimDay} AS claim_day`, `${inForce} AS in_force`]),
    ...values,
    `nullif(concat_ws('；', ${[...reasons, "NULL"].join(", ")}), '') AS reason`,
  ].join(",\n  ")}
FROM raw
${joins.join("\n")}`);
  if (has("firm") && (await warehouse.count("SELECT count(firm) FROM typed")) > 0) {
    await warehouse.run(
      `UPDATE typed SET reason = concat_ws('；', reason, ${literal("企业为空，而其他行有企业")}) WHERE firm IS NULL`,
    );
  }
  if (has("claim_year") && (has("firm") || has("object"))) {
    const owner = `coalesce(${["object", "firm"].filter(has).join(", ")})`;
    for (const [name] of countingInputs(entry)) {
      const words = `${labelOf(entry.instrument.inputs ?? {}, name, "zh")}为空，而同一对象或企业在前面的年度已有行`;
      // Which rows of the earlier years are paid is not known before the query: here it has to be said.
      await warehouse.run(
        `UPDATE typed SET reason = concat_ws('；', reason, ${literal(words)}) WHERE ${has(name) ? `${quoted(name)} IS NULL AND ` : ""}row_no IN (
  SELECT row_no FROM (SELECT row_no, claim_year > min(claim_year) OVER (PARTITION BY ${owner}) AS later
    FROM typed WHERE reason IS NULL AND in_force AND ${owner} IS NOT NULL) WHERE later)`,
      );
    }
  }
  return {
    inputs: readings.map(({ name }) => name).filter((name) => !TABLE_NAMES.has(name)),
    firm: has("firm"),
    object: has("object"),
    unused: headers.filter((_, c) => !layout.meanings[c]),
  };
}

const TABLE_NAMES: ReadonlySet<string> = new Set(["firm", "object", "claim_year", "claim_day", "in_force"]);

function valueSql({ column, plain }: Reading, table: string): string {
  const text = `coalesce(raw.${quoted(column)}, '')`;
  if (!plain) return `${table}.value`;
  return `CASE WHEN regexp_full_match(${text}, ${literal(plain.pattern)}) THEN ${plain.sql(text)} ELSE ${table}.value END`;
}

/** Reads each text that the database does not read by itself once. */
async function mapTexts(warehouse: Warehouse, { column, type, plain, read }: Reading, table: string): Promise<void> {
  const text = `coalesce(${quoted(column)}, '')`;
  const others = plain ? ` WHERE NOT regexp_full_match(${text}, ${literal(plain.pattern)})` : "";
  async function* rows(): AsyncGenerator<Value[]> {
    for await (const chunk of warehouse.chunks(`SELECT DISTINCT ${text} FROM raw${others}`)) {
      for (const [cell] of chunk) {
        const value = read(String(cell));
        yield value instanceof Unread ? [String(cell), undefined, value.zh] : [String(cell), value, undefined];
      }
    }
  }
  await warehouse.fill(table, { text: "VARCHAR", value: type, reason: "VARCHAR" }, rows());
}

const MONEY_DIGITS = 13;

function inputReading(column: string, name: string, input: Input, unit: Unit, entry: Entry): Reading {
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
    return {
      column,
      name,
      type: "BIGINT",
      plain: {
        pattern: `[0-9]{1,${MONEY_DIGITS - decimals + 2}}([.][0-9]{1,${decimals}})?`,
        sql: (text) => {
          const fen = `CAST(CAST(${text} AS DECIMAL(${MONEY_DIGITS + 2},${decimals})) * ${10 ** decimals} AS BIGINT)`;
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
  return {
    column,
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

const nameReading = (column: string, name: "firm" | "object"): Reading => ({
  column,
  name,
  type: "VARCHAR",
  read: (text) => {
    if (isBlank(text)) return undefined;
    const found = nameOf(text);
    if (isTotal(found)) return new Unread(`“${text}”是合计行，不是申报`, `${text} is a row of totals, not a claim`);
    if (isStandIn(found)) return new Unread(`“${text}”不是名称，没有就留空`, `${text} is no name: leave it blank`);
    return found || undefined;
  },
});

function yearReadings(column: string, entry: Entry, otherwise: Claim): Reading[] {
  const when = (text: string): Claim | Unread => (isBlank(text) ? otherwise : claimIn(text));
  return [
    {
      column,
      name: "claim_year",
      type: "BIGINT",
      read: (text) => {
        const claim = when(text);
        return claim instanceof Unread ? claim : claim.year;
      },
    },
    {
      column,
      name: "claim_day",
      type: "VARCHAR",
      read: (text) => {
        const claim = when(text);
        return claim instanceof Unread ? undefined : claim.day;
      },
    },
    {
      column,
      name: "in_force",
      type: "BOOLEAN",
      read: (text) => {
        const claim = when(text);
        return claim instanceof Unread ? undefined : isInForce(entry.document, claim);
      },
    },
  ];
}
