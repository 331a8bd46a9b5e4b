/** Runs scenarios over rows that were read once: one result per scenario, pulled one by one. */
import { award } from "../../award/award";
import { blockAwards, outcomeOf, rowAt, type Block, type RowAwards } from "../../columns";
import type { Text } from "../../law/policy";
import { refuse, Refusal } from "../../refusal";
import { replanned } from "./plans";
import { poolsOf } from "./pools";
import { NOTHING, placeOf, type ScenarioPool, type ScenarioResult } from "./result";
import { looksAtObjects, scenarioRows, withRepeatedObjects, type ScenarioRows } from "./rows";
import type { Changes, Scenario, ScenarioBase } from "./scenario";
import { Tally } from "./tally";
import { awardsTogether, fitsColumns, kindOf, type Member } from "./together";

export interface RunOptions {
  /** The award of every row, too. */
  readonly perRow?: boolean;
}

/** Scenarios over more rows than this are computed one by one. */
const FEW_ROWS = 5_000;
/** Rows that are computed together. */
const ROWS_TOGETHER = 20_000;

/**
 * The base, then each scenario. A scenario that cannot be computed has a refusal in its result; the others go on.
 * @throws RangeError for rows beyond what columns can distinguish
 */
export function* runScenarios(
  table: ScenarioBase,
  scenarios: readonly Scenario[],
  { perRow = false }: RunOptions = {},
): Generator<ScenarioResult> {
  const base = { ...table, fewObjects: withRepeatedObjects(table.blocks) };
  // Fresh memory for every scenario over many rows would cost as much as the awards.
  const used: RowAwards[] = [];
  const before = resultsOf(base, [{}], perRow, used)[0]!;
  yield before.refusal ? before : { ...before, difference: 0 };
  const together = base.length > FEW_ROWS ? 1 : Math.max(1, Math.floor(ROWS_TOGETHER / Math.max(1, base.length)));
  for (let from = 0; from < scenarios.length; from += together) {
    const some = scenarios.slice(from, from + together);
    for (const [k, result] of resultsOf(base, some, perRow, used).entries()) {
      const compared = !result.refusal && !before.refusal;
      yield { ...result, name: some[k]!.name, ...(compared && { difference: result.total - before.total }) };
    }
  }
}

/**
 * Computes what is changed, once per call: for a search, or a slider. Nothing of a table is prepared twice.
 * A refusal stands in the result.
 */
export function totalsOf(table: ScenarioBase): (changes: Changes) => ScenarioResult {
  const base = { ...table, fewObjects: withRepeatedObjects(table.blocks) };
  const used: RowAwards[] = [];
  return (changes) => resultsOf(base, [changes], false, used)[0]!;
}

interface Base extends ScenarioBase {
  /** The blocks without the objects that stand in one row alone. */
  readonly fewObjects: readonly Block[];
}

/**
 * One result per scenario, in their order.
 * @param used arrays of the scenario before, which are written again
 */
function resultsOf(base: Base, scenarios: readonly Changes[], perRow: boolean, used: RowAwards[]): ScenarioResult[] {
  const results: ScenarioResult[] = [];
  const attempt = (k: number, compute: () => ScenarioResult): void => {
    try {
      results[k] = compute();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      results[k] = { ...NOTHING, ...(error instanceof Uncomputed && error.counts), refusal: error.text };
    }
  };
  const kinds = new Map<string, { readonly k: number; readonly member: Member }[]>();
  scenarios.forEach((changes, k) =>
    attempt(k, () => {
      if (scenarios.length === 1 || !fitsColumns(changes)) {
        const rows = rowsUnder(base, changes, changes);
        const awards = blockAwards(rows.blocks, rows.length, used);
        used.splice(0, used.length, ...awards);
        return resultOf(base, rows, awards, changes, perRow);
      }
      const member = { rows: rowsUnder(base, changes, {}), changes };
      const kind = kindOf(member);
      const list = kinds.get(kind);
      if (list) list.push({ k, member });
      else kinds.set(kind, [{ k, member }]);
      return NOTHING;
    }),
  );
  for (const list of kinds.values()) {
    const awards = awardsTogether(list.map(({ member }) => member));
    list.forEach(({ k, member: { rows, changes } }, m) =>
      attempt(k, () => resultOf(base, rows, awards[m]!, changes, perRow)),
    );
  }
  return results;
}

/** The rows of a scenario under its plans. @param figures none where they stand in columns (together.ts) */
function rowsUnder(base: Base, changes: Changes, figures: Pick<Changes, "rate" | "cap">): ScenarioRows {
  const few = replanned(base.fewObjects, changes, figures);
  const all = few.some(({ plan }) => looksAtObjects(plan)) ? replanned(base.blocks, changes, figures) : few;
  return scenarioRows(all, changes, base.length);
}

/** @throws Refusal where no row can be computed */
function resultOf(
  base: ScenarioBase,
  { blocks, length, out, added }: ScenarioRows,
  awards: readonly RowAwards[],
  changes: Changes,
  perRow: boolean,
): ScenarioResult {
  const tally = new Tally(blocks);
  const totals = blocks.map((block, b) => tally.add(block, awards[b]!));
  const rows = length - (out?.reduce((sum, left) => sum + left, 0) ?? 0);
  if (rows > 0 && tally.computed === 0) throw uncomputed(base, blocks, out, rows);
  const byRow = perRow ? { ...scattered(blocks, awards, length, out), ...(added && { added }) } : undefined;
  const pools = poolsOf(blocks, awards, totals, changes, byRow?.fen);
  return { ...tally.result(rows), pools, paid: paidOf(tally.total, pools), ...byRow };
}

const paidOf = (total: number, pools: readonly ScenarioPool[]): number =>
  pools.reduce((paid, pool) => paid - pool.need + pool.paid, total);

/** So many rows are named where none can be computed. */
const ROWS_NAMED = 3;

/** None of the rows has an amount or another answer: the first of them, each with its reason. */
function uncomputed(base: ScenarioBase, blocks: readonly Block[], out: Uint8Array | undefined, rows: number): Refusal {
  const reasons = new Map<number, Text>();
  for (const { plan, columns, at } of blocks) {
    for (let i = 0; i < Math.min(columns.length, ROWS_NAMED); i++) {
      const row = at ? at[i]! : i;
      reasons.set(row, inRow(row, reasonOf(award(plan, rowAt(columns, i)))));
    }
  }
  for (let row = 0, found = 0; row < base.length && found < ROWS_NAMED; row++) {
    if (out?.[row] || blocks.some(({ at }) => !at || at.includes(row))) continue;
    found++;
    reasons.set(row, base.unreadable?.(row) ?? inRow(row, UNREAD));
  }
  const first = [...reasons].sort(([a], [b]) => a - b).slice(0, ROWS_NAMED);
  const words = refuse(
    `${rows} 行都未能计算。${first.map(([, { zh }]) => zh).join("；")}`,
    `none of the ${rows} rows can be computed. ${first.map(([, { en }]) => en).join("; ")}`,
  );
  return new Uncomputed(words, { rows, unknown: rows });
}

/** No row can be computed: the rows are still counted, as they may be a part of a table (parts.ts). */
class Uncomputed extends Refusal {
  constructor(
    { code, text }: Refusal,
    readonly counts: Pick<ScenarioResult, "rows" | "unknown">,
  ) {
    super(code, text);
  }
}

const inRow = (row: number, { zh, en }: Text): Text => ({ zh: `第${row + 1}行：${zh}`, en: `row ${row + 1}: ${en}` });
const UNREAD: Text = { zh: "数据无法读取", en: "cannot be read" };

function reasonOf({ plan: { inputs }, outcome }: ReturnType<typeof award>): Text {
  const named = (names: readonly string[], language: "zh" | "en"): string =>
    names.map((name) => inputs[name]?.[language] ?? name).join(language === "zh" ? "、" : ", ");
  switch (outcome.kind) {
    case "incomplete":
      return { zh: `缺少${named(outcome.missing, "zh")}`, en: `missing: ${named(outcome.missing, "en")}` };
    case "unquantified":
      return {
        zh: `文件未定数字，请填${named(outcome.missing, "zh")}`,
        en: `no number in the document; enter ${named(outcome.missing, "en")}`,
      };
    case "above-ceiling":
      return {
        zh: `${named([outcome.input], "zh")}高于文件的上限`,
        en: `${named([outcome.input], "en")} is above the document's ceiling`,
      };
    default:
      return { zh: "金额过大，无法精确计算", en: "the amounts exceed what can be computed exactly" };
  }
}

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
      answers[row] = outcomeOf(own.decisions[i]!);
    }
  });
  return { fen, answers };
}
