/** The columns of claims, the instruments of their rows, and the claims as typed values. */
import {
  CATALOGUE,
  findEntry,
  planOf,
  Refusal,
  refuse,
  versionAt,
  versionsIn,
  type Claim,
  type Entry,
  type Jurisdiction,
} from "../../rules";
import {
  claimIn,
  entryOfRow,
  filledBy,
  isBlank,
  layoutOf,
  nameOf,
  policyColumns,
  tableColumn,
  Unread,
  type Layout,
  type PolicyColumns,
  type TableColumn,
} from "../../tables";
import { inputWords } from "../../writers/terms";
import { labelOf } from "../../writers/words";
import { BLANK, SEPARATOR, textOf, type Reading } from "./readings";
import { eachOf, type Source, type Store } from "./store";
import { mapTexts, typeClaims, type Among, type Typed } from "./typed";

export interface Asked {
  /** For all rows; else each row names its own. */
  readonly entry: Entry | undefined;
  /** What rows mean that name a kind of support and no place. */
  readonly place: Jurisdiction;
  readonly claim: Claim;
}

export interface TypedClaims {
  readonly sheets: readonly Typed[];
  /** Headers that mean nothing to any instrument. */
  readonly unused: readonly string[];
  /** Table of rows (row_no, reason) whose instrument is not understood; undefined where no column names any. */
  readonly unread: string | undefined;
}

/**
 * Reads claims into typed tables, one per instrument.
 * @param columns names in the database
 * @param headers what they are read as
 * @param checkColumns of those that are used, by their names in the database
 * @throws Refusal for headers that mean the same, and claims without what an instrument needs
 */
export async function readTyped(
  stores: readonly Store[],
  source: Source,
  columns: readonly string[],
  headers: readonly string[],
  { entry, place, claim }: Asked,
  checkColumns: (used: readonly string[]) => void = () => undefined,
): Promise<TypedClaims> {
  const found = policyColumns({
    columns: headers.map((header, column) => ({ column, header, full: header, hidden: false })),
  });
  const own: PolicyColumns | undefined =
    entry && found ? { ...(found.instrument !== undefined && { instrument: found.instrument }) } : found;
  const at: number[] = [own?.instrument, own?.place, own?.support].filter((c) => c !== undefined);
  if (!at.length && !entry)
    throw refuse(
      "表中没有写明政策的列（政策工具，或辖区和类别）：请用 -i 指定一项",
      "no column names the instruments; give one with -i",
    );
  const columnOf = (what: TableColumn): number => headers.findIndex((header) => tableColumn(nameOf(header)) === what);
  const yearColumn = columnOf("year");
  const among = await amongOthers(stores, source, columns[yearColumn], columns[columnOf("firm")], claim);
  // One version where the rows say no year; else each row has that of its day.
  const only = entry && (yearColumn < 0 || !entry.versions) ? versionAt(entry, claim) : undefined;
  if (only) checkInputs(only, claim, meaningsOf(layoutFor(only, headers)));
  if (only && !at.length) {
    const layout = layoutFor(only, headers);
    checkColumns(usedBy([layout], columns));
    const typed = await typeClaims(stores, source, layout, columns, among, "typed");
    return { sheets: [typed], unused: typed.unused, unread: undefined };
  }
  const year = only ? -1 : yearColumn;
  const byYear = (own?.place ?? own?.support) !== undefined || CATALOGUE.some(({ versions }) => versions);
  const read = [...at, ...(year >= 0 && byYear ? [year] : [])];
  const entries: Entry[] = only ? [only] : [];
  const reading: Reading = {
    columns: read.map((c) => columns[c]!),
    name: "instrument",
    type: "BIGINT",
    read: (text) => {
      const cells = text.split(SEPARATOR);
      const cell = (c: number): string => cells[read.indexOf(c)] ?? "";
      const row = only
        ? onlyEntry(only, text)
        : entryIn(cell, own ?? {}, { entry, place, ...among, year: read.includes(year) ? year : undefined });
      if (row instanceof Unread) return row;
      if (!entries.includes(row)) entries.push(row);
      return entries.indexOf(row);
    },
  };
  await eachOf(stores, async (store) => {
    await mapTexts(store, source, reading, "instruments");
    const { dialect } = store.words;
    const text = `${source.prefix}text`;
    await store.create(
      "unread",
      `SELECT ${source.prefix}row AS row_no, reason FROM (SELECT ${dialect.column(dialect.whole(source.row), false)} AS ${source.prefix}row, ${textOf(store.words, reading)} AS ${text} FROM ${source.from}) AS named
JOIN (SELECT text AS ${text}, reason FROM ${store.named("instruments")} WHERE reason IS NOT NULL) AS unread USING (${text})`,
    );
  });
  const layouts = entries.map((one) => layoutFor(one, headers));
  checkColumns(usedBy(layouts, columns));
  const sheets: Typed[] = [];
  for (const [number, layout] of layouts.entries()) {
    const foreign = headers.flatMap((_, c) =>
      !layout.meanings[c] && !at.includes(c) && serves(layouts, c) ? [[columns[c]!, layout.foreign(c)] as const] : [],
    );
    const chosen = { reading, table: "instruments", number, foreign };
    sheets.push(await typeClaims(stores, source, layout, columns, among, only ? "typed" : `typed_${number}`, chosen));
  }
  const used = usedBy(layouts, columns);
  const unused = columns.filter((column, c) => !at.includes(c) && !used.includes(column));
  return { sheets, unused, unread: "unread" };
}

/** Columns that mean something to one of the instruments. */
const usedBy = (layouts: readonly Layout[], columns: readonly string[]): string[] =>
  columns.filter((_, c) => layouts.some(({ meanings }) => meanings[c]));

const meaningsOf = ({ meanings }: Layout): (string | undefined)[] => meanings.map((meaning) => meaning?.name);

/** Whether a column asks another instrument of the table for more than yes or no. */
const serves = (layouts: readonly Layout[], c: number): boolean =>
  layouts.some(({ meanings }) => meanings[c]) && !layouts.some(({ meanings }) => meanings[c]?.input?.kind === "flag");

/** What a blank firm or year means depends on the other rows of the whole table: merged cells hold a value in their first row only. */
async function amongOthers(
  stores: readonly Store[],
  { from }: Source,
  year: string | undefined,
  firm: string | undefined,
  claim: Claim,
): Promise<Among> {
  const isNamed = async (column: string | undefined): Promise<boolean> => {
    if (column === undefined) return false;
    const found = await Promise.all(
      stores.map((store) => {
        const { words } = store;
        return store.rows(
          `SELECT 1 AS one FROM ${from} WHERE NOT ${words.matches(words.text(words.dialect.quoted(column)), BLANK)} LIMIT 1`,
        );
      }),
    );
    return found.some(({ length }) => length > 0);
  };
  const blankYear = (await isNamed(year))
    ? new Unread("年度为空，而其他行有年度", "the year is blank while other rows name one")
    : claim;
  return { claim, blankYear, namesFirms: await isNamed(firm) };
}

function layoutFor(entry: Entry, headers: readonly string[]): Layout {
  const layout = layoutOf(entry, headers, headers.map(nameOf));
  if (layout instanceof Error) throw layout;
  const reading = layout.meanings.findIndex((meaning) => meaning?.kind === "reading");
  if (reading >= 0)
    throw refuse(
      `“${headers[reading]}”一列是读法，而一次计算只用一种：请去掉这一列，用 --reading 写明`,
      `column ${headers[reading]} holds readings, and one run takes one: leave the column out and use --reading`,
    );
  return layout;
}

function onlyEntry(entry: Entry, text: string): Entry | Unread {
  const named = findEntry(nameOf(text));
  if (isBlank(text) || (named && versionsIn(named).includes(entry))) return entry;
  return new Unread(`政策工具为“${text}”，不是本次计算的“${entry.instrument.id}”`, `it is a claim on ${text}`);
}

function entryIn(
  cell: (c: number) => string,
  columns: PolicyColumns,
  { entry, place, claim, blankYear, year }: Asked & Among & { readonly year: number | undefined },
): Entry | Unread {
  const text = year === undefined ? "" : cell(year);
  const when = year === undefined ? claim : isBlank(text) ? blankYear : claimIn(text);
  if (when instanceof Unread) return when;
  const named = columns.instrument === undefined ? "" : cell(columns.instrument);
  const found = entry ? onlyEntry(entry, named) : entryOfRow(cell, columns, { place, family: undefined }, when);
  if (found instanceof Unread) return found;
  try {
    return versionAt(found, when);
  } catch (error) {
    if (error instanceof Refusal) return new Unread(error.text.zh, error.text.en);
    throw error;
  }
}

/** @throws Refusal where the claims have nothing that the instrument asks for, with what it asks for, or lack a column that every row must fill */
function checkInputs(entry: Entry, claim: Claim, given: readonly (string | undefined)[]): void {
  const inputs = Object.entries(entry.instrument.inputs ?? {});
  const none = inputs.length > 0 && !inputs.some(([name]) => given.includes(name));
  if (none) {
    const list = (language: "zh" | "en"): string =>
      inputs.map(([name, input]) => inputWords(name, input, language)).join(language === "zh" ? "；" : "; ");
    throw refuse(
      `文件中没有“${entry.instrument.name.zh}”所需的列：${list("zh")}`,
      `no column serves ${entry.instrument.name.en}: ${list("en")}`,
    );
  }
  const plan = planOf(entry, claim);
  const filled = filledBy(
    plan,
    given.flatMap((name) => name ?? []),
  );
  const missing = plan.required.filter(({ input, tests }) => !tests.length && !filled.includes(input));
  if (missing.length) {
    const list = (language: "zh" | "en"): string =>
      missing.map(({ input }) => labelOf(plan.inputs, input, language)).join(language === "zh" ? "、" : ", ");
    throw refuse(`还缺必填的列：${list("zh")}`, `required columns are missing: ${list("en")}`);
  }
}
