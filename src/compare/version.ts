/** One version of awards: the lines of a workbook with what each shows and what it rests on. */
import { awards, RULES_VERSION, toFen, type Award, type PlannedRow } from "../rules";
import type { NamedCells } from "../export/file/read";

/** A workbook that is to be compared. */
export interface ComparedBook {
  /** As it is called in the comparison. */
  readonly name: string;
  readonly sheets: readonly NamedCells[];
}

/** A figure, a reading, a version: what an award rests on beside the cells of its own row. */
export interface Setting {
  readonly label: string;
  readonly value: string;
  readonly clause?: string;
}

export interface Line {
  /** Where the award stands: "台账!D2"; of an exported workbook the row of the table that it came from. */
  readonly place: string;
  /** The row in its workbook, whatever column the award stands in. */
  readonly row: string;
  /** Number of the row in the sheet of the table, also of the one from which a workbook was exported. */
  readonly source: number;
  /** "算力券（bj-6-suanli）"; "" where it is not known. */
  readonly instrument: string;
  readonly firm: string;
  readonly object: string;
  readonly year: string;
  /** Of the award; undefined where the cell shows words instead. */
  readonly fen: number | undefined;
  /** Words in place of an amount. */
  readonly words: string;
  /** The cells of the row, by header. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly settings: readonly Setting[];
  /** As the rules read the row; undefined where the workbook does not say all of it. */
  readonly planned?: PlannedRow;
}

export interface Version {
  readonly name: string;
  readonly lines: readonly Line[];
}

/** A number as every program writes it, a text without blanks around it. */
export const cellText = (value: string | number | boolean): string =>
  typeof value === "number" ? String(Number(value.toPrecision(15))) : String(value).trim();

/** An award as a cell shows it: fen, or words. */
export const shownAs = (value: string | number | boolean): Pick<Line, "fen" | "words"> => {
  const fen = typeof value === "number" ? toFen(value) : NaN;
  return Number.isNaN(fen) ? { fen: undefined, words: cellText(value) } : { fen, words: "" };
};

export const fenOf = (lines: readonly Line[]): number => lines.reduce((sum, { fen = 0 }) => sum + fen, 0);

const amountOf = ({ outcome, fen }: Award): number =>
  outcome.kind === "award" || outcome.kind === "not-eligible" ? fen : 0;

/** The fen of rows among one another, in their order. */
export const fenOfRows = (rows: readonly PlannedRow[]): number[] => awards(rows).map(amountOf);

/** Whether our rules, as they are now, give just what the lines show; a line that shows words may have no row for them. */
export function isRecomputed(lines: readonly Line[]): boolean {
  if (lines.some(({ planned, fen }) => !planned && fen !== undefined)) return false;
  const known = lines.filter(({ planned }) => planned);
  const computed = fenOfRows(known.map(({ planned }) => planned!));
  return known.every(({ fen = 0 }, i) => fen === computed[i]);
}

/** The id behind the name of an instrument: "算力券（zj-15-suanli）". */
export const ID_IN_NAME = /（([\w.@-]+)）$/;

/** The version of the rules that something was computed by; that of now where none is given. */
export const rulesOf = (words: string = RULES_VERSION.version): Setting => ({
  label: "规则版本",
  value: /^[\d.]*/.exec(words)![0],
});
