/** The three jobs of a newcomer on an ordinary ledger, counted in clicks and keys, by pointer and by keyboard, in both languages. */
import { buffer } from "node:stream/consumers";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import type { Page } from "playwright-core";
import { openPage, screenshot, violations, type PageOptions } from "./browser";
import { open } from "./workbench";

/** A title and a first header merged over two lines, an amount as text, a firm merged over two rows, two subtotals, a total. */
const ROWS = [
  ["算力合同台账", "", "", "", ""],
  ["序号", "申请单位", "合同金额（万元）", "是否国产算力", "签订日期"],
  ["", "", "", "", ""],
  [1, "西溪语言智能", 1200, "是", "2026-01-15"],
  [2, "", "1,850", "是", "2026-02-01"],
  ["", "小计", 3050, "", ""],
  [3, "灵溪机器人", 4000, "是", "2026-03-01"],
  [4, "灵溪机器人", 980, "否", "2026-03-09"],
  [5, "灵溪机器人", 450, "是", "2026-04-20"],
  ["", "小计", 5430, "", ""],
  [6, "湘湖医影科技", 86, "是", "2026-05-06"],
  [7, "湘湖医影科技", 240, "否", "2026-05-18"],
  [8, "湘湖医影科技", 7200, "是", "2026-06-30"],
  ["合计", "", 16006, "", ""],
];
const MERGES = [
  { startRow: 0, endRow: 0, startCol: 0, endCol: 4 },
  ...[0, 1, 2, 3, 4].map((column) => ({ startRow: 1, endRow: 2, startCol: column, endCol: column })),
  { startRow: 3, endRow: 4, startCol: 1, endCol: 1 },
];
/** The awards in 元: Binjiang pays 60 % of domestic compute, 30 % of other, 20 million a firm and year. */
const AWARDS = [
  ...[7_200_000, 11_100_000, 18_300_000, 20_000_000, 0, 0, 20_000_000],
  ...[516_000, 720_000, 18_764_000, 58_300_000],
];

const ledger = async (): Promise<Buffer> =>
  Buffer.from(await writeXlsx({ sheets: [{ name: "台账", rows: ROWS, merges: MERGES }] }));

const pane = (page: Page) => page.locator("aside.pane");

async function openLedger(options: PageOptions = {}) {
  const opened = await openPage("/workbench/", { width: 1440, height: 900, ...options });
  const { page } = opened;
  await page.getByRole("tab").first().waitFor();
  await open(page, "台账.xlsx", await ledger());
  return opened;
}

/** The saved first sheet. */
async function cells(page: Page) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /^(保存|Save)$/ }).click(),
  ]);
  const { sheets } = await readXlsx(await buffer(await download.createReadStream()));
  return sheets[0]!;
}

/** Puts the cell of an address under the selection, as a click on it does. */
async function selectCell(page: Page, address: string): Promise<void> {
  const nameBox = page.locator('[data-u-comp="defined-name"] input');
  for (let tries = 0; tries < 20; tries++) {
    await nameBox.click();
    await nameBox.fill(address);
    await nameBox.press("Enter");
    await page.waitForTimeout(400);
    if ((await nameBox.inputValue()) === address) return;
  }
  throw new Error(`${address} cannot be selected`);
}

test("a ledger becomes a column of awards in six clicks; why a cell is what it is, two; what is wrong, one", async () => {
  const { page, consoleErrors } = await openLedger();
  // Where the workbook is claimed is part of the workbook, not of the job.
  await pane(page).getByRole("combobox", { name: "辖区" }).selectOption("330108");
  await selectCell(page, "B5");
  let clicks = 1;
  await pane(page)
    .getByRole("group", { name: /^表 A2:E14/ })
    .getByRole("button", { name: "测算" })
    .click();
  clicks++;
  await pane(page).getByRole("combobox", { name: "政策", exact: true }).selectOption({ label: "算力券" });
  clicks += 2;
  await pane(page)
    .getByText(/8 行可算/)
    .waitFor();
  await screenshot(page, "jobs-1-before");
  await pane(page)
    .getByRole("button", { name: /^插入到/ })
    .click();
  clicks++;
  await pane(page)
    .getByText(/已插入/)
    .waitFor();
  await screenshot(page, "jobs-1-inserted");
  expect(clicks).toBeLessThanOrEqual(6);
  const seen = await cells(page);
  expect(seen.rows.slice(2, 14).map((row) => row[5])).toEqual(["算力券补贴（元）", ...AWARDS]);
  const formulas = [...seen.cells!.values()].map(({ formula }) => formula ?? "").join("\n");
  expect(formulas).not.toMatch(/IF\(\{/);

  await selectCell(page, "F7");
  await pane(page).getByRole("group").getByRole("button", { name: "解释" }).click();
  await pane(page).getByText("20,000,000.00 元").first().waitFor();
  await screenshot(page, "jobs-2-why");

  await pane(page).getByRole("tab", { name: "检查" }).click();
  await pane(page)
    .getByText(/个补贴公式/)
    .waitFor();
  await screenshot(page, "jobs-3-check");
  expect(consoleErrors).toEqual([]);
});

/** What is cut off or lies over something else. */
const misplaced = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const box = (element: Element) => element.getBoundingClientRect();
    if (document.documentElement.scrollWidth > innerWidth) found.push("the page is wider than the window");
    const [bar, grid, aside, panel] = ["header.bar", "main", "aside.pane", "aside.pane [role=tabpanel]"].map(
      (selector) => document.querySelector(selector)!,
    ) as [Element, Element, Element, Element];
    if (panel.scrollWidth > panel.clientWidth) found.push("the panel scrolls sideways");
    if (box(panel).height < 200) found.push("the panel is too low to work in");
    if (box(grid).right > box(aside).left) found.push("the pane lies over the grid");
    if (box(aside).right > innerWidth || box(aside).bottom > innerHeight) found.push("the pane leaves the window");
    for (const element of [...bar.children, ...aside.querySelectorAll("[role=tab], [data-offer] *")]) {
      const { left, right } = box(element);
      const outer = box(element.closest("header, aside")!);
      if (left < outer.left || right > outer.right || element.scrollWidth > element.clientWidth + 1)
        found.push(`${element.textContent} is cut off`);
    }
    const pieces = [...aside.querySelectorAll("[role=tablist], [data-offer], [role=tabpanel]")].map(box);
    pieces.slice(1).forEach(({ top }, i) => top < pieces[i]!.bottom - 1 && found.push("parts of the pane overlap"));
    const sheet = document.querySelector("main [data-u-comp=slide-tab-item]")!;
    const reached = document.elementFromPoint(box(sheet).left + 20, box(sheet).top + 10);
    if (!sheet.contains(reached)) found.push("the sheet's tab is hidden");
    return found;
  });

const KEYBOARD = {
  zh: { policy: "算力券", paid: "20,000,000.00 元", other: /[A-Za-z]{4,}/, size: { width: 1440, height: 900 } },
  en: { policy: "Compute voucher", paid: "20,000,000.00 yuan", other: /万元|亿元/, size: { width: 720, height: 450 } },
} as const;

test.each([
  ["zh", "light"],
  ["en", "dark"],
] as const)("by keyboard alone, %s, %s: four keys, two, two", async (language, colorScheme) => {
  const { policy, paid, other, size } = KEYBOARD[language];
  const { page, consoleErrors } = await openLedger({ ...size, colorScheme });
  const aside = pane(page);
  if (language === "en") await aside.getByRole("button", { name: "English" }).click();
  await aside.getByRole("combobox").first().selectOption("330108");
  let keys = 0;
  const press = async (...pressed: string[]) => {
    for (const key of pressed) await page.keyboard.press(key);
    keys += pressed.length;
  };
  const offer = aside.locator("[data-offer]");
  const looksRight = async (view: string) => {
    await screenshot(page, `keyboard-${language}-${view}`);
    expect({ view, misplaced: await misplaced(page) }).toEqual({ view, misplaced: [] });
    expect({ view, violations: await violations(page, "aside.pane") }).toEqual({ view, violations: [] });
  };
  await looksRight("start");

  await selectCell(page, "B5");
  await offer.getByText("A2:E14").waitFor();
  await press("F6", "Enter");
  await aside.locator("select:focus").waitFor();
  await press("ArrowDown");
  await aside
    .getByText(/58,300,000\.00/)
    .first()
    .waitFor();
  expect(await aside.locator("select:focus").evaluate((list) => (list as any).selectedOptions[0].text)).toBe(policy);
  await looksRight("policy");
  await press("Control+Enter");
  await aside
    .getByText("F3:F14")
    .filter({ hasText: /已插入|Inserted|inserted/ })
    .first()
    .waitFor();
  expect(keys).toBe(4);
  await press("Escape");
  expect(await page.evaluate(() => document.querySelector("main")!.contains(document.activeElement))).toBe(true);
  await press("ArrowDown", "ArrowDown", "ArrowDown");
  await offer.getByText("F7").waitFor();
  keys = 0;
  await press("F6", "Enter");
  await aside.getByText(paid).first().waitFor();
  expect(keys).toBe(2);
  await looksRight("why");
  expect(await aside.getByText(paid).first().textContent()).not.toMatch(other);

  await press("Escape");
  keys = 0;
  await press("F6", "3");
  await aside.getByText(/个补贴公式|subsidy formulas/).waitFor();
  expect(keys).toBe(2);
  await looksRight("check");
  // Tab goes on through the pane and out of it; the grid takes it as Excel does, and F6 is the way out of that.
  const places = new Set<string>();
  for (let presses = 0; presses < 120 && !places.has("main"); presses++) {
    await page.keyboard.press("Tab");
    places.add(await page.evaluate(() => document.activeElement!.closest("aside, main, header")?.localName ?? "page"));
  }
  expect([...places]).toContain("main");
  expect((await cells(page)).rows.slice(3, 14).map((row) => row[5])).toEqual(AWARDS);
  expect(consoleErrors).toEqual([]);
});
