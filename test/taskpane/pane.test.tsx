import { FluentProvider, webLightTheme } from "@fluentui/react-components";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { I18nextProvider } from "react-i18next";
import { currentPick } from "../../src/functions/pick";
import { Boundary } from "../../src/taskpane/boundary";
import { texts } from "../../src/taskpane/texts";
import { FakeWorkbook } from "./fake-workbook";
import { inBinjiang, openPane as open } from "./open";

test("with no pick stored the pane shows what the functions assume: Zhejiang 2026", async () => {
  await open();
  expect(screen.getByRole("combobox", { name: "辖区" })).toHaveDisplayValue("浙江省");
  expect(screen.getByRole("combobox", { name: "年度" })).toHaveDisplayValue(/^2026/);
  expect(screen.getByRole("button", { name: "算力券" })).toBeInTheDocument();
});

test("the pick stored in the workbook is restored and told to the functions", async () => {
  const host = new FakeWorkbook();
  host.stored = { jurisdiction: "binjiang", year: 2027, language: "en" };
  await open(host);
  expect(screen.getByRole("combobox", { name: "Jurisdiction" })).toHaveDisplayValue(/Binjiang$/);
  expect(currentPick()).toEqual({ jurisdiction: "binjiang", year: 2027, language: "en" });
  expect(host.recalculations).toBe(1);
});

test("changing the jurisdiction stores it, tells the functions, recalculates and says how many cells changed", async () => {
  const host = new FakeWorkbook();
  const user = await open(host);
  await user.selectOptions(screen.getByRole("combobox", { name: "辖区" }), "330108");
  expect(host.stored).toEqual({ jurisdiction: "binjiang" });
  expect(currentPick()).toMatchObject({ jurisdiction: "binjiang", year: 2026 });
  expect(screen.getByText("已重新计算，3 个单元格有变化")).toBeInTheDocument();
});

test("Binjiang's compute voucher shows rate, cap, pool, the firms that empty it, window, status and clause", async () => {
  const host = new FakeWorkbook();
  host.stored = { jurisdiction: "binjiang" };
  await open(host);
  const item = screen.getByRole("button", { name: "算力券" }).closest("li")!;
  expect(item).toHaveTextContent("60%");
  expect(item).toHaveTextContent("2000 万元");
  expect(item).toHaveTextContent("1 亿元");
  expect(item).toHaveTextContent("5 家按上限申领即用完");
  expect(item).toHaveTextContent("2025-06-10 至 2028-06-09");
  expect(item).toHaveTextContent("二（六）");
  expect(within(item).getByText("现行")).toBeInTheDocument();
  expect(item).toHaveTextContent("据二手资料，请核对原文（2026-08-12）：杭高新〔2026〕6号");
});

test("a draft is visibly a draft, and 250 million at 8 million a firm is empty at 31.25 firms", async () => {
  const host = new FakeWorkbook();
  host.stored = { jurisdiction: "hangzhou" };
  await open(host);
  const item = screen.getByRole("button", { name: "市级算力券（算力服务）" }).closest("li")!;
  expect(within(item).getByText("征求意见稿")).toBeInTheDocument();
  expect(item).toHaveTextContent("据二手资料，请核对原文（2025-06-13）：正式文本为杭政函〔2025〕65号");
  expect(item).toHaveTextContent("31.25 家按上限申领即用完");
});

test("the list is searched by every word", async () => {
  const user = await open();
  await user.type(screen.getByRole("searchbox"), "语料 券");
  expect(await screen.findByRole("button", { name: "语料券" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "算力券" })).not.toBeInTheDocument();
  await user.type(screen.getByRole("searchbox"), " 不存在的词");
  expect(await screen.findByText(/没有找到/)).toBeInTheDocument();
});

test("without a workbook the pane says so and still shows the catalogue", async () => {
  await open(null);
  expect(screen.getByText(/No workbook is open/)).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Compute voucher" })).toBeInTheDocument();
});

test("an instrument opens with its clause and quotation", async () => {
  const host = new FakeWorkbook();
  host.stored = { jurisdiction: "binjiang" };
  const user = await open(host);
  await user.click(screen.getByRole("button", { name: "算力券" }));
  expect(await screen.findByRole("heading", { level: 2, name: "算力券" })).toBeInTheDocument();
  expect(screen.getByText(/给予单家企业最高2000万元补助/)).toBeInTheDocument();
});

test("five jobs in one row; a policy is reached from the list, and a click leads back", async () => {
  const user = await open(inBinjiang());
  expect(screen.getAllByRole("tab").map((tab) => tab.textContent)).toEqual(["政策", "测算", "检查", "情景", "资金池"]);
  await user.click(screen.getByRole("button", { name: "算力券" }));
  await user.click(await screen.findByRole("button", { name: "试算" }));
  expect(screen.getByRole("tab", { selected: true })).toHaveTextContent("测算");
  await user.click(await screen.findByRole("button", { name: "‹ 返回单项政策" }));
  expect(screen.getByRole("tab", { selected: true })).toHaveTextContent("政策");
  await user.click(await screen.findByRole("button", { name: "‹ 返回目录" }));
  expect(screen.getByRole("button", { name: "算力券" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /返回/ })).not.toBeInTheDocument();
});

test("a broken view says why, and can be shown again", async () => {
  const silent = jest.spyOn(console, "error").mockImplementation(() => {});
  let broken = true;
  const View = () => {
    if (broken) throw new Error("the reason");
    return <p>well</p>;
  };
  render(
    <I18nextProvider i18n={texts}>
      <FluentProvider theme={webLightTheme}>
        <Boundary>
          <View />
        </Boundary>
      </FluentProvider>
    </I18nextProvider>,
  );
  expect(screen.getByText(/the reason/)).toBeInTheDocument();
  broken = false;
  await userEvent.click(screen.getByRole("button"));
  expect(screen.getByText("well")).toBeInTheDocument();
  silent.mockRestore();
});
