/** @jest-environment node */
import { scenariosVerdict } from "../../../src/writers/verdict";

const WAN = 1e6;
const base = { total: 1000 * WAN, firms: 10, rows: 50, unknown: 0 };
const scenario = (name: string, total: number, firms = 10) => ({ name, total, firms, rows: 50, unknown: 0 });

test("one scenario against the base", () => {
  expect(scenariosVerdict([base, scenario("上限降到300万", 880 * WAN, 9)], "zh")).toBe(
    "按现行做法，50行合计1,000万元，10家企业有奖补；“上限降到300万”，少付120万元（12%），少1家。",
  );
  expect(scenariosVerdict([base, scenario("原样", 1000 * WAN)], "zh")).toContain("“原样”，合计不变。");
});

test("the cheapest and the dearest of several", () => {
  expect(
    scenariosVerdict(
      [base, scenario("甲", 880 * WAN), scenario("乙", 1250 * WAN, 12), scenario("丙", 900 * WAN)],
      "zh",
    ),
  ).toBe(
    "按现行做法，50行合计1,000万元，10家企业有奖补；3个情景中最省的是“甲”，少付120万元（12%），最费的是“乙”，多付250万元（25%），多2家。",
  );
});

test("a scenario that changes nothing is neither the cheapest nor the dearest", () => {
  const same = [scenario("原样", 1000 * WAN), scenario("同样", 1000 * WAN)];
  expect(scenariosVerdict([base, ...same, scenario("甲", 880 * WAN)], "zh")).toMatch(
    /3个情景中最省的是“甲”，少付120万元（12%），没有一个比现行做法多付。$/,
  );
  expect(scenariosVerdict([base, ...same, scenario("乙", 1250 * WAN)], "en")).toMatch(
    /of 3 scenarios none costs less than now, the dearest is “乙”, .* more \(25%\)\.$/,
  );
});

test("what cannot be computed is named", () => {
  const refused = { ...scenario("错", 0), refusal: { zh: "错", en: "wrong" } };
  expect(scenariosVerdict([{ ...base, unknown: 3 }, refused], "zh")).toBe(
    "按现行做法，50行合计1,000万元，10家企业有奖补（另有3行算不出，未计入）；1个情景算不出。",
  );
  expect(scenariosVerdict([{ ...base, refusal: { zh: "错", en: "wrong" } }], "zh")).toBe("现行做法算不出，无从比较。");
});
