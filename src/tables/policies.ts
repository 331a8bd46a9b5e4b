/** Tables whose rows use different policies: a column of instruments, or of places and kinds of support. */
import {
  CATALOGUE,
  FAMILIES,
  findEntry,
  findJurisdiction,
  isInForce,
  JURISDICTIONS,
  ownMistake,
  SYNONYMS,
  type Claim,
  type Entry,
  type Jurisdiction,
  type Language,
} from "../rules";
import { Unread } from "./cells";
import { unknownId } from "./period";
import { nameOf } from "./names";
import type { Region } from "./region";

/** The columns that name the policy of a row; a table may have any of them. */
export interface PolicyColumns {
  readonly instrument?: number;
  readonly place?: number;
  readonly support?: number;
}

const COLUMNS = { instrument: SYNONYMS.table.instrument, place: SYNONYMS.place, support: SYNONYMS.support } as const;

/** The columns of a table that name policies; undefined where it has none. */
export function policyColumns({ columns }: Pick<Region, "columns">): PolicyColumns | undefined {
  const found = Object.entries(COLUMNS).flatMap(([what, words]) => {
    const keys = [what, ...words].map(nameOf);
    const column = columns.find(({ header, full }) => [header, full].some((word) => keys.includes(nameOf(word))));
    return column ? [[what, column.column] as const] : [];
  });
  return found.length ? Object.fromEntries(found) : undefined;
}

const computable = ({ instrument }: Entry): boolean => Boolean(instrument.parts ?? instrument.grades);

/** Whether a word is the id or name of some policy, or a kind of them. */
export const isSupport = (key: string): boolean =>
  [
    ...CATALOGUE.map(({ instrument: { id, name } }) => [id, name.zh, name.en]),
    ...Object.entries(FAMILIES).map(([id, { zh, en }]) => [id, zh, en]),
  ].some((words) => words.map(nameOf).includes(key));

/** What a table leaves open: its place where it has no column of places, its kind of support where it has none of supports. */
interface Otherwise {
  readonly place: Jurisdiction;
  readonly family: string | undefined;
}

/** The instrument of a row: the one that it names, or the one of its support in its place that is in force; else why there is none. */
export function entryOfRow(
  cell: (column: number) => string | number | boolean,
  { instrument, place, support }: PolicyColumns,
  otherwise: Otherwise,
  claim: Claim,
): Entry | Unread {
  const id = instrument === undefined ? "" : String(cell(instrument)).trim();
  const named = findEntry(nameOf(id));
  if (named) return named;
  if (id && ((place === undefined && support === undefined) || ownMistake(id))) {
    const { zh, en } = unknownId(id);
    return new Unread(zh, en);
  }
  const where = place === undefined ? otherwise.place : findJurisdiction(nameOf(cell(place)));
  if (!where) {
    const known = (language: Language) => JURISDICTIONS.map(({ name }) => name[language]);
    const given = String(cell(place!));
    return new Unread(
      `没有辖区“${given}”的政策，可填：${known("zh").join("、")}`,
      `there are no policies of ${given}; enter ${known("en").join(", ")}`,
    );
  }
  const word = support === undefined ? (otherwise.family ?? "") : String(cell(support)).trim();
  const found = supportsCalled(word, where, claim);
  if (found.length === 1) return found[0]!;
  const name = FAMILIES[word] ?? { zh: word, en: word };
  if (found.length > 1) {
    const several = (language: Language) => found.map((entry) => entry.instrument.name[language]);
    return new Unread(
      `${where.name.zh}的“${name.zh}”不止一项：${several("zh").join("、")}，请写明是哪一项`,
      `${where.name.en} has several supports called ${name.en}: ${several("en").join(", ")}; name one of them`,
    );
  }
  const having = JURISDICTIONS.filter((other) => supportsCalled(word, other, claim).length).map((other) => other.name);
  return having.length
    ? new Unread(
        `${where.name.zh}没有“${name.zh}”；有的辖区：${having.map(({ zh }) => zh).join("、")}`,
        `${where.name.en} has no ${name.en}; it is granted by ${having.map(({ en }) => en).join(", ")}`,
      )
    : new Unread(`没有名为“${name.zh}”的政策`, `there is no policy called ${name.en}`);
}

/** The supports of a place that a word names: by id or name, or of a kind; of several of a kind, the one that bears its name. */
function supportsCalled(word: string, place: Jurisdiction, claim: Claim): Entry[] {
  const key = nameOf(word);
  const there = CATALOGUE.filter(
    (entry) => entry.jurisdiction === place && computable(entry) && isInForce(entry, claim),
  );
  const called = there.filter(({ instrument: { id, name } }) => [id, name.zh, name.en].map(nameOf).includes(key));
  if (called.length === 1) return called;
  const kind = Object.entries(FAMILIES).find(([id, { zh, en }]) => [id, zh, en].map(nameOf).includes(key));
  const members = kind ? there.filter((entry) => entry.instrument.family === kind[0]) : called;
  const plain = members.filter((entry) => kind && nameOf(entry.instrument.name.zh) === nameOf(kind[1].zh));
  return plain.length === 1 ? plain : members;
}
