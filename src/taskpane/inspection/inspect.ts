/** Looks through every formula of ours in the workbook. */
import { formatAddress, parseAddress } from "../../host/address";
import type { FormulaCell, Place, Workbook } from "../../host/workbook";
import { RULES_VERSION, toYuan, type Award, type Language, type Text } from "../../rules";
import { isErrorText } from "../argument-values";
import { explain, indexOf, reasonOf, type Explanation } from "../explanation/explain";
import { isTotal, nameOf } from "../../tables";
import { callsIn, type Call } from "../formula";
import { FUNCTION_NAMES } from "../../functions/declared";
import type { Finding, Report } from "./finding";
import { pinned } from "./pinning";
import { suspicion } from "./unit";

/** The pane stays responsive: between so many rows it gets its turn. */
const ROWS_AT_A_TIME = 500;

export interface Inspection {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, of: number) => void;
  readonly pick: { readonly jurisdiction: string; readonly year: number };
  readonly language: Language;
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** @throws WorkbookError, and the signal's reason when it was stopped */
export async function inspect(host: Workbook, inspection: Inspection): Promise<Report> {
  const formulas = await host.formulas();
  const findings: Finding[] = [];
  for (const [i, cell] of formulas.entries()) {
    inspection.onProgress(i, formulas.length);
    await turn();
    inspection.signal.throwIfAborted();
    findings.push(...(await errors(host, cell, inspection)));
    for (const call of callsIn(cell.formula, FUNCTION_NAMES)) {
      findings.push(...(await findingsOf(host, cell, call, inspection)));
    }
  }
  return { formulas, findings };
}

async function findingsOf(host: Workbook, cell: FormulaCell, call: Call, inspection: Inspection): Promise<Finding[]> {
  const place = { sheet: cell.sheet, address: cell.address };
  if (call.name === "BUTIE.VERSION") {
    const stamped = String(cell.value);
    return stamped === RULES_VERSION.version ? [] : [{ kind: "version", place, stamped }];
  }
  const args = await pinned(host, call, cell.sheet, inspection.pick);
  const fixed = args && call.whole ? `=${call.name}(${args.join(",")})` : undefined;
  return [
    ...(args ? [{ kind: "picked" as const, place, ...(fixed !== undefined && { fixed }) }] : []),
    ...(await inspectAwards(host, cell, call, inspection)),
  ];
}

/** Drafts among the documents and amounts among the inputs, over all rows of a call. */
async function inspectAwards(
  host: Workbook,
  cell: FormulaCell,
  call: Call,
  inspection: Inspection,
): Promise<Finding[]> {
  const place = { sheet: cell.sheet, address: cell.address };
  const { count, at } = await explain(host, call, cell.sheet);
  const drafts = new Map<string, Finding>();
  const amounts = new Map<string, { yuan: number; place: Place }[]>();
  const blanks: Finding[] = [];
  const paid: Place[] = [];
  for (let row = 0; row < count; row++) {
    if (row % ROWS_AT_A_TIME === ROWS_AT_A_TIME - 1) await turn();
    inspection.signal.throwIfAborted();
    const { answer, inputs } = at(row);
    if (answer.kind === "unreadable") return [{ kind: "unreadable", place, argument: answer.argument }];
    if (answer.kind !== "award") continue;
    const flags = blankFlags(answer.award, inspection.language);
    if (flags.length) blanks.push({ kind: "blank-flag", place: inputs[0] ?? place, inputs: flags });
    if (answer.award.fen > 0 && inputs[0]) paid.push(inputs[0]);
    const { instrument, document } = answer.award.plan.entry;
    const title = [document.title[inspection.language], instrument.article].join(" ");
    if (document.status === "draft") drafts.set(document.id, { kind: "draft", place, document: title });
    for (const [name, yuan] of amountsOf({ answer, inputs })) {
      amounts.set(name, [...(amounts.get(name) ?? []), { yuan, place: inputs[0] ?? place }]);
    }
  }
  return [...blanks, ...(await totals(host, paid)), ...drafts.values(), ...[...amounts.values()].flatMap(suspicious)];
}

/** Required flags that a row leaves blank, by their labels. */
const blankFlags = ({ outcome, plan }: Award, language: Language): string[] =>
  outcome.kind === "incomplete"
    ? outcome.missing.flatMap((name) => (plan.inputs[name]?.kind === "flag" ? [plan.inputs[name][language]] : []))
    : [];

/** Rows with an award whose cells, up to the first input, mark them as sums of others. */
async function totals(host: Workbook, rows: readonly Place[]): Promise<Finding[]> {
  const areas = rows.map(({ address }) => parseAddress(address)!);
  const [first] = areas;
  if (!first) return [];
  const { sheet } = rows[0]!;
  const top = areas.reduce((least, { row }) => Math.min(least, row), first.row);
  const end = areas.reduce((most, { row }) => Math.max(most, row), first.row) + 1;
  const columns = first.column + first.columns;
  const { values } = await host.read({
    sheet,
    address: formatAddress({ row: top, column: 0, rows: end - top, columns }),
  });
  return areas.flatMap(({ row }, i): Finding[] => {
    const words = values[row - top]?.find((cell) => typeof cell === "string" && isTotal(nameOf(cell)));
    return words === undefined ? [] : [{ kind: "total", place: rows[i]!, words: String(words) }];
  });
}

/** The amounts that a row was given and a rate applied to, in yuan, by input. */
function amountsOf({ answer }: Explanation): [string, number][] {
  if (answer.kind !== "award") return [];
  const { inputs, parts, limits } = answer.award.plan;
  const terms = [...parts.flatMap((part) => part.limits), ...limits].flatMap((limit) => limit.terms);
  const counted = new Set(terms.flatMap(({ factors }) => factors.map(({ input }) => input)));
  return Object.entries(answer.row).flatMap(([name, value]): [string, number][] =>
    counted.has(name) && inputs[name]?.kind === "money" && typeof value === "number" ? [[name, toYuan(value)]] : [],
  );
}

function suspicious(column: readonly { readonly yuan: number; readonly place: Place }[]): Finding[] {
  const all = column.map(({ yuan }) => yuan);
  return column.flatMap(({ yuan, place }) => {
    const kind = suspicion(yuan, all);
    return kind ? [{ kind, yuan, place }] : [];
  });
}

/** The cells of a result that show an error: for each reason the first one, and how many more have it. */
async function errors(host: Workbook, cell: FormulaCell, { signal, language }: Inspection): Promise<Finding[]> {
  const { sheet, spill = cell.address } = cell;
  const area = parseAddress(spill)!;
  const { values } = await host.read({ sheet, address: spill });
  const found = values.flatMap((row, r) =>
    row.flatMap((value, c) => {
      const at = { row: area.row + r, column: area.column + c, rows: 1, columns: 1 };
      return isErrorText(value) ? [{ error: value, place: { sheet, address: formatAddress(at) } }] : [];
    }),
  );
  if (!found.length) return [];
  const reason = await reasonsIn(host, cell);
  const alike = new Map<string, ErrorFinding>();
  for (const [i, { error, place }] of found.entries()) {
    if (i % ROWS_AT_A_TIME === ROWS_AT_A_TIME - 1) await turn();
    signal.throwIfAborted();
    const because = reason(place)?.[language];
    const key = [error, because?.replace(OF_ROW, "")].join(" ");
    const first = alike.get(key);
    alike.set(
      key,
      first
        ? { ...first, more: first.more + 1 }
        : { kind: "error", place, error, ...(because && { because }), more: 0 },
    );
  }
  return [...alike.values()];
}

type ErrorFinding = Extract<Finding, { kind: "error" }>;
/** What is wrong in several rows is one thing to correct. */
const OF_ROW = /^(第\d+行：|row \d+: )/;

/** Why a cell of a formula's result is no amount, where the formula is a call of ours. */
async function reasonsIn(host: Workbook, cell: FormulaCell): Promise<(place: Place) => Text | undefined> {
  const [call] = callsIn(cell.formula, FUNCTION_NAMES);
  if (!call) return () => undefined;
  const { at } = await explain(host, call, cell.sheet);
  return (place) => reasonOf(at(indexOf(call, cell, place)).answer);
}
