/** A new instrument is a YAML file: every function knows it without a line of code. */
import { across, down, functions, NA, one, shown } from "./called";

jest.mock("../../src/rules/law/policies/digest.yaml", () => jest.requireActual("../rules/invented.yaml"));

const { butie, best, explain, list, terms, rate, cap, pool, clause } = functions;

test("BUTIE computes it, by its own headers", () => {
  const headers = across("企业", "建设成本", "灯具数", "位置");
  const rows = [
    ["甲", 2500000, 3, "海岸"],
    ["甲", 2500000, 0, "江河"],
    ["甲", 9000000, 0, "海岸"],
  ];
  expect(butie(one("inv-tower"), headers, rows, one(2026))).toEqual(down(1000000 + 53000, 447000, 0));
  expect(butie(one("inv-bulb"), across("grade", "pieces"), across("二级", 3))).toEqual(one(4.5));
  expect(butie(one("inv-order"), across("years"), down(25, 12))).toEqual(down("金勋章", "银勋章"));
  expect(shown(butie(one("inv-park"), one(""), one("")))).toEqual(one(NA));
  expect(shown(butie(one("inv-tower"), across("cost"), one(1), one("2026-02-28")))).toEqual(one(NA));
});

test("so do EXPLAIN, LIST, TERMS, RATE, CAP, POOL, CLAUSE and BEST", () => {
  expect(explain(one("inv-tower"), across("cost"), one(1000000))[1]).toEqual([
    "建设：按比例",
    "建设成本 1,000,000.00 × 40% = 400,000.00",
    400000,
    "← 起作用的限额",
    "二",
  ]);
  const listed = list(one("杭州"), one(2026), one("平台与园区")).map(([id]) => id);
  expect(listed).toEqual(expect.arrayContaining(["inv-pool", "inv-tower", "inv-keeper", "inv-glass"]));
  expect(terms(one("inv-tower"))).toContainEqual(["资金池", "每年 300 万元（最高额度，灯塔资金池）"]);
  expect(rate(one("inv-tower"), across("海岸", "江河"))).toEqual([[0.41, 0.26]]);
  expect(cap(one("inv-bulb"), across("一级", "二级"))).toEqual([[3, 1.5]]);
  // Of parts of which the highest is paid: the highest rate, and the highest cap.
  expect(rate(one("inv-beacon"))[0]![0]).toBeCloseTo(1 / 3, 15);
  expect(cap(one("inv-beacon"))).toEqual(one(400000));
  expect(pool(one("inv-tower"))).toEqual(one(3000000));
  expect(clause(one("inv-keeper"))[0]![0]).toMatch(/某政〔2026〕1号，三：“按一定比例给予补助/);
  expect(best(one("platform"), across("wages", "rate"), across(1000000, 0.6), undefined, one("杭州"))[0]).toEqual([
    600000,
    "inv-keeper",
  ]);
});
