import fc from "fast-check";
import { CATALOGUE, readingsOf } from "../../src/rules";
import { COMPUTE } from "./oracle";
import { across, cellError, down, functions, isErrorCell, messages, NA, one, shown, VALUE, withPick } from "./called";

const butie = (...args: unknown[]) => functions.butie(...(args as Parameters<typeof functions.butie>));
const answers = (...args: unknown[]) => shown(butie(...args));
const message = (...args: unknown[]) => messages(butie(...args))[0];

const HEADERS = across("amount", "domestic");
const SUANLI = one("zj-15-suanli");

describe("headers", () => {
  test("are input names or their Chinese or English labels, whatever the letters, width and blanks around them", () => {
    for (const headers of [
      across("amount", "domestic"),
      across(" Amount ", "DOMESTIC"),
      across("合同实际执行金额", "自主算力"),
      across("ａｍｏｕｎｔ", "domestic compute"),
    ])
      expect(answers(SUANLI, headers, across(1000000, true), one(2026))).toEqual(one(300000));
    expect(answers(SUANLI, across("自主算力", "amount"), across("是", 1000000))).toEqual(one(300000));
  });

  test("may stand in a column as well as in a row", () =>
    expect(answers(SUANLI, down("amount", "domestic"), across(1000000, true))).toEqual(one(300000)));

  test("an unknown one is refused with those that are known, in every row", () => {
    const result = butie(SUANLI, across("amount", "备注"), [
      [1, 2],
      [3, 4],
    ]);
    expect(shown(result)).toEqual(down(VALUE, VALUE));
    expect(messages(result)[0]).toMatch(
      /“备注”（第2列）；可用：合同实际执行金额、自主算力、.*最高800万元约束两支还是仅非自主一支、.*企业/,
    );
  });

  test("a unit without brackets is answered with the unit in brackets", () => {
    for (const [header, meant] of [
      ["金额万元", "金额（万元）"],
      ["合同金额/万元", "合同金额（万元）"],
      ["金额，元", "金额（元）"],
    ])
      expect(message(SUANLI, across(header, "国产"), across(1, true))).toContain(`您是不是要“${meant}”`);
  });

  test("two headers for one input are refused with both, and so is what stands under the weaker one", () => {
    const both = across("金额", "合同实际执行金额", "国产");
    expect(message(SUANLI, both, across("", 1, true))).toMatch(/^表头重复：“合同实际执行金额”与“金额”指同一项/);
    const mixed = across("instrument", "金额", "performed_total", "国产");
    const rows = [
      ["hz-17-dataflow", 1, 2, ""],
      ["zj-15-suanli", 1, "", true],
    ];
    expect(message("", mixed, rows)).toMatch(/^第1行：表头重复：“performed_total”与“金额”指同一项，“金额”一格应留空/);
  });

  test("an unknown one that is close to a known one is answered with it", () => {
    const asked = (header: string) => message(SUANLI, across("amount", header), across(1, 1));
    expect(asked("domestc")).toMatch(/“domestc”（第2列），您是不是要“自主算力”/);
    expect(asked("是否自主算力服务")).toMatch(/您是不是要“自主算力”/);
    expect(asked("企业简称")).toMatch(/您是不是要“企业名称”/);
    expect(asked("prior paid")).toMatch(/您是不是要“本期已获”/);
    expect(asked("电话")).not.toMatch(/您是不是/);
    withPick({ language: "en" }, () => expect(asked("domestc")).toMatch(/did you mean domestic/));
  });

  test("a unit that is not known is named, with those that are", () => {
    expect(message(SUANLI, across("金额（千元）", "domestic"), across(1, true))).toMatch(
      /“千元”不认识.*元、万元、亿元/,
    );
    expect(message(one("zj-14-tiexi"), across("本金", "LPR（%）"), across(1, 3.5))).toMatch(/“%”不认识.*30%/);
  });

  test("a column in 万元 or 亿元 is scaled exactly, its own limits kept", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), fc.constantFrom(1, 10, 1000), (n, d) => {
        const text = (n / d).toPrecision(15);
        const scaled = answers(SUANLI, across("金额（万元）", "domestic"), across(n / d, true));
        const fen = (BigInt(n) * 1_000_000n) / BigInt(d);
        expect(scaled).toEqual(answers(SUANLI, HEADERS, across(Number(fen) / 100, true)));
        expect(answers(SUANLI, across("金额（万元）", "domestic"), across(text, true))).toEqual(scaled);
      }),
    );
    expect(
      answers(
        SUANLI,
        across("金额（亿元）", "domestic"),
        down(0.1, 1e6).map(([x]) => [x, true]),
      ),
    ).toEqual(down(3000000, VALUE));
    expect(answers(SUANLI, across("金额（万元）", "domestic", "已获金额（万元）"), across(3000, true, 100))).toEqual(
      one(7000000),
    );
  });

  test("repeated ones are refused, also where a name and a label mean the same, and where nobody knows them", () => {
    expect(message(SUANLI, across("amount", "amount"), across(1, 2))).toMatch(/表头重复.*amount/);
    expect(message(SUANLI, across("amount", "合同实际执行金额"), across(1, 2))).toMatch(/表头重复/);
    expect(message(SUANLI, across("amount", "备注", " 备注 "), across(1, 2, 3))).toMatch(/“备注”（第2列和第3列）/);
    const many = Array.from({ length: 400 }, () => "prior_paid");
    expect(message(SUANLI, across(...many), across(...many.map(() => 1)))).toMatch(/表头重复/);
  });

  test("a ragged table is refused with the row", () => {
    expect(message(SUANLI, HEADERS, [[1, true], [1]])).toMatch(/表头有2列，第2行数据有1列/);
    expect(message(SUANLI, across("amount"), across(1, 2))).toMatch(/表头有1列，第1行数据有2列/);
  });

  test("a column without a header must be empty", () => {
    expect(answers(SUANLI, across("amount", "", "domestic"), across(1000000, "", true))).toEqual(one(300000));
    expect(message(SUANLI, across("amount", ""), across(1, 5))).toMatch(/第2列有数据但没有表头/);
  });
});

describe("rows", () => {
  test("each has its own answer: award, nothing, out of force, open, refused", () => {
    const table: [string, unknown, unknown, unknown][] = [
      ["zj-15-suanli", 1000000, true, 2026],
      ["zj-15-suanli", 1000000, true, 2024],
      ["zj-15-suanli", -1, true, 2026],
      ["zj-15-suanli", "x", true, 2026],
      ["zj-16-data-space", "", "", 2026],
      ["bj-6-pool", "", "", 2026],
      ["no-such", 1, true, 2026],
      ["", 1, true, 2026],
      ["zj-15-suanli", 1000000, "也许", 2026],
      ["zj-15-suanli", 1000000, true, "明年"],
      ["bj-6-suanli", 1000000, true, "2025-06-09"],
      ["bj-6-suanli", 1000000, true, "2025-06-10"],
    ];
    const headers = across("instrument", "amount", "domestic", "year");
    const result = butie(one(""), headers, table);
    expect(shown(result)).toEqual(down(300000, NA, VALUE, VALUE, NA, NA, NA, VALUE, VALUE, VALUE, NA, 600000));
    const texts = result.map(([cell]) => (isErrorCell(cell) ? cell.message : ""));
    expect(texts[1]).toMatch(/2024 不在有效期内；有效期 2025-05-31 至 2027-12-31/);
    expect(texts[2]).toMatch(/^第3行：“amount”：金额不能为负/);
    expect(texts[3]).toMatch(/^第4行：“amount”：“x”不是金额/);
    expect(texts[5]).toMatch(/资金池/);
    expect(texts[6]).toMatch(/^第7行：没有编号为“no-such”/);
    expect(texts[7]).toMatch(/^第8行：缺少政策工具编号/);
    expect(texts[8]).toMatch(/^第9行：“domestic”/);
    expect(texts[9]).toMatch(/^第10行：“明年”/);
  });

  test("a missing column of a required input is a missing input, named by its label", () => {
    expect(answers(SUANLI, across("amount"), down(1000000, 2))).toEqual(down(VALUE, VALUE));
    expect(message(SUANLI, across("amount"), down(1000000))).toBe("第1行：缺少：自主算力");
  });

  test("an input that only some rows lack is named with its row", () => {
    const result = butie(one("bj-5-standards"), across("level", "role"), [
      ["国际标准", "主导"],
      ["国际标准", ""],
      ["国家标准", ""],
    ]);
    expect(messages(result)).toEqual(["第2行：缺少：国际标准中的角色", "第3行：缺少：起草单位排名"]);
  });

  test("a blank instrument, which Excel on the desktop hands over as 0, is a missing one", () => {
    for (const blank of ["", 0, null]) {
      expect(message(one(blank), HEADERS, across(1, true))).toBe("第1行：缺少政策工具编号");
    }
  });

  test("what was granted before is read under prior_paid and cum_paid alike", () => {
    const cases: [string, string, number, number][] = [
      ["zj-18-yuliao", "amount", 10000000, 2000000 - 500000],
      ["hz-10-base-build", "fai_prev", 200000000, 20000000 - 500000],
      ["bj-10-listed", "approved", 9000000, 5000000 - 500000],
    ];
    for (const [id, base, amount, award] of cases) {
      for (const header of ["prior_paid", "cum_paid"])
        expect(answers(one(id), across(base, header), across(amount, 500000))).toEqual(one(award));
    }
    // Each of two instruments has its own column; the other one stays blank.
    const mixed = across("instrument", "amount", "fai_prev", "prior_paid", "cum_paid");
    const rows = [
      ["zj-18-yuliao", 10000000, "", 500000, ""],
      ["hz-10-base-build", "", 200000000, "", 500000],
    ];
    expect(answers(one(""), mixed, rows)).toEqual(down(1500000, 19500000));
    // The national voucher has no limit from which anything could be taken.
    expect(message(one("hz-1-nat-data"), across("amount", "prior_paid"), across(1, 1))).toMatch(/不认识的表头/);
  });

  test("an error cell goes through in its own row", () => {
    const result = butie(SUANLI, HEADERS, [
      [1000000, true],
      [cellError("#DIV/0!"), true],
      [1000000, cellError("#N/A")],
    ]);
    expect(shown(result)).toEqual(down(300000, "#DIV/0!", "#N/A"));
  });

  test("rates above a ceiling and wrong units of time are refused", () => {
    expect(message(SUANLI, across("amount", "domestic", "rate"), across(1, true, 0.31))).toMatch(
      /^第1行：地方比例.*不得超过 30%/,
    );
    expect(message(SUANLI, across("amount", "domestic", "rate"), across(1, true, 30))).toMatch(/0 到 1 之间/);
    const loan = across("principal", "lpr", "months");
    expect(message(one("zj-14-tiexi"), loan, across(1, 0.035, 365))).toMatch(/0 到 12 个月/);
    expect(message(one("bj-5-standards"), across("level", "rank"), across("国家级", 1))).toMatch(/国际标准、国家标准/);
    expect(message(one("bj-5-standards"), across("level", "rank"), across("national", 1.5))).toMatch(/名次/);
  });

  test("a cell under a header that its instrument does not know must be blank", () => {
    const headers = across("instrument", "amount", "domestic", "investment");
    const rows = (investment: unknown) => [
      ["zj-15-suanli", 1000000, true, investment],
      ["bj-10-benchmark", "", "", 1000000],
    ];
    expect(answers(one(""), headers, rows(""))[0]).toEqual([300000]);
    expect(answers(one(""), headers, rows(0))[0]).toEqual([300000]);
    const result = butie(one(""), headers, rows(5));
    expect(shown(result)[0]).toEqual([VALUE]);
    expect(messages(result)[0]).toMatch(/第1行：“算力券”没有“investment”这一项/);
  });

  test("a flag that its instrument does not ask for is left aside", () => {
    const headers = across("instrument", "amount", "domestic", "filed");
    const rows = [
      ["zj-15-suanli", 1000000, true, true],
      ["hz-1-city-model", 1000000, "是", true],
    ];
    expect(answers(one(""), headers, rows)).toEqual(down(300000, 300000));
    expect(message(SUANLI, across("amount", "domestic", "filed"), across(1, true, true))).toMatch(
      /不认识的表头“filed”/,
    );
  });
});

describe("blanks, as desktop Excel (0) and the web (nothing) hand them over", () => {
  /** The same blank as both hosts know it. */
  const BLANKS = [0, "", null];

  test("mean nothing in amounts, rates, ranks, months, choices and readings alike", () => {
    for (const blank of BLANKS) {
      expect(
        answers(
          SUANLI,
          across("amount", "domestic", "rate", "cap_scope", "firm"),
          across(1000000, false, blank, blank, blank),
        ),
      ).toEqual(one(100000));
      expect(answers(SUANLI, HEADERS, across(blank, true))).toEqual(one(0));
      const loan = across("principal", "lpr", "months", "basis", "whatif_cap");
      expect(answers(one("zj-14-tiexi"), loan, across(100000000, 0.035, blank, blank, blank))).toEqual(one(1750000));
      expect(answers(one("hz-5-scene"), across("investment", "rank"), across(1000000, blank))).toEqual(one(300000));
      expect(answers(one("zj-25-terminal"), across("price", "category"), across(1000, blank))).toEqual(one(VALUE));
      expect(answers(one("hz-2-major"), across("investment", "rate"), across(1000000, blank))).toEqual(one(NA));
    }
  });

  test("in a required flag: missing where it can be told from 0, which is no", () => {
    expect(message(SUANLI, HEADERS, across(12000000, ""))).toBe("第1行：缺少：自主算力");
    expect(answers(SUANLI, HEADERS, across(12000000, 0))).toEqual(one(1200000));
    // A flag with a default takes it.
    const filed = (cell: unknown) => answers(one("bj-8-moxing"), across("amount", "filed"), across(1000000, cell));
    expect(filed("")).toEqual(filed(true));
    expect(filed(0)).toEqual(one(0));
  });

  test("Binjiang's two kinds of fees need no flag beside a blank amount", () => {
    for (const blank of BLANKS) {
      const fees = across("amount", "domestic", "domestic_fee", "nondomestic_fee");
      expect(answers(one("bj-6-suanli"), fees, across(blank, blank, 1000000, 1000000))).toEqual(one(900000));
    }
  });

  test("a wholly blank row is 0, whatever the clause asks for", () => {
    for (const blank of BLANKS) {
      expect(answers(SUANLI, HEADERS, across(blank, blank))).toEqual(one(0));
      expect(answers(one("zj-25-terminal"), across("price", "category"), across(blank, blank))).toEqual(one(0));
      expect(answers(one("bj-11-benchmark-firm"), across("firm", "already_paid"), across(blank, blank))).toEqual(
        one(0),
      );
      const named = across("instrument", "firm", "amount");
      expect(
        answers(one(""), named, [
          ["bj-7-yuliao", "甲", 1000000],
          [blank, blank, blank],
        ]),
      ).toEqual(down(300000, 0));
    }
    // A written 0 of what was paid before is no blank row: the award is due.
    expect(answers(one("hz-3-filing"), across("prior_paid"), one(""))).not.toEqual(one(0));
  });
});

describe("instrument and year", () => {
  test("Binjiang ends on 2026-09-10 only where the reading of the reported end is taken", () => {
    const days = down("2026-09-10", "2026-09-11", 2026, 2027, 2028);
    const paid = (readings: string[], options: string[]) =>
      answers(
        one("bj-7-yuliao"),
        across("amount", ...readings),
        days.map(() => [1000000, ...options]),
        days,
      );
    const inForce = down(300000, 300000, 300000, 300000, 300000);
    expect(paid([], [])).toEqual(inForce);
    expect(paid(["window_end"], ["text"])).toEqual(inForce);
    expect(paid(["window_end"], ["reported"])).toEqual(down(300000, NA, 300000, NA, NA));
    // By its question and its answer in Chinese as well.
    expect(paid(["有效期到哪一日为止"], ["按二手资料所载（请核对原文）"])).toEqual(down(300000, NA, 300000, NA, NA));
    // What is reported of Binjiang ends no other document.
    expect(answers(one("zj-18-yuliao"), across("amount"), across(1000000), one("2026-09-11"))).toEqual(one(300000));
  });

  test("one for all rows, one per row, or a column of the table", () => {
    const rows = down(1000000, 1000000);
    expect(
      answers(
        SUANLI,
        across("amount", "domestic"),
        [
          [1000000, true],
          [1000000, false],
        ],
        one(2026),
      ),
    ).toEqual(down(300000, 100000));
    expect(answers(down("bj-7-yuliao", "zj-18-yuliao"), across("amount"), rows, down(2026, 2024))).toEqual(
      down(300000, NA),
    );
    expect(
      answers(one("bj-7-yuliao"), across("amount", "year"), [
        [1000000, 2026],
        [1000000, 2024],
      ]),
    ).toEqual(down(300000, NA));
    expect(answers(one("bj-7-yuliao"), across("合同金额", "申领年度"), across(1000000, "2025-06-10"))).toEqual(
      one(300000),
    );
  });

  test("as many as there are rows, or one", () => {
    expect(message(down("bj-7-yuliao", "bj-7-yuliao", "bj-7-yuliao"), across("amount"), down(1, 2))).toMatch(
      /政策工具有3行，数据有2行/,
    );
    expect(message(one("bj-7-yuliao"), across("amount"), down(1, 2), down(2026, 2026, 2026))).toMatch(
      /年度有3行，数据有2行/,
    );
  });

  test("an omitted year is the pick, else 2026", () => {
    withPick({ year: 2024 }, () => expect(answers(SUANLI, HEADERS, across(1, true))).toEqual(one(NA)));
    expect(answers(SUANLI, HEADERS, across(1, true), null)).toEqual(one(0.3));
    expect(answers(SUANLI, HEADERS, across(1, true), one(""))).toEqual(one(0.3));
  });

  test("messages come in the language of the pane", () => {
    withPick({ language: "en" }, () => {
      expect(message(SUANLI, across("amount"), down(1))).toBe("row 1: missing: domestic compute [domestic]");
      expect(message(SUANLI, HEADERS, across(-1, true))).toMatch(/^row 1: amount: an amount cannot be negative/);
    });
  });
});

describe("firm and object", () => {
  test("rows of one firm share its limits in row order, rows of one object do not repeat", () => {
    const headers = across("企业", "amount", "domestic");
    const rows = [
      ["甲公司", 24000000, true],
      ["乙公司", 24000000, true],
      [" 甲公司 ", 12000000, true],
    ];
    expect(answers(SUANLI, headers, rows)).toEqual(down(7200000, 7200000, 800000));
    const objects = across("instrument", "object", "amount", "domestic");
    const vouchers = ["zj-15-suanli", "bj-6-suanli"].map((id) => [id, "合同一", 1000000, true]);
    expect(answers(one(""), objects, vouchers)).toEqual(down(0, 600000));
  });

  test("a row without a firm among rows with firms is refused: a merged cell, never a firm of its own", () => {
    const rows = (firm: unknown) => [
      ["甲", 24000000, true],
      [firm, 24000000, true],
    ];
    const headers = across("firm", "amount", "domestic");
    for (const blank of ["", 0, null]) {
      const result = butie(SUANLI, headers, rows(blank));
      expect(shown(result)).toEqual(down(7200000, VALUE));
      expect(messages(result)).toEqual([expect.stringMatching(/^第2行：“firm”为空，.*合并单元格/)]);
    }
    const unnamed = down("", 0).map(([firm]) => [firm, 1000000, true]);
    expect(answers(SUANLI, headers, unnamed)).toEqual(down(300000, 300000));
  });

  test("a row of totals is refused with words, wherever it says so", () => {
    const headers = across("firm", "object", "amount", "domestic");
    for (const word of [
      "小计",
      "合 计",
      "总计：",
      "甲公司小计",
      "共计",
      "累计",
      "合计（元）",
      "合计数",
      "汇总",
      "Total",
      "subtotal",
      "SUM",
      "∑",
    ]) {
      expect(message(SUANLI, headers, across(word, "", 1, true))).toMatch(/^第1行：“.*”是合计行/);
      expect(message(SUANLI, headers, across("甲", word, 1, true))).toMatch(/是合计行/);
      expect(message(one(""), across("instrument", "amount"), across(word, 1))).toMatch(/是合计行/);
    }
    expect(answers(SUANLI, headers, across("合计科技公司", "", 1000000, true))).toEqual(one(300000));
  });

  test("a refused row draws nothing on the firm's limit", () => {
    const rows = [
      ["甲", "x", true],
      ["甲", 24000000, true],
    ];
    expect(answers(SUANLI, across("firm", "amount", "domestic"), rows)).toEqual(down(VALUE, 7200000));
  });
});

describe("every instrument", () => {
  const ids = CATALOGUE.map(({ instrument }) => instrument.id);

  test.each(ids)("%s: a bare row says what is missing, what is open, or a label", (id) => {
    const { instrument } = CATALOGUE.find((entry) => entry.instrument.id === id)!;
    const result = butie(one(id), one(""), one(""), one(2026))[0]![0];
    const required = Object.values(instrument.inputs ?? {}).some(
      (input) => !input.optional && input.default === undefined && !input["required-if"],
    );
    if (required)
      expect(result).toMatchObject({ code: VALUE, message: expect.stringMatching(/^第1行：缺少：/) as string });
    else if (instrument.kind === "unquantified" || instrument.budget) expect(result).toMatchObject({ code: NA });
    // A default or a condition on other inputs decides.
    else expect(result).toMatchObject({ code: VALUE });
  });

  test("every input and every reading is a header under its name, and every input under its labels", () => {
    for (const { instrument } of CATALOGUE) {
      const inputs = Object.entries(instrument.inputs ?? {});
      for (const headers of [
        [...inputs.map(([name]) => name), ...Object.keys(readingsOf(instrument))],
        inputs.map(([, { zh }]) => zh),
        inputs.map(([, { en }]) => en),
      ]) {
        if (!headers.length) continue;
        const texts = messages(
          butie(one(instrument.id), across(...headers), across(...headers.map(() => "")), one(2026)),
        );
        expect(texts.filter((text) => /不认识|重复/.test(text))).toEqual([]);
      }
    }
  });
});

describe("tables of any size, against the documents computed a second time", () => {
  const contract = fc.record({
    place: fc.constantFrom("浙江", "杭州", "滨江"),
    fen: fc.oneof(fc.bigInt(0n, 100_000n), fc.bigInt(0n, 100_000_000_000n)),
    domestic: fc.boolean(),
    used: fc.bigInt(0n, 2_500_000_000n),
  });
  const ids = { 浙江: "zj-15-suanli", 杭州: "hz-1-city-suanli", 滨江: "bj-6-suanli" };

  test("every fen of mixed instruments", () => {
    fc.assert(
      fc.property(fc.array(contract, { minLength: 1, maxLength: 60 }), (rows) => {
        const table = rows.map(({ place, fen, domestic, used }) => [
          ids[place],
          Number(fen) / 100,
          domestic ? "国产" : "非国产",
          Number(used) / 100,
        ]);
        const result = butie(one(""), across("instrument", "amount", "domestic", "prior_paid"), table, one(2026));
        expect(result).toEqual(rows.map((row) => [Number(COMPUTE[row.place]!(row)) / 100]));
      }),
      { numRuns: 60 },
    );
  });

  test("a firm never gets more than its cap, and what its contracts give in order", () => {
    fc.assert(
      fc.property(fc.array(contract, { minLength: 1, maxLength: 40 }), (rows) => {
        const table = rows.map(({ fen, domestic }) => ["甲公司", Number(fen) / 100, domestic]);
        let used = 0n;
        const wanted = rows.map(({ fen, domestic }) => {
          const award = COMPUTE.浙江!({ fen, domestic, used });
          used += award;
          return [Number(award) / 100];
        });
        expect(butie(SUANLI, across("firm", "amount", "domestic"), table, one(2026))).toEqual(wanted);
        expect(used <= 800_000_000n).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

test("whatever stands in the ranges, every row has an answer", () => {
  const anything = fc.oneof(
    fc.constantFrom<unknown>("amount", "domestic", "firm", "year", "rate", "instrument", "zj-15-suanli", "bj-6-suanli"),
    fc.constantFrom<unknown>(2026, "", null, undefined, 0, 1000000, true, NaN, "e5", cellError("#REF!")),
    fc.string(),
    fc.double(),
  );
  const matrix = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .chain(([r, c]) => fc.array(fc.array(anything, { minLength: c, maxLength: c }), { minLength: r, maxLength: r }));
  fc.assert(
    fc.property(
      matrix,
      matrix,
      matrix,
      fc.oneof(matrix, fc.constant(undefined)),
      (instrument, headers, values, year) => {
        const result = butie(instrument, headers, values, year);
        expect(result.length).toBe(values.length);
        for (const row of result) {
          expect(row).toHaveLength(1);
          const [cell] = row;
          if (!isErrorCell(cell) && typeof cell !== "string")
            expect(Math.round((cell as number) * 100) / 100).toBe(cell);
        }
      },
    ),
    { numRuns: 1000 },
  );
});
