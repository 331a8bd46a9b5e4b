/** Where the user stands: on a result of one of our formulas, inside a table, or elsewhere. */
import { createContext, useContext, useEffect, useState } from "react";
import { callsAny } from "../host/result";
import type { FormulaCell, Place, Workbook } from "../host/workbook";
import { FUNCTION_NAMES } from "../functions/declared";
import { useSelection } from "./selection";
import { contentOf, MOST_CELLS, tableAt, type TableInHand } from "./table-in-hand";

export type Standing =
  | { readonly kind: "elsewhere" }
  | { readonly kind: "result"; readonly place: Place; readonly cell: FormulaCell }
  | { readonly kind: "table"; readonly place: Place; readonly table: TableInHand }
  /** Too large to be looked at before a job needs it. */
  | { readonly kind: "large"; readonly place: Place };

const ELSEWHERE: Standing = { kind: "elsewhere" };
const ours = callsAny(FUNCTION_NAMES);
/** Keys that walk over cells ask nothing of the workbook. */
const PAUSE_MS = 150;

/** @param whole looks at a sheet of any size */
export async function standingAt(host: Workbook, place: Place, whole = false): Promise<Standing> {
  const cell = await host.formulaAt(place);
  if (cell && ours(cell.formula)) return { kind: "result", place, cell };
  const content = await contentOf(host, place.sheet);
  if (!content) return ELSEWHERE;
  if (!whole && content.rows * content.columns > MOST_CELLS) return { kind: "large", place };
  const table = await tableAt(host, place);
  return table ? { kind: "table", place, table } : ELSEWHERE;
}

/** Follows the selection; for the pane, which hands it on. */
export function useStandingIn(host: Workbook | null): Standing {
  const selected = useSelection(host);
  const [standing, setStanding] = useState<Standing>(ELSEWHERE);
  useEffect(() => {
    let current = true;
    const tell = (next: Standing) => current && setStanding(next);
    const timer = setTimeout(() => {
      const asked = host && selected ? standingAt(host, selected) : Promise.resolve(ELSEWHERE);
      // A cell that is being edited, or a sheet that was just deleted: there is nothing to offer.
      asked.then(tell, () => tell(ELSEWHERE));
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [host, selected]);
  return standing;
}

export const StandingContext = createContext<Standing>(ELSEWHERE);

/** Where the user stands now. */
export const useStanding = (): Standing => useContext(StandingContext);
