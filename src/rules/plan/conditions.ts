/** The conditions of a clause as a plan has them: those on readings are decided, those on the row are left open. */
import type { Bounds, Figure, Input, Instrument, Tests, Text } from "../law/policy";
import { yuanToFen } from "../number/money";
import { parseFigure, ratio, type Ratio } from "../number/ratio";
import type { Comparison, PlanCondition, PlanTest } from "./plan";

const NOT_ELIGIBLE: Text = { zh: "使用者判断不符合申报条件", en: "judged not eligible by the user" };

/** What a test asks of one input. */
export type InputTest = string | boolean | string[] | Bounds;

type RatioBounds = Bounds & { readonly of: string; readonly to?: string; readonly from?: string };

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
    return bounds(bound).map(({ op, than }) => ({
      kind: "ratio",
      of,
      to: to ?? from!,
      ...(from !== undefined && { less: from }),
      op,
      than,
    }));
  }

  /** @throws Error for an input that is not there */
  private known(input: string): Input {
    const spec = this.inputs[input];
    if (!spec) throw new Error(`${this.instrument.id}: no input or reading ${input}`);
    return spec;
  }

  /** The alternatives that some row can pass. */
  anyOf(groups: readonly Tests[]): PlanTest[][] {
    return groups.map((group) => this.tests(group)).filter((group) => group !== "fails");
  }

  /** The tests of one input. */
  inputTests(input: string, wanted: InputTest): PlanTest[] {
    const spec = this.known(input);
    if (typeof wanted !== "object") return [{ kind: "is", input, oneOf: [wanted] }];
    if (Array.isArray(wanted)) return [{ kind: "is", input, oneOf: wanted }];
    const scale = spec.kind === "money" ? yuanToFen : (figure: Ratio) => figure;
    return [
      ...(wanted.given === undefined ? [] : [{ kind: "given" as const, input, given: wanted.given }]),
      ...bounds(wanted).map(({ op, than }) => ({ kind: "bound" as const, input, op, than: scale(than) })),
    ];
  }
}

const OPERATORS: readonly [keyof Bounds, Comparison][] = [
  ["at-least", ">="],
  ["above", ">"],
  ["at-most", "<="],
  ["below", "<"],
];

function bounds(bound: Bounds): { op: Comparison; than: Ratio }[] {
  return OPERATORS.flatMap(([word, op]) => {
    const figure = bound[word] as Figure | undefined;
    return figure === undefined ? [] : [{ op, than: parseFigure(figure) }];
  });
}
