// What the build wrote, as Excel and a browser will find it. Run `npm run build` first.
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { JSDOM } from "jsdom";

const read = (file: string) => readFileSync(`dist/${file}`, "utf8");

interface Metadata {
  readonly functions: readonly {
    id: string;
    description: string;
    parameters: readonly { name: string; description: string }[];
  }[];
}
const metadata = (file: string) => JSON.parse(read(file)) as Metadata;

const scriptsOf = (page: string) =>
  [...new JSDOM(read(page)).window.document.querySelectorAll("script")].map((script) => script.getAttribute("src"));

const policyOf = (page: string) => {
  const { head } = new JSDOM(read(page)).window.document;
  const policy = head.querySelector("meta[http-equiv=Content-Security-Policy]")!;
  // What stands before the policy is not bound by it.
  const before = [...head.children].slice(0, [...head.children].indexOf(policy));
  expect(before.map((element) => element.localName)).toEqual(["meta", "meta"]);
  return Object.fromEntries(
    policy
      .getAttribute("content")!
      .split("; ")
      .map((directive) => [directive.split(" ")[0]!, directive.split(" ").slice(1)]),
  ) as Record<string, string[]>;
};

test("functions.js associates every function of functions.json where there is CustomFunctions and nothing else", () => {
  const associated: string[] = [];
  const CustomFunctions = { associate: (id: string) => associated.push(id), Error, ErrorCode: {} };
  runInContext(read("functions.js"), createContext({ CustomFunctions }));
  expect(associated.sort()).toEqual(
    metadata("functions.json")
      .functions.map((fn) => fn.id)
      .sort(),
  );
});

test("the Chinese metadata has the same functions and parameters, and every text is Chinese", () => {
  const names = ({ functions }: Metadata) =>
    functions.map(({ id, parameters }) => [id, ...parameters.map(({ name }) => name)]);
  const chinese = metadata("functions-zh-CN.json");
  expect(names(chinese)).toEqual(names(metadata("functions.json")));
  for (const { description, parameters } of chinese.functions)
    for (const text of [description, ...parameters.map((parameter) => parameter.description)])
      expect(text).toMatch(/\p{Script=Han}/u);
});

test("the pane's page loads Office.js, the functions and the pane, in this order", () => {
  expect(scriptsOf("taskpane.html")).toEqual([
    "https://appsforoffice.microsoft.com/lib/1/hosted/office.js",
    expect.stringMatching(/^functions\.js\?/),
    expect.stringMatching(/^taskpane\.js\?/),
  ]);
});

test("the pane stays under 220 kB, the functions with all policies under 212 kB, as a server sends them", () => {
  const kilobytes = (file: string) => gzipSync(read(file)).length / 1000;
  // What is not shown at first lies in files of its own (pane-*.js).
  expect(kilobytes("taskpane.js")).toBeLessThan(220);
  // 2026-11-27: versions of documents, BUTIE.DIFF and what own policies may say came to some 6 kB; sub-pools, routes, the lattice of
  // BEST and growths with caps to 14 kB more; counts of nearly equal amounts in BEST 2 kB; sums of caps under a growth, and what a
  // table needs, 1 kB; 2026-11-28: sizes under growths, and small claims as cumulants, 1.5 kB.
  expect(kilobytes("functions.js")).toBeLessThan(212);
});

test("the pane and the workbench are built for production: React has no jsxDEV there, and nothing would start", () => {
  for (const file of ["taskpane.js", "workbench/workbench.js"]) expect(read(file)).not.toMatch(/\.jsxDEV\)?\(/);
});

test("no spreadsheet is in what Excel loads", () => {
  expect(read("workbench/univer.js")).toMatch(/univer/i);
  for (const file of ["functions.js", "taskpane.js"]) expect(read(file)).not.toMatch(/univerjs|UniverInstance/i);
});

test("the pane may load from its own address and Office.js's, nothing else, and no text becomes code", () => {
  const office = "https://appsforoffice.microsoft.com";
  expect(policyOf("taskpane.html")).toMatchObject({
    "default-src": ["'self'"],
    "script-src": ["'self'", office],
    "connect-src": ["'self'", office],
    "object-src": ["'none'"],
  });
});

test("the workbench may load from its own address, nothing else", () => {
  expect(policyOf("workbench/index.html")).toMatchObject({
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "connect-src": ["'self'"],
  });
  for (const script of scriptsOf("workbench/index.html")) expect(script).toMatch(/^[\w-]+\.js$/);
});
