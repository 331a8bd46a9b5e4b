/** Reads the columns of claims out of the workbook, in bands, so that a large range shows its progress and can be stopped. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { formatAddress, intersect, parseAddress, reference } from "../../host/address";
import { bands } from "../../host/band";
import type { CellValue, Place, Workbook } from "../../host/workbook";
import type { RowAnswer } from "../insertion/rows";
import { SLICE_MS } from "../parts/long-work";
import { isForNow, useOlder, type Check } from "../parts/now";
import { claimsFrom, type Claims, type Pausing, type ReadColumn, type ReadColumns } from "./claims";
import { columnsIn } from "./claim-columns";
import { COLUMNS, type ColumnName } from "./columns";
import { namedIn, type Form } from "./form";
import { BY_POLICY, claimsIn, tableOf, useSurroundings, type Surroundings } from "./table-claims";

export type Reading =
  | { readonly kind: "none" | "stopped" }
  | { readonly kind: "reading"; readonly part: number }
  | ({ readonly kind: "ready" } & ReadClaims)
  | { readonly kind: "failed"; readonly error: unknown };

export interface ReadClaims {
  readonly claims: Claims;
  /** Rows of a table for which no amount could be computed. */
  readonly refused: readonly RowAnswer[];
  /** The cell right below what was read, where it looks like one more claim: a row was added, or inserted above. */
  readonly below?: string | undefined;
}

const BAND_CELLS = 4096;

/** The cells of a one-column range, cut to the used rows of its sheet. */
async function readColumn(
  host: Workbook,
  place: Place,
  signal: AbortSignal,
  onPart: (part: number) => void,
): Promise<ReadColumn> {
  const used = await host.usedRange(place.sheet);
  const area = parseAddress(place.address)!;
  const rows = used && intersect({ ...area, column: 0, columns: 1 }, { ...parseAddress(used.address)!, column: 0 });
  if (!rows) return { place, cells: [] };
  const filled = { ...area, row: rows.row, rows: rows.rows };
  const cells: CellValue[] = [];
  for (const band of bands(filled, BAND_CELLS)) {
    signal.throwIfAborted();
    const { values } = await host.read({ sheet: place.sheet, address: formatAddress(band) });
    cells.push(...values.map((row) => row[0]!));
    onPart(cells.length / filled.rows);
  }
  return { place: { ...place, address: formatAddress(filled) }, cells };
}

/** The claims that a form names; null where it names none. @throws Refusal, WorkbookError */
export async function readClaims(
  host: Workbook,
  form: Form,
  about: Surroundings,
  signal: AbortSignal,
  onPart: (part: number) => void,
): Promise<ReadClaims | null> {
  const table = form.table ? claimsIn(await tableOf(host, form), form, about) : undefined;
  const columns = columnsIn(table ? { ...form, claims: "", firm: "" } : form);
  const names = COLUMNS.filter((name) => columns[name] && "place" in columns[name]);
  const read: Partial<Record<ColumnName, ReadColumn>> = { ...table?.columns };
  for (const [done, name] of names.entries()) {
    const column = columns[name];
    if (!column || !("place" in column)) continue;
    const whole = await readColumn(host, column.place, signal, (part) => onPart((done + part) / names.length));
    read[name] = table ? besideRows(whole, table.columns.claims.rows) : whole;
  }
  if (!read.claims) return null;
  const all = read as ReadColumns & { claims: ReadColumn };
  const blankIsCertain = form["blank-certain"] === "true";
  const unnumbered = { blankIsCertain, chances: namedIn(form, "chance-words") };
  const claims = await inSlices(claimsFrom(all, columns, unnumbered), signal);
  const below = table ? table.below : await amountBelow(host, read.claims.place, claims);
  return { claims, refused: table?.refused ?? [], below };
}

/** The sum of all claims is no claim. */
async function amountBelow(host: Workbook, place: Place, { amounts }: Claims): Promise<string | undefined> {
  const area = parseAddress(place.address)!;
  const cell = { ...place, address: formatAddress({ ...area, row: area.row + area.rows, rows: 1 }) };
  const [[value] = []] = (await host.read(cell)).values;
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  return typeof value === "number" && value > 0 && Math.round(value * 100) !== total ? reference(cell) : undefined;
}

/** The claims of a form, or why they could not be read. */
async function readingOf(...parameters: Parameters<typeof readClaims>): Promise<Reading> {
  const [, , , signal] = parameters;
  try {
    const read = await readClaims(...parameters);
    return read ? { kind: "ready", ...read } : { kind: "none" };
  } catch (error) {
    return signal.aborted ? { kind: "stopped" } : { kind: "failed", error };
  }
}

/** Of a column beside a table, the cells beside its rows. */
function besideRows({ place, cells }: ReadColumn, rows: readonly number[] = []): ReadColumn {
  const { row } = parseAddress(place.address)!;
  return { place, cells: rows.map((at) => cells[at - row] ?? ""), rows, isApart: true };
}

async function inSlices<T>(work: Pausing<T>, signal: AbortSignal): Promise<T> {
  for (let until = performance.now() + SLICE_MS; ;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() < until) continue;
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    until = performance.now() + SLICE_MS;
  }
}

const TABLE_FIELDS = [
  "blank-certain",
  "chance-words",
  "table",
  "table-pool",
  "header-rows",
  "claims-of",
  "claims-unit",
  "policy",
] as const;

/** Contracts of the years ahead are computed by their policy. */
const AHEAD_FIELDS = ["ahead", "yearly-growth"] as const;

/** What reading depends on: a change of any other field reads nothing again. */
const columnTexts = (form: Form): Form =>
  Object.fromEntries(
    [...COLUMNS, ...TABLE_FIELDS, ...(form["claims-of"] === BY_POLICY && form.table ? AHEAD_FIELDS : [])].map(
      (name) => [name, form[name] ?? ""],
    ),
  );

const isRead = ({ kind }: Reading): boolean => kind !== "reading" && kind !== "stopped";

export interface Readings {
  /** One per form, in their order; the same list until something was read. */
  readonly list: readonly Reading[];
  readonly stop: () => void;
  /** Reads again what may have changed in the sheet. */
  readonly again: () => void;
  /** So many times it was read again. */
  readonly round: number;
  /** The workbook holds other claims now. */
  readonly isOlder: boolean;
  readonly check: Check;
}

/** Reads the claims of several forms, one after the other, whenever one of them names other columns. */
export function useReadings(host: Workbook | null, forms: readonly Form[]): Readings {
  const key = JSON.stringify(forms.map(columnTexts));
  const about = useSurroundings(host);
  const [round, setRound] = useState(0);
  const current = useMemo(() => ({ round, key, about }), [round, key, about]);
  const [state, setState] = useState<{ readonly of: object; readonly list: readonly Reading[] }>();
  const controller = useRef<AbortController>(undefined);

  useEffect(() => {
    if (!host) return;
    const abort = new AbortController();
    controller.current = abort;
    const list: Reading[] = [];
    const show = (place: number, reading: Reading) => {
      if (controller.current !== abort) return;
      list[place] = reading;
      setState({ of: current, list: [...list] });
    };
    const readAll = async () => {
      for (const [place, form] of (JSON.parse(key) as Form[]).entries()) {
        const onPart = (part: number) => show(place, { kind: "reading", part });
        show(place, await readingOf(host, form, about, abort.signal, onPart));
      }
    };
    void readAll();
    return () => {
      controller.current = undefined;
      abort.abort();
    };
  }, [host, key, about, current]);

  const list = useMemo(() => {
    const known = state?.of === current ? state.list : [];
    const first = (form: Form): Reading =>
      host && (form.claims || form.table) ? { kind: "reading", part: 0 } : { kind: "none" };
    return (JSON.parse(key) as Form[]).map((form, place) => known[place] ?? first(form));
  }, [host, key, state, current]);
  const readNow = useCallback(
    async (signal: AbortSignal) => {
      const now: Reading[] = [];
      for (const form of JSON.parse(key) as Form[]) {
        const reading = await readingOf(host!, form, about, signal, () => undefined);
        signal.throwIfAborted();
        if (reading.kind === "failed" && isForNow(reading.error)) throw reading.error;
        now.push(reading);
      }
      return now;
    },
    [host, key, about],
  );
  const [isOlder, check] = useOlder(host, list.every(isRead) ? list : undefined, readNow);
  return {
    list,
    stop: useCallback(() => controller.current?.abort(), []),
    again: useCallback(() => setRound((before) => before + 1), []),
    round,
    isOlder,
    check,
  };
}
