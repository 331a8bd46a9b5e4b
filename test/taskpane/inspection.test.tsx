import { act, screen, within } from "@testing-library/react";
import type { FakeWorkbook } from "./fake-workbook";
import { suspicion } from "../../src/taskpane/inspection/unit";
import { inBinjiang, openPane, openTab } from "./open";

const workbook = () => ({
  合同: [
    ["amount", "domestic", "结果"],
    [10_000_000, "是", { formula: "=SUANLI_QUAN(A2:A4,B2:B4)", value: 6_000_000, spill: "C2:C4" }],
    [1_200, "是", 720],
    ["一千", "否", "#VALUE!"],
  ],
  依据: [
    [{ formula: "=BUTIE.VERSION()", value: "0.9.0" }],
    [{ formula: '=SUANLI_QUAN(合同!A2,合同!B2,"hangzhou",2026)', value: 3_000_000 }],
    [{ formula: '=SUANLI_QUAN(合同!A2*2,合同!B2,"binjiang",2026)', value: 12_000_000 }],
    [{ formula: '=BUTIE("bj-6-suanli",{"amount","domestic","year"},{1000000,TRUE,2026})', value: 600_000 }],
  ],
});

async function check(host: FakeWorkbook = inBinjiang(workbook())) {
  const user = await openPane(host);
  await openTab(user, "检查");
  await screen.findByText(/个补贴公式/);
  return user;
}
const section = (name: RegExp) => screen.getByRole("region", { name });

test("the check counts our formulas and tells what to look at", async () => {
  await check();
  expect(screen.getByText("找到 5 个补贴公式，6 处需要留意。")).toBeInTheDocument();
});

test("errors, small amounts, drafts and unreadable arguments are found with their cells", async () => {
  await check();
  expect(section(/错误值/)).toHaveTextContent("合同!C4#VALUE!：“一千”不是金额，请填数字（元）");
  expect(section(/金额偏小/)).toHaveTextContent("合同!A31,200.00 元");
  expect(section(/征求意见稿/)).toHaveTextContent("依据!A2");
  expect(section(/算式或名称/)).toHaveTextContent("合同!A2*2");
});

test("required flags that are blank, and rows of totals that got an award, are found with their cells", async () => {
  await check(
    inBinjiang({
      合同: [
        ["企业", "金额", "国产", "结果"],
        ["甲", 1_000_000, "是", { formula: '=SUANLI_QUAN(B2:B4,C2:C4,"浙江",2026)', value: 300_000, spill: "D2:D4" }],
        ["乙", 2_000_000, "", 200_000],
        ["小计", 3_000_000, 0, 300_000],
      ],
    }),
  );
  expect(section(/是空的：请填“是”或“否”/)).toHaveTextContent("合同!B3自主算力");
  expect(section(/合计行.*请在公式的数据区中去掉/)).toHaveTextContent("合同!B4小计");
});

test("what a table refuses is found with the reason and the way out: firms under merged cells, a row of totals", async () => {
  const table = (...firms: string[]) => ({
    合同: [
      ["企业", "金额", "国产", "结果"],
      ...firms.map((firm, r) => [
        firm,
        1_000_000,
        "是",
        r ? "#VALUE!" : { formula: '=BUTIE("zj-15-suanli",A1:C1,A2:C5,2026)', value: 300_000, spill: "D2:D5" },
      ]),
    ],
  });
  await check(inBinjiang(table("甲", "", "合计", "")));
  expect(section(/错误值/)).toHaveTextContent(
    "合同!D3#VALUE!，另有 1 个单元格：第2行：“企业”为空，而其他行有企业；合并单元格只有首行有内容，请逐行填写",
  );
  expect(section(/错误值/)).toHaveTextContent(
    "合同!D4#VALUE!：第3行：“合计”是合计行，不是申报；请把合计行排除在数据区之外",
  );
});

test("a finding leads to its cell", async () => {
  const host = inBinjiang(workbook());
  const user = await check(host);
  await user.click(within(section(/金额偏小/)).getByRole("button", { name: "合同!A3" }));
  expect(host.jumps).toEqual([{ sheet: "合同", address: "A3" }]);
});

test("what follows the pick is written out on demand", async () => {
  const host = inBinjiang(workbook());
  const user = await check(host);
  await user.click(within(section(/没有写明/)).getByRole("button", { name: "写明" }));
  await act(async () => {});
  expect(host.written[0]).toEqual([
    { place: { sheet: "合同", address: "C2" }, cells: [['=SUANLI_QUAN(A2:A4,B2:B4,"binjiang",2026)']] },
  ]);
});

test.each([
  '=BUTIE.POOLRATE("bj-6-suanli",{"amount","domestic"},{1000000,TRUE},500000)',
  '=BUTIE.SCENARIO("bj-6-suanli",{"amount","domestic"},{1000000,TRUE},{"rate";0.2})',
])("%s follows the pick too", async (formula) => {
  const host = inBinjiang({ 池: [[{ formula, value: 1 }]] });
  const user = await check(host);
  await user.click(within(section(/没有写明/)).getByRole("button", { name: "写明" }));
  await act(async () => {});
  expect(host.written[0]![0]!.cells).toEqual([[formula.replace(/\)$/, ",2026)")]]);
});

test("an older version of the rules is recalculated on demand", async () => {
  const host = inBinjiang(workbook());
  const user = await check(host);
  const before = host.recalculations;
  await user.click(within(section(/规则版本/)).getByRole("button", { name: "重新计算" }));
  expect(host.recalculations).toBe(before + 1);
});

test("a workbook without our formulas has nothing to report", async () => {
  await check(inBinjiang({ Sheet1: [["x", 1]] }));
  expect(screen.getByText("找到 0 个补贴公式，没有发现问题。")).toBeInTheDocument();
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
  expect(screen.queryByText(/需要留意/)).not.toBeInTheDocument();
});

test.each([
  [9_999.99, [], "small"],
  [10_000, [], undefined],
  [1e10 - 0.01, [], undefined],
  [1e10, [], "large"],
  [0, [], undefined],
  [1_000_000, [2e9, 3e9, 5e9, 5e9, 6e9], "small"],
  [9e9, [1e6, 1e6, 2e6, 1e6, 1e6], "large"],
  [20_000, [1e7, 2e7, 3e7, 4e7, 5e7], undefined],
])("%d yuan among %j: %s", (yuan, column, expected) => {
  expect(suspicion(yuan, column)).toBe(expected);
});
