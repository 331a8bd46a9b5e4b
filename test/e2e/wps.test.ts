/** The add-in of WPS in a real browser, over the stand-in for WPS 表格: functions, pane, ribbon. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { transformSync } from "@swc/core";
import { openPage, screenshot, violations } from "./browser";

/** The stand-in as a script: a workbook with a ledger, and the application around it. */
const STAND_IN = (() => {
  const source = readFileSync(path.resolve(__dirname, "../host/wps.ts"), "utf8");
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  const ledger = [
    ["企业", "合同金额（万元）", "是否国产算力"],
    ["=1+1科技".replace("=", "'="), 1200, "是"],
    ["甲", 86, "否"],
  ];
  return `{
    const exports = {};
    ${code}
    const wps = new exports.FakeWps({ 台账: ${JSON.stringify(ledger)} });
    globalThis.fake = wps;
    globalThis.Application = wps.application();
  }`;
})();

const open = (pathname: string) => openPage(pathname, { width: 320, before: STAND_IN });

test("the pane inserts a formula in the spelling of WPS, and the function computes it", async () => {
  const { page, consoleErrors, externalRequests } = await open("/wps/taskpane.html");
  await page.getByRole("tab").first().waitFor();
  // In WPS the functions have a page of their own; here they share the stand-in.
  await page.addScriptTag({ url: "/wps/main.js" });
  await page.getByRole("combobox", { name: "辖区" }).selectOption("330108");
  await page.evaluate(() => {
    const { fake } = globalThis as unknown as {
      fake: { active: unknown; select(sheet: unknown, address: string): void };
    };
    fake.select(fake.active, "A2");
  });
  await page
    .getByRole("group", { name: /^表 A1:C3/ })
    .getByRole("button", { name: "测算" })
    .click();
  await page.getByRole("combobox", { name: "政策", exact: true }).selectOption({ label: "算力券" });
  await page.getByText(/2 行可算/).waitFor();
  await page.getByRole("button", { name: /^插入到/ }).click();
  await page.getByText(/已插入/).waitFor();
  expect(await page.locator("code").textContent()).toMatch(/^=BUTIE\.BUTIE\("bj-6-suanli",/);
  await screenshot(page, "wps-inserted");
  const cells = await page.evaluate(() => {
    const { Application } = globalThis as unknown as {
      Application: { ActiveWorkbook: { Worksheets: { Item(at: number): { Range(at: string): { Value2: unknown } } } } };
    };
    return Application.ActiveWorkbook.Worksheets.Item(1).Range("D2:D3").Value2;
  });
  expect(cells).toEqual([[7_200_000], [258_000]]);
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  expect([await violations(page), await fits()]).toEqual([[], true]);
  // The same workbook against the rules as they are: a sheet that says so.
  await page.getByRole("button", { name: "冻结与恢复" }).click();
  await page.getByRole("button", { name: "按现行规则重算并对比" }).click();
  await page.getByText(/^0 行不同，2 行相同/).waitFor();
  await page.getByText(/^0 行不同，2 行相同/).scrollIntoViewIfNeeded();
  await screenshot(page, "wps-compared");
  expect([await violations(page), await fits()]).toEqual([[], true]);
  expect([consoleErrors, externalRequests]).toEqual([[], []]);
});

test("the ribbon's button makes the pane once, then hides and shows it", async () => {
  const { page, consoleErrors } = await open("/wps/index.html");
  const press = () =>
    page.evaluate(() => {
      const wps = globalThis as unknown as {
        OnAction(): boolean;
        fake: { panes: { url: string; Visible: boolean }[] };
      };
      wps.OnAction();
      return wps.fake.panes.map(({ url, Visible }) => [new URL(url).pathname, Visible]);
    });
  expect([await press(), await press(), await press()]).toEqual(
    [true, false, true].map((isShown) => [["/wps/taskpane.html", isShown]]),
  );
  expect(consoleErrors).toEqual([]);
});

test("outside WPS the pane can be read", async () => {
  const { page } = await openPage("/wps/taskpane.html", { width: 320 });
  await page.getByRole("button", { name: "算力券", exact: true }).first().waitFor();
});

test("the page to install from tells WPS's own service where the add-in lies", async () => {
  const { page } = await openPage("/wps/publish.html", { width: 600, height: 300 });
  const told: string[] = [];
  await page.route("http://127.0.0.1:58890/**", (route) => {
    told.push(route.request().postData()!);
    return route.fulfill({ body: "OK", headers: { "Access-Control-Allow-Origin": "*" } });
  });
  await page.getByRole("button", { name: "安装" }).click();
  await page.getByText("已安装，请重新启动 WPS 表格。").waitFor();
  await screenshot(page, "wps-publish");
  const sent = JSON.parse(Buffer.from(told[0]!, "base64").toString()) as Record<string, string>;
  expect(sent).toMatchObject({ cmd: "enable", addonType: "et", online: "true" });
  expect(sent.url).toBe(page.url().replace("publish.html", ""));
});
