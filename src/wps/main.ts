/** The page that WPS loads when it starts. It registers the functions, and its globals answer the ribbon: ribbon.xml. */
import { wpsApplication, type WpsApplication, type WpsTaskPane } from "../host/wps-api";
import { associated } from "../host/runtime";
import { register } from "./register";

const PANE = "butie_taskpane";

/** The pane is made once for the workbook's window, and shown or hidden from then on. */
function togglePane(application: WpsApplication): void {
  const id = Number(application.PluginStorage.getItem(PANE) ?? 0);
  if (id) {
    const pane = application.GetTaskPane(id);
    pane.Visible = !pane.Visible;
    return;
  }
  const pane: WpsTaskPane = application.CreateTaskPane(new URL("taskpane.html", location.href).href, "补贴测算");
  application.PluginStorage.setItem(PANE, pane.ID);
  pane.Visible = true;
}

const application = wpsApplication();
if (application) register(application, associated);

Object.assign(globalThis, {
  OnAddinLoad: () => true,
  OnAction() {
    if (application) togglePane(application);
    return true;
  },
  GetImage: () => "assets/icon-32.png",
});
