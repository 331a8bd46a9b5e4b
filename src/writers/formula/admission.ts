/** The columns before the limits: names, inputs, the window, conditions; and whether the row is admitted to an award. */
import { anyRowTests, isoOf, windowOf, type Input, type Plan, type PlanTest, type Value } from "../../rules";
import { conditionWords } from "../terms";
import { titled } from "../words";
import { accountKey, type Names, type Placed } from "./accounts";
import { Clause, formatOf, listOf, NO, YES, yesOrNo, type Problem } from "./clause";
import {
  and,
  BLANK,
  compares,
  dateCell,
  differs,
  equals,
  FALSE,
  joined,
  or,
  text,
  TRUE,
  when,
  yearOf,
  type Expression,
  type Scalar,
} from "./expression";
import { isFormula, type Column, type FormulaSheet, type Parameters } from "./sheet";
import type { AnyRow, Entered, InstrumentSheet, Surroundings } from "./surroundings";

export const ADMITTED = "符合";
export const NOT_ELIGIBLE = "不符合条件";

/** The columns of when a row is claimed: a day counts where one stands; the third is the year of both. */
export const CLAIM_YEAR = "申报年度";
export const CLAIM_DAY = "申报日期（填了以此为准）";
export const YEAR_OF_DAY = "年度";

/** What a row says, as a cell holds it: yuan, 是 or 否, the words of a choice; "" for nothing. */
export function typed(input: Input, value: Value | undefined): Scalar {
  if (value === undefined) return "";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "string") return input.options?.[value]?.zh ?? value;
  if (input.kind === "date") return dateCell(isoOf(value));
  return input.kind === "money" ? value / 100 : value;
}

export class Admission {
  readonly clause: Clause;
  names: Names;
  readonly anyRows: AnyRow[] = [];
  /** Where rows look into other cells. */
  readonly entered: Entered | undefined;
  /** Object and year, where rows of the instrument must not repeat each other. */
  readonly objectKey?: Column;
  readonly inForce: Column;
  private readonly wrong: Column | undefined;
  private readonly missing: Column | undefined;
  private readonly conditions: readonly { readonly column: Column; readonly because: string }[];

  /** @param sources row of each in the table, counted from 1 */
  constructor(
    private readonly plan: Plan,
    private readonly sheet: FormulaSheet,
    private readonly rows: readonly Placed[],
    sources: readonly number[],
    parameters: Parameters,
    private readonly around: Surroundings,
    private readonly owner: InstrumentSheet,
  ) {
    const planned = rows.map((row) => row.planned);
    this.entered = around.entered?.(sheet);
    this.clause = new Clause(plan, planned, parameters, Boolean(this.entered), around.leastParts);
    this.names = this.addNames(sources);
    this.addInputs();
    this.names = { ...this.names, inputs: this.clause.columns };
    const { object, year } = this.names;
    if (object && !this.entered && plan.parts.length && !plan.entry.instrument.tranches && !plan.again) {
      const key = accountKey({ object, year }, { scope: "object" }, joined(text(" "), year.here));
      this.objectKey = this.sheet.add("对象和年度", "account", "text", key);
    }
    this.addAnyRows();
    this.inForce = this.addWindow();
    this.wrong = this.addWords("填写有误", this.clause.wrongInputs());
    this.missing = this.addWords("缺少", this.clause.missingInputs());
    this.conditions = this.addConditions();
  }

  private addNames(sources: readonly number[]): Names {
    const { rows, plan, entered } = this;
    const role = entered ? "stored" : "input";
    this.sheet.add("原表行", "name", "whole", (row) => sources[row]!);
    const named = (field: "firm" | "object", header: string): Column | undefined => {
      const cell = entered?.[field];
      if (cell) return this.sheet.add(header, role, "text", cell);
      return rows.some(({ planned }) => planned[field])
        ? this.sheet.add(header, role, "text", (row) => rows[row]!.planned[field] ?? "")
        : undefined;
    };
    const firm = named("firm", "企业");
    const object = named("object", plan.entry.instrument.object?.zh ?? "对象");
    const claimed = this.sheet.add(
      CLAIM_YEAR,
      role,
      "whole",
      (row) => entered?.year ?? rows[row]!.planned.plan.claim.year,
    );
    let [year, day]: [Column, Column | undefined] = [claimed, undefined];
    if (entered?.day ?? rows.some(({ planned }) => planned.plan.claim.day)) {
      day = this.sheet.add(CLAIM_DAY, role, "date", (row) => {
        if (entered?.day) return entered.day;
        const on = rows[row]!.planned.plan.claim.day;
        return on ? dateCell(on) : "";
      });
      year = this.sheet.add(
        YEAR_OF_DAY,
        "test",
        "whole",
        when(equals(day.here, BLANK), claimed.here, yearOf(day.here)),
      );
    }
    return { ...(firm && { firm }), ...(object && { object }), year, ...(day && { day }) };
  }

  /** The clause's own inputs, and of the general ones those that a row gives. */
  private addInputs(): void {
    const { plan, rows, clause, entered } = this;
    const declared = plan.entry.instrument.inputs ?? {};
    for (const [name, input] of Object.entries(plan.inputs)) {
      if (entered) {
        const cell = entered.input(name);
        if (cell) clause.columns.set(name, this.sheet.add(input.zh, "stored", formatOf(input), cell));
        continue;
      }
      if (!(name in declared) && rows.every(({ planned }) => planned.row[name] === undefined)) continue;
      const options = input.kind === "flag" ? ["是", "否"] : Object.values(input.options ?? {}).map(({ zh }) => zh);
      const column = this.sheet.add(
        input.zh,
        "input",
        formatOf(input),
        (row) => this.around.awarded?.(rows[row]!, name) ?? typed(input, rows[row]!.planned.row[name]),
        options,
      );
      clause.columns.set(name, column);
    }
  }

  /** For each test on the rows of the firm and year: whether a row up to this one passes it, and whether one does at all. */
  private addAnyRows(): void {
    const { clause, plan } = this;
    const lists = anyRowTests(plan);
    if (!lists.length) return;
    // A test on other rows looks at each row by itself.
    clause.anyRow = () => FALSE;
    const conditions = plan.conditions.map(({ tests }) => clause.tests(tests));
    const key = this.sheet.add(
      "企业和年度",
      "account",
      "text",
      accountKey(
        { firm: this.names.firm, year: this.names.year },
        { scope: "firm" },
        joined(text(" "), this.names.year.here),
      ),
    );
    const found = new Map<readonly PlanTest[], Expression>();
    for (const [k, tests] of lists.entries()) {
      const own = and(...conditions, clause.tests(tests));
      const before = this.around.passedBefore(this.owner, k, key);
      const soFar = this.sheet.add("截至本行已有符合的", "test", "text", (row) => {
        const earlier = before(row);
        return when(or(own, equals(isFormula(earlier) ? earlier : NO, YES)), YES, NO);
      });
      const any = this.sheet.add("本企业当年有符合的", "test", "text", this.around.passedAny(this.owner, k, key));
      this.anyRows.push({ key, soFar, any });
      found.set(tests, equals(any.here, YES));
    }
    clause.anyRow = (tests) => found.get(tests)!;
  }

  private addWindow(): Column {
    const { plan, names } = this;
    const { from, to } = windowOf(plan.entry.document, plan.readings);
    const date = (label: string, day: string): Expression =>
      day.length > 4
        ? this.clause.parameters.add({ label, format: "date", value: dateCell(day) })
        : this.clause.parameters.add({ label: `${label}（年）`, format: "whole", value: Number(day) });
    const start = date("有效期起", from);
    const end = to && date("有效期止", to);
    const startYear = from.length > 4 ? yearOf(start) : start;
    const byYear = and(
      compares(names.year.here, ">=", startYear),
      end ? compares(names.year.here, "<=", yearOf(end)) : TRUE,
    );
    const { day } = names;
    const byDay =
      day &&
      and(
        from.length > 4 ? compares(day.here, ">=", start) : compares(names.year.here, ">=", start),
        end ? compares(day.here, "<=", end) : TRUE,
      );
    return this.sheet.add(
      "在有效期内",
      "test",
      "text",
      yesOrNo(byDay ? when(equals(day.here, BLANK), byYear, byDay) : byYear),
    );
  }

  private addWords(header: string, problems: readonly Problem[]): Column | undefined {
    const words = listOf(problems);
    return words === BLANK ? undefined : this.sheet.add(header, "test", "text", words);
  }

  private addConditions(): { column: Column; because: string }[] {
    return this.plan.conditions.flatMap((condition) => {
      const holds = this.clause.tests(condition.tests);
      if (holds === TRUE) return [];
      const column = this.sheet.add(
        `条件：${conditionWords(condition, this.plan, "zh")}`,
        "test",
        "text",
        yesOrNo(holds),
      );
      return [{ column, because: condition.else.zh }];
    });
  }

  /** "符合", a label, or why there is no award. To be called once the limits are written, which know what is open. */
  close(): Column {
    const { clause, inForce, wrong, missing, conditions } = this;
    const above = this.addWords("所填比例过高", clause.aboveCeiling);
    let words = this.recognised();
    const open = this.addWords("文件未定，须填", clause.open);
    if (open) words = when(differs(open.here, BLANK), joined(text("文件未定数字，请填："), open.here), words);
    for (const { column, because } of [...conditions].reverse())
      words = when(equals(column.here, NO), text(titled(NOT_ELIGIBLE, because, "zh")), words);
    if (above) words = when(differs(above.here, BLANK), joined(text("比例过高："), above.here), words);
    if (missing) words = when(differs(missing.here, BLANK), joined(text("缺少："), missing.here), words);
    if (wrong) words = when(differs(wrong.here, BLANK), joined(text("填写有误："), wrong.here), words);
    words = when(equals(inForce.here, NO), text("不在有效期内"), words);
    return this.sheet.add("资格", "result", "text", this.entered ? when(this.entered.used, words, BLANK) : words);
  }

  /** What a row is that meets the conditions: the first grade that fits, or admitted to an award. */
  private recognised(): Expression {
    const { grades, parts } = this.plan;
    if (!grades.length) return text(parts.length ? ADMITTED : "文件未定数字");
    return [...grades]
      .reverse()
      .reduce<Expression>(
        (words, { label, anyOf }) => when(or(...anyOf.map((tests) => this.clause.tests(tests))), text(label.zh), words),
        text("文件未定数字"),
      );
  }
}
