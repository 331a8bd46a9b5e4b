import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOGUE, POLICIES, readingsOf } from "../../src/rules";
import { cataloguePage } from "../../src/writers/page";

const PAGE = join(__dirname, "../../docs/catalogue.md");
const page = cataloguePage();

test("docs/catalogue.md is what the policy files say; `npm run catalogue` writes it anew", () => {
  expect(readFileSync(PAGE, "utf8").replaceAll("\r\n", "\n")).toBe(page);
});

/** The part of the page on one instrument. */
const sectionOf = (id: string): string => page.split(`<a id="${id}"></a>`)[1]!.split("<a id=")[0]!;

test.each(CATALOGUE.map(({ instrument }) => [instrument.id, instrument] as const))(
  "%s is there in full",
  (id, instrument) => {
    const section = sectionOf(id);
    expect(section).toContain(`### ${instrument.article} ${instrument.name.zh} · ${instrument.name.en}`);
    for (const quote of [instrument.quote].flat()) expect(section).toContain(`> ${quote}`);
    for (const [name, { register, doubt, options }] of Object.entries(readingsOf(instrument))) {
      // Said once for the page and once for the document.
      if (name === "rounding" || name === "window_end") continue;
      expect(section).toContain(`（${register}）`);
      expect(section).toContain(`- 读法：${doubt.zh}？`);
      for (const { zh } of Object.values(options)) expect(section).toContain(`“${zh}”`);
    }
    for (const { answer } of instrument.doubts ?? []) expect(section).toContain(answer.zh);
  },
);

test("documents in their order with status and window; links lead somewhere", () => {
  const places = POLICIES.map(({ document }) => page.indexOf(`<a id="${document.id}"></a>`));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(sectionOf("hz")).toContain("- 状态：征求意见稿");
  expect(sectionOf("bj")).toContain("- 有效期：2025-06-10 至 2028-06-09");
  expect(sectionOf("bj")).toContain("- 读法：有效期到哪一日为止？默认“按文件原文”");
  for (const { document, instruments } of POLICIES)
    for (const { text } of document.notices ?? [])
      for (const id of [document.id, ...instruments.map((one) => one.id)]) expect(sectionOf(id)).toContain(text.zh);
  const anchors = new Set([...page.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id));
  for (const [, target] of page.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(target);
  expect(page).not.toMatch(/undefined|NaN|\[object/);
});
