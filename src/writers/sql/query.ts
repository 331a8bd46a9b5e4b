/**
 * A plan as one SQL query over a table of claims: one more reader of the fold. Steps with names follow one another as in the
 * working paper: each limit alone, what rows before drew on a shared one, the award.
 *
 * A limit that rows share has a closed form. With l the amount of a row alone and R the room of the account, what rows 1…i
 * drew is min(l₁ + … + lᵢ, R). It holds while all rows of an account have the same room; the rows of an account in which they
 * differ are marked `by_columns`, as are numbers beyond the whole numbers here: those rows are left to columnsAwards().
 */
import { anyRowTests, asksTotal, refuse, type Plan, type Refusal } from "../../rules";
import { awards, parts, result } from "./awards";
import { clauseOf } from "./clause";
import { comment, type Dialect, type From, type Step } from "./dialect";
import { Frame, type ClaimsTable, type Written } from "./frame";
import { heading } from "./heading";
import { alikeYears, alone, aloneName, answered, claims, source, together } from "./rows";
import { asked, objects, shared } from "./sharing";
import { countable, summed, totalInputs, totalled } from "./totals";

/**
 * The query; one row of result per claim: `row_no`, `award_fen` (0 unless awarded), `outcome` (as Outcome of the rules),
 * `limit_no` (the limit that decides, as the comments number them), `missing` (inputs that an incomplete row lacks),
 * `by_columns`.
 * @param plans one per year, all of one instrument
 * @throws Refusal where the clause has no form in SQL, with the reason
 */
export function sqlOf(plans: readonly Plan[], table: ClaimsTable, dialect: Dialect): string {
  for (const plan of plans) checkForm(plan, table);
  const inputs = Object.keys(table.inputs);
  const clauses = plans.map((plan) => ({
    plan,
    clause: clauseOf(plan, [...inputs, ...totalInputs(plan)], dialect),
  }));
  // The steps behind the limits are written once, from the first year.
  if (new Set(clauses.map(shapeOf)).size > 1)
    throw unwritten(plans[0]!, "各年的条款结构不同", "the clause has another structure in other years");
  const frame = new Frame(clauses, table, dialect);
  return `${heading(frame).map(comment).join("\n")}\n${dialect.query(stepsOf(frame), (from) => result(frame, from))}`;
}

function stepsOf(frame: Frame): Step[] {
  const questions = [...frame.first.clause.asked];
  const before = frame.first.plan.totals.length ? "totalled" : questions.length ? "answered" : "claims";
  const years = alikeYears(frame);
  const shares = frame.accounts().length > 0 || frame.again() !== undefined;
  return [
    { name: "source", words: "申报表的各列 · columns of the table", text: () => source(frame) },
    {
      name: "claims",
      words: "申报，过大的数另行标出 · the claims; numbers too large are marked",
      text: (from) => claims(frame, from),
    },
    ...(questions.length
      ? [
          {
            name: "answered",
            words: "企业是否有一行符合条件 · whether one row of the firm meets a condition",
            text: (from: From) => answered(frame, from, questions),
          },
        ]
      : []),
    ...(frame.first.plan.totals.length ? totalSteps(frame) : []),
    ...years.map((alike) => ({
      name: aloneName(frame, alike),
      words: "逐行的结论和各项限额 · outcome and limits of each row by itself",
      text: (from: From) => alone(frame, alike, from(before)),
    })),
    {
      name: "alone",
      words: "单独计算时的金额，与共用额度 · what each row gets alone, and the room of shared limits",
      text: (from) => together(frame, from, years),
    },
    {
      name: "objects",
      words: "同一对象不重复：只留最高的一行 · one object is paid once, by its highest row",
      text: (from) => objects(frame, from),
    },
    ...(shares
      ? [
          {
            name: "asked",
            words: "各行要占用的共用额度 · what each row asks of shared limits",
            text: (from: From) => asked(frame, from),
          },
          {
            name: "shared",
            words:
              "前面各行已占用的额度：占用之和，至多为余地；各行余地不同的账户另算 · what the rows before have used up: the sum of what they ask, at most the room; accounts whose rows have different rooms are left",
            text: (from: From) => shared(frame, from),
          },
        ]
      : []),
    {
      name: "parts",
      words: "各项限额的余额，取最小 · the least of what the limits leave",
      text: (from) => parts(frame, from, shares ? "shared" : "objects"),
    },
    {
      name: "awards",
      words: "合计、扣减、取整到分，和起作用的限额 · sum, deductions, rounding, and the limit that decides",
      text: (from) => awards(frame, from),
    },
  ];
}

const totalSteps = (frame: Frame): Step[] => [
  {
    name: "countable",
    words: "各行计入合计的金额 · what of each row counts under a total",
    text: (from) => countable(frame, from),
  },
  { name: "summed", words: "此前各行的合计 · what the rows before come to", text: (from) => summed(frame, from) },
  {
    name: "totalled",
    words: "连同本表以前的合计，与落在各段的金额 · with what rows give as come to before, and what lies in each slab",
    text: (from) => totalled(frame, from),
  },
];

/** What the steps behind the limits take from a clause. */
const shapeOf = ({ plan, clause }: Written): string =>
  JSON.stringify([
    String(clause.unit),
    [...clause.parts, clause.limits].map((limits) => limits.map(({ limit }) => [limit.index, limit.allowance])),
    [clause.minus, clause.pieces, [...clause.asked], plan.again && { ...plan.again, had: undefined }, plan.rounding],
    plan.totals.map(({ slabs, ...total }) => [total, slabs.map(({ input }) => input)]),
  ]);

/** What has no closed form. @throws Refusal */
function checkForm(plan: Plan, table: ClaimsTable): void {
  const places = [...plan.parts.map(({ limits }) => limits), plan.limits].map((limits) =>
    limits.flatMap(({ allowance }) => allowance ?? []),
  );
  const shared = places.filter(({ length }) => length);
  if (shared.some((list) => new Set(list.map(({ scope, by, period }) => JSON.stringify([scope, by, period]))).size > 1))
    throw unwritten(plan, "同一部分受两种不同范围的共用额度限制", "one part under shared limits of two scopes");
  if (places.at(-1)!.length && shared.length > 1)
    throw unwritten(plan, "部分与合计各有共用额度", "shared limits both of a part and of the sum");
  // Rows of other instruments are not in the table: where the cell is blank, the row is left to the columns.
  if (plan.awarded.some(({ input }) => !(input in table.inputs)))
    throw unwritten(
      plan,
      "有一项取自其他工具的补助额，而表中没有这一列",
      "an input is what other instruments award, and the table has no column of it",
    );
  const asksOthers =
    anyRowTests(plan).length > 0 || plan.required.some(({ tests }) => tests.some((test) => asksTotal(test, plan)));
  if (plan.totals.length && asksOthers)
    throw unwritten(
      plan,
      "哪些行计入合计，又要看合计或企业的其他行",
      "which rows count under a total depends on totals or other rows themselves",
    );
  if (shared.length && plan.again)
    throw unwritten(plan, "共用额度与再次获得的规则并存", "a shared limit beside a rule for further awards");
}

const unwritten = ({ entry }: Plan, zh: string, en: string): Refusal =>
  refuse(
    `“${entry.instrument.name.zh}”不能写成一条SQL：${zh}`,
    `${entry.instrument.name.en} has no form as one query: ${en}`,
  );
