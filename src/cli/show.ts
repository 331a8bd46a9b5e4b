/** award, list, terms: what one clause gives, which there are, and what one holds. */
import { awards, formatYuan, Refusal, refuse, toYuan, type Claim, type Entry, type Language, idOf } from "../rules";
import { isPlanned, isUnplanned, readJurisdiction, readTable, type Cell } from "../tables";
import { termsTable, listTable, familyIn } from "../functions/catalogue";
import { among } from "../writers/among";
import { workingPaper } from "../writers/explain";
import { columnsOf } from "./words";

/** One award with its working paper. @param inputs "header=value", as a table would hold them */
export function awardWords(
  entry: Entry,
  claim: Claim,
  inputs: readonly string[],
  readings: Readonly<Record<string, string>>,
  language: Language,
  json: boolean,
): string {
  const cells = new Map<string, Cell>(Object.entries(readings));
  for (const text of inputs) {
    const at = text.indexOf("=");
    if (at < 1)
      throw refuse(
        `“${text}”应写作 输入=值，如 amount=12000000`,
        `${text} must be input=value, such as amount=12000000`,
      );
    cells.set(text.slice(0, at), text.slice(at + 1));
  }
  const [row] = readTable([idOf(entry)], [...cells.keys()], [[...cells.values()]], [claim.day ?? claim.year], claim);
  if (!row || !isPlanned(row)) {
    if (row && isUnplanned(row) && "text" in row.refusal) throw new Refusal("value", row.refusal.text);
    throw refuse("没有填任何输入", "no input is given");
  }
  const [award] = awards([row]);
  const { lines, remarks } = workingPaper(award!, row.row, language, among([row], row));
  if (json) {
    return JSON.stringify({
      instrument: idOf(row.plan.entry),
      outcome: award!.outcome.kind,
      yuan: award!.outcome.kind === "award" ? toYuan(award!.fen) : null,
      lines: lines.map(({ fen, ...line }) => ({ ...line, ...(fen !== undefined && { yuan: toYuan(fen) }) })),
      remarks,
    });
  }
  const shown = lines.map(({ label, computation, fen, binds, clause }) => [
    label,
    computation,
    fen === undefined ? "" : formatYuan(fen),
    binds ? "←" : "",
    clause ?? "",
  ]);
  return [columnsOf(shown), "", columnsOf(remarks.map(({ label, value }) => [label, value]))].join("\n");
}

export function listWords(
  options: { place?: string; year?: string; family?: string },
  current: Claim,
  claim: Claim | undefined,
  language: Language,
  json: boolean,
): string {
  const table = listTable(
    options.place === undefined ? undefined : readJurisdiction(options.place),
    claim,
    options.family === undefined ? undefined : familyIn(options.family),
    current,
    language,
  );
  return json ? JSON.stringify(named(table)) : columnsOf(table);
}

export function termsWords(entry: Entry, claim: Claim, language: Language, json: boolean): string {
  const table = termsTable(entry, claim, language);
  return json ? JSON.stringify(Object.fromEntries(table)) : columnsOf(table);
}

const named = ([headers = [], ...rows]: readonly (readonly string[])[]): Record<string, string | undefined>[] =>
  rows.map((row) => Object.fromEntries(headers.map((header, c) => [header, row[c]])));
