/** 检查 in the pane: what is wrong is there as soon as it is opened, each cause once, with what to do about it. */
import { act, screen, within } from "@testing-library/react";
import type { FakeWorkbook } from "../fake-workbook";
import { inBinjiang, openPane, openTab } from "../open";

const workbook = () => ({
  台账: [
    ["申请单位", "合同金额", "是否国产算力", "补贴"],
    ["灵溪", 1_000_000, "是", { formula: "=SUANLI_QUAN(B2:B4,C2:C4)", value: 600_000, spill: "D2:D4" }],
    ["湘湖", "2,000,000", "是", 1_200_000],
    ["文澜", "一千", "否", "#VALUE!"],
  ],
  依据: [[{ formula: "=BUTIE.VERSION()", value: "0.9.0" }]],
});

async function check(host: FakeWorkbook = inBinjiang(workbook())) {
  const user = await openPane(host);
  await openTab(user, "检查");
  await screen.findByText(/个补贴公式/);
  return user;
}
const section = (name: RegExp) => screen.getByRole("region", { name });

test("opening the tab is enough: how much was looked at, and every cause once with its count", async () => {
  await check();
  expect(screen.getByText("看了 2 张工作表、2 个补贴公式：4 项要改，0 项请核对，2 项供知悉。")).toBeInTheDocument();
  expect(section(/^金额写成文字：1 行/)).toHaveTextContent("台账!B3");
  expect(section(/^结果是 #VALUE!：“一千”不是金额/)).toHaveTextContent("要改");
});

test("a finding leads to its cell, and an error to its workings", async () => {
  const host = inBinjiang(workbook());
  const user = await check(host);
  await user.click(within(section(/写成文字/)).getByRole("button", { name: "台账!B3" }));
  expect(host.jumps).toEqual([{ sheet: "台账", address: "B3" }]);
  await user.click(within(section(/结果是/)).getByRole("button", { name: "为什么？" }));
  expect(host.jumps.at(-1)).toEqual({ sheet: "台账", address: "D4" });
  expect(await screen.findByRole("tabpanel", { name: "解释" })).toBeInTheDocument();
});

test("what is safe is done by one button as one write, said, and looked at again", async () => {
  const host = inBinjiang(workbook());
  const user = await check(host);
  await user.click(within(section(/写成文字/)).getByRole("button", { name: "改成数字" }));
  expect(await screen.findByText("已改正：改成数字。按一次 Ctrl+Z 可撤销。")).toBeInTheDocument();
  expect(host.written).toEqual([[{ place: { sheet: "台账", address: "B3" }, cells: [[2_000_000]] }]]);
  await screen.findByText(/3 项要改/);
  expect(screen.queryByRole("region", { name: /写成文字/ })).not.toBeInTheDocument();
});

test("an older version of the rules is recalculated on demand", async () => {
  const host = inBinjiang(workbook());
  const user = await check(host);
  const before = host.recalculations;
  await user.click(within(section(/规则版本/)).getByRole("button", { name: "重新计算" }));
  expect(await screen.findByText("已改正：重新计算。")).toBeInTheDocument();
  expect(host.recalculations).toBe(before + 1);
});

test("many places are shown a few at first, and all on demand", async () => {
  const names = Array.from({ length: 12 }, (_, i) => [`企业${i}`, `${100 + i},000`, "是"]);
  const user = await check(inBinjiang({ 台账: [["申请单位", "合同金额", "是否国产算力"], ...names] }));
  const texts = section(/金额写成文字：12 行/);
  expect(within(texts).getAllByRole("listitem")).toHaveLength(5);
  await user.click(within(texts).getByRole("button", { name: "全部显示" }));
  expect(within(texts).getAllByRole("listitem")).toHaveLength(12);
});

test("in English, too", async () => {
  const host = inBinjiang(workbook());
  host.language = "en";
  const user = await openPane(host);
  await openTab(user, "Check");
  expect(await screen.findByRole("region", { name: "Amounts are written as text (rows: 1)" })).toHaveTextContent(
    "Make them numbers",
  );
});

test("a workbook in order has nothing to report", async () => {
  await check(inBinjiang({ Sheet1: [["x", 1]] }));
  expect(screen.getByText("看了 1 张工作表、0 个补贴公式，没有发现问题。")).toBeInTheDocument();
});

test("a workbook that cannot be read says why", async () => {
  const host = inBinjiang(workbook());
  host.formulas = () => Promise.reject(new Error("offline"));
  const user = await openPane(host);
  await openTab(user, "检查");
  expect(await screen.findByText(/没有成功：Error: offline/)).toBeInTheDocument();
});

test("a long check can be stopped", async () => {
  const host = inBinjiang(workbook());
  let release = () => {};
  host.formulas = () => new Promise((resolve) => (release = () => resolve([])));
  const user = await openPane(host);
  await openTab(user, "检查");
  await user.click(await screen.findByRole("button", { name: "停止" }));
  host.formulas = async () => [];
  await act(async () => release());
  expect(screen.queryByText(/个补贴公式/)).not.toBeInTheDocument();
});
