/** What the planner read is not what stands in the workbook any more: it says so, writes nothing of it, and computes anew when told. */
import { act, screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { WorkbookError } from "../../../src/host/workbook";
import { poolSheet } from "../../../src/taskpane/planner/pool-table";
import type { FakeCell, FakeWorkbook } from "../fake-workbook";
import { fill, inBinjiang, openPane, openTab, take } from "../open";

const CLAIMS = (): FakeCell[][] => [
  ["企业", "申请额", "备注"],
  ["甲", 15_000_000, ""],
  ["乙", 12_000_000, ""],
  ["丙", 8_000_000, ""],
];
const OLDER = "表里的数字已改动，以下仍按改动前计算。";
const REFUSED = /表里的数字已改动，没有写出/;

async function plan() {
  const host = inBinjiang({ 申请: CLAIMS() });
  const user = await openPane(host);
  await openTab(user, "资金池");
  await screen.findByLabelText("资金池金额");
  await take(user, host, "申请额（元）", "申请", "B1:B4");
  await total("35,000,000.00");
  return { user, host };
}

const total = (yuan: string) =>
  waitFor(() => {
    const table = screen.getByRole("region", { name: "使用情况" });
    expect(within(table).getByRole("row", { name: /^申请合计/ })).toHaveTextContent(yuan);
  });

/** So long that the pane has looked, and found nothing. */
const later = () => act(() => new Promise((resolve) => setTimeout(resolve, 1500)));

const enter = (host: FakeWorkbook, address: string, value: FakeCell) =>
  act(async () => host.enter("申请", address, value));

const readAgain = async (user: UserEvent) => {
  const [bar] = screen.getAllByText(OLDER);
  await user.click(within(bar!.closest<HTMLElement>('[role="status"]')!).getByRole("button", { name: "重新读取" }));
};

test("a claim that is typed over: the figures stay and say so, and are those of the cells once it is read again", async () => {
  const { user, host } = await plan();
  await enter(host, "B2", 25_000_000);
  expect(await screen.findByText(OLDER)).toBeInTheDocument();
  await total("35,000,000.00");
  await readAgain(user);
  await total("45,000,000.00");
  expect(screen.queryByText(OLDER)).not.toBeInTheDocument();
});

test("a change that is undone leaves figures that are right, and nothing is said of it any more", async () => {
  const { host } = await plan();
  await enter(host, "B2", 25_000_000);
  await screen.findByText(OLDER);
  await enter(host, "B2", 15_000_000);
  await waitFor(() => expect(screen.queryByText(OLDER)).not.toBeInTheDocument());
});

test("a change of other cells, or of nothing, is none", async () => {
  const { host } = await plan();
  await enter(host, "C2", "待核");
  await later();
  act(() => host.tell());
  await later();
  expect(screen.queryByText(OLDER)).not.toBeInTheDocument();
});

test("claims that can no longer be read are others, too", async () => {
  const { host } = await plan();
  await enter(host, "B3", "待定");
  expect(await screen.findByText(OLDER)).toBeInTheDocument();
  await total("35,000,000.00");
});

test("a row that is inserted pushes the last claim out of the range: said at once, and again when it was read", async () => {
  const { user, host } = await plan();
  await act(async () => {
    host.content.申请!.splice(2, 0, ["丁", 5_000_000, ""]);
    host.tell();
  });
  expect(await screen.findByText(OLDER)).toBeInTheDocument();
  await readAgain(user);
  await total("32,000,000.00");
  expect(screen.getByText(/所选区域下面的 申请!B5 还有数字，没有读入/)).toBeInTheDocument();
});

test("a host that tells of no change is looked at when the pane gets the focus", async () => {
  const { host } = await plan();
  host.content.申请![1]![1] = 25_000_000;
  await later();
  expect(screen.queryByText(OLDER)).not.toBeInTheDocument();
  act(() => void window.dispatchEvent(new Event("focus")));
  expect(await screen.findByText(OLDER)).toBeInTheDocument();
});

test("while a cell is edited nobody knows what it will hold: it is looked at again later", async () => {
  const { host } = await plan();
  const { read } = host;
  let refusals = 0;
  host.read = () => {
    refusals++;
    return Promise.reject(new WorkbookError("editing", { zh: "正在编辑", en: "editing" }));
  };
  await enter(host, "B2", 25_000_000);
  await waitFor(() => expect(refusals).toBeGreaterThan(1));
  expect(screen.queryByText(OLDER)).not.toBeInTheDocument();
  host.read = read;
  expect(await screen.findByText(OLDER)).toBeInTheDocument();
});

test.each(["复制到新工作表", "写成报告（新工作表）", "存为可打印的网页（A4）", "插入公式：申请合计"])(
  "%s: nothing is written of figures that are older than the cells, told of or not",
  async (name) => {
    const { user, host } = await plan();
    host.content.申请![1]![1] = 25_000_000;
    const [button] = screen.getAllByRole("button", { name });
    await user.click(button!);
    expect(await screen.findByText(REFUSED)).toBeInTheDocument();
    expect([host.added, host.written, [...host.files]]).toEqual([[], [], []]);
    expect(screen.getByText(OLDER)).toBeInTheDocument();
  },
);

test("the table of the pools, and the claims of each of them", async () => {
  const { user, host } = await plan();
  const { cells } = poolSheet("资金池表", [], { year: 2026 }, "zh");
  const row = (name: string, amount: number, claims: string): FakeCell[] =>
    cells[0]!.map((_, k) => ({ 0: name, 1: amount, 3: claims })[k] ?? "");
  host.content.池 = [[...cells[0]!], row("一", 20e6, "申请!B2:B3"), row("二", 9e6, "申请!B4:B4")];
  await user.click(screen.getByRole("button", { name: "多个资金池" }));
  await fill(user, screen.getByLabelText("资金池表（含表头，可选）"), "池!A1:I3");
  await screen.findByText(/29,000,000/);
  await act(async () => host.enter("池", "B3", 8_000_000));
  expect(await screen.findByText(OLDER)).toBeInTheDocument();
  await readAgain(user);
  await screen.findByText(/28,000,000/);
  expect(screen.queryByText(OLDER)).not.toBeInTheDocument();
});
