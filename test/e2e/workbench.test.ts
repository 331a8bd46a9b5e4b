/** The workbench as a user meets it: by its bar, its name box, the keyboard and the pane; cells are read from saved files. */
import { writeXlsx } from "hucre/xlsx";
import type { Page } from "playwright-core";
import { screenshot } from "./browser";
import { expectSoon, goTo, offer, open, openWorkbench, save, type, widen, type Saved } from "./workbench";

async function openExplanation(page: Page): Promise<void> {
  await page.locator("aside.pane").getByRole("tab", { name: "测算" }).click();
  await page.getByRole("navigation", { name: "测算" }).getByRole("button", { name: "解释" }).click();
}

/** Saves until the workbook is as expected: the engine computes a moment after each change. */
const saved = (page: Page, good: (workbook: Saved) => boolean) => expectSoon(() => save(page), good);

const column = ({ sheets }: Saved, index: number, from: number, to: number) =>
  sheets[0]!.rows.slice(from - 1, to).map((row) => row[index]);

const value = ({ sheets }: Saved, row: number, index: number) => {
  const cell = sheets[0]!.cells?.get(`${row - 1},${index}`);
  return cell?.formula === undefined ? sheets[0]!.rows[row - 1]?.[index] : (cell.formulaResult ?? cell.value);
};

test("opens in Chinese, with awards by formula, and asks nobody but its own address", async () => {
  const { page, consoleErrors, externalRequests } = await openWorkbench();
  expect(await page.title()).toMatch(/[\u4e00-\u9fff]/);
  await page.getByText("政策目录", { exact: true }).waitFor();
  const workbook = await saved(page, (seen) => value(seen, 26, 7) !== undefined);
  const awards = column(workbook, 7, 6, 25);
  expect(awards[0]).toBe(3_600_000);
  expect(awards).toHaveLength(20);
  expect(awards.every((award) => typeof award === "number")).toBe(true);
  // 西溪语言智能 in 2026: 8,000,000 in all, in row order.
  expect(column(workbook, 8, 6, 8)).toEqual([3_600_000, 4_400_000, 0]);
  expect(value(workbook, 26, 7)).toBeCloseTo(
    (awards as number[]).reduce((sum, award) => sum + award, 0),
    2,
  );
  const workings = workbook.sheets[1]!.rows.flat();
  expect(workings).toContain(3_600_000);
  const catalogue = workbook.sheets[2]!.rows.map((row) => row[0]);
  expect(catalogue).toContain("bj-6-suanli");
  await screenshot(page, "workbench");
  expect(consoleErrors).toEqual([]);
  expect(externalRequests).toEqual([]);
});

test("its page forbids code from strings and from elsewhere", async () => {
  const { page } = await openWorkbench();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toContain("unsafe-eval");
  expect(policy).not.toContain("http");
});

test("a formula typed by hand spills; a bad row is an error of its own and says why", async () => {
  const { page, consoleErrors } = await openWorkbench();
  await type(page, "L6", '=SUANLI_QUAN({1000000;"一百万"},TRUE,"杭州",2026)');
  const workbook = await saved(page, (seen) => value(seen, 6, 11) !== undefined);
  expect([value(workbook, 6, 11), value(workbook, 7, 11)]).toEqual([300_000, "#VALUE!"]);
  await goTo(page, "L7");
  await openExplanation(page);
  await page.getByText("“一百万”").last().waitFor();
  expect(consoleErrors).toEqual([]);
});

test("the pointer over an error cell shows what our function said", async () => {
  const { page } = await openWorkbench();
  await type(page, "A27", '=SUANLI_QUAN("一百万",TRUE)');
  const grid = (await page.locator('main canvas[id^="univer-sheet"]').boundingBox())!;
  const popup = page.getByText("“一百万”");
  // The grid is a picture: the pointer goes down column A until it meets the cell.
  await expectSoon(
    async () => {
      for (let y = grid.y + 630; y < grid.y + 690 && (await popup.count()) === 0; y += 12) {
        await page.mouse.move(grid.x + 110, y);
        await page.waitForTimeout(300);
      }
      return popup.count();
    },
    (found) => found > 0,
  );
  await screenshot(page, "workbench-error");
});

test("another pick recalculates what depends on it, is saved, and comes back with the file", async () => {
  const { page, consoleErrors } = await openWorkbench();
  const before = column(await saved(page, (seen) => value(seen, 26, 9) !== undefined), 9, 6, 25);
  await page.getByRole("combobox").first().selectOption("330108");
  const after = await saved(page, (seen) => column(seen, 9, 6, 25).join() !== before.join());
  expect(column(after, 9, 14, 14)).toEqual([20_000_000]);
  expect(column(after, 7, 6, 6)).toEqual([3_600_000]);
  expect(after.names.BUTIE_JURISDICTION).toMatch(/binjiang/);

  const again = await openWorkbench();
  await open(again.page, "补贴.xlsx", after.file);
  const jurisdiction = again.page.getByRole("combobox").first();
  await expectSoon(
    () => jurisdiction.inputValue(),
    (shown) => shown === "330108",
  );
  const reopened = await saved(again.page, (seen) => value(seen, 26, 9) !== undefined);
  expect(reopened.sheets[0]!.rows.slice(0, 40)).toEqual(after.sheets[0]!.rows.slice(0, 40));
  expect(reopened.names).toEqual(after.names);
  expect([...consoleErrors, ...again.consoleErrors]).toEqual([]);
});

test("a file that is no workbook is refused in words, and the workbook stays", async () => {
  const { page } = await openWorkbench();
  await offer(page, "说明.xlsx", Buffer.from("企业,金额\n甲,1\n"));
  await page.getByText("“说明.xlsx”打不开").waitFor();
  await page.getByText("政策目录", { exact: true }).waitFor();
});

/** The pane at its narrowest. */
const narrow = (page: Page): Promise<void> => widen(page, 320);
const panel = (page: Page) => page.locator("aside.pane [role=tabpanel]");

test("the sample's second contract: every reading leaves it what the first one left", async () => {
  const { page, consoleErrors } = await openWorkbench();
  await narrow(page);
  await goTo(page, "I7");
  await openExplanation(page);
  await panel(page).getByText("4,400,000.00 元（440 万元）").waitFor();
  const words = (await panel(page).textContent())!;
  expect(words).toContain("本企业前面各行已用 3,600,000.00");
  expect(words).toContain("到分的舍入是否可以高出“不超过”半分（舍去）：4,400,000.00 元");
  expect(words).toContain("高于省级上限的部分是否压减（压减到省级比例）：4,400,000.00 元");
  expect(words).toMatch(
    /《杭州市建设人工智能产业发展高地实施方案（2025年版）（征求意见稿）》（征求意见稿）第三部分第（一）条第1项：“/,
  );
  expect(words).not.toMatch(/其他读法[^其]*5,550,000/);
  expect(words).toContain("据二手资料，请核对原文");
  await screenshot(page, "workbench-explanation");
  await panel(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await screenshot(page, "workbench-explanation-end");
  expect(consoleErrors).toEqual([]);
});

/** A ledger as it comes from the field: titles, a unit line, merged headers and firms, subtotals, texts, one formula mistyped. */
async function messyLedger(): Promise<Buffer> {
  const rows = [
    ["2026年算力合同台账"],
    ["单位：万元"],
    ["序号", "申请单位", "合同", "", "是否国产算力", "补贴（元）"],
    ["", "", "合同金额（万元）", "签订日期", "", ""],
    [1, "灵溪智算", 1000, 46183, "是"],
    [2, "", "2,000", 46190, "是"],
    ["", "小计", 3000],
    [3, "湘湖数据", 800, 45296, ""],
    [4, "湘湖数据", "500万", 46201, "否"],
    [5, "文澜科技", 600, 46205, "是"],
    ["", "小计", 1900],
    ["", "合计", 4900],
  ];
  const formula = (row: number, name = "SUANLI_QUAN") => ({
    type: "formula" as const,
    formula: `_xldudf_${name}(C${row}*10000,E${row},"滨江",2026)`,
  });
  const cells = new Map([5, 6, 7, 8, 9].map((row) => [`${row - 1},5`, formula(row)] as const));
  const merges = [
    [2, 3, 0, 0],
    [2, 3, 1, 1],
    [2, 2, 2, 3],
    [2, 3, 4, 4],
    [2, 3, 5, 5],
    [4, 5, 1, 1],
  ].map(([startRow, endRow, startCol, endCol]) => ({
    startRow: startRow!,
    endRow: endRow!,
    startCol: startCol!,
    endCol: endCol!,
  }));
  return Buffer.from(await writeXlsx({ sheets: [{ name: "台账", rows, cells, merges }] }));
}

test("what is wrong in a messy ledger: one click, each cause once, mended by one button", async () => {
  const { page, consoleErrors } = await openWorkbench();
  await open(page, "台账.xlsx", await messyLedger());
  await narrow(page);
  // A file's formula with an unknown function shows the file's value; one that is typed here is a mistake to be seen.
  await type(page, "F10", '=SUANLIQUAN(C10*10000,E10,"滨江",2026)');
  await page.getByRole("tab", { name: "检查" }).click();
  const causes = panel(page).getByRole("heading", { level: 3 });
  await panel(page)
    .getByText(/个补贴公式：/)
    .waitFor();
  await screenshot(page, "workbench-check");
  expect(await causes.allTextContents()).toEqual(
    expect.arrayContaining([
      "函数名写错：1 个公式",
      "合并单元格只有首行有企业名称：1 行",
      "金额写成文字：1 行",
      "金额栏里不是金额：1 行",
      "是否类的栏是空的：1 行",
      "合计行、小计行被当作一笔申报：1 行",
      "合同之间有小计、合计行：1 行",
    ]),
  );
  await panel(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await screenshot(page, "workbench-check-end");

  const text = panel(page).getByRole("region", { name: "金额写成文字：1 行" });
  await text.getByRole("button", { name: "改成数字" }).press("Enter");
  await panel(page).getByText("已改正：改成数字。按一次 Ctrl+Z 可撤销。").waitFor();
  await text.waitFor({ state: "detached" });
  const saw = await save(page);
  expect(value(saw, 6, 2)).toBe(2000);
  await panel(page).getByRole("button", { name: "拆分并逐行填写" }).click();
  await panel(page)
    .getByRole("region", { name: /合并单元格/ })
    .waitFor({ state: "detached" });
  expect(value(await save(page), 6, 1)).toBe("灵溪智算");
  await panel(page).getByRole("button", { name: "改正函数名" }).click();
  await panel(page)
    .getByRole("region", { name: /函数名写错/ })
    .waitFor({ state: "detached" });
  await saved(page, (seen) => value(seen, 10, 5) === 3_600_000);
  expect(consoleErrors).toEqual([]);
});

test("the check in English and in the dark", async () => {
  const { page, consoleErrors } = await openWorkbench({ lang: "en-US", colorScheme: "dark" });
  await page.getByRole("button", { name: "English" }).click();
  await open(page, "ledger.xlsx", await messyLedger());
  await narrow(page);
  await page.getByRole("tab", { name: "Check" }).click();
  await panel(page)
    .getByText(/subsidy formulas/)
    .waitFor();
  await screenshot(page, "workbench-check-english");
  expect(await panel(page).getByRole("heading", { level: 3 }).allTextContents()).toContain(
    "Amounts are written as text (rows: 1)",
  );
  expect(consoleErrors).toEqual([]);
});

test("100,000 contracts in one call", async () => {
  const { page, consoleErrors } = await openWorkbench();
  const rows = Array.from({ length: 100_000 }, (_, row) => [row + 1, row % 2 === 0]);
  const formula = "_xldudf_SUANLI_QUAN(A1:A100000,B1:B100000)";
  const cells = new Map([
    [
      "0,2",
      {
        type: "formula" as const,
        formula,
        formulaType: "array" as const,
        formulaRef: "C1:C100000",
        formulaDynamic: true,
      },
    ],
    ["0,3", { type: "formula" as const, formula: "SUM(C1:C100000)" }],
  ]);
  const file = Buffer.from(await writeXlsx({ sheets: [{ name: "合同", rows, cells }] }));
  await open(page, "十万份合同.xlsx", file);
  // Odd amounts at 30 %, even ones at 10 %: 2,500,000,000 × 0.3 + 2,500,050,000 × 0.1.
  await saved(page, (seen) => value(seen, 1, 3) === 1_000_005_000);
  expect(consoleErrors).toEqual([]);
});

test("the line between grid and pane moves with the arrow keys, between 320 and 600 pixels", async () => {
  const { page } = await openWorkbench();
  const divider = page.getByRole("separator", { name: "调整窗格宽度" });
  const pressed = async (key: string, width: number) => {
    // On the line itself: while the page starts, the grid takes the keyboard.
    for (let presses = 0; presses < 20; presses++) await divider.press(key);
    await page.waitForFunction((wide) => document.querySelector("aside.pane")!.clientWidth === wide, width);
  };
  await pressed("ArrowLeft", 600);
  await pressed("ArrowRight", 320);
});
