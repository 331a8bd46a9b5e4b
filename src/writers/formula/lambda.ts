/**
 * One instrument's award as a named function of Microsoft 365: the columns of its sheet, written for a row that stands alone, as the
 * steps of a LET inside a LAMBDA. Its arguments are the inputs of the clause and the year; its figures are the cells of the
 * parameter sheet, as in the sheet. A file marks what older spreadsheets do not know: `_xlfn.` before the functions, `_xlop.`
 * before an argument that may be left out where it is declared, `_xlpm.` before every other argument and step.
 */
import { idOf, isOwn, readingsOf, type Input, type Plan } from "../../rules";
import { labelOf } from "../words";
import type { Placed } from "./accounts";
import { typed } from "./admission";
import { AwardSheet } from "./award-sheet";
import {
  asNumber,
  BLANK,
  call,
  compares,
  dateCell,
  equals,
  HERE,
  joined,
  least,
  most,
  number,
  text,
  times,
  TRUE,
  when,
  written,
  ZERO_CELL,
  type Expression,
  type Scalar,
} from "./expression";
import { FormulaSheet, type Column, type Parameters } from "./sheet";
import type { Entered, Surroundings } from "./surroundings";

export interface NamedArgument {
  /** As the function declares it: 金额. */
  readonly name: string;
  readonly optional: boolean;
  /** What is given for a row of the sheet; "" for nothing. */
  readonly given: (row: number) => Scalar;
}

export interface NamedFunction {
  readonly name: string;
  /** The sheet whose award it gives. */
  readonly sheet: string;
  readonly plan: Plan;
  readonly arguments: readonly NamedArgument[];
  /** As a file holds it, without "=": _xlfn.LAMBDA(…). */
  readonly formula: string;
  /** How many rows of the sheet show what it gives. */
  readonly rows: number;
  /** What it gives for a row of the sheet by itself. */
  readonly value: (row: number) => Scalar;
}

/** A formula of a spreadsheet has at most so many signs. */
export const LONGEST_FORMULA = 8192;
/** A number beyond is the cell of a date, no year. */
const LAST_YEAR = number(9999);
const YEAR = "年度";
const LONGEST_STEP = 24;

const variable = (name: string): string => `_xlpm.${name}`;

/**
 * @param of the sheet whose rows show what is given; nothing of it is shared with other rows
 * @param parameters the section of that sheet
 * @param functions the names of the book's functions so far
 */
export function namedFunction(
  of: AwardSheet,
  parameters: Parameters,
  exact: Expression,
  functions: Names,
): NamedFunction {
  const { plan } = of;
  const names = new Names();
  // The same rows without firms, objects and days, so that a figure is counted in the same parts as in the sheet.
  const rows = of.rows.map(({ sheet, row, planned }): Placed => {
    const bare = { plan: { ...planned.plan, claim: { year: planned.plan.claim.year } }, row: planned.row };
    return { sheet, row, planned: { ...bare, firm: undefined, object: undefined } };
  });
  const argument = (name: string, label: string, optional: boolean, cell: (row: number) => Scalar) => {
    const own = names.taken(label, LONGEST_STEP);
    return { name, own, optional, cell, bare: written(variable(own), cell) };
  };
  const inputs: Plan["inputs"] = { ...plan.entry.instrument.inputs, eligible: plan.inputs.eligible! };
  const needed = new Set(plan.required.flatMap(({ input, tests }) => (tests.length ? [] : [input])));
  const ofInputs = Object.entries(inputs).map(([name, input]) =>
    argument(name, labelOf(plan.inputs, name, "zh"), !needed.has(name), (row) =>
      typed(input, of.rows[row]!.planned.row[name]),
    ),
  );
  const year = argument(YEAR, YEAR, false, (row) => {
    const { claim } = of.rows[row]!.planned.plan;
    return claim.day ? dateCell(claim.day) : claim.year;
  });
  const all = [...ofInputs.filter((one) => !one.optional), year, ...ofInputs.filter((one) => one.optional)];

  const cells = new Map(ofInputs.map((one) => [one.name, read(inputs[one.name], one)]));
  const said = read(undefined, year);
  const around = alone(exact, { year: said, input: (name) => cells.get(name) });
  const sheet = new FormulaSheet(of.sheet.name, of.sheet.first, of.sheet.length);
  const own = new AwardSheet(
    plan,
    sheet,
    rows,
    rows.map((_, row) => row + 1),
    parameters,
    around,
  );
  const steps = new Steps(sheet, names);
  const { columns } = own.admission.clause;
  const several = most(...all.map((one) => areaOf(columns.get(one.name)?.here ?? one.bare)));
  const result = when(
    compares(several, ">", number(1)),
    text("每个参数是一格；整列请用 MAP"),
    when(
      equals(year.bare, BLANK),
      text(`缺少：“${YEAR}”`),
      when(equals(own.range.here, number(1)), text("超出精确范围：数字过大，或小数多于参数表的“精度”"), own.award.here),
    ),
  );
  const last = steps.written(result);
  const declared = all.map((one) => `${one.optional ? "_xlop." : "_xlpm."}${one.own},`).join("");
  return {
    name: functions.taken(functionName(plan)),
    sheet: of.sheet.name,
    plan,
    arguments: all.map(({ own: name, optional, cell }) => ({ name, optional, given: cell })),
    formula: `_xlfn.LAMBDA(${declared}_xlfn.LET(${steps.list.join("")}${last}))`,
    rows: rows.length,
    value: result.value,
  };
}

/** An argument as a cell of the sheet holds it: TRUE is 是; what is left out is blank. */
function read(input: Input | undefined, { bare, optional }: { bare: Expression; optional: boolean }): Expression {
  const isText = input?.kind === "flag" || input?.kind === "choice";
  let value = isText ? joined(bare, BLANK) : bare;
  if (input?.kind === "flag") {
    const yesOrNo = `IF(ISLOGICAL(${bare.text}),IF(${bare.text},"是","否"),${value.text})`;
    value = written(yesOrNo, bare.value);
  }
  return optional ? written(`IF(_xlfn.ISOMITTED(${bare.text}),"",${value.text})`, value.value) : value;
}

const areaOf = (bare: Expression): Expression =>
  times(
    call("ROWS", [bare], () => 1),
    call("COLUMNS", [bare], () => 1),
  );

/** MIN() passes over a text in a list, as it does in cells, but not over one among its arguments. */
function leastListed(...amounts: readonly Expression[]): Expression {
  const [only] = amounts;
  if (only && amounts.length === 1) return asNumber(only);
  const places = amounts.map((_, i) => i + 1).join(",");
  return call("MIN", [`CHOOSE({${places}},${amounts.map((one) => one.text).join(",")})`], least(...amounts).value);
}

/** A row that has no others beside it. */
function alone(exact: Expression, { year, input }: { year: Expression; input: Entered["input"] }): Surroundings {
  const isDay = compares(asNumber(year), ">", LAST_YEAR);
  const entered: Entered = {
    used: TRUE,
    firm: undefined,
    object: undefined,
    year,
    day: when(isDay, year, BLANK),
    input,
  };
  return {
    entered: () => entered,
    exact,
    least: leastListed,
    answerHeader: "",
    granted: () => () => ZERO_CELL,
    firstYear:
      ({ admission }) =>
      () =>
        admission.names.year.here,
    passedBefore: () => () => text("否"),
    // It is the only row of its firm.
    passedAny: ({ sheet }) => {
      const own = sheet.columns.at(-1)!.here;
      return () => own;
    },
    kept: () => undefined,
    inexact: () => undefined,
    checks: () => [],
    literal: () => undefined,
    answer: () => undefined,
  };
}

/** Names of arguments and steps: letters and digits, none like a cell, none twice. */
export class Names {
  private readonly known = new Set<string>();

  /** @param longest signs; more are cut off */
  taken(label: string, longest = Infinity): string {
    const plain = label
      .replace(/[^\p{L}0-9]+/gu, "_")
      .replace(/^_|_$/g, "")
      .slice(0, longest);
    const valid = /^\d|^[a-z]{1,3}\d*$|^r\d*c\d*$/i.test(plain) ? `_${plain}` : plain;
    let name = valid;
    for (let n = 2; this.known.has(name.toUpperCase()); n++) name = `${valid}_${n}`;
    this.known.add(name.toUpperCase());
    return name;
  }
}

/** The columns of a sheet as steps, each behind those that it looks at. */
class Steps {
  /** "_xlpm.按比例,ROUND(…)," */
  readonly list: string[] = [];
  private readonly done = new Map<string, string>();
  private readonly columns: ReadonlyMap<string, Column>;

  constructor(
    { columns }: FormulaSheet,
    private readonly names: Names,
  ) {
    this.columns = new Map(columns.map((column) => [column.letters, column]));
  }

  /** The text of a formula with the names of its steps. */
  written({ text: words }: Expression): string {
    return words.replace(CELL, (_, letters: string) => this.step(this.columns.get(letters)!));
  }

  private step(column: Column): string {
    const known = this.done.get(column.letters);
    if (known !== undefined) return known;
    const formula = this.written(column.content(0) as Expression);
    const isName = /^_xlpm\.[\p{L}0-9_]+$/u.test(formula);
    const name = isName ? formula : variable(this.names.taken(column.form.header, LONGEST_STEP));
    if (!isName) this.list.push(`${name},${formula},`);
    this.done.set(column.letters, name);
    return name;
  }
}
const CELL = new RegExp(`([A-Z]+)${HERE}`, "g");

const STEMS: Readonly<Record<string, string>> = {
  "compute-voucher": "SUANLI_QUAN",
  "model-voucher": "MOXING_QUAN",
  "corpus-voucher": "YULIAO_QUAN",
  "innovation-voucher": "CHUANGXIN_QUAN",
  "interest-subsidy": "TIEXI",
};

/**
 * SUANLI_QUAN_BJ_6 of bj-6-suanli: our function for the kind of support, place and article; BUTIE_BJ_1_KEYTECH where there is no
 * such function, and of the user's own policies. A version of a document, and readings that are not the usual ones are named behind it.
 */
function functionName({ entry, readings }: Plan): string {
  const { instrument } = entry;
  const stem = isOwn(entry) ? undefined : STEMS[instrument.family];
  const [id, ...version] = idOf(entry).split("@") as [string, ...string[]];
  const chosen = Object.entries(readingsOf(instrument)).flatMap(([name, { default: usual }]) =>
    readings[name] === usual ? [] : [name, readings[name]!],
  );
  return [stem ?? "BUTIE", stem ? id.replace(/-[^-]*$/, "") : id, ...version, ...chosen]
    .join("_")
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_");
}
