import { screen, within } from "@testing-library/react";
import { entryOf, planOf, ratio } from "../../src/rules";
import { columnsOf, curvesOf, extent, kinksOf } from "../../src/taskpane/instrument/curve";
import { fill, inBinjiang, openPane } from "./open";

const voucher = planOf(entryOf("bj-6-suanli"), { year: 2026 });

test("an answer still open gives a line for each answer", () => {
  const { curves } = curvesOf(voucher, {}, "amount", "zh");
  expect(curves.map(({ label }) => label)).toEqual(["国产算力", "非国产算力"]);
});

test("an amount still open gives no line: it is asked for", () => {
  const interest = planOf(entryOf("bj-21-tiexi"), { year: 2026 });
  expect(curvesOf(interest, {}, "interest_paid", "zh").missing).toContain("principal");
});

test("the lines are drawn through the kinks, beyond the last by half", () => {
  const { curves } = curvesOf(voucher, { domestic: true }, "amount", "zh");
  const upTo = extent(curves);
  const { x, y } = columnsOf(curves, upTo);
  expect(x).toEqual([0, 33_333_333.33, 33_333_333.33, 50_000_000]);
  expect(y).toEqual([[0, 20_000_000, 20_000_000, 20_000_000]]);
  expect(kinksOf(curves)).toHaveLength(1);
  expect(columnsOf(curves, ratio(1e9)).x).toEqual([0, 10_000_000]);
});

async function openVoucher() {
  const user = await openPane(inBinjiang());
  await user.click(screen.getByRole("button", { name: "算力券" }));
  await screen.findByRole("heading", { level: 2, name: "算力券" });
  return user;
}

test("the clause is quoted, and the kinks stand there as numbers", async () => {
  await openVoucher();
  expect(screen.getByText(/给予单家企业最高2000万元补助/).closest("blockquote")).toHaveTextContent(
    "（杭高新〔2025〕9号，2025年5月9日）第二部分第（六）条：“",
  );
  const curve = screen.getByRole("region", { name: "补贴额（元）随金额的变化" });
  expect(curve).toHaveTextContent("至 ≈ 33,333,333.33 元");
  expect(curve).toHaveTextContent("至 ≈ 66,666,666.67 元");
  expect(curve).toHaveTextContent("补贴最高 20,000,000.00 元");
});

test("ceiling or entitlement, readings, doubts and conditions are told", async () => {
  await openVoucher();
  const terms = screen.getByRole("region", { name: "条款内容" });
  for (const word of [
    "上限（不超过／最高），不是应得额",
    "单家企业最高金额按年还是按整个政策期",
    "A03",
    "5 家按上限申领即用完",
  ])
    expect(terms).toHaveTextContent(word);
});

test("other jurisdictions are laid over it", async () => {
  const user = await openVoucher();
  await user.click(screen.getByRole("switch", { name: "与其他辖区比较" }));
  const chart = screen.getByRole("figure", { name: "补贴额（元）随金额的变化" });
  expect(within(chart).getAllByText(/^浙江省 算力券/).length).toBeGreaterThan(0);
  expect(within(chart).getAllByText(/^杭州市 市级算力券（算力服务） 国产算力/).length).toBeGreaterThan(0);
});

test("what was tried moves the kink", async () => {
  const user = await openVoucher();
  await user.click(screen.getByRole("button", { name: "试算" }));
  await fill(user, await screen.findByLabelText("本年已获"), "14000000");
  await user.click(screen.getByRole("button", { name: "‹ 返回单项政策" }));
  expect(screen.getByRole("region", { name: "补贴额（元）随金额的变化" })).toHaveTextContent("至 10,000,000.00 元");
});
