/** What `webpack --env host=wps` wrote, as WPS asks for it. */
import { existsSync, readFileSync } from "node:fs";
import { JSDOM } from "jsdom";
import { FUNCTION_NAMES } from "../../src/functions/declared";
import { localName } from "../../src/host/wps-spelling";

const read = (file: string) => readFileSync(`dist/wps/${file}`, "utf8");
const xml = (file: string) => {
  const { window } = new JSDOM();
  return new window.DOMParser().parseFromString(read(file), "text/xml");
};

test("ribbon.xml begins with its element, and main.js answers every callback that it names", () => {
  expect(read("ribbon.xml")).toMatch(/^<customUI/);
  const attributes = [...xml("ribbon.xml").querySelectorAll("*")].flatMap((element) => [...element.attributes]);
  const callbacks = attributes.flatMap(({ name, value }) => (/^(on|get)[A-Z]/.test(name) ? value : []));
  expect(callbacks).toEqual(["OnAddinLoad", "OnAction", "GetImage"]);
  for (const name of callbacks) expect(read("main.js")).toContain(name);
  // A ribbon callback that answers with a promise is not understood.
  expect(read("main.js")).not.toMatch(/async (OnAction|OnAddinLoad|GetImage)/);
});

test("the manifest names the namespace and the file that describes every function", () => {
  const manifest = xml("manifest.xml");
  expect(manifest.querySelector("Namespace")!.textContent).toBe("BUTIE");
  expect(existsSync(`dist/wps${manifest.querySelector("Uri")!.textContent}`)).toBe(true);
  const { functions } = JSON.parse(read("functions.json")) as {
    functions: { name: string; description: string; parameters: { type: string; description: string }[] }[];
  };
  expect(functions.map(({ name }) => name).sort()).toEqual(FUNCTION_NAMES.map(localName).sort());
  for (const { name, description, parameters } of functions) {
    expect(name).toMatch(/^[a-zA-Z_][a-zA-Z0-9_]*$/);
    expect(description).toMatch(/\p{Script=Han}/u);
    for (const parameter of parameters) expect(parameter.type).toMatch(/^any\[\]\[\]\??$/);
  }
});

test("pages load what lies beside them, and nothing from elsewhere; no crypto.randomUUID, which old engines lack", () => {
  for (const [page, scripts] of Object.entries({
    "index.html": ["functions.js", "main.js"],
    "taskpane.html": ["functions.js", "taskpane.js"],
    "publish.html": ["publish.js"],
  })) {
    const { document } = new JSDOM(read(page)).window;
    const found = [...document.querySelectorAll("script")].map((script) => script.getAttribute("src")!.split("?")[0]);
    expect([page, found]).toEqual([page, scripts]);
    expect(document.querySelector("meta[http-equiv]")!.getAttribute("content")).toContain("script-src 'self'");
    for (const script of scripts) expect(read(script)).not.toContain("randomUUID");
  }
});
