/** The workbook as the checks see it: sheets, tables of contracts, our formulas, and what each of their rows came to. */
import { formatAddress, parseAddress } from "../../host/address";
import { WorkbookError, type Expression, type FormulaCell, type Place, type Workbook } from "../../host/workbook";
import { FUNCTION_NAMES } from "../../functions/declared";
import { toYuan, type Document, type Doubt, type Outcome, type Plan, type Text } from "../../rules";
import { explain, indexOf, reasonOf, type Explained, type Explanation } from "../explanation/explain";
import { argumentOf, callsIn, type Call } from "../formula";
import { ledgersIn, type Ledger } from "./ledger";
import { pinned, type Picked } from "./pinning";
import { readSheet, ReadWorkbook, type Sheet } from "./sheet";

/** What one row of a call came to. */
export interface ClaimRow {
  readonly inputs: readonly Place[];
  readonly outcome: Outcome["kind"] | "refused" | "error-in-input" | "no-award" | "unreadable";
  readonly fen: number;
  readonly reason?: Text;
  readonly plan?: Plan;
  /** Flags that the clause asks for and the row leaves blank. */
  readonly blankFlags: readonly Text[];
  /** Amounts that a rate was applied to, in yuan, by input. */
  readonly amounts: readonly (readonly [name: string, yuan: number])[];
  /** Nothing is left of the limit that decides, because earlier awards of the firm or object used it up. */
  readonly isUsedUp: boolean;
  /** In what ways the row can be read that pay different amounts. */
  readonly doubts: readonly Doubt[];
}

export interface CalledFormula {
  readonly cell: FormulaCell;
  readonly place: Place;
  readonly call: Call;
  readonly rows: readonly ClaimRow[];
  /** The same arguments with the present pick in the places left open; absent where none is. */
  readonly pinned?: readonly string[] | undefined;
  /** Why the formula could not be looked at. */
  readonly failure?: Text;
  /** Why a cell of the result is no amount. */
  readonly reasonAt: (place: Place) => Text | undefined;
}

export interface Model {
  readonly sheets: ReadonlyMap<string, Sheet>;
  readonly ledgers: readonly Ledger[];
  readonly formulas: readonly FormulaCell[];
  /** Every call in our formulas, in the order of the formulas. */
  readonly calls: readonly CalledFormula[];
  /** Whether the workbook counts days from 1904; undefined where the host cannot tell. */
  readonly from1904?: boolean | undefined;
}

export interface Reading {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, of: number) => void;
  readonly pick: Picked;
}

/** The pane stays responsive: between so many rows or formulas it gets its turn. */
const AT_A_TIME = 500;
/** More calculations in arguments are not asked of the workbook at once. */
const MOST_EXPRESSIONS = 2 ** 12;

/** Lets the pane have its turn from time to time, and stops when it is told to. */
class Turns {
  private count = 0;
  constructor(private readonly signal: AbortSignal) {}
  async next(): Promise<void> {
    if (++this.count % AT_A_TIME === 0) await new Promise((resolve) => setTimeout(resolve));
    this.signal.throwIfAborted();
  }
}

/** @throws WorkbookError where the workbook as a whole cannot be read; the signal's reason when it was stopped */
export async function readModel(host: Workbook, { signal, onProgress, pick }: Reading): Promise<Model> {
  // Where the host fails to tell, the days themselves are looked at.
  const counting = host.from1904?.().catch(() => undefined);
  const [formulas, visible, from1904] = await Promise.all([host.formulas(), host.sheets(), counting]);
  const sheets = new Map<string, Sheet>();
  for (const name of new Set([...visible, ...formulas.map(({ sheet }) => sheet)])) {
    signal.throwIfAborted();
    sheets.set(name, await readSheet(host, name));
  }
  const reader = new ReadWorkbook(host, sheets);
  const found = formulas.flatMap((cell) =>
    callsIn(cell.formula, FUNCTION_NAMES).map((call) => ({ cell, call, place: placeOf(cell) })),
  );
  await reader.prepare(expressionsIn(found).slice(0, MOST_EXPRESSIONS)).catch(() => undefined);
  const turns = new Turns(signal);
  const calls: CalledFormula[] = [];
  for (const [i, one] of found.entries()) {
    onProgress(i, found.length);
    calls.push(await looked(reader, one, pick, turns));
  }
  return { sheets, ledgers: [...sheets.values()].flatMap(ledgersIn), formulas, calls, from1904 };
}

const placeOf = ({ sheet, address }: FormulaCell): Place => ({ sheet, address });

const expressionsIn = (calls: readonly { readonly call: Call; readonly place: Place }[]): Expression[] =>
  calls.flatMap(({ call, place }) =>
    call.args.flatMap((text) => (argumentOf(text, place.sheet).kind === "expression" ? [{ place, text }] : [])),
  );

type Found = Pick<CalledFormula, "cell" | "call" | "place">;

/** One bad formula never keeps the others from being looked at. */
async function looked(reader: ReadWorkbook, found: Found, pick: Picked, turns: Turns): Promise<CalledFormula> {
  await turns.next();
  const { cell, call, place } = found;
  try {
    const explained = await explain(reader, call, cell.sheet, cell.address);
    return {
      ...found,
      rows: await rowsOf(explained, turns),
      pinned: await pinned(reader, call, cell.sheet, pick),
      reasonAt: (at) => reasonOf(explained.at(indexOf(call, cell, at)).answer),
    };
  } catch (error) {
    await turns.next();
    return { ...found, place, rows: [], reasonAt: () => undefined, failure: failureOf(error) };
  }
}

const failureOf = (error: unknown): Text =>
  error instanceof WorkbookError
    ? error.texts
    : { zh: `程序出错（${String(error)}）`, en: `the program failed (${String(error)})` };

async function rowsOf({ count, at, doubts }: Explained, turns: Turns): Promise<ClaimRow[]> {
  const rows: ClaimRow[] = [];
  const doubtful = doubts?.() ?? [];
  for (let i = 0; i < count; i++) {
    await turns.next();
    rows.push({ ...summaryOf(at(i)), doubts: doubtful[i] ?? [] });
  }
  return rows;
}

/** What the checks ask of an answer; the answer itself, with all its workings, is not kept. */
function summaryOf(explanation: Explanation): Omit<ClaimRow, "doubts"> {
  const { answer, inputs } = explanation;
  const reason = reasonOf(answer);
  const nothing = { inputs, fen: 0, blankFlags: [], amounts: [], isUsedUp: false, ...(reason && { reason }) };
  if (answer.kind !== "award") {
    const unread = answer.kind === "unreadable" && { reason: { zh: answer.argument, en: answer.argument } };
    return { ...nothing, outcome: answer.kind, ...unread };
  }
  const { award } = answer;
  const { outcome, plan, binding, fen } = award;
  const blankFlags =
    outcome.kind === "incomplete"
      ? outcome.missing.flatMap((name) => (plan.inputs[name]?.kind === "flag" ? [plan.inputs[name]] : []))
      : [];
  const isUsedUp =
    outcome.kind === "award" && fen === 0 && binding?.limit.allowance !== undefined && binding.gross.n > 0n;
  return { ...nothing, outcome: outcome.kind, fen, plan, blankFlags, amounts: amountsOf(explanation), isUsedUp };
}

function amountsOf({ answer }: Explanation): [string, number][] {
  if (answer.kind !== "award") return [];
  const { inputs, parts, limits } = answer.award.plan;
  const terms = [...parts.flatMap((part) => part.limits), ...limits].flatMap((limit) => limit.terms);
  const counted = new Set(terms.flatMap(({ factors }) => factors.map(({ input }) => input)));
  return Object.entries(answer.row).flatMap(([name, value]): [string, number][] =>
    counted.has(name) && inputs[name]?.kind === "money" && typeof value === "number" ? [[name, toYuan(value)]] : [],
  );
}

export const documentOf = ({ plan }: ClaimRow): Document | undefined => plan?.entry.document;

/** Each cell of a formula's result. */
export function resultCells({ sheet, spill, address }: FormulaCell): Place[] {
  const area = parseAddress(spill ?? address)!;
  return Array.from({ length: area.rows * area.columns }, (_, i) => {
    const at = { row: area.row + Math.floor(i / area.columns), column: area.column + (i % area.columns) };
    return { sheet, address: formatAddress({ ...at, rows: 1, columns: 1 }) };
  });
}
