import { screen, within } from "@testing-library/react";
import { fill, inBinjiang, openPane, openTab } from "./open";

async function tryBinjiang() {
  const user = await openPane(inBinjiang());
  await user.click(screen.getByRole("button", { name: "算力券" }));
  await openTab(user, "试算一笔");
  await screen.findByLabelText("上一年度结算费用");
  return user;
}
const answer = () => screen.getByRole("status", { name: "结果" });

test("what does Binjiang pay for 10 million of domestic compute in 2026, and why", async () => {
  const user = await tryBinjiang();
  await fill(user, screen.getByLabelText("上一年度结算费用"), "10000000");
  await user.click(within(screen.getByRole("radiogroup", { name: "国产算力" })).getByLabelText("是"));
  expect(answer()).toHaveTextContent("6,000,000.00 元（600 万元）");
  const [first] = within(screen.getByRole("list", { name: "限额与计算" })).getAllByRole("listitem");
  expect(first).toHaveTextContent("起作用");
  expect(first).toHaveTextContent("上一年度结算费用 10,000,000.00 × 60%");
});

test("what is missing is asked for, not assumed", async () => {
  const user = await tryBinjiang();
  expect(answer()).toHaveTextContent("缺少");
  await fill(user, screen.getByLabelText("上一年度结算费用"), "10000000");
  expect(answer()).toHaveTextContent("缺少：国产算力");
  expect(screen.getByRole("radiogroup", { name: "国产算力" })).toHaveAccessibleDescription(/请填写/);
});

test("the amount is echoed in both units, and what is no amount is refused in words", async () => {
  const user = await tryBinjiang();
  const amount = screen.getByLabelText("上一年度结算费用");
  await fill(user, amount, "10000000");
  expect(amount).toHaveAccessibleDescription(/1000 万元/);
  await fill(user, amount, "一千万");
  expect(amount).toHaveAccessibleDescription(/不是金额/);
});

test("other readings and other jurisdictions stand beside the award", async () => {
  const user = await tryBinjiang();
  await fill(user, screen.getByLabelText("上一年度结算费用"), "10000000");
  await user.click(within(screen.getByRole("radiogroup", { name: "国产算力" })).getByLabelText("是"));
  expect(screen.getByRole("region", { name: "其他读法" })).toHaveTextContent("3,000,000.00");
  const places = screen.getByRole("region", { name: "其他辖区" });
  expect(places).toHaveTextContent("浙江省 算力券");
  expect(places).toHaveTextContent("杭州市 市级算力券（算力服务）3,000,000.00");
});

test("a day before the opinions take effect there is no award", async () => {
  const user = await tryBinjiang();
  await user.click(screen.getByRole("button", { name: "申报日期、读法与假设" }));
  await fill(user, screen.getByLabelText("申报年度或日期"), "2025-06-09");
  expect(answer()).toHaveTextContent("不在有效期内");
});

test("what was typed is still there after a look at another view", async () => {
  const user = await tryBinjiang();
  await fill(user, screen.getByLabelText("上一年度结算费用"), "123");
  await openTab(user, "政策");
  await openTab(user, "试算一笔");
  expect(screen.getByLabelText("上一年度结算费用")).toHaveValue("123");
});
