/** How a cell of the workbench calls one of our functions: with Excel's rules for arguments, results and errors. */
import type { Nullable } from "@univerjs/core";
import {
  ArrayValueObject,
  BaseFunction,
  type BaseValueObject,
  BooleanValueObject,
  ERROR_TYPE_SET,
  ErrorType,
  ErrorValueObject,
  NullValueObject,
  NumberValueObject,
  StringValueObject,
} from "@univerjs/engine-formula";
import { TEXT_FUNCTIONS } from "./chinese-text";
import "./formula-cache";
import "./grid";
import "./index-cache";
import "./whole-lines";
import type { CellId, Messages } from "./message";
import type { FunctionMetadata, Metadata } from "./metadata";
import { REFERENCE_FUNCTIONS } from "./references";
import { FunctionError, type Implementation } from "./runtime";

/** An engine value → what Excel hands over: a blank is "", an error is an object of the runtime's error class. */
function toArgument(value: Nullable<BaseValueObject>): unknown {
  if (!value || value.isNull()) return "";
  if (value.isError()) return new FunctionError((value as ErrorValueObject).getErrorType());
  return value.getValue();
}

function toTable(variant: BaseValueObject): unknown[][] {
  if (!variant.isArray()) return [[toArgument(variant)]];
  return (variant as ArrayValueObject).getArrayValue().map((row) => row.map(toArgument));
}

function arrayOf(rows: BaseValueObject[][]): ArrayValueObject {
  const columnCount = rows[0]?.length ?? 0;
  return ArrayValueObject.create({
    calculateValueList: rows,
    rowCount: rows.length,
    columnCount,
    unitId: "",
    sheetId: "",
    row: -1,
    column: -1,
  });
}

/** The function as a class of the engine, which makes one object of it. */
function callable(metadata: FunctionMetadata, implementation: Implementation, seesErrors: boolean, messages: Messages) {
  const { parameters } = metadata;

  return class extends BaseFunction {
    override minParams = parameters.filter((parameter) => !parameter.optional).length;
    override maxParams = parameters.length;

    override calculate(...variants: BaseValueObject[]): BaseValueObject {
      const caller = { sheetId: this.subUnitId ?? "", row: this.row, column: this.column };
      messages.begin(caller);
      const args: unknown[] = [];
      for (const [index, { dimensionality }] of parameters.entries()) {
        const variant = variants[index];
        // An argument that is left out, or left empty between commas, arrives as null, as in Excel.
        const table = variant && (variant.isArray() || !variant.isNull()) ? toTable(variant) : null;
        const error = seesErrors ? undefined : table?.flat().find((value) => value instanceof FunctionError);
        if (error) return ErrorValueObject.create(error.code as ErrorType);
        args.push(dimensionality === "matrix" || !table ? table : table[0]?.[0]);
      }
      try {
        return this.result(implementation(...args), caller);
      } catch (error) {
        // An exception that left here would stop the engine for good.
        return this.error(error, caller, caller);
      }
    }

    private result(value: unknown, caller: CellId): BaseValueObject {
      if (!Array.isArray(value)) return this.cell(value, caller, caller);
      const rows = value as unknown[][];
      return arrayOf(
        rows.map((row, r) =>
          row.map((item, c) => this.cell(item, caller, { ...caller, row: caller.row + r, column: caller.column + c })),
        ),
      );
    }

    private cell(value: unknown, caller: CellId, cell: CellId): BaseValueObject {
      if (typeof value === "number") {
        return Number.isFinite(value) ? NumberValueObject.create(value) : ErrorValueObject.create(ErrorType.NUM);
      }
      if (typeof value === "string") return StringValueObject.create(value);
      if (typeof value === "boolean") return BooleanValueObject.create(value);
      if (value === null || value === undefined) return NullValueObject.create();
      return this.error(value, caller, cell);
    }

    private error(error: unknown, caller: CellId, cell: CellId): BaseValueObject {
      const { code, message } = error as Partial<FunctionError>;
      const known = ERROR_TYPE_SET.has(code as ErrorType) ? (code as ErrorType) : ErrorType.VALUE;
      if (message) messages.add(caller, cell, { code: known, text: message });
      return ErrorValueObject.create(known);
    }
  };
}

/** The functions, for the engine's plugin. Every one that the metadata names must have announced itself. */
function callables(metadata: Metadata, implementations: ReadonlyMap<string, Implementation>, messages: Messages) {
  return metadata.functions.map((each): [ReturnType<typeof callable>, string] => {
    const implementation = implementations.get(each.id.toUpperCase());
    if (!implementation) throw new Error(`functions.json names ${each.id}, which is not associated`);
    return [callable(each, implementation, metadata.allowErrorForDataTypeAny ?? false, messages), each.name];
  });
}

/** All that the engine is given beyond its own functions. */
export const engineFunctions = (...args: Parameters<typeof callables>) => [
  ...callables(...args),
  ...REFERENCE_FUNCTIONS,
  ...TEXT_FUNCTIONS,
];
