/** What the form alone does not show: names that nothing has, figures that cannot be meant, cases that no plan can be made of. */
import { CATALOGUE, COMMON_READINGS, FAMILIES, readingsOf, SYNONYMS } from "../law/catalogue";
import type { Mistake } from "../law/mistake";
import { PARTS_OF_YEAR } from "../law/parts-of-year";
import type { Input, Instrument, Text } from "../law/policy";
import type { Document, Entry } from "../law/time";
import { compare, multiply, parseFigure, ratio, UNIT, ZERO, type Ratio } from "../number/ratio";
import type { Plan, PlanFigure, PlanTest } from "../plan/plan";
import { GENERAL_INPUTS, planOf } from "../plan/resolve";
import { eachTest, limitsOf, testsOf } from "../plan/walk";
import { Refusal } from "../refusal";

type Say = (zh: string, en: string, path?: Mistake["path"]) => void;

const NAME = /^[a-z][a-z0-9_]{0,63}$/;
/** Columns of the table, what every instrument has, and what tables of claims in a database use for themselves. */
const TAKEN = [
  ...["instrument", "firm", "year", "object", ...Object.keys(GENERAL_INPUTS), "rounding", "window_end"],
  ...["row_no", "claim_year", "claim_day", "in_force", "why", "reason"],
];
const MOST_COMBINATIONS = 2 ** 10;
const MONEY_FORMS = ["share", "sum", "cap", "amount"] as const;

/** Whether a day is one of the calendar. */
const isDay = (day: string): boolean => {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
};

/** The days of a document. */
export function documentMistakes(document: Document, say: Say): void {
  const { window, issued, checked, notices = [] } = document;
  const days = [window.from, window.to, window.reported?.to, issued, checked, ...notices.map(({ date }) => date)];
  dayMistakes([...days, document["replaced-by"]?.from], ["document", "window"], say);
  successorMistakes(document["replaced-by"], ["document", "replaced-by"], say);
  if (window.to && window.from > window.to)
    say(
      `终止日 ${window.to} 在起始日 ${window.from} 之前`,
      `the last day ${window.to} is before the first, ${window.from}`,
      ["document", "window"],
    );
}

function dayMistakes(days: readonly (string | undefined)[], path: Mistake["path"], say: Say): void {
  for (const day of days)
    if (day && day.length > 4 && !isDay(day)) say(`日期 ${day} 不存在`, `there is no day ${day}`, path);
}

/** What replaces a rule is in the catalogue, or told in words. */
function successorMistakes(replaced: Instrument["replaced-by"], path: Mistake["path"], say: Say): void {
  if (!replaced) return;
  const { id, note } = replaced;
  if (id === undefined && !note)
    say("replaced-by 要写 id，或用 note 写明由什么取代", "replaced-by needs an id, or a note in words", path);
  if (id !== undefined && !CATALOGUE.some(({ instrument, document }) => instrument.id === id || document.id === id))
    say(
      `replaced-by 的 ${id} 不在目录里；目录外的文件写在 note 里`,
      `replaced-by names ${id}, which is not in the catalogue; write of other documents in the note`,
      path,
    );
}

/** The days between which one instrument of one version holds. */
export function windowMistakes({ instrument, document: { window } }: Entry, say: Say): void {
  if (window.to && window.from > window.to)
    say(
      `这一项自 ${window.from} 起，而 ${window.to} 已终止或被取代`,
      `it begins on ${window.from} and has ended, or is replaced, by ${window.to}`,
      instrument.window ? ["window"] : ["replaced-by"],
    );
}

/** Whether what rows of one version used up can be known in the other: shared limits are paired by their place or name. */
export function versionMistakes(entry: Entry, say: Say): void {
  const head = CATALOGUE.find(({ instrument }) => instrument.id === entry.instrument.id);
  const shared = (version: Entry): string[] => {
    const plan = planOf(version, { year: Number(version.document.window.from.slice(0, 4)) });
    return limitsOf(plan).flatMap(({ allowance }) =>
      allowance?.key.startsWith(`${entry.instrument.id}#`) ? [JSON.stringify(allowance)] : [],
    );
  };
  const [first, ...others] = (head?.versions ?? []).map(shared);
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(first)))
    say(
      "各版本共用的限额对不上，已用的额度不知是否合并：给限额写 allowance，同名的合为一账，不同名的各自计算",
      "the shared limits of the versions do not match: give them an allowance; limits of one name are one account",
      ["parts"],
    );
}

/** What an instrument declares and names; of others it may name those of the catalogue, in which it stands itself. */
export function instrumentMistakes(instrument: Instrument, say: Say): void {
  const {
    inputs = {},
    readings = {},
    totals = {},
    family,
    pool,
    quota,
    parts,
    limits = [],
    grades,
    "adds-to": adds = [],
  } = instrument;
  const list = (names: Iterable<string>): string => [...names].join("、");
  if (!Object.hasOwn(FAMILIES, family))
    say(
      `没有类别 ${family}，可用：${list(Object.keys(FAMILIES))}`,
      `no family ${family}; accepted: ${list(Object.keys(FAMILIES))}`,
      ["family"],
    );
  dayMistakes([instrument.window?.from, instrument.window?.to, instrument["replaced-by"]?.from], ["window"], say);
  successorMistakes(instrument["replaced-by"], ["replaced-by"], say);
  const known = new Map(CATALOGUE.map((entry) => [entry.instrument.id, entry.instrument]));
  const asked = Object.values(inputs).flatMap((input) => input["awarded-by"]?.instruments ?? []);
  for (const id of [...(instrument.cites ?? []), ...adds, ...asked, ...(pool ? [pool] : [])])
    if (!known.has(id)) say(`没有编号为“${id}”的政策工具`, `no instrument ${id}`);
  if (pool && known.has(pool) && !known.get(pool)!.budget)
    say(`“${pool}”不是资金池（没有 budget）`, `${pool} is no pool (it has no budget)`, ["pool"]);
  const partsOfYear = Object.entries(PARTS_OF_YEAR).flatMap(([part, { input }]) =>
    JSON.stringify([parts, limits, totals]).includes(`"period":"${part}"`) ? [input] : [],
  );
  const taken = [...TAKEN, ...partsOfYear];
  for (const name of [...Object.keys(inputs), ...Object.keys(readings), ...Object.keys(totals)])
    if (!NAME.test(name) || taken.includes(name))
      say(
        `名字“${name}”不可用：小写英文字母开头，只含字母、数字和 _，不能是 ${list(taken)}`,
        `the name ${name} cannot be used: lower-case letters, digits and _, none of ${list(taken)}`,
        ["inputs"],
      );
  for (const name of Object.keys(totals))
    if (Object.hasOwn(inputs, name) || Object.hasOwn(readings, name))
      say(`合计“${name}”与输入或读法同名`, `the total ${name} has the name of an input or a reading`, ["totals", name]);
  for (const name of Object.keys(readings)) {
    if (Object.hasOwn(inputs, name))
      say(`“${name}”既是输入又是读法`, `${name} is both an input and a reading`, ["readings"]);
    const reading = readings[name]!;
    if (reading === "common" ? !Object.hasOwn(COMMON_READINGS, name) : !Object.hasOwn(reading.options, reading.default))
      say(`读法“${name}”没有默认的选项`, `the reading ${name} has no such default`, ["readings", name]);
  }
  const words = new Map<string, string>();
  for (const [name, input] of Object.entries(inputs)) {
    inputMistakes(name, input, inputs, say);
    for (const word of new Set([name, input.zh, input.en, ...(input.alias ?? [])].map((text) => text.toLowerCase()))) {
      // The column would say when the row claims as well.
      if (SYNONYMS.table.year.includes(word))
        say(
          `“${word}”是申报年度（日期）的表头，输入“${name}”换一个叫法，如“签订日期”“兑付申请日期”`,
          `${word} is the header of the year or day of the claim; call the input ${name} something else`,
          ["inputs", name],
        );
      if (words.has(word))
        say(
          `表头“${word}”指两项：${words.get(word)}、${name}`,
          `the header ${word} means two inputs: ${words.get(word)} and ${name}`,
          ["inputs", name],
        );
      words.set(word, name);
    }
  }
  for (const limit of [...(parts ?? []).flatMap((part) => part.limits), ...limits]) {
    const forms = MONEY_FORMS.filter((form) => limit[form] !== undefined);
    if (forms.length !== 1)
      say(
        `每个限额恰有 ${list(MONEY_FORMS)} 之一，这里有 ${forms.length} 个`,
        `a limit has exactly one of ${list(MONEY_FORMS)}; here are ${forms.length}`,
        ["parts"],
      );
  }
  for (const part of parts ?? [])
    if (!part.limits.some(({ share, sum, amount }) => share ?? sum ?? amount !== undefined))
      say(
        "每一部分至少有一个 share、sum 或 amount：只有上限就没有金额",
        "every part needs a share, sum or amount: a cap alone is no award",
        ["parts"],
      );
  if (parts && (!parts.length || grades))
    say("parts 要有内容，且不与 grades 同用", "parts must not be empty, nor stand beside grades", ["parts"]);
  const { round } = instrument;
  if (round && !(Number.isInteger(round.to) && round.to >= 1))
    say(`取整到 ${round.to} 元不可用，填 1000、10000 等`, `cannot round to ${round.to} yuan; write 1000, 10000 or so`, [
      "round",
    ]);
  const { minimum, take } = instrument;
  if (minimum && !(minimum.amount > 0 && Number.isSafeInteger(Math.round(minimum.amount * 1e6) / 1e4)))
    say(
      `起付金额 ${minimum.amount} 不可用，填大于 0 的元，至多两位小数`,
      `the least award ${minimum.amount} is not accepted; write yuan above 0, at most two decimals`,
      ["minimum"],
    );
  if (take && (parts?.length ?? 0) < 2)
    say("取高（take: highest）要有两个以上的部分（parts）", "take: highest needs two parts or more", ["take"]);
  if (quota && !Object.hasOwn(inputs, quota.rank))
    say(`没有输入 ${quota.rank}`, `no input ${quota.rank}`, ["quota", "rank"]);
  if (instrument.times && JSON.stringify([parts, limits]).includes('"shared-by"'))
    say("按件数相乘（times）的工具不能有共用的限额", "an instrument of pieces (times) cannot have a shared limit", [
      "times",
    ]);
  if (!instrument.object && JSON.stringify(instrument).includes('"scope":"object"'))
    say(
      "限额按对象计（scope: object），要写 object：数的是什么",
      "limits of scope object need `object`: what is counted",
      ["object"],
    );
  optionMistakes(instrument, say);
}

function inputMistakes(name: string, input: Input, inputs: Readonly<Record<string, Input>>, say: Say): void {
  const { kind, options = {}, default: value, counts } = input;
  const path = ["inputs", name];
  if (kind === "choice" && !Object.keys(options).length)
    say(`选项“${input.zh}”要列出 options`, `the choice ${name} needs options`, path);
  if (kind === "date" && value !== undefined)
    return say(`日期“${input.zh}”不能有默认值`, `the date ${name} cannot have a default`, path);
  const fits =
    value === undefined ||
    (kind === "choice"
      ? Object.hasOwn(options, String(value))
      : kind === "flag"
        ? typeof value === "boolean"
        : typeof value === "number" && value >= 0);
  if (!fits)
    say(
      `“${input.zh}”的默认值 ${String(value)} 不可用`,
      `the default ${String(value)} of ${name} is not accepted`,
      path,
    );
  if (counts !== undefined && counts !== "years" && !Object.hasOwn(inputs, counts))
    say(
      `counts 写 years 或一个输入的名字，没有 ${counts}`,
      `counts is years or the name of an input; no ${counts}`,
      path,
    );
}

/** A test that asks for an option that its reading does not have would never hold. */
function optionMistakes(instrument: Instrument, say: Say): void {
  const readings = readingsOf(instrument);
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      const reading = Object.hasOwn(readings, key) && !Array.isArray(value) ? readings[key] : undefined;
      if (reading && (typeof item !== "object" || Array.isArray(item)))
        for (const option of [item].flat())
          if (!Object.hasOwn(reading.options, String(option)))
            say(
              `读法“${key}”没有选项 ${String(option)}，可用：${Object.keys(reading.options).join("、")}`,
              `the reading ${key} has no option ${String(option)}; accepted: ${Object.keys(reading.options).join(", ")}`,
            );
      walk(item);
    }
  };
  const { when, parts, limits, grades, again, inputs } = instrument;
  walk([when, parts, limits, grades, again, Object.values(inputs ?? {}).map((input) => input["required-if"])]);
}

/** What stands in the plans of an instrument of the catalogue, under every combination of its readings. */
export function planMistakes(entry: Entry, say: Say): void {
  const readings = Object.entries(readingsOf(entry.instrument)).filter(([name]) => name !== "rounding");
  const combinations = readings.reduce((product, [, { options }]) => product * Object.keys(options).length, 1);
  if (combinations > MOST_COMBINATIONS)
    return say(
      `读法有 ${combinations} 种组合，最多 ${MOST_COMBINATIONS} 种`,
      `the readings combine in ${combinations} ways; at most ${MOST_COMBINATIONS}`,
    );
  const told = new Set<string>();
  const once: Tell = (zh, en, about) => {
    if (told.size < MOST_TOLD && !told.has(en)) say(zh, en, placeOf(entry.instrument, about));
    told.add(en);
  };
  const year = Number(entry.document.window.from.slice(0, 4));
  const under = (taken: Readonly<Record<string, string>>, [next, ...rest]: typeof readings): void => {
    if (next) return Object.keys(next[1].options).forEach((option) => under({ ...taken, [next[0]]: option }, rest));
    try {
      checkPlan(planOf(entry, { year }, { readings: taken }), once);
    } catch (error) {
      const text: Text =
        error instanceof Refusal ? error.text : { zh: `不能计算（${String(error)}）`, en: String(error) };
      once(text.zh, text.en, error instanceof Refusal ? error.about : undefined);
    }
  };
  under({}, readings);
}
const MOST_TOLD = 20;

const NUMBERS: readonly Input["kind"][] = ["money", "rate", "count", "number", "months", "rank", "ordinal"];

/** @param about the name or figure of the file that is wrong */
type Tell = (zh: string, en: string, about?: string | Ratio) => void;

const FIGURE = /^-?\d+(\.\d+)?(%|\/\d+)?$/;
/** What an instrument computes with; its inputs are declared elsewhere. */
const COMPUTED = ["when", "parts", "limits", "grades", "again", "minus", "times", "quota", "route", "inputs"] as const;

/** Where a name or figure first stands, as a key or as a value; nowhere where it is not written as such. */
function placeOf(instrument: Instrument, about: string | Ratio | undefined): Mistake["path"] {
  if (about === undefined) return [];
  const isIt = (word: string | number): boolean => {
    if (typeof about === "string") return word === about;
    if (!FIGURE.test(String(word))) return false;
    const figure = parseFigure(word);
    return [figure, multiply(figure, ratio(100))].some((one) => compare(one, about) === 0);
  };
  const find = (value: unknown, path: Mistake["path"]): Mistake["path"] | undefined => {
    if (typeof value === "string" || typeof value === "number") return isIt(value) ? path : undefined;
    if (typeof value !== "object" || value === null) return undefined;
    for (const [key, item] of Object.entries(value)) {
      const here = [...path, Array.isArray(value) ? Number(key) : key];
      if (!Array.isArray(value) && typeof about === "string" && key === about) return here;
      const found = find(item, here);
      if (found) return found;
    }
    return undefined;
  };
  for (const part of COMPUTED) {
    const found = find(instrument[part], [part]);
    if (found) return found;
  }
  return [];
}

function checkPlan(plan: Plan, say: Tell): void {
  const input = (name: string, numeric: boolean): void => {
    const spec = Object.hasOwn(plan.inputs, name) ? plan.inputs[name] : undefined;
    if (!spec)
      say(
        `没有输入 ${name}，可用：${Object.keys(plan.inputs).join("、")}`,
        `no input ${name}; there are ${Object.keys(plan.inputs).join(", ")}`,
        name,
      );
    else if (numeric && !NUMBERS.includes(spec.kind))
      say(`“${spec.zh}”（${name}）不是数，不能相乘、相减或比大小`, `${name} is no number`, name);
  };
  for (const { input: name, tests } of plan.required) {
    input(name, false);
    for (const test of eachTest(tests)) checkTest(test, plan, input, say);
  }
  for (const tests of testsOf(plan)) for (const test of eachTest(tests)) checkTest(test, plan, input, say);
  for (const limit of limitsOf(plan)) {
    if (limit.used) input(limit.used, true);
    for (const { factors, figures } of limit.terms) {
      factors.forEach((factor) => input(factor.input, true));
      for (const figure of figures) checkFigure(figure, limit.kind === "sum", input, say);
    }
  }
  for (const name of [plan.minus, plan.times]) if (name) input(name, true);
}

function checkTest(test: PlanTest, { inputs }: Plan, input: (name: string, numeric: boolean) => void, say: Tell): void {
  if (test.kind === "any" || test.kind === "any-row") return;
  if (test.kind === "within") return [test.input, test.of].forEach((name) => input(name, false));
  if (test.kind === "ratio")
    return [test.of, test.to, ...(test.less === undefined ? [] : [test.less])].forEach((name) => input(name, true));
  const spec = inputs[test.input];
  input(test.input, test.kind === "bound" && spec?.kind !== "date");
  if (test.kind !== "is" || !spec) return;
  const accepted = spec.kind === "flag" ? [true, false] : spec.kind === "choice" ? Object.keys(spec.options ?? {}) : [];
  for (const value of test.oneOf)
    if (!accepted.includes(value as never))
      say(
        `条件里“${spec.zh}”（${test.input}）不能是 ${String(value)}，可用：${accepted.join("、") || "at-least、above、at-most、below、given"}`,
        `a condition cannot ask for ${test.input} = ${String(value)}; accepted: ${accepted.join(", ") || "at-least, above, at-most, below, given"}`,
        typeof value === "string" ? value : test.input,
      );
}

function checkFigure(
  { unit, cases }: PlanFigure,
  inSum: boolean,
  input: (name: string, numeric: boolean) => void,
  say: Tell,
): void {
  for (const { value } of cases) {
    if (value.kind === "given") {
      input(value.input, true);
      value.below.forEach((bound) => typeof bound === "string" && input(bound, true));
    }
    const figure = value.kind === "number" ? value.number : value.kind === "given" ? value.ceiling : undefined;
    if (!figure) continue;
    if (unit === "rate" && compare(figure, UNIT) > 0)
      say("比例大于 100%：百分之三十写作 30%", "a rate above 100%: thirty per cent is written 30%", figure);
    // A sum may take something off.
    if (!inSum && compare(figure, ZERO) < 0) say("限额里的数是负数", "a figure of a limit is negative", figure);
  }
}
