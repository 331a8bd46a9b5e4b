/** What a colleague would find in a workbook, and what to let pass. */
import { RULES_VERSION } from "../../../src/rules";
import { corrected, meantBy } from "../../../src/taskpane/inspection/checks/names";
import { relative } from "../../../src/taskpane/inspection/checks/formulas";
import { runsOf } from "../../../src/taskpane/inspection/runs";
import { suspicion, usualSize } from "../../../src/taskpane/inspection/unit";
import type { FakeCell, FakeWorkbook } from "../fake-workbook";
import { look } from "./looked";

const HEAD: FakeCell[] = ["序号", "申请单位", "合同金额", "是否国产算力", "签订日期", "补贴"];
const JUNE_10 = 46183;
/** A ledger under ordinary headers; the award of each row by formula. */
const ledger = (...rows: FakeCell[][]) => ({ 台账: [HEAD, ...rows] });
const award = (row: number, value: number | string = 600_000): FakeCell => ({
  formula: `=SUANLI_QUAN(C${row},D${row},"滨江",2026)`,
  value,
});
const good = (row: number, firm = "灵溪", amount: FakeCell = 1_000_000 + row): FakeCell[] => [
  row,
  firm,
  amount,
  "是",
  JUNE_10,
  award(row),
];

test("a ledger in good order has only the notice on its document", async () => {
  const { findings } = await look(
    ledger(good(2), good(3, "湘湖"), good(4), ["", "合计", 3_000_009, "", "", 1_800_000]),
  );
  expect(findings.map(({ cause }) => cause.zh)).toEqual([expect.stringContaining("文件有提示")]);
});

describe("amounts", () => {
  test("written as text are found by row, and made numbers in one step", async () => {
    const { about, only } = await look(ledger(good(2, "甲", "1,000,000"), good(3), good(4, "丙", "２００")));
    expect(about("写成文字")).toEqual(["金额写成文字 | 台账!C2 1,000,000; 台账!C4 ２００"]);
    expect(only("写成文字").fix!.entries).toEqual([
      { place: { sheet: "台账", address: "C2" }, cells: [[1_000_000]] },
      { place: { sheet: "台账", address: "C4" }, cells: [[200]] },
    ]);
  });

  test("with a unit in the cell are no amounts, and nothing is changed for the user", async () => {
    const { about, only } = await look(ledger(good(2, "甲", "500万"), good(3)));
    expect(about("不是金额")[0]).toMatch(/^金额栏里不是金额 \| 台账!C2 .*请填 5000000$/);
    expect(only("金额栏里不是金额").fix).toBeUndefined();
  });

  test("as of another unit stand out among their neighbours", async () => {
    const rows = [5_000_000, 6_000_000, 500, 7_000_000, 8_000_000, 9_000_000];
    const { about } = await look(ledger(...rows.map((amount, i) => good(i + 2, `企业${i}`, amount))));
    expect(about("偏小")).toEqual(["金额偏小，像是把万元填成了元 | 台账!C4 500.00"]);
  });

  test("a column of 万元 is read by its header: 500 is 500 万元, and 5,000,000 is far too large", async () => {
    const rows: FakeCell[][] = [
      ["企业", "合同金额（万元）"],
      ["甲", 500],
      ["乙", 5_000_000],
    ];
    const { about } = await look({ 表: rows });
    expect(about("偏小")).toEqual([]);
    expect(about("偏大")).toEqual(["金额偏大，像是把元填进了万元栏 | 表!B3 50,000,000,000.00"]);
  });

  test("a unit above the table counts, too; a column of 万元 taken as yuan is found, one that is converted is not", async () => {
    const rows: FakeCell[][] = [
      ["单位：万元", "", "", ""],
      ["企业", "合同金额", "是否国产算力", "补贴"],
      ["甲", 500, "是", { formula: '=SUANLI_QUAN(B3,C3,"滨江",2026)', value: 300 }],
      ["乙", 600, "是", { formula: '=SUANLI_QUAN(B4*10000,C4,"滨江",2026)', value: 3_600_000 }],
    ];
    const { about } = await look({ 表: rows }, (host) => Object.assign(host.computes, { "B4*10000": [[6_000_000]] }));
    expect(about("公式却按元计算")).toEqual([
      '金额栏的单位是万元，公式却按元计算 | 表!D3 合同金额 · =SUANLI_QUAN(B3,C3,"滨江",2026)',
    ]);
  });

  test("columns of one table in different units", async () => {
    const rows: FakeCell[][] = [
      ["企业", "合同金额（万元）", "已获金额（元）"],
      ["甲", 500, 100_000],
    ];
    expect((await look({ 表: rows })).about("单位不一")).toEqual([
      "同一张表里金额单位不一 | 表!B1 合同金额（万元） · 已获金额（元）",
    ]);
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
    expect(suspicion(yuan, usualSize(column))).toBe(expected);
  });
});

describe("rows", () => {
  test("subtotals among the contracts are pointed out, the total at the end is not", async () => {
    const { about } = await look(
      ledger(good(2), ["", "小计", 1, "", "", ""], good(4), ["", "杭州市小计", 1, "", "", ""], good(6), [
        "合计",
        "",
        3,
      ]),
    );
    expect(about("小计、合计行")).toEqual(["合同之间有小计、合计行 | 台账!A3:E3 小计; 台账!A5:E5 杭州市小计"]);
  });

  test("a subtotal that a formula takes for a claim is paid twice", async () => {
    const { about } = await look(ledger(good(2), ["", "小计", 1_000_002, "是", "", award(3)], good(4)));
    expect(about("当作一笔申报")).toEqual(["合计行、小计行被当作一笔申报 | 台账!C3 小计"]);
  });

  test("a firm under merged cells is written into every row, and the cells are taken apart", async () => {
    const { about, only } = await look(ledger(good(2), good(3, ""), good(4, ""), good(5, "")), (host) => {
      host.shapes.台账 = { merged: ["B2:B4"] };
    });
    expect(about("合并单元格")).toEqual(["合并单元格只有首行有企业名称 | 台账!B3 申请单位; 台账!B4 申请单位"]);
    expect(only("合并单元格").fix!.entries).toEqual([
      { place: { sheet: "台账", address: "B2:B4" }, cells: [["灵溪"], ["灵溪"], ["灵溪"]], unmerge: true },
    ]);
    expect(about("没有填企业")).toEqual(["没有填企业名称 | 台账!B5 申请单位"]);
  });

  test("blank flags are found in the table, and where a formula outside of tables leaves them", async () => {
    const content = {
      ...ledger([2, "甲", 1_000_000, "", JUNE_10, award(2, "#VALUE!")], good(3)),
      另表: [[1_000_000, "", { formula: '=SUANLI_QUAN(A1,B1,"滨江",2026)', value: "#VALUE!" }]],
    };
    expect((await look(content)).about("是否类")).toEqual([
      "是否类的栏是空的 | 台账!D2 是否国产算力; 另表!A1 国产算力",
    ]);
  });

  test("a blank number of pieces counts as one on the web and as none on the desktop", async () => {
    const rows: FakeCell[][] = [
      ["企业", "产品售价", "数量", "已获"],
      ["甲", 5_000, 2, 0],
      ["乙", 5_000, "", ""],
    ];
    expect((await look({ 表: rows })).about("可不填的数字")).toEqual(["可不填的数字栏有空格 | 表!C3 数量"]);
  });

  test("a year that only some rows name", async () => {
    const rows = (...years: FakeCell[]): FakeCell[][] => [
      ["企业", "合同金额", "申报年度"],
      ...years.map((year, k): FakeCell[] => ["甲", 5_000 + k, year]),
    ];
    expect((await look({ 表: rows(2025, "", 2026) })).about("没有填年度")).toEqual([
      "有的行没有填年度 | 表!C3 申报年度",
    ]);
    expect((await look({ 表: rows("", "") })).about("没有填年度")).toEqual([]);
    expect((await look({ 表: rows(2025, 2026) })).about("没有填年度")).toEqual([]);
  });

  test("a project that only some rows of a firm name, and what was granted before said too late", async () => {
    const rows = (...list: FakeCell[][]): FakeCell[][] => [
      ["企业", "项目", "申报年度", "项目投资额", "已获"],
      ...list.map(([firm, project, year, amount, before]) => [firm!, project!, year!, amount!, before!]),
      [{ formula: `=BUTIE("hz-5-scene",A1:E1,A2:E${list.length + 1})`, value: 0 }],
    ];
    const mixed = rows(["甲", "P", 2025, 9_000_000, ""], ["甲", "", 2026, 9_000_000, ""], ["乙", "", 2026, 1, ""]);
    const named = await look({ 表: mixed });
    expect(named.about("有的行写了")).toEqual([
      "同一企业有的行写了项目等对象，有的没有写 | 表!A3:E3 高价值示范场景补助",
    ]);
    expect(named.about("后面的行填的已获")).toEqual([]);
    const late = rows(["甲", "P", 2025, 9_000_000, ""], ["甲", "P", 2026, 9_000_000, 4_000_000]);
    expect((await look({ 表: late })).about("后面的行填的已获")).toHaveLength(1);
    const carried = rows(["甲", "P", 2025, 9_000_000, ""], ["甲", "P", 2026, 9_000_000, 2_700_000]);
    expect((await look({ 表: carried })).about("后面的行填的已获")).toEqual([]);
    expect((await look({ 表: carried })).about("有的行写了")).toEqual([]);
  });

  test("one contract twice: by its number, or else by firm, amount and date", async () => {
    const numbered: FakeCell[][] = [
      ["合同编号", "企业", "合同金额"],
      ["HT-1", "甲", 500_000],
      ["HT-2", "甲", 500_000],
      ["ＨＴ-1", "甲", 600_000],
      ["", "甲", 700_000],
      ["", "甲", 700_000],
    ];
    expect((await look({ 表: numbered })).about("登记了两次")).toEqual([
      "同一合同像是登记了两次 | 表!A4:C4 与第 2 行相同",
    ]);
    const plain = ledger(good(2, "甲", 500_000), good(3, "乙", 500_000), good(4, "甲", 500_000));
    expect((await look(plain)).about("登记了两次")).toEqual(["同一合同像是登记了两次 | 台账!A4:E4 与第 2 行相同"]);
  });

  test("one object claimed in another year, or under another policy, is not entered twice", async () => {
    const rows: FakeCell[][] = [
      ["项目名称", "企业", "申报年度", "政策工具", "投入金额"],
      ["平台一", "甲", 2025, "bj-4-platform", 500_000],
      ["平台一", "甲", 2026, "bj-4-platform", 500_000],
      ["平台一", "甲", 2026, "hz-10-base-operate", 500_000],
      ["平台一", "甲", "2026年度", "bj-4-platform", 600_000],
      ["平台一", "甲", 2026, "bj-4-platform", 700_000],
    ];
    expect((await look({ 表: rows })).about("登记了两次")).toEqual(["同一合同像是登记了两次 | 表!A6:E6 与第 3 行相同"]);
  });

  test("a table without dates or numbers has no twins: two contracts may be of one amount", async () => {
    const rows: FakeCell[][] = [
      ["企业", "合同金额"],
      ["甲", 500_000],
      ["甲", 500_000],
    ];
    expect((await look({ 表: rows })).about("登记了两次")).toEqual([]);
  });
});

describe("names of functions", () => {
  test.each([
    ["SUANLIQUAN", "SUANLI_QUAN"],
    ["suanli_quna", "SUANLI_QUAN"],
    ["BUTIE_EXPLAIN", "BUTIE.EXPLAIN"],
    ["BUTIE.ALOCATE", "BUTIE.ALLOCATE"],
    ["SUANLI_QUAN", undefined],
    ["XLOOKUP", undefined],
    ["SUM", undefined],
    ["SPLIT", undefined],
  ])("%s means %s", (name, ours) => {
    expect(meantBy(name)).toBe(ours);
  });

  test("are corrected in the formula, not in its texts", () => {
    expect(corrected('=SUANLIQUAN(A1,"SUANLIQUAN(")+SUM(B1)')?.formula).toBe('=SUANLI_QUAN(A1,"SUANLIQUAN(")+SUM(B1)');
    expect(corrected("=SUM(A1)")).toBeUndefined();
  });

  test("a mistyped one is found and corrected in one step; another #NAME? is left alone", async () => {
    const { about, only } = await look({
      表: [[{ formula: "=SUANLIQUAN(A9,B9)", value: "#NAME?" }], [{ formula: "=MYLAMBDA(A9)", value: "#NAME?" }]],
    });
    expect(about("函数名写错")).toEqual(["函数名写错 | 表!A1 SUANLIQUAN → SUANLI_QUAN"]);
    expect(only("函数名写错").fix!.entries).toEqual([
      { place: { sheet: "表", address: "A1" }, cells: [["=SUANLI_QUAN(A9,B9)"]] },
    ]);
  });

  test("#NAME? of our own functions came before the add-in: the formulas are entered again as they are", async () => {
    const formula = '=SUANLI_QUAN(1000000,TRUE,"滨江",2026)';
    const { only, about } = await look({ 表: [[{ formula, value: "#NAME?" }]] });
    expect(only("加载项启动之前").fix!.entries).toEqual([
      { place: { sheet: "表", address: "A1" }, cells: [[formula]] },
    ]);
    expect(about("结果是")).toEqual([]);
  });
});

describe("errors", () => {
  test("one finding for each reason, over all formulas and rows", async () => {
    const { about } = await look({
      合同: [
        ["甲", 1, { formula: '=SUANLI_QUAN(A1:A3,TRUE,"滨江",2026)', value: "#VALUE!", spill: "C1:C3" }],
        ["乙", 1, "#VALUE!"],
        ["甲", 1, "#VALUE!"],
        ["甲", "", { formula: '=SUANLI_QUAN(A4,TRUE,"滨江",2026)', value: "#VALUE!" }],
      ],
    });
    expect(about("结果是")).toEqual([
      "结果是 #VALUE!：“甲”不是金额，请填数字（元） | 合同!C1; 合同!C3; 合同!C4",
      "结果是 #VALUE!：“乙”不是金额，请填数字（元） | 合同!C2",
    ]);
  });

  test("rows of a table name their reason without the number of the row", async () => {
    const rows = [["灵溪"], [""], ["合计"]];
    const { about } = await look({
      合同: [
        [
          "甲",
          "乙",
          "丙",
          { formula: '=BUTIE("bj-6-suanli",{"企业","金额","国产"},A2:C4,2026)', value: 1, spill: "D1:D3" },
        ],
        ...rows.map(([firm], r) => [firm!, 1_000_000, "是", r < 2 ? "#VALUE!" : ""]),
      ],
    });
    expect(about("结果是")).toEqual([
      expect.stringMatching(/^结果是 #VALUE!：“企业”为空，而其他行有企业.* \| 合同!D2$/),
      expect.stringMatching(/^结果是 #VALUE!：“合计”是合计行.* \| 合同!D3$/),
    ]);
  });

  test("a formula that cannot be looked at is named, and the others are looked at all the same", async () => {
    const { about } = await look({
      表: [
        [{ formula: '=SUANLI_QUAN(没有的表!A1,TRUE,"滨江",2026)', value: "#REF!" }],
        [{ formula: "=SUANLI_QUAN(A5000000,B1)", value: "#NAME?" }],
        [{ formula: "=SUANLI_QUAN(A9,TRUE)", value: 0 }],
      ],
    });
    expect(about("没能检查")[0]).toContain("没有的表");
    expect(about("未能代算")).toEqual([expect.stringContaining("表!A2 A5000000")]);
    expect(about("没有写明辖区")).toEqual([expect.stringContaining("表!A3")]);
  });
});

describe("formulas", () => {
  const filled = (row: number) => [row, `企业${row}`, 1_000_000 + row, "是", JUNE_10, award(row)] as FakeCell[];

  test("one that differs from its column, and a number typed over one", async () => {
    const odd: FakeCell[] = [
      4,
      "丁",
      1_000_004,
      "是",
      JUNE_10,
      { formula: '=SUANLI_QUAN(C4,TRUE,"滨江",2026)', value: 1 },
    ];
    const typed: FakeCell[] = [6, "己", 1_000_006, "是", JUNE_10, 123_456];
    const { about } = await look(ledger(filled(2), filled(3), odd, filled(5), typed, filled(7)));
    expect(about("与同列其他公式不同")).toEqual(['与同列其他公式不同 | 台账!F4 =SUANLI_QUAN(C4,TRUE,"滨江",2026)']);
    expect(about("手填的数字")).toEqual(["公式列里有手填的数字 | 台账!F6 123456"]);
  });

  test.each([
    ["=SUANLI_QUAN(C2,$D$1)", "=SUANLI_QUAN(C9,$D$1)", true],
    ["=SUANLI_QUAN(C2,D1)", "=SUANLI_QUAN(C9,$D$1)", false],
    ['=BUTIE("A1",C2)', '=BUTIE("A2",C9)', false],
  ])("%s in row 2 and %s in row 9 are the same: %s", (first, second, same) => {
    expect(relative(first, 1, 5) === relative(second, 8, 5)).toBe(same);
  });

  test("an amount typed into a formula, and a figure around it; powers of ten convert units", async () => {
    const { about } = await look({
      表: [
        [{ formula: '=SUANLI_QUAN(5000000,TRUE,"滨江",2026)', value: 1 }],
        [{ formula: '=SUANLI_QUAN(A9,TRUE,"滨江",2026)*0.85', value: 1 }],
        [{ formula: '=SUANLI_QUAN(A9*10000,TRUE,"滨江",2026)/10000', value: 1 }],
      ],
    });
    expect(about("公式里写着数字")).toEqual([
      '公式里写着数字 | 表!A1 5000000 · =SUANLI_QUAN(5000000,TRUE,"滨江",2026); 表!A2 0.85 · =SUANLI_QUAN(A9,TRUE,"滨江",2026)*0.85',
    ]);
  });

  test("what follows the pick is written out for all formulas at once, with the name of the place", async () => {
    const { only } = await look({
      表: [
        [{ formula: "=SUANLI_QUAN(A9,B9)", value: 0 }],
        [{ formula: '=BUTIE.POOLRATE("bj-6-suanli",{"amount","domestic"},{1000000,TRUE},500000)', value: 1 }],
        [{ formula: "=SUM(SUANLI_QUAN(A9,B9))", value: 0 }],
      ],
    });
    const { hits, fix } = only("没有写明辖区");
    expect(hits).toHaveLength(3);
    expect(fix!.entries!.map(({ cells }) => cells![0]![0])).toEqual([
      '=SUANLI_QUAN(A9,B9,"滨江区",2026)',
      '=BUTIE.POOLRATE("bj-6-suanli",{"amount","domestic"},{1000000,TRUE},500000,2026)',
    ]);
  });

  test("on a protected sheet: a note, and nothing is offered that could not be written", async () => {
    const { about, only } = await look({ 表: [[{ formula: "=SUANLI_QUAN(A9,B9)", value: 0 }]] }, (host) => {
      host.shapes.表 = { isProtected: true };
    });
    expect(about("受保护")).toEqual(["公式在受保护的工作表上 | 表!A1 1 个公式"]);
    expect(only("没有写明辖区").fix).toBeUndefined();
  });
});

describe("the documents", () => {
  test("a year outside the window, and a contract signed before it", async () => {
    const old = [2, "甲", 1_000_000, "是", "2024-01-05", award(2)] as FakeCell[];
    const other = [
      3,
      "乙",
      1_000_000,
      "是",
      "2026",
      { formula: '=SUANLI_QUAN(C3,D3,"滨江",2024)', value: "#N/A" },
    ] as FakeCell[];
    const { about } = await look(ledger(old, other));
    expect(about("年度或日期不在有效期内")).toEqual([expect.stringMatching(/\| 台账!C3$/)]);
    expect(about("合同日期不在文件有效期内")).toEqual([expect.stringMatching(/\| 台账!E2 签订日期 2024-01-05$/)]);
  });

  test("a workbook that counts days from 1904: where Excel tells, all of them; where not, those that only then fit", async () => {
    const early = [2, "甲", 1_000_000, "是", JUNE_10 - 1462, award(2)] as FakeCell[];
    const told = (from1904: boolean) => (host: FakeWorkbook) =>
      Object.assign(host, { from1904: () => Promise.resolve(from1904) });
    const open = await look(ledger(early, good(3)));
    expect(open.about("1904")).toEqual(["日期像是早了四年（1904 日期系统） | 台账!E2 2022-06-09，或为 2026-06-10"]);
    const known = await look(ledger(early, good(3)), told(true));
    expect(known.about("1904")).toEqual([
      "工作簿使用 1904 日期系统，函数读到的日期早了四年 | 台账!E2 签订日期 2022-06-09; 台账!E3 签订日期 2026-06-10",
    ]);
    expect(known.only("1904").weight).toBe("wrong");
    expect((await look(ledger(early, good(3)), told(false))).about("1904")).toEqual([]);
    const text = [2, "甲", 1_000_000, "是", "2022-06-09", award(2)] as FakeCell[];
    expect((await look(ledger(text))).about("1904")).toEqual([]);
  });

  test("results from a draft are marked by document", async () => {
    const { about, only } = await look({
      表: [[{ formula: '=SUANLI_QUAN(A9,TRUE,"杭州",2026)', value: 0 }]],
    });
    expect(about("依据征求意见稿")).toEqual([expect.stringMatching(/\| 表!A1$/)]);
    expect(only("依据征求意见稿").weight).toBe("note");
  });

  test("a firm whose limit earlier rows used up is named", async () => {
    const { about } = await look({
      合同: [
        ["企业", "合同金额", "国产", "补贴"],
        ["灵溪", 40_000_000, "是", { formula: '=BUTIE("bj-6-suanli",A1:C1,A2:C4,2026)', value: 1, spill: "D2:D4" }],
        ["灵溪", 10_000_000, "是", 0],
        ["湘湖", 10_000_000, "是", 6_000_000],
      ],
    });
    expect(about("上限已经用完")).toEqual(["企业（或项目）的上限已经用完，这些行为 0 | 合同!A3:C3 灵溪"]);
  });

  test("an older version of the rules is recalculated, the present one passes", async () => {
    const stamped = (value: string) => look({ 表: [[{ formula: "=BUTIE.VERSION()", value }]] });
    expect((await stamped("0.9.0")).only("规则版本").fix).toEqual({ label: expect.anything() });
    expect((await stamped(RULES_VERSION.version)).findings).toEqual([]);
  });
});

test("hidden sheets with formulas of ours are looked at; an empty workbook is in order", async () => {
  const { about } = await look(
    { 表: [["x"]], 底稿: [[{ formula: "=SUANLI_QUAN(A9,B9)", value: 0 }]] },
    (host) => (host.sheets = async () => ["表"]),
  );
  expect(about("没有写明辖区")).toEqual([expect.stringContaining("底稿!A1")]);
  expect((await look({ Sheet1: [] })).findings).toEqual([]);
});

test("merged headers over two rows are read with the words above them", async () => {
  const { about } = await look(
    {
      表: [
        ["申请单位", "合同", "", "是否国产算力"],
        ["", "编号", "金额（万元）", ""],
        ["甲", "HT-1", "500", "是"],
        ["甲", "HT-2", 600, ""],
      ],
    },
    (host) => (host.shapes.表 = { merged: ["A1:A2", "B1:C1", "D1:D2"] }),
  );
  expect(about("写成文字")).toEqual(["金额写成文字 | 表!C3 500"]);
  expect(about("是否类")).toEqual(["是否类的栏是空的 | 表!D4 是否国产算力"]);
});

test("places below each other with the same words are one line", () => {
  const hit = (address: string, words?: string) => ({
    place: { sheet: "表", address },
    ...(words && { words: { zh: words, en: words } }),
  });
  const lines = runsOf([hit("C3"), hit("C4"), hit("C5", "x"), hit("C6", "x"), hit("D7", "x"), hit("A9:C9")], "zh");
  expect(lines.map(({ place }) => place.address)).toEqual(["C3:C4", "C5:C6", "D7", "A9:C9"]);
});
