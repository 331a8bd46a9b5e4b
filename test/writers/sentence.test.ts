import { refusalText } from "../../src/writers/sentence";
import { claimed, type Cells } from "../rules/claimed";

const words = (id: string, cells: Cells, when: string | number = 2026) => refusalText(claimed(id, cells, when));

test("an award and a label need no words", () => {
  expect(words("zj-15-suanli", { amount: 1, domestic: true })).toBeUndefined();
  expect(words("zj-7-talent-recognition", { salary: 1, years: 1 })).toBeUndefined();
});

test.each<[string, string, Cells, string | number, string, string]>([
  [
    "out of force, by year",
    "bj-6-suanli",
    {},
    2024,
    "滨江区“算力券”在 2024 不在有效期内；有效期 2025-06-10 至 2028-06-09",
    "Compute voucher (bj-6-suanli) is not in force in 2024; window 2025-06-10 to 2028-06-09",
  ],
  [
    "out of force, by day",
    "bj-6-suanli",
    {},
    "2028-06-10",
    "滨江区“算力券”在 2028-06-10 不在有效期内；有效期 2025-06-10 至 2028-06-09",
    "Compute voucher (bj-6-suanli) is not in force on 2028-06-10; window 2025-06-10 to 2028-06-09",
  ],
  [
    "inputs missing, by label and name",
    "hz-18-tiexi",
    { principal: 1 },
    2026,
    "缺少：支付利息、项目总投资",
    "missing: interest paid [interest_paid], total investment [total_investment]",
  ],
  [
    "a condition that fails, in the words of the policy file",
    "bj-10-listed",
    { approved: 1, selected: false },
    2026,
    "未入选省市应用场景项目",
    "not selected by province or city",
  ],
  [
    "a rank beyond the quota",
    "hz-5-scene",
    { investment: 1, rank: 11 },
    2026,
    "名次超出名额（最多10个）",
    "rank beyond the quota of 10",
  ],
  [
    "no number, until the row brings one",
    "hz-2-major",
    { investment: 1 },
    2026,
    "文件未定补助比例；填写比例后按1000万元上限计算；请填：补助比例",
    "no rate in the text; with a rate of yours the cap applies; enter: rate granted [rate]",
  ],
  ["no number at all", "hz-4-zhineng-share", {}, 2026, "文件未定额度", "the document sets no amount"],
  [
    "a pool",
    "bj-9-pool",
    {},
    2026,
    "这是资金池，没有单笔补贴；请用 BUTIE.POOL 或资金池函数",
    "this is a pool, not an award; use BUTIE.POOL or the pool functions",
  ],
  [
    "a rate above its ceiling",
    "bj-6-suanli",
    { amount: 1, domestic: false, rate: 0.31 },
    2026,
    "评审比例不得超过 30%",
    "rate approved after review [rate] must not exceed 30%",
  ],
  [
    "a rate that must fall from year to year",
    "bj-19-insurance",
    { premium: 1, year_index: 2, rate: 0.7 },
    2026,
    "补偿比例应低于 70%",
    "rate of compensation [rate] must be below 70%",
  ],
  [
    "too large to be exact",
    "zj-17-standards",
    { n_international: 10000000, n_national: 0, n_local: 0 },
    2026,
    "金额或各行的合计过大，无法精确到分",
    "the amount, or what the rows come to, is too large to be exact to the fen",
  ],
])("%s", (_what, id, cells, when, zh, en) => expect(words(id, cells, when)).toEqual({ zh, en }));
