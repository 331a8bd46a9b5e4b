/** Makes plans: the clause of an instrument with every number resolved for one claim, its readings and its overrides. */
import { entryOf, isInForce, readingsOf, type Claim, type Entry } from "../law/catalogue";
import type { Bounds, Case, Cases, Figure, Input, Instrument, Limit, Share, Tests, Text } from "../law/policy";
import { yuanToFen } from "../number/money";
import { add, negate, parseFigure, ratio, type Ratio } from "../number/ratio";
import type { Allowance } from "./allowance";
import { limitsOf } from "./walk";
import type {
  Comparison,
  Overrides,
  Plan,
  PlanCase,
  PlanCondition,
  PlanFigure,
  PlanLimit,
  PlanTerm,
  PlanTest,
  PlanValue,
} from "./plan";

/** Inputs that every instrument understands; firm, object, instrument and year belong to the table, not to the clause. */
export const GENERAL_INPUTS: Readonly<Record<string, Input>> = {
  eligible: { kind: "flag", zh: "符合申报条件", en: "eligible", default: true },
  whatif_rate: { kind: "rate", zh: "假设比例", en: "what-if rate", optional: true },
  whatif_cap: { kind: "money", zh: "假设上限", en: "what-if cap", optional: true, zero: "absent" },
};

const NOT_ELIGIBLE: Text = { zh: "使用者判断不符合申报条件", en: "judged not eligible by the user" };
const MONTHS_OF_A_YEAR = 12;

/** Plans that were made, by entry: nothing is prepared again for a call that has been seen. */
const made = new WeakMap<Entry, Map<string, Plan>>();
const MOST_PLANS = 512;

/**
 * The plan of an instrument; the same object for the same arguments, so that what readers prepare of it serves again. Only a
 * day outside the window, of which there may be any number, has a new one each time.
 * Takes the default reading for every reading that `overrides` does not name. @throws Error for an unknown option
 */
export function planOf(entry: Entry, claim: Claim, overrides: Overrides = {}): Plan {
  let plans = made.get(entry);
  if (!plans) made.set(entry, (plans = new Map<string, Plan>()));
  const { readings, rate, cap } = overrides;
  const changes = `${textOf(rate)} ${textOf(cap)} ${readings ? JSON.stringify(readings) : ""}`;
  const key = `${claim.year} ${claim.day ?? ""} ${changes}`;
  const known = plans.get(key);
  if (known) return known;
  // Of all that is resolved only the window looks at the claim.
  const base = plans.get(changes) ?? resolved(entry, claim, overrides);
  const inForce = isInForce(entry.document, claim, base.readings);
  const plan = { ...base, claim, inForce };
  if (plans.size >= MOST_PLANS) plans.clear();
  plans.set(changes, base);
  if (inForce || claim.day === undefined) plans.set(key, plan);
  return plan;
}

const textOf = (figure: Ratio | undefined): string => (figure ? `${figure.n}/${figure.d}` : "");

function resolved(entry: Entry, claim: Claim, overrides: Overrides): Plan {
  const { instrument } = entry;
  const resolver = new Resolver(entry, overrides);
  const parts = (instrument.parts ?? []).map((part) => ({
    ...(part.name && { name: part.name }),
    conditions: (part.when ?? []).flatMap((condition) => resolver.condition(condition)),
    limits: part.limits.flatMap((limit) => resolver.limit(limit)),
  }));
  const limits = (instrument.limits ?? []).flatMap((limit) => resolver.limit(limit));
  const again = resolver.again();
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
    ...(instrument.minus && { minus: instrument.minus }),
    ...(instrument.times && { times: instrument.times }),
    rounding: instrument.result ? "whole" : resolver.readings.rounding === "down" ? "down" : "half_up",
    grades: (instrument.grades ?? []).map(({ label, any }) => ({ label, anyOf: any ? resolver.anyOf(any) : [[]] })),
    ...(again && { again }),
    defaults: defaultsOf(resolver.inputs),
    shares: Boolean(again) || limitsOf({ parts, limits }).some(({ allowance }) => allowance),
  };
}

function defaultsOf(inputs: Plan["inputs"]): Plan["defaults"] {
  const defaults: Record<string, Ratio | boolean | string> = {};
  for (const [name, { default: value, kind }] of Object.entries(inputs)) {
    if (typeof value === "number") defaults[name] = kind === "money" ? yuanToFen(ratio(value)) : ratio(value);
    else if (value !== undefined) defaults[name] = value;
  }
  return defaults;
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
    const scale = spec.kind === "money" ? yuanToFen : (figure: Ratio) => figure;
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

  /** What a further award of the kind pays; undefined where each stands by itself. */
  again(): Plan["again"] {
    const found = this.firstOf(this.entry.instrument.again);
    return (
      found && { key: `${this.entry.instrument.id} again`, period: "policy", scope: found.scope, pays: found.pays }
    );
  }

  /** The first case whose readings are taken. */
  private firstOf<T extends { if?: Tests | undefined }>(cases: T | readonly T[] | undefined): T | undefined {
    const list = cases === undefined ? [] : Array.isArray(cases) ? (cases as readonly T[]) : [cases as T];
    return list.find((item) => !item.if || this.tests(item.if) !== "fails");
  }

  /** Whose rows share the limit and for how long; undefined where each row has its own. */
  private shared(cases: Limit["shared-by"]): Pick<Allowance, "scope" | "period"> | undefined {
    const found = this.firstOf(cases);
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

const scaled = (figure: Ratio, unit: PlanFigure["unit"]): Ratio =>
  unit === "money" || unit === "result" ? yuanToFen(figure) : figure;

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
