/**
 * A set of scenarios is a plain table in the workbook, one row each, so that it can be written by hand, by formula or in the
 * pane, and is saved with the file.
 */
import {
  CATALOGUE,
  Exact,
  findEntry,
  JURISDICTIONS,
  leverWords,
  perCatalogue,
  readingsOf,
  Refusal,
  refuse,
  SHARING_OPTIONS,
  toYuan,
  type Input,
  type Language,
  type Reading,
  type Scenario,
  type SharingMethod,
  type Text,
  idOf,
} from "../rules";
import { readAmount } from "./amounts";
import { isNothing, type Cell } from "./cells";
import { unitOf } from "./headers";
import { choiceIn, readChoice, readInput } from "./inputs";
import { nameOf, narrow } from "./names";
import { readClaim, readJurisdiction, unknownId } from "./period";

export interface ScenarioColumn {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly help: Text;
  /** Another header under which the column is read. */
  readonly also?: string;
  /** What may be chosen: a cell holds the key or one of its words. */
  readonly options?: Readonly<Record<string, Text>>;
}

/** The columns of a table of scenarios, in order. Any reading is a column too, by its name or its question. */
export const SCENARIO_COLUMNS: readonly ScenarioColumn[] = [
  {
    name: "name",
    zh: "情景",
    en: "scenario",
    also: "方案",
    help: { zh: "情景名称", en: "name of the scenario" },
  },
  {
    name: "rate",
    zh: "比例",
    en: "rate",
    help: { zh: "替换补助比例，如 35% 或 0.35", en: "replaces the rate, such as 35% or 0.35" },
  },
  { name: "cap", zh: "上限", en: "cap", help: { zh: "替换最高金额（元）", en: "replaces the cap, in yuan" } },
  {
    name: "rates",
    zh: "分档比例",
    en: "rates by tier",
    help: {
      zh: "只改其中几档，如 30%→35%；10%→8%",
      en: "other figures for some tiers, such as 30%→35%; 10%→8%",
    },
  },
  {
    name: "caps",
    zh: "分档上限",
    en: "caps by tier",
    help: {
      zh: "只改其中几档，如 500万元→600万元；1000万元→800万元",
      en: "other figures for some tiers, in yuan, such as 5000000→6000000",
    },
  },
  {
    name: "instrument",
    zh: "政策工具",
    en: "instrument",
    help: { zh: "各行改按此工具计算，填编号", en: "computes all rows as this instrument (its id)" },
  },
  {
    name: "jurisdiction",
    zh: "辖区",
    en: "jurisdiction",
    help: {
      zh: "各行改按该辖区同类的第一项工具计算",
      en: "computes the rows as the first instrument of the same family there",
    },
    get options() {
      return Object.fromEntries(JURISDICTIONS.map(({ code, name }) => [code, name]));
    },
  },
  { name: "year", zh: "年度", en: "year", help: { zh: "申报年度或日期", en: "year or date of the claim" } },
  {
    name: "domestic_share",
    zh: "国产算力占比",
    en: "domestic share",
    help: {
      zh: "每笔金额中国产算力所占份额，拆分到分；0% 写作文字“0%”",
      en: 'share of every amount spent on domestic compute, split to the fen; write none as the text "0%"',
    },
  },
  {
    name: "growth",
    zh: "金额增长",
    en: "growth",
    help: { zh: "按其比例补助的金额的增减，如 10% 或 -5%", en: "growth of the amounts, such as 10% or -5%" },
  },
  {
    name: "new_firms",
    zh: "新增企业数",
    en: "new firms",
    help: { zh: "新增企业各仿照一家原有企业的各行", en: "firms added; each repeats the rows of one firm" },
  },
  { name: "exclude", zh: "排除的行", en: "exclude", help: { zh: "如 3,7-9，自1起", en: "such as 3,7-9, from 1" } },
  {
    name: "pool",
    zh: "资金池",
    en: "pool",
    help: {
      zh: "全部行共用的资金（元）；不填则按文件的资金池",
      en: "money for all rows, in yuan; else the documents' pools",
    },
  },
  {
    name: "sharing",
    zh: "分配办法",
    en: "sharing",
    help: { zh: "资金不足时如何分配", en: "how a pool that does not suffice is shared out" },
    options: SHARING_OPTIONS,
  },
];

const RATE: Input = { kind: "rate", zh: "比例", en: "rate" };
/** What stands between a figure of the document and the one in its place, and between two of them. */
const ARROW = /→|->|=>|改为/;
const BETWEEN_TIERS = /[;；、\n]/;
const AMOUNT_AND_UNIT = /^(.*?)([万亿]?元|[万亿])?$/su;
const COUNT: Input = { kind: "count", zh: "家数", en: "count" };

/** Every reading of the catalogue by its name; instruments may word the same one in several ways. */
const readingsKnown = perCatalogue(() => {
  const known = new Map<string, Reading[]>();
  for (const { instrument } of CATALOGUE)
    for (const [name, reading] of Object.entries(readingsOf(instrument)))
      known.set(name, [...(known.get(name) ?? []), reading]);
  return known;
});
/** The names of readings by the headers that ask for them. */
const readingNames = perCatalogue(
  () =>
    new Map(
      [...readingsKnown()].flatMap(([name, readings]) =>
        [name, ...readings.flatMap(({ doubt }) => [doubt.zh, doubt.en])].flatMap((word) =>
          ["", "?"].map((end) => [nameOf(word + end), name] as const),
        ),
      ),
    ),
);

/**
 * Reads a table of scenarios; the first row names the columns. Rows without content are left out.
 * @throws Refusal for an unknown or repeated column and for a cell that is not acceptable
 */
export function readScenarios(cells: readonly (readonly Cell[])[]): Scenario[] {
  const [headers = [], ...rows] = cells;
  const width = cells.reduce((most, { length }) => Math.max(most, length), 0);
  const names = Array.from({ length: width }, (_, c) => columnOf(headers[c], c, rows));
  const repeated = names.findIndex((name, c) => name !== undefined && names.indexOf(name) < c);
  if (repeated >= 0) {
    throw refuse(`表头重复：“${String(headers[repeated])}”`, `header ${String(headers[repeated])} stands twice`);
  }
  return rows.flatMap((row, r) => (row.every(isNothing) ? [] : [readScenario(names, headers, row, r)]));
}

function columnOf(header: Cell, c: number, rows: readonly (readonly Cell[])[]): string | undefined {
  if (isNothing(header)) {
    if (rows.every((row) => isNothing(row[c]))) return undefined;
    throw refuse(`第${c + 1}列有数据但没有表头`, `column ${c + 1} has values but no header`);
  }
  const wanted = nameOf(header!);
  const column = SCENARIO_COLUMNS.find(({ name, zh, en, also = name }) =>
    [name, zh, en, also].some((word) => nameOf(word) === wanted),
  );
  if (column) return column.name;
  const reading = readingNames().get(wanted);
  if (reading) return reading;
  throw refuse(
    `情景表不认识的表头“${String(header)}”；可用：${SCENARIO_COLUMNS.map(({ zh }) => zh).join("、")}，以及目录中各“读法”的问句`,
    `unknown scenario column ${String(header)}; accepted: ${SCENARIO_COLUMNS.map(({ name }) => name).join(", ")} and the names of readings (such as cap_period)`,
  );
}

function readScenario(
  names: readonly (string | undefined)[],
  headers: readonly Cell[],
  row: readonly Cell[],
  r: number,
): Scenario {
  let scenario: Scenario = { name: "" };
  names.forEach((name, c) => {
    if (name === undefined || isNothing(row[c])) return;
    try {
      const read = name in READERS ? READERS[name]! : readingReader(name);
      scenario = { ...scenario, ...read(row[c], scenario) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal(error.code, {
        zh: `情景表第${r + 1}行“${String(headers[c])}”：${error.text.zh}`,
        en: `scenario row ${r + 1}, ${String(headers[c])}: ${error.text.en}`,
      });
    }
  });
  return scenario.name ? scenario : { ...scenario, name: String(r + 1) };
}

type CellReader = (cell: Cell, before: Scenario) => Partial<Scenario>;

const READERS: Readonly<Record<string, CellReader>> = {
  name: (cell) => ({ name: String(cell).trim() }),
  rate: (cell) => ({ rate: decimal(readInput(RATE, cell)) }),
  cap: (cell) => ({ cap: readAmount(cell) }),
  rates: (cell) => ({ rates: readTiers(cell, (text) => decimal(readInput(RATE, text))) }),
  caps: (cell) => ({ caps: readTiers(cell, readCap) }),
  instrument: (cell) => {
    const entry = findEntry(nameOf(cell ?? ""));
    if (!entry) throw new Refusal("value", unknownId(String(cell)));
    return { instrument: idOf(entry) };
  },
  jurisdiction: (cell) => ({ jurisdiction: readJurisdiction(cell).code }),
  year: (cell) => ({ claim: readClaim(cell) }),
  domestic_share: (cell) => ({ domesticShare: decimal(readInput(RATE, cell)) }),
  growth: (cell) => ({ growth: readGrowth(cell) }),
  new_firms: (cell) => ({ newFirms: Number(decimal(readInput(COUNT, cell))) }),
  exclude: (cell) => ({ excluded: readRows(cell) }),
  pool: (cell) => ({ pool: readAmount(cell) }),
  sharing: (cell) => ({ sharing: readChoice(SHARING_OPTIONS, cell) as SharingMethod }),
};

const readingReader =
  (name: string): CellReader =>
  (cell, { readings }) => ({ readings: { ...readings, [name]: optionOf(readingsKnown().get(name)!, cell) } });

/** The option that a cell names in the words of any instrument. @throws Refusal with the words of all */
function optionOf(readings: readonly Reading[], cell: Cell): string {
  const options = readings.map((reading) => reading.options);
  const found = options.map((words) => choiceIn(words, cell)).find((option) => typeof option === "string");
  return found ?? readChoice(Object.assign({}, ...options) as Reading["options"], cell);
}

/** "30%→35%; 10%→8%": by the figure of the document, the one in its place. @throws Refusal */
function readTiers(cell: Cell, read: (text: string) => string): Record<string, string> {
  const pairs = String(cell)
    .split(BETWEEN_TIERS)
    .filter((piece) => piece.trim())
    .map((piece) => {
      const sides = piece.split(ARROW).map((side) => side.trim());
      if (sides.length === 2 && sides.every(Boolean)) return sides.map(read) as [string, string];
      throw refuse(
        `“${piece.trim()}”应写成“原数→新数”，如 30%→35%`,
        `${piece.trim()} should read figure→other figure, such as 30%→35%`,
      );
    });
  const tiers = Object.fromEntries(pairs);
  if (Object.keys(tiers).length === pairs.length) return tiers;
  throw refuse("同一档写了两次", "one tier stands twice");
}

/** Fen, of yuan with or without a unit. */
function readCap(text: string): string {
  const [, number = "", unit] = AMOUNT_AND_UNIT.exec(text) ?? [];
  return String(readAmount(number.trim(), unit === undefined ? unit : unitOf(unit)));
}

const decimal = (value: unknown): string => (typeof value === "number" ? new Exact(value).toString() : "0");

function readGrowth(cell: Cell): string {
  const negative = typeof cell === "number" ? cell < 0 : typeof cell === "string" && /^\s*[-－−]/.test(cell);
  const size = typeof cell === "number" ? Math.abs(cell) : String(cell).replace(/^\s*[-－−+]/, "");
  // A growth may exceed 100 %, a fall may not.
  const value = new Exact(decimal(readInput(negative ? RATE : { kind: "number", zh: "增长", en: "growth" }, size)));
  return (negative ? value.neg() : value).toString();
}

function readRows(cell: Cell): [number, number][] {
  const text = narrow(String(cell));
  return text.split(/[,;、\s]+/).flatMap((piece) => {
    if (!piece) return [];
    const match = /^(\d+)(?:[-~](\d+))?$/.exec(piece);
    const [from, to] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
    if (match && from >= 1 && to >= from) return [[from, to] as [number, number]];
    throw refuse(
      `“${piece}”不是行号，可填 3 或 7-9，以逗号分开`,
      `${piece} is no row; enter 3 or 7-9, separated by commas`,
    );
  });
}

/** The scenarios as a table with headers: readScenarios() reads it back. Columns that no scenario uses are left out. */
export function scenarioTable(scenarios: readonly Scenario[], language: Language): Cell[][] {
  const rows = scenarios.map(scenarioCells);
  const used = new Set(["name", ...rows.flatMap((row) => Object.keys(row))]);
  const columns = SCENARIO_COLUMNS.filter(({ name }) => used.delete(name));
  return [
    [
      ...columns.map((column) => column[language]),
      ...[...used].map((name) => readingsKnown().get(name)![0]!.doubt[language]),
    ],
    ...rows.map((row) => [
      ...columns.map(({ name, options }) => options?.[String(row[name])]?.[language] ?? row[name] ?? ""),
      ...[...used].map((name) => optionWords(name, row[name], language)),
    ]),
  ];
}

/** The option of a reading in words. */
function optionWords(name: string, option: Cell, language: Language): Cell {
  const known = readingsKnown()
    .get(name)!
    .find(({ options }) => String(option) in options);
  return known?.options[String(option)]?.[language] ?? option ?? "";
}

/** What a scenario changes, by the name of the column; choices by their key. */
export function scenarioCells(scenario: Scenario): Readonly<Record<string, Cell>> {
  const {
    name,
    rate,
    cap,
    rates,
    caps,
    instrument,
    jurisdiction,
    claim,
    domesticShare,
    growth,
    newFirms,
    excluded,
    pool,
    sharing,
  } = scenario;
  const cells: Record<string, Cell> = {
    name,
    rate: rate && figure(Number(rate)),
    cap: cap === undefined ? cap : figure(toYuan(cap)),
    rates: tierWords("rate", rates),
    caps: tierWords("cap", caps),
    instrument,
    jurisdiction,
    year: claim && (claim.day ?? claim.year),
    domestic_share: domesticShare && (Number(domesticShare) || "0%"),
    growth: growth && figure(Number(growth)),
    new_firms: newFirms && figure(newFirms),
    exclude: excluded?.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(","),
    pool: pool === undefined ? pool : figure(toYuan(pool)),
    sharing,
    ...scenario.readings,
  };
  return Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== undefined && cell !== ""));
}

const tierWords = (lever: "rate" | "cap", tiers: Readonly<Record<string, string>> = {}): string =>
  Object.entries(tiers)
    .map((pair) => pair.map((value) => leverWords(lever, value).zh.replace(" ", "")).join("→"))
    .join("；");

/** The number 0 reads as a blank, its text does not. */
const figure = (number: number): Cell => (number === 0 ? "0" : number);
