/** What a header means: an input under its name, label, alias or a usual word for it, a reading, or a column of the table. */
import {
  CATALOGUE,
  versionsIn,
  perCatalogue,
  GENERAL_INPUTS,
  readingsOf,
  refuse,
  SYNONYMS,
  type Entry,
  type Input,
  type Instrument,
  type Language,
  type Refusal,
  type Text,
} from "../rules";
import type { Unit } from "./amounts";
import { Unread } from "./cells";
import { nameOf } from "./names";

export type TableColumn = keyof typeof SYNONYMS.table;

/** What a header means for one instrument. */
export interface Meaning {
  readonly kind: "table" | "reading" | "input";
  readonly name: string;
  /** Of an input; a column of amounts may be written in 万元 or 亿元. */
  readonly input?: Input;
  readonly unit?: Unit;
  /** A usual word for what was granted, whatever the instrument calls it: it counts where no other column does. */
  readonly standsIn?: boolean;
  /** The input's own name or label, before which its aliases and usual words yield. */
  readonly own?: boolean;
}

export const inputsOf = ({ instrument }: Entry): Readonly<Record<string, Input>> => ({
  ...instrument.inputs,
  ...GENERAL_INPUTS,
});

/** The input that is taken off an award or a limit as already granted. */
export const grantedInput = ({ instrument: { minus, parts = [], limits = [] } }: Entry): string | undefined =>
  minus ?? [...parts.flatMap((part) => part.limits), ...limits].find(({ used }) => used)?.used;

/** The one amount that a clause asks for; undefined where it asks for several or none. */
export function baseAmount({ inputs = {} }: Instrument): string | undefined {
  const asked = Object.entries(inputs).filter(
    ([, { kind, optional, default: usual, "required-if": condition }]) =>
      kind === "money" && !optional && (usual === undefined || condition),
  );
  return asked.length === 1 ? asked[0]![0] : undefined;
}

type Words = ReadonlyMap<string, Meaning>;

const known = new Map<Entry, Words>();

/** The words of an instrument, spelled as nameOf() spells them; a word of higher standing comes first. */
export function wordsOf(entry: Entry): Words {
  const before = known.get(entry);
  if (before) return before;
  const words = new Map<string, Meaning>();
  const add = (word: string, meaning: Meaning): void => {
    const key = nameOf(word);
    if (!words.has(key)) words.set(key, meaning);
  };
  const inputs = inputsOf(entry);
  const meaning = (name: string): Meaning => ({ kind: "input", name, input: inputs[name]! });
  for (const name of Object.keys(inputs)) add(name, { ...meaning(name), own: true });
  for (const [name, { zh, en, alias = [] }] of Object.entries(inputs)) {
    for (const word of [zh, en]) add(word, { ...meaning(name), own: true });
    for (const word of alias) add(word, meaning(name));
  }
  for (const [name, { doubt }] of Object.entries(readingsOf(entry.instrument)))
    for (const word of [name, doubt.zh, doubt.en])
      for (const end of ["", "?"]) add(word + end, { kind: "reading", name });
  for (const name of TABLE_COLUMNS)
    for (const word of [name, ...SYNONYMS.table[name]]) add(word, { kind: "table", name });
  for (const [word, name] of usualWords(entry)) add(word, meaning(name));
  const granted = grantedInput(entry);
  if (granted) for (const word of GRANTED) add(word, { ...meaning(granted), standsIn: true });
  known.set(entry, words);
  return words;
}

export const TABLE_COLUMNS = Object.keys(SYNONYMS.table) as TableColumn[];
const TABLE_WORDS: ReadonlyMap<string, TableColumn> = new Map(
  TABLE_COLUMNS.flatMap((name) => [name, ...SYNONYMS.table[name]].map((word) => [nameOf(word), name] as const)),
);
const GRANTED = ["prior_paid", "cum_paid"].flatMap((name) => [name, ...(SYNONYMS.inputs[name] ?? [])]);

/** The usual words for the inputs of an instrument; a word that would mean two of them means neither. */
function usualWords({ instrument }: Entry): [string, string][] {
  const { inputs = {} } = instrument;
  const base = baseAmount(instrument);
  const all = [
    ...Object.keys(inputs).flatMap((name) => (SYNONYMS.inputs[name] ?? []).map((word) => [word, name] as const)),
    ...(base ? SYNONYMS.amount.map((word) => [word, base] as const) : []),
  ];
  const meant = new Map<string, Set<string>>();
  for (const [word, name] of all) meant.set(word, (meant.get(word) ?? new Set()).add(name));
  return [...meant].flatMap(([word, names]) => (names.size === 1 ? [[word, [...names][0]!] as [string, string]] : []));
}

/** A header without the marks that forms put around it: *合同金额 (to be filled in), 金额：, 是否国产？ */
const bare = (key: string): string => key.replace(/^\* ?|[*:?]+$/g, "");

const REMARK = /^(.+?)[([【〔]([^()[\]【】〔〕]*)[)\]】〕]$/;
const UNITS: Readonly<Record<string, Unit>> = {
  元: 1,
  人民币: 1,
  人民币元: 1,
  yuan: 1,
  rmb: 1,
  cny: 1,
  "¥": 1,
  万: 10_000,
  万元: 10_000,
  人民币万元: 10_000,
  亿: 100_000_000,
  亿元: 100_000_000,
};

/** The unit of amounts that a word names. */
export const unitOf = (word: string): Unit | undefined => UNITS[nameOf(word).replace(/^单位:?/, "")];

/** The unit that a header names in brackets at its end: 金额（万元）. */
export function unitBehind(header: string): Unit | undefined {
  const remark = REMARK.exec(bare(nameOf(header)))?.[2];
  return remark === undefined ? undefined : unitOf(remark);
}

/** The unit in a cell that holds nothing else: 万元, （万元）, 单位：万元; undefined for any other. */
export function unitIn(text: string): string | undefined {
  const word = nameOf(text)
    .replace(/^[([]|[)\]]$/g, "")
    .replace(/^单位:?/, "");
  return word in UNITS ? word : undefined;
}

/** The column of the table that a header names, whatever the instrument. */
export function tableColumn(key: string): TableColumn | undefined {
  const word = bare(key);
  return TABLE_WORDS.get(word) ?? TABLE_WORDS.get(REMARK.exec(word)?.[1] ?? "");
}

/**
 * What a header means for an instrument; words where it has a unit that is not known; undefined where it means nothing.
 * @param key the header as nameOf() spells it
 */
export const meaningOf = (key: string, entry: Entry): Meaning | Unread | undefined => meaningAmong(key, wordsOf(entry));

const everyWord = perCatalogue<Words>(
  () => new Map([...CATALOGUE].reverse().flatMap((entry) => versionsIn(entry).flatMap((one) => [...wordsOf(one)]))),
);

/** What a header means for the first instrument of the catalogue that knows it. */
export function meaningAnywhere(key: string): Meaning | Unread | undefined {
  return meaningAmong(key, everyWord());
}

function meaningAmong(key: string, words: Words): Meaning | Unread | undefined {
  const plain = wordOf(key, words) ?? wordOf(bare(key), words);
  if (plain) return plain;
  const [, word = "", remark = ""] = REMARK.exec(bare(key)) ?? [];
  const meaning = wordOf(word, words);
  if (!meaning) return undefined;
  const kind = meaning.input?.kind;
  // Beside what is no number a remark is a remark: 国产（是/否）, 企业（全称）.
  if (kind === undefined || kind === "flag" || kind === "choice") return meaning;
  const unit = UNITS[remark.replace(/^单位:?/, "")];
  if (unit && kind === "money") return { ...meaning, unit };
  const accepted = kind === "money" ? "元、万元、亿元" : "不写单位，填数字，比例填 30% 或 0.3";
  const inEnglish = kind === "money" ? "元, 万元, 亿元" : "none; rates are entered as 30% or 0.3";
  return new Unread(
    `表头“${key}”中的单位“${remark}”不认识，可用：${accepted}；不是单位的（如“含税”）请从表头去掉`,
    `the unit ${remark} in the header ${key} is not known; accepted: ${inEnglish}; leave out what is no unit, such as “tax included”`,
  );
}

/** 是否国产 asks for the flag 国产. */
function wordOf(word: string, words: Words): Meaning | undefined {
  const own = words.get(word);
  if (own || !word.startsWith("是否")) return own;
  const asked = words.get(word.slice(2));
  return asked?.input?.kind === "flag" ? asked : undefined;
}

/** Whether some instrument, or the table itself, understands a header, whatever its unit. */
export function isHeader(header: string): boolean {
  const key = nameOf(header);
  const policies = [...SYNONYMS.place, ...SYNONYMS.support].map(nameOf);
  return policies.includes(key) || meaningAnywhere(key) !== undefined;
}

/** Every header that an instrument accepts, for messages: in Chinese words, in English the names. */
const acceptedHeaders = ({ instrument }: Entry): Record<Language, string>[] => [
  ...Object.entries({ ...instrument.inputs, ...GENERAL_INPUTS }).map(([name, { zh }]) => ({ zh, en: name })),
  ...Object.entries(readingsOf(instrument)).map(([name, { doubt }]) => ({ zh: doubt.zh, en: name })),
  ...TABLE_COLUMNS.map((name) => ({ zh: SYNONYMS.table[name][0]!, en: name })),
];

/** @param key the header as nameOf() spells it */
export function unknownHeader(header: string, key: string, column: number, entries: readonly Entry[]): Refusal {
  const accepted = entries.flatMap(acceptedHeaders);
  const list = (language: Language) => [...new Set(accepted.map((words) => words[language]))];
  const near = withUnit(key, entries) ?? nearest(key, entries);
  return refuse(
    `不认识的表头“${header}”（第${column + 1}列）${near ? `，您是不是要“${near.zh}”` : ""}；可用：${list("zh").join("、")}`,
    `unknown header ${header} (column ${column + 1})${near ? `; did you mean ${near.en}?` : ""}; accepted: ${list("en").join(", ")}`,
  );
}

/** 金额万元, 金额/元: a known word with a unit that stands in no brackets. */
function withUnit(key: string, entries: readonly Entry[]): Text | undefined {
  const [, word = "", unit = ""] = /^(.+?)[ ,/_:-]*(万元|亿元|元)$/.exec(key) ?? [];
  if (!entries.some((entry) => wordsOf(entry).get(word)?.input?.kind === "money")) return undefined;
  return { zh: `${word}（${unit}）`, en: `${word} (${unit})` };
}

/** Words further apart than this are not taken for one another. */
const CLOSE = 0.4;

/** The known header that is closest to an unknown one, as messages show it. */
function nearest(key: string, entries: readonly Entry[]): Text | undefined {
  let best = CLOSE;
  let found: (Meaning & { readonly word: string }) | undefined;
  for (const entry of entries) {
    for (const [word, meaning] of wordsOf(entry)) {
      const near = closeness(key, word);
      if (near > best) [best, found] = [near, { ...meaning, word }];
    }
  }
  return found && { zh: found.input?.zh ?? found.word, en: found.name };
}

/** From 0 to 1: how much of the longer word the other one holds, or how few letters are mistyped. */
function closeness(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (/^\p{Script=Han}{2,}$/u.test(short) && long.includes(short)) return short.length / long.length;
  const wrong = distance(short, long);
  return wrong <= Math.max(1, short.length / 3) && short.length > 1 ? 1 - wrong / long.length : 0;
}

/** How many letters are added, left out or changed between two words. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
