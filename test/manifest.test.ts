// What Excel (and Microsoft's online validation, which needs the network) would refuse in manifest.xml, checked offline.
import { existsSync, readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const { DOMParser } = new JSDOM().window;

/** Excel reads children in this order only: learn.microsoft.com/office/dev/add-ins/develop/manifest-element-ordering. */
const ORDER: Record<string, string> = {
  OfficeApp: `Id AlternateId Version ProviderName DefaultLocale DisplayName Description IconUrl HighResolutionIconUrl SupportUrl
    AppDomains Hosts Requirements DefaultSettings Permissions VersionOverrides`,
  VersionOverrides: "Description Requirements Hosts Resources",
  Host: "Runtimes AllFormFactors DesktopFormFactor",
  DesktopFormFactor: "GetStarted FunctionFile ExtensionPoint",
  GetStarted: "Title Description LearnMoreUrl",
  ExtensionPoint: "Script Page Metadata Namespace OfficeTab CustomTab",
  Group: "Label Icon Control",
  Control: "Label Supertip Icon Action",
  Supertip: "Title Description",
  Action: "TaskpaneId SourceLocation",
  Resources: "Images Urls ShortStrings LongStrings",
};

const LONGEST: Record<string, number> = {
  DisplayName: 125,
  Description: 250,
  ShortStrings: 125,
  LongStrings: 250,
  Urls: 2048,
  Images: 2048,
};

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const texts = (element: Element): string[] =>
  ["DefaultValue", "Value"].flatMap((name) => element.getAttribute(name) ?? []);

/** The addresses in the manifest, those of the other language included. */
function addresses(elements: readonly Element[]): string[] {
  return elements.flatMap(texts).filter((text) => /^https?:/.test(text));
}

function faultsOf(xml: string, folder: string): string[] {
  const document = new DOMParser().parseFromString(xml, "application/xml");
  if (document.querySelector("parsererror")) return ["not well-formed"];
  const elements = [...document.getElementsByTagName("*")];
  const faults: string[] = [];

  for (const element of elements) {
    const order = ORDER[element.localName]?.split(/\s+/);
    // The <Host> of the list of hosts has no children; the one of the ribbon has.
    const places = [...element.children].map((child) => order?.indexOf(child.localName) ?? 0);
    if (places.includes(-1)) faults.push(`unknown child in ${element.localName}`);
    if (places.some((place, i) => i > 0 && place < places[i - 1]!)) faults.push(`order in ${element.localName}`);
  }

  const resources = [...document.querySelectorAll("Resources [id]")].map((element) => element.getAttribute("id")!);
  for (const id of resources) {
    if (id.length > 32) faults.push(`resid longer than 32: ${id}`);
    if (resources.indexOf(id) !== resources.lastIndexOf(id)) faults.push(`resid declared twice: ${id}`);
  }
  const used = elements.flatMap((element) => element.getAttribute("resid") ?? []);
  for (const id of used) if (!resources.includes(id)) faults.push(`resid without resource: ${id}`);
  for (const id of resources) if (!used.includes(id)) faults.push(`resource without use: ${id}`);

  for (const element of elements) {
    // The text's own element, or the list that it is in.
    const owner = [element, element.parentElement, element.parentElement?.parentElement].find(
      (e) => LONGEST[e?.localName ?? ""],
    );
    for (const text of texts(element))
      if (owner && text.length > LONGEST[owner.localName]!) faults.push(`too long in ${owner.localName}: ${text}`);
    const translatable =
      /^(DisplayName|Description|String)$/.test(element.localName) && element.hasAttribute("DefaultValue");
    if (translatable && element.children[0]?.getAttribute("Locale") !== "zh-CN")
      faults.push(`no Chinese text: ${texts(element).join()}`);
  }

  const runtime = document.querySelector("Runtime")?.getAttribute("resid");
  for (const sharing of ["Page > SourceLocation", "FunctionFile", "Action > SourceLocation"])
    if (document.querySelector(sharing)?.getAttribute("resid") !== runtime)
      faults.push(`${sharing} is not the page of the shared runtime`);

  const found = addresses(elements);
  const origins = new Set(found.map((address) => new URL(address).origin));
  if (origins.size !== 1) faults.push(`addresses on several servers: ${[...origins].join(" ")}`);
  for (const address of found) {
    if (!address.startsWith("https:")) faults.push(`not https: ${address}`);
    if (!existsSync(folder + new URL(address).pathname)) faults.push(`not in dist/: ${address}`);
  }

  const text = (name: string) => document.getElementsByTagName(name)[0]?.textContent ?? "";
  if (!GUID.test(text("Id"))) faults.push("Id is no GUID");
  if (!/^\d+(\.\d+){2,3}$/.test(text("Version"))) faults.push("Version is not of the form 1.2.3.4");
  return faults;
}

const xml = readFileSync("manifest.xml", "utf8");

test("Excel has nothing to refuse, and every file named is built", () => {
  expect(faultsOf(xml, "dist")).toEqual([]);
});

test("the build changes nothing but the addresses", () => {
  expect(readFileSync("dist/manifest.xml", "utf8")).toBe(xml);
});

test("functions have no prefix, and ask for no newer Excel than they need", () => {
  expect(xml).not.toContain("<Namespace");
  const sets = [...xml.matchAll(/<Set Name="(\w+)" MinVersion="([\d.]+)"/g)].map(
    ([, name, version]) => `${name} ${version}`,
  );
  expect(sets).toEqual(["SharedRuntime 1.1", "CustomFunctionsRuntime 1.2"]);
});

test.each([
  ["an unclosed element", xml.replace("</Hosts>", ""), "not well-formed"],
  [
    "elements out of order",
    xml.replace(/(<Script>.*<\/Script>)\s*(<Page>.*<\/Page>)/s, "$2$1"),
    "order in ExtensionPoint",
  ],
  ["an element that Excel does not know", xml.replaceAll("Supertip>", "Supertips>"), "unknown child in Control"],
  ["a missing resource", xml.replace(' id="Group.Label"', ' id="Group.Name"'), "resid without resource: Group.Label"],
  ["an unused resource", xml.replace(' id="Group.Label"', ' id="Group.Name"'), "resource without use: Group.Name"],
  ["a resource declared twice", xml.replace(' id="Icon.16"', ' id="Icon.32"'), "resid declared twice: Icon.32"],
  ["a long resid", xml.replaceAll("Group.Label", `Group.Label${"x".repeat(22)}`), /^resid longer than 32/],
  ["a long description", xml.replace("Computes the", "Computes the ".repeat(20)), /^too long in Description/],
  ["a long label", xml.replace("Subsidy pane", "Subsidy pane".repeat(11)), /^too long in ShortStrings/],
  [
    "a text without its Chinese",
    xml.replace(/<bt:Override Locale="zh-CN" Value="补贴"\/>/, ""),
    "no Chinese text: Subsidies",
  ],
  ["http", xml.replace("https://localhost:3000/functions.js", "http://localhost:3000/functions.js"), /^not https/],
  [
    "a second server",
    xml.replace("https://localhost:3000/functions.js", "https://example.com/functions.js"),
    /^addresses on/,
  ],
  ["a file that is not built", xml.replaceAll("icon-80.png", "icon-81.png"), /^not in dist\/: .*icon-81\.png/],
  [
    "a second page",
    xml.replace(/(<Page>\s*<SourceLocation resid=")Taskpane.Url/, "$1Functions.Script.Url"),
    /shared runtime$/,
  ],
  ["a broken GUID", xml.replace("<Id>4ba50074-", "<Id>"), "Id is no GUID"],
  ["a broken version", xml.replace("<Version>0.2.0.0", "<Version>0.1b"), /^Version/],
])("%s is found", (_name, broken, fault) => {
  expect(broken).not.toBe(xml);
  expect(faultsOf(broken, "dist")).toContainEqual(expect.stringMatching(fault));
});
