/** What was edited since a workbook was opened: whether there is anything to save, and which sheets changed their shape. */
import { CommandType, ICommandService, type ICommandInfo, type IExecutionOptions } from "@univerjs/core";
import type { Engine } from "./engine";

/** The engine's own bookkeeping: results of formulas, heights that it found, what is selected. */
const NO_EDIT = /row-auto-height|row-is-auto-height|mark-dirty|mutation\.empty|array-formula|calculation|permission/;
const EDIT = /^(sheet|formula)\.mutation\./;
/** Rows, columns or cells that go elsewhere, with all that a file ties to places. */
const RESHAPES = /\.(insert-row|insert-col|remove-rows|remove-col|move-rows|move-columns|move-range|reorder-range)$/;

function isEdit({ id, type }: Readonly<ICommandInfo>, options: IExecutionOptions | undefined): boolean {
  const computed =
    options?.fromFormula ??
    (options as { applyFormulaCalculationResult?: boolean } | undefined)?.applyFormulaCalculationResult;
  return type === CommandType.MUTATION && EDIT.test(id) && !NO_EDIT.test(id) && !computed;
}

export class Changes {
  /** The ids of the sheets whose rows or columns were inserted, removed or moved. */
  reshaped = new Set<string>();
  private edited = false;
  private readonly listeners = new Set<() => void>();

  constructor({ univer }: Pick<Engine, "univer">) {
    univer
      .__getInjector()
      .get(ICommandService)
      .onCommandExecuted((command, options) => {
        if (!isEdit(command, options)) return;
        const sheet = (command.params as { subUnitId?: string } | undefined)?.subUnitId;
        if (sheet && RESHAPES.test(command.id)) this.reshaped.add(sheet);
        this.edited = true;
        this.tell();
      });
  }

  get unsaved(): boolean {
    return this.edited;
  }

  /** The workbook is the one of the file, or the file has it all. */
  begin(reshaped: Iterable<string> = [], edited = false): void {
    this.reshaped = new Set(reshaped);
    this.edited = edited;
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
