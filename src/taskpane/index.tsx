/** Entry of the pane in Excel. functions.js is on the same page (shared runtime) and computes with or without the pane. */
import { createRoot } from "react-dom/client";
import { FUNCTIONS } from "./function-names";
import { openExcel } from "../host/excel";
import { Pane } from "./pane";

const element = document.getElementById("root");
if (!element) throw new Error("no element #root");
const root = createRoot(element);

openExcel(FUNCTIONS).then(
  (host) => root.render(<Pane host={host} />),
  () => root.render(<Pane host={null} />),
);
