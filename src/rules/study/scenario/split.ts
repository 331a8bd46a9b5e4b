/**
 * A share of every amount is domestic. Rows are not moved from one rate to the other as a whole: each amount is split to the
 * fen, and the row's share limits become the sum of both parts at their own rates. The row stays one row: one cap, rounded once.
 */
import type { Block, Column, Columns } from "../../columns";
import type { Input } from "../../law/policy";
import { Exact } from "../../number/money";
import type { Plan, PlanFigure, PlanLimit, PlanTerm, PlanTest } from "../../plan/plan";
import { refuse } from "../../refusal";
import { baseAmounts, scaled } from "./amounts";

type Role = NonNullable<Input["role"]>;

const inputsIn = ({ inputs }: Plan, role: Role): string[] =>
  Object.keys(inputs).filter((name) => inputs[name]!.role === role);

/** Values of a flag that all rows share: one list, so that blocks of several scenarios can stand in one. */
const FLAG = [false, true] as const;

/**
 * The blocks with that share of their amounts domestic.
 * @param share a decimal; 0 and 1 set the flag of every row
 * @throws Refusal where no instrument asks for domestic compute, or where a limit binds one of the two parts alone
 */
export function withDomesticShare(blocks: readonly Block[], share: string): readonly Block[] {
  if (!blocks.some(({ plan }) => inputsIn(plan, "domestic-flag").length)) {
    throw refuse("这些政策工具没有“国产算力”一项", "these instruments do not ask for domestic compute");
  }
  return blocks.map((block) => {
    const [flag] = inputsIn(block.plan, "domestic-flag");
    if (flag === undefined) return block;
    const part = new Exact(share);
    if (part.isZero() || part.eq(1)) return { ...block, columns: withFlag(block, flag, part) };
    return { ...block, plan: mixed(block.plan, flag), columns: withParts(block, part) };
  });
}

function withFlag(block: Block, flag: string, share: Exact): Columns {
  const { length, inputs } = block.columns;
  const codes = new Uint8Array(length).fill(share.toNumber());
  return { length, inputs: { ...inputs, ...feesSplit(block, share), [flag]: { kind: "code", codes, values: FLAG } } };
}

/** Beside each amount that is split, its two parts. */
function withParts(block: Block, share: Exact): Columns {
  const { length, inputs } = block.columns;
  const parts = splitAmounts(block.plan).flatMap((name): [string, Column][] => {
    const column = inputs[name];
    if (column?.kind !== "money") return [];
    const domestic = scaled(column.fen, share);
    const given = column.given && { given: column.given };
    return [
      [domesticPart(name), { kind: "money", fen: domestic, ...given }],
      [otherPart(name), { kind: "money", fen: column.fen.map((fen, i) => fen - domestic[i]!), ...given }],
    ];
  });
  return { length, inputs: { ...inputs, ...Object.fromEntries(parts), ...feesSplit(block, share) } };
}

const domesticPart = (name: string): string => `${name} (domestic)`;
const otherPart = (name: string): string => `${name} (other)`;

const splitAmounts = (plan: Plan): string[] => baseAmounts(plan).filter((name) => !plan.inputs[name]?.role);

/** Where fees stand in two columns of their own, their sum is split anew. */
function feesSplit({ plan, columns: { inputs, length } }: Block, share: Exact): Columns["inputs"] {
  const [domestic, other] = [inputsIn(plan, "domestic-amount")[0], inputsIn(plan, "other-amount")[0]];
  if (domestic === undefined || other === undefined) return {};
  const feesOf = (name: string, i: number): number => {
    const column = inputs[name];
    return column?.kind === "money" ? column.fen[i]! : 0;
  };
  if (!(domestic in inputs) && !(other in inputs)) return {};
  const sums = Float64Array.from({ length }, (_, i) => feesOf(domestic, i) + feesOf(other, i));
  const own = scaled(sums, share);
  return {
    [domestic]: { kind: "money", fen: own },
    [other]: { kind: "money", fen: sums.map((sum, i) => sum - own[i]!) },
  };
}

const textOf = (term: PlanTerm): string =>
  JSON.stringify(term, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));

/** A plan made ready for amounts of which a part is domestic. */
export interface DividedPlan {
  readonly plan: Plan;
  /** The flag that each amount answered before. */
  readonly flag: string;
  /** Each amount that is split, and the inputs that its parts are. */
  readonly amounts: readonly { readonly whole: string; readonly domestic: string; readonly other: string }[];
}

/**
 * The plan whose amounts are said in two parts; undefined where it does not ask for domestic compute.
 * @throws Refusal where a limit binds one of the two parts alone
 */
export function dividedPlan(plan: Plan): DividedPlan | undefined {
  const [flag] = inputsIn(plan, "domestic-flag");
  if (flag === undefined) return undefined;
  const amounts = splitAmounts(plan).map((whole) => ({
    whole,
    domestic: domesticPart(whole),
    other: otherPart(whole),
  }));
  return { plan: mixed(plan, flag), flag, amounts };
}

const known = new WeakMap<Plan, Plan>();

/** The plan whose share limits add both parts, each with the figures that it has by itself. */
function mixed(plan: Plan, flag: string): Plan {
  let result = known.get(plan);
  if (!result) known.set(plan, (result = new Mixture(plan, flag).plan()));
  return result;
}

class Mixture {
  private readonly amounts: readonly string[];

  constructor(
    private readonly source: Plan,
    private readonly flag: string,
  ) {
    this.amounts = splitAmounts(source);
  }

  plan(): Plan {
    const { source, flag } = this;
    const inputs = Object.fromEntries(Object.entries(source.inputs).filter(([name]) => name !== flag));
    const asked = [
      ...source.conditions,
      ...source.parts.flatMap(({ conditions }) => conditions),
      ...source.required.filter(({ input }) => input !== flag),
    ].flatMap((condition) => ("tests" in condition ? condition.tests : []));
    if (asked.some((test) => this.concerns(test))) throw this.inseparable();
    return {
      ...source,
      inputs: {
        ...inputs,
        ...Object.fromEntries(
          this.amounts.flatMap((name) => [domesticPart(name), otherPart(name)].map((part) => [part, inputs[name]!])),
        ),
      },
      defaults: {
        ...source.defaults,
        ...Object.fromEntries(
          this.amounts.flatMap((name) =>
            name in source.defaults
              ? [domesticPart(name), otherPart(name)].map((part) => [part, source.defaults[name]!])
              : [],
          ),
        ),
      },
      required: source.required.filter(({ input }) => input !== flag),
      parts: source.parts.map((part) => ({ ...part, limits: part.limits.map((limit) => this.limit(limit)) })),
      limits: source.limits.map((limit) => this.limit(limit)),
    };
  }

  private limit(limit: PlanLimit): PlanLimit {
    if (limit.tests.some((test) => this.concerns(test))) throw this.inseparable();
    return { ...limit, terms: limit.terms.flatMap((term) => this.term(term)) };
  }

  private term(term: PlanTerm): PlanTerm[] {
    const [domestic, other] = [true, false].map((side): PlanTerm => ({
      factors: term.factors.map((factor) => ({ ...factor, input: this.named(factor.input, side) })),
      figures: term.figures.map((figure) => this.figure(figure, side)),
    })) as [PlanTerm, PlanTerm];
    if (term.factors.some(({ input }) => this.amounts.includes(input))) return [domestic, other];
    // A cap that differs is a cap of one part alone, which a row of both cannot have.
    if (textOf(domestic) !== textOf(other)) throw this.inseparable();
    return [term];
  }

  private named(input: string, domestic: boolean): string {
    if (!this.amounts.includes(input)) return input;
    return domestic ? domesticPart(input) : otherPart(input);
  }

  private figure(figure: PlanFigure, domestic: boolean): PlanFigure {
    return {
      ...figure,
      cases: figure.cases.flatMap(({ tests, value }) => {
        const left = this.tests(tests, domestic);
        return left ? [{ tests: left, value, said: tests }] : [];
      }),
    };
  }

  /** What is left to ask of a row of one part; undefined where its flag fails. */
  private tests(tests: readonly PlanTest[], domestic: boolean): PlanTest[] | undefined {
    const left: PlanTest[] = [];
    for (const test of tests) {
      if (test.kind === "any") {
        const anyOf = test.anyOf.map((group) => this.tests(group, domestic)).filter((group) => group !== undefined);
        if (anyOf.some((group) => !group.length)) continue;
        if (!anyOf.length) return undefined;
        left.push({ kind: "any", anyOf });
      } else if (test.kind === "any-row") {
        if (test.tests.some((inner) => this.concerns(inner))) throw this.inseparable();
        left.push(test);
      } else if (test.kind === "ratio") {
        if (this.concerns(test)) throw this.inseparable();
        left.push(test);
      } else if (test.input !== this.flag) {
        left.push({ ...test, input: this.named(test.input, domestic) });
      } else if (test.kind !== "is" || !test.oneOf.includes(domestic)) return undefined;
    }
    return left;
  }

  /** Whether a test asks for the flag, or compares an amount that is split. */
  private concerns(test: PlanTest): boolean {
    if (test.kind === "any") return test.anyOf.flat().some((inner) => this.concerns(inner));
    if (test.kind === "any-row") return test.tests.some((inner) => this.concerns(inner));
    if (test.kind === "ratio") return [test.of, test.to].some((input) => this.amounts.includes(input));
    return test.input === this.flag;
  }

  private inseparable() {
    const { zh, en } = this.source.entry.instrument.name;
    return refuse(
      `“${zh}”按所选读法有只约束其中一类算力的限额或条件，国产与其他不能在一行内拆分：请按金额拆成两行，或把占比设为 0% 或 100%`,
      `${en}, as read here, has a limit or condition for one of the two parts alone: enter both as rows of their own, or set the share to 0% or 100%`,
    );
  }
}
