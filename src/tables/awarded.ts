/**
 * Awards on other awards, where a row of the instrument that is asked for cannot be read: what it is awarded is not known, and
 * the row that asks is refused with the number of that row.
 */
import { byTurn, isInForce, ownerOf, type Allowance, type PlannedRow } from "../rules";
import { isBlank, isError, Unread, type Given } from "./cells";
import { Layout } from "./layout";
import { isPlanned, isUnplanned, type Table } from "./table";

/** Of a row that cannot be read, what can; undefined where it may be anything. */
interface Broken {
  readonly r: number;
  readonly instrument: string | undefined;
  readonly year: number | undefined;
  readonly firm: string | typeof ANY | undefined;
  readonly object: string | typeof ANY | undefined;
}

/** A name that cannot be read. */
const ANY = Symbol();

/** Refuses the rows that ask for what a row that cannot be read is awarded, and those that ask for theirs. */
export function refuseUnknown(table: Table): void {
  const isAsking = ({ entry }: Layout): boolean =>
    Object.values(entry.instrument.inputs ?? {}).some((input) => input["awarded-by"]);
  if (!table.layouts().some(isAsking)) return;
  const rows = table.values.map((_, r) => table.row(r));
  const broken = rows.flatMap((row, r) => (isUnplanned(row) ? brokenRow(table, r) : []));
  if (!broken.length) return;
  const asking = rows
    .flatMap((row, r) => (isPlanned(row) && row.plan.awarded.length && row.plan.inForce ? [{ r, row }] : []))
    .sort((a, b) => byTurn(a.row.plan, b.row.plan) || a.r - b.r);
  for (const { r, row } of asking) {
    for (const { input, instruments, allowance } of row.plan.awarded) {
      const found = row.row[input] === undefined && broken.find((one) => isAsked(one, row, instruments, allowance));
      if (!found) continue;
      const { zh, en } = row.plan.inputs[input]!;
      const other = found.r + 1;
      table.refuse(
        r,
        new Unread(
          `“${zh}”要取第${other}行的补助额，而第${other}行无法测算；请先改正第${other}行，或直接填写“${zh}”`,
          `${en} is what row ${other} is awarded, and row ${other} cannot be computed; correct that row first, or enter the amount`,
        ),
      );
      broken.push(...brokenRow(table, r));
      break;
    }
  }
}

/** None where the row is not in force whatever else it holds. */
function brokenRow(table: Table, r: number): Broken[] {
  const layout = table.layoutIn(r);
  const when = table.claimIn(r);
  const claim = when instanceof Unread || isError(when) ? undefined : when;
  if (claim && layout instanceof Layout && !isInForce(layout.entry, claim)) return [];
  const cells = table.values[r]!;
  const name = (column: "firm" | "object"): Broken["firm"] => {
    const cell: Given = cells[table.at[column]];
    // Under a merged cell stands a firm, but not in this row.
    const isOpen = isError(cell) || (column === "firm" && table.namesFirms && isBlank(cell));
    return isOpen ? ANY : table.nameIn(r, column);
  };
  return [
    {
      r,
      instrument: layout instanceof Layout ? layout.entry.instrument.id : undefined,
      year: claim?.year,
      firm: name("firm"),
      object: name("object"),
    },
  ];
}

function isAsked(broken: Broken, { plan, ...own }: PlannedRow, instruments: readonly string[], allowance: Allowance) {
  if (broken.instrument !== undefined && !instruments.includes(broken.instrument)) return false;
  const { year } = plan.claim;
  if (broken.year !== undefined && (allowance.period === "year" ? broken.year !== year : broken.year > year))
    return false;
  const kind = (name: unknown, word: string): string | undefined => (name === undefined ? undefined : word);
  const [owner, other] = [own, broken].map(({ firm, object }) => ({
    kind: ownerOf(allowance, kind(firm, "firm"), kind(object, "object")),
    name: ownerOf<unknown>(allowance, firm, object),
  }));
  return (
    owner!.kind !== undefined && owner!.kind === other!.kind && (other!.name === ANY || owner!.name === other!.name)
  );
}
