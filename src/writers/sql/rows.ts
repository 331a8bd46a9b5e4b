/** The steps before rows meet: what the table holds, and what each row gets alone. */
import type { Language, Plan } from "../../rules";
import { conditionWords } from "../terms";
import { limitLine } from "../words";
import { inputColumn, rangeOf as rangeOfInput } from "./clause";
import { comment, listOf, type From, type Group } from "./dialect";
import { accountColumn, limitColumn, ROW, usedColumn, type Frame, type Written } from "./frame";
import { any, not, type Truth } from "./truth";

/** The table's columns under names that no step uses for anything else. */
export function source(frame: Frame): string {
  const { name, row, year, firm, object, inputs } = frame.table;
  const read = (own: string, column: string): string =>
    frame.first.plan.inputs[own]?.kind === "date" ? frame.dialect.day(column) : column;
  const named = { row_no: row, claim_year: year, firm, object };
  const columns = [
    ...Object.entries(named).flatMap(([own, column]) =>
      column === undefined ? [] : [[own, frame.dialect.quoted(column)]],
    ),
    ...Object.entries(inputs).map(([input, column]) => [inputColumn(input), read(input, frame.dialect.quoted(column))]),
  ].map(([own, column]) => `${column} AS ${prefix(frame)}${own}`);
  return `SELECT\n${listOf(columns)}\nFROM ${name.map((part) => frame.dialect.quoted(part)).join(".")}`;
}

function prefix(frame: Frame): string {
  const { row, year, firm, object, inputs } = frame.table;
  const columns = [row, year, firm, object, ...Object.values(inputs)];
  const free = (prefix: string): string =>
    columns.some((column) => column?.startsWith(prefix)) ? free(`${prefix}_`) : prefix;
  return free("in_");
}

function rangeOf(frame: Frame, input: string): ReturnType<typeof rangeOfInput> {
  const declared = frame.first.plan.inputs[input];
  return declared && rangeOfInput(declared);
}

/** A number beyond what is computed here is left out, and its row marked. */
export function claims(frame: Frame, from: From): string {
  const { year, firm, object, inputs } = frame.table;
  const { dialect } = frame;
  const given = (name: string): string => `${prefix(frame)}${name}`;
  const within = (input: string): Truth => {
    const range = rangeOf(frame, input);
    return range
      ? `coalesce(${given(inputColumn(input))} BETWEEN 0 AND ${range.most}, ${frame.dialect.truth(true)})`
      : true;
  };
  // What other rows are awarded is not in the table.
  const asked = frame.first.plan.awarded.map(({ input }) => `${given(inputColumn(input))} IS NULL`);
  return `SELECT\n${listOf([
    `${given("row_no")} AS row_no`,
    `${year === undefined ? dialect.column(String(frame.first.plan.claim.year), false) : given("claim_year")} AS claim_year`,
    `${firm === undefined ? dialect.column(dialect.noText, true) : given("firm")} AS firm`,
    `${object === undefined ? dialect.column(dialect.noText, true) : given("object")} AS object`,
    ...Object.keys(inputs).map((input) => {
      const inside = within(input);
      const own = given(inputColumn(input));
      const value = inside === true ? own : `CASE WHEN ${String(inside)} THEN ${own} END`;
      return `${value} AS ${dialect.quoted(inputColumn(input))}`;
    }),
    `${dialect.column(frame.written(any([...Object.keys(inputs).map((input) => not(within(input))), ...asked])), false)} AS beyond`,
  ])}\nFROM ${from("source")}`;
}

/** Whether one admissible row of the firm and year is such as the clause asks for. */
export function answered(frame: Frame, from: From, asked: readonly (readonly [string, Truth])[]): string {
  const group: Group = {
    name: "firm_and_year",
    by: ["firm", "claim_year"],
    where: "firm IS NOT NULL",
    order: ["row_no"],
    folds: asked.map(([name, truth]) => ({ as: name, kind: "any", value: frame.written(truth) })),
  };
  return frame.dialect.counted(from("claims"), frame.claimColumns, [group]);
}

/** Years whose rows are computed alike, as those of a document mostly are. */
export interface AlikeYears {
  readonly years: readonly number[];
  readonly columns: string;
}

export function alikeYears(frame: Frame): AlikeYears[] {
  const alike = new Map<string, number[]>();
  for (const one of frame.clauses) {
    const columns = aloneColumns(frame, one);
    alike.set(columns, [...(alike.get(columns) ?? []), one.plan.claim.year]);
  }
  return [...alike].map(([columns, years]) => ({ years, columns }));
}

export function aloneName(frame: Frame, { years }: AlikeYears): string {
  return frame.clauses.length > 1 ? `alone_${years[0]}` : "alone_rows";
}

/** Every limit of each row, before other rows. */
export function alone(frame: Frame, { years, columns }: AlikeYears, from: string): string {
  const where = frame.clauses.length > 1 ? `\nWHERE claim_year IN (${years.join(", ")})` : "";
  return `SELECT\n${columns}\nFROM ${from}${where}`;
}

function aloneColumns(frame: Frame, { plan, clause }: Written): string {
  const { dialect } = frame;
  const limits = [...clause.parts.flat(), ...clause.limits];
  const lines = limits.flatMap((one) => [
    `${comment(`${one.limit.index + 1} ${limitLine(one.limit, plan, "zh")} · ${limitLine(one.limit, plan, "en")}`)}\n${dialect.column(one.sql, true)} AS ${limitColumn(one)}`,
    ...(one.limit.allowance && one.used ? [`${dialect.column(one.used, false)} AS ${usedColumn(one)}`] : []),
  ]);
  const columns = [
    ...ROW.map(({ name }) => name),
    ...frame.accountInputs.map((input) => `${dialect.quoted(inputColumn(input))} AS ${accountColumn(input)}`),
    `${conditionsOf(plan)}${dialect.column(clause.outcome, false)} AS outcome`,
    `${dialect.column(clause.missing, true)} AS missing`,
    ...lines,
    ...(clause.minus === undefined
      ? []
      : [`${comment("扣减，分 · taken off, in fen")}\n${dialect.column(clause.minus, false)} AS minus`]),
    ...(clause.pieces === undefined
      ? []
      : [
          `${comment("件数：以上各项按一件算，乘以它 · pieces: all above is of one piece, and is multiplied")}\n${dialect.column(clause.pieces, false)} AS pieces`,
        ]),
    ...(frame.tellsHad ? [`${dialect.column(frame.written(clause.had), false)} AS had`] : []),
    ...(frame.tellsChosen ? [`${dialect.column(frame.written(clause.chosen), false)} AS chosen`] : []),
  ];
  return listOf(columns);
}

/** The conditions in words above the outcome, whose numbers they explain. */
function conditionsOf(plan: Plan): string {
  const inWords = (language: Language): string =>
    plan.conditions.map((one) => conditionWords(one, plan, language)).join(language === "zh" ? "；" : "; ");
  return plan.conditions.length ? `${comment(`条件：${inWords("zh")} · conditions: ${inWords("en")}`)}\n` : "";
}

export function together(frame: Frame, from: From, all: readonly AlikeYears[]): string {
  const rows = all.map((alike) => `SELECT * FROM ${from(aloneName(frame, alike))}`).join("\n  UNION ALL\n  ");
  const { parts } = frame.first.clause;
  const amounts = parts.map((limits, p) => `${frame.least(limits.map(limitColumn))} AS part_${p}`);
  const rooms = frame
    .accounts()
    .map(({ name, shared }) => `${frame.drawn(frame.leastGiven(shared.map(limitColumn)))} AS room_${name}`);
  return `SELECT\n${listOf(["each_row.*", ...amounts, ...rooms])}\nFROM (\n  ${rows}\n) AS each_row`;
}
