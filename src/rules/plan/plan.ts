/**
 * A plan is a clause made ready to compute: conditions, parts and limits with every number resolved for one claim, one set
 * of readings and one set of what-if overrides. What makes plans knows the law; what reads plans knows none.
 */
import { entryOf, isInForce, readingsOf, type Claim, type Entry } from "../law/catalogue";
import type { Allowance } from "./allowance";
import { yuanToFen } from "../number/money";
import type { Bounds, Case, Cases, Figure, Input, Instrument, Limit, Share, Tests, Text } from "../law/policy";
import { add, negate, parseFigure, ratio, type Ratio } from "../number/ratio";

export type Comparison = ">=" | ">" | "<=" | "<";

/** A test on one input of the row; `any` and `any-row` hold further tests. */
export type PlanTest =
  | { kind: "is"; input: string; oneOf: readonly (string | boolean)[] }
  | { kind: "bound"; input: string; op: Comparison; than: Ratio }
  | { kind: "given"; input: string; given: boolean }
  | { kind: "any"; anyOf: readonly (readonly PlanTest[])[] }
  | { kind: "any-row"; tests: readonly PlanTest[] };

/** What a case yields: a number, no limit at all, or what the row gives (at most a ceiling, below other inputs). */
export type PlanValue =
  | { kind: "number"; number: Ratio }
  | { kind: "none" }
  | { kind: "given"; input: string; otherwise?: Ratio; ceiling?: Ratio; below: readonly (string | Ratio)[] };

export interface PlanCase {
  readonly tests: readonly PlanTest[];
  readonly value: PlanValue;
}

/** A figure: the first case whose tests hold. A lever is replaced by the row's what-if input where that is given. */
export interface PlanFigure {
  /** rate: 0.07; money: fen; number: pieces, years, 365/360; result: a rate in hundredths, as the result is no money. */
  readonly unit: "rate" | "money" | "number" | "result";
  readonly cases: readonly PlanCase[];
  readonly lever?: "whatif_rate" | "whatif_cap";
}

/** A product of inputs and figures, in fen. Each input is divided by `per` (months of a year: 12). */
export interface PlanTerm {
  readonly factors: readonly { input: string; per: number }[];
  readonly figures: readonly PlanFigure[];
}

/** One upper bound of a part: the sum of its terms, less what was used and what earlier rows drew on the allowance. */
export interface PlanLimit {
  /** Position in clause order, over the whole instrument. */
  readonly index: number;
  readonly kind: "share" | "sum" | "cap" | "amount";
  readonly name?: Text;
  readonly tests: readonly PlanTest[];
  readonly terms: readonly PlanTerm[];
  readonly used?: string;
  /** What rows share of the limit; not there: each row has the whole of it. */
  readonly allowance?: Allowance;
}

export type PlanCondition = { else: Text; name?: Text } & (
  | { kind: "tests"; tests: readonly PlanTest[] }
  /** of (− from) compared with bound × to; the divisor must be positive. */
  | { kind: "ratio"; of: string; less?: string; to: string; op: Comparison; than: Ratio }
);

export interface PlanPart {
  readonly name?: Text;
  readonly conditions: readonly PlanCondition[];
  readonly limits: readonly PlanLimit[];
}

export interface PlanGrade {
  readonly label: Text;
  readonly anyOf: readonly (readonly PlanTest[])[];
}

export interface Plan {
  readonly entry: Entry;
  readonly claim: Claim;
  readonly inForce: boolean;
  /** Every reading with the option taken. */
  readonly readings: Readonly<Record<string, string>>;
  /** Declared and general inputs by name. */
  readonly inputs: Readonly<Record<string, Input>>;
  /** Inputs without which the row is incomplete, each with the tests under which that holds. */
  readonly required: readonly { input: string; tests: readonly PlanTest[] }[];
  readonly conditions: readonly PlanCondition[];
  readonly parts: readonly PlanPart[];
  /** Limits over the sum of the parts. */
  readonly limits: readonly PlanLimit[];
  /** What a further award of the kind to the same firm or object pays. */
  readonly again?: { readonly scope: "firm" | "object"; readonly pays: "nothing" | "difference" };
  readonly minus?: string;
  readonly times?: string;
  readonly rounding: "half_up" | "down" | "whole";
  readonly grades: readonly PlanGrade[];
  /** Whether any limit is shared by rows. */
  readonly shares: boolean;
}

/** What a scenario may change: readings by name, a rate, a cap (yuan). */
export interface Overrides {
  readonly readings?: Readonly<Record<string, string>>;
  readonly rate?: Ratio;
  readonly cap?: Ratio;
}

/** Inputs that every instrument understands; firm, object, instrument and year belong to the table, not to the clause. */
export const GENERAL_INPUTS: Readonly<Record<string, Input>> = {
  eligible: { kind: "flag", zh: "符合申报条件", en: "eligible", default: true },
  whatif_rate: { kind: "rate", zh: "假设比例", en: "what-if rate", optional: true },
  whatif_cap: { kind: "money", zh: "假设上限", en: "what-if cap", optional: true, zero: "absent" },
};

const NOT_ELIGIBLE: Text = { zh: "使用者判断不符合申报条件", en: "judged not eligible by the user" };
const MONTHS_OF_A_YEAR = 12;

/** Takes a default reading for every reading that `overrides` does not name. @throws Error for an unknown option */
export function planOf(entry: Entry, claim: Claim, overrides: Overrides = {}): Plan {
  const { instrument } = entry;
  const resolver = new Resolver(entry, overrides);
  const parts = (instrument.parts ?? []).map((part) => ({
    ...(part.name && { name: part.name }),
    conditions: (part.when ?? []).flatMap((condition) => resolver.condition(condition)),
    limits: part.limits.flatMap((limit) => resolver.limit(limit)),
  }));
  const limits = (instrument.limits ?? []).flatMap((limit) => resolver.limit(limit));
  return {
    entry,
    claim,
    inForce: isInForce(entry.document, claim, resolver.readings),
    readings: resolver.readings,
    inputs: resolver.inputs,
    required: Object.entries(instrument.inputs ?? {}).flatMap(([input, spec]) => resolver.required(input, spec)),
    conditions: resolver.conditions(),
    parts,
    limits,
    ...resolver.again(),
    ...(instrument.minus && { minus: instrument.minus }),
    ...(instrument.times && { times: instrument.times }),
    rounding: instrument.result ? "whole" : resolver.readings.rounding === "down" ? "down" : "half_up",
    grades: (instrument.grades ?? []).map(({ label, any }) => ({ label, anyOf: any ? resolver.anyOf(any) : [[]] })),
    shares: [...parts.flatMap((part) => part.limits), ...limits].some(({ allowance }) => allowance),
  };
}

/** Turns the policy's words into the plan's, for one instrument under one set of readings. */
class Resolver {
  readonly readings: Record<string, string>;
  readonly inputs: Record<string, Input>;
  private readonly levers: { rate: readonly Limit[]; cap: readonly Limit[] };
  private index = 0;

  constructor(
    private readonly entry: Entry,
    private readonly overrides: Overrides,
  ) {
    const { instrument } = entry;
    const known = readingsOf(instrument);
    this.readings = Object.fromEntries(
      Object.entries(known).map(([name, reading]) => [name, overrides.readings?.[name] ?? reading.default]),
    );
    for (const [name, option] of Object.entries(this.readings)) {
      if (!known[name]?.options[option]) throw new Error(`${instrument.id}: no reading ${name}=${option}`);
    }
    this.inputs = { ...instrument.inputs, ...GENERAL_INPUTS };
    const limits = allLimits(instrument);
    const lever = (has: (limit: Limit) => boolean) => {
      const marked = limits.filter((limit) => limit.lever && has(limit));
      return marked.length ? marked : limits.filter(has).slice(0, 1);
    };
    this.levers = { rate: lever((l) => Boolean(l.share ?? l.sum)), cap: lever((l) => l.cap !== undefined) };
  }

  /** The general conditions (eligible, quota) and the clause's own. */
  conditions(): PlanCondition[] {
    const { quota, when = [] } = this.entry.instrument;
    const eligible: PlanCondition = {
      kind: "tests",
      tests: [{ kind: "is", input: "eligible", oneOf: [true] }],
      else: NOT_ELIGIBLE,
    };
    const places = quota && {
      kind: "tests" as const,
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
        zh: `名次超出名额（最多${quota["at-most"]}个）`,
        en: `rank beyond the quota of ${quota["at-most"]}`,
      },
    };
    return [eligible, ...(places ? [places] : []), ...when.flatMap((condition) => this.condition(condition))];
  }

  condition(condition: NonNullable<Instrument["when"]>[number]): PlanCondition[] {
    if ("if" in condition) {
      const tests = this.tests(condition.if);
      // A reading that does not apply leaves a test that always fails; one that applies leaves none.
      if (tests === "fails") return [{ kind: "tests", tests: [{ kind: "any", anyOf: [] }], else: condition.else }];
      const { name } = condition;
      return tests.length ? [{ kind: "tests", tests, else: condition.else, ...(name && { name }) }] : [];
    }
    const [of, to, less] =
      "ratio" in condition
        ? [condition.ratio.of, condition.ratio.to]
        : [condition.growth.of, condition.growth.from, condition.growth.from];
    return bounds(condition.is).map(({ op, than }) => ({
      kind: "ratio",
      of,
      to,
      ...(less && { less }),
      op,
      than,
      else: condition.else,
    }));
  }

  required(input: string, spec: Input): { input: string; tests: readonly PlanTest[] }[] {
    if (spec["required-if"]) {
      const tests = this.tests(spec["required-if"]);
      return tests === "fails" ? [] : [{ input, tests }];
    }
    return spec.optional || spec.default !== undefined ? [] : [{ input, tests: [] }];
  }

  limit(limit: Limit): PlanLimit[] {
    const tests = limit.if ? this.tests(limit.if) : [];
    if (tests === "fails") return [];
    const index = this.index++;
    const kind = limit.share ? "share" : limit.sum ? "sum" : limit.cap !== undefined ? "cap" : "amount";
    const lever = this.levers.rate.includes(limit)
      ? "whatif_rate"
      : this.levers.cap.includes(limit)
        ? "whatif_cap"
        : undefined;
    const terms =
      limit.share || limit.sum
        ? (limit.sum ?? [limit.share!]).map((share) => this.term(share, lever))
        : [{ factors: [], figures: [this.figure(limit.cap ?? limit.amount ?? 0, "money", lever)] }];
    const shared = this.shared(limit["shared-by"]);
    return [
      {
        index,
        kind,
        ...(limit.name && { name: limit.name }),
        tests,
        terms,
        ...(limit.used && { used: limit.used }),
        ...(shared && {
          allowance: {
            key: limit.allowance ?? `${this.entry.instrument.id}#${limitPlace(this.entry.instrument, limit)}`,
            ...shared,
          },
        }),
      },
    ];
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
      } else if (name in this.readings) {
        const options: unknown[] = Array.isArray(wanted) ? wanted : [wanted];
        if (!options.includes(this.readings[name])) return "fails";
      } else {
        result.push(...this.inputTests(name, wanted as string | boolean | string[] | Bounds));
      }
    }
    return result;
  }

  /** The alternatives that some row can pass. */
  anyOf(groups: readonly Tests[]): PlanTest[][] {
    return groups.map((group) => this.tests(group)).filter((group) => group !== "fails");
  }

  private inputTests(input: string, wanted: string | boolean | string[] | Bounds): PlanTest[] {
    const spec = this.inputs[input];
    if (!spec) throw new Error(`${this.entry.instrument.id}: no input or reading ${input}`);
    if (typeof wanted !== "object") return [{ kind: "is", input, oneOf: [wanted] }];
    if (Array.isArray(wanted)) return [{ kind: "is", input, oneOf: wanted }];
    const scale = spec.kind === "money" ? inFen : (figure: Ratio) => figure;
    return [
      ...(wanted.given === undefined ? [] : [{ kind: "given" as const, input, given: wanted.given }]),
      ...bounds(wanted).map(({ op, than }) => ({ kind: "bound" as const, input, op, than: scale(than) })),
    ];
  }

  private term({ of, rate, times }: Share, lever: PlanFigure["lever"]): PlanTerm {
    const inputs = Array.isArray(of) ? of : [of];
    const factors = inputs.map((input) => {
      const spec = this.inputs[input];
      if (!spec) throw new Error(`${this.entry.instrument.id}: no input ${input}`);
      return { input, per: spec.kind === "months" ? MONTHS_OF_A_YEAR : 1, money: spec.kind === "money" };
    });
    // Without an amount among the inputs the figures are yuan (1,000,000 yuan per standard).
    const bare = this.entry.instrument.result ? "result" : "money";
    const unit = factors.some(({ money }) => money) ? "rate" : bare;
    return {
      factors: factors.map(({ input, per }) => ({ input, per })),
      figures: [
        ...(rate === undefined && unit === "rate"
          ? []
          : [this.figure(rate ?? 1, unit, unit === "rate" ? lever : undefined)]),
        ...(times === undefined ? [] : [this.figure(times, "number")]),
      ],
    };
  }

  private figure(cases: Cases, unit: PlanFigure["unit"], lever?: PlanFigure["lever"]): PlanFigure {
    const override = lever === "whatif_rate" ? this.overrides.rate : lever && this.overrides.cap;
    if (override) return { unit, cases: [{ tests: [], value: { kind: "number", number: scaled(override, unit) } }] };
    return { unit, cases: this.cases(cases, unit), ...(lever && { lever }) };
  }

  private cases(cases: Cases, unit: PlanFigure["unit"]): PlanCase[] {
    return listOf(cases).flatMap((item) => {
      const tests = item.if ? this.tests(item.if) : [];
      if (tests === "fails") return [];
      if (item["as-in"]) return this.borrowed(item, unit, tests);
      return [{ tests, value: this.value(item, unit) }];
    });
  }

  private value(item: Case, unit: PlanFigure["unit"]): PlanValue {
    if (item.is === "none") return { kind: "none" };
    if (item.is !== undefined) {
      const number =
        item.less === undefined ? parseFigure(item.is) : add(parseFigure(item.is), negate(parseFigure(item.less)));
      const extra = item["plus-cap-of"];
      return { kind: "number", number: scaled(extra ? add(number, capOf(extra)) : number, unit) };
    }
    const ceiling = item["at-most"] === undefined ? undefined : parseFigure(item["at-most"]);
    const input = item.given ?? "rate";
    if (ceiling && !item.given && !this.inputs.rate) return { kind: "number", number: scaled(ceiling, unit) };
    return {
      kind: "given",
      input,
      ...(ceiling && { ceiling }),
      ...(ceiling && !item.required && { otherwise: ceiling }),
      below: (item.below ?? []).map((bound) =>
        typeof bound === "string" && bound in this.inputs ? bound : parseFigure(bound),
      ),
    };
  }

  /** The figure of another instrument, read under our inputs; a ceiling there is a fixed figure here. */
  private borrowed(item: Case, unit: PlanFigure["unit"], tests: readonly PlanTest[]): PlanCase[] {
    const { instrument } = entryOf(item["as-in"]!);
    const source = allLimits(instrument).find((limit) => (unit === "money" ? limit.cap !== undefined : limit.share));
    const cases = unit === "money" ? source?.cap : source?.share?.rate;
    if (cases === undefined) throw new Error(`${this.entry.instrument.id}: ${instrument.id} has no such figure`);
    const ownReadings = readingsOf(instrument);
    const rest = listOf(cases).filter(({ is, "at-most": ceiling }) => is !== undefined || ceiling !== undefined);
    return rest.flatMap((other) => {
      const tested: Tests = {};
      for (const [name, wanted] of Object.entries(other.if ?? {})) {
        if (item.where && name in item.where) {
          if (item.where[name] !== wanted) return [];
        } else if (name in ownReadings) {
          if (ownReadings[name]?.default !== wanted) return [];
        } else if (name in this.inputs) tested[name] = wanted;
        // An input that this instrument does not know keeps its default there, so that the case does not apply.
        else if (instrument.inputs?.[name]?.default !== wanted) return [];
      }
      const inner = this.tests(tested);
      if (inner === "fails") return [];
      const figure = other.is ?? other["at-most"]!;
      const value: PlanValue =
        figure === "none" ? { kind: "none" } : { kind: "number", number: scaled(parseFigure(figure), unit) };
      return [{ tests: [...tests, ...inner], value }];
    });
  }

  again(): Pick<Plan, "again"> {
    const cases = [this.entry.instrument.again ?? []].flat();
    const found = cases.find((item) => !item.if || this.tests(item.if) !== "fails");
    return found ? { again: { scope: found.scope, pays: found.pays } } : {};
  }

  /** Whose rows share the limit and for how long; undefined where each row has its own. */
  private shared(cases: Limit["shared-by"]): Pick<Allowance, "scope" | "period"> | undefined {
    const list = cases === undefined ? [] : Array.isArray(cases) ? cases : [cases];
    const found = list.find((item) => !item.if || this.tests(item.if) !== "fails");
    if (!found || found.scope === "row") return undefined;
    return { scope: found.scope, period: found.period ?? "policy" };
  }
}

const allLimits = ({ parts = [], limits = [] }: Instrument): Limit[] => [
  ...parts.flatMap((part) => part.limits),
  ...limits,
];
/** Place of the limit in its file, whatever the readings leave out. */
const limitPlace = (instrument: Instrument, limit: Limit): number => allLimits(instrument).indexOf(limit);

function capOf(id: string): Ratio {
  const cap = allLimits(entryOf(id).instrument).find((limit) => limit.cap !== undefined)?.cap;
  const figure = cap === undefined ? undefined : listOf(cap).at(-1)?.is;
  if (figure === undefined || figure === "none") throw new Error(`${id} has no plain cap`);
  return parseFigure(figure);
}

function listOf(cases: Cases): readonly Case[] {
  if (Array.isArray(cases)) return cases;
  return typeof cases === "object" ? [cases] : [{ is: cases }];
}

const inFen = (figure: Ratio): Ratio => ({ n: yuanToFen(figure.n), d: figure.d });
const scaled = (figure: Ratio, unit: PlanFigure["unit"]): Ratio =>
  unit === "money" || unit === "result" ? inFen(figure) : figure;

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
