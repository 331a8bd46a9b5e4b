/** Pool functions: claims and pools read from cells, shared out and sized by the rules. */
import {
  capStepCost,
  capThatFits,
  factorOfRates,
  poolRisk,
  poolStats,
  Refusal,
  refuse,
  share,
  SHARING_METHODS,
  SHARING_OPTIONS,
  toYuan,
  type Input,
  type Language,
  type SharingMethod,
  type Text,
} from "../rules";
import {
  isBlank,
  isError,
  isNothing,
  isRefused,
  readAmount,
  readChoice,
  readInput,
  type Cell,
  type Given,
  type ReadTable,
} from "../tables";
import { type Answer } from "./matrix";
import { sharedSubPools, subPoolTable, type AskedSubPools } from "./sub-pools";

/** Whole fen of a column of amounts. @throws Refusal that names the row; the error that stands in a cell */
export function claimsIn(cells: readonly Given[]): number[] {
  return cells.map((cell, i) => {
    if (isError(cell)) throw cell;
    try {
      return readAmount(cell);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw refuse(`第${i + 1}行：${error.text.zh}`, `row ${i + 1}: ${error.text.en}`);
    }
  });
}

/** A cap in fen; blank and 0 mean that there is none. */
const capIn = (cell: Cell): number | undefined => readAmount(cell) || undefined;

/**
 * What each claim gets, in yuan.
 * @param caps one for all claims, or one per claim
 * @param subPools undefined: all claims draw on the pool itself
 */
export function allocate(
  claims: readonly Given[],
  pool: Cell,
  method: Cell,
  caps: readonly Given[],
  subPools?: AskedSubPools,
): Answer[] {
  const chosen = isNothing(method) ? SHARING_METHODS[0] : readChoice(SHARING_OPTIONS, method);
  const asked = claimsIn(claims);
  const rule = { method: chosen as SharingMethod, cap: capsIn(caps, asked.length) };
  const awards = subPools
    ? sharedSubPools(asked, readAmount(pool), subPools, rule).shares.awards
    : share(asked, readAmount(pool), rule);
  return awards.map(toYuan);
}

/** The sub-pools of a pool, and which of them paid what. */
export function subPoolsTable(
  claims: readonly Given[],
  pool: Cell,
  subPools: AskedSubPools,
  caps: readonly Given[],
  language: Language,
): Answer[][] {
  const asked = claimsIn(claims);
  return subPoolTable(sharedSubPools(asked, readAmount(pool), subPools, { cap: capsIn(caps, asked.length) }), language);
}

/** One cap per claim, in fen; blank and 0 mean that there is none. */
const capsIn = (caps: readonly Given[], height: number): number[] =>
  claimsIn(fitted(CAP, caps, height)).map((fen) => fen || Infinity);

const CAP: Text = { zh: "上限", en: "cap" };

/** One cell per claim out of one for all or one for each. @throws Refusal where there are so many that they fit neither */
function fitted({ zh, en }: Text, cells: readonly Given[], height: number): readonly Given[] {
  if (cells.length === height) return cells;
  if (cells.length === 1) return new Array<Given>(height).fill(cells[0]);
  throw refuse(
    `${zh}有${cells.length}行，申请有${height}行，应相同或只给一个`,
    `${cells.length} rows of ${en} for ${height} claims`,
  );
}

/** Label and value rows: use of a pool by its claims. */
export function statsTable(claims: readonly Given[], pool: Cell, cap: Cell, language: Language): Answer[][] {
  const stats = poolStats(claimsIn(claims), readAmount(pool), capIn(cap));
  const rows: readonly [Text, Answer][] = [
    [{ zh: "申请合计", en: "total claimed" }, toYuan(stats.claimed)],
    [{ zh: "封顶后合计", en: "approved, after the cap" }, toYuan(stats.approved)],
    [{ zh: "支付", en: "paid" }, toYuan(stats.paid)],
    [{ zh: "资金池结余", en: "left in the pool" }, toYuan(stats.left)],
    [{ zh: "资金池使用率", en: "use of the pool" }, stats.use ?? ""],
    [{ zh: "折扣（少付比例）", en: "haircut" }, stats.haircut],
    [{ zh: "被上限压减的申请数", en: "claims cut by the cap" }, stats.cutClaims],
    [{ zh: "上限压减金额", en: "amount cut by the cap" }, toYuan(stats.cutAmount)],
    [{ zh: "几家顶格即用尽", en: "firms at the cap that empty the pool" }, stats.firmsAtCap ?? ""],
    [{ zh: "前五家占比", en: "share of the top five" }, stats.topFive],
  ];
  return rows.map(([label, value]) => [label[language], value]);
}

/** The highest cap that the pool can pay in full, in yuan. */
export const poolCap = (claims: readonly Given[], pool: Cell): Answer =>
  toYuan(capThatFits(claimsIn(claims), readAmount(pool)).cap);

/** What one more step of cap costs, in yuan. */
export function capCost(claims: readonly Given[], cap: Cell, step: Cell): Answer {
  const wide = readAmount(step) || DEFAULT_STEP_FEN;
  return toYuan(capStepCost(claimsIn(claims), readAmount(cap), wide).cost);
}

/** One million yuan: the step that the contract of BUTIE.CAPCOST names. */
const DEFAULT_STEP_FEN = 100_000_000;

const PROBABILITY: Input = { kind: "rate", zh: "概率", en: "probability" };
const SPREAD: Input = { kind: "number", zh: "离散度", en: "spread" };

/** Label and value rows: need, risk of running out, pool for a risk of one in ten. */
export function riskTable(
  claims: readonly Given[],
  probabilities: readonly Given[],
  pool: Cell,
  spreads: readonly Given[],
  language: Language,
): Answer[][] {
  const amounts = claimsIn(claims);
  // A blank row claims nothing, whatever its probability.
  const probability = column(PROBABILITY, probabilities, amounts.length, (i) => (amounts[i] ? undefined : 0));
  const spread = column(SPREAD, spreads, amounts.length, () => 0);
  const risk = poolRisk(
    amounts.map((amount, i) => ({ amount, probability: probability[i]!, spread: spread[i]! })),
    readAmount(pool),
  );
  const rows: readonly [Text, Answer][] = [
    [{ zh: "预期需求", en: "expected need" }, toYuan(Math.round(risk.expected))],
    [{ zh: "需求 P50", en: "need at P50" }, toYuan(risk.p50)],
    [{ zh: "需求 P80", en: "need at P80" }, toYuan(risk.p80)],
    [{ zh: "需求 P90", en: "need at P90" }, toYuan(risk.p90)],
    [{ zh: "需求 P95", en: "need at P95" }, toYuan(risk.p95)],
    [{ zh: "用尽概率", en: "probability of running out" }, risk.runsOut],
    [{ zh: "用尽风险不超过10%所需资金池", en: "pool for at most 10% risk" }, toYuan(risk.poolForRisk)],
  ];
  return rows.map(([label, value]) => [label[language], value]);
}

/** One number per claim from a cell or a column as tall as the claims. @param blank what a blank in row i means; undefined: it is missing */
function column(
  input: Input,
  cells: readonly Given[],
  height: number,
  blank: (i: number) => number | undefined,
): number[] {
  const { zh, en } = input;
  return fitted(input, cells, height).map((cell, i) => {
    if (isError(cell)) throw cell;
    if (isBlank(cell)) {
      const meant = blank(i);
      if (meant !== undefined) return meant;
      throw refuse(`第${i + 1}行缺少${zh}`, `row ${i + 1}: no ${en} given`);
    }
    try {
      const value = readInput(input, cell);
      return typeof value === "number" ? value : 0;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw refuse(`第${i + 1}行${zh}：${error.text.zh}`, `row ${i + 1} of ${en}: ${error.text.en}`);
    }
  });
}

/**
 * The factor on the rates at which the pool is just used up.
 * @param table read by column; with the refusal of its first row that cannot be read
 * @param pool whole fen
 * @throws Refusal where every award is at its cap and money is left
 */
export function poolFactor({ blocks, refusal }: ReadTable, pool: number): number {
  // Otherwise it is the error that stood in a cell, which is no Error to the type checker.
  if (refusal) throw isRefused(refusal) ? new Refusal(refusal.code, refusal.text) : refusal;
  if (blocks.length && blocks.every(({ plan }) => !plan.inForce)) {
    throw new Refusal("not-available", {
      zh: "各行的申报年度都不在文件有效期内，没有可以缩放的补贴",
      en: "no row is claimed while its document is in force: there is no award to scale",
    });
  }
  const factor = factorOfRates(blocks, pool);
  if (factor !== null) return factor;
  throw new Refusal("not-available", {
    zh: "各笔均达上限仍用不完资金池，没有这样的系数",
    en: "with every award at its cap money is left: there is no such factor",
  });
}
