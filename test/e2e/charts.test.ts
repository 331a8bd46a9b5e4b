/** Charts over the grid of the workbench: drawn from the file, drawn anew when a cell changes, gone with their sheet. */
import type { Page } from "playwright-core";
import { bookOf } from "../../src/cli/book";
import { writeBook } from "../../src/export/file/write";
import { BRIDGE_LOOKS } from "../../src/host/bridge-looks";
import type { NewSheet } from "../../src/host/workbook";
import { partsOf } from "../workbench/package";
import { screenshot } from "./browser";
import { download, expectSoon, open, openWorkbench, type } from "./workbench";

jest.setTimeout(180_000);

const REPORT: NewSheet = {
  name: "报告",
  cells: [
    ["谁拿多少", "", "", "", ""],
    ["组", "按比例", "等额", "", ""],
    ["第1组", 500_000, 1_000_000, "", ""],
    ["第2组", 250_000, 500_000, "", ""],
    ["", "底（不画）", "合计", "增加", "减少"],
    ["现行合计", 0, 9_000_000, 0, 0],
    ["上限 100万元", 5_000_000, 0, 0, 4_000_000],
    ["比例 30%", 5_000_000, 0, 1_000_000, 0],
    ["改后合计", 0, 6_000_000, 0, 0],
  ],
  widths: [18, 14, 14, 14, 14],
  charts: [
    { kind: "column", title: "谁拿多少", address: "A2:C4", corner: "G2" },
    { kind: "bridge", title: "由现行到改后，一步一步（万元）", address: "A5:E9", corner: "A12" },
    { kind: "bar", title: "各组", address: "A2:B4", corner: "G18" },
  ],
};
const OTHER: NewSheet = { name: "别的", cells: [["没有图", ""]] };

const [LESS, MORE] = [BRIDGE_LOOKS[3]!.fill!, BRIDGE_LOOKS[2]!.fill!];
const COLUMN = "0f6cbd";

/** Pixels of the grid that have a colour. */
const pixels = (page: Page, colour: string): Promise<number> =>
  page.locator("canvas[id^=univer-sheet-main]").evaluate(
    (canvas: HTMLCanvasElement, wanted) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      let found = 0;
      for (let k = 0; k < data.length; k += 4)
        if (data[k] === wanted[0] && data[k + 1] === wanted[1] && data[k + 2] === wanted[2]) found++;
      return found;
    },
    [0, 2, 4].map((at) => parseInt(colour.slice(at, at + 2), 16)),
  );

test("charts of a file are pictures over the grid that follow the cells, and stay Excel's own in the file", async () => {
  const { page, consoleErrors, externalRequests } = await openWorkbench();
  expect(await pixels(page, LESS)).toBe(0);
  await open(page, "报告.xlsx", Buffer.from(writeBook(bookOf("报告", [REPORT, OTHER]))));
  const many = (found: number) => found > 500;
  const [less, more] = [await expectSoon(() => pixels(page, LESS), many), await pixels(page, MORE)];
  expect(less).toBeGreaterThan(3 * more);
  await expectSoon(() => pixels(page, COLUMN), many);
  await screenshot(page, "charts-in-grid");
  await type(page, "E7", "1000000");
  await expectSoon(
    () => pixels(page, LESS),
    (found) => found > 0 && found < less / 2,
  );
  const { file } = await download(page);
  const charts = Object.entries(partsOf(file)).filter(([path]) => path.startsWith("xl/charts/"));
  expect(charts).toHaveLength(3);
  await page.locator("main").getByText("别的", { exact: true }).click();
  await expectSoon(
    () => pixels(page, LESS),
    (found) => found === 0,
  );
  await page.locator("main").getByText("报告", { exact: true }).click();
  await expectSoon(
    () => pixels(page, LESS),
    (found) => found > 0,
  );
  expect(consoleErrors).toEqual([]);
  expect(externalRequests).toEqual([]);
});
