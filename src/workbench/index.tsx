/** Entry of the workbench: a spreadsheet in the browser with our functions and our task pane, for those without Excel. */
import "../host/runtime";
import "../functions/functions";
import "@univerjs/preset-sheets-core/lib/index.css";
import "./page.css";
import { createRoot } from "react-dom/client";
import { Appearance } from "./appearance";
import { fetchMetadata } from "./metadata";
import { Page } from "./page";
import { TEXTS } from "./texts";

const root = document.getElementById("root");
if (!root) throw new Error("no element #root");

const appearance = new Appearance();
fetchMetadata(appearance.language).then(
  (metadata) => createRoot(root).render(<Page metadata={metadata} appearance={appearance} />),
  (error: unknown) => {
    root.textContent = TEXTS[appearance.language].notStarted;
    throw error;
  },
);
