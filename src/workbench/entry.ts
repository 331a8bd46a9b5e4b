/** Formulas as they are typed: with too few or too many arguments Excel refuses them, where the engine would show #N/A. */
import { IFunctionService } from "@univerjs/engine-formula";
import type { Engine } from "./engine";
import { callsOf, variables } from "./spelling";

export interface Miscount {
  readonly name: string;
  readonly given: number;
  readonly least: number;
  readonly most: number;
}

/** The least and the largest number of arguments of a function, by its name in capitals; undefined where it is not known. */
export type Counts = (name: string) => { readonly least: number; readonly most: number } | undefined;

/** The first call of a formula whose arguments are too few or too many. */
export function miscount(formula: string, counts: Counts): Miscount | undefined {
  // A structured reference has commas of its own.
  if (!formula.startsWith("=") || formula.includes("[")) return undefined;
  const bound = variables(formula);
  for (const { name, args } of callsOf(formula)) {
    const found = bound.has(name) ? undefined : counts(name);
    const given = args.length === 1 && args[0] === "" ? 0 : args.length;
    if (found && (given < found.least || given > found.most)) return { name, given, ...found };
  }
  return undefined;
}

/**
 * Keeps an edit open whose formula has too few or too many arguments. Call once the first workbook is there.
 * @param tell called with what is wrong, and with nothing when an edit ends
 */
export function refuseMiscounts({ univer, api }: Pick<Engine, "univer" | "api">, tell: (found?: Miscount) => void) {
  const functions = univer.__getInjector().get(IFunctionService);
  const counts: Counts = (name) => {
    const { minParams = -1, maxParams = -1 } = functions.getExecutor(name) ?? {};
    return minParams < 0 || maxParams < 0 ? undefined : { least: minParams, most: maxParams };
  };
  return api.addEvent(api.Event.BeforeSheetEditEnd, (edit) => {
    const found = edit.isConfirm ? miscount(edit.value.toPlainText().trim(), counts) : undefined;
    if (found) edit.cancel = true;
    tell(found);
  });
}
