/**
 * A repair of Univer 0.25.1: `@` before a name or a call, and `D1#`, which it reads and does not compute. Formulas keep their
 * spelling; before they are parsed, `@A1:A3` becomes SINGLE(A1:A3) and `D1#` ANCHORARRAY(D1), as in files, and these two
 * are functions here. So is the array formula of an older Excel, which fills exactly the cells of its range.
 */
import type { Nullable } from "@univerjs/core";
import {
  ArrayValueObject,
  AstTreeBuilder,
  BaseFunction,
  BaseReferenceObject,
  type BaseValueObject,
  ErrorType,
  ErrorValueObject,
  Lexer,
  type LexerNode,
  LexerTreeBuilder,
  NullValueObject,
  RangeReferenceObject,
} from "@univerjs/engine-formula";
import { ARRAY_FORMULA } from "./file/read";
import { withFunctions } from "./spelling";

/** As many as in Excel. */
const MOST_LEVELS = 64;

/** Whether brackets or signs stand inside one another at more levels than Excel takes; the engine would never come back. */
function isTooDeep(formula: string): boolean {
  if (formula.length <= MOST_LEVELS) return false;
  let depth = 0;
  let deepest = 0;
  for (const [token] of formula.matchAll(/"[^"]*"|'[^']*'|[({]|[)}]|[-+]{65}/g)) {
    if (token === "(" || token === "{") depth++;
    else if (token === ")" || token === "}") depth--;
    else if (/^[-+]/.test(token)) return true;
    deepest = Math.max(deepest, depth);
  }
  return deepest > MOST_LEVELS;
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its object below
const build = Lexer.prototype.treeBuilder;
Lexer.prototype.treeBuilder = function (this: Lexer, formula, transformSuffix) {
  if (isTooDeep(formula)) return ErrorType.VALUE;
  try {
    return build.call(this, /[@#]/.test(formula) ? withFunctions(formula) : formula, transformSuffix);
  } catch {
    // Names that stand for one another without end; an exception that left here would stop the engine for good.
    return ErrorType.VALUE;
  }
};

/** Operators in a row make a tree as deep as they are many; beyond this the engine would run out of stack. */
const MOST_OPERATORS = 2000;

interface Node {
  getChildren(): readonly Node[];
}

function isDeeper(root: Node, levels: number): boolean {
  let nodes: readonly Node[] = [root];
  for (let level = 0; nodes.length > 0; level++) {
    if (level > levels) return true;
    nodes = nodes.flatMap((node) => node.getChildren());
  }
  return false;
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its object below
const { parse } = AstTreeBuilder.prototype;
AstTreeBuilder.prototype.parse = function (this: AstTreeBuilder, lexed) {
  try {
    const node = parse.call(this, lexed);
    if (!node || !isDeeper(node, MOST_OPERATORS)) return node;
  } catch {
    // As for names above.
  }
  return parse.call(this, new LexerTreeBuilder().treeBuilder(`=${ErrorType.VALUE}`) as LexerNode);
};

/*
 * A formula that stands in many cells is kept once, and moved to each: of $A$1:$A1 one end moves. The engine counts the rows and
 * columns of such a range as they are in the first cell, so that INDEX finds nothing in the rows that came to it.
 */
BaseReferenceObject.prototype.getRowCount = function (this: BaseReferenceObject) {
  const { startRow, endRow } = this.getRangePosition();
  return endRow - startRow + 1;
};
BaseReferenceObject.prototype.getColumnCount = function (this: BaseReferenceObject) {
  const { startColumn, endColumn } = this.getRangePosition();
  return endColumn - startColumn + 1;
};

const error = (type: ErrorType) => ErrorValueObject.create(type);

/** The one cell of a range that lies in the row or column of the formula. */
class Single extends BaseFunction {
  override minParams = 1;
  override maxParams = 1;
  override needsReferenceObject = true;

  override calculate(value: BaseValueObject | BaseReferenceObject): BaseValueObject | BaseReferenceObject {
    if (!value.isReferenceObject()) {
      const array = value as ArrayValueObject;
      return value.isArray() ? (array.getFirstCell() ?? NullValueObject.create()) : value;
    }
    const reference = value as BaseReferenceObject;
    const { startRow, startColumn, endRow, endColumn } = reference.getRangePosition();
    if (startRow === endRow && startColumn === endColumn) return reference;
    if (startColumn === endColumn && this.row >= startRow && this.row <= endRow)
      return reference.getCellByRow(this.row);
    if (startRow === endRow && this.column >= startColumn && this.column <= endColumn) {
      return reference.getCellByColumn(this.column);
    }
    return error(ErrorType.VALUE);
  }
}

/** The range that the formula in a cell fills. */
class AnchorArray extends BaseFunction {
  override minParams = 1;
  override maxParams = 1;
  override needsReferenceObject = true;

  override calculate(value: BaseValueObject | BaseReferenceObject): BaseValueObject | BaseReferenceObject {
    if (!value.isReferenceObject()) return error(ErrorType.REF);
    const cell = value as BaseReferenceObject;
    const { startRow, startColumn, endRow, endColumn } = cell.getRangePosition();
    if (startRow !== endRow || startColumn !== endColumn) return error(ErrorType.REF);
    const [unit, sheet] = [cell.getUnitId(), cell.getSheetId()];
    const of = (ranges: ReturnType<BaseReferenceObject["getRuntimeArrayFormulaRange"]>) =>
      ranges?.[unit]?.[sheet]?.[startRow]?.[startColumn];
    const area = of(cell.getRuntimeArrayFormulaRange()) ?? of(cell.getArrayFormulaRange());
    if (!area) return error(ErrorType.REF);
    const spilled = new RangeReferenceObject(area);
    spilled.setDefaultUnitId(unit);
    spilled.setDefaultSheetId(sheet);
    return spilled;
  }
}

/** ARRAYFORMULA(array, rows, columns): the array cut or repeated to a size, as `{=…}` of an older Excel does it. */
class ArrayFormula extends BaseFunction {
  override minParams = 3;
  override maxParams = 3;

  override calculate(value: BaseValueObject, height: BaseValueObject, width: BaseValueObject): BaseValueObject {
    const [rowCount, columnCount] = [Number(height.getValue()), Number(width.getValue())];
    const given: Nullable<BaseValueObject>[][] = value.isArray()
      ? (value as ArrayValueObject).getArrayValue()
      : [[value]];
    const [rows, columns] = [given.length, given[0]?.length ?? 0];
    const at = (row: number, column: number) =>
      row < rows && column < columns ? (given[row]?.[column] ?? NullValueObject.create()) : error(ErrorType.NA);
    const list = Array.from({ length: rowCount }, (_, row) =>
      Array.from({ length: columnCount }, (__, column) => at(rows === 1 ? 0 : row, columns === 1 ? 0 : column)),
    );
    const place = { unitId: "", sheetId: "", row: -1, column: -1 };
    return ArrayValueObject.create({ calculateValueList: list, rowCount, columnCount, ...place });
  }
}

/** CHOOSE with an array of numbers: `CHOOSE({1,2},A1:A9,C1:C9)` puts columns side by side, cell by cell. */
class Choose extends BaseFunction {
  override minParams = 2;
  override maxParams = 255;

  override calculate(index: BaseValueObject, ...values: BaseValueObject[]): BaseValueObject {
    const tables = [index, ...values].map((value) =>
      value.isArray() ? (value as ArrayValueObject).getArrayValue() : [[value]],
    );
    const chosen = index.isArray() ? tables : [tables[0]!, tables[Math.trunc(Number(index.getValue()))] ?? [[null]]];
    const rowCount = Math.max(...chosen.map((rows) => rows.length));
    const columnCount = Math.max(...chosen.map((rows) => rows[0]?.length ?? 0));
    const at = (rows: Nullable<BaseValueObject>[][], row: number, column: number) => {
      const line = rows.length === 1 ? rows[0]! : rows[row];
      return line && (line.length === 1 ? line[0] : line[column]);
    };
    const cell = (row: number, column: number): BaseValueObject => {
      const number = at(tables[0]!, row, column);
      if (number?.isError()) return number;
      const table = number && tables[Math.trunc(Number(number.getValue()))];
      if (!number || !table || table === tables[0]) return error(ErrorType.VALUE);
      const value = at(table, row, column);
      return value === undefined ? error(ErrorType.NA) : (value ?? NullValueObject.create());
    };
    const list = Array.from({ length: rowCount }, (_, row) =>
      Array.from({ length: columnCount }, (__, column) => cell(row, column)),
    );
    if (rowCount === 1 && columnCount === 1) return list[0]![0]!;
    const place = { unitId: "", sheetId: "", row: -1, column: -1 };
    return ArrayValueObject.create({ calculateValueList: list, rowCount, columnCount, ...place });
  }
}

/** For the engine's plugin. */
export const REFERENCE_FUNCTIONS: [typeof Single | typeof AnchorArray | typeof ArrayFormula | typeof Choose, string][] =
  [
    [Choose, "CHOOSE"],
    [Single, "SINGLE"],
    [AnchorArray, "ANCHORARRAY"],
    [ArrayFormula, ARRAY_FORMULA],
  ];
