/** butie gains and butie levers: who gains and who loses by a change, and how the total answers to the rules. */
import path from "node:path";
import { Option, type Command } from "commander";
import {
  evenValues,
  leverRange,
  leversOf,
  refuse,
  usualEnds,
  usualTornado,
  type Language,
  type Lever,
  type LeverValue,
  type Plan,
  type Scenario,
} from "../rules";
import { nameOf, readClaim, readEntry, readJurisdiction, readLever, readScenarios } from "../tables";
import { inYuan, readMoney } from "../taskpane/parts/amount";
import { cellValue, figureWords } from "../taskpane/parts/figure";
import {
  answerFrom,
  scenariosFor,
  searchOver,
  type Answer,
  type Question,
} from "../taskpane/scenarios/sensitivity/question";
import { answerSection } from "../taskpane/scenarios/sensitivity/section";
import { tableOf, verdictOf } from "../taskpane/scenarios/sensitivity/table";
import type { Base } from "../taskpane/scenarios/base";
import { frontLines } from "../taskpane/scenarios/front";
import { resultsOf } from "../taskpane/scenarios/request";
import type { ReportSection } from "../taskpane/parts/report";
import { gainsOver } from "../taskpane/scenarios/gains/question";
import { gainsSections } from "../taskpane/scenarios/gains/table";
import { fileBase, type FileBase } from "./base";
import { tableIn } from "./cells";
import { languageOf } from "./options";
import { checkReport, reportOption, writeReport } from "./report-file";
import { sectionsForMachines, sectionWords } from "./sections";
import { scenariosIn } from "./scenarios/set";
import {
  englishOption,
  EXIT,
  fileArgument,
  instrumentOption,
  jsonOption,
  placeOption,
  print,
  repeated,
  report,
  sheetOption,
  yearOption,
  type Shown,
} from "./shell";
import { wordsIn } from "./text";
import { both, columnsOf, COMPUTING, reading } from "./words";

interface Options extends Shown {
  instrument?: string;
  place: string;
  sheet?: string;
  output?: string;
}

const described = (program: Command, name: string, zh: string, en: string): Command =>
  [yearOption().makeOptionMandatory(), instrumentOption(), placeOption(), sheetOption(), jsonOption(), englishOption()]
    .reduce((command, option) => command.addOption(option), program.command(name).description(both(zh, en)))
    .addArgument(fileArgument());

/** @throws Refusal for a file without a table, or one that cannot be computed */
async function baseIn(file: string, { instrument, place, sheet, year }: Options): Promise<FileBase> {
  report(reading(file));
  const found = fileBase(await tableIn(file, sheet), {
    entry: instrument === undefined ? undefined : readEntry(instrument),
    place: readJurisdiction(place),
    claim: readClaim(year),
  });
  if (found.unused.length)
    report(both(`未用到的列：${found.unused.join("、")}`, `columns not used: ${found.unused.join(", ")}`));
  report(COMPUTING);
  return found;
}

export interface GainsOptions extends Options {
  scenarios?: string;
  from?: string[];
  to: string[];
}

export const addGains = (program: Command): void =>
  void described(
    program,
    "gains",
    "谁多得、谁少得：同一批行在两种做法之间的变化",
    "who gains and who loses between two ways of paying the same rows",
  )
    .addOption(
      new Option(
        "--to <change>",
        both(
          "改成：列=值，可多次，如 上限=500万元；或 --scenarios 中的情景名",
          "column=value, or the name of a scenario",
        ),
      )
        .argParser(repeated)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("--from <change>", both("从：同上；缺省为现行做法", "from; default: as it is")).argParser(repeated),
    )
    .option("--scenarios <file>", both("情景表（CSV 或 .xlsx）", "table of scenarios"))
    .addOption(reportOption())
    .action((file: string, options: GainsOptions) => shown(file, options, gainsIn));

interface Found {
  readonly base: Base;
  readonly title: string;
  readonly sections: readonly ReportSection[];
  readonly words: () => string;
}

/** Prints what was found, or writes it as a report. */
async function shown<O extends Options>(
  file: string,
  options: O,
  find: (file: string, options: O) => Promise<Found>,
): Promise<void> {
  checkReport(options.output);
  const { base, title, sections, words } = await find(file, options);
  if (options.output === undefined) return print(words());
  const language = languageOf(options);
  const front = [...frontLines(title, base, language), `${both("数据来源", "source")}：${path.basename(file)}`];
  await writeReport(options.output, { front, sections }, language);
}

/** @throws Refusal for a change that cannot be read, and a file that cannot be computed */
export async function gainsIn(file: string, options: GainsOptions): Promise<Found> {
  const language = languageOf(options);
  const t = wordsIn(language);
  const set = options.scenarios === undefined ? [] : await scenariosIn(options.scenarios);
  const [from, to] = [options.from && scenarioIn(options.from, set), scenarioIn(options.to, set)];
  const { base, groupings } = await baseIn(file, options);
  const answer = finished(gainsOver({ base, from, to, groupings }));
  if (answer.unknown) process.exitCode = EXIT.rejected;
  const sections = gainsSections(answer, t, language);
  const words = () => (options.json ? sectionsForMachines(sections, language) : sectionWords(sections, language));
  return { base, title: t("gains.title"), sections, words };
}

/** "上限=500万元", several together, or the name of one of a set. @throws Refusal that lists the names */
function scenarioIn(texts: readonly string[], set: readonly Scenario[]): Scenario {
  const [first = ""] = texts;
  if (texts.length === 1 && !first.includes("=")) {
    const found = set.find(({ name }) => nameOf(name) === nameOf(first));
    if (found) return found;
    const names = set.map(({ name }) => name).join("、") || "无";
    throw refuse(
      `没有情景“${first}”，有：${names}；或写成 列=值，如 上限=500万元`,
      `no scenario ${first}; there are: ${names}; or write column=value`,
    );
  }
  const cells = texts.map((text) => text.split(/=(.*)/s) as [string, string?]);
  const headers = cells.map(([header]) => header);
  const values = cells.map(([header, value = ""]) => (AMOUNTS.has(nameOf(header)) ? inYuan(value) : value));
  const name = texts.map((text) => text.replace("=", " ")).join("，");
  return readScenarios([
    ["name", ...headers],
    [name, ...values],
  ])[0]!;
}

const AMOUNTS = new Set(["上限", "cap", "资金池", "pool"].map((name) => nameOf(name)));

/** Does work to its end. */
function finished<T>(work: Generator<number, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

export interface LeversOptions extends Options {
  sum?: string;
  paid?: boolean;
  solve?: string;
  along?: string;
  low?: string;
  high?: string;
  count: string;
}

export const addLevers = (program: Command): void =>
  void described(
    program,
    "levers",
    "哪个因素影响最大；定下金额时上限、比例各可取多少，两者如何搭配",
    "which lever matters most; which cap or rate, or which pairs of them, cost a stated sum",
  )
    .option("--sum <amount>", both("要守住的金额，如 1亿元", "the sum to keep to, such as 100000000"))
    .option(
      "--paid",
      both("金额指资金池实付，而不是补贴总额", "the sum is what the pools pay, not the total of awards"),
    )
    .option("--solve <lever>", both("求哪个变量；缺省为上限", "the lever solved for; default: the cap"))
    .option("--along <lever>", both("与之搭配、逐个定下的变量", "the lever that is set to one value after another"))
    .option("--low <value>", both("搭配变量从", "from"))
    .option("--high <value>", both("到", "to"))
    .option("--count <n>", both("取几个值", "how many values"), "9")
    .addOption(reportOption())
    .action((file: string, options: LeversOptions) => shown(file, options, leversIn));

/** @throws Refusal for a question that cannot be asked, and a file that cannot be computed */
export async function leversIn(file: string, options: LeversOptions): Promise<Found> {
  const language = languageOf(options);
  const { base, plans } = await baseIn(file, options);
  const question = questionIn(options, plans);
  const answer =
    question.kind === "break-even" || question.kind === "pairs"
      ? finished(searchOver({ base, question }))
      : answerFrom(question, [...resultsOf({ base, scenarios: scenariosFor(question), perRow: false })]);
  if (answer.unknown) process.exitCode = EXIT.rejected;
  const section = answerSection(answer, wordsIn(language), language);
  const words = () => (options.json ? forMachines(answer, language) : wordsOf(answer, language));
  return { base, title: section.title, sections: [section], words };
}

/** @throws Refusal for a lever that the instruments do not have, a sum that is no amount, and options without the one that they belong to */
function questionIn({ sum, paid, solve, along, low, high, count }: LeversOptions, plans: readonly Plan[]): Question {
  if (sum === undefined) {
    if (paid || [solve, along, low, high].some((option) => option !== undefined))
      throw refuse(
        "--paid、--solve、--along、--low、--high 要与 --sum 一起用",
        "--paid, --solve, --along, --low and --high need --sum",
      );
    return { kind: "tornado", levers: usualTornado(plans) };
  }
  const wanted = readMoney(sum);
  if (wanted === undefined) throw refuse("--sum 须为金额", "--sum must be an amount");
  const target = { wanted, measure: paid ? "paid" : "total" } as const;
  const solved = leverNamed(solve ?? "cap", plans);
  const kind = solved.split(" ")[0];
  if (kind !== "rate" && kind !== "cap")
    throw refuse("--solve 须为上限、比例，或其中一档", "--solve takes the cap, the rate, or a tier of one");
  if (along === undefined) {
    if ((low ?? high) !== undefined) throw refuse("--low、--high 要与 --along 一起用", "--low and --high need --along");
    return { kind: "break-even", lever: solved as "cap", ...target };
  }
  const lever = leverNamed(along, plans);
  const usual = usualEnds(plans, lever);
  const end = (text: string | undefined, otherwise: LeverValue): LeverValue =>
    text === undefined ? otherwise : readLever(lever, lever.startsWith("cap") ? inYuan(text) : text);
  const values = evenValues(lever, end(low, usual.from), end(high, usual.to), Number(count));
  return { kind: "pairs", along: { lever, values }, solved: solved as "cap", ...target };
}

/** By its key or its words: cap, 上限, 30%档比例. @throws Refusal that lists the levers */
function leverNamed(text: string, plans: readonly Plan[]): Lever {
  const levers = leversOf(plans);
  const wanted = nameOf(text);
  const found = levers.find((lever) => {
    const { zh, en } = leverRange(lever).name;
    return [lever, zh, en].some((name) => nameOf(name) === wanted);
  });
  if (found) return found;
  throw refuse(
    `没有变量“${text}”，有：${levers.map((lever) => leverRange(lever).name.zh).join("、")}`,
    `no lever ${text}; there are: ${levers.map((lever) => leverRange(lever).name.en).join(", ")}`,
  );
}

function wordsOf(answer: Answer, language: Language): string {
  const { head, rows } = tableOf(answer, wordsIn(language), language);
  const table = [head, ...rows].map((row) => row.map((cell) => figureWords(cell, language)));
  return [verdictOf(answer, wordsIn(language), language), columnsOf(table)].join("\n");
}

function forMachines(answer: Answer, language: Language): string {
  const { head, rows } = tableOf(answer, wordsIn(language), language);
  return JSON.stringify({
    verdict: verdictOf(answer, wordsIn(language), language),
    head: head.map((cell) => figureWords(cell, language)),
    rows: rows.map((row) => row.map(cellValue)),
    unknown: answer.unknown,
  });
}
