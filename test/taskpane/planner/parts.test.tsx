/** Further parts of the planner: time, rates over a table of contracts, ranks, and a long range that is read in bands. */
import { act, screen, within } from "@testing-library/react";
import { poolRateFit } from "../../../src/functions/functions";
import { readClaims } from "../../../src/taskpane/planner/reading";
import { FakeWorkbook, type FakeCell } from "../fake-workbook";
import { fill, inBinjiang, openPane, openTab, take } from "../open";
import { ABOUT } from "./about";

async function plan(content: Record<string, FakeCell[][]>) {
  const host = inBinjiang(content);
  const user = await openPane(host);
  await openTab(user, "资金池");
  await screen.findByLabelText("资金池金额");
  return { user, host };
}

const CLAIMS: FakeCell[][] = [
  ["甲", 15_000_000, "2026-02-10", 2],
  ["乙", 12_000_000, "2026-01-20", 1],
  ["甲", 10_000_000, "2026-03-05", 2],
  ["丙", 8_000_000, "2026-03-05", 3],
];

test("the day the pool runs out: a firm uses its cap up day by day, those of one day come in row order", async () => {
  const { user, host } = await plan({ 申请: CLAIMS });
  await fill(user, screen.getByLabelText("资金池金额"), "0.35");
  await take(user, host, "申请额（元）", "申请", "B1:B4");
  await take(user, host, "企业（同名合并，上限按家）", "申请", "A1:A4");
  await user.click(screen.getByRole("button", { name: "概率、浮动、类别、日期、名次" }));
  await take(user, host, "申请日期", "申请", "C1:C4");
  await user.click(await screen.findByRole("button", { name: "时间" }));
  const table = await screen.findByRole("region", { name: "逐月使用：上限 2000万元" });
  const months = within(table).getAllByRole("row").slice(1);
  // 35 million: 12 in January, 15 in February; in March 甲 has 5 of its 20 left, then 3 remain for 丙 of its 8.
  expect(months.map((row) => row.textContent)).toEqual([
    "2026-0112,000,000.0012,000,000.0023,000,000.00",
    "2026-0215,000,000.0015,000,000.008,000,000.00",
    "2026-0313,000,000.008,000,000.000.00",
  ]);
  expect(screen.getByText("用尽日（按所给日期）").nextSibling).toHaveTextContent("2026-03-05");
  expect(screen.getByText("首个不能足额支付的日子").nextSibling).toHaveTextContent("2026-03-05");
});

test("sharing by rank is offered where ranks are given: the first get all, the last what is left", async () => {
  const { user, host } = await plan({ 申请: CLAIMS });
  await fill(user, screen.getByLabelText("资金池金额"), "0.35");
  await take(user, host, "申请额（元）", "申请", "B1:B4");
  await take(user, host, "企业（同名合并，上限按家）", "申请", "A1:A4");
  await user.click(await screen.findByRole("button", { name: "超额时如何分配" }));
  const table = await screen.findByRole("region", { name: "兑付：上限 2000万元" });
  expect(within(table).queryByRole("row", { name: /^按名次/ })).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "概率、浮动、类别、日期、名次" }));
  await take(user, host, "名次", "申请", "D1:D4");
  const ranked = await screen.findByRole("row", { name: /^按名次/ });
  // By size 丙 8, 乙 12, 甲 20 after the cap; by rank 乙 12, 甲 20, 丙 the 3 that are left.
  const parts = within(ranked)
    .getAllByRole("cell")
    .map((cell) => cell.textContent);
  expect(parts).toEqual(["37.50%", "100.00%", "100.00%"]);
});

test("the factor on the rates over a table of contracts is that of BUTIE.POOLRATE", async () => {
  const contracts: FakeCell[][] = [
    ["amount", "domestic"],
    [60_000_000, "是"],
    [30_000_000, "否"],
    [90_000_000, "是"],
  ];
  const { user, host } = await plan({ 申请: CLAIMS, 合同: contracts, 结果: [] });
  await take(user, host, "申请额（元）", "申请", "B1:B4");
  await user.click(await screen.findByRole("button", { name: "上限与比例" }));
  await screen.findByText("按合同表测算比例系数");
  await take(user, host, "表头（一行）", "合同", "A1:B1");
  await take(user, host, "数据（与表头同宽）", "合同", "A2:B4");
  await fill(user, screen.getByLabelText("资金池金额"), "0.3");
  await user.click(within(screen.getByRole("tabpanel")).getByRole("button", { name: "测算" }));
  const table = await screen.findByRole("region", { name: "按合同表测算比例系数" });
  const [[expected]] = poolRateFit(
    [["bj-6-suanli"]],
    [contracts[0]!],
    contracts.slice(1),
    [[30_000_000]],
    [[2026]],
  ) as [[number]];
  expect(expected).toBeLessThan(1);
  expect(within(table).getByText(/^0\.\d{9}$/)).toHaveTextContent(String(expected));
  act(() => host.select("结果", "A1"));
  await user.click(within(table).getByRole("button", { name: "插入公式：算力券" }));
  expect(host.written[0]![0]!.cells).toEqual([
    ['=BUTIE.POOLRATE("bj-6-suanli",合同!$A$1:$B$1,合同!$A$2:$B$4,30000000,2026)'],
  ]);
});

describe("reading a long column", () => {
  const host = new FakeWorkbook({ 申请: Array.from({ length: 5000 }, (_, k) => [k + 1]) });

  test("shows how far it is, and a whole column ends with the used rows", async () => {
    const parts: number[] = [];
    const read = await readClaims(host, { claims: "申请!A:A" }, ABOUT, new AbortController().signal, (part) =>
      parts.push(part),
    );
    expect(read!.claims.amounts).toHaveLength(5000);
    expect(read!.claims.columns.claims).toEqual({ place: { sheet: "申请", address: "A1:A5000" } });
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.at(-1)).toBe(1);
  });

  test("can be stopped between two bands", async () => {
    const abort = new AbortController();
    const parts: number[] = [];
    const reading = readClaims(host, { claims: "申请!A:A" }, ABOUT, abort.signal, (part) => {
      parts.push(part);
      abort.abort();
    });
    await expect(reading).rejects.toThrow();
    expect(parts).toHaveLength(1);
    expect(parts[0]).toBeLessThan(1);
  });

  test("of a sheet that is not there says so", async () => {
    const reading = readClaims(host, { claims: "别的!A:A" }, ABOUT, new AbortController().signal, () => undefined);
    await expect(reading).rejects.toMatchObject({ name: "WorkbookError", reason: "no-sheet" });
  });
});
