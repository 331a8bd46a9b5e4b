/** Writes the formula for a policy over ranges of the sheet: its own function where it has one, BUTIE otherwise. */
import { VOUCHERS, type VoucherName } from "../../functions/vouchers";
import { formatAddress, parseAddress, reference } from "../../host/address";
import type { Place } from "../../host/workbook";
import type { Claim, Entry, Jurisdiction } from "../../rules";
import { idOf } from "./rows";
import type { Unit } from "../../tables";

/** Columns that belong to the table, not to the clause: rows of one firm share limits, one object is paid once. */
export const TABLE_COLUMNS = ["firm", "object", "year"] as const;
/** Their words among the texts of the pane. */
export const COLUMN_LABELS = { firm: "column.firm", object: "column.object", year: "column.year" } as const;

/** A column of the sheet and what it fills. All columns of a formula have the same height. */
export interface Column {
  readonly name: string;
  readonly place: Place;
  readonly unit: Unit;
  /** The header that BUTIE reads in this meaning, unit included. */
  readonly word: string;
  /** The cell that holds such a header, where the sheet has one. */
  readonly header?: Place | undefined;
}

export interface Period {
  /** Written into the formula; otherwise the formula follows the pick. */
  readonly explicit: boolean;
  readonly claim: Claim;
  /** Id of the picked jurisdiction. */
  readonly picked: string;
}

/** What the rows are computed under: one policy, one for each row (a column of ids), or the best of a family. */
export type Policy =
  | { readonly kind: "one"; readonly entry: Entry }
  | { readonly kind: "rows"; readonly instruments: Place }
  | { readonly kind: "best"; readonly family: string; readonly places: readonly Jurisdiction[] };

/** @param from name of the sheet on which the formula will stand */
export function formulaOf(policy: Policy, columns: readonly Column[], period: Period, from: string): string {
  const voucher = policy.kind === "one" && voucherFor(policy.entry, columns);
  return voucher ? voucherCall(voucher, policy.entry, columns, period, from) : tableCall(policy, columns, period, from);
}

/** Whether the columns of a formula stand side by side; elsewhere it needs HSTACK. */
export const standTogether = (columns: readonly Column[]): boolean =>
  blocksOf(columns.filter(({ name }) => name !== "year").map(({ place }) => place)).length <= 1;

/** Whether a policy's own function takes the columns, one by one, wherever they stand. */
export const hasOwnFunction = (entry: Entry, columns: readonly Column[]): boolean =>
  voucherFor(entry, columns) !== undefined;

const yearOf = ({ explicit, claim }: Period): string =>
  explicit ? (claim.day === undefined ? String(claim.year) : `"${claim.day}"`) : "";

/** The function of the instrument, where every filled input is an argument of it; a function takes yuan. */
function voucherFor({ instrument: { id } }: Entry, columns: readonly Column[]): VoucherName | undefined {
  return (Object.keys(VOUCHERS) as VoucherName[]).find((name) => {
    const { instruments, args }: { instruments: object; args: readonly string[] } = VOUCHERS[name];
    return (
      Object.values(instruments).includes(id) &&
      columns.every((column) => args.includes(column.name) && column.unit === 1)
    );
  });
}

function voucherCall(
  name: VoucherName,
  entry: Entry,
  columns: readonly Column[],
  period: Period,
  from: string,
): string {
  const { instruments, args }: { instruments: object; args: readonly string[] } = VOUCHERS[name];
  const key = Object.entries(instruments).find(([, id]) => id === entry.instrument.id)![0];
  const follows = !period.explicit && period.picked === entry.jurisdiction.id;
  const written = args.map((arg) => {
    const column = columns.find((one) => one.name === arg);
    if (column) return reference(column.place, from);
    if (arg === "service") return `"${key}"`;
    if (arg === "jurisdiction") return follows ? "" : `"${key}"`;
    return arg === "year" ? yearOf(period) : "";
  });
  while (written.at(-1) === "") written.pop();
  return `=${name}(${written.join(",")})`;
}

function tableCall(policy: Policy, columns: readonly Column[], period: Period, from: string): string {
  const year = columns.find(({ name }) => name === "year");
  const others = columns.filter((column) => column !== year);
  const blocks = blocksOf(others.map(({ place }) => place));
  const ordered = blocks.flatMap((block) => block.map((place) => others.find((column) => column.place === place)!));
  const cells = ordered.map(({ header }) => header);
  const inSheet = cells.every((cell) => cell !== undefined);
  const headers = inSheet ? stacked(blocksOf(cells), from) : `{${ordered.map(({ word }) => `"${word}"`).join(",")}}`;
  const when = year ? reference(year.place, from) : yearOf(period);
  const [name, first] =
    policy.kind === "best"
      ? ["BUTIE.BEST", `"${policy.family}"`]
      : ["BUTIE", policy.kind === "one" ? `"${idOf(policy.entry)}"` : reference(policy.instruments, from)];
  const args = [first, headers, stacked(blocks, from), when];
  // Left out, the places are that of the pick and those above it.
  if (policy.kind === "best" && period.explicit) args.push(`{${policy.places.map(({ id }) => `"${id}"`).join(",")}}`);
  while (args.at(-1) === "") args.pop();
  return `=${name}(${args.join(",")})`;
}

/** Places that form rectangles side by side, in the order of the sheet. */
function blocksOf(places: readonly Place[]): Place[][] {
  const sorted = places
    .map((place) => ({ place, area: parseAddress(place.address)! }))
    .sort((a, b) => a.area.column - b.area.column);
  const blocks: (typeof sorted)[] = [];
  for (const next of sorted) {
    const last = blocks.at(-1)?.at(-1);
    const beside =
      last &&
      last.place.sheet === next.place.sheet &&
      last.area.row === next.area.row &&
      last.area.rows === next.area.rows &&
      last.area.column + 1 === next.area.column;
    if (beside) blocks.at(-1)!.push(next);
    else blocks.push([next]);
  }
  return blocks.map((block) => block.map(({ place }) => place));
}

function stacked(blocks: readonly (readonly Place[])[], from: string): string {
  const written = blocks.map((block) => {
    const area = parseAddress(block[0]!.address)!;
    return reference({ sheet: block[0]!.sheet, address: formatAddress({ ...area, columns: block.length }) }, from);
  });
  return written.length === 1 ? written[0]! : `HSTACK(${written.join(",")})`;
}
