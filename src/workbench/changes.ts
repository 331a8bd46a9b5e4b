/** What was edited since a workbook was opened: whether there is anything to save, and where rows, columns and cells went. */
import {
  CommandType,
  ICommandService,
  type ICommandInfo,
  type IExecutionOptions,
  type IRange,
  UndoCommandId,
} from "@univerjs/core";
import type { Engine } from "./engine";
import { inverse, lineMove, type Step } from "./file/follow/steps";

/** The engine's own bookkeeping: results of formulas, heights that it found, what is selected. */
const NO_EDIT =
  /worksheet-(row|column)-count|row-auto-height|row-is-auto-height|mark-dirty|mutation\.empty|array-formula|calculation|permission/;
const EDIT = /^(sheet|formula)\.mutation\./;

function isEdit({ id, type }: Readonly<ICommandInfo>, options: IExecutionOptions | undefined): boolean {
  const computed =
    options?.fromFormula ??
    (options as { applyFormulaCalculationResult?: boolean } | undefined)?.applyFormulaCalculationResult;
  return type === CommandType.MUTATION && EDIT.test(id) && !NO_EDIT.test(id) && !computed;
}

interface Params {
  readonly subUnitId: string;
  readonly range: IRange;
  readonly sourceRange: IRange;
  readonly targetRange: IRange;
  readonly fromRange: IRange;
  readonly toRange: IRange;
  readonly from: { readonly subUnitId: string };
  readonly to: { readonly subUnitId: string };
}

const height = ({ startRow, endRow }: IRange) => endRow - startRow + 1;
const width = ({ startColumn, endColumn }: IRange) => endColumn - startColumn + 1;

/** The steps of one command of the engine; "away" where cells went to another sheet. */
function stepsOf(
  id: string,
  { range, sourceRange, targetRange, fromRange, toRange, from, to }: Params,
): Step[] | "away" {
  switch (id.replace("sheet.mutation.", "")) {
    case "insert-row":
      return [{ axis: "row", at: range.startRow, count: height(range) }];
    case "remove-rows":
      return [{ axis: "row", at: range.startRow, count: -height(range) }];
    case "insert-col":
      return [{ axis: "column", at: range.startColumn, count: width(range) }];
    case "remove-col":
      return [{ axis: "column", at: range.startColumn, count: -width(range) }];
    case "move-rows":
      return lineMove("row", sourceRange.startRow, height(sourceRange), targetRange.startRow);
    case "move-columns":
      return lineMove("column", sourceRange.startColumn, width(sourceRange), targetRange.startColumn);
    case "move-range": {
      if (from.subUnitId !== to.subUnitId) return "away";
      const { startRow: row, startColumn: column } = fromRange;
      const area = { row, column, rows: height(fromRange), columns: width(fromRange) };
      return [{ from: area, to: { row: toRange.startRow, column: toRange.startColumn } }];
    }
    default:
      return [];
  }
}

/** What is kept of it in the browser, for after a crash. */
export interface Kept {
  /** By the ids of the sheets. */
  readonly steps: ReadonlyMap<string, readonly Step[]>;
  /** The ids of the sheets from or to which cells went, which what is tied to them could not follow. */
  readonly torn: ReadonlySet<string>;
}

export class Changes {
  private log = new Map<string, Step[][]>();
  torn = new Set<string>();
  private edited = false;
  private undoing = false;
  private readonly listeners = new Set<() => void>();

  constructor({ univer }: Pick<Engine, "univer">) {
    const commands = univer.__getInjector().get(ICommandService);
    commands.beforeCommandExecuted(({ id }) => {
      if (id === UndoCommandId) this.undoing = true;
    });
    commands.onCommandExecuted((command, options) => {
      if (command.id === UndoCommandId) this.undoing = false;
      if (!isEdit(command, options)) return;
      this.follow(command.id, command.params as Params);
      this.edited = true;
      this.tell();
    });
  }

  private follow(id: string, params: Params): void {
    const steps = stepsOf(id, params);
    if (steps === "away") {
      for (const { subUnitId } of [params.from, params.to]) this.torn.add(subUnitId);
      return;
    }
    if (steps.length === 0) return;
    const sheet = params.from?.subUnitId ?? params.subUnitId;
    const log = this.log.get(sheet) ?? [];
    this.log.set(sheet, log);
    // What is undone brings back what it took away.
    const undone = this.undoing && JSON.stringify(inverse(log.at(-1) ?? [])) === JSON.stringify(steps);
    if (undone) log.pop();
    else log.push(steps);
  }

  /** What happened to each sheet, by its id. */
  get steps(): ReadonlyMap<string, readonly Step[]> {
    return new Map([...this.log].map(([sheet, log]) => [sheet, log.flat()]));
  }

  get unsaved(): boolean {
    return this.edited;
  }

  /** The workbook is the one of the file, or of a draft. */
  begin(kept?: Kept): void {
    this.log = new Map([...(kept?.steps ?? [])].map(([sheet, steps]) => [sheet, steps.map((step) => [step])]));
    this.torn = new Set(kept?.torn);
    this.edited = kept !== undefined;
    this.tell();
  }

  saved(): void {
    this.edited = false;
    this.tell();
  }

  /** Called after every edit, and when there is nothing left to save. */
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
