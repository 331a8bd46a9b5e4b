/** Entry of the pane in WPS. Its page is another than that of the functions: they meet in the workbook alone. */
import { createRoot } from "react-dom/client";
import { FUNCTION_NAMES } from "../functions/declared";
import { wpsWorkbook } from "../host/wps";
import { wpsApplication } from "../host/wps-api";
import { Page } from "../taskpane/page";
import "../taskpane/page.css";

const application = wpsApplication();
createRoot(document.getElementById("root")!).render(
  <Page host={application ? wpsWorkbook(application, FUNCTION_NAMES) : null} />,
);
