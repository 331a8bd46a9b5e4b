/** 自拟政策 in the workbench: copied in the pane, used in a cell, saved with the file, computed again when it is opened. */
import { screenshot, violations } from "./browser";
import { expectSoon, open, openWorkbench, save, type, widen } from "./workbench";

const OWN = "自拟政策，非官方文本";

test("an own policy travels with the file, and its cells compute after it was opened", async () => {
  const { page, consoleErrors } = await openWorkbench();
  await widen(page, 320);
  const pane = page.locator("aside.pane");
  await pane.getByRole("tab", { name: "政策" }).click();
  await pane.getByRole("navigation").getByRole("button", { name: "自拟政策" }).click();
  await pane.getByRole("button", { name: "照抄一项再改" }).click();
  await pane.getByRole("combobox", { name: "照抄哪一项" }).selectOption("zj-15-suanli");
  await pane.getByRole("textbox", { name: "名称" }).fill("我市算力券");
  await pane.getByRole("textbox", { name: /^比例/ }).first().fill("25%");
  await pane
    .getByText(/2,500,000\.00 元/)
    .first()
    .waitFor();
  await screenshot(page, "own-form");
  const chart = pane.getByRole("figure", { name: "补贴额（元）随金额的变化" });
  await chart.locator("canvas").waitFor();
  // 25 % up to the cap of 8 million: the place where it takes over, beside the chart in words.
  await pane.getByText("至 32,000,000.00 元").scrollIntoViewIfNeeded();
  await screenshot(page, "own-chart");
  expect(await violations(page, "aside.pane")).toEqual([]);
  await pane.getByRole("button", { name: "保存", exact: true }).click();
  await pane.getByText(OWN).first().waitFor();
  await type(page, "C1", '=INDEX(BUTIE.TERMS("zn1-15-suanli"),6,2)');
  const shown = (sheets: Awaited<ReturnType<typeof save>>["sheets"]) =>
    sheets.find(({ name }) => name === "自拟政策")?.rows[0]?.[2];
  const { sheets, file } = await expectSoon(
    () => save(page),
    (saved) => shown(saved.sheets) === OWN,
  );
  expect(sheets.find(({ name }) => name === "自拟政策")!.rows[0]![0]).toMatch(/^# 自拟政策，非官方文本/);
  await open(page, "自拟.xlsx", file);
  await pane.getByRole("tab", { name: "政策" }).click();
  await pane.getByRole("navigation").getByRole("button", { name: "自拟政策" }).click();
  await pane.getByText(/zn1-15-suanli · /).waitFor();
  await screenshot(page, "own-list");
  expect(await violations(page, "aside.pane")).toEqual([]);
  await type(page, "C2", '=INDEX(BUTIE.TERMS("zn1-15-suanli"),2,2)');
  await expectSoon(
    () => save(page),
    (saved) =>
      shown(saved.sheets) === OWN &&
      saved.sheets.find(({ name }) => name === "合同测算")?.rows[1]?.[2] === "我市算力券",
  );
  expect(consoleErrors).toEqual([]);
});
