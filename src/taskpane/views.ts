/** The views of the pane, in the order of the tabs. A further view is one more line here, its id in context.ts and its label. */
import { lazy, type ComponentType } from "react";
import { Catalogue } from "./catalogue/catalogue";
import type { ViewId } from "./context";
import type { TextKey } from "./texts";

interface View {
  readonly label: TextKey;
  readonly view: ComponentType;
}

export const VIEWS: Readonly<Record<ViewId, View>> = {
  catalogue: { label: "view.catalogue", view: Catalogue },
  instrument: { label: "view.instrument", view: lazy(() => import("./instrument/instrument")) },
  trial: { label: "view.trial", view: lazy(() => import("./trial/trial")) },
  insertion: { label: "view.insertion", view: lazy(() => import("./insertion/insertion")) },
  explanation: { label: "view.explanation", view: lazy(() => import("./explanation/explanation")) },
  inspection: { label: "view.inspection", view: lazy(() => import("./inspection/inspection")) },
  planner: { label: "view.planner", view: lazy(() => import("./planner/planner")) },
  scenarios: { label: "view.scenarios", view: lazy(() => import("./scenarios/scenarios")) },
};
