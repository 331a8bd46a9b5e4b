/** What every view of the pane knows: the workbook, the pick, and the instrument in hand. */
import { createContext, useContext } from "react";
import type { Language, Theme, Workbook } from "../host/workbook";
import type { Claim, Jurisdiction } from "../rules";
import type { OwnPoliciesState } from "./own-policies";
import type { TableInHand } from "./table-in-hand";
import type { Typed } from "./trial/row";

/** What the user wants, each a tab: see views.ts. */
export type JobId = "policies" | "calculation" | "inspection" | "scenarios" | "pool";

/** What a job shows: see views.ts. */
export type ViewId =
  | "catalogue"
  | "own"
  | "instrument"
  | "trial"
  | "insertion"
  | "explanation"
  | "freezing"
  | "inspection"
  | "planner"
  | "scenarios";

export interface PaneState {
  /** Null where there is no workbook: everything can be read and tried, nothing inserted. */
  readonly host: Workbook | null;
  readonly language: Language;
  readonly theme: Theme;
  readonly jurisdiction: Jurisdiction;
  readonly claim: Claim;
  /** The id of the instrument in hand; none before one was chosen. */
  readonly instrument: string | undefined;
  /** What was typed into the form of each instrument: by id, then by input; kept while one looks at other views. */
  readonly typed: Readonly<Record<string, Typed>>;
  readonly type: (id: string, name: string, value: string) => void;
  /** The table that the jobs are about; none before one was taken. */
  readonly table: TableInHand | undefined;
  readonly takeTable: (table: TableInHand | undefined) => void;
  /** The user's own policies. */
  readonly own: OwnPoliciesState;
  /** Takes an instrument in hand. */
  readonly choose: (id: string) => void;
  /** Shows a view, with an instrument where one is named; a click leads back. */
  readonly show: (view: ViewId, id?: string) => void;
}

export const PaneContext = createContext<PaneState | null>(null);

/** @throws Error outside the pane */
export function usePane(): PaneState {
  const state = useContext(PaneContext);
  if (!state) throw new Error("outside the pane");
  return state;
}
