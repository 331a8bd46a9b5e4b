/**
 * What a policy file may say. The form follows the documents' own turns: an award is the smallest of its limits, if its
 * conditions hold. No expressions to parse: conditions, products and cases are structure, so that a person who knows the
 * document can read the file beside it.
 */
import * as z from "zod/mini";

/** The same sentence in both languages. */
const Text = z.strictObject({ zh: z.string(), en: z.string() });
export type Text = z.infer<typeof Text>;
/** What is counted one by one; `measure` where it has another measure word than 个 (firms: 家). */
const Counted = z.strictObject({ zh: z.string(), en: z.string(), measure: z.optional(z.string()) });
export type Counted = z.infer<typeof Counted>;
export type Language = keyof Text;

const Day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
/** A day, or a year where the text leaves the day open. */
const Start = z.string().check(z.regex(/^\d{4}(-\d{2}-\d{2})?$/));

/** A figure as the document writes it: 1234567 (yuan, pieces, years), "12%", or a fraction such as "5/4". */
const Figure = z.union([z.number(), z.string().check(z.regex(/^-?\d+(\.\d+)?(%|\/\d+)?$/))]);
export type Figure = z.infer<typeof Figure>;

const Scalar = z.union([z.boolean(), z.string()]);

const boundsOf = <T extends z.ZodMiniType>(figure: T) => ({
  "at-least": z.optional(figure),
  above: z.optional(figure),
  "at-most": z.optional(figure),
  below: z.optional(figure),
});
/**
 * 自…之日起一年内, 90日内: from the day that another input gives to the corresponding day so many years and months later, or to
 * the day so many days later; both included.
 */
const Within = z.strictObject({
  of: z.string(),
  years: z.optional(z.number()),
  months: z.optional(z.number()),
  days: z.optional(z.number()),
});
/** 以上 at-least, 超过 above, 不超过 at-most, 不足 below, of a number or a day; `given`: whether the row gives it. */
const Bounds = z.strictObject({
  ...boundsOf(z.union([Figure, Day])),
  given: z.optional(z.boolean()),
  within: z.optional(Within),
});
export type Bounds = z.infer<typeof Bounds>;

/** 占…的比重: one input as a share of another. */
const RatioTest = z.strictObject({ ...boundsOf(Figure), of: z.string(), to: z.string() });
/** 增长: by how much one input exceeds another, as a share of that other. */
const GrowthTest = z.strictObject({ ...boundsOf(Figure), of: z.string(), from: z.string() });

/**
 * A test: every entry must hold. A key is an input or a reading; `any` holds when one of several tests does; `any-row`
 * holds when one admissible row of the same firm and year does.
 */
export interface Tests {
  any?: Tests[] | undefined;
  "any-row"?: Tests | undefined;
  ratio?: z.infer<typeof RatioTest> | undefined;
  growth?: z.infer<typeof GrowthTest> | undefined;
  [name: string]: z.infer<typeof Scalar> | string[] | Bounds | Tests | Tests[] | undefined;
}
const Tests: z.ZodMiniType<Tests> = z.lazy(() =>
  z.catchall(
    z.object({
      any: z.optional(z.array(Tests)),
      "any-row": z.optional(Tests),
      ratio: z.optional(RatioTest),
      growth: z.optional(GrowthTest),
    }),
    z.union([Scalar, z.array(z.string()), Bounds]),
  ),
);

/** One case of a figure. The first case whose test holds is taken. */
const Case = z.strictObject({
  if: z.optional(Tests),
  /** The figure itself; `none` in a cap means that there is no such limit. */
  is: z.optional(z.union([Figure, z.literal("none")])),
  /** Taken off the figure: 可叠加至 45% where 30% comes from elsewhere is `{ is: 45%, less: 30% }`. */
  less: z.optional(Figure),
  /** A ceiling (不超过): the row may give its own, lower rate in the input named by `given` (default `rate`). */
  "at-most": z.optional(Figure),
  /** The row's input gives the figure; without `at-most` the document names none, so it must. */
  given: z.optional(z.string()),
  /** Even under a ceiling the row must give the figure (a schedule that the document leaves open). */
  required: z.optional(z.boolean()),
  /** The given figure must lie below each of these inputs or figures. */
  below: z.optional(z.array(z.union([Figure, z.string()]))),
  /** The same figure as in that instrument (its first rate or its first cap): a number stands once. */
  "as-in": z.optional(z.string()),
  /** With `as-in`: the inputs under which that instrument's cases are read. */
  where: z.optional(z.record(z.string(), Scalar)),
  /** Added to the figure: the cap of that other instrument. */
  "plus-cap-of": z.optional(z.string()),
});
export type Case = z.infer<typeof Case>;
const Cases = z.union([Figure, Case, z.array(Case)]);
export type Cases = z.infer<typeof Cases>;

const Names = z.union([z.string(), z.array(z.string())]);

/** 分段: of what the rows come to under a total, each slab has its rate; what lies beyond the last one gets nothing. */
const Slabs = z.strictObject({
  /** One of `totals`, of the same input as the share. */
  total: z.string(),
  rates: z.array(z.strictObject({ "up-to": z.optional(Figure), rate: Figure })),
});

/** A product: inputs × rate × times, or an amount by slabs. Months count as parts of a year. */
const Share = z.strictObject({
  of: Names,
  rate: z.optional(Cases),
  times: z.optional(Cases),
  slabs: z.optional(Slabs),
});
export type Share = z.infer<typeof Share>;

/** quarter, half-year: of the year of the claim; the row gives it (`quarter`, `half_year`), or the day that it is claimed on. */
const Period = z.union([z.enum(["year", "half-year", "quarter", "policy"]), z.strictObject({ years: z.number() })]);

/**
 * Whose rows use a limit up together, and for how long. row: nobody else's · firm: 单家企业 · object: one project, platform,
 * product, standard, model or task · or an input of kind `name`: all rows that give the same one (a provider), whatever their
 * firm. year: the year of the claim · policy: as long as the document runs · years: so many years in a row, from the first
 * one claimed. `unnamed: apart`, with object: rows that name none count objects of their own, and share nothing; not there: rows of
 * one firm that name none are one object.
 */
const Shared = z.strictObject({
  if: z.optional(Tests),
  scope: z.string(),
  period: z.optional(Period),
  unnamed: z.optional(z.literal("apart")),
});
export type Shared = z.infer<typeof Shared>;

/**
 * What the rows of one owner and period come to before any award: the amounts of those that are admissible. It is read like an
 * input, by tests and by slabs.
 */
const Total = z.strictObject({
  zh: z.string(),
  en: z.string(),
  /** The input of money that is added up. */
  of: z.string(),
  scope: z.string(),
  period: z.optional(Period),
  /** The input that gives what it came to before the table. */
  before: z.optional(z.string()),
});
export type Total = z.infer<typeof Total>;

/** What a further award of the kind pays: nothing (一次性), or what it exceeds the earlier ones by (晋升后补足差额). */
const Again = z.strictObject({
  if: z.optional(Tests),
  scope: z.enum(["firm", "object"]),
  pays: z.enum(["nothing", "difference"]),
  /** The allowance of another instrument's limit that counts as the same award. */
  allowance: z.optional(z.string()),
  /** With `nothing`: by what a row gives that the award was had before; rows behind it are then paid nothing either. */
  had: z.optional(Tests),
});
export type Again = z.infer<typeof Again>;

/** One limit: exactly one of share, sum, cap, amount. */
const Limit = z.strictObject({
  name: z.optional(Text),
  if: z.optional(Tests),
  share: z.optional(Share),
  /** The sum of several products. */
  sum: z.optional(z.array(Share)),
  /** 最高: an upper bound in yuan. */
  cap: z.optional(Cases),
  /** A fixed amount, by grade; no case fits: nothing. */
  amount: z.optional(Cases),
  /** Rows of one scope and period use the limit up, in the order of their year, then of their row; not there: each row. */
  "shared-by": z.optional(z.union([Shared, z.array(Shared)])),
  /** One allowance for every limit that names it, also in other instruments. */
  allowance: z.optional(z.string()),
  /** The input that gives what was already granted under this limit. */
  used: z.optional(z.string()),
  /** What-if overrides change this limit's figures (default: the first rate, the first cap). */
  lever: z.optional(z.boolean()),
});
export type Limit = z.infer<typeof Limit>;

/** `name`: the condition in words, where its tests alone read badly. */
const Tested = z.strictObject({ if: Tests, else: Text, name: z.optional(Text) });

const Part = z.strictObject({
  name: z.optional(Text),
  when: z.optional(z.array(Tested)),
  limits: z.array(Limit),
});

/**
 * money: yuan · flag: yes/no · choice: one of `options` · name: of somebody who has an account (a provider) · rate: 0.12 or
 * 12% · count: whole number · number: any number from 0 · months: months of a year · rank: place in a ranking · ordinal: which
 * year of several · date: a day, for conditions only.
 * For rate, months, rank, ordinal and date, and with `zero: absent`, a 0 counts as not given (Excel hands a blank over as 0).
 */
const Input = z.strictObject({
  kind: z.enum(["money", "flag", "choice", "name", "rate", "count", "number", "months", "rank", "ordinal", "date"]),
  zh: z.string(),
  en: z.string(),
  alias: z.optional(z.array(z.string())),
  default: z.optional(z.union([z.number(), z.boolean(), z.string()])),
  optional: z.optional(z.boolean()),
  "required-if": z.optional(Tests),
  zero: z.optional(z.literal("absent")),
  options: z.optional(z.record(z.string(), Text)),
  /** A flag that is not there, in words: 非多模态数据集. */
  not: z.optional(Text),
  /** What a number counts: 年, 项, 个月. */
  unit: z.optional(Text),
  /**
   * What a blank cell is taken for where the table holds earlier years of the same object or firm: the years in which it was
   * paid (for an ordinal the next one), or the sum of another input over them.
   */
  counts: z.optional(z.string()),
  /**
   * What a blank cell is taken for in a table: what rows of other instruments are awarded for the same object (or `scope: firm`)
   * in the year (`period: policy`: so far). Those rows come first, whatever the order of the table, and add up with this one.
   */
  "awarded-by": z.optional(
    z.strictObject({
      instruments: Names,
      scope: z.optional(z.enum(["firm", "object"])),
      period: z.optional(z.enum(["year", "policy"])),
    }),
  ),
  /** What a scenario's share of domestic compute splits: the flag of a row, or its fees by kind. */
  role: z.optional(z.enum(["domestic-flag", "domestic-amount", "other-amount"])),
});
export type Input = z.infer<typeof Input>;

/** An open reading of the text: the switch is its name, a header like any input. */
const Reading = z.strictObject({
  /** Its entry in the register of doubts (A01…). */
  register: z.string(),
  doubt: Text,
  default: z.string(),
  why: Text,
  options: z.record(z.string(), Text),
});
export const Readings = z.record(z.string(), Reading);
export type Readings = z.infer<typeof Readings>;
export type Reading = z.infer<typeof Reading>;

/** A doubt that changes no formula, but that a careful reader has: answered here, not in a person's head. */
const Doubt = z.strictObject({ register: z.string(), doubt: Text, answer: Text });

/** What takes the place of a document or an instrument from a day on: one of the catalogue by its id, or in words. */
const Replaced = z.strictObject({ from: Day, id: z.optional(z.string()), note: z.optional(Text) });

const Grade = z.strictObject({ label: Text, any: z.optional(z.array(Tests)) });

export const KINDS = [
  "tiered-rate",
  "rate-with-cap",
  "fixed-award",
  "interest-subsidy",
  "matching",
  "per-unit",
  "pool",
  "threshold",
  "unquantified",
] as const;

const Instrument = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9]+-[a-z0-9.-]+$/)),
  name: Text,
  family: z.string(),
  kind: z.enum(KINDS),
  article: z.string(),
  quote: z.union([z.string(), z.array(z.string())]),
  /** Numbers of this instrument that stand in another clause, cited here. */
  cites: z.optional(z.array(z.string())),
  /**
   * ceiling: 不超过, 最高, 可 — an upper bound. entitlement: 给予, 按…的. encouragement: 鼓励, 支持, by standards that others set.
   * target: a goal or an appeal, no claim at all. budget: money set aside, which nobody is entitled to alone. recognition: a
   * title or an admission instead of money.
   */
  /** Its own window, where the document gives it another one than its own; what is not there is the document's. */
  window: z.optional(
    z.strictObject({
      from: z.optional(Start),
      to: z.optional(Day),
      quote: z.optional(z.string()),
      note: z.optional(Text),
    }),
  ),
  "replaced-by": z.optional(Replaced),
  modality: z.enum(["ceiling", "entitlement", "encouragement", "target", "budget", "recognition"]),
  /** Who pays or, where there is no money, who decides or acts. */
  level: Text,
  /** What the firm column holds where it is not 企业: 单位, 机构, 开源主体. */
  firm: z.optional(Counted),
  /** What a limit of scope `object` counts: 项目, 平台, 标准, 产品, 模型, 任务. */
  object: z.optional(Counted),
  stacking: z.optional(Text),
  /** The base the rate is applied to, in the document's words. */
  base: z.optional(Text),
  pool: z.optional(z.string()),
  budget: z.optional(
    z.strictObject({
      amount: z.optional(Figure),
      per: z.enum(["year", "total"]),
      envelope: z.enum(["fixed", "ceiling", "target"]),
    }),
  ),
  /** At most so many winners; a row whose rank lies beyond gets nothing. */
  quota: z.optional(
    z.strictObject({
      "at-most": z.number(),
      per: z.enum(["year", "policy"]),
      rank: z.string(),
      /** The measure word (default: 个). */
      unit: z.optional(Text),
    }),
  ),
  notes: z.optional(z.array(Text)),
  inputs: z.optional(z.record(z.string(), Input)),
  totals: z.optional(z.record(z.string(), Total)),
  /** `common`: the reading of that name in readings.yaml. */
  readings: z.optional(z.record(z.string(), z.union([Reading, z.literal("common")]))),
  doubts: z.optional(z.array(Doubt)),
  when: z.optional(z.array(Tested)),
  parts: z.optional(z.array(Part)),
  /** Limits over the sum of the parts. */
  limits: z.optional(z.array(Limit)),
  /** A further award of the kind to the same firm or object; not there: each stands by itself. The first case that fits. */
  again: z.optional(z.union([Again, z.array(Again)])),
  /** Rows of one task on one object add up to its limits, instead of the highest one staying. */
  tranches: z.optional(z.literal(true)),
  /** Taken off after all limits, never below zero: 晋升后补足差额. */
  minus: z.optional(z.string()),
  /** The award of one piece, rounded, times so many pieces. */
  times: z.optional(z.string()),
  /** Coarser than to the fen: 舍去万元以下尾数 is `{ to: 10000, how: down }`, in yuan; each row is rounded once. */
  round: z.optional(z.strictObject({ to: z.number(), how: z.enum(["down", "half-up"]) })),
  /** What a row gets whose award, in yuan, is less: 不足1万元的不予补助 is `nothing`, 不足1万元的按1万元 is `raised`. */
  minimum: z.optional(z.strictObject({ amount: z.number(), below: z.enum(["nothing", "raised"]) })),
  /** The highest of the parts is paid, the first among equals, instead of their sum. */
  take: z.optional(z.literal("highest")),
  /** The result is not money: places, rounded down to whole ones. */
  result: z.optional(Text),
  /** A label instead of money: the first grade that fits; the last has no test. */
  grades: z.optional(z.array(Grade)),
  /** What the document leaves open, where it names the instrument without a number. */
  open: z.optional(Text),
  /**
   * 同一费用只走一条路径: rows on one object whose instruments name the same group exclude each other, whatever else may be
   * added. `chosen`: the flag by which a row is the route that was taken; where none is, the highest award stays.
   */
  route: z.optional(z.strictObject({ group: z.string(), chosen: z.optional(z.string()) })),
  /** Instruments with which this one may be added for one object; every other pair does not repeat. */
  "adds-to": z.optional(z.array(z.string())),
});
export type Instrument = z.infer<typeof Instrument>;

export const Policy = z.strictObject({
  document: z.strictObject({
    id: z.string(),
    title: Text,
    number: z.optional(z.string()),
    issued: z.optional(Day),
    jurisdiction: z.string().check(z.regex(/^\d{6}$/)),
    /** own: brought in by the user, and no official text. */
    status: z.enum(["in-force", "draft", "guidance", "digest", "own"]),
    /** Both days included. A start that the text leaves blank is given as its year alone; no `to`: no end stated. */
    window: z.strictObject({
      from: Start,
      to: z.optional(Day),
      quote: z.optional(z.string()),
      note: z.optional(Text),
      /** Another end, which only second-hand sources report; counts under the reading `window_end`. */
      reported: z.optional(z.strictObject({ to: Day })),
    }),
    /** Another document that takes its place; a later version of this one is another file with the same id. */
    "replaced-by": z.optional(Replaced),
    /** The day on which figures and quotations were last compared with the official text. */
    checked: z.optional(Day),
    /** What is reported about the document, shown wherever its status is. `source`: how far it can be relied on. */
    notices: z.optional(z.array(z.strictObject({ date: Day, text: Text, source: Text }))),
    overlap: z.optional(z.strictObject({ rule: Text, quote: z.string() })),
    source: z.string(),
    notes: z.optional(z.array(Text)),
    /** Doubts about the document as a whole; they hold for each of its instruments. */
    doubts: z.optional(z.array(Doubt)),
  }),
  instruments: z.array(Instrument),
});
/** The families of instruments, in the order of the pane. */
export const Families = z.record(z.string(), Text);
export type Families = z.infer<typeof Families>;

/** Words of everyday headers: of the table's own columns, of the one amount that a clause asks for, of inputs by name. */
export const Synonyms = z.strictObject({
  table: z.strictObject({
    instrument: z.array(z.string()),
    year: z.array(z.string()),
    firm: z.array(z.string()),
    object: z.array(z.string()),
  }),
  amount: z.array(z.string()),
  place: z.array(z.string()),
  support: z.array(z.string()),
  inputs: z.record(z.string(), z.array(z.string())),
});
export type Synonyms = z.infer<typeof Synonyms>;

/** An administrative area by its official code (GB/T 2260). */
export const Jurisdictions = z.array(
  z.strictObject({
    code: z.string().check(z.regex(/^\d{6}$/)),
    id: z.string(),
    name: Text,
    /** Further spellings a cell may use. */
    names: z.array(z.string()),
    within: z.optional(z.string()),
  }),
);
export type Jurisdiction = z.infer<typeof Jurisdictions>[number];

export type Policy = z.infer<typeof Policy>;
