/**
 * The texts of claims as values. Plain ones are read in the database; every other text that occurs is read once, by the
 * same reading as a cell of a workbook (src/tables), and joined. What cannot be read is a reason, never a guess.
 */
import { isInForce, type Claim, type Entry } from "../../rules";
import { countingInputs, Unread, type Layout } from "../../tables";
import { labelOf } from "../../writers/words";
import { indented, listOf } from "../../writers/sql";
import { inputReading, nameReading, NOTHING, textOf, yearReadings, type Reading, type Value } from "./readings";
import { eachOf, type Source, type Store } from "./store";

/** The claims of one instrument, read. */
export interface Typed {
  readonly entry: Entry;
  /**
   * A table of these columns: row_no, claim_year, claim_day, in_force, firm, object, the inputs as rangeOf() says, and `reason` where
   * the row cannot be read.
   */
  readonly table: string;
  /** Inputs that the claims give. */
  readonly inputs: readonly string[];
  readonly firm: boolean;
  readonly object: boolean;
  /** Headers that mean nothing to the instrument. */
  readonly unused: readonly string[];
}

/** What is known of the table as a whole. */
export interface Among {
  /** Of rows without a column of years. */
  readonly claim: Claim;
  /** What a blank in that column stands for. */
  readonly blankYear: Claim | Unread;
  /** Whether any row names its firm, so that every row has to. */
  readonly namesFirms: boolean;
}

/** Which rows are those of one instrument. */
export interface Chosen {
  /** How the column that names the instrument is read: the number of one. */
  readonly reading: Reading;
  /** What mapTexts() made of it. */
  readonly table: string;
  readonly number: number;
  /** Columns that must be blank in its rows: they serve other instruments alone. */
  readonly foreign: readonly (readonly [column: string, words: Unread])[];
}

/**
 * Makes the table.
 * @param columns of the claims, in the order of the layout
 */
export async function typeClaims(
  stores: readonly Store[],
  source: Source,
  layout: Layout,
  columns: readonly string[],
  { claim, blankYear, namesFirms }: Among,
  table: string,
  chosen?: Chosen,
): Promise<Typed> {
  const { entry } = layout;
  const lacks = (input: string): boolean => layout.meanings.every((meaning) => meaning?.name !== input);
  const readings = columns.flatMap((column, c): Reading[] => {
    const meaning = layout.meanings[c];
    if (meaning?.kind === "input")
      return [inputReading(column, meaning.name, meaning.input!, meaning.unit ?? 1, entry)];
    if (meaning?.kind !== "table") return [];
    if (meaning.name === "firm" || meaning.name === "object") return [nameReading(column, meaning.name)];
    return meaning.name === "year" ? yearReadings(column, entry, blankYear, lacks) : [];
  });
  const names = readings.map(({ name }) => name);
  const has = (name: string): boolean => names.includes(name);
  const [texts, late] = [`${table}_texts`, `${table}_late`];
  await eachOf(stores, (store) => readTexts(store, source, texts, readings, { entry, claim, chosen }));
  const faults: ((store: Store) => string)[] = [];
  if (namesFirms && has("firm"))
    faults.push(({ words }) => `firm IS NULL THEN ${words.dialect.literal("企业为空，而其他行有企业")}`);
  const owners = ["object", "firm"].filter(has);
  const counting = has("claim_year") && owners.length ? countingInputs(entry) : [];
  if (counting.length) {
    const good = `why IS NULL AND in_force AND coalesce(${owners.join(", ")}) IS NOT NULL${namesFirms && has("firm") ? " AND firm IS NOT NULL" : ""}`;
    await eachOf(stores, (store) => lateRows(store, texts, late, `coalesce(${owners.join(", ")})`, good));
  }
  for (const [name] of counting) {
    const why = `${labelOf(entry.instrument.inputs ?? {}, name, "zh")}为空，而同一对象或企业在前面的年度已有行`;
    // Which rows of the earlier years are paid is not known before the query: here it has to be said.
    faults.push(
      (store) =>
        `${has(name) ? `${store.words.dialect.quoted(name)} IS NULL AND ` : ""}row_no IN (SELECT row_no FROM ${store.named(late)}) THEN ${store.words.dialect.literal(why)}`,
    );
  }
  await eachOf(stores, (store) => {
    const columns = new Set(["row_no", "claim_year", "claim_day", "in_force", ...names]);
    const listed = [...columns].map(store.words.dialect.quoted);
    const { dialect, joined } = store.words;
    const reasons = joined(["why", ...faults.map((fault) => `CASE WHEN ${fault(store)} END`)]);
    // Outside the window no input is right or wrong.
    const reason = `CASE WHEN coalesce(in_force, ${dialect.truth(true)}) THEN ${reasons} END AS reason`;
    return store.view(table, `SELECT\n${listOf([...listed, reason])}\nFROM ${store.named(texts)}`);
  });
  return {
    entry,
    table,
    inputs: names.filter((name) => !TABLE_NAMES.has(name)),
    firm: has("firm"),
    object: has("object"),
    unused: columns.filter((_, c) => !layout.meanings[c]),
  };
}

const TABLE_NAMES: ReadonlySet<string> = new Set(["firm", "object", "claim_year", "claim_day", "in_force"]);

interface Rows {
  readonly entry: Entry;
  readonly claim: Claim;
  readonly chosen: Chosen | undefined;
}

/** Every row with its values, and in `why` the reason where a text cannot be read. */
async function readTexts(store: Store, source: Source, table: string, readings: readonly Reading[], rows: Rows) {
  const { dialect, types, matches, joined, text } = store.words;
  const { entry, claim, chosen } = rows;
  const all = chosen ? [...readings, chosen.reading] : readings;
  const mapped: boolean[] = [];
  for (const [r, reading] of all.entries())
    mapped.push(reading === chosen?.reading || (await mapTexts(store, source, reading, `${table}_${r}`)));
  // Names that no column of the claims has.
  const [row, own, foreign] = ["row", "text_", "foreign_"].map((name) => source.prefix + name) as [
    string,
    string,
    string,
  ];
  const strange = chosen?.foreign ?? [];
  const first = [
    `${dialect.column(dialect.whole(source.row), false)} AS ${row}`,
    ...all.map((reading, r) => `${textOf(store.words, reading)} AS ${own}${r}`),
    ...strange.map(([column], f) => `${text(dialect.quoted(column))} AS ${foreign}${f}`),
  ];
  const carried = [row, ...all.map((_, r) => `${own}${r}`), ...strange.map((_, f) => `${foreign}${f}`)];
  let from = `SELECT\n${listOf(first)}\nFROM ${source.from}`;
  for (const r of all.keys()) {
    if (!mapped[r]) continue;
    const texts = `SELECT text AS ${own}${r}, value AS value_${r}, reason AS why_${r}, ${dialect.column("1", true)} AS known_${r} FROM ${store.named(all[r] === chosen?.reading ? chosen!.table : `${table}_${r}`)}`;
    carried.push(`value_${r}`, `why_${r}`, `known_${r}`);
    from = `SELECT ${carried.join(", ")}\nFROM (\n${indented(from)}\n) AS rows_${r}\nLEFT JOIN (${texts}) AS texts_${r} USING (${own}${r})`;
  }
  const valueOf = ({ plain, type }: Reading, r: number): string => {
    const other = mapped[r] ? `value_${r}` : `CAST(NULL AS ${types[type]})`;
    return plain
      ? `CASE WHEN ${matches(`${own}${r}`, plain.pattern)} THEN ${plain.sql(`${own}${r}`, store.words)} ELSE ${other} END`
      : other;
  };
  // A text that was not there when the texts were read.
  const unknown = (reading: Reading, r: number): string[] => {
    const plain = reading.plain && matches(`${own}${r}`, reading.plain.pattern);
    const tests = [...(plain ? [`NOT ${plain}`] : []), ...(mapped[r] ? [`known_${r} IS NULL`] : [])];
    return source.shared
      ? [`CASE WHEN ${tests.join(" AND ") || "1 = 1"} THEN ${dialect.literal("在读表时被改动")} END`]
      : [];
  };
  const whys = [
    ...all.flatMap((reading, r) => [...(mapped[r] ? [`why_${r}`] : []), ...unknown(reading, r)]),
    ...strange.map(
      ([, { zh }], f) => `CASE WHEN NOT ${matches(`${foreign}${f}`, NOTHING)} THEN ${dialect.literal(zh)} END`,
    ),
  ];
  const dated = readings.some(({ name }) => name === "claim_year");
  const day = claim.day === undefined ? dialect.noText : dialect.literal(claim.day);
  const columns = [
    `${row} AS row_no`,
    ...(dated
      ? []
      : [
          `${dialect.column(dialect.whole(String(claim.year)), false)} AS claim_year`,
          `${dialect.column(day, true)} AS claim_day`,
          `${dialect.column(dialect.truth(isInForce(entry, claim)), false)} AS in_force`,
        ]),
    ...readings.map((reading, r) => `${dialect.column(valueOf(reading, r), true)} AS ${dialect.quoted(reading.name)}`),
    `${dialect.column(whys.length ? joined(whys) : dialect.noText, true)} AS why`,
  ];
  const where = chosen ? `\nWHERE ${valueOf(chosen.reading, readings.length)} = ${chosen.number}` : "";
  await store.create(table, `SELECT\n${listOf(columns)}\nFROM (\n${indented(from)}\n) AS read_rows${where}`);
}

/** The rows whose owner has one of an earlier year. */
async function lateRows(store: Store, texts: string, table: string, owner: string, good: string): Promise<void> {
  const from = `FROM ${store.named(texts)} WHERE ${good}`;
  await store.create(
    table,
    `SELECT row_no FROM (SELECT row_no, claim_year, ${owner} AS owner ${from}) AS owned
JOIN (SELECT ${owner} AS owner, min(claim_year) AS first_year ${from} GROUP BY ${owner}) AS firsts USING (owner)
WHERE claim_year > first_year`,
  );
}

/** Reads each text that the database does not read by itself once. @returns whether there are any */
export async function mapTexts(store: Store, source: Source, reading: Reading, table: string): Promise<boolean> {
  const { words } = store;
  const text = textOf(words, reading);
  const others = reading.plain ? ` WHERE NOT ${words.matches(text, reading.plain.pattern)}` : "";
  const texts = `SELECT DISTINCT ${text} AS ${source.prefix}text FROM ${source.from}${others}`;
  let any = false;
  async function* rows(): AsyncGenerator<Value[]> {
    for await (const chunk of store.chunks(texts)) {
      for (const [cell] of chunk) {
        any = true;
        const value = reading.read(String(cell));
        yield value instanceof Unread ? [String(cell), undefined, value.zh] : [String(cell), value, undefined];
      }
    }
  }
  await store.fill(table, { text: "VARCHAR", value: reading.type, reason: "VARCHAR" }, rows());
  return any;
}
