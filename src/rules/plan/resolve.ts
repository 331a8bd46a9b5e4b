/** Makes plans: the clause of an instrument with every number resolved for one claim, its readings and its overrides. */
import { readingsOf } from "../law/catalogue";
import type { Input, Instrument, Limit, Tests } from "../law/policy";
import { isInForce, versionAt, type Claim, type Entry } from "../law/time";
import { yuanToFen } from "../number/money";
import { ratio, type Ratio } from "../number/ratio";
import { refuse } from "../refusal";
import type { Allowance } from "./allowance";
import { Conditions } from "./conditions";
import { allLimits, Figures } from "./figures";
import { TO_FEN, type Overrides, type Plan, type PlanLimit } from "./plan";
import { awardedOf, waveOf } from "./awarded";
import { sharedBy, Totals } from "./totals";
import { anyRowTests, limitsOf } from "./walk";

/** Inputs that every instrument understands; firm, object, instrument and year belong to the table, not to the clause. */
export const GENERAL_INPUTS: Readonly<Record<string, Input>> = {
  eligible: { kind: "flag", zh: "符合申报条件", en: "eligible", default: true },
  whatif_rate: { kind: "rate", zh: "假设比例", en: "what-if rate", optional: true },
  whatif_cap: { kind: "money", zh: "假设上限", en: "what-if cap", optional: true, zero: "absent" },
};

/** Plans that were made, by entry: nothing is prepared again for a call that has been seen. */
const made = new WeakMap<Entry, Map<string, Plan>>();
const MOST_PLANS = 512;

/**
 * The plan of an instrument; the same object for the same arguments, so that what readers prepare of it serves again. Only a
 * day outside the window, of which there may be any number, has a new one each time. Of several versions it is that of the day.
 * Takes the default reading for every reading that `overrides` does not name. @throws Error for an unknown option
 * @throws Refusal where a year does not tell which of several versions counts
 */
export function planOf(anyVersion: Entry, claim: Claim, overrides: Overrides = {}): Plan {
  const entry = versionAt(anyVersion, claim);
  let plans = made.get(entry);
  if (!plans) made.set(entry, (plans = new Map<string, Plan>()));
  const { readings, rate, cap, tiers } = overrides;
  const changes = `${textOf(rate)} ${textOf(cap)} ${(readings ?? tiers) ? JSON.stringify([readings, tiers]) : ""}`;
  const key = `${claim.year} ${claim.day ?? ""} ${changes}`;
  const known = plans.get(key);
  if (known) return known;
  // Of all that is resolved only the window looks at the claim.
  const base = plans.get(changes) ?? resolved(entry, claim, overrides);
  const inForce = isInForce(entry, claim, base.readings);
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
    conditions: (part.when ?? []).flatMap((condition) => resolver.conditions.resolved(condition)),
    limits: part.limits.flatMap((limit) => resolver.limit(limit)),
  }));
  const limits = (instrument.limits ?? []).flatMap((limit) => resolver.limit(limit));
  const allowances = limitsOf({ parts, limits }).flatMap(({ allowance }) => (allowance ? [allowance.key] : []));
  // Either limit would be checked as if the row had not drawn on the other.
  if (new Set(allowances).size < allowances.length)
    throw refuse(`“${instrument.id}”有两个限额共用一个额度`, `${instrument.id}: two limits share one allowance`);
  const again = resolver.again();
  checkRounding(instrument, { parts, limits, allowances, further: Boolean(again) });
  const plan = {
    entry,
    claim,
    inForce: isInForce(entry, claim, resolver.readings),
    readings: resolver.readings,
    inputs: resolver.inputs,
    required: Object.entries(instrument.inputs ?? {}).flatMap(([input, spec]) =>
      resolver.conditions.required(input, spec),
    ),
    totals: resolver.totals.all,
    awarded: awardedOf(instrument),
    wave: waveOf(instrument),
    conditions: resolver.conditions.ofClause(),
    parts,
    highest: instrument.take === "highest",
    limits,
    ...(instrument.minus && { minus: instrument.minus }),
    ...(instrument.times && { times: instrument.times }),
    ...roundings(instrument, resolver.readings.rounding, parts.length > 1 && sharesInParts(parts)),
    grades: (instrument.grades ?? []).map(({ label, any }) => ({
      label,
      anyOf: any ? resolver.conditions.anyOf(any) : [[]],
    })),
    ...(again && { again }),
    ...(instrument.route && { route: routeOf(instrument) }),
    defaults: defaultsOf(resolver.inputs),
    shares: Boolean(again) || allowances.length > 0,
  };
  // Who is admissible would depend on who is counted, or on what others are awarded.
  if (plan.totals.length && (anyRowTests(plan).length || plan.awarded.length))
    throw refuse(
      `“${instrument.id}”不能既有合计（totals）又看其他行（any-row、awarded-by）`,
      `${instrument.id}: totals beside any-row or awarded-by`,
    );
  return plan;
}

/** @throws Refusal where a row could not say that it was chosen */
function routeOf({ id, route, object, inputs = {} }: Instrument): NonNullable<Plan["route"]> {
  const { chosen } = route!;
  if (!object)
    throw refuse(
      `“${id}”：路径（route）按对象计，要写 object：数的是什么`,
      `${id}: a route needs \`object\`: what is counted`,
    );
  if (chosen !== undefined && (!Object.hasOwn(inputs, chosen) || inputs[chosen]!.kind !== "flag"))
    throw refuse(
      `“${id}”：route 的 chosen 要是一个是否（flag）输入，这里写的是 ${chosen}`,
      `${id}: chosen of a route is an input of kind flag, not ${chosen}`,
      chosen,
    );
  return route!;
}

const sharesInParts = (parts: Plan["parts"]): boolean =>
  parts.some(({ limits }) => limits.some(({ allowance }) => allowance));

/**
 * A result that is no money counts whole ones; a step that the clause names holds under either reading of the fen. What a row
 * draws on shared limits is what it is paid. Only where one part of a sum has such a limit, the sum is rounded and no part of it
 * by itself: the part draws its amount half-up, so that over many rows no more and no less is drawn than was granted.
 */
function roundings(
  { result, round, minimum }: Instrument,
  reading: string | undefined,
  partOfSum: boolean,
): Pick<Plan, "rounding" | "drawn"> {
  const toFen = reading === "down" ? { step: 1, half: false } : TO_FEN;
  const steps = round
    ? { step: fenOf(round.to), half: round.how === "half-up" }
    : result
      ? { step: 100, half: false }
      : toFen;
  const fen = minimum && fenOf(minimum.amount);
  const rounding =
    fen === undefined ? steps : { ...steps, minimum: { fen, otherwise: minimum?.below === "raised" ? fen : 0 } };
  return { rounding, drawn: partOfSum ? TO_FEN : rounding };
}

const fenOf = (yuan: number): number => Number(yuanToFen(ratio(yuan)).n);

/**
 * What is drawn on a shared limit is the award of the row, which must be one amount and never more than the limit.
 * @throws Refusal where the clause says otherwise
 */
function checkRounding(
  { id, result, round, minimum, minus, times, take }: Instrument,
  {
    parts,
    limits,
    allowances,
    further,
  }: Pick<Plan, "parts" | "limits"> & { allowances: readonly string[]; further: boolean },
): void {
  const say = (wrong: unknown, zh: string, en: string): void => {
    if (wrong) throw refuse(`“${id}”：${zh}`, `${id}: ${en}`);
  };
  const inParts = sharesInParts(parts);
  say(
    take && inParts,
    "各部分取高（take: highest）时，共用的限额写在工具一级的 limits",
    "with take: highest, limits that rows share stand over the parts",
  );
  const [zh, en] = round ? ["取整（round）", "round"] : ["起付金额（minimum）", "minimum"];
  say((round ?? minimum) && further, `${zh}不能与 again 并用`, `${en} cannot stand beside again`);
  say(minimum && (times ?? result), "minimum 不能与 times、result 并用", "minimum cannot stand beside times or result");
  if (!(round ?? minimum) || !allowances.length) return;
  say(round?.how === "half-up", "有共用限额的，取整只能 how: down", `only "how: down" keeps a shared limit`);
  say(
    inParts && (parts.length > 1 || limits.length),
    `${zh}与共用限额并用时，共用限额要约束全部奖补额：只写一个部分，或把共用限额写在工具一级`,
    `beside ${en} a shared limit must bound the whole award: write one part, or the limit over the parts`,
  );
  say(
    minimum && minus,
    "minimum 与共用限额并用时不能再写 minus",
    "minimum and a shared limit leave no place for minus",
  );
  say(
    minimum?.below === "raised",
    "有共用限额的，不足起付金额的不能补足（below: raised）",
    "below: raised could exceed a shared limit",
  );
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
  readonly conditions: Conditions;
  readonly totals: Totals;
  private readonly figures: Figures;
  private readonly levers: { rate: readonly Limit[]; cap: readonly Limit[] };
  private index = 0;

  constructor(
    private readonly entry: Entry,
    overrides: Overrides,
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
    this.totals = new Totals(instrument, this.inputs);
    const limits = allLimits(instrument);
    const lever = (has: (limit: Limit) => boolean) => {
      const marked = limits.filter((limit) => limit.lever && has(limit));
      return marked.length ? marked : limits.filter(has).slice(0, 1);
    };
    this.levers = { rate: lever((l) => Boolean(l.share ?? l.sum)), cap: lever((l) => l.cap !== undefined) };
    this.conditions = new Conditions(instrument, this.readings, this.inputs);
    this.figures = new Figures(this.entry, this.conditions, overrides);
  }

  limit(limit: Limit): PlanLimit[] {
    const tests = limit.if ? this.conditions.tests(limit.if) : [];
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
        ? (limit.sum ?? [limit.share!])
            .flatMap((share) => this.totals.sharesOf(share))
            .map((share) => this.figures.term(share, lever))
        : [{ factors: [], figures: [this.figures.figure(limit.cap ?? limit.amount ?? 0, "money", lever)] }];
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

  /** What a further award of the kind pays; undefined where each stands by itself. */
  again(): Plan["again"] {
    const found = this.firstOf(this.entry.instrument.again);
    if (!found) return undefined;
    const { scope, pays, allowance = `${this.entry.instrument.id} again` } = found;
    const had = found.had && this.conditions.tests(found.had);
    if (had && pays !== "nothing")
      throw refuse(
        `“${this.entry.instrument.id}”：had 只用于不再给的奖励（pays: nothing）`,
        `${this.entry.instrument.id}: had goes with pays: nothing only`,
      );
    return { key: allowance, period: "policy", scope, pays, ...(had && had !== "fails" && { had }) };
  }

  /** The first case whose readings are taken. @throws Error where a row would have to decide it */
  private firstOf<T extends { if?: Tests | undefined }>(cases: T | readonly T[] | undefined): T | undefined {
    const list = cases === undefined ? [] : Array.isArray(cases) ? (cases as readonly T[]) : [cases as T];
    return list.find((item) => {
      const tests = this.conditions.tests(item.if ?? {});
      if (tests !== "fails" && tests.length)
        throw refuse(
          `“${this.entry.instrument.id}”：谁共用限额、能否再次获得，只能按读法分`,
          `${this.entry.instrument.id}: only readings decide this`,
        );
      return tests !== "fails";
    });
  }

  /** Whose rows share the limit and for how long; undefined where each row has its own. */
  private shared(cases: Limit["shared-by"]): Omit<Allowance, "key"> | undefined {
    const found = this.firstOf(cases);
    if (!found || found.scope === "row") return undefined;
    return sharedBy(this.entry.instrument, found, this.inputs);
  }
}

/** Place of the limit in its file, whatever the readings leave out. */
const limitPlace = (instrument: Instrument, limit: Limit): number => allLimits(instrument).indexOf(limit);
