/** Freeze and thaw as a user meets them: what is asked first, what is said afterwards. */
import { screen } from "@testing-library/react";
import { inBinjiang, openPane, openTab } from "./open";

const AWARD = '=SUANLI_QUAN(A2,"是","binjiang",2026)';
const sheet = () => [
  ["金额", "补贴"],
  [1_000_000, { formula: AWARD, value: 600_000 }],
];

async function openFreezing(host = inBinjiang({ 甲: sheet(), 乙: sheet(), 丙: sheet() })) {
  const user = await openPane(host);
  await openTab(user, "冻结与恢复");
  return { host, user };
}

test("without anything to ask, one click freezes all and one brings all back", async () => {
  const { host, user } = await openFreezing();
  await user.click(await screen.findByRole("button", { name: "冻结 3 个补贴公式" }));
  expect(await screen.findByText(/已冻结 3 个公式，对照表：冻结对照。按一次 Ctrl\+Z 可撤销。/)).toBeInTheDocument();
  expect(host.content.甲![1]).toEqual([1_000_000, 600_000]);
  expect(await host.formulas()).toEqual([]);
  await user.click(await screen.findByRole("button", { name: "恢复 3 个公式" }));
  expect(await screen.findByText(/已恢复 3 个公式。/)).toBeInTheDocument();
  expect((await host.formulas()).map(({ formula }) => formula)).toEqual([AWARD, AWARD, AWARD]);
  expect(screen.queryByRole("button", { name: /^恢复/ })).not.toBeInTheDocument();
});

test("protected and hidden sheets: nothing is done before one has answered", async () => {
  const { host, user } = await openFreezing();
  host.shapes.乙 = { isProtected: true };
  host.shapes.丙 = { hasHiddenRows: true };
  await user.click(await screen.findByRole("button", { name: "冻结 3 个补贴公式" }));
  expect(await screen.findByText(/受保护的工作表不会改动：乙.*隐藏、筛选掉的行：丙/)).toBeInTheDocument();
  expect(host.written).toEqual([]);
  await user.click(screen.getByRole("button", { name: "取消" }));
  expect(await host.formulas()).toHaveLength(3);
  await user.click(screen.getByRole("button", { name: "冻结 3 个补贴公式" }));
  await user.click(await screen.findByRole("button", { name: "不动这些表，其余处理" }));
  expect(await screen.findByText(/已冻结 1 个公式.*没有处理：乙!B2、丙!B2。/)).toBeInTheDocument();
});

test("a frozen value that was typed over stays until one says otherwise", async () => {
  const { host, user } = await openFreezing(inBinjiang({ 甲: sheet() }));
  await user.click(await screen.findByRole("button", { name: "冻结 1 个补贴公式" }));
  await screen.findByText(/已冻结 1 个公式/);
  host.content.甲![1]![1] = 5;
  await user.click(await screen.findByRole("button", { name: "恢复 1 个公式" }));
  expect(await screen.findByText(/冻结后被改动过，没有恢复：甲!B2。/)).toBeInTheDocument();
  expect(host.content.甲![1]![1]).toBe(5);
  await user.click(screen.getByRole("button", { name: "仍然恢复，改动会丢失" }));
  expect(await screen.findByText(/已恢复 1 个公式。/)).toBeInTheDocument();
  expect((await host.formulas()).map(({ formula }) => formula)).toEqual([AWARD]);
});
