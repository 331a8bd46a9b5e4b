import { act, screen, within } from "@testing-library/react";
import { readXlsx } from "hucre/xlsx";
import { findEntry } from "../../src/rules";
import { formulaOf, type Column, type Period, type Policy } from "../../src/taskpane/insertion/compose";
import type { Unit } from "../../src/tables";
import { FakeWorkbook, type FakeSheets } from "./fake-workbook";
import { fill, inBinjiang, openPane, openTab } from "./open";

const at = (address: string, sheet = "合同") => ({ sheet, address });
const voucher = findEntry("bj-6-suanli")!;
const claim = { year: 2026 };

/** A column of the sheet 合同 as the composer takes it. */
const column = (name: string, address: string, more: Partial<Column> = {}): Column => ({
  name,
  place: at(address),
  unit: 1,
  word: name,
  ...more,
});
const explicit: Period = { explicit: true, claim, picked: "binjiang" };
const one: Policy = { kind: "one", entry: voucher };
const amount = column("amount", "B2:B9");
const domestic = column("domestic", "C2:C9");

describe("the formula", () => {
  test("is the instrument's own function, with the period written", () => {
    expect(formulaOf(one, [amount, domestic], explicit, "合同")).toBe('=SUANLI_QUAN(B2:B9,C2:C9,"binjiang",2026)');
  });
  test("leaves out what follows the pick", () => {
    expect(formulaOf(one, [amount, domestic], { ...explicit, explicit: false }, "合同")).toBe(
      "=SUANLI_QUAN(B2:B9,C2:C9)",
    );
  });
  test("names the jurisdiction where the pick is another one", () => {
    const period = { explicit: false, claim, picked: "zhejiang" };
    expect(formulaOf(one, [amount, domestic], period, "结果")).toBe('=SUANLI_QUAN(合同!B2:B9,合同!C2:C9,"binjiang")');
  });
  test("is BUTIE over one block where a firm column is given and the columns stand together", () => {
    expect(formulaOf(one, [domestic, amount, column("firm", "A2:A9")], explicit, "合同")).toBe(
      '=BUTIE("bj-6-suanli",{"firm","amount","domestic"},A2:C9,2026)',
    );
  });
  test("reads the headers that stand in the sheet", () => {
    const headed = [
      column("firm", "A2:A9", { header: at("A1") }),
      { ...amount, header: at("B1"), unit: 10_000 as Unit },
    ];
    expect(formulaOf(one, headed, explicit, "合同")).toBe('=BUTIE("bj-6-suanli",A1:B1,A2:B9,2026)');
  });
  test("gathers columns that stand apart by HSTACK, never by IF", () => {
    const apart = [amount, column("firm", "E2:E9"), column("year", "G2:G9")];
    expect(formulaOf(one, apart, explicit, "合同")).toBe(
      '=BUTIE("bj-6-suanli",{"amount","firm"},HSTACK(B2:B9,E2:E9),G2:G9)',
    );
  });
  test("is BUTIE where an amount is in 万元: the own function takes yuan", () => {
    const wan = { ...amount, unit: 10_000 as Unit, word: "合同金额（万元）" };
    expect(formulaOf(one, [wan, domestic], explicit, "合同")).toBe(
      '=BUTIE("bj-6-suanli",{"合同金额（万元）","domestic"},B2:C9,2026)',
    );
  });
  test("writes the national voucher with its service", () => {
    const national: Policy = { kind: "one", entry: findEntry("hz-1-nat-suanli")! };
    const period = { explicit: false, claim, picked: "hangzhou" };
    expect(formulaOf(national, [column("amount", "B2")], period, "合同")).toBe('=ZHINENG_QUAN(B2,"compute")');
  });
  test("takes a policy for each row from its column, or the best of a kind", () => {
    expect(formulaOf({ kind: "rows", instruments: at("D2:D9") }, [amount, domestic], explicit, "合同")).toBe(
      '=BUTIE(D2:D9,{"amount","domestic"},B2:C9,2026)',
    );
    expect(
      formulaOf(
        { kind: "best", family: "compute-voucher", places: [voucher.jurisdiction] },
        [amount, domestic],
        explicit,
        "合同",
      ),
    ).toBe('=BUTIE.BEST("compute-voucher",{"amount","domestic"},B2:C9,2026,{"binjiang"})');
  });
});

const table = () => ({
  合同: [
    ["补贴测算", "", ""],
    ["份", "额", "产"],
    ["甲", 10_000_000, "是"],
    ["乙", 50_000_000, "是"],
    ["丙", 1_000, "否"],
    ["合计", { formula: "=SUM(B3:B5)", value: 60_001_000 }, ""],
  ],
});

async function openInsertion(host: FakeWorkbook) {
  const user = await openPane(host);
  await user.click(screen.getByRole("button", { name: "算力券" }));
  act(() => host.select("合同", "B3:B5"));
  await openTab(user, "测算");
  await user.click(await screen.findByRole("button", { name: "不是一张表？逐列选取" }));
  await screen.findByRole("textbox", { name: "结果放在" });
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
  await fill(user, screen.getByRole("textbox", { name: "结果放在" }), "C3");
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

describe("a table", () => {
  /** Selects a cell, opens the job with what the pane found there, and takes Binjiang's voucher. */
  async function openTable(content: FakeSheets, address: string, policy = "bj-6-suanli", merges: string[] = []) {
    const host = inBinjiang(content);
    host.shapes.合同 = { merged: merges };
    const user = await openPane(host);
    act(() => host.select("合同", address));
    const found = await screen.findByRole("group", { name: /^表 / });
    await user.click(within(found).getByRole("button", { name: "测算" }));
    const select = await screen.findByRole("combobox", { name: "政策" });
    if (policy) await user.selectOptions(select, policy);
    return { host, user };
  }
  const written = (host: FakeWorkbook) =>
    host.written.flat().flatMap(({ place, cells }) => (cells ? [[place.address, cells] as const] : []));

  const headOf = (cells: ReadonlyMap<string, readonly (readonly unknown[])[]>, columns: string) =>
    [...columns].map((column) => cells.get(`${column}1`)![0]![0]);

  test("whole rows: the formula reads the table itself, headers and all; the total below is summed up", async () => {
    const { host, user } = await openTable(
      {
        合同: [
          ["序号", "申请单位", "合同金额（万元）", "是否国产算力"],
          [1, "甲公司", 1_000, "是"],
          [2, "甲公司", 5_000, "是"],
          [3, "乙公司", "一百", "否"],
          ["", "合计", 6_000, ""],
        ],
      },
      "B3",
    );
    const refused = await screen.findByRole("region", { name: "算不出的 1 行" });
    expect(refused).toHaveTextContent("E4 乙公司第4行：“合同金额（万元）”");
    expect(screen.getByRole("region", { name: "前几行的结果" })).toHaveTextContent(
      "E2 甲公司6,000,000.00E3 甲公司14,000,000.002 行可算，合计 20,000,000.00 元（2000 万元）。",
    );
    await user.click(screen.getByRole("button", { name: "插入到 合同!E1:E5" }));
    await screen.findByText(/已插入/);
    expect(written(host)).toEqual([
      ["E1", [["算力券补贴（元）"]]],
      ["E2:E5", [['=BUTIE("bj-6-suanli",B1:D1,B2:D4,2026)'], [""], [""], ["=SUBTOTAL(9,E2:E4)"]]],
    ]);
    expect(host.written[0]![0]).toMatchObject({ bold: true, width: 18 });
    expect(host.written[0]!.at(-1)).toEqual({ place: at("E2:E5"), format: "#,##0.00" });
  });

  const messy = (): FakeSheets => ({
    合同: [
      ["申请单位", "合同金额", "备注", "是否国产算力"],
      ["甲公司", 10_000_000, "", "是"],
      ["", 20_000_000, "", "是"],
      ["小计", 30_000_000, "", ""],
      ["乙公司", 1_000_000, "续签", ""],
      ["合计", 31_000_000, "", ""],
    ],
  });

  test("subtotals, merged firms, columns apart: a block of references beside it, sums where the table has sums", async () => {
    const { host, user } = await openTable(messy(), "A2", "bj-6-suanli", ["A2:A3"]);
    expect(await screen.findByText(/不计入：合计、小计 第 4、6 行/)).toBeInTheDocument();
    // A blank flag is no "no": the row is refused, and would be by the formula.
    expect(screen.getByRole("region", { name: "算不出的 1 行" })).toHaveTextContent("国产算力");
    await user.click(screen.getByRole("button", { name: "插入到 合同!E1:E6" }));
    await screen.findByText(/已插入/);
    const cells = new Map(written(host));
    expect(cells.get("E2:E6")).toEqual([["=J2"], ["=J3"], ["=SUBTOTAL(9,E2:E3)"], ["=J5"], ["=SUBTOTAL(9,E2:E5)"]]);
    expect(headOf(cells, "GHIJ")).toEqual(["申请单位", "合同金额", "是否国产算力", "算力券补贴（元）"]);
    expect(cells.get("G2:J5")).toEqual([
      ['=IF(A2="","",A2)', '=IF(B2="","",B2)', '=IF(D2="","",D2)', '=BUTIE("bj-6-suanli",G1:I1,G2:I5,2026)'],
      ['=IF(A2="","",A2)', '=IF(B3="","",B3)', '=IF(D3="","",D3)', ""],
      ["", "", "", ""],
      ['=IF(A5="","",A5)', '=IF(B5="","",B5)', '=IF(D5="","",D5)', ""],
    ]);
  });

  test("the same rows as a workbook of plain formulas, with the date that the user states", async () => {
    const { host, user } = await openTable(messy(), "A2", "bj-6-suanli", ["A2:A3"]);
    await fill(user, await screen.findByLabelText("写明日期（可不填）"), "2026-11-27");
    await user.click(screen.getByRole("button", { name: "导出工作簿" }));
    expect(await screen.findByText(/已保存为文件：3 行/)).toBeInTheDocument();
    expect([...host.files.keys()]).toEqual(["合同 测算.xlsx"]);
    const { sheets } = await readXlsx(host.files.get("合同 测算.xlsx")!);
    const { rows } = sheets.find(({ name }) => name === "测算")!;
    const awards = rows.slice(5).map((row) => [row[0], row[rows[4]!.indexOf("奖补额")]]);
    expect(awards).toEqual([
      [2, 6_000_000],
      [3, 12_000_000],
      [5, expect.stringContaining("缺少")],
    ]);
    expect(sheets.at(-1)!.rows).toContainEqual(["导出日期", "2026-11-27"]);
    expect(host.written).toEqual([]);
  });

  test("with the pool and the scenarios as they are set in their tabs", async () => {
    const { host, user } = await openTable(messy(), "A2", "bj-6-suanli", ["A2:A3"]);
    await openTab(user, "资金池");
    await fill(user, await screen.findByLabelText("资金池金额"), "0.09");
    await openTab(user, "情景");
    await user.click(await screen.findByRole("button", { name: "加一行" }));
    await openTab(user, "测算");
    await user.click(await screen.findByRole("button", { name: "导出工作簿" }));
    await screen.findByText(/已保存为文件：3 行/);
    const { sheets } = await readXlsx(host.files.get("合同 测算.xlsx")!);
    const rowsOf = (name: string) => sheets.find((sheet) => sheet.name === name)!.rows;
    const said = (label: string) => rowsOf("资金池").find(([own]) => own === label)![1];
    expect(["改用金额（不填用文件金额）", "采用金额", "申领合计"].map(said)).toEqual([
      9_000_000, 9_000_000, 18_000_000,
    ]);
    expect(rowsOf("情景").slice(4, 6)).toEqual([
      ["项目", "基准", "情景 1"],
      ["补助合计", 18_000_000, 18_000_000],
    ]);
  });

  test("what is not recognised is one choice away, and the workbook remembers it with its unit until it is forgotten", async () => {
    const content = (): FakeSheets => ({
      合同: [
        ["申请单位", "价款（含税）", "是否国产算力"],
        ["甲公司", 1_000, "是"],
      ],
    });
    const { host, user } = await openTable(content(), "B2");
    expect(await screen.findByText(/还缺必填的列：上一年度结算费用/)).toBeInTheDocument();
    await user.selectOptions(screen.getByRole("combobox", { name: "“价款（含税）”一列用作" }), "amount");
    await user.selectOptions(screen.getByRole("combobox", { name: "价款（含税）的单位" }), "10000");
    expect(await screen.findByText(/1 行可算，合计 6,000,000.00/)).toBeInTheDocument();
    expect([...host.noted.values()]).toEqual(["价款(含税)=amount@10000"]);
    await user.click(screen.getByRole("button", { name: /^本工作簿记住的表头（1 个）/ }));
    expect(screen.getByText("“价款(含税)”用作上一年度结算费用（万元）")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "忘记“价款(含税)”" }));
    expect(await screen.findByText(/还缺必填的列：上一年度结算费用/)).toBeInTheDocument();
    expect(host.noted.size).toBe(0);
  });

  test("rows with policies of their own are one column", async () => {
    const { host, user } = await openTable(
      {
        合同: [
          ["辖区", "券种", "金额", "国产算力"],
          ["滨江区", "算力券", 1_000_000, "是"],
          ["浙江省", "算力券", 1_000_000, "是"],
          ["上海", "算力券", 1_000_000, "是"],
        ],
      },
      "B2",
      "rows",
    );
    expect(await screen.findByRole("region", { name: "算不出的 1 行" })).toHaveTextContent(
      "E4没有辖区“上海”的政策，可填：浙江省、杭州市、滨江区",
    );
    await user.click(screen.getByRole("button", { name: "插入到 合同!E1:E4" }));
    await screen.findByText(/已插入/);
    const cells = new Map(written(host));
    expect(headOf(cells, "GHIJK")).toEqual(["政策", "政策工具编号", "金额", "国产算力", "补贴（元）"]);
    const block = cells.get("G2:K4")!;
    // Words for a reader beside the id that the function needs.
    expect(block.map(([policy, id]) => [policy, id])).toEqual([
      ["滨江区 算力券", "bj-6-suanli"],
      ["浙江省 算力券", "zj-15-suanli"],
      ["没有辖区“上海”的政策，可填：浙江省、杭州市、滨江区", ""],
    ]);
    expect(block[0]![4]).toBe("=BUTIE(H2:H4,I1:J1,I2:J4,2026)");
  });

  const mixed = (): FakeSheets => ({
    合同: [
      ["申请单位", "辖区", "券种", "合同金额（万元）", "是否国产算力"],
      ["西溪", "滨江区", "算力券", 100, "是"],
      ["小计", "", "", 100, ""],
      ["灵溪", "浙江", "创新券", 100, "是"],
      ["灵溪", "浙江", "算力券", 100, "是"],
      ["合计", "", "", 300, ""],
    ],
  });

  test("a ledger with subtotals that names its policies is computed by them without being asked", async () => {
    const { host, user } = await openTable(mixed(), "D2", "");
    expect(await screen.findByText(/2 行可算，合计 900,000.00 元/)).toBeInTheDocument();
    expect(screen.getByRole("region", { name: "算不出的 1 行" })).toHaveTextContent(
      "浙江省没有“创新券”；有的辖区：滨江区",
    );
    await user.click(screen.getByRole("button", { name: "插入到 合同!F1:F6" }));
    await screen.findByText(/已插入/);
    const cells = new Map(written(host));
    expect(cells.get("F2:F6")).toEqual([["=M2"], ["=SUBTOTAL(9,F2)"], ["=M4"], ["=M5"], ["=SUBTOTAL(9,F2:F5)"]]);
    expect(headOf(cells, "HIJKLM")).toEqual([
      ...["政策", "政策工具编号", "申请单位", "合同金额（万元）", "是否国产算力", "补贴（元）"],
    ]);
    expect(cells.get("H2:M5")!.map(([policy, id]) => [policy, id])).toEqual([
      ["滨江区 算力券", "bj-6-suanli"],
      ["", ""],
      ["浙江省没有“创新券”；有的辖区：滨江区", ""],
      ["浙江省 算力券", "zj-15-suanli"],
    ]);
    expect(cells.get("H2:M5")![0]![5]).toBe("=BUTIE(I2:I5,J1:L1,J2:L5,2026)");
  });

  test("so is the best for each row; beside the award the policy that pays it, under its own header in the block too", async () => {
    const { host, user } = await openTable(messy(), "A2", "best:compute-voucher", ["A2:A3"]);
    await user.click(await screen.findByRole("button", { name: "插入到 合同!E1:F6" }));
    await screen.findByText(/已插入/);
    const cells = new Map(written(host));
    expect(headOf(cells, "HIJKL")).toEqual(["申请单位", "合同金额", "是否国产算力", "补贴（元）", "政策"]);
    expect(cells.get("E2:F6")).toEqual([
      ["=K2", "=L2"],
      ["=K3", "=L3"],
      ["=SUBTOTAL(9,E2:E3)", ""],
      ["=K5", "=L5"],
      ["=SUBTOTAL(9,E2:E5)", ""],
    ]);
  });

  test("where HSTACK is, columns that stand apart need no block", async () => {
    const { user } = await openTable(
      {
        合同: [
          ["企业", "备注", "金额", "国产算力"],
          ["甲", "新签", 1_000_000, "是"],
        ],
      },
      "A2",
    );
    expect(await screen.findByText('=BUTIE("bj-6-suanli",HSTACK(A1,C1:D1),HSTACK(A2,C2:D2),2026)')).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "更正" }));
    expect(screen.getByRole("textbox", { name: "表的区域（含表头）" })).toHaveValue("合同!A1:D2");
  });

  test("the best for each row, in the place of the pick and those above it, beside the policy that pays it", async () => {
    const { host, user } = await openTable(
      {
        合同: [
          ["合同金额", "国产算力"],
          [1_000_000, "是"],
        ],
      },
      "A2",
      "best:compute-voucher",
    );
    expect(await screen.findByText(/1 行可算，合计 600,000.00/)).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "插入到 合同!C1:D2" }));
    await screen.findByText(/已插入/);
    const best = '=BUTIE.BEST("compute-voucher",A1:B1,A2:B2,2026,{"binjiang","hangzhou","zhejiang"})';
    expect(written(host)).toEqual([
      ["C1:D1", [["补贴（元）", "政策"]]],
      ["C2:D2", [[best, ""]]],
    ]);
  });

  test("standing in none, the tables of the workbook are offered", async () => {
    const user = await openPane(inBinjiang(messy()));
    await openTab(user, "测算");
    await user.click(await screen.findByRole("button", { name: "用 合同!A1:D6（3 行）" }));
    expect(await screen.findByRole("region", { name: "数据表" })).toHaveTextContent("3 行");
  });

  test("a cell that repeats a result leads to it", async () => {
    const host = inBinjiang({
      合同: [["补贴", "=", { formula: "=$A$2", value: 1 }], [{ formula: '=SUANLI_QUAN(1,"是")', value: 1 }]],
    });
    const user = await openPane(host);
    act(() => host.select("合同", "C1"));
    const found = await screen.findByRole("group", { name: "C1 是补贴公式的结果" });
    await user.click(within(found).getByRole("button", { name: "解释" }));
    await screen.findByRole("tabpanel", { name: "解释" });
    expect(host.jumps).toEqual([at("A2")]);
  });

  test("from a result the pane offers its explanation", async () => {
    const host = inBinjiang({
      合同: [
        ["金额", "补贴"],
        [1_000_000, { formula: '=SUANLI_QUAN(A2,"是")', value: 600_000 }],
      ],
    });
    const user = await openPane(host);
    act(() => host.select("合同", "B2"));
    const found = await screen.findByRole("group", { name: "B2 是补贴公式的结果" });
    await user.click(within(found).getByRole("button", { name: "解释" }));
    await screen.findByRole("tabpanel", { name: "解释" });
    expect(await screen.findByText("600,000.00 元（60 万元）")).toBeInTheDocument();
  });
});
