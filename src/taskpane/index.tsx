/** Entry of the pane in Excel. functions.js is on the same page (shared runtime) and computes with or without the pane. */
import { createRoot } from "react-dom/client";
import { openExcel } from "../host/excel";
import { FUNCTION_NAMES } from "../functions/declared";
import { Page } from "./page";
import "./page.css";

const element = document.getElementById("root");
if (!element) throw new Error("no element #root");
const root = createRoot(element);

openExcel(FUNCTION_NAMES).then(
  (host) => root.render(<Page host={host} />),
  () => root.render(<Page host={null} />),
);
