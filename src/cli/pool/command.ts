/** butie pool: what a pool pays of the claims on it, when it runs out, how likely, and which cap it can pay. */
import { Option, type Command } from "commander";
import {
  CAP_ORDERS,
  SPILLS,
  refuse,
  Refusal,
  toYuan,
  type Claim,
  type Entry,
  type Language,
  type Text,
} from "../../rules";
import { readClaim } from "../../tables";
import type { Claims } from "../../taskpane/planner/claims";
import type { Form } from "../../taskpane/planner/form";
import { chancesOf, factorTextsOf } from "../../taskpane/planner/groups";
import { AHEAD, DELAYS } from "../../taskpane/planner/years";
import { planningOf, type Planning } from "../../taskpane/planner/planning";
import { CARRIES, poolIn, YEAR_CARRIES } from "../../taskpane/planner/pool";
import { languageOf, readPool } from "../options";
import type { Warehouse } from "../run/warehouse";
import {
  checkOutput,
  EXIT,
  fileArgument,
  printBeside,
  repeated,
  report,
  withResultOptions,
  withWarehouse,
  writeRows,
  yearOption,
  type Shown,
} from "../shell";
import { wordsIn } from "../text";
import { sectionsForMachines, sectionWords } from "../sections";
import { both, reading } from "../words";
import { answersTo, type PoolAnswer } from "../../taskpane/planner/report";
import type { ReportSection } from "../../taskpane/parts/report";
import { poolsAlone } from "./alone";
import { readClaimsOf, type Named } from "./claims";
import { inOnePiece } from "./one-piece";
import { severalIn } from "./pools";

/** What a pool is planned from. */
export interface PoolOptions extends Shown, Named {
  pool?: string;
  amount?: string;
  cap?: string;
  otherCap?: string;
  capped?: boolean;
  growth?: string;
  growthSpread?: string;
  growthWithin?: string;
  groupChance?: string[];
  factor?: string[];
  ahead?: string;
  yearlyGrowth?: string;
  delay?: string;
  paidMonth?: string;
  parts?: string;
  unused?: string;
  yearCarry?: string;
  yearPool?: string[];
  risk?: string;
  order?: string;
  winners?: string;
  subpools?: string;
  spill?: string;
  carry?: string;
  pools?: string;
  blankCertain?: boolean;
  memory?: string;
  threads?: string;
}

interface Options extends PoolOptions {
  output?: string;
}

export const addPool = (program: Command): void =>
  void withResultOptions(
    withPoolOptions(
      program
        .command("pool")
        .description(
          both(
            "资金池：付多少、何时用尽、风险、付得起的上限，与窗格同一口径",
            "a pool: what it pays, when it runs out, risk, sizing, as in the pane",
          ),
        ),
    ),
  ).action((file: string | undefined, options: Options) => pool(file, options));

/** The file of the claims, and what is assumed of them. */
export const withPoolOptions = (command: Command): Command =>
  command
    .addArgument(fileArgument("[file]"))
    .option("--pool <id>", both("资金池编号，取文件写明的金额和上限", "id of a pool, for its amount and cap"))
    .addOption(yearOption())
    .option("--amount <amount>", both("资金池金额，如 5000万元", "money of the pool, such as 50000000"))
    .option("--cap <amount>", both("单家上限；none 为不设", "cap per claim or firm; none for no cap"))
    .option("--other-cap <amount>", both("并列比较的假设上限", "another cap, to compare"))
    .option("--capped", both("申请额已按上限封顶", "the claims are cut to the cap already"))
    .option("--claims <header>", both("申请额一列", "column of the claims"))
    .option("--firm <header>", both("企业一列，同名合并", "column of the firms, whose rows are one claim"))
    .option("--probability <header|number>", both("概率：一列或一个数", "probability: a column or a number"))
    .option("--spread <header|number>", both("金额离散度：一列或一个数", "spread of the size: a column or a number"))
    .option("--within <header|range>", both("金额上下浮动：一列或一个数，如 20%", "range of the size, such as 20%"))
    .option("--group <header>", both("类别一列", "column of the groups"))
    .option("--group-chance <group=chance>", both("某类获批的可能，可多次", "chance of a group, repeatable"), repeated)
    .option(
      "--factor <states>",
      both(
        "一起变动：全部或类别=可能/获批倍数/金额倍数,…，可多次",
        "all or group=chance/approval/amount,…; repeatable",
      ),
      repeated,
    )
    .option("--date <header>", both("申请日期一列", "column of the days"))
    .option("--rank <header>", both("名次一列", "column of the ranks"))
    .option("--blank-certain", both("概率为空按 1 计", "a blank probability counts as 1"))
    .option("--growth <factor>", both("整体增长系数", "common growth"))
    .option("--growth-spread <spread>", both("增长的离散度", "spread of the growth"))
    .option("--growth-within <range>", both("增长上下浮动，如 20%", "range of the growth, such as 20%"))
    .addOption(
      new Option("--delay <when>", both("几个月后兑付；next 为次年", "months to payment; next year")).choices(DELAYS),
    )
    .option("--paid-month <month>", both("次年几月兑付", "month of payment of the next year"))
    .option("--parts <percent>", both("分期，如 50/30/20", "instalments, such as 50/30/20"))
    .option("--unused <share>", both("不使用的比例", "share of vouchers unused"))
    .addOption(
      new Option(
        "--year-carry <how>",
        both("多年计划的当年余额，缺省同 --carry", "what a year of the plan leaves; default: as --carry"),
      ).choices(YEAR_CARRIES),
    )
    .option("--year-pool <year=amount>", both("某年的资金池，可多次", "pool of a year, repeatable"), repeated)
    .addOption(new Option("--ahead <years>", both("往后再测几年", "years ahead")).choices(AHEAD))
    .option("--yearly-growth <growth>", both("每年增长", "growth per year"))
    .option("--risk <risk>", both("可接受的用尽风险，缺省 0.1", "risk that is accepted; default 0.1"))
    .addOption(
      new Option("--order <order>", both("封顶与分配的先后", "cap before or after sharing")).choices(CAP_ORDERS),
    )
    .option("--winners <n>", both("名额", "number of winners"))
    .option("--subpool <header>", both("子资金池一列", "column that names the sub-pool of each claim"))
    .option(
      "--subpools <list>",
      both("各子资金池，如 “一档=3000万元；二档=2000万元”", "sub-pools, such as 'A=30000000; B=20000000'"),
    )
    .addOption(
      new Option(
        "--spill <how>",
        both("子资金池的结余去向，缺省 none", "where unused money of a sub-pool goes; default none"),
      ).choices(SPILLS),
    )
    .option(
      "--pools <file>",
      both(
        "另看（没有申请表时只看）多个资金池：一张表（.xlsx、.csv），列同窗格的资金池表；申请额填 合同!F2:F50 或 文件#列",
        "several pools as well, or alone where there is no file: a table as in the pane, its claims Sheet!F2:F50 or file#column",
      ),
    )
    .addOption(new Option("--carry <how>", both("资金到位方式", "how the money comes")).choices(CARRIES));

async function pool(file: string | undefined, options: Options): Promise<void> {
  const language = languageOf(options);
  checkOutput(options.output);
  const sections = file === undefined ? await alone() : await planned(file);
  printBeside(options.output)(
    options.json ? sectionsForMachines(sections, language) : sectionWords(sections, language),
  );

  async function planned(claims: string): Promise<readonly ReportSection[]> {
    const { planning, answer } = await planFor(claims, options);
    const { output } = options;
    if (output !== undefined)
      await withWarehouse(options, (warehouse) => write(warehouse, output, planning, answer, language));
    return answer.sections;
  }

  function alone(): Promise<readonly ReportSection[]> {
    if (options.output !== undefined)
      throw refuse(
        "没有申请表，没有逐笔结果可写，不用 -o；要报告请用 butie report",
        "without a file of claims there is no result for each to write; for a report use butie report",
      );
    return poolsAlone(options, formOf(options), { t: wordsIn(language), language });
  }
}

export interface Planned {
  readonly planning: Planning;
  readonly answer: PoolAnswer;
  /** Which columns the claims were read from. */
  readonly sources: Text;
}

/** Plans the pool of the claims of a file. @throws Refusal */
export async function planFor(file: string, options: PoolOptions): Promise<Planned> {
  const language = languageOf(options);
  const { entry, claim } = poolOf(options);
  const form = formOf(options);
  const planned = poolIn(form, entry, claim);
  for (const { refusal } of [planned.amount, planned.cap, planned.otherCap])
    if (refusal) throw new Refusal("value", refusal);
  if (planned.amount.fen === undefined)
    throw refuse("缺少资金池金额：请给 --amount 或 --pool", "no money of the pool: give --amount or --pool");
  checkChoices(form);
  report(reading(file));
  const { claims, sources } = await withWarehouse(options, (warehouse) =>
    readClaimsOf(warehouse, file, options, form["blank-certain"] === "true"),
  );
  report(both(sources.zh, sources.en));
  if (claims.endsInTotal) {
    report(both("最后一行等于上面各行之和，可能是合计行", "the last row is the sum of those above: a total?"));
    process.exitCode = EXIT.rejected;
  }
  checkGroups(form, claims);
  const planning = planningOf(planned, form, claims, claim.year || undefined)!;
  const spoken = { t: wordsIn(language), language };
  const several =
    options.pools === undefined
      ? undefined
      : await severalIn(options.pools, { factors: form.factors, limits: options }, claim);
  report(
    both(
      `${claims.rows} 行，${claims.amounts.length} 笔申请，计算 …`,
      `${claims.amounts.length} claims in ${claims.rows} rows, computing …`,
    ),
  );
  const answer = await answersTo(planning, form, inOnePiece, spoken, several);
  if (answer.sections.some(({ rows }) => !rows.length)) process.exitCode = EXIT.rejected;
  return { planning, answer, sources };
}

/** @throws Refusal for a pool without a year, and an instrument that is no pool with an amount */
function poolOf({ pool: id, year }: PoolOptions): { entry: Entry | undefined; claim: Claim } {
  if (id === undefined) return { entry: undefined, claim: year === undefined ? { year: 0 } : readClaim(year) };
  if (year === undefined) throw refuse("--pool 需要 --year", "--pool needs --year");
  return { entry: readPool(id), claim: readClaim(year) };
}

/** The options as the fields of the pane. */
export const formOf = (options: PoolOptions): Form =>
  Object.fromEntries(
    Object.entries({
      amount: options.amount,
      cap: options.cap === "none" ? "" : options.cap,
      "other-cap": options.otherCap,
      capped: options.capped && "true",
      growth: options.growth,
      "growth-spread": options.growthSpread,
      "growth-within": options.growthWithin,
      probability: options.probability,
      "group-chances": options.groupChance && JSON.stringify(Object.fromEntries(options.groupChance.map(assigned))),
      factors: options.factor && JSON.stringify(Object.fromEntries(options.factor.map(factorTexts))),
      ahead: options.ahead,
      "yearly-growth": options.yearlyGrowth,
      delay: options.delay,
      "paid-month": options.paidMonth,
      parts: options.parts,
      unused: options.unused,
      "year-carry": options.yearCarry,
      "year-pools": options.yearPool && JSON.stringify(Object.fromEntries(options.yearPool.map(assigned))),
      risk: options.risk,
      order: options.order,
      winners: options.winners,
      subpools: options.subpools,
      spill: options.spill,
      carry: options.carry,
      "blank-certain": options.blankCertain && "true",
    }).filter(([, value]) => value !== undefined),
  );

/** A group that no claim belongs to is a slip, not a group without claims. @throws Refusal */
export function checkGroups(form: Form, { groups = [] }: Pick<Claims, "groups">): void {
  const named = [...Object.keys(chancesOf(form)), ...Object.keys(factorTextsOf(form)).filter(Boolean)];
  const unknown = named.find((name) => !groups.includes(name));
  if (unknown === undefined) return;
  const some = [...new Set(groups)].slice(0, 10);
  throw refuse(
    `没有“${unknown}”这一类，有：${some.join("、") || "（没有类别一列，请用 --group 指定）"}`,
    `there is no group ${unknown}; there are: ${some.join(", ") || "none (name the column with --group)"}`,
  );
}

/** "name=value". @throws Refusal */
function assigned(words: string): readonly [name: string, value: string] {
  const at = words.lastIndexOf("=");
  if (at >= 0) return [words.slice(0, at).trim(), words.slice(at + 1).trim()];
  throw refuse(`“${words}”应写成 名称=值`, `write name=value instead of ${words}`);
}

/** "全部=25%/1.2/1.1,50%,25%/0.7/0.9" as the form holds it. @throws Refusal */
function factorTexts(words: string): readonly [group: string, states: string[][]] {
  const [group, states] = assigned(words);
  const all = group === "全部" || group.toLowerCase() === "all";
  return [all ? "" : group, states.split(/[,，]/).map((state) => state.split("/"))];
}

/** @throws Refusal */
function checkChoices({ risk = "0.1" }: Form): void {
  if (Number(risk) > 0 && Number(risk) < 1) return;
  throw refuse(`可接受的风险应在 0 与 1 之间：${risk}`, `the risk must lie between 0 and 1: ${risk}`);
}

/** What each claim gets under each rule. */
async function write(
  warehouse: Warehouse,
  output: string,
  { claims }: Planning,
  { shares }: PoolAnswer,
  language: Language,
): Promise<void> {
  const t = wordsIn(language);
  const lists = shares.flatMap(({ words, answer }) =>
    answer.shares.map(({ method, awards }) => ({
      header: [t(`planner.method-${method}`), ...(shares.length > 1 ? [words] : [])].join(" "),
      awards,
    })),
  );
  const yuan = (fen: number): string => String(toYuan(Math.round(fen)));
  function* rows() {
    for (const [k, name] of claims.names.entries())
      yield [name, yuan(claims.amounts[k]!), ...lists.map(({ awards }) => yuan(awards[k]!))];
  }
  await writeRows(
    warehouse,
    output,
    [
      { header: t("planner.claim"), type: "VARCHAR" },
      { header: t("planner.claimed-yuan"), type: "DECIMAL(18, 2)" },
      ...lists.map(({ header }) => ({ header, type: "DECIMAL(18, 2)" as const })),
    ],
    rows(),
  );
}
