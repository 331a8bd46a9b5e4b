/** Writes formulas at the user's selection; never over anything without having asked. */
import { useCallback, useState } from "react";
import { formatAddress, parseAddress } from "../../host/address";
import type { CellValue, Place, Workbook } from "../../host/workbook";
import { noteRules } from "../made-with";
import { filledCells } from "../insertion/target";
import { useCheck } from "./now";

export type InsertionState =
  | { readonly kind: "idle" | "no-cell" }
  | { readonly kind: "occupied" | "done"; readonly place: Place; readonly cells: readonly (readonly CellValue[])[] }
  | { readonly kind: "failed"; readonly error: unknown };

export interface Insertion {
  readonly state: InsertionState;
  /**
   * Writes from the selection's first cell on.
   * @param build the cells, for the sheet they go to
   * @param spill the size that the results fill, where it is more than the cells
   */
  readonly insert: (
    build: (sheet: string) => CellValue[][],
    spill?: { readonly rows: number; readonly columns: number },
  ) => void;
  /** Writes over what was found. */
  readonly overwrite: () => void;
  readonly cancel: () => void;
}

export function useInsertion(host: Workbook | null): Insertion {
  const [state, setState] = useState<InsertionState>({ kind: "idle" });
  const check = useCheck();
  const attempt = useCallback((write: () => Promise<InsertionState>) => {
    write().then(setState, (error: unknown) => setState({ kind: "failed", error }));
  }, []);

  const write = useCallback(
    async (place: Place, cells: readonly (readonly CellValue[])[]): Promise<InsertionState> => {
      await host!.write([{ place, cells }]);
      await noteRules(host!);
      return { kind: "done", place, cells };
    },
    [host],
  );
  const insert = useCallback<Insertion["insert"]>(
    (build, spill) =>
      attempt(async () => {
        await check();
        const selected = host && (await host.selection());
        if (!selected) return { kind: "no-cell" };
        const entered = build(selected.sheet);
        const { rows, columns } = spill ?? { rows: entered.length, columns: entered[0]!.length };
        const address = formatAddress({ ...parseAddress(selected.address)!, rows, columns });
        const place = { sheet: selected.sheet, address };
        // A result spills into empty cells only: what stands below the formula is cleared with it.
        const cells = Array.from({ length: rows }, (_, r) =>
          Array.from({ length: columns }, (__, c) => entered[r]?.[c] ?? ""),
        );
        return (await filledCells(host, place)) > 0 ? { kind: "occupied", place, cells } : write(place, cells);
      }),
    [host, attempt, check, write],
  );
  const overwrite = useCallback(() => {
    if (state.kind === "occupied") attempt(() => write(state.place, state.cells));
  }, [state, attempt, write]);
  return { state, insert, overwrite, cancel: useCallback(() => setState({ kind: "idle" }), []) };
}
