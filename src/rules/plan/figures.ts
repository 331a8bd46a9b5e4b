/** The figures of a clause as a plan has them: by case, what the document sets, what the row gives, what another clause sets. */
import { entryBeside, readingsOf } from "../law/catalogue";
import type { Case, Cases, Instrument, Limit, Share, Tests } from "../law/policy";
import type { Entry } from "../law/time";
import { yuanToFen } from "../number/money";
import { add, compare, negate, parseFigure, ratio, type Ratio } from "../number/ratio";
import { refuse } from "../refusal";
import type { Conditions, InputTest } from "./conditions";
import type { Overrides, PlanCase, PlanFigure, PlanTerm, PlanTest, PlanValue } from "./plan";

const MONTHS_OF_A_YEAR = 12;

export class Figures {
  constructor(
    private readonly entry: Entry,
    private readonly conditions: Conditions,
    private readonly overrides: Overrides,
  ) {}

  term({ of, rate, times }: Share, lever: PlanFigure["lever"]): PlanTerm {
    const inputs = Array.isArray(of) ? of : [of];
    const factors = inputs.map((input) => {
      const spec = this.conditions.inputs[input];
      if (!spec) throw this.conditions.unknown(input);
      if (spec.kind === "date")
        throw refuse(`“${spec.zh}”（${input}）是日期，只用于条件`, `${input} is a date, for conditions only`, input);
      return { input, per: spec.kind === "months" ? MONTHS_OF_A_YEAR : 1, money: spec.kind === "money" };
    });
    // Without an amount among the inputs the figures are yuan (1,000,000 yuan per standard).
    const bare = this.conditions.instrument.result ? "result" : "money";
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

  figure(cases: Cases, unit: PlanFigure["unit"], lever?: PlanFigure["lever"]): PlanFigure {
    const override = lever === "whatif_rate" ? this.overrides.rate : lever && this.overrides.cap;
    if (override) return { unit, cases: [{ tests: [], value: { kind: "number", number: scaled(override, unit) } }] };
    const own = this.cases(cases, unit);
    const tiers = lever && this.overrides.tiers?.[lever === "whatif_rate" ? "rates" : "caps"];
    return { unit, cases: tiers ? own.map((one) => inTier(one, tiers)) : own, ...(lever && { lever }) };
  }

  private cases(cases: Cases, unit: PlanFigure["unit"]): PlanCase[] {
    return listOf(cases).flatMap((item) => {
      const tests = item.if ? this.conditions.tests(item.if) : [];
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
      return { kind: "number", number: scaled(extra ? add(number, this.capOf(extra)) : number, unit) };
    }
    const ceiling = item["at-most"] === undefined ? undefined : parseFigure(item["at-most"]);
    const input = item.given ?? "rate";
    if (ceiling && !item.given && !this.conditions.inputs.rate)
      return { kind: "number", number: scaled(ceiling, unit) };
    return {
      kind: "given",
      input,
      ...(ceiling && { ceiling }),
      ...(ceiling && !item.required && { otherwise: ceiling }),
      below: (item.below ?? []).map((bound) =>
        typeof bound === "string" && bound in this.conditions.inputs ? bound : parseFigure(bound),
      ),
    };
  }

  /**
   * The figure of another instrument, read under our inputs; a ceiling there is a fixed figure here. Its readings, and the
   * inputs that only it knows, stand at their defaults.
   */
  private borrowed(item: Case, unit: PlanFigure["unit"], tests: readonly PlanTest[]): PlanCase[] {
    const { instrument } = entryBeside(item["as-in"]!, this.entry);
    const { inputs } = this.conditions;
    const source = allLimits(instrument).find((limit) => (unit === "money" ? limit.cap !== undefined : limit.share));
    const cases = unit === "money" ? source?.cap : source?.share?.rate;
    if (cases === undefined)
      throw refuse(
        `“${instrument.id}”没有可借用的${unit === "money" ? "上限" : "比例"}`,
        `${instrument.id} has no such figure`,
        instrument.id,
      );
    const readings = readingsOf(instrument);
    return listOf(cases).flatMap((other) => {
      const all = [...tests];
      for (const [name, wanted] of Object.entries(other.if ?? {})) {
        const decided = item.where?.[name] ?? readings[name]?.default;
        if (decided === undefined && name in inputs) all.push(...this.conditions.inputTests(name, wanted as InputTest));
        else if (!isOneOf(wanted, decided ?? instrument.inputs?.[name]?.default)) return [];
      }
      const figure = other.is ?? other["at-most"];
      if (figure === undefined)
        throw refuse(
          `“${instrument.id}”的数字没有写明，不能借用`,
          `${instrument.id} leaves a figure open that others borrow`,
          instrument.id,
        );
      const value: PlanValue =
        figure === "none" ? { kind: "none" } : { kind: "number", number: scaled(parseFigure(figure), unit) };
      return [{ tests: all, value }];
    });
  }

  private capOf(id: string): Ratio {
    const { instrument } = entryBeside(id, this.entry);
    const cap = allLimits(instrument).find((limit) => limit.cap !== undefined)?.cap;
    const figure = cap === undefined ? undefined : listOf(cap).at(-1)?.is;
    if (figure === undefined || figure === "none") throw refuse(`“${id}”没有写明的上限`, `${id} has no plain cap`, id);
    return parseFigure(figure);
  }
}

/** A case with the figure of its tier. A ceiling on what the row gives stays a ceiling. */
function inTier({ tests, value }: PlanCase, tiers: Readonly<Record<string, string>>): PlanCase {
  const figure = tierFigure(value);
  const other = figure && Object.entries(tiers).find(([key]) => compare(ratio(key), figure) === 0)?.[1];
  if (other === undefined) return { tests, value };
  const number = ratio(other);
  if (value.kind !== "given") return { tests, value: { kind: "number", number } };
  return { tests, value: { ...value, ceiling: number, ...(value.otherwise && { otherwise: number }) } };
}

/** The figure by which a case is a tier: what it sets, or its ceiling on what the row gives. */
export function tierFigure(value: PlanValue): Ratio | undefined {
  if (value.kind === "number") return value.number;
  return value.kind === "given" ? value.ceiling : undefined;
}

/** @throws Refusal for bounds and further tests, which are not decided here */
function isOneOf(wanted: Tests[string], value: string | number | boolean | undefined): boolean {
  const options: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  if (options.some((option) => typeof option === "object"))
    throw refuse("只能借用按选项或是否分的数字", "only plain cases can be borrowed");
  return options.includes(value);
}

export const allLimits = ({ parts = [], limits = [] }: Instrument): Limit[] => [
  ...parts.flatMap((part) => part.limits),
  ...limits,
];

function listOf(cases: Cases): readonly Case[] {
  if (Array.isArray(cases)) return cases;
  return typeof cases === "object" ? [cases] : [{ is: cases }];
}

const scaled = (figure: Ratio, unit: PlanFigure["unit"]): Ratio =>
  unit === "money" || unit === "result" ? yuanToFen(figure) : figure;
