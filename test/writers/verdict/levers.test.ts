import { bridgeVerdict, movedVerdict, pairsVerdict, tableVerdict, tornadoVerdict } from "../../../src/writers/verdict";
import { bridgeOf, type Pair, type PairsQuestion, type Text, type TornadoBar } from "../../../src/rules";

const yuan = (amount: number): number => amount * 100;
const words = (zh: string, en: string): Text => ({ zh, en });
const bar = (zh: string, en: string, low: number, high: number, percent?: TornadoBar["percent"]): TornadoBar => ({
  label: words(zh, en),
  low: { label: words("低", "low"), total: yuan(low) },
  high: { label: words("高", "high"), total: yuan(high) },
  swing: yuan(high - low),
  ...(percent && { percent }),
});

describe("the levers compared", () => {
  const cap = bar("上限", "cap", 10_000_000, 30_000_000, { more: yuan(50_000), less: -yuan(50_000) });
  const rate = bar("比例", "rate", 19_000_000, 21_000_000, { more: yuan(200_000), less: -yuan(210_000) });

  test("by their own range one, by one per cent another", () => {
    expect(tornadoVerdict([cap, rate], "zh")).toBe(
      "按各自可能的范围，影响最大的是“上限”：低与高之间，合计相差2,000万元；同样只变1%，最敏感的是“比例”，合计约变21万元。",
    );
    expect(tornadoVerdict([cap, rate], "en")).toBe(
      "Over its own range “cap” matters most: between low and high the total differs by 20 million yuan; for one and the same change of 1% it is “rate”, by 210,000 yuan.",
    );
  });

  test("one and the same by both, and none by either", () => {
    expect(tornadoVerdict([rate], "zh")).toMatch(/最敏感的也是“比例”/);
    expect(tornadoVerdict([bar("读法", "reading", 1, 2)], "zh")).toBe(
      "按各自可能的范围，影响最大的是“读法”：低与高之间，合计相差1元。",
    );
    expect(tornadoVerdict([bar("读法", "reading", 1, 1)], "zh")).toBe("各项在所设范围内变动，合计都不变。");
  });
});

describe("pairs", () => {
  const question: PairsQuestion = {
    along: { lever: "rate", values: ["0.2", "0.3"] },
    solved: "cap",
    wanted: yuan(100_000_000),
    measure: "total",
  };
  const pair = (value: string, exact: number, round: number, total: number): Pair => ({
    value,
    found: {
      kind: "found",
      exact: { value: String(yuan(exact)), total: yuan(100_000_000) },
      round: { value: String(yuan(round)), total: yuan(total) },
    },
  });

  test("the ends of the curve, and the round pair that leaves least", () => {
    const pairs = [pair("0.2", 17_280_000, 17_000_000, 99_000_000), pair("0.3", 9_120_000, 9_100_000, 99_900_000)];
    expect(pairsVerdict(question, pairs, yuan(120_000_000), "zh")).toBe(
      "要使合计不超过1亿元（现为1.2亿元）：比例20%时上限最高1,728万元，比例30%时上限最高912万元；取整可定比例30%、上限910万元，合计9,990万元。",
    );
    expect(pairsVerdict({ ...question, measure: "paid" }, pairs.slice(0, 1), yuan(120_000_000), "en")).toBe(
      "For what the pools pay to keep to 100 million yuan (120 million yuan now): at a rate of 20% the cap is 17.28 million yuan at most; in round figures a rate of 20% and a cap of 17 million yuan cost 99 million yuan.",
    );
  });

  test.each([
    ["below", /：所列比例下，上限降到零也超出。$/],
    ["above", /：所列比例下，上限怎么提高都不会超出。$/],
  ] as const)("none is found where all are %s", (kind, end) => {
    const found = kind === "below" ? ({ kind, least: 1 } as const) : ({ kind, most: 1 } as const);
    expect(pairsVerdict(question, [{ value: "0.2", found }], 1, "zh")).toMatch(end);
  });
});

test("a table: the least, the most, and as it is", () => {
  const rows = { lever: "rate", values: ["0.1", "0.2"] } as const;
  const columns = { lever: "cap", values: [String(yuan(5_000_000))] } as const;
  const totals = [[{ total: yuan(10_000) }], [{ total: yuan(20_000) }]];
  expect(tableVerdict({ rows, columns }, yuan(15_000), totals, "zh")).toBe(
    "合计最少1万元（比例10%、上限500万元），最多2万元（比例20%、上限500万元）；现为1.5万元。",
  );
  expect(tableVerdict({ rows }, 1, [[{ total: 1 }], [{ total: 1 }]], "zh")).toMatch(/^在所列取值内合计都是/);
  const refusal = words("算不出", "no");
  expect(tableVerdict({ rows }, 1, [[{ total: 0, refusal }], [{ total: 0, refusal }]], "zh")).toBe(
    "所列取值都算不出。",
  );
});

test("a bridge: each change alone, the largest first, and what they do to each other", () => {
  const bridge = bridgeOf(yuan(1_000_000), [yuan(900_000), yuan(700_000)], yuan(650_000));
  expect(bridgeVerdict(bridge, ["上限 500万元", "比例 20%"], "zh")).toBe(
    "由100万元到65万元，2项改动合计少付35万元：“比例 20%”单独少付30万元，“上限 500万元”单独少付10万元，同时实行又因相互影响多付5万元。",
  );
  expect(bridgeVerdict(bridgeOf(100, [100, 200], 200), ["a", "b"], "en")).toBe(
    "From 1 yuan to 2 yuan: 2 changes, 1 yuan more: “b” alone 1 yuan more, “a” alone changes nothing; they do not act on each other.",
  );
});

const ALL = { then: 0, now: 0 };

test("two runs: in English, with the rules", () => {
  const rows = { same: 1, gone: 0, added: 2, changed: 0 };
  const bridge = bridgeOf(yuan(10_000), [yuan(10_000), yuan(30_000), yuan(10_000)], yuan(30_000));
  expect(
    movedVerdict(
      { rows, unknown: ALL, totals: [{ name: undefined, noted: yuan(9_000), rules: yuan(1_000), bridge }] },
      "en",
    ),
  ).toBe(
    "Since the last run 2 rows are new, 0 gone, 0 changed; as things are the total goes from 9,000 yuan to 30,000 yuan (rules or year +1,000 yuan, new rows +20,000 yuan).",
  );
});

test("two runs: totals that sound alike are said by what lies between them, and what cancels out is still said", () => {
  const rows = { same: 1, gone: 1, added: 1, changed: 0 };
  const said = (before: number, gone: number, added: number) => {
    const bridge = bridgeOf(
      yuan(before),
      [yuan(before - gone), yuan(before + added), yuan(before)],
      yuan(before - gone + added),
    );
    return movedVerdict(
      {
        rows,
        unknown: ALL,
        totals: [
          { name: undefined, noted: yuan(before), rules: 0, bridge },
          { name: "甲", noted: 1, rules: 0, bridge: bridgeOf(1, [1, 1, 1], 2) },
        ],
      },
      "zh",
    );
  };
  expect(said(123_456_789, 100, 400)).toBe(
    "与上次运行相比，新增1行、去掉1行、改动0行；现行做法合计约1.235亿元，变动+300元（去掉的行−100元，新增的行+400元）；情景中变化最大的是“甲”（+0.01元）。",
  );
  expect(said(1_000, 100, 100)).toMatch(/；现行做法合计仍为1,000元（去掉的行−100元，新增的行\+100元）；/);
});
