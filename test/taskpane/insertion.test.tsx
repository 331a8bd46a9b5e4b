import { act, screen } from "@testing-library/react";
import { findEntry } from "../../src/rules";
import { formulaOf } from "../../src/taskpane/insertion/compose";
import { recognise } from "../../src/taskpane/insertion/recognise";
import { FakeWorkbook } from "./fake-workbook";
import { fill, inBinjiang, openPane, openTab } from "./open";

const at = (address: string, sheet = "合同") => ({ sheet, address });
const voucher = findEntry("bj-6-suanli")!;
const claim = { year: 2026 };

describe("the formula", () => {
  test("is the instrument's own function, with the period written", () => {
    expect(
      formulaOf(
        voucher,
        { amount: at("B2:B9"), domestic: at("C2:C9") },
        { explicit: true, claim, picked: "binjiang" },
        "合同",
      ),
    ).toBe('=SUANLI_QUAN(B2:B9,C2:C9,"binjiang",2026)');
  });
  test("leaves out what follows the pick", () => {
    expect(
      formulaOf(
        voucher,
        { amount: at("B2:B9"), domestic: at("C2:C9") },
        { explicit: false, claim, picked: "binjiang" },
        "合同",
      ),
    ).toBe("=SUANLI_QUAN(B2:B9,C2:C9)");
  });
  test("names the jurisdiction where the pick is another one", () => {
    expect(
      formulaOf(
        voucher,
        { amount: at("B2:B9"), domestic: at("C2:C9") },
        { explicit: false, claim, picked: "zhejiang" },
        "结果",
      ),
    ).toBe('=SUANLI_QUAN(合同!B2:B9,合同!C2:C9,"binjiang")');
  });
  test("is BUTIE over one block where a firm column is given and the columns stand together", () => {
    expect(
      formulaOf(
        voucher,
        { domestic: at("C2:C9"), amount: at("B2:B9"), firm: at("A2:A9") },
        { explicit: true, claim, picked: "binjiang" },
        "合同",
      ),
    ).toBe('=BUTIE("bj-6-suanli",{"firm","amount","domestic"},A2:C9,2026)');
  });
  test("gathers columns that stand apart", () => {
    expect(
      formulaOf(
        voucher,
        { amount: at("B2:B9"), firm: at("E2:E9"), year: at("G2:G9") },
        { explicit: true, claim, picked: "binjiang" },
        "合同",
      ),
    ).toBe('=BUTIE("bj-6-suanli",{"amount","firm"},IF({1,0},B2:B9,E2:E9),G2:G9)');
  });
  test("writes the national voucher with its service", () => {
    const national = findEntry("hz-1-nat-suanli")!;
    expect(formulaOf(national, { amount: at("B2") }, { explicit: false, claim, picked: "hangzhou" }, "合同")).toBe(
      '=ZHINENG_QUAN(B2,"compute")',
    );
  });
});

const table = () => ({
  合同: [
    ["补贴测算", "", ""],
    ["合同", "金额", "国产算力"],
    ["甲", 10_000_000, "是"],
    ["乙", 50_000_000, "是"],
    ["丙", 1_000, "否"],
    ["合计", { formula: "=SUM(B3:B5)", value: 60_001_000 }, ""],
  ],
});

test("columns are recognised by their headers, without the totals", async () => {
  const host = new FakeWorkbook(table());
  const cells = await host.read(at("A1:C6"));
  const found = recognise(cells, {
    amount: { kind: "money", zh: "合同金额", en: "amount" },
    domestic: { kind: "flag", zh: "国产算力", en: "domestic" },
    months: { kind: "months", zh: "月数", en: "months" },
  });
  expect(found).toEqual({ amount: at("B3:B5"), domestic: at("C3:C5") });
});

test("a column in 万元 is not proposed for an input, which is yuan", async () => {
  const host = new FakeWorkbook({
    合同: [
      ["金额（万元）", "国产"],
      [1_000, "是"],
    ],
  });
  const found = recognise(await host.read(at("A1:B2")), voucher.instrument.inputs!);
  expect(found).toEqual({ domestic: at("B2") });
});

test("a header is not taken for an input that only mentions its word, and serves one input only", async () => {
  const host = new FakeWorkbook({
    合同: [
      ["firm", "amount", "domestic", "year"],
      ["甲", 10_000_000, "是", 2026],
      ["乙", 20_000_000, "否", 2025],
    ],
  });
  const found = recognise(await host.read(at("A1:D3")), {
    ...voucher.instrument.inputs,
    year: { kind: "number", zh: "年度", en: "year" },
  });
  expect(found).toEqual({ amount: at("B2:B3"), domestic: at("C2:C3"), year: at("D2:D3") });
});

async function openInsertion(host: FakeWorkbook) {
  const user = await openPane(host);
  await user.click(screen.getByRole("button", { name: "算力券" }));
  act(() => host.select("合同", "B3:B5"));
  await openTab(user, "测算");
  await screen.findByRole("textbox", { name: /结果放在/ });
  return user;
}

test("beside a column of contracts: ranges by selecting, a preview, and the formula in one step", async () => {
  const host = inBinjiang(table());
  const user = await openInsertion(host);
  await user.click(screen.getByRole("button", { name: "上一年度结算费用：取所选" }));
  act(() => host.select("合同", "C3:C5"));
  await user.click(screen.getByRole("button", { name: "国产算力：取所选" }));
  expect(
    await screen.findByText('=SUANLI_QUAN(合同!B3:B5,合同!C3:C5,"binjiang",2026)'.replaceAll("合同!", "")),
  ).toBeInTheDocument();
  const preview = await screen.findByRole("region", { name: "前几行的结果" });
  expect(preview).toHaveTextContent("D36,000,000.00D420,000,000.00D5300.00");
  await user.click(screen.getByRole("button", { name: "插入到 合同!D3:D5" }));
  expect(host.written).toHaveLength(1);
  expect(host.written[0]![0]).toEqual({
    place: at("D3:D5"),
    cells: [['=SUANLI_QUAN(B3:B5,C3:C5,"binjiang",2026)'], [""], [""]],
    format: "#,##0.00",
  });
  expect(await screen.findByText(/按一次 Ctrl\+Z 可撤销/)).toBeInTheDocument();
  expect(host.jumps).toEqual([at("D3:D5")]);
});

test("nothing is overwritten without asking", async () => {
  const host = inBinjiang(table());
  const user = await openInsertion(host);
  await user.click(screen.getByRole("button", { name: "上一年度结算费用：取所选" }));
  await fill(user, screen.getByRole("textbox", { name: /结果放在/ }), "C3");
  await user.click(await screen.findByRole("button", { name: "插入到 合同!C3:C5" }));
  expect(await screen.findByText(/有 3 个单元格不是空的/)).toBeInTheDocument();
  expect(host.written).toHaveLength(0);
  await user.click(screen.getByRole("button", { name: "取消" }));
  expect(host.written).toHaveLength(0);
  await user.click(screen.getByRole("button", { name: "插入到 合同!C3:C5" }));
  await user.click(await screen.findByRole("button", { name: "覆盖" }));
  expect(host.written).toHaveLength(1);
});

test("ranges that do not fit are refused in words", async () => {
  const host = inBinjiang(table());
  const user = await openInsertion(host);
  await fill(user, screen.getByRole("textbox", { name: /上一年度结算费用/ }), "B3:B5");
  await fill(user, screen.getByRole("textbox", { name: /国产算力/ }), "C3:C4");
  expect(screen.getByText("行数与其他列不同。")).toBeInTheDocument();
  await fill(user, screen.getByRole("textbox", { name: /国产算力/ }), "国产");
  expect(screen.getByText(/这不是单元格区域/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /插入到/ })).not.toBeInTheDocument();
});
