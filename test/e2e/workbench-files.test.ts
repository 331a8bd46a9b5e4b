/** Files in the workbench: what is kept, what is asked before it is lost, and what is refused while the page stays alive. */
import type { Page } from "playwright-core";
import { TEXTS } from "../../src/workbench/texts";
import { cells, HOSTILE } from "../workbench/hostile";
import { differences, file, formats, partsOf } from "../workbench/package";
import { screenshot } from "./browser";
import { download, expectSoon, offer, open, openWorkbench, save, type } from "./workbench";

const CONTRACTS = file({
  sheets: {
    合同: `${cells('<c r="A1"><v>1000000</v></c>', '<c r="B1" t="b"><v>1</v></c>', '<c r="C1"><f t="array" ref="C1">_xldudf_SUANLI_QUAN(A1,B1,"浙江",2026)</f><v>300000</v></c>', '<c r="D1"><f>[1]外部!A1</f><v>77</v></c>')}<conditionalFormatting sqref="A1"><cfRule type="cellIs" priority="1" operator="greaterThan"><formula>1</formula></cfRule></conditionalFormatting>`,
  },
});
const bar = (page: Page) => page.locator("header.bar");
const unsaved = (page: Page) => bar(page).getByText("（未保存）").waitFor();
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("a file says what it has beside cells; unedited it comes back to the byte, edited it keeps the rest and its name", async () => {
  const { page, consoleErrors } = await openWorkbench();
  await open(page, "合同.xlsx", Buffer.from(CONTRACTS));
  const list = page.locator(".features");
  expect(await list.textContent()).toContain("条件格式 1 处");
  expect(await list.textContent()).toContain("这里算不了的公式 1 格");
  await screenshot(page, "workbench-features");
  const same = await save(page, () => page.keyboard.press("Control+s"));
  expect(same.fileName).toBe("合同.xlsx");
  expect(differences(CONTRACTS, same.file)).toEqual([]);
  await type(page, "A1", "2000000");
  await unsaved(page);
  const { file: edited } = await expectSoon(
    () => save(page),
    ({ file: bytes }) => differences(CONTRACTS, bytes).length === 2,
  );
  expect(differences(CONTRACTS, edited).map((line) => line.slice(25))).toEqual([
    'A1: <c r="A1"><v>1000000</v></c> -> <c r="A1"><v>2000000</v></c>',
    expect.stringContaining("<v>600000</v>"),
  ]);
  expect(await bar(page).textContent()).not.toContain("（未保存）");
  expect(consoleErrors).toEqual([]);
});

test("opening and beginning anew ask before work is lost", async () => {
  const { page } = await openWorkbench();
  await type(page, "A30", "备注");
  await unsaved(page);
  await button(page, "新建").click();
  await page.getByRole("dialog", { name: "当前工作簿还没有保存" }).waitFor();
  await screenshot(page, "workbench-unsaved");
  await button(page, "取消").click();
  await page.getByText("政策目录", { exact: true }).waitFor();
  await button(page, "新建").click();
  await button(page, "不保存，继续").click();
  await button(page, "空白工作簿").click();
  await bar(page).getByText("工作簿.xlsx").waitFor();
  await page.getByText("Sheet1", { exact: true }).waitFor();
  expect((await save(page)).sheets.map(({ name }) => name)).toEqual(["Sheet1"]);
});

test("after a reload in the middle of work the last state is offered, and restored with its file", async () => {
  const { page } = await openWorkbench();
  await open(page, "合同.xlsx", Buffer.from(CONTRACTS));
  await type(page, "A1", "3000000");
  await unsaved(page);
  // The state is kept a moment after the last edit.
  await page.waitForTimeout(3000);
  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  const offer = page.getByRole("dialog", { name: "上次有未保存的工作簿" });
  await offer.getByText(/合同\.xlsx.*只保存在本机的这个浏览器中/).waitFor();
  await screenshot(page, "workbench-draft");
  await button(page, "恢复").click();
  await bar(page).getByText("合同.xlsx（未保存）").waitFor();
  const { file: restored } = await expectSoon(
    () => save(page),
    ({ file: bytes }) => differences(CONTRACTS, bytes).length === 2,
  );
  expect(differences(CONTRACTS, restored).join()).toContain("<v>900000</v>");
  await page.reload();
  await page.getByText("政策目录", { exact: true }).waitFor();
  expect(await offer.count()).toBe(0);
});

test("where a row was removed, what is tied to the rows follows, and saving has nothing to ask", async () => {
  const { page } = await openWorkbench();
  const rows = `<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row></sheetData>`;
  const merged = '<mergeCells count="1"><mergeCell ref="C3:D4"/></mergeCells>';
  const format =
    '<conditionalFormatting sqref="A2:A9"><cfRule type="cellIs" priority="1" operator="greaterThan"><formula>A$2</formula></cfRule></conditionalFormatting>';
  await open(page, "合同.xlsx", Buffer.from(file({ sheets: { 合同: rows + merged + format } })));
  await page.locator(".features button").click();
  await page.locator('main canvas[id^="univer-sheet"]').click({ button: "right", position: { x: 20, y: 30 } });
  await page.getByText("删除选中行").first().click();
  await unsaved(page);
  const { file: saved, fileName } = await save(page);
  expect(fileName).toBe("合同.xlsx");
  const xml = partsOf(saved)["xl/worksheets/sheet1.xml"]!;
  for (const text of ['<c r="A1"><v>2</v></c>', 'ref="C2:D3"', 'sqref="A1:A8"', "<formula>A$1</formula>"])
    expect(xml).toContain(text);
});

test("a text file in GBK: encoding, delimiter and header are shown, numbers are numbers, codes stay text", async () => {
  const { page } = await openWorkbench();
  // "企业,金额,编号" and "甲公司,"1,000,000",007" in GBK.
  const bytes = Buffer.from("c6f3d2b52cbdf0b6ee2cb1e0bac50abcd7b9abcbbe2c22312c3030302c303030222c3030370a", "hex");
  await page
    .locator('input[type="file"][accept*=".csv"]')
    .setInputFiles({ name: "企业.csv", mimeType: "text/csv", buffer: bytes });
  const question = page.getByRole("dialog", { name: "打开文本文件“企业.csv”" });
  await question.getByText("甲公司").waitFor();
  expect(await question.getByLabel("编码").inputValue()).toBe("gb18030");
  expect(await question.getByLabel("分隔符").inputValue()).toBe(",");
  expect(await question.getByLabel("第一行是标题").isChecked()).toBe(true);
  await screenshot(page, "workbench-csv");
  await question.getByRole("button", { name: "打开", exact: true }).click();
  await bar(page).getByText("企业.xlsx").waitFor();
  const { sheets } = await save(page);
  expect(sheets[0]!.rows).toEqual([
    ["企业", "金额", "编号"],
    ["甲公司", 1_000_000, "007"],
  ]);
});

test("files that would stop the page are refused in words, and it stays alive with what it had", async () => {
  const { page, consoleErrors } = await openWorkbench();
  const whole = (inner: string) => file({ sheets: { 表: inner } });
  for (const [name, reason, bytes] of HOSTILE) {
    await offer(page, `${name}.xlsx`, Buffer.from(bytes()));
    await bar(page).getByText(`“${name}.xlsx”打不开：${TEXTS.zh.reasons[reason]}`).waitFor();
  }
  await screenshot(page, "workbench-refused");
  await bar(page).getByText("补贴测算.xlsx", { exact: true }).waitFor();
  const merged = `${cells('<c r="A1"><v>1</v></c>')}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`;
  for (const inner of [merged, '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>']) {
    await offer(page, "大.xlsx", Buffer.from(whole(inner)));
    await bar(page).getByText("大.xlsx", { exact: true }).waitFor();
    expect(differences(whole(inner), (await download(page)).file)).toEqual([]);
  }
  expect(consoleErrors).toEqual([]);
});

test("a workbook that counts from 1904 shows and computes its dates as Excel does, and keeps counting so", async () => {
  const { page } = await openWorkbench();
  const days =
    '<c r="A1" s="1"><v>44721</v></c><c r="B1"><f>YEAR(A1)</f><v>2026</v></c><c r="C1" s="1"><f>A1+1</f><v>44722</v></c>';
  const bytes = file({
    before: '<workbookPr date1904="1"/>',
    sheets: { 日期: cells(days) },
    styles: formats(['numFmtId="14">']),
  });
  await open(page, "日期.xlsx", Buffer.from(bytes));
  await page.locator(".features").getByText("1904 日期系统").waitFor();
  expect(differences(bytes, (await save(page)).file)).toEqual([]);
  await type(page, "A1", "2027/6/11");
  const { file: edited } = await expectSoon(
    () => save(page),
    ({ file: saved }) => differences(bytes, saved).length >= 3,
  );
  const xml = partsOf(edited)["xl/worksheets/sheet1.xml"]!;
  for (const cell of ['<c r="A1" s="1"><v>45087</v></c>', "<f>YEAR(A1)</f><v>2027</v>", "<f>A1+1</f><v>45088</v>"])
    expect(xml).toContain(cell);
});

test("too few arguments are refused on entry; beyond the grid it goes on; a number that does not fit is no shorter number", async () => {
  const { page, consoleErrors } = await openWorkbench();
  await button(page, "新建").click();
  await button(page, "空白工作簿").click();
  await bar(page).getByText("工作簿.xlsx").waitFor();
  await type(page, "A1", "=ROUND(1)");
  await bar(page).getByText("ROUND 的参数太少：需要 2 个，写了 1 个").waitFor();
  await page.keyboard.press("Escape");
  await bar(page).getByText("ROUND 的参数太少").waitFor({ state: "detached" });
  await type(page, "A2", "=SUANLI_QUAN()");
  await bar(page).getByText("SUANLI_QUAN 的参数太少：需要 2 至 5 个，写了 0 个").waitFor();
  await page.keyboard.press("Escape");
  await type(page, "B1", "=SUM(A1:A5000)");
  await type(page, "A5000", "7");
  await type(page, "AB5", "9");
  await type(page, "A1", "1234567890123");
  await screenshot(page, "workbench-narrow");
  const { sheets } = await expectSoon(
    () => save(page),
    ({ sheets: [first] }) => first!.rows[4]?.[27] === 9,
  );
  expect(sheets[0]!.rows[0]!.slice(0, 2)).toEqual([1234567890123, 1234567890130]);
  expect(sheets[0]!.rows[1]?.[0] ?? null).toBeNull();
  expect(consoleErrors).toEqual([]);
});
test("the starter model opens, computes with our function beside its formulas, and keeps its charts", async () => {
  const { page } = await openWorkbench();
  await button(page, "新建").click();
  await screenshot(page, "workbench-fresh");
  await button(page, "测算模型").click();
  await bar(page).getByText("测算模型.xlsx").waitFor({ timeout: 120_000 });
  await screenshot(page, "workbench-model");
  const { sheets } = await save(page);
  const rows = (name: string) => sheets.find((sheet) => sheet.name === name)!.rows;
  const claims = rows("测算");
  const [award, answer, difference] = ["奖补额", "插件函数结果", "与函数之差"].map((header) =>
    claims[4]!.indexOf(header),
  );
  const filled = claims.slice(5).filter((row) => typeof row[award!] === "number");
  expect(filled.length).toBeGreaterThan(15);
  for (const row of filled) expect([row[answer!], row[difference!]]).toEqual([row[award!], 0]);
  expect(rows("检查").find(([name]) => name === "全部")![2]).toBe(0);
}, 300_000);
