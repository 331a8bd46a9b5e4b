/** The model of the starter workbook: instruments, contracts, their awards as they are and under the scenario. */
import { dividedPlan, entryOf, MAX_FEN, planOf, refuse, type Entry, type Plan } from "../../rules";
import type { AwardSheet } from "../../writers/formula/award-sheet";
import {
  and,
  asNumber,
  BLANK,
  differs,
  equals,
  looked,
  minus,
  number,
  or,
  over,
  plus,
  round,
  text,
  times,
  when,
  written,
  ZERO_CELL,
  type Expression,
  type Scalar,
} from "../../writers/formula/expression";
import { FormulaSheet, isFormula, Parameters, quoted, type Column } from "../../writers/formula/sheet";
import { Standing, type StandingSheet } from "../../writers/formula/standing";
import type { Entered } from "../../writers/formula/surroundings";
import { FIRST_PARAMETER, PAGES, PARAMETER_GAP } from "../other-pages";
import { FIRST_ROW } from "../award-page";
import { POOL, poolLines, type PoolLine } from "../pools";
import { overlapsOf, type Overlaps } from "./overlaps";
import { contractsOf, type Contracts, type Example } from "./contracts";

export const SHEETS = {
  firms: "企业",
  claims: "测算",
  overlaps: "重叠与补差",
  pool: POOL,
  scenario: "情景",
  summary: "汇总",
} as const;

/** The first row of the instruments on 汇总, whose names are the list to choose from. */
export const FIRST_POLICY = 7;

/** A cell that others look at, wherever it stands. */
export const cellAt = (sheet: string, place: string, value: (row: number) => Scalar): Expression =>
  written(`${quoted(sheet)}!${place}`, value);

/** The firms to choose from. */
export interface Firms {
  readonly sheet: FormulaSheet;
  readonly name: Column;
}

/** One instrument in the book. */
export interface Policy {
  readonly entry: Entry;
  /** As the list offers it. */
  readonly label: string;
  /** The cell of that list. */
  readonly cell: Expression;
  readonly base: AwardSheet;
  readonly scenario: AwardSheet;
  readonly pool: Entry | undefined;
}

/** Lines of the scenario's figures: each stands beside the one of the parameter sheet, and may have another value. */
export class Levers extends Parameters {
  constructor(
    first: number,
    private readonly base: Parameters,
  ) {
    super(SHEETS.scenario, first);
  }

  /** The cell of the parameter sheet that holds from where the scenario says nothing. */
  usual(place: number): Expression {
    const { label, format } = this.list[place]!;
    const there = this.base.list.findIndex((one) => one.label === label && one.format === format);
    if (there < 0) throw new Error(`the scenario has a figure that the model has not: ${label}`);
    return this.base.cell(there);
  }

  override cell(place: number): Expression {
    const { value } = this.list[place]!;
    return written(`${SHEETS.scenario}!$D$${this.first + place}`, () => (isFormula(value) ? value.value(0) : value));
  }
}

/** What the scenario says besides figures. */
interface Assumptions {
  readonly growth: Expression;
  readonly share: Expression;
  readonly parts: Expression;
}

/** An amount of a contract under the scenario. */
export interface ChangedAmount {
  readonly grown: Column;
  readonly domestic: Column;
  readonly other: Column;
}

export interface Model {
  readonly rows: number;
  readonly contracts: Contracts;
  /** 测算: one row per contract. */
  readonly claims: FormulaSheet;
  readonly place: Column;
  readonly overlaps: Overlaps;
  readonly changed: ReadonlyMap<string, ChangedAmount>;
  readonly policies: readonly Policy[];
  readonly pools: readonly PoolLine[];
  readonly common: Parameters;
  readonly sections: readonly Parameters[];
  readonly commonLevers: Levers;
  readonly levers: readonly Levers[];
  readonly assumptions: Assumptions;
  /** Columns of the policies on 汇总, as ranges: names to choose from, ids, sheets, pools. */
  readonly list: string;
  readonly idList: string;
  readonly sheetList: string;
  readonly poolList: string;
}

/** Amount × factor, half-up to the fen: exact while the product of fen and parts has 15 digits. */
const scaled = (yuan: Expression, factor: Expression, parts: Expression): Expression =>
  over(round(over(times(round(times(yuan, number(100))), round(times(factor, parts))), parts)), number(100));

/** The first row of the assumptions on 情景. */
export const FIRST_ASSUMPTION = 6;

/**
 * @param example rows of 合同, by header
 * @throws Refusal for instruments whose rows need an order, or that have no amount
 */
export function modelOf(
  ids: readonly string[],
  year: number,
  rows: number,
  example: readonly Example[],
  assumed: { readonly growth: Scalar; readonly share: Scalar },
): Model {
  const plans = ids.map((id) => planOf(entryOf(id), { year }));
  for (const { parts, entry } of plans)
    if (!parts.length)
      throw refuse(`“${entry.instrument.name.zh}”没有可以计算的金额`, `${entry.instrument.id} has no amount`);
  const contracts = contractsOf(plans, FIRST_ROW, rows, example);
  const claims = new FormulaSheet(SHEETS.claims, FIRST_ROW, rows);
  const labels = plans.map(({ entry }) => `${entry.jurisdiction.name.zh} ${entry.instrument.name.zh}`);
  const cells = labels.map((label, i) => cellAt(SHEETS.summary, `$A$${FIRST_POLICY + i}`, () => label));
  const [list, idList, poolList, sheetList] = ["A", "B", "E", "F"].map(
    (column) => `${SHEETS.summary}!$${column}$${FIRST_POLICY}:$${column}$${FIRST_POLICY + labels.length - 1}`,
  ) as [string, string, string, string];
  const chosen = contracts.policy.beside;
  const place = claims.add(
    "政策序号",
    "stored",
    "whole",
    when(
      equals(chosen, BLANK),
      BLANK,
      written(`IFERROR(MATCH(${chosen.text},${list},0),0)`, (row) => labels.indexOf(String(chosen.value(row))) + 1),
    ),
  );

  const common = new Parameters(PAGES.parameters, FIRST_PARAMETER);
  const exactOf = (parameters: Parameters): Expression =>
    parameters.add({ label: "精确范围：整数不超过（15 位有效数字）", format: "whole", value: MAX_FEN + 1 });
  const exact = exactOf(common);
  const assumptions: Assumptions = {
    growth: cellAt(SHEETS.scenario, `$B$${FIRST_ASSUMPTION}`, () => assumed.growth),
    share: cellAt(SHEETS.scenario, `$B$${FIRST_ASSUMPTION + 1}`, () => assumed.share),
    parts: common.add({ label: "精度：情景的比例按几分之一取整", format: "whole", value: 10_000 }),
  };
  const changed = changedAmounts(plans, contracts, claims, assumptions);

  const following = (before: Parameters): number => before.first + before.list.length + PARAMETER_GAP;
  const forms = (
    kind: "测算" | "情景",
    planFor: (plan: Plan) => Plan,
    enteredFor: (plan: Plan, cell: Expression) => Entered,
    kept: StandingSheet["kept"],
  ): StandingSheet[] =>
    plans.map((plan, i) => ({
      plan: planFor(plan),
      sheet: new FormulaSheet(sheetName(kind, i, plan.entry), FIRST_ROW, rows),
      entered: enteredFor(plan, cells[i]!),
      kept,
    }));

  // The sheets of instruments and the one of overlaps look at each other; what a cell holds is asked for later.
  const awards: { base?: Standing; scenario?: Standing } = {};
  const overlaps = overlapsOf(contracts, place, (kind) => awards[kind]!.sheets);
  const usual = (plan: Plan, cell: Expression): Entered => enteredOf(contracts, plan.entry, equals(chosen, cell));
  const base = new Standing(
    forms("测算", (plan) => plan, usual, overlaps.kept),
    exact,
    (before) => new Parameters(PAGES.parameters, following(before ?? common)),
  );
  awards.base = base;
  const sections = base.parameters;
  const commonLevers = new Levers(firstLever(plans.length), common);
  const underScenario = (plan: Plan, cell: Expression): Entered =>
    scenarioEntered(usual(plan, cell), plan, contracts, changed, assumptions.share);
  const scenario = new Standing(
    forms("情景", (plan) => dividedPlan(plan)?.plan ?? plan, underScenario, overlaps.keptInScenario),
    exactOf(commonLevers),
    (before, i) => new Levers(following(before ?? commonLevers), sections[i]!),
  );
  awards.scenario = scenario;
  const levers = scenario.parameters as readonly Levers[];

  const pools = poolLines(
    plans.map(({ entry }) => entry.instrument.pool),
    sections.at(-1)!,
  );
  const policies = plans.map(({ entry }, i): Policy => ({
    entry,
    label: labels[i]!,
    cell: cells[i]!,
    base: base.sheets[i]!,
    scenario: scenario.sheets[i]!,
    pool: pools.find((pool) => pool.entry.instrument.id === entry.instrument.pool)?.entry,
  }));
  return {
    ...{ rows, contracts, claims, place, overlaps, changed, policies, pools, common, sections, commonLevers, levers },
    ...{ assumptions, list, idList, sheetList, poolList },
  };
}

/** Assumptions, the table of results and its heading stand above the figures of 情景. */
export const firstLever = (policies: number): number => FIRST_ASSUMPTION + policies + 10;

/** A sheet's name has at most 31 signs, and some signs not at all. */
const sheetName = (kind: string, place: number, { instrument }: Entry): string =>
  `${kind}${place + 1} ${instrument.name.zh.replace(/[[\]:*?/\\']/g, "")}`.slice(0, 31);

function enteredOf({ firm, object, year, inputs }: Contracts, entry: Entry, used: Expression): Entered {
  const own = (column: Column): Expression => when(used, looked(column.beside), BLANK);
  return {
    used,
    firm: own(firm),
    object: own(object),
    year: own(year),
    input(name) {
      const found = inputs.find(({ names }) => names.get(entry) === name);
      return found && own(found.column);
    },
  };
}

/** The amounts that grow and are divided, in columns of 测算: by the header of 合同. */
function changedAmounts(
  plans: readonly Plan[],
  { inputs }: Contracts,
  claims: FormulaSheet,
  { growth, share, parts }: Assumptions,
): Map<string, ChangedAmount> {
  const changed = new Map<string, ChangedAmount>();
  const flag = inputs.find(({ names }) =>
    plans.some((plan) => names.get(plan.entry) !== undefined && names.get(plan.entry) === dividedPlan(plan)?.flag),
  );
  for (const { header, column, names } of inputs) {
    const isBase = plans.some((plan) => baseInputs(plan).includes(names.get(plan.entry) ?? ""));
    if (!isBase) continue;
    const amount = asNumber(column.beside);
    const grown = claims.add(
      `情景：${header}`,
      "account",
      "money",
      when(equals(column.beside, BLANK), BLANK, scaled(amount, plus(number(1), growth), parts)),
    );
    const here = asNumber(grown.here);
    const said = flag ? when(equals(flag.column.beside, text("是")), here, ZERO_CELL) : ZERO_CELL;
    const domestic = claims.add(
      `情景：${header}，国产部分`,
      "account",
      "money",
      when(equals(share, BLANK), said, scaled(here, share, parts)),
    );
    const other = claims.add(`情景：${header}，其余部分`, "account", "money", round(minus(here, domestic.here), 2));
    changed.set(header, { grown, domestic, other });
  }
  return changed;
}

/** Amounts of which the award is a share. */
const baseInputs = (plan: Plan): string[] =>
  [
    ...new Set(
      [...plan.parts.flatMap(({ limits }) => limits), ...plan.limits].flatMap(({ terms }) =>
        terms.flatMap(({ factors }) => factors.map(({ input }) => input)),
      ),
    ),
  ].filter((name) => plan.inputs[name]!.kind === "money");

function scenarioEntered(
  entered: Entered,
  plan: Plan,
  { inputs }: Contracts,
  changed: ReadonlyMap<string, ChangedAmount>,
  share: Expression,
): Entered {
  const divided = dividedPlan(plan);
  const found = (name: string) => inputs.find(({ names }) => names.get(plan.entry) === name);
  const flag = divided && found(divided.flag);
  // A row that does not say whether its compute is domestic has no award, unless the scenario says it.
  const used = flag ? and(entered.used, or(differs(share, BLANK), differs(flag.column.beside, BLANK))) : entered.used;
  const own = (column: Column): Expression => when(used, column.beside, BLANK);
  const parts = new Map<string, Expression>();
  for (const { whole, domestic, other } of divided?.amounts ?? []) {
    const columns = changed.get(found(whole)?.header ?? "");
    if (!columns) continue;
    parts.set(whole, own(columns.grown));
    parts.set(domestic, own(columns.domestic));
    parts.set(other, own(columns.other));
  }
  return {
    ...entered,
    used,
    input(name) {
      const part = parts.get(name);
      if (part) return part;
      const columns = baseInputs(plan).includes(name) ? changed.get(found(name)?.header ?? "") : undefined;
      return columns ? own(columns.grown) : entered.input(name);
    },
  };
}
