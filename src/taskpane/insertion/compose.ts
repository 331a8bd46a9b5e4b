/** Writes the formula for an instrument over ranges of the sheet: its own function where it has one, BUTIE otherwise. */
import { VOUCHERS, type VoucherName } from "../../functions/vouchers";
import { formatAddress, parseAddress, reference, type Rectangle } from "../../host/address";
import type { Place } from "../../host/workbook";
import type { Claim, Entry } from "../../rules";
import { sideBySide } from "../formula";

/** Columns that belong to the table, not to the clause: rows of one firm share limits, one object is paid once. */
export const TABLE_COLUMNS = ["firm", "object", "year"] as const;

/** Ranges of one column and equal height, by the input or table column that they fill. */
export type Ranges = Readonly<Record<string, Place>>;

export interface Period {
  /** Written into the formula; otherwise the formula follows the pick. */
  readonly explicit: boolean;
  readonly claim: Claim;
  /** Id of the picked jurisdiction. */
  readonly picked: string;
}

/** @param from name of the sheet on which the formula will stand */
export function formulaOf(entry: Entry, ranges: Ranges, period: Period, from: string): string {
  const voucher = voucherFor(entry, ranges);
  return voucher ? voucherCall(voucher, entry, ranges, period, from) : tableCall(entry, ranges, period, from);
}

const yearOf = ({ explicit, claim }: Period): string =>
  explicit ? (claim.day === undefined ? String(claim.year) : `"${claim.day}"`) : "";

/** The function of the instrument, where every filled input is an argument of it. */
function voucherFor({ instrument: { id } }: Entry, ranges: Ranges): VoucherName | undefined {
  return (Object.keys(VOUCHERS) as VoucherName[]).find((name) => {
    const { instruments, args }: { instruments: object; args: readonly string[] } = VOUCHERS[name];
    return Object.values(instruments).includes(id) && Object.keys(ranges).every((input) => args.includes(input));
  });
}

function voucherCall(name: VoucherName, entry: Entry, ranges: Ranges, period: Period, from: string): string {
  const { instruments, args }: { instruments: object; args: readonly string[] } = VOUCHERS[name];
  const key = Object.entries(instruments).find(([, id]) => id === entry.instrument.id)![0];
  const follows = !period.explicit && period.picked === entry.jurisdiction.id;
  const written = args.map((arg) => {
    if (ranges[arg]) return reference(ranges[arg], from);
    if (arg === "service") return `"${key}"`;
    if (arg === "jurisdiction") return follows ? "" : `"${key}"`;
    return arg === "year" ? yearOf(period) : "";
  });
  while (written.at(-1) === "") written.pop();
  return `=${name}(${written.join(",")})`;
}

function tableCall(entry: Entry, ranges: Ranges, period: Period, from: string): string {
  const { year, ...columns } = ranges;
  const byColumn = Object.entries(columns).map(([name, place]) => ({
    name,
    place,
    area: parseAddress(place.address)!,
  }));
  const block = blockOf(byColumn);
  const ordered = block ? [...byColumn].sort((a, b) => a.area.column - b.area.column) : byColumn;
  const headers = `{${ordered.map(({ name }) => `"${name}"`).join(",")}}`;
  const values = block ? reference(block, from) : sideBySide(ordered.map(({ place }) => reference(place, from)));
  const when = year ? reference(year, from) : yearOf(period);
  const args = [`"${entry.instrument.id}"`, headers, values, ...(when ? [when] : [])];
  return `=BUTIE(${args.join(",")})`;
}

/** The one rectangle that the columns form, where they stand side by side. */
function blockOf(columns: readonly { readonly place: Place; readonly area: Rectangle }[]): Place | null {
  const sorted = [...columns].sort((a, b) => a.area.column - b.area.column);
  const first = sorted[0];
  if (!first) return null;
  const together = sorted.every(
    ({ place, area }, i) =>
      place.sheet === first.place.sheet &&
      area.row === first.area.row &&
      area.rows === first.area.rows &&
      area.column === first.area.column + i,
  );
  return together
    ? { sheet: first.place.sheet, address: formatAddress({ ...first.area, columns: sorted.length }) }
    : null;
}
