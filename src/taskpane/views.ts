/**
 * The jobs of the pane, each a tab, and the views that serve them. A further view is one more line here, its id in context.ts
 * and its label.
 */
import { lazy, type ComponentType } from "react";
import { Catalogue } from "./catalogue/catalogue";
import type { JobId, ViewId } from "./context";
import type { TextKey } from "./texts";

interface View {
  readonly label: TextKey;
  readonly job: JobId;
  readonly view: ComponentType;
}

export const VIEWS: Readonly<Record<ViewId, View>> = {
  catalogue: { label: "view.catalogue", job: "policies", view: Catalogue },
  own: { label: "view.own", job: "policies", view: lazy(() => import("./own/own")) },
  instrument: { label: "view.instrument", job: "policies", view: lazy(() => import("./instrument/instrument")) },
  insertion: { label: "view.insertion", job: "calculation", view: lazy(() => import("./insertion/insertion")) },
  trial: { label: "view.trial", job: "calculation", view: lazy(() => import("./trial/trial")) },
  explanation: { label: "view.explanation", job: "calculation", view: lazy(() => import("./explanation/explanation")) },
  freezing: { label: "view.freezing", job: "calculation", view: lazy(() => import("./freezing/freezing")) },
  inspection: { label: "view.inspection", job: "inspection", view: lazy(() => import("./inspection/inspection")) },
  scenarios: { label: "view.scenarios", job: "scenarios", view: lazy(() => import("./scenarios/scenarios")) },
  planner: { label: "view.planner", job: "pool", view: lazy(() => import("./planner/planner")) },
};

interface Job {
  readonly label: TextKey;
  /** The views one may choose among, the one that a click on the tab opens first. Other views are reached from these. */
  readonly parts: readonly [ViewId, ...ViewId[]];
}

/** In the order of the tabs. */
export const JOBS: Readonly<Record<JobId, Job>> = {
  policies: { label: "job.policies", parts: ["catalogue", "own"] },
  calculation: { label: "job.calculation", parts: ["insertion", "trial", "explanation", "freezing"] },
  inspection: { label: "job.inspection", parts: ["inspection"] },
  scenarios: { label: "job.scenarios", parts: ["scenarios"] },
  pool: { label: "job.pool", parts: ["planner"] },
};
