/**
 * Parts of formulas computed by Excel itself. Office.js evaluates formulas in cells and in names only. A name or a column of a
 * table is read where it points to; anything else becomes a name for one moment, which is removed in the same undo step. Excel
 * without ExcelApi 1.20 forgets what could be undone whenever an add-in changes something: there nothing of the kind is done.
 */
import { parseReference, reference } from "./address";
import { run, sheetOf } from "./excel-request";
import type { CellValue, Expression, Place } from "./workbook";

type Table = readonly (readonly CellValue[])[];

/** So many names stand in the workbook at once. */
const NAMES_AT_ONCE = 100;
const SCRATCH = "BUTIE_SCRATCH";

/** `Workbook.evaluate`. */
export async function evaluate(expressions: readonly Expression[], undo: boolean): Promise<(Table | null)[]> {
  const found: (Table | null)[] = [];
  for (const expression of expressions) found.push(await readDirectly(expression).catch(() => null));
  if (!undo) return found;
  const open = [...found.keys()].filter((i) => !found[i]);
  for (let from = 0; from < open.length; from += NAMES_AT_ONCE) {
    const part = open.slice(from, from + NAMES_AT_ONCE);
    const values = await computeInNames(part.map((i) => expressions[i]!));
    part.forEach((i, k) => (found[i] = values[k]!));
  }
  return found;
}

/** Name, table column or cell of a table's own row, alone. */
const DIRECT = /^[\p{L}_\\][\p{L}\p{N}_.\\]*(\[[^@]*\])?$/u;
const OWN_ROW = /([\p{L}_][\p{L}\p{N}_.]*)?\[@(?:\[([^\]]+)\]|([^[\]]+))\]/gu;

/** The values of what an expression points to; null where it is a calculation. */
async function readDirectly({ place, text }: Expression): Promise<Table | null> {
  const own = [...text.matchAll(OWN_ROW)];
  if (own.length === 1 && own[0]![0] === text) return readPlace((await ownRow(place, own))[0]!);
  return DIRECT.test(text)
    ? run(async (context) => {
        const range = (await sheetOf(context, place.sheet)).getRange(text).load("values");
        await context.sync();
        return range.values as CellValue[][];
      })
    : null;
}

const readPlace = (place: Place): Promise<Table> =>
  run(async (context) => {
    const range = (await sheetOf(context, place.sheet)).getRange(place.address).load("values");
    await context.sync();
    return range.values as CellValue[][];
  });

/** The cells that "[@column]" means in the row of `place`. */
function ownRow(place: Place, columns: readonly RegExpMatchArray[]): Promise<Place[]> {
  return run(async (context) => {
    const cell = (await sheetOf(context, place.sheet)).getRange(place.address);
    const cells = columns.map(([, table, quoted, plain]) => {
      const of = table ? context.workbook.tables.getItem(table) : cell.getTables(false).getFirst();
      const column = of.columns.getItem((quoted ?? plain)!).getRange();
      return column.getIntersection(cell.getEntireRow()).load("address");
    });
    await context.sync();
    return cells.map(({ address }) => parseReference(address)!);
  });
}

/** An expression as a name takes it: on which sheet, and with references that do not depend on a cell. */
interface Ready {
  readonly sheet: string;
  readonly formula: string;
}

async function ready({ place, text }: Expression): Promise<Ready> {
  const own = [...text.matchAll(OWN_ROW)];
  const cells = own.length ? await ownRow(place, own) : [];
  const plain = own.reduce((words, [token], k) => words.replace(token, reference(cells[k]!)), text);
  return { sheet: place.sheet, formula: `=${absolute(plain, place.sheet)}` };
}

/** One that Excel does not accept fails its whole request: then each is asked for alone. */
async function computeInNames(expressions: readonly Expression[]): Promise<(Table | null)[]> {
  try {
    return await namesFor(await Promise.all(expressions.map(ready)));
  } catch {
    if (expressions.length === 1) return [null];
    const values: (Table | null)[] = [];
    for (const expression of expressions) values.push(...(await computeInNames([expression])));
    return values;
  }
}

function namesFor(expressions: readonly Ready[]): Promise<(Table | null)[]> {
  return run(
    async (context) => {
      const { worksheets } = context.workbook;
      const nameOf = (i: number) => `${SCRATCH}_${i}`;
      try {
        const names = expressions.map(({ sheet, formula }, i) => {
          const item = worksheets.getItem(sheet).names.add(nameOf(i), formula);
          item.visible = false;
          return item.load("type,value,arrayValues/values");
        });
        await context.sync();
        const ranges = names.map((item) =>
          item.type === Excel.NamedItemType.range ? item.getRange().load("values") : undefined,
        );
        await context.sync();
        return names.map((item, i): Table | null => {
          if (ranges[i]) return ranges[i].values as CellValue[][];
          if (item.type === Excel.NamedItemType.array) return item.arrayValues.values as CellValue[][];
          // Excel gives this error for every function of an add-in, too.
          return item.value === "#VALUE!" ? null : [[item.value as CellValue]];
        });
      } finally {
        const left = expressions.map(({ sheet }, i) =>
          worksheets.getItem(sheet).names.getItemOrNullObject(nameOf(i)).load("name"),
        );
        await context.sync();
        for (const item of left) if (!item.isNullObject) item.delete();
        await context.sync();
      }
    },
    { mergeUndoGroup: true },
  );
}

const CELL = /"(?:[^"]|"")*"|'(?:[^']|'')*'|(?<![\p{L}\p{N}_.$])\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?![\p{L}\p{N}_.(])/giu;

/** A name has no cell of its own from which a relative reference could count, and no sheet. */
export const absolute = (text: string, sheet: string): string =>
  text.replace(CELL, (token: string, column: string | undefined, row: string | undefined, at: number) => {
    if (column === undefined || row === undefined) return token;
    const address = `$${column.toUpperCase()}$${row}`;
    return /[!:]/.test(text[at - 1] ?? "") ? address : reference({ sheet, address }, undefined);
  });
