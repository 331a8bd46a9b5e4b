/** Two instruments or documents side by side: number by number, then clause by clause, in words. */
import {
  CATALOGUE,
  compare,
  findEntry,
  idOf,
  planOf,
  subtract,
  versionOf,
  versionsIn,
  ZERO,
  type Entry,
  type Language,
  type Plan,
  type PlanCase,
  type PlanFigure,
  type PlanPart,
  type Ratio,
  type Text,
} from "../rules";
import { termsOf } from "./terms";
import { casesWords, figureWords, labelOf, limitName, testsWords } from "./words";

/** One thing that is not the same; "" where a side lacks it. */
export interface Difference {
  /** Which instrument; "" for what differs in all of them alike. */
  readonly instrument: string;
  readonly item: string;
  readonly before: string;
  readonly after: string;
  /** By how much, where both are numbers: "+15 个百分点", "+300 万元". */
  readonly change: string;
}

/** The instrument of that id, or all of the document; of several versions the one named behind @, else the newest. */
export function sideOf(id: string): readonly Entry[] {
  const entry = findEntry(id);
  if (entry) return [versionsIn(entry).at(-1)!];
  const [name, version] = id.trim().toLowerCase().split("@");
  const all = CATALOGUE.flatMap(versionsIn).filter(({ document }) => document.id === name);
  const newest = all.map(versionOf).sort().at(-1);
  return all.filter((one) => versionOf(one) === (version ?? newest));
}

/**
 * What differs between two sides of one instrument each, or of one document each.
 * @example differences(sideOf("my-suanli@2025-01-01"), sideOf("my-suanli"), "zh")
 */
export function differences(before: readonly Entry[], after: readonly Entry[], language: Language): Difference[] {
  const { pairs, removed, added } = paired(before, after);
  const rows = pairs.map(([a, b]) => ({ name: pairName(a, b, language), rows: differenceOf(a, b, language) }));
  const key = ({ item, before: was, after: is }: Row): string => JSON.stringify([item, was, is]);
  // What holds for the whole document stands once.
  const [first, ...others] = rows;
  const isCommon = (row: Row): boolean =>
    others.length > 0 && others.every((other) => other.rows.some((one) => key(one) === key(row)));
  const common = new Set((first?.rows ?? []).filter(isCommon).map(key));
  const lone = (entry: Entry, item: Text, side: "before" | "after"): Difference => ({
    ...{ instrument: "", before: "", after: "", change: "" },
    item: item[language],
    [side]: pairName(entry, entry, language),
  });
  return [
    ...(first?.rows ?? []).filter((row) => common.has(key(row))).map((row) => ({ instrument: "", ...row })),
    ...removed.map((entry) => lone(entry, REMOVED, "before")),
    ...added.map((entry) => lone(entry, ADDED, "after")),
    ...rows.flatMap(({ name, rows: own }) =>
      own.filter((row) => !common.has(key(row))).map((row) => ({ instrument: name, ...row })),
    ),
  ];
}

const REMOVED: Text = { zh: "取消的政策工具", en: "instrument that is gone" };
const ADDED: Text = { zh: "新增的政策工具", en: "instrument that is new" };

function pairName(a: Entry, b: Entry, language: Language): string {
  const name = ({ instrument }: Entry): string => instrument.name[language];
  return [...new Set([`${name(a)} ${idOf(a)}`, `${name(b)} ${idOf(b)}`])].join(" → ");
}

/** One against one; else by id, by name, and by family where there is no other of it on either side. */
const paired = (before: readonly Entry[], after: readonly Entry[]): Matched<Entry> =>
  matched(
    before,
    after,
    before.length === 1 && after.length === 1
      ? [() => ""]
      : [
          ({ instrument }) => instrument.id,
          ({ instrument }) => instrument.name.zh,
          ({ instrument }) => instrument.family,
        ],
  );

interface Matched<T> {
  readonly pairs: readonly (readonly [T, T])[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/** What two lists have in common by one key, then by the next; a key that one list has more often pairs none of them. */
function matched<T>(before: readonly T[], after: readonly T[], keys: readonly ((one: T) => string)[]): Matched<T> {
  const pairs: (readonly [T, T])[] = [];
  let [left, right] = [before, after];
  for (const keyOf of keys) {
    const called = (list: readonly T[], key: string): T[] => list.filter((one) => keyOf(one) === key);
    const found = left.flatMap((a): (readonly [T, T])[] => {
      const [was, is] = [called(left, keyOf(a)), called(right, keyOf(a))];
      return was.length === is.length ? [[a, is[was.indexOf(a)]!]] : [];
    });
    pairs.push(...found);
    left = left.filter((one) => !found.some(([a]) => a === one));
    right = right.filter((one) => !found.some(([, b]) => b === one));
  }
  return { pairs: pairs.sort(([a], [b]) => before.indexOf(a) - before.indexOf(b)), removed: left, added: right };
}

type Row = Omit<Difference, "instrument">;

function differenceOf(a: Entry, b: Entry, language: Language): Row[] {
  return [...numberRows(planIn(a), planIn(b), language), ...termRows(a, b, language)];
}

/** A day on which the version is in force, as far as its text tells one. */
function dayIn({ document: { window } }: Entry) {
  const { from } = window;
  return { year: Number(from.slice(0, 4)), day: from.length > 4 ? from : `${from}-12-31` };
}
const planIn = (entry: Entry): Plan => planOf(entry, dayIn(entry));

interface Figure {
  /** Where it stands, in words. */
  readonly item: string;
  /** The same without the names of part and limit: what kind of limit it is, and when it holds. */
  readonly role: string;
  readonly words: string;
  /** Where it is a number. */
  readonly value: Ratio | undefined;
  readonly unit: PlanFigure["unit"];
}

/** Every rate and amount of a plan. */
function figuresIn(plan: Plan, language: Language): Figure[] {
  const inLimits = (limits: PlanPart["limits"], part?: Text): Figure[] =>
    limits.flatMap((limit) =>
      limit.terms.flatMap(({ factors, figures }) => {
        // The products of a sum are told apart by what they are of.
        const of = limit.terms.length > 1 ? factors.map(({ input }) => labelOf(plan.inputs, input, language)) : [];
        return figures
          .filter(({ unit }) => unit !== "number")
          .flatMap((figure) =>
            figure.cases.map((one): Figure => {
              const tests = testsWords([...limit.tests, ...one.tests], plan.inputs, language);
              const when = tests || (figure.cases.length > 1 ? OTHERWISE[language] : "");
              return {
                item: [part?.[language], limitName(limit, language), ...of, when].filter(Boolean).join(" · "),
                role: [limit.kind, ...of, tests].join(" "),
                words: casesWords({ ...figure, cases: [{ ...one, tests: [] }] }, plan.inputs, language),
                value: numberOf(one),
                unit: figure.unit,
              };
            }),
          );
      }),
    );
  return [...plan.parts.flatMap(({ limits, name }) => inLimits(limits, name)), ...inLimits(plan.limits)];
}
const OTHERWISE: Text = { zh: "其他", en: "otherwise" };

const numberOf = ({ value }: PlanCase): Ratio | undefined =>
  value.kind === "number" ? value.number : value.kind === "given" ? (value.otherwise ?? value.ceiling) : undefined;

function numberRows(before: Plan, after: Plan, language: Language): Row[] {
  const { pairs, removed, added } = matched(figuresIn(before, language), figuresIn(after, language), [
    ({ item, words }) => `${item} ${words}`,
    ({ item }) => item,
    ({ role }) => role,
  ]);
  return [
    ...pairs
      .filter(([was, is]) => was.words !== is.words)
      .map(([was, is]) => ({
        item: [...new Set([was.item, is.item])].join(" → "),
        before: was.words,
        after: is.words,
        change: changeOf(was, is, language),
      })),
    ...removed.map(({ item, words }) => ({ item, before: words, after: "", change: "" })),
    ...added.map(({ item, words }) => ({ item, before: "", after: words, change: "" })),
  ];
}

function changeOf(was: Figure, is: Figure, language: Language): string {
  if (!was.value || !is.value || was.unit !== is.unit) return "";
  const by = subtract(is.value, was.value);
  const words = figureWords(compare(by, ZERO) < 0 ? subtract(ZERO, by) : by, was.unit, language);
  const points = was.unit === "money" ? words : words.replace("%", language === "zh" ? " 个百分点" : " points");
  return compare(by, ZERO) === 0 ? "" : (compare(by, ZERO) < 0 ? "−" : "+") + points;
}

/** What BUTIE.TERMS says of the one and not of the other. */
function termRows(a: Entry, b: Entry, language: Language): Row[] {
  const valuesOf = (entry: Entry): Map<string, string[]> => {
    const values = new Map<string, string[]>();
    for (const { label, value } of termsOf(entry, dayIn(entry), language))
      values.set(label, [...(values.get(label) ?? []), value]);
    return values;
  };
  const [before, after] = [valuesOf(a), valuesOf(b)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((label) => !LEFT_OUT.has(label))
    .flatMap((label) => {
      const [was, is] = [before.get(label) ?? [], after.get(label) ?? []];
      const [gone, come] = [was.filter((value) => !is.includes(value)), is.filter((value) => !was.includes(value))];
      // Of several lines those are pairs that are about the same thing: the same input, the same limit.
      const isOne = was.length < 2 && is.length < 2;
      const pairs = gone.map((before) => {
        const k = come.findIndex((value) => isOne || subjectOf(value) === subjectOf(before));
        return [before, k < 0 ? "" : come.splice(k, 1)[0]!] as const;
      });
      return [...pairs, ...come.map((after) => ["", after] as const)].map(([before, after]) => ({
        ...{ item: label, before, after, change: "" },
      }));
    });
}

/** What a line is about: "合同金额，元" and "上限：500 万元" begin with it. */
const subjectOf = (value: string): string => value.split(/[，：,:]/)[0]!;

/** What names a side anyway, and what readers noted on it. */
const LEFT_OUT = new Set(["编号", "id", "版本", "version", "疑问", "doubt"]);

const HEADERS: Readonly<Record<Language, readonly string[]>> = {
  zh: ["政策工具", "项目", "之前", "之后", "变化"],
  en: ["instrument", "item", "before", "after", "change"],
};
const SAME: Text = { zh: "没有不同", en: "no difference" };

/** The same as a table with a header row. */
export function differenceTable(before: readonly Entry[], after: readonly Entry[], language: Language): string[][] {
  const rows = differences(before, after, language).map((row) => [
    row.instrument,
    row.item,
    row.before,
    row.after,
    row.change,
  ]);
  return [[...HEADERS[language]], ...(rows.length ? rows : [["", SAME[language], "", "", ""]])];
}
