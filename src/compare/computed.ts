/** Tables of claims, computed: what the rules make of them now. */
import { formatAddress } from "../host/address";
import {
  awards,
  planOf,
  readingsOf,
  refuse,
  type Award,
  type Claim,
  type Entry,
  type Jurisdiction,
  type PlannedRow,
  idOf,
} from "../rules";
import {
  claimsOf,
  entryOfRow,
  instrumentsOf,
  isPlanned,
  isRefused,
  isUnplanned,
  matchColumns,
  policyColumns,
  readTable,
  Unread,
  valueAt,
  type FoundTable,
  type TableRow,
} from "../tables";
import { refusalText } from "../writers/sentence";
import { cellText, rulesOf, type Line } from "./version";

/** Under what a table is computed. */
export interface Terms {
  /** For rows that name no instrument. */
  readonly entry: Entry | undefined;
  readonly place: Jurisdiction;
  /** For rows that say no year. */
  readonly claim: Claim;
  /** Options of readings by name; they count where an instrument has the reading. */
  readonly readings: Readonly<Record<string, string>>;
  /** In place of what the rows say. */
  readonly instead?: { readonly claim?: Claim; readonly entry?: Entry };
}

export interface NamedTable extends FoundTable {
  readonly sheet: string;
}

/** The instrument of each row of a table. @throws Refusal where none is named */
function entriesOf(table: NamedTable, { entry, place, claim, instead }: Terms): (Entry | undefined)[] {
  if (instead?.entry) return table.region.rows.map(() => instead.entry);
  const columns = policyColumns(table.region);
  if (!columns && !entry)
    throw refuse(
      `“${table.sheet}”没有写明政策的列（政策工具，或辖区和类别），请指定一项政策`,
      `no column of ${table.sheet} names the instruments; name one`,
    );
  return table.region.rows.map((row) => {
    if (!columns) return entry;
    const found = entryOfRow((column) => valueAt(table, row, column), columns, { place, family: undefined }, claim);
    return found instanceof Unread ? entry : found;
  });
}

/**
 * A line per row of the table.
 * @throws Refusal where the table as a whole cannot be read
 */
export function computedLines(table: NamedTable, terms: Terms): Line[] {
  const { rows } = table.region;
  const entries = entriesOf(table, terms);
  const different = [...new Set(entries.flatMap((entry) => entry ?? []))];
  const matches = matchColumns(table.region, different, new Map());
  const { instead, claim } = terms;
  const instruments = instrumentsOf(table, (i) => entries[i]);
  const readIn = (used: typeof matches, when: Claim): TableRow[] => {
    const { headers, values } = claimsOf(table, used, different);
    return readTable(instruments, headers, values, [""], when);
  };
  const asked = readIn(matches, claim);
  // What is out of force then is not read; where another year is asked for, it is read as a claim of that year.
  const other =
    instead?.claim &&
    readIn(
      matches.filter(({ name }) => name !== "year"),
      instead.claim,
    );
  const isOut = (row: TableRow): boolean => isPlanned(row) && !row.plan.inForce;
  const read = asked.map((row, r) => (other && isOut(row) && !isOut(other[r]!) ? other[r]! : row));
  const planned = rows.map((row) => underTerms(read[row]!, terms));
  const column = (name: string) => matches.find((match) => match.name === name)?.column;
  const named = (row: number, name: string): string => {
    const at = column(name);
    return at === undefined ? "" : cellText(valueAt(table, row, at));
  };
  const lines = rows.map((row, i): Line => {
    const plan = planned[i]?.plan;
    const entry = plan?.entry ?? entries[i];
    return {
      place: `${table.sheet}!${formatAddress({ row, column: table.region.area.column, rows: 1, columns: 1 })}`,
      row: `${table.sheet} ${row}`,
      source: row + 1,
      instrument: entry ? nameOfEntry(entry) : "",
      firm: named(row, "firm"),
      object: named(row, "object"),
      year: plan ? String(plan.claim.year) : named(row, "year"),
      fen: undefined,
      words: whyNot(read[row]!),
      inputs: new Map(
        matches.flatMap(({ name, full, column: c }) =>
          name ? [[full, cellText(valueAt(table, row, c))] as const] : [],
        ),
      ),
      settings: [rulesOf(), ...(plan ? settingsOf(plan) : [])],
      ...(planned[i] && { planned: planned[i] }),
    };
  });
  return awarded(lines);
}

/** The lines with what the rules make of their rows among one another, whatever the workbook shows. */
export function awarded(lines: readonly Line[]): Line[] {
  const results = awards(lines.flatMap(({ planned }) => planned ?? [])).values();
  return lines.map((line) => (line.planned ? { ...line, ...shownOf(results.next().value!) } : line));
}

export const nameOfEntry = (entry: Entry): string => `${entry.instrument.name.zh}（${idOf(entry)}）`;

function underTerms(row: TableRow, { readings, instead }: Terms): PlannedRow | undefined {
  if (!isPlanned(row)) return undefined;
  const { entry, claim, readings: taken } = row.plan;
  const own = readingsOf(entry.instrument);
  const changed = Object.fromEntries(Object.entries(readings).filter(([name]) => name in own));
  const plan = planOf(entry, instead?.claim ?? claim, { readings: { ...taken, ...changed } });
  return { plan, row: row.row, firm: row.firm, object: row.object };
}

function shownOf(award: Award): Pick<Line, "fen" | "words"> {
  const { outcome, fen } = award;
  if (outcome.kind === "award" || outcome.kind === "not-eligible") return { fen, words: "" };
  return {
    fen: undefined,
    words: outcome.kind === "label" ? outcome.label.zh : (refusalText(award)?.zh ?? outcome.kind),
  };
}

function whyNot(row: TableRow): string {
  if (!isUnplanned(row)) return "";
  return isRefused(row.refusal) ? row.refusal.text.zh : row.refusal.code;
}

/** The readings that a plan takes. */
const settingsOf = ({ entry: { instrument }, readings }: PlannedRow["plan"]) =>
  Object.keys(readingsOf(instrument)).map((name) => ({
    label: `读法 ${name}`,
    value: String(readings[name]),
    clause: instrument.article,
  }));
