/** Reads the arguments of a call from the workbook, as our functions get them; what is calculated, the workbook calculates. */
import { isErrorText, type Given, type Matrix } from "../tables";
import { formatAddress, intersect, parseAddress } from "../host/address";
import type { CellValue, Place, Workbook } from "../host/workbook";
import { argumentOf, referencesIn } from "./formula";

/** An argument that was read; `place` where it is a range, `matrix` absent where it is omitted. */
export interface ArgumentValues {
  readonly matrix?: Matrix;
  readonly place?: Place;
  /** In the place of one range: a range for each of the columns that were put side by side. */
  readonly columns?: readonly Place[];
}

/** What reading arguments needs of a workbook. */
export type CellReader = Pick<Workbook, "read" | "usedRange" | "formulaAt" | "evaluate">;

/** An argument that is a calculation of its own, and that the workbook cannot do without leaving a trace. */
export class UnreadableArgument extends Error {
  constructor(readonly text: string) {
    super(text);
    this.name = "UnreadableArgument";
  }
}

const given = (value: CellValue): Given => (isErrorText(value) ? { code: value } : value);

/**
 * @param address of the cell of the call, for what depends on its row, such as [@金额]
 * @throws UnreadableArgument, WorkbookError
 */
export async function argumentValues(
  host: CellReader,
  text: string,
  sheet: string,
  address = "A1",
): Promise<ArgumentValues> {
  const argument = argumentOf(text, sheet);
  switch (argument.kind) {
    case "omitted":
      return {};
    case "values":
      return { matrix: argument.values };
    case "columns":
      return joined(
        await Promise.all(argument.columns.map((column) => argumentValues(host, column, sheet, address))),
        text,
      );
    case "expression":
      return calculated(host, argument.text, { sheet, address });
    case "range":
      return readRange(host, await inUse(host, argument.place));
    case "spill": {
      const behind = await host.formulaAt(argument.place);
      return readRange(host, { sheet: argument.place.sheet, address: behind?.spill ?? argument.place.address });
    }
  }
}

async function calculated(host: CellReader, text: string, place: Place): Promise<ArgumentValues> {
  const [values] = await host.evaluate([{ place, text }]);
  if (!values) throw new UnreadableArgument(text);
  const matrix = values.map((row) => row.map(given));
  // Where it is a calculation with one range, cell by cell, each value has its cell.
  const [only, ...others] = referencesIn(text, place.sheet);
  const area = only && !others.length ? parseAddress(only.address)! : undefined;
  const isCellByCell = area?.rows === matrix.length && area.columns === matrix[0]!.length;
  return { matrix, ...(isCellByCell && { place: only! }) };
}

/** Columns of equal height as one table. */
function joined(parts: readonly ArgumentValues[], text: string): ArgumentValues {
  const height = parts[0]?.matrix?.length;
  if (height === undefined || parts.some(({ matrix }) => matrix?.length !== height)) throw new UnreadableArgument(text);
  return {
    matrix: Array.from({ length: height }, (_, row) => parts.flatMap(({ matrix }) => matrix![row]!)),
    columns: parts.flatMap(({ place }) => place ?? []),
  };
}

async function readRange(host: CellReader, place: Place): Promise<ArgumentValues> {
  const { values } = await host.read(place);
  return { place, matrix: values.map((row) => row.map(given)) };
}

/** A whole column ends where the sheet's content ends: below it there is nothing to read. */
async function inUse(host: CellReader, place: Place): Promise<Place> {
  const area = parseAddress(place.address)!;
  const used = await host.usedRange(place.sheet);
  const content = used && parseAddress(used.address);
  if (!content || area.rows < 10_000) return place;
  const end = { row: 0, column: 0, rows: content.row + content.rows, columns: area.column + area.columns };
  return { ...place, address: formatAddress(intersect(area, end) ?? area) };
}
