/** One number of a clause: the rate or the cap that an option means, or else the first in clause order. */
import {
  add,
  compare,
  Refusal,
  refuse,
  type Input,
  type Plan,
  type PlanCondition,
  type PlanFigure,
  type PlanTest,
  type PlanValue,
  type Ratio,
  type Text,
} from "../rules";
import { isBlank, nameOf, readFlag, type Cell } from "../tables";

/** What the option sets in the row: an input that is set, a choice that is taken, an input that is counted. */
interface Option {
  readonly row: Record<string, string | boolean>;
  readonly counted?: string;
  /** No option is given: the first number of the clause is meant, whatever it asks for. */
  readonly first?: boolean;
}

/**
 * The rate under an option; the rates of parts that are paid together add up, and of parts of which one is paid the highest
 * counts.
 * @throws Refusal for an unknown option
 */
export function rateUnder(plan: Plan, option: Cell): Ratio | undefined {
  const chosen = admissible(plan, optionIn(plan, option));
  const rates = plan.parts.flatMap((part) => {
    const [rate] = figuresOf(part, chosen, plan).filter(({ unit }) => unit === "rate" || unit === "result");
    return rate ? [numberIn(rate, chosen, plan)] : [];
  });
  if (rates.includes(undefined)) return undefined;
  const together = plan.highest ? larger : add;
  return rates.reduce((all, rate) => (all && rate ? together(all, rate) : rate), undefined);
}

/** The cap or fixed amount under an option, in fen; of parts of which one is paid the highest. @throws Refusal for an unknown option */
export function capUnder(plan: Plan, option: Cell): Ratio | undefined {
  const chosen = admissible(plan, optionIn(plan, option));
  const capsOf = (part: Pick<Plan["parts"][number], "conditions" | "limits">): Ratio[] =>
    figuresOf(part, chosen, plan)
      .filter(({ unit }) => unit === "money")
      .flatMap((cap) => numberIn(cap, chosen, plan) ?? []);
  const caps = plan.parts.flatMap((part) => (plan.highest ? capsOf(part).slice(0, 1) : capsOf(part)));
  if (plan.highest && caps.length) return caps.reduce(larger);
  return [...caps, ...capsOf({ conditions: [], limits: plan.limits })][0];
}

function optionIn(plan: Plan, option: Cell): Option {
  // A blank cell, which Excel on the desktop hands over as 0, is no option.
  if (isBlank(option) || option === 0) return { row: {}, first: true };
  const word = nameOf(option!);
  const declared = Object.entries(plan.entry.instrument.inputs ?? {});
  const counted = countedIn(plan).find((input) => names(input, plan.inputs[input]!).includes(word));
  if (counted) return { row: {}, counted };
  for (const [name, input] of declared) {
    if (input.kind === "flag" && names(name, input).includes(word)) return { row: { [name]: true } };
    const taken = Object.entries(input.options ?? {}).find(([key, { zh, en }]) =>
      [key, zh, en].some((w) => nameOf(w) === word),
    );
    if (taken) return { row: { [name]: taken[0] } };
  }
  const flag = flagIn(option);
  const flagged = deciding(plan);
  if (flag !== undefined && flagged) return { row: { [flagged]: flag } };
  throw unknownOption(plan, option);
}

const larger = (a: Ratio, b: Ratio): Ratio => (compare(a, b) >= 0 ? a : b);

const names = (name: string, { zh, en }: Input): string[] => [name, zh, en].map(nameOf);

const limitsOf = ({ parts, limits }: Plan) => [...parts.flatMap((part) => part.limits), ...limits];

/** The inputs that a clause counts: so much for each. */
const countedIn = (plan: Plan): string[] =>
  limitsOf(plan)
    .flatMap(({ terms }) => terms.flatMap(({ factors }) => factors.map(({ input }) => input)))
    .filter((input) => plan.inputs[input]?.kind === "count");

/** The flag on which the figures depend: what TRUE, 国产 or 否 is about. */
function deciding(plan: Plan): string | undefined {
  const within = (test: PlanTest): string[] =>
    test.kind === "any-row" ? test.tests.flatMap(within) : test.kind === "is" ? [test.input] : [];
  const tests = limitsOf(plan).flatMap((limit) => [
    ...limit.tests,
    ...limit.terms.flatMap(({ figures }) => figures.flatMap(({ cases }) => cases.flatMap((one) => one.tests))),
  ]);
  const flags = tests.flatMap(within).filter((input) => plan.inputs[input]?.kind === "flag");
  return flags.find((input) => plan.inputs[input]!.default === undefined) ?? flags[0];
}

function flagIn(word: Cell): boolean | undefined {
  try {
    return readFlag(word);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function unknownOption(plan: Plan, option: Cell): Refusal {
  const inputs = Object.entries(plan.entry.instrument.inputs ?? {});
  const counted = countedIn(plan);
  const accepted = (language: keyof Text): string[] =>
    inputs.flatMap(([name, input]) => [
      ...(input.kind === "flag" || counted.includes(name) ? [input[language]] : []),
      ...Object.values(input.options ?? {}).map((text) => text[language]),
    ]);
  const list = accepted("zh").length
    ? { zh: `可用：${accepted("zh").join("、")}`, en: `accepted: ${accepted("en").join(", ")}` }
    : { zh: "该条款不分情形，选项应留空", en: "the clause has one case only; leave the option blank" };
  return refuse(`没有选项“${String(option)}”，${list.zh}`, `no option ${String(option)}; ${list.en}`);
}

/** @throws Refusal where the option is one that the clause pays nothing for */
function admissible(plan: Plan, option: Option): Option {
  const failing = plan.conditions.find((condition) => fails(condition, option, plan));
  if (failing) throw new Refusal("not-available", failing.else);
  return option;
}

const fails = ({ tests }: PlanCondition, option: Option, plan: Plan): boolean => !allPossible(tests, option, plan);

const allPossible = (tests: readonly PlanTest[], option: Option, plan: Plan): boolean =>
  tests.every((test) => possible(test, option, plan));

/** Whether a row of which only the option is known may pass the test. */
function possible(test: PlanTest, option: Option, plan: Plan): boolean {
  switch (test.kind) {
    case "is": {
      const usual = option.first ? undefined : plan.inputs[test.input]?.default;
      const value = option.row[test.input] ?? usual;
      return value === undefined || test.oneOf.includes(value as string | boolean);
    }
    case "given":
      return test.input in option.row === test.given;
    case "bound":
    case "ratio":
    case "within":
      return true;
    case "any":
      return test.anyOf.some((group) => allPossible(group, option, plan));
    case "any-row":
      return allPossible(test.tests, option, plan);
  }
}

function figuresOf({ conditions, limits }: Plan["parts"][number], option: Option, plan: Plan): PlanFigure[] {
  if (conditions.some((condition) => fails(condition, option, plan))) return [];
  return limits
    .filter(({ tests }) => allPossible(tests, option, plan))
    .flatMap(({ terms }) => terms)
    .filter(({ factors }) => !option.counted || factors.some(({ input }) => input === option.counted))
    .flatMap(({ figures }) => figures);
}

/** The number of the first case that is possible; what it asks for then holds for the other figures, too. */
function numberIn({ cases }: PlanFigure, option: Option, plan: Plan): Ratio | undefined {
  const found = cases.find(
    ({ tests, value }) => allPossible(tests, option, plan) && (!option.first || plain(value) !== undefined),
  );
  for (const test of found?.tests ?? []) if (test.kind === "is") option.row[test.input] = test.oneOf[0]!;
  return found && plain(found.value);
}

const plain = (value: PlanValue): Ratio | undefined =>
  value.kind === "number" ? value.number : value.kind === "given" ? value.ceiling : undefined;
