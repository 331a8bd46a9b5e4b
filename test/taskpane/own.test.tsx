/** 自拟政策 in the pane: copied, checked, kept on their sheet, used everywhere by their ids. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { findEntry, isOwn, ownMistake, ownPolicies, setOwnPolicies } from "../../src/rules";
import { OWN_SHEET } from "../../src/host/own-policies";
import { FakeWorkbook } from "./fake-workbook";
import { fill, openPane, openTab } from "./open";

const SMALL = readFileSync(join(__dirname, "../rules/own/small.yaml"), "utf8").trimEnd();
const sheet = (text: string) => ({ Sheet1: [], [OWN_SHEET]: text.split("\n").map((line) => [line]) });
const textOn = (host: FakeWorkbook) => host.content[OWN_SHEET]!.map(([cell]) => cell as string).join("\n");

afterEach(() => setOwnPolicies(undefined));

async function openOwn(host: FakeWorkbook) {
  const user = await openPane(host);
  await waitFor(() => expect(ownPolicies()).toBeDefined());
  await user.click(within(screen.getByRole("navigation", { name: "政策" })).getByRole("button", { name: "自拟政策" }));
  await screen.findByText(/不是官方文本；存放在/);
  return user;
}

test("the sheet is read at the start; cells are computed anew where it changes what they mean", async () => {
  const host = new FakeWorkbook(sheet(SMALL));
  await openOwn(host);
  expect(isOwn(findEntry("my-suanli")!)).toBe(true);
  expect(host.recalculations).toBe(1);
  expect(screen.getAllByText("自拟政策，非官方文本").length).toBeGreaterThan(0);
  expect(screen.getByText(/my-suanli · 深圳市/)).toBeInTheDocument();
  // The area that it brings stands in the list of jurisdictions.
  expect(screen.getByRole("option", { name: /深圳市/ })).toBeInTheDocument();
});

test("a workbook without the sheet computes nothing anew", async () => {
  const host = new FakeWorkbook();
  await openPane(host);
  await waitFor(() => expect(ownPolicies()).toEqual(expect.objectContaining({ policies: [] })));
  expect(host.recalculations).toBe(0);
});

test("a mistake is told with its line, which is a row of the sheet; what is typed there is read", async () => {
  const host = new FakeWorkbook(sheet(SMALL.replace("is: 25%", "is: 25")));
  const user = await openOwn(host);
  expect(
    await screen.findByText(
      /自拟政策第 37 行 · my-suanli, parts 1, limits 1, share, rate 1, is · 比例大于 100%：百分之三十写作 30%/,
    ),
  ).toBeInTheDocument();
  expect(ownMistake("my-suanli")!.zh).toMatch(/比例大于 100%/);
  await user.click(screen.getByRole("button", { name: "到第 37 行" }));
  expect(host.jumps).toEqual([{ sheet: OWN_SHEET, address: "A37" }]);
  act(() => host.select(OWN_SHEET, "A38"));
  host.content[OWN_SHEET] = sheet(SMALL)[OWN_SHEET]!;
  act(() => host.select("Sheet1", "A1"));
  await waitFor(() => expect(findEntry("my-suanli")).toBeDefined());
  expect(await screen.findByText(/my-suanli · 深圳市/)).toBeInTheDocument();
  expect(screen.queryByText(/比例大于/)).toBeNull();
});

test("a built-in instrument is copied with another rate, cap, name and place, and computes", async () => {
  const host = new FakeWorkbook();
  const user = await openOwn(host);
  await user.click(screen.getByRole("button", { name: "照抄一项再改" }));
  await user.selectOptions(screen.getByRole("combobox", { name: "照抄哪一项" }), "zj-15-suanli");
  await fill(user, screen.getByRole("textbox", { name: "名称" }), "我市算力券");
  await user.selectOptions(screen.getAllByRole("combobox", { name: "辖区" }).at(-1)!, "330100");
  const [rate] = screen.getAllByRole("textbox", { name: /比例/ });
  await fill(user, rate!, "25");
  const [cap] = screen.getAllByRole("textbox", { name: /上限/ });
  await fill(user, cap!, "510");
  expect((await screen.findAllByText(/25%/)).length).toBeGreaterThan(0);
  await fill(user, screen.getByRole("textbox", { name: "试算金额" }), "10000000");
  expect(screen.getByText("2,500,000.00 元（250 万元）")).toBeInTheDocument();
  // The chart and its words: 25 % up to 20,400,000, the cap from there on.
  const chart = screen.getByRole("figure", { name: "补贴额（元）随金额的变化" });
  expect(within(chart).getByText(/我市算力券/)).toBeInTheDocument();
  expect(screen.getByText("至 20,400,000.00 元")).toBeInTheDocument();
  await fill(user, cap!, "600");
  expect(await screen.findByText("至 24,000,000.00 元")).toBeInTheDocument();
  await fill(user, cap!, "510");
  await user.click(screen.getByRole("button", { name: "保存" }));
  await waitFor(() => expect(findEntry("zn1-15-suanli")).toBeDefined());
  expect(textOn(host)).toMatch(/^# 自拟政策，非官方文本/);
  expect(findEntry("zn1-15-suanli")).toMatchObject({
    document: { status: "own", jurisdiction: "330100" },
    instrument: { name: { zh: "我市算力券" }, quote: [] },
  });
  expect(host.recalculations).toBe(1);
});

test("a rate that is none, and a window that ends before it begins, are not kept", async () => {
  const user = await openOwn(new FakeWorkbook());
  await user.click(screen.getByRole("button", { name: "照抄一项再改" }));
  await user.selectOptions(screen.getByRole("combobox", { name: "照抄哪一项" }), "zj-15-suanli");
  const save = () => screen.getByRole("button", { name: "保存" });
  const [rate] = screen.getAllByRole("textbox", { name: /比例/ });
  await fill(user, rate!, "三成");
  expect(screen.getByText("填比例，如 25%")).toBeInTheDocument();
  expect(save()).toBeDisabled();
  await fill(user, rate!, "120");
  expect(await screen.findByText(/比例大于 100%/)).toBeInTheDocument();
  expect(save()).toBeDisabled();
  await fill(user, rate!, "20％");
  expect(save()).toBeEnabled();
});

test("a file is taken as it is written; one with a mistake, or with an id that is taken, changes nothing", async () => {
  const host = new FakeWorkbook();
  const user = await openOwn(host);
  const chooser = screen.getByLabelText("导入 YAML/JSON", { selector: "input" });
  const file = (text: string, name = "市.yaml") =>
    Object.assign(new File([text], name), {
      // jsdom has none.
      arrayBuffer: () => Promise.resolve(new TextEncoder().encode(text).buffer),
    });
  await user.upload(chooser, file(SMALL.replace("of: amount", "of: amout")));
  expect(await screen.findByText(/市\.yaml第 37 行.*没有输入或读法 amout/)).toBeInTheDocument();
  expect(host.content[OWN_SHEET]).toBeUndefined();
  await user.upload(chooser, file(SMALL));
  await waitFor(() => expect(findEntry("my-suanli")).toBeDefined());
  expect(textOn(host)).toBe(SMALL);
  await user.upload(chooser, file(SMALL));
  expect(await screen.findByText(/已有编号为“my”的文件/)).toBeInTheDocument();
  expect(textOn(host)).toBe(SMALL);
});

test("an own policy is changed in the form, and removed when that is confirmed", async () => {
  const host = new FakeWorkbook(sheet(SMALL.replace(/^#.*\n/, "")));
  const user = await openOwn(host);
  await user.click(screen.getAllByRole("button", { name: "修改" })[1]!);
  const [rate] = screen.getAllByRole("textbox", { name: /比例/ });
  await fill(user, rate!, "35%");
  await user.click(screen.getByRole("button", { name: "保存" }));
  await waitFor(() => expect(textOn(host)).toContain("is: 35%"));
  expect(findEntry("my-pool")).toBeDefined();
  await user.click(screen.getByRole("tab", { name: "政策" }));
  await user.click(within(screen.getByRole("navigation", { name: "政策" })).getByRole("button", { name: "自拟政策" }));
  await user.click((await screen.findAllByRole("button", { name: "删除" }))[0]!);
  expect(findEntry("my-suanli")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "确认删除整份文件" }));
  await waitFor(() => expect(findEntry("my-suanli")).toBeUndefined());
});

test("own ids stand in the list of a job, marked", async () => {
  const host = new FakeWorkbook(sheet(SMALL));
  host.stored = { jurisdiction: "shenzhen", year: 2026 };
  const user = await openPane(host);
  await waitFor(() => expect(findEntry("my-suanli")).toBeDefined());
  await openTab(user, "试算一笔");
  expect(await screen.findByRole("option", { name: /市级算力券.*自拟/ })).toBeInTheDocument();
});

test("a version is added from another day on, told apart, and sent to the sheet; one of the same day is not", async () => {
  const host = new FakeWorkbook(sheet(SMALL));
  const user = await openOwn(host);
  expect(screen.queryByText(/有几个版本/)).toBeNull();
  await user.click(screen.getAllByRole("button", { name: "加新版本" })[0]!);
  fireEvent.change(screen.getByLabelText("新版本自哪天起"), { target: { value: "2026-07-01" } });
  await user.click(screen.getByRole("button", { name: "加到表中" }));
  // One line for each instrument of the document.
  expect(await screen.findAllByText(/这一版自 2026-07-01 起/)).toHaveLength(2);
  expect(textOn(host)).toMatch(/^[^]*\n---\n[^]*from: 2026-07-01/);
  expect(findEntry("my-suanli@2026-07-01")).toBeDefined();
  const row = textOn(host).split("\n").indexOf("---") + 2;
  expect(host.jumps.at(-1)).toEqual({ sheet: OWN_SHEET, address: `A${row}` });
  expect(screen.getAllByRole("button", { name: "在表中修改" }).length).toBeGreaterThan(0);

  const before = textOn(host);
  await user.click(screen.getAllByRole("button", { name: "加新版本" })[0]!);
  fireEvent.change(screen.getByLabelText("新版本自哪天起"), { target: { value: "2026-07-01" } });
  await user.click(screen.getAllByRole("button", { name: "加到表中" })[0]!);
  expect(await screen.findByRole("alert")).toHaveTextContent(/my/);
  expect(textOn(host)).toBe(before);
});
