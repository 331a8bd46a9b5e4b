/** What was entered into the scenario tab. It lives with everything else that was typed into the pane. */
import { useCallback, useMemo } from "react";
import { usePane } from "../context";
import type { ScenarioRow } from "./table";

/** Where the form is kept among the texts of the pane. */
export const ID = "scenarios";

export type FieldName =
  "range" | "rows" | "table" | "per-row" | "template" | "gains-from" | "gains-to" | "set" | "set-name";

export interface ScenarioForm {
  readonly typed: Readonly<Partial<Record<FieldName, string>>>;
  readonly rows: readonly ScenarioRow[];
  readonly change: (name: FieldName, value: string) => void;
  readonly setRows: (rows: readonly ScenarioRow[]) => void;
}

export function useScenarioForm(): ScenarioForm {
  const { typed: all, type } = usePane();
  const typed: ScenarioForm["typed"] = all[ID] ?? {};
  const change = useCallback((name: FieldName, value: string) => type(ID, name, value), [type]);
  const setRows = useCallback((rows: readonly ScenarioRow[]) => change("rows", JSON.stringify(rows)), [change]);
  const rows = useMemo(() => JSON.parse(typed.rows ?? "[]") as ScenarioRow[], [typed.rows]);
  return { typed, rows, change, setRows };
}
