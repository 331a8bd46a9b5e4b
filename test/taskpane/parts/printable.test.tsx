/** A report as a page for paper: every word and figure of its sections, nothing to load, charts to scale. */
import { money, share, text } from "../../../src/taskpane/parts/figure";
import { printablePage } from "../../../src/taskpane/parts/printable";
import type { ReportSection } from "../../../src/taskpane/parts/report";

const SECTION: ReportSection = {
  title: "逐月使用",
  verdict: "十年中约四年会用尽",
  head: ["月份", "已付（元）", "资金（元）"],
  rows: [
    { label: "2026-01", figures: [money(0), money(4_000_000)] },
    { label: "2026-02", figures: [money(3_000_000), money(4_000_000)] },
  ],
  notes: ["按日期先后支付"],
  chart: { kind: "line", series: 2 },
};

const read = (sections: readonly ReportSection[], front = ["资金池 2026 测算报告", "问题：钱够不够"]): Document =>
  new DOMParser().parseFromString(printablePage(front, sections, "zh"), "text/html");

const textsOf = (page: ParentNode, selector: string): (string | null)[] =>
  [...page.querySelectorAll(selector)].map(({ textContent }) => textContent);

test("title, front, verdict, table and notes stand on the page in their order", () => {
  const page = read([SECTION]);
  expect([page.title, page.documentElement.lang]).toEqual(["资金池 2026 测算报告", "zh-CN"]);
  expect(textsOf(page, "h1, h2, p")).toEqual([
    "资金池 2026 测算报告",
    "问题：钱够不够",
    "逐月使用",
    "十年中约四年会用尽",
    "按日期先后支付",
  ]);
  expect(textsOf(page, "tr").slice(1)).toEqual(["2026-010.0040,000.00", "2026-0230,000.0040,000.00"]);
});

test("nothing is loaded and nothing runs; what looks like markup is words", () => {
  const html = printablePage(["<script>alert(1)</script>"], [{ ...SECTION, title: "甲<img src=x>&乙" }], "zh");
  expect(html).not.toMatch(/<(script|img|link|iframe)|url\(|https?:(?!\/\/www\.w3\.org)/i);
  expect(textsOf(new DOMParser().parseFromString(html, "text/html"), "h1, h2")).toEqual([
    "<script>alert(1)</script>",
    "甲<img src=x>&乙",
  ]);
});

test("lines lie to scale: half of the money at half of the height", () => {
  const figures = [0, 2_000_000, 4_000_000].map((fen) => [money(fen), money(4_000_000)]);
  const page = read([{ ...SECTION, rows: figures.map((pair, k) => ({ label: String(k), figures: pair })) }]);
  const [, ...points] = page.querySelector("path[fill=none]")!.getAttribute("d")!.split(/[ML]/);
  const heights = points.map((point) => Number(point.split(" ")[1]));
  expect(heights[1]).toBeCloseTo((heights[0]! + heights[2]!) / 2);
  expect(heights[0]).toBeGreaterThan(heights[2]!);
  // The axis is in 万元 and names the line of the money.
  expect(textsOf(page, "svg text")).toEqual(expect.arrayContaining(["0", "4", "已付（元）", "资金（元）", "2"]));
});

test("columns of parts fill an axis of up to 100 %; losses hang below nothing; a word is no column", () => {
  const parts = (values: number[]): ReportSection => ({
    ...SECTION,
    rows: values.map((value, k) => ({ label: `规则${k}`, figures: [share(value), text("—")] })),
    chart: { kind: "column", series: 2 },
  });
  const bars = (section: ReportSection) =>
    [...read([section]).querySelectorAll("rect")].map((bar) => [
      Number(bar.getAttribute("y")),
      Number(bar.getAttribute("height")),
    ]);
  const [whole, half] = bars(parts([1, 0.5]));
  expect(half![1]).toBeCloseTo(whole![1]! / 2);
  const [gain, loss] = bars(parts([0.5, -0.5]));
  expect([loss![0], loss![1]]).toEqual([gain![0]! + gain![1]!, gain![1]]);
  expect(bars(parts([1, 0.5]))).toHaveLength(2);
});

test("a section of one row has a table and no chart", () => {
  const page = read([{ ...SECTION, rows: SECTION.rows.slice(0, 1) }]);
  expect([page.querySelectorAll("tr").length, page.querySelectorAll("svg").length]).toEqual([2, 0]);
});
