/** The head of a query: the clause, how the query is run, what its table has to hold, what it gives, and how its steps name things. */
import { limitsOf, MAX_FEN, readingsOf, type Input, type Text } from "../../rules";
import { noticesOf, STATUS, windowWords } from "../terms";
import { inBoth, labelOf, limitLine, OUTCOME_WORDS } from "../words";
import { MOST_64, NO_YEAR, type Frame } from "./frame";

/** Lines of comment. */
export function heading(frame: Frame): string[] {
  const { instrument, document } = frame.first.plan.entry;
  const { readings, claim } = frame.first.plan;
  const years = frame.clauses.map(({ plan }) => plan.claim.year).join(", ");
  return [
    `${instrument.name.zh} · ${instrument.name.en} [${instrument.id}] · ${years}`,
    `《${document.title.zh}》${document.number ?? ""} ${instrument.article} · ${STATUS[document.status].zh} · ${windowWords(document, "zh", readings)}`,
    ...noticesOf(document, "zh"),
    ...[instrument.quote].flat().map((quote) => `“${quote}”`),
    ...readingLines(frame),
    "",
    ...tableLines(frame, claim.year),
    "",
    ...resultLines(frame),
    "",
    ...stepLines(frame),
  ];
}

const line = ({ zh, en }: Text): string => `${zh} · ${en}`;

function readingLines({ first: { plan } }: Frame): string[] {
  const known = readingsOf(plan.entry.instrument);
  const words = Object.entries(plan.readings).map(([name, option]) => {
    const text = known[name]?.options[option];
    return `${name}=${option}${text ? `（${text.zh}）` : ""}`;
  });
  return [`读法 · readings: ${words.join("；")}`];
}

/** How a column of an input stands, by its kind. */
const STANDS: Readonly<Record<Input["kind"], Text>> = {
  money: { zh: "BIGINT，分", en: "BIGINT, fen" },
  flag: { zh: "BOOLEAN（ClickHouse：UInt8）", en: "BOOLEAN (UInt8 in ClickHouse)" },
  choice: { zh: "文字", en: "text" },
  name: { zh: "文字，同一名称写法一致", en: "text, one name spelled alike" },
  rate: { zh: "BIGINT，百万分之一（0.3 写 300000）", en: "BIGINT, millionths (0.3 is 300000)" },
  months: { zh: "BIGINT，百万分之一个月（6 写 6000000）", en: "BIGINT, millionths of a month (6 is 6000000)" },
  number: { zh: "BIGINT，百万分之一（1.5 写 1500000）", en: "BIGINT, millionths (1.5 is 1500000)" },
  count: { zh: "BIGINT，整数", en: "BIGINT, a whole number" },
  rank: { zh: "BIGINT，名次", en: "BIGINT, a rank" },
  ordinal: { zh: "BIGINT，第几年", en: "BIGINT, which year" },
  date: { zh: "DATE，或 20260610 这样的 BIGINT", en: "DATE, or a BIGINT such as 20260610" },
};

function tableLines({ first: { plan }, table, dialect }: Frame, claimYear: number): string[] {
  const { row, year, firm, object, inputs } = table;
  const own: readonly (readonly [string | undefined, Text])[] = [
    [
      row,
      {
        zh: "行号：不重复的整数，共用的限额按它的次序用掉",
        en: "row number: whole, each once; shared limits are used up in this order",
      },
    ],
    [year, { zh: "申报年度：整数", en: "year of the claim: a whole number" }],
    [firm, { zh: "企业：文字，同一企业写法一致", en: "firm: text, one firm spelled alike" }],
    [object, { zh: "对象（合同、项目）：文字，写法一致", en: "object (contract, project): text, spelled alike" }],
  ];
  const columns = [
    ...own.flatMap(([column, words]) => (column === undefined ? [] : [`• ${dialect.quoted(column)} ${line(words)}`])),
    ...Object.entries(inputs).flatMap(([input, column]) => {
      const declared = plan.inputs[input];
      if (!declared) return [];
      const { kind, options } = declared;
      const keys = Object.entries(options ?? {}).map(([key, text]) => `${dialect.literal(key)} ${text.zh}`);
      const words = inBoth(
        (language) =>
          `${labelOf(plan.inputs, input, language)}${language === "zh" ? "：" : ": "}${STANDS[kind][language]}`,
      );
      return `• ${dialect.quoted(column)} ${line(words)}${keys.length ? `（${keys.join("、")}）` : ""}`;
    }),
  ];
  const lacks = Object.keys(plan.entry.instrument.inputs ?? {}).filter((input) => !(input in inputs));
  return [
    `怎样运行：原样交给 ${dialect.name}；只读下面这张表，每行一笔申报${year === undefined ? `（都算作 ${claimYear} 年）` : ""}，空白为 NULL，不改动任何表 · how to run: as it is, in ${dialect.name}; it reads this table alone, a row per claim, a blank is NULL, and changes nothing`,
    `表 · table ${table.name.map(dialect.quoted).join(".")}:`,
    ...columns,
    ...(lacks.length
      ? [`• 表中没有、按默认或未填 · not in the table, taken by default or as blank: ${lacks.join(", ")}`]
      : []),
  ];
}

function resultLines(frame: Frame): string[] {
  const outcomes = Object.entries(OUTCOME_WORDS).map(([kind, { zh }]) => `${kind} ${zh}`);
  const { plan } = frame.first;
  const alone = limitsOf(plan).filter(({ allowance }) => allowance && !frame.hasAccount(allowance));
  return [
    `结果：row_no 行号；award_fen 补贴，分；outcome 结论（${outcomes.join("、")}）；limit_no 起作用的限额，编号见各限额前的注释；missing 缺的输入；by_columns 为真的行这里算不出，记 0，由 butie run 另算`,
    "result: row_no; award_fen in fen; outcome; limit_no, the limit that decides, as the comments number them; missing, what an incomplete row lacks; rows with by_columns cannot be computed here, have 0, and are computed by butie run",
    ...alone.map(
      (limit) =>
        `注意：没有写明由谁共用的列，每行各有一份这样的限额 · mind: no column tells who shares it, so each row has this limit for itself: ${limit.index + 1} ${limitLine(limit, plan, "zh")}`,
    ),
  ];
}

const stepLines = ({ first: { clause } }: Frame): string[] => [
  `各步骤依次算；limit_n、left_n、part、amount 以计算单位计，一分为 ${clause.unit} 个；其余金额以分计 · steps follow one another; limit_n, left_n, part and amount are in units of which a fen has ${clause.unit}; all other amounts are in fen`,
  "取整写作整除：（2x + u）除以 2u 即把 x 四舍五入到 u · rounding is written as whole division: (2x + u) by 2u rounds x half up to u",
  "limit_n、left_n 第 n 项限额和它的余额，used_n 已获；part、amount 单独和共用额度之后的金额；room、asks、drawn、before 共用额度的余地、占用、累计、前面各行已用；differs、unsure 为真的行另行计算（by_columns）",
  "limit_n, left_n a limit and what it leaves, used_n granted before; part, amount what a row gets alone and after sharing; room, asks, drawn, before of what rows share: the room, what a row asks, the running sum, what rows before drew; rows that differ or are unsure are left to another computation (by_columns)",
  `${MAX_FEN} 分是可以精确计算的最大金额；${NO_YEAR}、${MOST_64} 代表没有年度、没有额度 · ${MAX_FEN} fen is the largest amount that is exact; ${NO_YEAR} and ${MOST_64} stand for no year, no room`,
];
