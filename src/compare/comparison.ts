/** Two versions of awards against one another: which moved, by how much, because of which number. */
import { MAP_TITLE } from "../host/frozen-map";
import { findEntry, refuse, type Entry, type Text } from "../rules";
import { tablesIn } from "../tables";
import { defaultWords } from "../writers/terms";
import { awarded, computedLines, type Terms } from "./computed";
import { awardSheets, exportedLines } from "./exported";
import { formulaLines } from "./formulas";
import { matched, type Matched } from "./matching";
import { reasonsOf, type Reason } from "./reasons";
import { COMPARISON_TITLE } from "./titles";
import { ID_IN_NAME, fenOf, type ComparedBook, type Line, type Version } from "./version";

/** An award that is another one in the second version. */
export interface Move {
  readonly kind: "changed" | "removed" | "added";
  readonly before: Line | undefined;
  readonly after: Line | undefined;
  /** By what the two were found to be the same. */
  readonly by: string;
  readonly fen: number;
  readonly reasons: readonly Reason[];
}

/** All that moved because of one thing. */
export interface Cause {
  readonly cause: string;
  readonly clause: string;
  readonly rows: number;
  readonly fen: number;
}

/** `before` and the moves are `after`, to the fen. */
export interface Comparison {
  readonly names: readonly [before: string, after: string];
  readonly before: number;
  readonly after: number;
  /** Lines that are the same in both, to the fen and the word. */
  readonly same: number;
  readonly moves: readonly Move[];
  readonly causes: readonly Cause[];
  /** What another policy asks for and no row says, with what is taken for it: "申领方式 市级算力券". */
  readonly assumed: readonly Text[];
}

/**
 * The awards of a workbook: as an exported book shows them; else in the columns of our formulas, frozen ones too; else what its
 * tables come to under the terms.
 * @param functions names of our functions
 * @throws Refusal where there is nothing of the kind
 */
export function versionOf(book: ComparedBook, terms: Terms, functions: readonly string[]): Version {
  const { name } = book;
  const sheets = own(book);
  const exported = awardSheets(sheets);
  if (exported.length) return { name, lines: exportedLines(sheets, exported, { ...terms, readings: {} }) };
  const lines = formulaLines(book.sheets, functions);
  return lines.length ? { name, lines } : computedVersion(book, terms, name);
}

/** What the tables of a workbook come to under the terms, whatever stands beside them. @throws Refusal where it has no table */
export function computedVersion(book: ComparedBook, terms: Terms, name: string): Version {
  const sheets = own(book);
  const exported = awardSheets(sheets);
  if (exported.length) return { name, lines: awarded(exportedLines(sheets, exported, terms)) };
  const tables = sheets.flatMap(({ name: sheet, cells }) => tablesIn(cells).map((table) => ({ ...table, sheet })));
  if (!tables.length)
    throw refuse(
      `“${book.name}”里没有认出奖补额，也没有认出数据表`,
      `neither awards nor a table are found in ${book.name}`,
    );
  return { name, lines: tables.flatMap((table) => computedLines(table, terms)) };
}

/**
 * One workbook as it stands against the same under other terms: another reading, year or policy, or the rules as they are now.
 * @throws Refusal where its rows cannot be read
 */
export function compareTerms(
  book: ComparedBook,
  now: Terms,
  other: Pick<Terms, "readings" | "instead">,
  name: string,
  functions: readonly string[],
): Comparison {
  const shown = versionOf(book, now, functions);
  const entry = now.entry ?? entryOfAll(shown);
  const rows = new Map(computedVersion(book, { ...now, entry }, name).lines.map((line) => [line.row, line]));
  // What a formula shows says nothing of its row: that is read from the table.
  const lines = shown.lines.map((line): Line => {
    const { planned, settings = [] } = rows.get(line.row) ?? {};
    const said = new Set(line.settings.map(({ label }) => label));
    const more = settings.filter(({ label }) => !said.has(label));
    return planned && !line.planned ? { ...line, planned, settings: [...line.settings, ...more] } : line;
  });
  return compare({ ...shown, lines }, computedVersion(book, { ...now, entry, ...other }, name), true);
}

/** The instrument that all lines of a version name; undefined for several. */
export function entryOfAll({ lines }: Version): Entry | undefined {
  const [name = "", ...others] = new Set(lines.map(({ instrument }) => instrument));
  return others.length ? undefined : findEntry(ID_IN_NAME.exec(name)?.[1] ?? "");
}

/** The sheets that are the user's own; maps and comparisons only look like tables. */
const own = ({ sheets }: ComparedBook): ComparedBook["sheets"] =>
  sheets.filter(({ cells }) => cells.values[0]?.[0] !== MAP_TITLE && cells.values[0]?.[0] !== COMPARISON_TITLE);

/** @param isSameTable the two are one table under different terms */
export function compare(before: Version, after: Version, isSameTable = false): Comparison {
  const match = matched(before.lines, after.lines, isSameTable);
  const reasons = reasonsOf(before, after, match);
  const moves: Move[] = match.pairs
    .filter((pair) => pair.before.fen !== pair.after.fen || pair.before.words !== pair.after.words)
    .map((pair) => ({
      kind: "changed",
      ...pair,
      fen: (pair.after.fen ?? 0) - (pair.before.fen ?? 0),
      reasons: reasons.get(pair.after) ?? [],
    }));
  for (const line of match.removed)
    moves.push({
      kind: "removed",
      before: line,
      after: undefined,
      by: "",
      fen: 0 - (line.fen ?? 0),
      reasons: reasons.get(line) ?? [],
    });
  for (const line of match.added)
    moves.push({
      kind: "added",
      before: undefined,
      after: line,
      by: "",
      fen: line.fen ?? 0,
      reasons: reasons.get(line) ?? [],
    });
  return {
    names: [before.name, after.name],
    before: fenOf(before.lines),
    after: fenOf(after.lines),
    same: match.pairs.length - moves.filter(({ kind }) => kind === "changed").length,
    moves,
    causes: causesOf(moves),
    assumed: assumedIn(match.pairs),
  };
}

/** A default that nobody looked at may be the whole effect of a new policy. */
function assumedIn(pairs: Matched["pairs"]): Text[] {
  const changed = pairs.flatMap(({ before, after }) => {
    const [old, now] = [before.planned?.plan, after.planned];
    return old && now && old.entry !== now.plan.entry ? [{ old, ...now }] : [];
  });
  const said = new Set(changed.flatMap(({ row }) => Object.keys(row)));
  const assumed = changed.flatMap(({ old, plan }) =>
    Object.entries(plan.entry.instrument.inputs ?? {}).filter(
      ([name, input]) => input.default !== undefined && !(name in old.inputs) && !said.has(name),
    ),
  );
  return [...new Map(assumed).values()].map((input) => ({
    zh: `${input.zh} ${defaultWords(input, "zh")}`,
    en: `${input.en} ${defaultWords(input, "en")}`,
  }));
}

function causesOf(moves: readonly Move[]): Cause[] {
  const causes = new Map<string, Cause>();
  for (const { reasons } of moves)
    for (const { cause, clause, fen } of reasons) {
      const key = JSON.stringify([cause, clause]);
      const known = causes.get(key) ?? { cause, clause, rows: 0, fen: 0 };
      causes.set(key, { ...known, rows: known.rows + 1, fen: known.fen + fen });
    }
  return [...causes.values()];
}
