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
