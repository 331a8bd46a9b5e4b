/** A table that is taken as claims: columns that say what they are are used, and others are not. */
import { formOfTable } from "../../../src/taskpane/planner/claims-table";
import { readClaims } from "../../../src/taskpane/planner/reading";
import { tableAt } from "../../../src/taskpane/table-in-hand";
import { FakeWorkbook, type FakeCell } from "../fake-workbook";
import { ABOUT } from "./about";

async function taken(head: string[], ...rows: FakeCell[][]) {
  const host = new FakeWorkbook({ 申请: [head, ...rows] });
  const table = await tableAt(host, { sheet: "申请", address: "A1" });
  const form = formOfTable(table!, "bj-6-pool", undefined);
  const read = await readClaims(host, form, ABOUT, new AbortController().signal, () => undefined);
  return { form, claims: read!.claims };
}

test("probabilities and ranges beside the claims are taken with them", async () => {
  const { form, claims } = await taken(
    ["企业名称", "预计申请额（元）", "获批概率（%）", "金额上下浮动"],
    ["甲", 100, "90%", "20%"],
    ["乙", 200, 0.5, ""],
  );
  expect([form.probability, form.within]).toEqual(["申请!C2:C3", "申请!D2:D3"]);
  expect(claims.amounts).toEqual([10_000, 20_000]);
  expect(claims.probabilities).toEqual([0.9, 0.5]);
  expect(claims.spreads.map((spread) => spread > 0)).toEqual([true, false]);
});

test("a chance of default and a floating rate are none of the claim; what an earlier table had does not stay", async () => {
  const { form, claims } = await taken(["企业名称", "申请额（元）", "违约概率", "浮动利率"], ["甲", 100, 0.02, 0.03]);
  expect([form.probability, form.within]).toEqual(["", ""]);
  expect(claims.probabilities).toEqual([1]);
});

test("a ledger as people head it: the amount, the chance in per cent and the month are taken", async () => {
  const head = ["企业名称", "预计申请金额（万元）", "把握（%）", "预计申报时间"];
  const { form, claims } = await taken(head, ["甲", "１．５", 80, "2026年10月"], ["乙", 2, "50%", "2026-11-03"]);
  expect([form.probability, form.date]).toEqual(["申请!C2:C3", "申请!D2:D3"]);
  expect(claims.amounts).toEqual([1_500_000, 2_000_000]);
  expect(claims.probabilities).toEqual([0.8, 0.5]);
  expect(claims.dated!.map(({ date }) => date)).toEqual(["2026-10-31", "2026-11-03"]);
  const quarters = await taken(head, ["甲", 1, 80, "四季度"]);
  expect(quarters.form.date).toBe("");
  await expect(taken(head, ["甲", "78.45万元", 80, ""], ["乙", 2, "50%", ""])).rejects.toMatchObject({
    text: { zh: expect.stringContaining("带有单位“万元”，本列以万元为单位，请填 78.45") as string },
  });
});

test("a ledger of which no row has an award says why, and which field to change", async () => {
  await expect(taken(["企业名称", "券种", "预计规模"], ["甲", "算力券", 100])).rejects.toMatchObject({
    text: {
      zh: expect.stringMatching(/^按政策算，没有一行算得出补贴，如第 2 行：.+在上面“申请额”处改选那一列$/) as string,
    },
  });
});
