/**
 * The page from which a user installs the add-in, as `wpsjs publish` makes one: WPS has a service of its own on the user's machine,
 * which takes the name and the address of an add-in.
 */
const SERVICE = "http://127.0.0.1:58890/deployaddons/runParams";
/** Starts that service where WPS is installed. */
const START = "ksoWPSCloudSvr://start=RelayHttpServer";

const shown = document.getElementById("status")!;

async function tell(cmd: "enable" | "disable"): Promise<void> {
  const url = new URL(".", location.href).href;
  const addIn = { cmd, name: "Butie", url, addonType: "et", online: "true", customDomain: "" };
  shown.textContent = "正在联系本机的 WPS…";
  try {
    const answer = await fetch(SERVICE, { method: "POST", body: btoa(JSON.stringify(addIn)) });
    const said = await answer.text();
    if (!answer.ok || !["", "OK"].includes(said)) throw new Error(said || String(answer.status));
    shown.textContent = cmd === "enable" ? "已安装，请重新启动 WPS 表格。" : "已卸载，请重新启动 WPS 表格。";
  } catch (error) {
    const { message } = error as Error;
    shown.textContent = `没有成功（${message}）。请确认装有 WPS，并允许浏览器打开 WPS，然后再点一次。`;
    location.href = START;
  }
}

document.getElementById("enable")!.onclick = () => void tell("enable");
document.getElementById("disable")!.onclick = () => void tell("disable");

export {};
