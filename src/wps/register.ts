/** Our functions as custom functions of WPS. It calls them one by one and synchronously, and knows no error but a thrown one. */
import { DECLARED } from "../functions/declared";
import { setPick } from "../functions/pick";
import { parsePick } from "../host/pick";
import { FunctionError, type Implementation } from "../host/runtime";
import type { WorkbookPick } from "../host/workbook";
import { namesOf } from "../host/wps";
import type { WpsApplication } from "../host/wps-api";
import { localName, NAMESPACE } from "../host/wps-spelling";

export function register(application: WpsApplication, functions: ReadonlyMap<string, Implementation>): void {
  for (const [id, implementation] of functions)
    application.AddCustomFunction?.(NAMESPACE, localName(id), (...args) => {
      usePick(id, args, application);
      return shown(implementation(...args.map((argument) => argument ?? null)));
    });
}

/** @throws Error where the call leaves it to a pick which jurisdiction or year is meant, and open workbooks have different ones */
function usePick(id: string, args: readonly unknown[], { Workbooks }: WpsApplication): void {
  const picks = Array.from({ length: Workbooks.Count }, (_, i) => parsePick(new Map(namesOf(Workbooks.Item(i + 1)))));
  const key = ({ jurisdiction, year }: WorkbookPick): string => `${jurisdiction} ${year}`;
  const { picked } = DECLARED[id]!;
  const isLeftOut = [picked.jurisdiction, picked.year].some((at) => at >= 0 && (args[at] ?? null) === null);
  // WPS does not say for which of the open workbooks it calls.
  if (isLeftOut && new Set(picks.map(key)).size > 1)
    throw new Error(
      "打开的工作簿所选的辖区或年度不同，请在公式里写明 / open workbooks differ in their pick: write both",
    );
  setPick(picks[0] ?? {});
}

/** An error that is all of the answer is thrown; among other cells it is its code, as text. */
function shown(answer: unknown): unknown {
  const table = answer as readonly (readonly unknown[])[];
  const [first] = table[0]!;
  if (table.length === 1 && table[0]!.length === 1 && first instanceof FunctionError) throw first;
  return table.map((row) => row.map((cell) => (cell instanceof FunctionError ? cell.code : cell)));
}
