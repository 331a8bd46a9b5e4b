import fc from "fast-check";
import { COMPUTE, STACKED, type Contract } from "./oracle";
import {
  across,
  cellError,
  down,
  functions,
  isErrorCell,
  isMoney,
  messages,
  NA,
  one,
  shown,
  VALUE,
  withPick,
} from "./called";

const { suanliQuan, moxingQuan, yuliaoQuan, chuangxinQuan, zhinengQuan, diejiaQuan, tiexi } = functions;
const suanli = (...args: unknown[][][]) => shown(suanliQuan(...(args as Parameters<typeof suanliQuan>)));

describe("SUANLI_QUAN", () => {
  test("in the three jurisdictions, however they are written", () => {
    const places = down("浙江", "330100", 330108, "zhejiang", "杭州市", "BJ");
    expect(suanli(one(10000000), one("国产"), places)).toEqual(
      down(3000000, 3000000, 6000000, 3000000, 3000000, 6000000),
    );
    expect(suanli(one(10000000), one("非国产"), places)).toEqual(
      down(1000000, 2000000, 3000000, 1000000, 2000000, 3000000),
    );
  });

  test("without a pick the omitted jurisdiction and year are Zhejiang and 2026; with one, the pick", () => {
    expect(suanli(one(10000000), one(true))).toEqual(one(3000000));
    withPick({ jurisdiction: "binjiang", year: 2026 }, () => {
      expect(suanli(one(10000000), one(true))).toEqual(one(6000000));
      expect(suanli(one(10000000), one(true), one("杭州"))).toEqual(one(3000000));
    });
    withPick({ jurisdiction: "binjiang", year: "2025-06-09" }, () => {
      expect(suanli(one(10000000), one(true))).toEqual(one(NA));
      expect(suanli(one(10000000), one(true), one(""), one(2026))).toEqual(one(6000000));
    });
    expect(suanli(one(10000000), one(true))).toEqual(one(3000000));
  });

  test("an omitted argument, a blank cell and 0 leave jurisdiction and year to the pick alike", () => {
    for (const blank of [null, undefined, one(""), one(null), one(0), one("  ")] as unknown as unknown[][][]) {
      expect(suanli(one(10000000), one(true), blank, blank, blank)).toEqual(one(3000000));
    }
  });

  test("a blank amount is 0, as 0 and as nothing; a blank flag is missing, a written 0 is no", () => {
    for (const blank of ["", null, undefined, 0]) expect(suanli(one(blank), one(true))).toEqual(one(0));
    for (const blank of ["", null, undefined]) {
      const result = suanliQuan(one(12000000), one(blank));
      expect(shown(result)).toEqual(one(VALUE));
      expect(messages(result)[0]).toBe("缺少：自主算力");
    }
    expect(suanli(one(1000000), one(0))).toEqual(one(100000));
  });

  test("a wholly blank row is 0, in every voucher", () => {
    for (const blank of ["", null, 0]) {
      expect(suanli(down(1000000, blank), down(true, blank))).toEqual(down(300000, 0));
      expect(shown(tiexi(one(blank), one(blank), one(blank)))).toEqual(one(0));
      expect(shown(moxingQuan(one(blank), one(blank), one("杭州")))).toEqual(one(0));
    }
  });

  test("a blank in an argument with a default takes the default", () => {
    expect(shown(moxingQuan(down(1000000, 1000000), down("", false), one("杭州")))).toEqual(down(300000, 0));
    expect(shown(zhinengQuan(down(1000000, 1000000), one("算力"), down("", true)))).toEqual(
      shown(zhinengQuan(down(1000000, 1000000), one("算力"), down(false, true))),
    );
  });

  test("the day decides: before, first, last, after", () => {
    const days = down("2025-05-30", "2025-05-31", 46752, "2028-01-01");
    expect(suanli(one(1000000), one(1), one("浙江"), days)).toEqual(down(NA, 300000, 300000, NA));
    expect(messages(suanliQuan(one(1000000), one(1), one("滨江"), one("2025-06-09")))[0]).toMatch(
      /2025-06-09.*2025-06-10 至 2028-06-09/,
    );
  });

  test("what was used is taken off the cap", () => {
    expect(suanli(one(30000000), one(true), one("浙江"), one(2026), down(0, 3000000, 8000000, 1e12))).toEqual(
      down(8000000, 5000000, 0, 0),
    );
  });

  test("each bad cell is its own error, in words; the others compute", () => {
    const result = suanliQuan(down(1000000, -1, "abc", 1e13, "1,000,000"), one(true));
    expect(shown(result)).toEqual(down(300000, VALUE, VALUE, VALUE, 300000));
    expect(messages(result)).toEqual([
      expect.stringContaining("-1"),
      expect.stringContaining("abc"),
      expect.stringContaining("10000000000000"),
    ]);
    expect(suanli(one(1000000), down(true, "也许", 2))).toEqual(down(300000, VALUE, VALUE));
    expect(suanli(one(1000000), one(true), down("浙江", "上海"))).toEqual(down(300000, VALUE));
    expect(suanli(one(1000000), one(true), one("浙江"), down(2026, "明年", 26))).toEqual(down(300000, VALUE, VALUE));
  });

  test("an error of another formula goes through as it is", () => {
    const broken = cellError("#DIV/0!");
    const result = suanliQuan(down(1000000, broken), one(true));
    expect(result[1]![0]).toBe(broken);
    expect(suanli(one(1000000), one(broken))).toEqual(one("#DIV/0!"));
  });
});

describe("stretching, as in Excel's own array arithmetic", () => {
  test("a column over a row is a table", () => {
    expect(suanli(down(1000000, 2000000), across(true, false))).toEqual([
      [300000, 100000],
      [600000, 200000],
    ]);
  });

  test("n × m over n × 1 and 1 × m", () => {
    const amounts = [
      [1000000, 2000000],
      [3000000, 4000000],
    ];
    expect(suanli(amounts, down(true, false))).toEqual([
      [300000, 600000],
      [300000, 400000],
    ]);
    expect(suanli(amounts, across(true, false))).toEqual([
      [300000, 200000],
      [900000, 400000],
    ]);
  });

  test("where sizes do not fit, the cells outside are #N/A", () => {
    expect(suanli(down(1000000, 2000000, 3000000), down(true, true))).toEqual(down(300000, 600000, NA));
    expect(suanli(across(1000000, 2000000), across(true, true, true))).toEqual([[300000, 600000, NA]]);
    expect(
      suanli(
        [
          [1000000, 1000000],
          [1000000, 1000000],
        ],
        [[true, true, true]],
      ),
    ).toEqual([
      [300000, 300000, NA],
      [300000, 300000, NA],
    ]);
  });

  test("one cell, handed over as a value and not as a range, is one cell", () => {
    expect(suanliQuan(1000000 as never, true as never)).toEqual(one(300000));
  });
});

describe("the other vouchers by name", () => {
  test("MOXING_QUAN: a filed model unless said otherwise", () => {
    const places = down("浙江", "杭州", "滨江");
    expect(shown(moxingQuan(one(10000000), null as never, places))).toEqual(down(3000000, 3000000, 2000000));
    expect(shown(moxingQuan(one(10000000), one(false), places))).toEqual(down(3000000, 0, 0));
    expect(shown(moxingQuan(one(10000000), one("也许"), places))).toEqual(down(3000000, VALUE, VALUE));
  });

  test("YULIAO_QUAN: Hangzhou's is the national data voucher, which has no cap", () => {
    expect(shown(yuliaoQuan(one(10000000), down("浙江", "杭州", "滨江")))).toEqual(down(2000000, 3000000, 2000000));
  });

  test("CHUANGXIN_QUAN: in Binjiang only", () => {
    expect(shown(chuangxinQuan(down(1000000, 2000000), one("滨江")))).toEqual(down(300000, 500000));
    const elsewhere = chuangxinQuan(one(1000000), one("杭州"));
    expect(shown(elsewhere)).toEqual(one(NA));
    expect(messages(elsewhere)).toEqual(["杭州市没有这种券；有此券的辖区：滨江区"]);
  });

  test("a blank service is a missing one", () => {
    for (const blank of ["", 0, null, undefined]) {
      const result = zhinengQuan(one(1), one(blank));
      expect(messages(result)).toEqual(["缺少服务类别，可填：算力、模型、数据"]);
    }
    expect(messages(diejiaQuan(one(1), one("")))).toEqual(["缺少服务类别，可填：算力、模型"]);
  });

  test("ZHINENG_QUAN and DIEJIA_QUAN by service", () => {
    const services = down("算力", "模型", "数据", "compute", "MODEL");
    expect(shown(zhinengQuan(one(10000000), services, one(true)))).toEqual(
      down(3000000, 3000000, 3000000, 3000000, 3000000),
    );
    expect(shown(zhinengQuan(one(10000000), one("算力")))).toEqual(one(1000000));
    const stacked = diejiaQuan(one(10000000), services, one(true));
    expect(shown(stacked)).toEqual(down(4500000, 4500000, VALUE, 4500000, 4500000));
    expect(messages(stacked)[0]).toMatch(/数据.*算力.*模型/);
    expect(shown(diejiaQuan(one(60000000), one("算力"), one(true), one(2026), down(0, 5000000)))).toEqual(
      down(26000000, 21000000),
    );
  });

  test("TIEXI: the LPR in Zhejiang and Binjiang, the total investment in Hangzhou", () => {
    const loan = [one(100000000), one(3500000)] as const;
    const places = down("浙江", "杭州", "滨江");
    const args = [one(0.035), null, one(80000000), places] as unknown as [
      unknown[][],
      unknown[][],
      unknown[][],
      unknown[][],
    ];
    // Zhejiang and Binjiang: half of the LPR on the principal; Hangzhou: 1.5 points.
    expect(shown(tiexi(...loan, ...args))).toEqual(down(1750000, 1500000, 1000000));
    expect(shown(tiexi(...loan, one("3.5%"), one(6), one(80000000), places))).toEqual(down(875000, 750000, 875000));
    const missing = tiexi(...loan, null as never, null as never, null as never, places);
    expect(shown(missing)).toEqual(down(VALUE, VALUE, VALUE));
    expect(messages(missing)).toEqual([
      expect.stringMatching(/缺少：.*LPR/),
      expect.stringMatching(/缺少：.*总投资/),
      expect.stringMatching(/缺少：.*LPR/),
    ]);
    expect(shown(tiexi(...loan, one(3.5), one(12), one(80000000), one("浙江")))).toEqual(one(VALUE));
    expect(shown(tiexi(...loan, one(0.035), one(365), one(80000000), one("浙江")))).toEqual(one(VALUE));
  });
});

describe("against the documents computed a second time, in whole numbers", () => {
  const used = fc.oneof(fc.constant(0n), fc.bigInt(0n, 3_000_000_000n));
  /** 10^-2 to 10^9 yuan, and the neighbourhood of every point at which a cap begins to bind. */
  const kinks = [2666666667n, 8000000000n, 4000000000n, 3333333333n, 6666666667n, 5333333333n];
  const fen = fc.oneof(
    fc.bigInt(0n, 10_000n),
    fc.bigInt(0n, 100_000_000_000n),
    fc.tuple(fc.constantFrom(...kinks), fc.bigInt(-3n, 3n)).map(([kink, off]) => kink + off),
  );
  const contracts = fc.record({ fen, domestic: fc.boolean(), used }) satisfies fc.Arbitrary<Contract>;
  const yuan = (of: bigint): number => Number(of) / 100;

  test.each(Object.entries(COMPUTE))("%s: every fen", (place, oracle) => {
    fc.assert(
      fc.property(fc.array(contracts, { minLength: 1, maxLength: 30 }), (rows) => {
        const column = (read: (row: Contract) => unknown) => rows.map((row) => [read(row)]);
        const result = suanliQuan(
          column((row) => yuan(row.fen)),
          column((row) => row.domestic),
          one(place),
          one(2026),
          column((row) => yuan(row.used)),
        );
        expect(result).toEqual(column((row) => yuan(oracle(row))));
      }),
      { numRuns: 100 },
    );
  });

  test("stacked: every fen", () => {
    fc.assert(
      fc.property(contracts, (row) => {
        const result = diejiaQuan(one(yuan(row.fen)), one("算力"), one(row.domestic), one(2026), one(yuan(row.used)));
        expect(result).toEqual(one(yuan(STACKED(row))));
      }),
      { numRuns: 500 },
    );
  });

  test("half fens, by the digits that Excel shows", () => {
    // 10,000.75 × 30 % = 3,000.225; 0.05 × 30 % = 0.015; 33.35 × 10 % = 3.335
    expect(suanli(down(10000.75, 0.05, 33.35), down(true, true, false))).toEqual(down(3000.23, 0.02, 3.34));
  });
});

describe("whatever stands in the cells", () => {
  const anything = fc.oneof(
    fc.double(),
    fc.string(),
    fc.boolean(),
    fc.constantFrom<unknown>(
      "",
      null,
      undefined,
      NaN,
      Infinity,
      -0,
      1e15,
      "1e5",
      "e5",
      "%",
      "１２",
      "国产",
      2026,
      "滨江",
    ),
    fc.constantFrom(...["#N/A", "#REF!"].map((code) => cellError(code))),
  );
  const range = fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(anything, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
    );
  const argument = fc.oneof(range, fc.constant(null), fc.constant(undefined));

  test.each(
    Object.entries({ suanliQuan, moxingQuan, yuliaoQuan, chuangxinQuan, zhinengQuan, diejiaQuan, tiexi }).map(
      ([name, call]) => [name, call as (...args: unknown[]) => unknown[][]] as const,
    ),
  )("%s answers every cell with an amount or an error in words", (_name, call) => {
    fc.assert(
      fc.property(fc.array(argument, { minLength: 8, maxLength: 8 }), (args) => {
        for (const cell of call(...args).flat()) {
          if (isErrorCell(cell)) expect(cell.code).toMatch(/^#/);
          else expect(isMoney(cell)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  const outside = new CustomFunctions.Error(CustomFunctions.ErrorCode.notAvailable);
  const anyCell = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<unknown>(1_000_000, 123_456.785, 0.01, "1,000,000", "30%") },
    { weight: 2, arbitrary: fc.constantFrom<unknown>(true, false, "国产", "算力", "compute", "滨江", "杭州") },
    { weight: 2, arbitrary: fc.constantFrom<unknown>(2026, 2035, 46_000, 47_999, 49_000, "2025-06-10", 0.035) },
    { weight: 2, arbitrary: fc.constantFrom<unknown>("", null, 0) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>("12万元", -1, "soon", 1e15) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>(cellError("#REF!"), { type: "FormattedNumber", basicValue: 1_000_000 }),
    },
  );

  test.each(
    Object.entries({ suanliQuan, moxingQuan, yuliaoQuan, chuangxinQuan, zhinengQuan, diejiaQuan, tiexi }).map(
      ([name, call]) => [name, call as (...args: unknown[]) => unknown[][]] as const,
    ),
  )("%s answers the rows of a column as it answers each of them alone, words and all", (_name, call) => {
    const column = fc.oneof(
      { weight: 4, arbitrary: fc.array(anyCell, { minLength: 2, maxLength: 12 }) },
      { weight: 1, arbitrary: anyCell.map((cell) => [cell]) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    );
    fc.assert(
      fc.property(fc.tuple(...Array.from({ length: call.length }, () => column)), (columns) => {
        const length = Math.max(1, ...columns.map((cells) => cells?.length ?? 1));
        const alone = Array.from({ length }, (_, r) => {
          const cells = columns.map((own) => own && (own.length === 1 ? own : own.slice(r, r + 1)));
          if (cells.some((own) => own?.length === 0)) return outside;
          return call(...cells.map((own) => own && down(...own)))[0]![0];
        });
        expect(call(...columns.map((own) => own && down(...own)))).toEqual(down(...alone));
      }),
      { numRuns: 150 },
    );
  });

  test("thousands of rows, of which some far apart are refused: each has its own answer", () => {
    const amounts = Array.from({ length: 3000 }, (_, r) => (r % 1000 === 999 ? `${r}万元` : 1000 + r));
    const answers = suanliQuan(down(...amounts), one(false));
    amounts.forEach((amount, r) => expect(answers[r]).toEqual(suanliQuan(one(amount), one(false))[0]));
    expect(messages(answers)).toHaveLength(3);
  });

  test("a column of days inside and outside the window is answered as each day is", () => {
    const days = Array.from({ length: 3000 }, (_, r) => 45_000 + r);
    const answers = suanliQuan(one(1_000_000), one(true), null as never, down(...days));
    days.forEach((day, r) => {
      expect(answers[r]).toEqual(suanliQuan(one(1_000_000), one(true), null as never, one(day))[0]);
    });
    expect(new Set(answers.flat().map((cell) => typeof cell)).size).toBe(2);
  });

  test("an error among the other cells of a day outside the window comes first", () => {
    const days = down(49_000, 49_001, 49_000);
    expect(suanli(down(1, cellError("#REF!"), 1), one(true), null as never, days)).toEqual(down(NA, "#REF!", NA));
    expect(suanliQuan(down(1, 2), one(true), null as never, days)[2]).toEqual([outside]);
  });

  test("words follow the language of the pick, also of what was answered before", () => {
    const asked = () => messages(suanliQuan(one("12万元"), one(true), null as never, down(2035, 2026)));
    const chinese = asked();
    const english = withPick({ language: "en" }, asked);
    expect(english[0]).toMatch(/not in force in 2035/);
    expect(english[1]).toMatch(/is not an amount/);
    expect(asked()).toEqual(chinese);
    expect(chinese[0]).toMatch(/在 2035 不在有效期内/);
  });
});

describe("what is kept between calls is bounded", () => {
  const answerOf = (day: number): unknown => suanliQuan(one(1), one(true), null as never, one(day))[0]![0];

  test("a prepared answer serves again, and is forgotten after 65,536 others", () => {
    const first = answerOf(100_000);
    expect(answerOf(100_000)).toBe(first);
    const others = Array.from({ length: 65_536 }, (_, k) => 100_001 + k);
    suanliQuan(one(1), one(true), null as never, down(...others));
    expect(answerOf(100_000)).not.toBe(first);
    expect(answerOf(100_000)).toEqual(first);
  });
});
