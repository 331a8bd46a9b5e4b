/** The pane as a user meets it: at 320 and 600 px, in both languages, light and dark, by mouse and by keyboard alone. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Locator, Page } from "playwright-core";
import { openPage, type PageOptions, screenshot, violations } from "./browser";

/** Office.js outside Excel: it answers, and names no host. */
const NO_EXCEL = `
  globalThis.Office = { onReady: () => Promise.resolve({ host: null }), HostType: { Excel: "Excel" } };
  globalThis.CustomFunctions = { associate() {}, Error: class extends Error {}, ErrorCode: {} };`;

/** The views by job and part; the one that is open at first is a policy. */
const VIEWS = {
  "zh-CN": [
    [],
    ["政策"],
    ["政策", "自拟政策"],
    ["测算"],
    ["测算", "试算一笔"],
    ["测算", "解释"],
    ["检查"],
    ["情景"],
    ["资金池"],
  ],
  "en-US": [
    [],
    ["Policies"],
    ["Policies", "Own policies"],
    ["Calculate"],
    ["Calculate", "One claim"],
    ["Calculate", "Explain"],
    ["Check"],
    ["Scenarios"],
    ["Pools"],
  ],
} as const;

const openPane = (options: PageOptions) => openPage("/taskpane.html", { officeJs: NO_EXCEL, ...options });

const overflows = (page: Page) =>
  page.evaluate(() => {
    const panel = document.querySelector("[role=tabpanel]")!;
    return panel.scrollWidth > panel.clientWidth || document.documentElement.scrollWidth > innerWidth;
  });

describe.each([
  { width: 320, lang: "zh-CN", colorScheme: "light" },
  { width: 320, lang: "en-US", colorScheme: "dark" },
  { width: 600, lang: "zh-CN", colorScheme: "dark" },
  { width: 600, lang: "en-US", colorScheme: "light" },
] as const)("$width px, $lang, $colorScheme", (options) => {
  test("no view has a violation of accessibility or runs out of the pane", async () => {
    const { page, consoleErrors, externalRequests } = await openPane(options);
    await page.getByRole("tab").first().waitFor();
    await page.getByRole("combobox").first().selectOption("330108");
    await page.waitForTimeout(500);
    expect({ violations: await violations(page), overflows: await overflows(page) }).toEqual({
      violations: [],
      overflows: false,
    });
    await screenshot(page, `pane-${options.width}-${options.lang}-start`);
    const voucher = options.lang === "zh-CN" ? "算力券" : "Compute voucher";
    await page.getByRole("button", { name: voucher, exact: true }).click();
    await page.locator("canvas").waitFor();
    for (const [i, [job, part]] of VIEWS[options.lang].entries()) {
      if (job) await page.getByRole("tab", { name: job }).click();
      if (part) await page.getByRole("navigation").getByRole("button", { name: part }).click();
      const name = [job, part].join(" ");
      await page.waitForTimeout(500);
      expect({ name, violations: await violations(page), overflows: await overflows(page) }).toEqual({
        name,
        violations: [],
        overflows: false,
      });
      await screenshot(page, `pane-${options.width}-${options.lang}-${i}`);
    }
    expect(consoleErrors).toEqual([]);
    expect(externalRequests).toEqual([]);
  });
});

test("high contrast: the tabs still show which one is open, and nothing is rejected", async () => {
  const { page } = await openPane({ width: 320 });
  await page.emulateMedia({ forcedColors: "active" });
  await page.reload();
  await page.getByRole("tab", { selected: true }).waitFor();
  await page.waitForTimeout(500);
  await screenshot(page, "pane-contrast");
  // The system paints its own colours, of which axe knows nothing: it judges those of the style sheet.
  expect((await violations(page)).filter((violation) => !violation.startsWith("color-contrast"))).toEqual([]);
});

test("by keyboard alone: jurisdiction, instrument, amount, answer", async () => {
  const { page } = await openPane({ width: 320, lang: "zh-CN" });
  await page.getByRole("tab").first().waitFor();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute("role") ?? document.activeElement?.tagName);
  await press("Tab", "ArrowDown", "ArrowDown");
  expect(await page.getByRole("combobox").first().inputValue()).toBe("330108");
  await press("Tab", "Tab", "Tab", "Tab");
  expect(await focused()).toBe("tab");
  await press("ArrowRight");
  const part = page.getByRole("button", { name: "试算一笔" });
  await part.waitFor();
  await press("Tab", "Tab", "Tab", "Enter");
  await page.getByRole("combobox", { name: "政策" }).waitFor();
  const tabTo = async (target: Locator) => {
    for (let tabs = 0; !(await target.evaluate((field) => field === document.activeElement)); tabs++) {
      expect(tabs).toBeLessThan(4);
      await press("Tab");
    }
  };
  await tabTo(page.getByRole("combobox", { name: "政策" }));
  await press("ArrowDown");
  const amount = page.getByRole("textbox", { name: "上一年度结算费用" });
  await amount.waitFor();
  await tabTo(amount);
  await page.keyboard.insertText("10000000");
  // Past the unit of the amount.
  await press("Tab", "Tab", "Space");
  expect(await page.getByRole("status", { name: "结果" }).textContent()).toBe("6,000,000.00 元（600 万元）");
});

describe("tasks of a new user, in clicks", () => {
  /** The workbench with the pane beside it; `click` counts. */
  async function openWorkbench() {
    const opened = await openPage("/workbench/", { width: 1500, height: 950 });
    const pane = opened.page.locator(".pane");
    await pane.getByRole("tab", { name: "政策" }).waitFor();
    let clicks = 0;
    const click = async (role: "button" | "tab" | "radio" | "textbox", name: string | RegExp) => {
      await pane.getByRole(role, { name, exact: true }).click();
      clicks++;
    };
    /** Opening a list and choosing from it are two clicks. */
    const choose = async (name: string, value: string) => {
      await pane.getByRole("combobox", { name }).selectOption(value);
      clicks += 2;
    };
    return { ...opened, pane, click, choose, clicks: () => clicks };
  }

  test("what does Binjiang pay for 10 million of domestic compute in 2026, and why: six", async () => {
    const { page, pane, click, choose, clicks } = await openWorkbench();
    await choose("辖区", "330108");
    await click("button", "算力券");
    await click("button", "试算");
    await click("textbox", "上一年度结算费用");
    await page.keyboard.insertText("10000000");
    await pane.getByRole("radiogroup", { name: "国产算力" }).getByText("是").click();
    expect(await pane.getByRole("status", { name: "结果" }).textContent()).toBe("6,000,000.00 元（600 万元）");
    const binding = pane.getByRole("list", { name: "限额与计算" }).getByRole("listitem").first();
    expect(await binding.textContent()).toContain("10,000,000.00 × 60%");
    await pane
      .getByText(/二（六）|第二部分第（六）条/)
      .filter({ visible: true })
      .first()
      .waitFor();
    expect(clicks() + 1).toBe(6);
  });

  test("put it beside the contracts of the sample: two more, undone by one Ctrl+Z", async () => {
    const { page, pane, click, choose, clicks } = await openWorkbench();
    await choose("辖区", "330108");
    await click("button", "算力券");
    const before = clicks();
    await click("tab", "测算");
    await click("button", /^插入到 /);
    await pane.getByText(/已插入/).waitFor();
    expect(clicks() - before).toBe(2);
    await screenshot(page, "pane-inserted");
    const formula = await pane.locator("code").textContent();
    expect(formula).toBe("=BUTIE(C6:C25,HSTACK(A5,D5:F5),HSTACK(A6:A25,D6:F25),G6:G25)");
    await click("tab", "检查");
    await pane.getByText(/个补贴公式/).waitFor();
    const count = async () =>
      Number(/、(\d+) 个补贴公式/.exec((await pane.getByText(/个补贴公式/).textContent())!)![1]);
    const withIt = await count();
    await page.locator("canvas[id^=univer-sheet-main]").click({ position: { x: 500, y: 300 } });
    await page.keyboard.press("Control+z");
    await page.waitForTimeout(1000);
    await click("button", "重新检查");
    await pane.getByText(/个补贴公式/).waitFor();
    expect(await count()).toBe(withIt - 1);
  });

  test("why is this cell #N/A: two", async () => {
    const { page, pane, click, clicks } = await openWorkbench();
    await click("tab", "检查");
    await pane.getByText(/个补贴公式/).waitFor();
    await click("button", "为什么？");
    await pane.getByText("#N/A").first().waitFor();
    expect(await pane.textContent()).toContain("怎么办：");
    await screenshot(page, "pane-why");
    expect(clicks()).toBe(2);
  });
});

test("what the pane loads at first is small", () => {
  const size = (file: string) => gzipSync(readFileSync(path.resolve(__dirname, "../../dist", file))).length;
  expect(size("taskpane.js")).toBeLessThan(220_000);
});
