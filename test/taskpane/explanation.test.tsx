import { act, screen } from "@testing-library/react";
import type { FakeWorkbook } from "./fake-workbook";
import { inBinjiang, openPane, openTab } from "./open";

const CONTRACTS = {
  合同: [
    ["政策", "firm", "amount", "domestic", "逐份", "共用"],
    [
      "bj-6-suanli",
      "灵溪",
      30_000_000,
      "是",
      { formula: "=SUANLI_QUAN(C2:C5,D2:D5)", value: 18_000_000, spill: "E2:E5" },
      { formula: "=BUTIE(A2:A5,B1:D1,B2:D5)", value: 18_000_000, spill: "F2:F5" },
    ],
    ["bj-6-suanli", "灵溪", 10_000_000, "是", 6_000_000, 2_000_000],
    ["bj-6-suanli", "湘湖", "一千万", "是", "#VALUE!", "#VALUE!"],
    ["bj-6-suanli", "湘湖", "#N/A", "否", "#N/A", "#N/A"],
    [{ formula: '=SUANLI_QUAN(C2,D2,"binjiang",2024)', value: "#N/A" }],
    [{ formula: "=SUANLI_QUAN(C2*2,D2)", value: 20_000_000 }],
    [{ formula: "=BUTIE(A2:A5,B1:D1,B2:D5)", value: "#SPILL!" }],
    [{ formula: "=C2*2", value: 60_000_000 }],
    [{ formula: '=SUM(SUANLI_QUAN(C2:C3,D2:D3,"滨江"))', value: 24_000_000 }],
    [{ formula: '=BUTIE.BEST("compute-voucher",C1:D1,C2:D2,2026,H1:H2)', value: 18_000_000 }],
    [{ formula: '=SUANLI_QUAN(C2*10000,XLOOKUP(B2,B2:B5,D2:D5),"滨江",DATE(2026,6,10))', value: 180_000 }],
    [{ formula: '=SUANLI_QUAN(台账_金额,TRUE,"滨江",2026)', value: 3_000_000 }],
    [{ formula: '=SUANLI_QUAN(C2:C3/10000,D2:D3,"滨江",2026)', value: 1800, spill: "A14:A15" }],
    [600],
  ],
};

/** What the workbook makes of calculations; it cannot do C2*2. */
const COMPUTES = {
  "C2*10000": [[300_000]],
  "C2:C3/10000": [[3000], [1000]],
  "DATE(2026,6,10)": [[46183]],
  台账_金额: [[5_000_000]],
  "XLOOKUP(B2,B2:B5,D2:D5)": [["是"]],
};

async function explained(address: string): Promise<{ panel: HTMLElement; host: FakeWorkbook }> {
  const host = inBinjiang(CONTRACTS);
  Object.assign(host.computes, COMPUTES);
  const user = await openPane(host);
  await openTab(user, "解释");
  act(() => host.select("合同", address));
  const panel = screen.getByRole("tabpanel");
  // The view's module, the cells and the workings come one after another: wait until nothing changes any more.
  for (let calm = 0; calm < 6;) {
    const before = panel.textContent;
    await act(() => new Promise<void>((done) => setTimeout(done, 50)));
    calm = panel.textContent === before ? calm + 1 : 0;
  }
  return { panel, host };
}
const answer = () => screen.getByRole("status", { name: "结果" });

test("a cell inside a spilled range is explained with its own row", async () => {
  const { panel, host } = await explained("E3");
  expect(answer()).toHaveTextContent("6,000,000.00 元");
  expect(panel).toHaveTextContent("第 2 行，共 4 行");
  await act(async () => screen.getByRole("button", { name: "合同!C3" }).click());
  expect(host.jumps).toEqual([{ sheet: "合同", address: "C3" }]);
});

test("a row of BUTIE shows what earlier rows of the firm have used of the cap", async () => {
  await explained("F3");
  expect(answer()).toHaveTextContent("2,000,000.00 元");
  expect(screen.getByRole("list", { name: "限额与计算" })).toHaveTextContent("本企业前面各行已用 18,000,000.00");
});

test("other readings of a row of BUTIE leave it what earlier rows of the firm have left", async () => {
  const { panel } = await explained("F3");
  expect(panel).toHaveTextContent(/到分的舍入.*（舍去）：2,000,000\.00 元/);
  expect(panel).not.toHaveTextContent("6,000,000.00 元");
});

test("why is this cell #N/A: not in force then, with the window and what to do", async () => {
  const { panel } = await explained("A6");
  expect(panel).toHaveTextContent("#N/A");
  expect(panel).toHaveTextContent("2025-06-10 至 2028-06-09");
  expect(panel).toHaveTextContent("怎么办：把年度或日期改到有效期内");
});

test("a text in the place of an amount is named", async () => {
  const { panel } = await explained("E4");
  expect(panel).toHaveTextContent("“一千万”不是金额");
  expect(panel).toHaveTextContent("怎么办：改正所说的单元格");
});

test("an error in an input cell is not ours: it is to be corrected first", async () => {
  const { panel } = await explained("F5");
  expect(panel).toHaveTextContent("用到的单元格里已经有错误值");
  expect(screen.getByRole("button", { name: "合同!B5:D5" })).toBeInTheDocument();
});

test("a calculation as argument cannot be read, and the pane says what helps", async () => {
  const { panel } = await explained("A7");
  expect(panel).toHaveTextContent("参数“C2*2”是算式或名称");
});

test("everyday formulas as arguments are computed by the workbook: a product, a lookup, a date, a name", async () => {
  await explained("A12");
  expect(answer()).toHaveTextContent("180,000.00 元");
});

test("a name is read, too", async () => {
  await explained("A13");
  expect(answer()).toHaveTextContent("3,000,000.00 元");
});

test("a calculation over a range leads to the cell of the row", async () => {
  const { panel, host } = await explained("A15");
  expect(answer()).toHaveTextContent("600.00 元");
  expect(panel).toHaveTextContent("第 2 行，共 2 行");
  await act(async () => screen.getByRole("button", { name: "合同!C3" }).click());
  expect(host.jumps).toEqual([{ sheet: "合同", address: "C3" }]);
});

test("#SPILL! is explained, and the workings are shown all the same", async () => {
  const { panel } = await explained("A8");
  expect(panel).toHaveTextContent("放不下");
  expect(answer()).toHaveTextContent("18,000,000.00 元");
});

test("a call inside another formula is explained row by row", async () => {
  const { panel } = await explained("A10");
  expect(answer()).toHaveTextContent("18,000,000.00 元");
  await act(async () => screen.getByRole("button", { name: "下一行" }).click());
  expect(await screen.findByText("第 2 行，共 2 行")).toBeInTheDocument();
  expect(panel).toHaveTextContent("6,000,000.00 元");
});

test("a cell without our functions says so", async () => {
  expect((await explained("A9")).panel).toHaveTextContent("没有用到补贴函数");
});

test("a cell without a formula says so", async () => {
  expect((await explained("A1")).panel).toHaveTextContent("A1 没有公式");
});

test("BEST with blank cells for jurisdictions looks at all of them, as the function does", async () => {
  const { panel } = await explained("A11");
  expect(answer()).toHaveTextContent("18,000,000.00 元");
  expect(panel).toHaveTextContent("滨江");
});
