/** The first steps, and where the keyboard is after each step. */
import { act, cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Pane } from "../../src/taskpane/pane";
import { sampleSheet } from "../../src/taskpane/start/sample";
import { tableAt } from "../../src/taskpane/table-in-hand";
import { FakeWorkbook } from "./fake-workbook";
import { inBinjiang, openPane } from "./open";

beforeEach(() => localStorage.clear());

const steps = () => screen.queryByRole("region", { name: "从这里开始" });
const button = (name: string | RegExp) => screen.getByRole("button", { name });

test("first steps stand above the policies; put away they stay away, and the ? brings them back", async () => {
  const user = await openPane();
  expect(steps()).toBeInTheDocument();
  expect(button("算力券")).toBeInTheDocument();
  await user.click(button("不再显示"));
  expect(steps()).not.toBeInTheDocument();
  expect(screen.getByRole("tabpanel")).toHaveFocus();
  cleanup();
  const again = await openPane();
  expect(steps()).not.toBeInTheDocument();
  await again.click(screen.getByRole("tab", { name: "资金池" }));
  await again.click(button("开始与提示"));
  expect(steps()).toBeInTheDocument();
  expect(screen.getByRole("tabpanel")).toHaveFocus();
});

test("a browser that keeps nothing shows them at each start, and stays alive", async () => {
  const full = jest.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  const closed = jest.spyOn(Storage.prototype, "getItem").mockImplementation(() => {
    throw new DOMException("closed", "SecurityError");
  });
  const user = await openPane();
  await user.click(button("不再显示"));
  expect(steps()).not.toBeInTheDocument();
  full.mockRestore();
  closed.mockRestore();
});

test("five hints, one after the other, round and round", async () => {
  const user = await openPane();
  const hints = within(screen.getByRole("group", { name: "提示" }));
  const seen = new Set<string>();
  for (let n = 1; n <= 5; n++) {
    seen.add(hints.getByText(new RegExp(`^提示 ${n}/5：`)).textContent);
    await user.click(hints.getByRole("button", { name: "下一条" }));
  }
  expect(seen.size).toBe(5);
  expect(hints.getByText(/^提示 1\/5/)).toBeInTheDocument();
  await user.click(hints.getByRole("button", { name: "上一条" }));
  expect(hints.getByText(/^提示 5\/5/)).toBeInTheDocument();
});

test("without a workbook there are hints and nothing to do in one", async () => {
  await openPane(null);
  const start = within(screen.getByRole("region", { name: "Start here" }));
  expect(start.getByText(/^Hint 1 of 5/)).toBeInTheDocument();
  expect(start.queryByRole("button", { name: /ledger|sample/ })).not.toBeInTheDocument();
});

describe.each(["zh", "en"] as const)("the sample table, %s", (language) => {
  test("is a table whose rows all name their policy and can be computed", async () => {
    const { cells, name } = sampleSheet(language);
    const host = new FakeWorkbook({ [name]: cells.map((row) => [...row]) });
    const table = await tableAt(host, { sheet: name, address: "A1" });
    expect(table?.region.rows).toHaveLength(20);
    expect(table?.region.columns).toHaveLength(7);
    host.stored = { language };
    const user = userEvent.setup({ delay: null });
    render(<Pane host={host} sample={{ sheet: name, address: "A1" }} />);
    await act(async () => {});
    await user.click(screen.getAllByRole("tab")[1]!);
    expect(await screen.findByText(/^20 (行可算|rows can be computed)/)).toBeInTheDocument();
  });
});

const tableShown = async () => within(screen.getByRole("tabpanel")).findByRole("region", { name: "数据表" });

test("the sample added to a workbook is the table of every job at once", async () => {
  const user = await openPane(inBinjiang({ Sheet1: [] }));
  await user.click(button("放入一张示例表"));
  expect(await screen.findByText(/现在用的表：示例合同!A1:G21，20 行/)).toBeInTheDocument();
  for (const job of ["测算", "情景", "资金池"]) {
    await user.click(screen.getByRole("tab", { name: job }));
    expect(await tableShown()).toHaveTextContent("示例合同!A1:G21 20 行");
  }
});

test("claims that were taken from the table stay away from it once the user chose columns instead", async () => {
  const user = await openPane(inBinjiang({ Sheet1: [] }));
  await user.click(button("放入一张示例表"));
  await screen.findByText(/现在用的表/);
  await user.click(screen.getByRole("tab", { name: "资金池" }));
  await tableShown();
  await user.click(button("改用单元格区域"));
  await user.click(screen.getByRole("tab", { name: "检查" }));
  await user.click(screen.getByRole("tab", { name: "资金池" }));
  expect(await screen.findByRole("textbox", { name: "申请额（元）" })).toHaveValue("");
  expect(screen.queryByRole("region", { name: "数据表" })).not.toBeInTheDocument();
});

test("how a figure was computed: the first result of the workbook, where the user stands on none", async () => {
  const formula = "=SUANLI_QUAN(B2,C2)";
  const host = inBinjiang({
    合同: [
      ["企业", "金额", "国产"],
      ["甲", 1_000_000, "是", { formula, value: 600_000 }],
    ],
  });
  const user = await openPane(host);
  await user.click(button("看一个数是怎么算出来的"));
  expect(host.jumps).toEqual([{ sheet: "合同", address: "D2" }]);
  expect(await screen.findByRole("tabpanel", { name: "解释" })).toHaveFocus();
});

test("a file is chosen by the page, where the page can", async () => {
  const user = userEvent.setup({ delay: null });
  const choose = jest.fn();
  render(<Pane host={new FakeWorkbook()} onOpenFile={choose} />);
  await act(async () => {});
  await user.click(button("打开文件"));
  expect(choose).toHaveBeenCalledTimes(1);
});

test("tabs by keyboard: arrows go round, digits go straight there, and the tab keeps the keyboard", async () => {
  const user = await openPane();
  const tab = (name: string) => screen.getByRole("tab", { name });
  act(() => tab("政策").focus());
  await user.keyboard("{ArrowLeft}");
  expect(tab("资金池")).toHaveFocus();
  expect(tab("资金池")).toHaveAttribute("aria-selected", "true");
  await user.keyboard("3");
  expect(tab("检查")).toHaveFocus();
  expect(await screen.findByRole("tabpanel", { name: "检查" })).toBeInTheDocument();
  await user.keyboard("{Control>}1{/Control}67{Home}");
  expect(tab("政策")).toHaveFocus();
});

test("what leads to another view brings the keyboard into it; the parts of a job keep it", async () => {
  const user = await openPane(inBinjiang());
  await user.click(button("算力券"));
  expect(screen.getByRole("tabpanel", { name: "单项政策" })).toHaveFocus();
  await user.click(await screen.findByRole("button", { name: "试算" }));
  expect(screen.getByRole("tabpanel", { name: "试算一笔" })).toHaveFocus();
  const part = within(screen.getByRole("navigation", { name: "测算" })).getByRole("button", { name: "解释" });
  await user.click(part);
  expect(part).toHaveFocus();
});
