import { act, screen, waitFor, within } from "@testing-library/react";
import { FakeWorkbook } from "../fake-workbook";
import { fill, openPane, openTab } from "../open";

jest.setTimeout(120_000);

/** Three firms: 10 million domestic, 40 million domestic (at the cap of 20 million), 1,000 yuan of other compute. */
const contracts = () =>
  new FakeWorkbook({
    合同: [
      ["合同", "政策工具", "企业", "amount", "domestic", "备注"],
      ["A", "bj-6-suanli", "甲", 10_000_000, "是", "x"],
      ["B", "bj-6-suanli", "乙", 40_000_000, "是", ""],
      ["C", "bj-6-suanli", "丙", 1_000, "否", ""],
    ],
    方案: [
      ["name", "cap"],
      ["上限一千万", 10_000_000],
      ["上限五百万", 5_000_000],
    ],
  });

async function openScenarios(host: FakeWorkbook) {
  const user = await openPane(host);
  await openTab(user, "情景");
  return user;
}

async function chooseBase(user: Awaited<ReturnType<typeof openPane>>) {
  await fill(user, await screen.findByRole("textbox", { name: /数据区域/ }), "合同!A1:F4");
  await screen.findByText(/合同!A1:F4：3 行；算力券。/);
}

test("scenarios from the sheet over rows of the sheet: computed, shown, and inserted with formats and version", async () => {
  const host = contracts();
  const user = await openScenarios(host);
  await chooseBase(user);
  expect(screen.getByText(/没有用到的列：备注。/)).toBeInTheDocument();
  await fill(user, screen.getByRole("textbox", { name: "情景表在工作簿中的区域" }), "方案!A1:B3");
  await user.click(screen.getByRole("button", { name: "从区域读取" }));
  await screen.findByText("已读取 2 个情景。");
  await user.click(screen.getByRole("button", { name: /测算 3 个情景 × 3 行/ }));
  const region = await screen.findByRole("region", { name: "情景测算结果" }, { timeout: 20_000 });
  const rows = [...region.querySelectorAll("tr")];
  expect(rows.slice(1).map((row) => [...row.children].slice(0, 3).map((cell) => cell.textContent))).toEqual([
    ["基准", "26,000,300.00", "0.00"],
    ["上限一千万", "16,000,300.00", "-10,000,000.00"],
    ["上限五百万", "10,000,300.00", "-16,000,000.00"],
  ]);
  expect(Object.keys(host.content)).toEqual(["合同", "方案"]);
  await user.click(screen.getByRole("button", { name: "连同图表插入到新工作表" }));
  await screen.findByText("已插入到“情景测算结果”。");
  const sheet = host.content["情景测算结果"]!;
  expect(sheet[1]![0]).toMatch(/^规则版本 \d/);
  expect(sheet[3]!.slice(0, 2)).toEqual(["基准", 26_000_300]);
  expect(sheet[5]!.slice(0, 2)).toEqual(["上限五百万", 10_000_300]);
});

test("what came of a run is shown for the data that it was run on, and no other", async () => {
  const user = await openScenarios(contracts());
  await chooseBase(user);
  await user.click(screen.getByRole("button", { name: /测算 1 个情景 × 3 行/ }));
  await screen.findByText(/^完成/, undefined, { timeout: 20_000 });
  const range = screen.getByRole("textbox", { name: /数据区域/ });
  await fill(user, range, "合同!A1:F3");
  await waitFor(() => expect(screen.queryByText(/^完成/)).not.toBeInTheDocument());
  expect(screen.queryByRole("region", { name: "情景测算结果" })).not.toBeInTheDocument();
  await fill(user, range, "合同!A1:F4");
  await screen.findByText(/^完成/);
  expect(screen.getByRole("region", { name: "情景测算结果" })).toBeInTheDocument();
});

test("results of other scenarios are not shown as those of the scenarios in hand", async () => {
  const user = await openScenarios(contracts());
  await chooseBase(user);
  await user.click(screen.getByRole("button", { name: "加一行" }));
  await user.click(screen.getByRole("button", { name: /^情景 1/ }));
  const rate = screen.getByRole("textbox", { name: "比例" });
  await fill(user, rate, "20%");
  await user.click(screen.getByRole("button", { name: /测算 2 个情景 × 3 行/ }));
  await screen.findByText(/^完成/, undefined, { timeout: 20_000 });
  await fill(user, rate, "25%");
  expect(screen.queryByRole("region", { name: "情景测算结果" })).not.toBeInTheDocument();
  expect(screen.queryByText(/^完成/)).not.toBeInTheDocument();
  expect(screen.getByText("数据或情景改动后还没有测算，请重新测算。")).toBeInTheDocument();
  await fill(user, rate, "20%");
  expect(screen.getByRole("region", { name: "情景测算结果" })).toBeInTheDocument();
});

test("a row that cannot be read says why, and nothing runs", async () => {
  const host = contracts();
  const user = await openScenarios(host);
  await chooseBase(user);
  await user.click(screen.getByRole("button", { name: "加一行" }));
  await user.click(screen.getByRole("button", { name: /^情景 1/ }));
  await fill(user, screen.getByRole("textbox", { name: "比例" }), "200%");
  expect(screen.getByText(/“200%”不可用，应为 0 到 1 之间/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: /测算 2 个情景/ }));
  // Once in the row, and once where the run was asked for.
  await waitFor(() => expect(screen.getAllByText(/“200%”不可用，应为 0 到 1 之间/)).toHaveLength(2));
  expect(screen.queryByText(/^完成/)).not.toBeInTheDocument();
});

test("rows are duplicated, deleted, written to a sheet with every documented column, and read back", async () => {
  const host = contracts();
  const user = await openScenarios(host);
  await chooseBase(user);
  await user.click(screen.getByRole("button", { name: "加一行" }));
  await user.click(screen.getByRole("button", { name: /^情景 1/ }));
  const read = jest.spyOn(host, "read");
  await fill(user, screen.getByRole("textbox", { name: "金额增长" }), "-5%");
  const sharing = screen.getByRole("combobox", { name: "分配办法" });
  expect(
    within(sharing)
      .getAllByRole("option")
      .map((option) => option.textContent),
  ).toEqual(["与基准相同", "按比例", "等额封顶", "等额扣减", "塔木德", "先到先得"]);
  await user.selectOptions(sharing, "先到先得");
  // The instruments of the base's family, and the places: chosen, not typed.
  expect(within(screen.getByRole("combobox", { name: "政策工具" })).getByText(/算力券 · 浙江省/)).toBeInTheDocument();
  expect(within(screen.getAllByRole("combobox", { name: "辖区" }).at(-1)!).getByText("滨江区")).toBeInTheDocument();
  // Typing elsewhere in the pane does not read the base again.
  expect(read).not.toHaveBeenCalled();
  await user.click(screen.getByRole("button", { name: "复制 情景 1" }));
  expect(within(screen.getByRole("list", { name: "情景表" })).getAllByRole("listitem")).toHaveLength(2);
  await user.click(screen.getByRole("button", { name: "删除 情景 1" }));
  await user.click(screen.getByRole("button", { name: "写入新工作表" }));
  await screen.findByText(/已写入，随文件保存/);
  const [headers, row] = host.content["情景表"]!;
  expect(headers).toEqual(expect.arrayContaining(["比例", "上限", "资金池", "分配办法", "cap_period"]));
  expect(row![headers!.indexOf("金额增长")]).toBe(-0.05);
  expect(row![headers!.indexOf("分配办法")]).toBe("先到先得");
  // Beside the table, what each column may hold, in the words that are read.
  expect(host.content["情景表"]!.flat()).toEqual(expect.arrayContaining(["滨江区", "等额封顶", "bj-6-suanli"]));
  await user.click(screen.getByRole("button", { name: "清空" }));
  await user.click(screen.getByRole("button", { name: "从区域读取" }));
  await screen.findByText("已读取 1 个情景。");
  expect(screen.getByRole("button", { name: /情景 1 副本 金额增长 -5%；分配办法 先到先得/ })).toBeInTheDocument();
});

test("what a sheet names beyond the base stays visible, and the run says in words why it cannot be computed", async () => {
  const host = contracts();
  host.content["方案"] = [
    ["情景", "basis", "政策工具"],
    ["利率基准", "lpr", ""],
    ["别的工具", "", "bj-9-chuangxin"],
  ];
  const user = await openScenarios(host);
  await chooseBase(user);
  await fill(user, screen.getByRole("textbox", { name: "情景表在工作簿中的区域" }), "方案!A1:C3");
  await user.click(screen.getByRole("button", { name: "从区域读取" }));
  await screen.findByText("已读取 2 个情景。");
  await user.click(screen.getByRole("button", { name: /^利率基准 basis lpr/ }));
  expect(screen.getByRole("textbox", { name: "basis" })).toHaveValue("lpr");
  await user.click(screen.getByRole("button", { name: /^别的工具/ }));
  expect(screen.getByRole("combobox", { name: "政策工具" })).toHaveValue("bj-9-chuangxin");
  await user.click(screen.getByRole("button", { name: /测算 3 个情景 × 3 行/ }));
  const region = await screen.findByRole("region", { name: "情景测算结果" }, { timeout: 20_000 });
  expect(within(region).getByText(/^这些政策工具没有这一读法：/)).toBeInTheDocument();
});

test("without a workbook the tab says what it needs", async () => {
  const user = await openPane(null);
  await openTab(user, "Scenarios");
  expect(await screen.findByText(/Open a workbook to compute scenarios over a whole table/)).toBeInTheDocument();
});

test("rows that change after the run: the results say so and are not written, and computed again they are those of the cells", async () => {
  const host = contracts();
  const user = await openScenarios(host);
  await chooseBase(user);
  await user.click(screen.getByRole("button", { name: /测算 1 个情景 × 3 行/ }));
  const region = await screen.findByRole("region", { name: "情景测算结果" }, { timeout: 20_000 });
  expect(region).toHaveTextContent("26,000,300.00");
  const older = "表里的数字已改动，以下仍按改动前计算。";
  // What no instrument reads changes nothing.
  act(() => host.enter("合同", "F3", "y"));
  await act(() => new Promise((resolve) => setTimeout(resolve, 1500)));
  expect(screen.queryByText(older)).not.toBeInTheDocument();
  act(() => host.enter("合同", "D2", 20_000_000));
  const line = (await screen.findByText(older)).closest<HTMLElement>('[role="status"]')!;
  expect(region).toHaveTextContent("26,000,300.00");
  await user.click(screen.getByRole("button", { name: "连同图表插入到新工作表" }));
  expect(await screen.findByText(/表里的数字已改动，没有写出/)).toBeInTheDocument();
  expect(host.added).toEqual([]);
  await user.click(within(line).getByRole("button", { name: "重新计算" }));
  await waitFor(() => expect(screen.getByRole("region", { name: "情景测算结果" })).toHaveTextContent("32,000,300.00"));
  expect(screen.queryByText(older)).not.toBeInTheDocument();
});

test("a run reads the rows as they are, told of the change or not: its results are of no older state", async () => {
  const host = contracts();
  const user = await openScenarios(host);
  await chooseBase(user);
  host.content["合同"]![1]![3] = 20_000_000;
  await user.click(screen.getByRole("button", { name: /测算 1 个情景 × 3 行/ }));
  const region = await screen.findByRole("region", { name: "情景测算结果" }, { timeout: 20_000 });
  expect(region).toHaveTextContent("32,000,300.00");
  expect(screen.queryByText(/表里的数字已改动/)).not.toBeInTheDocument();
});
