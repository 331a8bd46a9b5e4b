/** The jobs over an ordinary ledger: a title, headers merged over two lines, 万元, an amount as text, a merged firm, subtotals. */
import { act, screen, waitFor, within } from "@testing-library/react";
import type { FakeCell } from "./fake-workbook";
import { inBinjiang, openPane } from "./open";

jest.setTimeout(120_000);

const LEDGER: FakeCell[][] = [
  ["算力合同台账", "", "", "", ""],
  ["序号", "申请单位", "合同金额（万元）", "是否国产算力", "签订日期"],
  ["", "", "", "", ""],
  [1, "西溪语言智能", 1200, "是", "2026-01-15"],
  [2, "", "1,850", "是", "2026-02-01"],
  ["", "小计", 3050, "", ""],
  [3, "灵溪机器人", 4000, "是", "2026-03-01"],
  [4, "灵溪机器人", 980, "否", "2026-03-09"],
  [5, "湘湖医影科技", "待定", "是", "2026-04-20"],
  ["", "小计", 4980, "", ""],
  ["合计", "", 8030, "", ""],
];
const MERGED = ["A1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "B4:B5"];

/** Stands in the ledger, and starts the job that is offered for it. */
async function start(job: string) {
  const host = inBinjiang({ 台账: LEDGER.map((row) => [...row]) });
  host.shapes.台账 = { merged: MERGED };
  const user = await openPane(host);
  act(() => host.select("台账", "C7"));
  const standing = await screen.findByRole("group", { name: /^表 A2:E11/ });
  await user.click(within(standing).getByRole("button", { name: job }));
  return { host, user };
}

const cellsIn = (table: HTMLElement) =>
  [...table.querySelectorAll("tr")].map((row) => [...row.children].map((cell) => cell.textContent));

test("scenarios are computed over its contracts, each once, in 元", async () => {
  const { user } = await start("情景");
  await user.selectOptions(await screen.findByRole("combobox", { name: "政策" }), "bj-6-suanli");
  expect(await screen.findByText(/台账!A2:E11：5 行；算力券。 没有用到的列：序号、签订日期。/)).toBeInTheDocument();
  expect(screen.getByText(/不计入：合计、小计 第 6、10、11 行/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: /测算 1 个情景 × 5 行/ }));
  const results = await screen.findByRole("region", { name: "情景测算结果" }, { timeout: 20_000 });
  // 60 % of 12 million and 18.5 million; 20 million of the 40 million that reach the cap; nothing is left for 4.
  expect(cellsIn(results)[1]!.slice(0, 2)).toEqual(["基准", "38,300,000.00"]);

  // 待定 is no amount.
  expect(screen.getByText(/基准 5 行中有 1 行未能计算/)).toBeInTheDocument();
});

test("a pool is planned over the awards of its contracts; what cannot be computed is left out and said", async () => {
  await start("资金池");
  expect(await screen.findByText(/已读 4 行，合并为 2 家企业，合计 38,300,000\.00 元/)).toBeInTheDocument();
  expect(screen.getByRole("region", { name: "算不出的 1 行" })).toHaveTextContent("第 9 行");
  const use = await screen.findByRole("region", { name: "使用情况" });
  await waitFor(() => expect(use).toHaveTextContent("38,300,000.00"));
  // No formula can refer to awards that stand in no cell.
  expect(within(use).queryByRole("button", { name: /^插入公式/ })).not.toBeInTheDocument();
});

test("or over one of its columns of amounts, in the unit of its header", async () => {
  const { user } = await start("资金池");
  await user.selectOptions(await screen.findByRole("combobox", { name: "申请额" }), "合同金额(万元)");
  // 待定 is no amount.
  expect(await screen.findByText(/申请额 台账!C9：“待定”不是金额/)).toBeInTheDocument();
  expect(screen.getByRole("combobox", { name: "合同金额（万元）的单位" })).toHaveValue("10000");
});
