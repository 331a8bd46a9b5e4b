/** What changed between two versions of a document, in the workbench: in the pane at 320 px, in cells, and by contract. */
import path from "node:path";
import { writeXlsx } from "hucre/xlsx";
import { screenshot, violations } from "./browser";
import { expectSoon, open, openWorkbench, save, type, widen } from "./workbench";

test("two versions side by side in the pane and in cells; claims are computed by the version of their day", async () => {
  const { page, consoleErrors } = await openWorkbench();
  await widen(page, 320);
  const pane = page.locator("aside.pane");
  await pane.getByRole("tab", { name: "政策" }).click();
  await pane.getByRole("navigation").getByRole("button", { name: "自拟政策" }).click();
  await pane
    .getByLabel("导入 YAML/JSON")
    .and(page.locator("input"))
    .setInputFiles(path.resolve("test/rules/law/two-versions.yaml"));
  await pane.getByText(/mz-suanli@2026-07-01 · /).waitFor();
  await screenshot(page, "own-versions");
  await pane.getByRole("button", { name: "查看", exact: true }).first().click();
  await pane.getByRole("combobox", { name: "与哪一项对照" }).selectOption({ index: 1 });
  await pane.getByText("+300 万元").waitFor();
  await pane.getByRole("button", { name: "写进新表" }).scrollIntoViewIfNeeded();
  await screenshot(page, "difference");
  expect(await violations(page, "aside.pane")).toEqual([]);
  await type(page, "H1", '=BUTIE.DIFF("mz@2025-03-01","mz")');
  await type(page, "H20", '=BUTIE("mz-suanli","合同金额",1000000,"2026-06-30")');
  await type(page, "H21", '=BUTIE("mz-suanli","合同金额",1000000,"2026-07-01")');
  await expectSoon(
    () => save(page),
    ({ sheets }) =>
      sheets.some(
        ({ rows }) =>
          rows[0]?.[11] === "变化" &&
          rows.some((row) => row[11] === "+300 万元") &&
          rows[19]?.[7] === 300000 &&
          rows[20]?.[7] === 200000,
      ),
  );
  await screenshot(page, "difference-cells");
  expect(consoleErrors).toEqual([]);
});

test("500 contracts made with older rules: the comparison is offered, in Chinese at 320 px", async () => {
  const { page, consoleErrors } = await openWorkbench();
  await widen(page, 320);
  const contracts = Array.from({ length: 500 }, (_, i) => [
    `企业${(i * 7) % 60}有限公司`,
    `HT-${i + 1}`,
    100_000 + ((i * 7_919) % 1_000) * 20_000,
    i % 3 ? "是" : "否",
  ]);
  const rows = [["企业", "合同编号", "合同实际发生金额", "国产算力"], ...contracts];
  const file = await writeXlsx({
    sheets: [{ name: "台账", rows }],
    namedRanges: [{ name: "BUTIE_NOTE_RULES", range: '"1.0.0"' }],
  });
  await open(page, "旧版.xlsx", Buffer.from(file));
  const pane = page.locator("aside.pane");
  await pane.getByText(/按规则 1\.0\.0 版测算，现在是/).waitFor();
  await screenshot(page, "older-rules");
  expect(await violations(page, "aside.pane")).toEqual([]);
  await pane.getByRole("button", { name: "去对比" }).click();
  await pane.getByText("与另一个版本对比").scrollIntoViewIfNeeded();
  await screenshot(page, "older-rules-comparison");
  expect(consoleErrors).toEqual([]);
});
