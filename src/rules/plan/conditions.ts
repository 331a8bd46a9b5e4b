/** The conditions of a clause as a plan has them: those on readings are decided, those on the row are left open. */
import type { Bounds, Figure, Input, Instrument, Tests, Text } from "../law/policy";
import { yuanToFen } from "../number/money";
import { dayNumber, type Span } from "../number/day";
import { parseFigure, ratio, type Ratio } from "../number/ratio";
import { refuse, type Refusal } from "../refusal";
import type { Comparison, PlanCondition, PlanTest, WithinTest } from "./plan";

const NOT_ELIGIBLE: Text = { zh: "使用者判断不符合申报条件", en: "judged not eligible by the user" };

/** What a test asks of one input. */
export type InputTest = string | boolean | string[] | Bounds;

type RatioBounds = Omit<Bounds, "given" | "within"> & {
  readonly of: string;
  readonly to?: string;
  readonly from?: string;
};

export class Conditions {
  constructor(
    readonly instrument: Instrument,
    /** Every reading of the instrument with the option taken. */
    readonly readings: Readonly<Record<string, string>>,
    readonly inputs: Readonly<Record<string, Input>>,
  ) {}

  /** The general conditions (eligible, quota) and the clause's own. */
  ofClause(): PlanCondition[] {
    const { quota, when = [] } = this.instrument;
    const eligible: PlanCondition = {
      tests: [{ kind: "is", input: "eligible", oneOf: [true] }],
      else: NOT_ELIGIBLE,
    };
    const places = quota && {
      tests: [
        {
          kind: "any" as const,
          anyOf: [
            [{ kind: "given" as const, input: quota.rank, given: false }],
            [{ kind: "bound" as const, input: quota.rank, op: "<=" as const, than: ratio(quota["at-most"]) }],
          ],
        },
      ],
      else: {
        zh: `名次超出名额（最多${quota["at-most"]}${quota.unit?.zh ?? "个"}）`,
        en: `rank beyond the quota of ${quota["at-most"]}`,
      },
    };
    return [eligible, ...(places ? [places] : []), ...when.flatMap((condition) => this.resolved(condition))];
  }

  resolved(condition: NonNullable<Instrument["when"]>[number]): PlanCondition[] {
    const { name, else: otherwise } = condition;
    const tests = this.tests(condition.if);
    // A reading that does not apply leaves a test that always fails; one that applies leaves none.
    if (tests === "fails") return [{ tests: [{ kind: "any", anyOf: [] }], else: otherwise }];
    return tests.length ? [{ tests, else: otherwise, ...(name && { name }) }] : [];
  }

  required(input: string, spec: Input): { input: string; tests: readonly PlanTest[] }[] {
    if (spec["required-if"]) {
      const tests = this.tests(spec["required-if"]);
      return tests === "fails" ? [] : [{ input, tests }];
    }
    return spec.optional || spec.default !== undefined ? [] : [{ input, tests: [] }];
  }

  /** Tests on readings are decided here; what is left are tests on the row. "fails": no row can pass. */
  tests(tests: Tests): PlanTest[] | "fails" {
    const result: PlanTest[] = [];
    for (const [name, wanted] of Object.entries(tests)) {
      if (wanted === undefined) continue;
      if (name === "any") {
        const anyOf = this.anyOf(wanted as Tests[]);
        if (anyOf.some((group) => group.length === 0)) continue;
        if (anyOf.length === 0) return "fails";
        result.push({ kind: "any", anyOf });
      } else if (name === "any-row") {
        const inner = this.tests(wanted as Tests);
        if (inner === "fails") return "fails";
        result.push({ kind: "any-row", tests: inner });
      } else if (name === "ratio" || name === "growth") {
        result.push(...this.ratioTests(wanted as RatioBounds));
      } else if (name in this.readings) {
        const options: unknown[] = Array.isArray(wanted) ? wanted : [wanted];
        if (!options.includes(this.readings[name])) return "fails";
      } else {
        result.push(...this.inputTests(name, wanted as InputTest));
      }
    }
    return result;
  }

  private ratioTests({ of, to, from, ...bound }: RatioBounds): PlanTest[] {
    for (const input of [of, to ?? from!]) this.known(input);
    return bounds(bound, (figure) => parseFigure(figure)).map(({ op, than }) => ({
      kind: "ratio",
      of,
      to: to ?? from!,
      ...(from !== undefined && { less: from }),
      op,
      than,
    }));
  }

  /** @throws Refusal for an input that is not there */
  private known(input: string): Input {
    const spec = this.inputs[input];
    if (!spec) throw this.unknown(input);
    return spec;
  }

  /** The alternatives that some row can pass. */
  anyOf(groups: readonly Tests[]): PlanTest[][] {
    return groups.map((group) => this.tests(group)).filter((group) => group !== "fails");
  }

  /** For a name that is no input and no reading of the instrument. */
  unknown(name: string): Refusal {
    const { id } = this.instrument;
    const known = Object.keys({ ...this.inputs, ...this.readings });
    return refuse(
      `“${id}”没有输入或读法 ${name}，可用：${known.join("、")}`,
      `${id}: no input or reading ${name}; there are ${known.join(", ")}`,
      name,
    );
  }

  /** The tests of one input. */
  inputTests(input: string, wanted: InputTest): PlanTest[] {
    const spec = this.known(input);
    if (typeof wanted !== "object") return [{ kind: "is", input, oneOf: [wanted] }];
    if (Array.isArray(wanted)) return [{ kind: "is", input, oneOf: wanted }];
    const { given, within } = wanted;
    return [
      ...(given === undefined ? [] : [{ kind: "given" as const, input, given }]),
      ...bounds(wanted, (figure) => this.bound(figure, spec)).map((bound) => ({
        kind: "bound" as const,
        input,
        ...bound,
      })),
      ...(within ? [this.within(input, within)] : []),
    ];
  }

  /** A bound as the input counts: fen, a number, a day. @throws Refusal where the one is a day and the other is none */
  private bound(figure: Figure, { kind, zh, en }: Input): Ratio {
    const isDate = typeof figure === "string" && DATE.test(figure);
    if (isDate !== (kind === "date"))
      throw refuse(
        `“${this.instrument.id}”：“${zh}”${isDate ? "不是日期" : "是日期，界限写作 1999-12-31"}，这里写的是 ${figure}`,
        `${this.instrument.id}: ${en} ${isDate ? "is no date" : "is a date, compared with days such as 1999-12-31"}, not ${figure}`,
        String(figure),
      );
    if (isDate) return ratio(this.day(figure));
    return kind === "money" ? yuanToFen(parseFigure(figure)) : parseFigure(figure);
  }

  private day(iso: string): number {
    const day = dayNumber(iso);
    if (day === undefined)
      throw refuse(`“${this.instrument.id}”：日期 ${iso} 不存在`, `${this.instrument.id}: there is no day ${iso}`, iso);
    return day;
  }

  private within(input: string, { of, years = 0, months = 0, days }: NonNullable<Bounds["within"]>): WithinTest {
    const { id } = this.instrument;
    for (const name of [input, of])
      if (this.known(name).kind !== "date")
        throw refuse(
          `“${id}”：within 只用于日期，${name} 不是日期`,
          `${id}: within is for dates, and ${name} is none`,
          "within",
        );
    const span: Span =
      days === undefined ? { unit: "months", count: years * 12 + months } : { unit: "days", count: days };
    const mixed = days !== undefined && years + months > 0;
    if (mixed || !(Number.isInteger(span.count) && span.count > 0 && span.count <= LONGEST[span.unit]))
      throw refuse(
        `“${id}”：within 要写几年（years）、几个月（months），或只写几天（days）；都是整数，不超过 ${LONGEST.months / 12} 年或 ${LONGEST.days} 天`,
        `${id}: within needs years and months, or days alone: whole ones, at most ${LONGEST.months / 12} years or ${LONGEST.days} days`,
        "within",
      );
    return { kind: "within", input, of, span };
  }
}

/** As far as dates are read, and as every reader counts without a doubt. */
const LONGEST: Readonly<Record<Span["unit"], number>> = { months: 12 * 128, days: 2 ** 15 };

const OPERATORS: readonly ["at-least" | "above" | "at-most" | "below", Comparison][] = [
  ["at-least", ">="],
  ["above", ">"],
  ["at-most", "<="],
  ["below", "<"],
];

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** @param read of a figure */
function bounds(
  bound: Omit<Bounds, "given" | "within">,
  read: (figure: Figure) => Ratio,
): { op: Comparison; than: Ratio }[] {
  return OPERATORS.flatMap(([word, op]) => {
    const figure = bound[word];
    return figure === undefined ? [] : [{ op, than: read(figure) }];
  });
}
