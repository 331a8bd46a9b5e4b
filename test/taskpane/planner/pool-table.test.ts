/** @jest-environment node */
/** The pools of a place as a table of the workbook. */
import { CATALOGUE } from "../../../src/rules";
import { poolSheet, poolsIn } from "../../../src/taskpane/planner/pool-table";

const HEAD = ["资金池", "金额（万元）", "单家上限（元）", "申请额", "概率", "上下浮动", "类别", "固定额度"];

test("a row is a pool: its money in the unit of its header, its claims by their range", () => {
  expect(
    poolsIn([
      HEAD,
      ["算力券", 10000, 20000000, "合同!F2:F50", 0.6, "±20%", "合同!C2:C50", "是"],
      ["", "", "", "", "", "", "", ""],
      ["语料券", "500", "", "合同!G2:G50", "", "", "", "否"],
    ]),
  ).toEqual([
    {
      name: "算力券",
      fixed: true,
      form: {
        claims: "合同!F2:F50",
        probability: "0.6",
        within: "±20%",
        group: "合同!C2:C50",
        amount: "1亿元",
        cap: "2000万元",
      },
    },
    { name: "语料券", fixed: false, form: { claims: "合同!G2:G50", amount: "500万元", cap: "" } },
  ]);
});

test.each([
  [[["名称", "额度"]], "资金池表缺少表头：申请额"],
  [[HEAD, ["算力券", "", "", "合同!F2:F50"]], "资金池“算力券”：缺少金额"],
  [[HEAD, ["算力券", 1, "", "合同!F2:F50"], ["", 500, "", "合同!G2:G50"]], "资金池表第 3 行：缺少名称"],
  [[HEAD, ["算力券", "一亿", "", "合同!F2:F50"]], "资金池“算力券”："],
  [[HEAD, ["算力券", 1, "", "合同!F2:F50", "", "", "", "也许"]], "资金池“算力券”："],
])("%j is refused with the pool's name", (cells, words) => {
  expect(() => poolsIn(cells)).toThrow(words);
});

test("what is written to be filled in is read again", () => {
  const entry = CATALOGUE.find(({ instrument }) => instrument.budget?.amount)!;
  const form = { claims: "合同!F2:F50", within: "±10%" };
  const { cells } = poolSheet("资金池表", [{ entry, form }], { year: 2026 }, "zh");
  const [pool] = poolsIn(cells);
  expect(pool).toMatchObject({ name: entry.instrument.name.zh, form });
  expect(pool!.form.amount).not.toBe("");
});
