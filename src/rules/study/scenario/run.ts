/** Runs scenarios over rows that were read once: one result per scenario, pulled one by one. */
import { CATALOGUE, entryOf, findJurisdiction, readingsOf, type Entry } from "../../law/catalogue";
import { refuse, Refusal } from "../../refusal";
import { bindingOf, blockAwards, NO_LIMIT, OUTCOMES, outcomeOf, type Block, type RowAwards } from "../../columns";
import { highest } from "../../columns/column";
import { yuanToFen } from "../../number/money";
import type { Overrides, Plan } from "../../plan/plan";
import { planOf } from "../../plan/resolve";
import { limitsOf } from "../../plan/walk";
import type { Text } from "../../law/policy";
import { share, type SharingMethod } from "../../pool";
import { halfUp, parseFigure, ratio } from "../../number/ratio";
import type { Scenario } from "./scenario";
import { scenarioRows, withRepeatedObjects } from "./rows";

/** The rows of a table, read once. */
export interface ScenarioBase {
  readonly blocks: readonly Block[];
  /** Rows of the table, those included that could not be read. */
  readonly length: number;
}

export interface LimitCount {
  readonly instrument: string;
  readonly label: Text;
  /** Rows whose award this limit decides. */
  readonly rows: number;
}

export interface PoolUse {
  /** The pool's instrument; none where the scenario gives the money for all rows. */
  readonly instrument?: string;
  readonly label: Text;
  /** Fen: the money there is, what the awards need, what is paid. */
  readonly amount: number;
  readonly need: number;
  readonly paid: number;
  /** need / amount */
  readonly use: number;
  /** Awards that are paid in full; known where the scenario says how the pool is shared out. */
  readonly inFull?: number;
}

/** Amounts in whole fen. */
export interface ScenarioResult {
  /** The scenario's name; undefined for the base. */
  readonly name?: string;
  /** Why the scenario cannot be computed; every number is then 0. */
  readonly refusal?: Text;
  /** Rows of the scenario: without those that it leaves out, with those of added firms. */
  readonly rows: number;
  readonly notInForce: number;
  readonly notEligible: number;
  /** Rows that could not be read, lack an input, or have no amount in the documents. */
  readonly unknown: number;
  /** Rows that get something. */
  readonly awards: number;
  /** Firms that get something; a row without a firm counts as one. */
  readonly firms: number;
  readonly total: number;
  /** Of the awards, half-up. */
  readonly mean: number;
  readonly atLimit: readonly LimitCount[];
  /** By code of the jurisdiction, by family. */
  readonly byJurisdiction: Readonly<Record<string, number>>;
  readonly byFamily: Readonly<Record<string, number>>;
  readonly pools: readonly PoolUse[];
  /** What the pools let be paid of the total. */
  readonly paid: number;
  /** Total less the total of the base. */
  readonly difference: number;
  /** On request, by row of the table (rows of added firms follow): the award, and after the pool what is paid. */
  readonly fen?: Float64Array;
  /** With it, by row: what it says, as its place in ROW_ANSWERS. Only an award has an amount, be it 0. */
  readonly answers?: Uint8Array;
}

/** What a row may say. `unread`: a cell of it is not acceptable; `excluded`: the scenario leaves it out. */
export const ROW_ANSWERS = [...OUTCOMES, "unread", "excluded"] as const;
export type RowAnswer = (typeof ROW_ANSWERS)[number];

export interface RunOptions {
  /** The award of every row, too. */
  readonly perRow?: boolean;
}

/**
 * The base, then each scenario. A scenario that cannot be computed says so in its result; the others go on.
 * @throws RangeError for rows beyond what columns can tell apart
 */
export function* runScenarios(
  table: ScenarioBase,
  scenarios: readonly Scenario[],
  { perRow = false }: RunOptions = {},
): Generator<ScenarioResult> {
  const base = { ...table, blocks: withRepeatedObjects(table.blocks) };
  // Fresh memory for every scenario would cost as much as the awards.
  const used: RowAwards[] = [];
  const before = resultOf(base, {}, perRow, used);
  yield before;
  for (const scenario of scenarios) {
    try {
      const result = resultOf(base, scenario, perRow, used);
      yield { ...result, name: scenario.name, difference: result.total - before.total };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      yield { ...NOTHING, name: scenario.name, refusal: error.text };
    }
  }
}

const NOTHING: ScenarioResult = {
  rows: 0,
  notInForce: 0,
  notEligible: 0,
  unknown: 0,
  awards: 0,
  firms: 0,
  total: 0,
  mean: 0,
  atLimit: [],
  byJurisdiction: {},
  byFamily: {},
  pools: [],
  paid: 0,
  difference: 0,
};

/** What a scenario changes. */
export type Changes = Omit<Scenario, "name">;

/** @param used arrays of the scenario before, which are written again */
function resultOf(base: ScenarioBase, scenario: Changes, perRow: boolean, used: RowAwards[]): ScenarioResult {
  const planned = replanned(base.blocks, scenario);
  const { blocks, length, out } = scenarioRows(planned, scenario, base.length);
  const awards = blockAwards(blocks, length, used);
  used.splice(0, used.length, ...awards);
  const tally = new Tally(blocks);
  const totals = blocks.map((block, b) => tally.add(block, awards[b]!));
  const byRow = perRow ? scattered(blocks, awards, length, out) : undefined;
  const pools = poolsOf(blocks, awards, totals, scenario, byRow?.fen);
  const rows = length - (out?.reduce((sum, left) => sum + left, 0) ?? 0);
  return { ...tally.result(rows), pools, paid: paidOf(tally.total, pools), ...byRow };
}

const paidOf = (total: number, pools: readonly PoolUse[]): number =>
  pools.reduce((paid, pool) => paid - pool.need + pool.paid, total);

/** The blocks under the scenario's rules. @throws Refusal where nothing in them can change as the scenario says */
function replanned(blocks: readonly Block[], scenario: Changes): Block[] {
  const { readings = {}, rate, cap, claim } = scenario;
  const result = blocks.map(({ plan, ...block }): Block => {
    const entry = entryFor(plan, scenario);
    const known = readingsOf(entry.instrument);
    const kept = entry === plan.entry ? plan.readings : {};
    const wanted = Object.entries({ ...kept, ...readings }).filter(([name, option]) => known[name]?.options[option]);
    const overrides: Overrides = {
      readings: Object.fromEntries(wanted),
      ...(rate !== undefined && { rate: ratio(rate) }),
      ...(cap !== undefined && { cap: ratio(cap, 100) }),
    };
    return { ...block, plan: planOf(entry, claim ?? plan.claim, overrides) };
  });
  for (const [name, option] of Object.entries(readings)) {
    if (result.some(({ plan }) => plan.readings[name] === option)) continue;
    throw refuse(`这些政策工具没有口径 ${name} = ${option}`, `these instruments have no reading ${name} = ${option}`);
  }
  return result;
}

function entryFor({ entry }: Plan, { instrument, jurisdiction }: Changes): Entry {
  if (instrument !== undefined) return entryOf(instrument);
  if (jurisdiction === undefined || jurisdiction === entry.jurisdiction.code) return entry;
  const found = CATALOGUE.find(
    (other) =>
      other.jurisdiction.code === jurisdiction &&
      other.instrument.family === entry.instrument.family &&
      other.instrument.parts,
  );
  if (found) return found;
  const name = findJurisdiction(jurisdiction)?.name ?? { zh: jurisdiction, en: jurisdiction };
  throw refuse(
    `${name.zh}没有与“${entry.instrument.name.zh}”同类、给出金额的政策工具`,
    `${name.en} has no instrument of the family of ${entry.instrument.name.en} that names an amount`,
  );
}

const placeOf = (answer: RowAnswer): number => ROW_ANSWERS.indexOf(answer);

/** Counts rows as blocks of awards come in. */
class Tally {
  total = 0;
  private awards = 0;
  /** Rows by what they say. */
  private readonly said = new Int32Array(ROW_ANSWERS.length);
  /** Awards of rows without a firm. */
  private single = 0;
  /** 1 for a firm that gets something, by 1 + code; 0 is the place of rows without one. */
  private readonly paid: Uint8Array;
  private readonly limits = new Map<string, LimitCount>();
  private readonly byJurisdiction: Record<string, number> = {};
  private readonly byFamily: Record<string, number> = {};

  constructor(blocks: readonly Block[]) {
    this.paid = new Uint8Array(2 + Math.max(-1, ...blocks.map(({ firms }) => (firms ? highest(firms) : -1))));
  }

  /** @returns the block's total */
  add({ plan, firms }: Block, { fen, said }: RowAwards): number {
    const sayings = new Int32Array(OUTCOMES.length * (NO_LIMIT + 1));
    const { paid } = this;
    let [total, awards] = [0, 0];
    for (let i = 0; i < fen.length; i++) {
      const amount = fen[i]!;
      sayings[said[i]!]!++;
      total += amount;
      awards += anything(amount);
    }
    let single = firms ? 0 : awards;
    if (firms) {
      for (let i = 0; i < fen.length; i++) {
        const code = firms[i]!;
        const some = anything(fen[i]!);
        paid[code + 1]! |= some;
        // All bits of −1, the code of a row without a firm, are set; of the others' sign none.
        single += some & (code >> 31);
      }
    }
    this.single += single;
    const counts = new Int32Array(NO_LIMIT + 1);
    for (let saying = 0; saying < sayings.length; saying++) {
      counts[bindingOf(saying)]! += sayings[saying]!;
      this.said[outcomeOf(saying)]! += sayings[saying]!;
    }
    this.total += total;
    this.awards += awards;
    const { instrument, jurisdiction } = plan.entry;
    this.byJurisdiction[jurisdiction.code] = (this.byJurisdiction[jurisdiction.code] ?? 0) + total;
    this.byFamily[instrument.family] = (this.byFamily[instrument.family] ?? 0) + total;
    for (const limit of limitsOf(plan)) {
      const key = `${instrument.id}#${limit.index}`;
      const label = limit.name ?? LIMIT_LABELS[limit.kind];
      const rows = (this.limits.get(key)?.rows ?? 0) + counts[limit.index]!;
      this.limits.set(key, { instrument: instrument.id, label, rows });
    }
    return total;
  }

  private firms(): number {
    let firms = this.single;
    for (let code = 1; code < this.paid.length; code++) firms += this.paid[code]!;
    return firms;
  }

  /** @param rows those that could not be read included */
  result(rows: number): ScenarioResult {
    const [computed, notEligible, notInForce] = (["award", "not-eligible", "not-in-force"] as const).map(
      (answer) => this.said[placeOf(answer)]!,
    ) as [number, number, number];
    return {
      ...NOTHING,
      rows,
      notEligible,
      notInForce,
      unknown: rows - computed - notEligible - notInForce,
      awards: this.awards,
      firms: this.firms(),
      total: this.total,
      mean: this.awards ? Math.floor(this.total / this.awards + 0.5) : 0,
      atLimit: [...this.limits.values()],
      byJurisdiction: this.byJurisdiction,
      byFamily: this.byFamily,
    };
  }
}

/** 1 for whole fen above 0, else 0: without a branch, which would be mispredicted on every other row. */
const anything = (fen: number): number => (fen + 1 - Math.abs(fen - 1)) * 0.5;

const LIMIT_LABELS: Readonly<Record<"share" | "sum" | "cap" | "amount", Text>> = {
  share: { zh: "按比例", en: "share" },
  sum: { zh: "按比例合计", en: "sum of shares" },
  cap: { zh: "最高金额", en: "cap" },
  amount: { zh: "定额", en: "fixed amount" },
};

function scattered(
  blocks: readonly Block[],
  awards: readonly RowAwards[],
  length: number,
  out: Uint8Array | undefined,
): { fen: Float64Array; answers: Uint8Array } {
  const fen = new Float64Array(length);
  const answers = new Uint8Array(length).fill(placeOf("unread"));
  out?.forEach((left, row) => left && (answers[row] = placeOf("excluded")));
  blocks.forEach(({ at, columns }, b) => {
    const own = awards[b]!;
    for (let i = 0; i < columns.length; i++) {
      const row = at ? at[i]! : i;
      fen[row] = own.fen[i]!;
      answers[row] = outcomeOf(own.said[i]!);
    }
  });
  return { fen, answers };
}

/**
 * The pools that the awards draw on, or the scenario's one for all rows.
 * @param totals of the blocks
 * @param fen awards by row, which become what is paid
 */
function poolsOf(
  blocks: readonly Block[],
  awards: readonly RowAwards[],
  totals: readonly number[],
  { pool, sharing }: Changes,
  fen: Float64Array | undefined,
): PoolUse[] {
  const members = new Map<string, number[]>();
  blocks.forEach(({ plan }, b) => {
    const id = pool === undefined ? plan.entry.instrument.pool : "";
    if (id === undefined) return;
    members.set(id, [...(members.get(id) ?? []), b]);
  });
  return [...members].flatMap(([id, list]) => {
    const entry = id ? entryOf(id) : undefined;
    const figure = entry?.instrument.budget?.amount;
    const amount = pool ?? (figure === undefined ? undefined : halfUp(yuanToFen(parseFigure(figure))));
    if (amount === undefined) return [];
    const need = list.reduce((sum, b) => sum + totals[b]!, 0);
    const inFull = sharing && sharedOut(blocks, awards, list, amount, sharing, fen);
    return [
      {
        ...(entry && { instrument: id }),
        label: entry?.instrument.name ?? { zh: "情景的资金池", en: "pool of the scenario" },
        amount,
        need,
        paid: Math.min(need, amount),
        use: amount ? need / amount : need ? Infinity : 0,
        ...(inFull !== undefined && { inFull }),
      },
    ];
  });
}

/** Shares a pool out; what is paid goes into `fen`. @returns how many awards are paid in full */
function sharedOut(
  blocks: readonly Block[],
  awards: readonly RowAwards[],
  list: readonly number[],
  amount: number,
  method: SharingMethod,
  fen: Float64Array | undefined,
): number {
  const places = placesIn(blocks, list);
  const claims = places.map(({ b, i }) => awards[b]!.fen[i]!);
  const need = claims.reduce((sum, claim) => sum + claim, 0);
  const paid = need <= amount ? claims : share(claims, amount, { method });
  if (fen) places.forEach(({ at }, k) => (fen[at] = paid[k]!));
  return paid.filter((part, k) => part > 0 && part === claims[k]).length;
}

/** The rows of several blocks in the order of the table, which is the order of first come. */
function placesIn(blocks: readonly Block[], list: readonly number[]): { b: number; i: number; at: number }[] {
  const places = list.flatMap((b) => {
    const { at, columns } = blocks[b]!;
    return Array.from({ length: columns.length }, (_, i) => ({ b, i, at: at ? at[i]! : i }));
  });
  return list.length > 1 ? places.sort((x, y) => x.at - y.at) : places;
}
