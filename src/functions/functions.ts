/**
 * The functions that a workbook sees. Thin: arguments in, rules called, values or errors out. Every argument and every
 * result is a range. Names and arguments are a contract: once a workbook is saved with them they cannot change.
 */
import { RULES_VERSION, toYuan, upgrade } from "../rules";
import { differenceTable } from "../writers/difference";
import { readAmount, readBlocks, readEntry, readTable } from "../tables";
import { bestChoice, bestTable } from "./best";
import { capOf, clauseText, familyIn, listTable, poolAmount, rateOf, readSide, termsTable } from "./catalogue";
import { cell, cellsOf, filled, given, perCell, perTable, rangeOf, required, stretched, table } from "./call";
import { tableAnswers } from "./table";
import { explainTable } from "./explain";
import { noRepeatAnswers, splitAnswers } from "./payment";
import { claimOf, jurisdictionOf, jurisdictionsOf } from "./period";
import { currentPick } from "./pick";
import { allocate, capCost, poolCap, poolFactor, riskTable, statsTable, subPoolsTable } from "./pools";
import { scenarioAnswers } from "./scenario";
import { voucherAnswers } from "./vouchers";

const language = () => currentPick().language;

/** Arguments that are one value, by their names in messages. */
const ONE = {
  instrument: { zh: "政策工具", en: "instrument" },
  jurisdiction: { zh: "辖区", en: "jurisdiction" },
  year: { zh: "年度", en: "year" },
  family: { zh: "类别", en: "family" },
  pool: { zh: "资金池", en: "pool" },
  method: { zh: "分配办法", en: "method" },
  cap: { zh: "上限", en: "cap" },
  step: { zh: "步长", en: "step" },
  spill: { zh: "调剂规则", en: "spill" },
} as const;

/**
 * Compute voucher (算力券) of the jurisdiction, per contract, in yuan.
 * @customfunction SUANLI_QUAN SUANLI_QUAN
 * @param {any[][]} amount Contract or settled amount in yuan
 * @param {any[][]} domestic Domestic compute: TRUE/FALSE, 国产/非国产; a blank is missing, on desktop Excel it counts as FALSE
 * @param {any[][]} [jurisdiction] zhejiang, hangzhou or binjiang; omitted: the pick
 * @param {any[][]} [year] Year or date of the claim; omitted: the pick
 * @param {any[][]} [used] Yuan already granted under the same cap
 * @returns {any[][]}
 */
export function suanliQuan(
  amount: unknown[][],
  domestic: unknown[][],
  jurisdiction?: unknown[][],
  year?: unknown[][],
  used?: unknown[][],
): unknown[][] {
  return voucherAnswers("SUANLI_QUAN", [amount, domestic, jurisdiction, year, used]);
}

/**
 * Model voucher (模型券) of the jurisdiction, per contract, in yuan.
 * @customfunction MOXING_QUAN MOXING_QUAN
 * @param {any[][]} amount Contract or settled amount in yuan
 * @param {any[][]} [filed] Filed model; omitted: TRUE
 * @param {any[][]} [jurisdiction] zhejiang, hangzhou or binjiang; omitted: the pick
 * @param {any[][]} [year] Year or date of the claim; omitted: the pick
 * @param {any[][]} [used] Yuan already granted under the same cap
 * @returns {any[][]}
 */
export function moxingQuan(
  amount: unknown[][],
  filed?: unknown[][],
  jurisdiction?: unknown[][],
  year?: unknown[][],
  used?: unknown[][],
): unknown[][] {
  return voucherAnswers("MOXING_QUAN", [amount, filed, jurisdiction, year, used]);
}

/**
 * Corpus voucher (语料券) of the jurisdiction, per contract, in yuan.
 * @customfunction YULIAO_QUAN YULIAO_QUAN
 * @param {any[][]} amount Contract amount in yuan
 * @param {any[][]} [jurisdiction] zhejiang, hangzhou or binjiang; omitted: the pick
 * @param {any[][]} [year] Year or date of the claim; omitted: the pick
 * @param {any[][]} [used] Yuan already granted under the same cap
 * @returns {any[][]}
 */
export function yuliaoQuan(
  amount: unknown[][],
  jurisdiction?: unknown[][],
  year?: unknown[][],
  used?: unknown[][],
): unknown[][] {
  return voucherAnswers("YULIAO_QUAN", [amount, jurisdiction, year, used]);
}

/**
 * Innovation voucher (创新券, Binjiang), per contract, in yuan.
 * @customfunction CHUANGXIN_QUAN CHUANGXIN_QUAN
 * @param {any[][]} amount Registered technology-contract amount in yuan
 * @param {any[][]} [jurisdiction] Omitted: the pick
 * @param {any[][]} [year] Year or date of the claim; omitted: the pick
 * @param {any[][]} [used] Yuan already granted this year
 * @returns {any[][]}
 */
export function chuangxinQuan(
  amount: unknown[][],
  jurisdiction?: unknown[][],
  year?: unknown[][],
  used?: unknown[][],
): unknown[][] {
  return voucherAnswers("CHUANGXIN_QUAN", [amount, jurisdiction, year, used]);
}

/**
 * National voucher (国家智能券, as in the Hangzhou draft), per contract, in yuan.
 * @customfunction ZHINENG_QUAN ZHINENG_QUAN
 * @param {any[][]} amount Contract amount in yuan
 * @param {any[][]} service 算力, 模型, 数据 or compute, model, data
 * @param {any[][]} [domestic] Domestic compute; omitted: FALSE
 * @param {any[][]} [year] Year or date of the claim; omitted: the pick
 * @returns {any[][]}
 */
export function zhinengQuan(
  amount: unknown[][],
  service: unknown[][],
  domestic?: unknown[][],
  year?: unknown[][],
): unknown[][] {
  return voucherAnswers("ZHINENG_QUAN", [amount, service, domestic, year]);
}

/**
 * National voucher with the Hangzhou top-up (叠加), per contract, in yuan.
 * @customfunction DIEJIA_QUAN DIEJIA_QUAN
 * @param {any[][]} amount Contract amount in yuan
 * @param {any[][]} service 算力, 模型 or compute, model
 * @param {any[][]} [domestic] Domestic compute; omitted: FALSE
 * @param {any[][]} [year] Year or date of the claim; omitted: the pick
 * @param {any[][]} [used] Yuan of municipal vouchers already granted this year
 * @returns {any[][]}
 */
export function diejiaQuan(
  amount: unknown[][],
  service: unknown[][],
  domestic?: unknown[][],
  year?: unknown[][],
  used?: unknown[][],
): unknown[][] {
  return voucherAnswers("DIEJIA_QUAN", [amount, service, domestic, year, used]);
}

/**
 * Interest subsidy (贷款贴息) of the jurisdiction, per loan, in yuan.
 * @customfunction TIEXI TIEXI
 * @param {any[][]} principal Average outstanding principal in yuan
 * @param {any[][]} interest Interest paid in yuan
 * @param {any[][]} [lpr] Loan prime rate, 0.035 or 3.5%; needed in Zhejiang and Binjiang
 * @param {any[][]} [months] Months of the year; omitted: 12
 * @param {any[][]} [investment] Total investment in yuan; needed in Hangzhou
 * @param {any[][]} [jurisdiction] zhejiang, hangzhou or binjiang; omitted: the pick
 * @param {any[][]} [year] Year or date of the claim; omitted: the pick
 * @param {any[][]} [used] Yuan already granted this year
 * @returns {any[][]}
 */
export function tiexi(
  principal: unknown[][],
  interest: unknown[][],
  lpr?: unknown[][],
  months?: unknown[][],
  investment?: unknown[][],
  jurisdiction?: unknown[][],
  year?: unknown[][],
  used?: unknown[][],
): unknown[][] {
  return voucherAnswers("TIEXI", [principal, interest, lpr, months, investment, jurisdiction, year, used]);
}

/**
 * Award of any instrument, one per row of a table; rows of one firm share its limits.
 * @customfunction BUTIE BUTIE
 * @param {any[][]} instrument Instrument id, one cell or one per row
 * @param {any[][]} headers Header row that names the columns of values
 * @param {any[][]} values Table of inputs, one row per contract, loan or project; no row of totals, no merged cells
 * @param {any[][]} [year] Year or date of the claim; omitted: the pick
 * @returns {any[][]}
 */
export function butie(
  instrument: unknown[][],
  headers: unknown[][],
  values: unknown[][],
  year?: unknown[][],
): unknown[][] {
  return perTable(values, () =>
    tableAnswers(cellsOf(instrument), cellsOf(headers), rangeOf(values), cellsOf(year), claimOf()),
  );
}

/**
 * Working paper of the first row: limits, computations, the binding limit, clause and quotation.
 * @customfunction BUTIE.EXPLAIN BUTIE.EXPLAIN
 * @param {any[][]} instrument Instrument id
 * @param {any[][]} headers Header row that names the columns of values
 * @param {any[][]} values Table of inputs; the first row is explained
 * @param {any[][]} [year] Year or date of the claim; omitted: the pick
 * @returns {any[][]}
 */
export function explain(
  instrument: unknown[][],
  headers: unknown[][],
  values: unknown[][],
  year?: unknown[][],
): unknown[][] {
  return table(() =>
    explainTable(
      () => readTable(cellsOf(instrument), cellsOf(headers), rangeOf(values), cellsOf(year), claimOf()),
      language(),
    ),
  );
}

/**
 * Two instruments, documents or versions of one (id@first day) side by side: what differs, number by number, then in words.
 * @customfunction BUTIE.DIFF BUTIE.DIFF
 * @param {any[][]} before Id of an instrument or a document
 * @param {any[][]} after Id of the other one
 * @returns {any[][]}
 */
export function diff(before: unknown[][], after: unknown[][]): unknown[][] {
  return table(() =>
    differenceTable(readSide(required(before, ONE.instrument)), readSide(required(after, ONE.instrument)), language()),
  );
}

/**
 * The catalogue as a table.
 * @customfunction BUTIE.LIST BUTIE.LIST
 * @param {any[][]} [jurisdiction] Only this jurisdiction
 * @param {any[][]} [year] Only what is in force then
 * @param {any[][]} [family] Only this family
 * @returns {any[][]}
 */
export function list(jurisdiction?: unknown[][], year?: unknown[][], family?: unknown[][]): unknown[][] {
  return table(() =>
    listTable(
      given(jurisdiction, ONE.jurisdiction, jurisdictionOf),
      given(year, ONE.year, claimOf),
      given(family, ONE.family, familyIn),
      claimOf(),
      language(),
    ),
  );
}

/**
 * One instrument as label/value rows: inputs, conditions, limits, readings, clause, quotation.
 * @customfunction BUTIE.TERMS BUTIE.TERMS
 * @param {any[][]} instrument Instrument id
 * @param {any[][]} [year] Year or date; omitted: the pick
 * @returns {any[][]}
 */
export function terms(instrument: unknown[][], year?: unknown[][]): unknown[][] {
  return table(() =>
    termsTable(readEntry(cell(instrument, ONE.instrument)), claimOf(cell(year, ONE.year)), language()),
  );
}

/**
 * One rate of an instrument, as a fraction.
 * @customfunction BUTIE.RATE BUTIE.RATE
 * @param {any[][]} instrument Instrument id
 * @param {any[][]} [option] Which rate: 国产/非国产, an input or a choice; omitted: the first of the clause
 * @param {any[][]} [year] Year or date; omitted: the pick
 * @returns {any[][]}
 */
export function rate(instrument: unknown[][], option?: unknown[][], year?: unknown[][]): unknown[][] {
  return stretched([instrument, option, year], (id, which, when) => rateOf(readEntry(id), which, claimOf(when)));
}

/**
 * One cap or fixed amount of an instrument, in yuan.
 * @customfunction BUTIE.CAP BUTIE.CAP
 * @param {any[][]} instrument Instrument id
 * @param {any[][]} [option] Which cap: an input or a choice; omitted: the first of the clause
 * @param {any[][]} [year] Year or date; omitted: the pick
 * @returns {any[][]}
 */
export function cap(instrument: unknown[][], option?: unknown[][], year?: unknown[][]): unknown[][] {
  return stretched([instrument, option, year], (id, which, when) => capOf(readEntry(id), which, claimOf(when)));
}

/**
 * The pool that an instrument is or draws on, in yuan.
 * @customfunction BUTIE.POOL BUTIE.POOL
 * @param {any[][]} instrument Instrument or pool id
 * @param {any[][]} [year] Year or date; omitted: the pick
 * @returns {any[][]}
 */
export function pool(instrument: unknown[][], year?: unknown[][]): unknown[][] {
  return stretched([instrument, year], (id, when) => poolAmount(readEntry(id), claimOf(when)));
}

/**
 * Document, article and quotation of an instrument, as one text.
 * @customfunction BUTIE.CLAUSE BUTIE.CLAUSE
 * @param {any[][]} instrument Instrument id
 * @returns {any[][]}
 */
export function clause(instrument: unknown[][]): unknown[][] {
  return stretched([instrument], (id) => clauseText(readEntry(id), language()));
}

/**
 * Per row the highest award among the jurisdictions and the instrument that pays it.
 * @customfunction BUTIE.BEST BUTIE.BEST
 * @param {any[][]} family Family of instruments, such as compute-voucher or 算力券
 * @param {any[][]} headers Header row that names the columns of values
 * @param {any[][]} values Table of inputs, one row per object
 * @param {any[][]} [year] Year or date of the claim; omitted: the pick
 * @param {any[][]} [jurisdictions] Jurisdictions to choose from; omitted: the pick and those above it
 * @returns {any[][]}
 */
export function best(
  family: unknown[][],
  headers: unknown[][],
  values: unknown[][],
  year?: unknown[][],
  jurisdictions?: unknown[][],
): unknown[][] {
  return perTable(values, () => {
    const choice = bestChoice(
      familyIn(cell(family, ONE.family)),
      cellsOf(headers),
      rangeOf(values),
      cellsOf(year),
      claimOf(),
      jurisdictionsOf(filled(jurisdictions)),
    );
    return bestTable(choice, language());
  });
}

/**
 * What each award may still pay when several concern one object: the highest of all years, less what was paid. Instalments of one award: one row.
 * @customfunction BUTIE.NOREPEAT BUTIE.NOREPEAT
 * @param {any[][]} objects Object of each award: contract, project, loan
 * @param {any[][]} awards Awards in yuan
 * @param {any[][]} [paid] Yuan already paid, per row
 * @returns {any[][]}
 */
export function noRepeatAwards(objects: unknown[][], awards: unknown[][], paid?: unknown[][]): unknown[][] {
  return perCell(awards, () => noRepeatAnswers(cellsOf(objects), cellsOf(awards), cellsOf(paid)));
}

/**
 * Difference on promotion (补足差额): the new award less what was paid, never negative.
 * @customfunction BUTIE.UPGRADE BUTIE.UPGRADE
 * @param {any[][]} award New award in yuan
 * @param {any[][]} paid Yuan already paid
 * @returns {any[][]}
 */
export function upgradeAward(award: unknown[][], paid: unknown[][]): unknown[][] {
  return stretched([award, paid], (next, before) => toYuan(upgrade(readAmount(next), readAmount(before))));
}

/**
 * City and district parts of an amount; they add up to it.
 * @customfunction BUTIE.SPLIT BUTIE.SPLIT
 * @param {any[][]} amount Amount in yuan
 * @param {any[][]} share Share of the city, 0 to 1
 * @returns {any[][]}
 */
export function splitAmount(amount: unknown[][], share: unknown[][]): unknown[][] {
  return perTable(amount, () => splitAnswers(rangeOf(amount), rangeOf(share)));
}

/**
 * Version and date of the rules, to stamp a model.
 * @customfunction BUTIE.VERSION BUTIE.VERSION
 * @returns {any[][]}
 */
export function version(): unknown[][] {
  return [[RULES_VERSION.version, RULES_VERSION.date]];
}

/**
 * What each claim gets from a pool; the parts add up to exactly the smaller of pool and claims.
 * @customfunction BUTIE.ALLOCATE BUTIE.ALLOCATE
 * @param {any[][]} claims Claims in yuan
 * @param {any[][]} pool Pool in yuan
 * @param {any[][]} [method] proportional (default), equal_awards, equal_losses, talmud, first_come
 * @param {any[][]} [cap] Cap in yuan on each claim first: one value, or one per claim; blank or 0 is no cap
 * @param {any[][]} [sub_pool] Name of the sub-pool that each claim draws on
 * @param {any[][]} [sub_pools] Sub-pools: two columns, name and yuan
 * @param {any[][]} [spill] Where unused money goes: none (default), next, in_order, by_need
 * @returns {any[][]}
 */
export function allocatePool(
  claims: unknown[][],
  pool: unknown[][],
  method?: unknown[][],
  cap?: unknown[][],
  sub_pool?: unknown[][],
  sub_pools?: unknown[][],
  spill?: unknown[][],
): unknown[][] {
  return perCell(claims, () => {
    const subPools = (sub_pool ?? sub_pools ?? spill) && {
      of: cellsOf(sub_pool),
      list: rangeOf(sub_pools),
      spill: cell(spill, ONE.spill),
    };
    return allocate(cellsOf(claims), required(pool, ONE.pool), cell(method, ONE.method), cellsOf(cap), subPools);
  });
}

/**
 * The sub-pools of a pool: own money, claims, taken over from which other, paid, unpaid, left; the same in words.
 * @customfunction BUTIE.SUBPOOLS BUTIE.SUBPOOLS
 * @param {any[][]} claims Claims in yuan
 * @param {any[][]} pool Pool in yuan
 * @param {any[][]} sub_pool Name of the sub-pool that each claim draws on
 * @param {any[][]} sub_pools Sub-pools: two columns, name and yuan
 * @param {any[][]} [spill] Where unused money goes: none (default), next, in_order, by_need
 * @param {any[][]} [cap] Cap in yuan on each claim first: one value, or one per claim
 * @returns {any[][]}
 */
export function subPoolsOf(
  claims: unknown[][],
  pool: unknown[][],
  sub_pool: unknown[][],
  sub_pools: unknown[][],
  spill?: unknown[][],
  cap?: unknown[][],
): unknown[][] {
  return table(() =>
    subPoolsTable(
      cellsOf(claims),
      required(pool, ONE.pool),
      { of: cellsOf(sub_pool), list: rangeOf(sub_pools), spill: cell(spill, ONE.spill) },
      cellsOf(cap),
      language(),
    ),
  );
}

/**
 * Use of a pool: claimed, paid, use, haircut, claims cut, firms at the cap, top five.
 * @customfunction BUTIE.POOLSTATS BUTIE.POOLSTATS
 * @param {any[][]} claims Claims in yuan
 * @param {any[][]} pool Pool in yuan
 * @param {any[][]} [cap] Cap in yuan on each claim
 * @returns {any[][]}
 */
export function poolStatsTable(claims: unknown[][], pool: unknown[][], cap?: unknown[][]): unknown[][] {
  return table(() => statsTable(cellsOf(claims), required(pool, ONE.pool), cell(cap, ONE.cap), language()));
}

/**
 * The highest cap per claim that the pool can pay in full.
 * @customfunction BUTIE.POOLCAP BUTIE.POOLCAP
 * @param {any[][]} claims Claims in yuan, before any cap
 * @param {any[][]} pool Pool in yuan
 * @returns {any[][]}
 */
export function poolCapFit(claims: unknown[][], pool: unknown[][]): unknown[][] {
  return table(() => [[poolCap(cellsOf(claims), required(pool, ONE.pool))]]);
}

/**
 * The factor on the rates at which the pool is just used up, limits included.
 * @customfunction BUTIE.POOLRATE BUTIE.POOLRATE
 * @param {any[][]} instrument Instrument id
 * @param {any[][]} headers Header row that names the columns of values
 * @param {any[][]} values Table of inputs
 * @param {any[][]} pool Pool in yuan
 * @param {any[][]} [year] Year or date of the claim; omitted: the pick
 * @returns {any[][]}
 */
export function poolRateFit(
  instrument: unknown[][],
  headers: unknown[][],
  values: unknown[][],
  pool: unknown[][],
  year?: unknown[][],
): unknown[][] {
  return table(() => [
    [
      poolFactor(
        readBlocks(cellsOf(instrument), cellsOf(headers), rangeOf(values), cellsOf(year), claimOf()),
        readAmount(required(pool, ONE.pool)),
      ),
    ],
  ]);
}

/**
 * Exact cost of raising the cap by one step.
 * @customfunction BUTIE.CAPCOST BUTIE.CAPCOST
 * @param {any[][]} claims Claims in yuan, before any cap
 * @param {any[][]} cap Present cap in yuan
 * @param {any[][]} [step] Step in yuan; omitted: one million
 * @returns {any[][]}
 */
export function capStepCostOf(claims: unknown[][], cap: unknown[][], step?: unknown[][]): unknown[][] {
  return table(() => [[capCost(cellsOf(claims), required(cap, ONE.cap), cell(step, ONE.step))]]);
}

/**
 * Expected need, percentiles, probability that the pool runs out, pool for at most 10% risk.
 * @customfunction BUTIE.POOLRISK BUTIE.POOLRISK
 * @param {any[][]} claims Claims in yuan
 * @param {any[][]} probability Probability of each claim, one or per row; a blank is missing, not 1 and not 0
 * @param {any[][]} pool Pool in yuan
 * @param {any[][]} [spread] Log-standard deviation of the size; omitted: 0
 * @returns {any[][]}
 */
export function poolRiskTable(
  claims: unknown[][],
  probability: unknown[][],
  pool: unknown[][],
  spread?: unknown[][],
): unknown[][] {
  return table(() =>
    riskTable(cellsOf(claims), cellsOf(probability), required(pool, ONE.pool), cellsOf(spread), language()),
  );
}

/**
 * A table of rows under several scenarios: total, awards, rows at each limit, firms, mean, pools, difference to the base.
 * @customfunction BUTIE.SCENARIO BUTIE.SCENARIO
 * @param {any[][]} instrument Instrument id, one cell or one per row
 * @param {any[][]} headers Header row that names the columns of values
 * @param {any[][]} values Table of inputs, one row per contract, loan or project
 * @param {any[][]} scenarios Table of scenarios with its header row: scenario, rate, cap, ...
 * @param {any[][]} [year] Year or date of the claim; omitted: the pick
 * @returns {any[][]}
 */
export function scenarioResults(
  instrument: unknown[][],
  headers: unknown[][],
  values: unknown[][],
  scenarios: unknown[][],
  year?: unknown[][],
): unknown[][] {
  return table(() =>
    scenarioAnswers(
      cellsOf(instrument),
      cellsOf(headers),
      rangeOf(values),
      rangeOf(scenarios),
      cellsOf(year),
      claimOf(),
      language(),
    ),
  );
}
