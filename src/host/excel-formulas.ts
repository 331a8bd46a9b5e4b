/** Formula cells of Excel and what they spill. */
import { formatAddress, intersect, parseReference, rectangleOf, type Rectangle } from "./address";
import { asFormula, readBands } from "./excel-cells";
import { run, sheetOf } from "./excel-request";
import type { CellValue, FormulaCell, Place } from "./workbook";

/** The first cell of each spill range and how far it reaches, for formula cells of one sheet. */
function spillsOf(sheetName: string, addresses: readonly string[]): Promise<(string | undefined)[]> {
  return run(async (context) => {
    const sheet = await sheetOf(context, sheetName);
    const spills = addresses.map((address) => sheet.getRange(address).getSpillingToRangeOrNullObject().load("address"));
    await context.sync();
    return spills.map((spill) => (spill.isNullObject ? undefined : parseReference(spill.address)?.address));
  });
}

/** Where a sheet has formulas: Excel finds them faster than reading every constant would. */
function formulaAreas(sheetName: string): Promise<Rectangle[]> {
  return run(async (context) => {
    const sheet = await sheetOf(context, sheetName);
    const areas = sheet.getRange().getSpecialCellsOrNullObject("Formulas").load("areas/items/address");
    await context.sync();
    return areas.isNullObject
      ? []
      : areas.areas.items.map((area) => rectangleOf(parseReference(area.address)!.address));
  });
}

/** The formula cells of one sheet that `ours` accepts, in row order. */
export async function sheetFormulas(sheet: string, ours: (formula: string) => boolean): Promise<FormulaCell[]> {
  const cells: FormulaCell[] = [];
  for (const band of await readBands(sheet, await formulaAreas(sheet), "values,valueTypes,formulas")) {
    band.formulas.forEach((row, r) =>
      row.forEach((content, c) => {
        const formula = asFormula(content);
        if (!ours(formula)) return;
        const { row: top, column: left } = band.rectangle;
        const value = band.values[r]![c]!;
        const address = formatAddress({ row: top + r, column: left + c, rows: 1, columns: 1 });
        cells.push({
          sheet,
          address,
          formula,
          value,
          ...(band.valueTypes[r]![c] === "Error" ? { error: String(value) } : {}),
        });
      }),
    );
  }
  const sorted = cells
    .map((cell) => ({ cell, at: rectangleOf(cell.address) }))
    .sort((a, b) => a.at.row - b.at.row || a.at.column - b.at.column);
  return withSpills(sheet, sorted);
}

/**
 * Adds the spill range to each cell. Excel may repeat the formula in the cells that it spills into, so a cell inside a
 * spill that was already found is not a formula of its own. A repeated formula stands next to itself, word for word:
 * those are looked at after the others, which keeps the number of spill ranges asked for small.
 */
async function withSpills(
  sheet: string,
  cells: readonly { cell: FormulaCell; at: Rectangle }[],
): Promise<FormulaCell[]> {
  const formulaOf = new Map(cells.map(({ cell }) => [cell.address, cell.formula]));
  const repeats = ({ cell, at }: { cell: FormulaCell; at: Rectangle }) =>
    (at.row > 0 && formulaOf.get(formatAddress({ ...at, row: at.row - 1 })) === cell.formula) ||
    (at.column > 0 && formulaOf.get(formatAddress({ ...at, column: at.column - 1 })) === cell.formula);
  const found = new Map<string, FormulaCell>();
  const covered: Rectangle[] = [];
  for (const wave of [cells.filter((entry) => !repeats(entry)), cells.filter(repeats)]) {
    const anchors = wave.filter(({ at }) => !covered.some((area) => intersect(area, at)));
    const spills =
      anchors.length > 0
        ? await spillsOf(
            sheet,
            anchors.map(({ cell }) => cell.address),
          )
        : [];
    anchors.forEach(({ cell }, index) => {
      const spill = spills[index];
      if (spill && spill !== cell.address) covered.push(rectangleOf(spill));
      found.set(cell.address, spill && spill !== cell.address ? { ...cell, spill } : cell);
    });
  }
  return cells.flatMap(({ cell }) => found.get(cell.address) ?? []);
}

/** `Workbook.formulaAt`. */
export function formulaAt(place: Place): Promise<FormulaCell | null> {
  return run(async (context) => {
    const sheet = await sheetOf(context, place.sheet);
    const first = sheet.getRange(place.address).getCell(0, 0).load("address");
    const parent = first.getSpillParentOrNullObject().load("address");
    await context.sync();
    const { address } = parseReference(parent.isNullObject ? first.address : parent.address)!;
    const cell = sheet.getRange(address).load("formulas,values,valueTypes");
    const spill = sheet.getRange(address).getSpillingToRangeOrNullObject().load("address");
    await context.sync();
    const formula = asFormula(cell.formulas[0]![0]);
    if (formula === "") return null;
    const value = cell.values[0]![0] as CellValue;
    const extent = spill.isNullObject ? address : parseReference(spill.address)!.address;
    return {
      sheet: place.sheet,
      address,
      formula,
      value,
      ...(cell.valueTypes[0]![0] === Excel.RangeValueType.error ? { error: String(value) } : {}),
      ...(extent === address ? {} : { spill: extent }),
    };
  });
}
