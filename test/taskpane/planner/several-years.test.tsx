/** Claims of several years on a pool that is filled every year: one year is planned, and said so; all years stand under time and years. */
import { screen } from "@testing-library/react";
import { claimedYears, claimsFrom, ofYear, type Claims, type ReadColumns } from "../../../src/taskpane/planner/claims";
import type { CellValue } from "../../../src/host/workbook";
import { planningOf, refusalIn } from "../../../src/taskpane/planner/planning";
import { claimNotes } from "../../../src/taskpane/planner/tables";
import { wordsIn } from "../../../src/cli/text";
import { poolIn } from "../../../src/taskpane/planner/pool";
import { grantedBy, timedUse } from "../../../src/taskpane/planner/calendar";
import { readClaims } from "../../../src/taskpane/planner/reading";
import type { Form } from "../../../src/taskpane/planner/form";
import { entryOf, type Text } from "../../../src/rules";
import { ABOUT } from "./about";
import { finished } from "./finished";
import { FakeWorkbook, type FakeCell } from "../fake-workbook";
import { inBinjiang, openPane, openTab, take } from "../open";

jest.setTimeout(120_000);

const column = (letter: string, cells: CellValue[]) => ({
  place: { sheet: "申请", address: `${letter}1:${letter}${cells.length}` },
  cells,
});
function read(amounts: number[], dates: CellValue[], more: ReadColumns & { yearsOnly?: boolean } = {}): Claims {
  const { yearsOnly = false, ...columns } = more;
  return finished(
    claimsFrom({ claims: column("A", amounts), date: { ...column("B", dates), yearsOnly }, ...columns }, {}),
  );
}

describe("the claims of one year", () => {
  const firms = { firm: column("C", ["甲", "乙", "甲", "丙"]), probability: column("D", [0.5, 0.8, 0.5, 1]) };
  const claims = read([100, 200, 300, 400], ["2026-03-01", "2026-04-01", "2027-03-01", "2027-04-01"], firms);

  test("are the rows of that year, a firm with what it claims in it", () => {
    expect(claimedYears(claims)).toEqual([2026, 2027]);
    expect(ofYear(claims, 2027)).toMatchObject({
      names: ["甲", "丙"],
      amounts: [30_000, 40_000],
      probabilities: [0.5, 1],
      dated: [
        { date: "2027-03-01", amount: 30_000, claim: 0 },
        { date: "2027-04-01", amount: 40_000, claim: 1 },
      ],
      rows: 2,
    });
  });

  test("a column of years tells them apart, too; a row without one belongs to the year that is planned", () => {
    const yearly = read([100, 200, 300], [2026, "2027年度", ""], { yearsOnly: true });
    expect(yearly.dated).toBeUndefined();
    expect(ofYear(yearly, 2026).amounts).toEqual([10_000, 30_000]);
    expect(ofYear(yearly, 2027).amounts).toEqual([20_000, 30_000]);
  });
});

describe("which claims a plan takes", () => {
  const pool = (form = {}) => poolIn(form, entryOf("bj-6-pool"), { year: 2026 });
  const claims = read([100, 200, 300], ["2026-12-31", "2027-01-01", "2027-04-01"]);

  test("those of the year that is planned, else of the first year there is", () => {
    expect(planningOf(pool(), {}, claims, 2027)).toMatchObject({
      year: 2027,
      figures: { claims: { amounts: [20_000, 30_000] } },
    });
    expect(planningOf(pool(), {}, claims, 2030)).toMatchObject({
      year: 2026,
      figures: { claims: { amounts: [10_000] } },
    });
    expect(planningOf(pool(), {}, claims, 2027)!.all.figures.claims.amounts).toHaveLength(3);
  });

  test("the same lists as long as the claims are the same, whatever is typed: they go to the worker once", () => {
    const listsWith = (amount: string) => planningOf(pool({ amount }), {}, claims, 2027)!.figures.claims.probabilities;
    expect(listsWith("1000")).toBe(listsWith("2000"));
  });

  test("all of them, where they lie in one year, or one sum pays for all years", () => {
    const oneYear = read([100, 200], ["2025-12-31", "2025-01-01"]);
    expect(planningOf(pool(), {}, oneYear, 2026)).toMatchObject({ year: undefined, claims: oneYear });
    expect(planningOf(pool(), { carry: "once" }, claims, 2026)).toMatchObject({ year: undefined, claims });
    expect(planningOf(poolIn({ amount: "600" }, undefined, { year: 2026 }), {}, claims, 2026)!.year).toBeUndefined();
  });

  const ownPool = (form: Form) => planningOf(pool({ amount: "1500万元" }), form, claims, 2027)!;
  const notesOf = (form: Form) => claimNotes(ownPool(form), { t: wordsIn("zh"), language: "zh" });
  const pools = { "year-pools": '{"2027":"1100万元","2030":"900万元"}' };

  test("a year with a pool of its own is planned on it, in every section, and a line says so", () => {
    const { amount, figures, all } = ownPool(pools);
    expect([amount, figures.amount, all.figures.amount]).toEqual([11e8, 11e8, 15e8]);
    expect(notesOf(pools)[0]).toBe(
      "2027 年的资金池按单独填写的 11,000,000.00 元计（没有单独填写的年份为 15,000,000.00 元）。",
    );
    expect(planningOf(pool({ amount: "1500万元" }), pools, claims, 2026)!.amount).toBe(15e8);
  });

  test("month by month each year brings its own money", () => {
    const { all } = ownPool(pools);
    const months = [{ month: "2026-12" }, { month: "2027-01" }, { month: "2027-02" }];
    expect(grantedBy(months, all.figures, "lapse")).toEqual([15e8, 26e8, 26e8]);
    expect(grantedBy(months, all.figures, "once")).toEqual([15e8, 15e8, 15e8]);
    for (const uncertain of [false, true]) {
      const timed = finished(timedUse({ figures: all.figures, uncertain, cap: undefined, carry: "carry" }))!;
      const { closing } = ("use" in timed ? timed.use.months : timed.months).at(-1)!;
      expect(closing).toBe(26e8 - 60_000);
    }
  });

  test("where one sum pays for all years, a line says that the pools of single years count under 多年计划 only", () => {
    const once = { ...pools, carry: "once" };
    expect(ownPool(once).amount).toBe(15e8);
    expect(notesOf(once)).toEqual([
      "资金一次到位：为各年单独填写的资金池只用于“多年计划”，其余各节按 15,000,000.00 元计。",
    ]);
  });

  test.each([
    ['{"2027":"一亿"}', "2027年的资金池：“一”不是金额"],
    ['{"20x7":"1亿元"}', "“20x7”不是年份"],
  ])("a pool of a year that cannot be read is refused with its year: %s", (typed, words) => {
    expect(refusalIn(ownPool({ "year-pools": typed }))!.zh).toContain(words);
  });

  test("a firm may use its cap up in every year that brings money of its own", () => {
    const firm = { firm: column("C", ["甲", "甲"]) };
    const twice = read([15e6, 15e6], ["2026-03-01", "2027-03-01"], firm);
    const paid = (carry: "once" | "lapse", uncertain: boolean): number[] => {
      const { all, cases } = planningOf(pool({ cap: "2000万元" }), { carry }, twice, 2026)!;
      const timed = finished(timedUse({ figures: all.figures, uncertain, cap: cases[0]!.cap, carry }))!;
      const months = "use" in timed ? timed.use.months : timed.months;
      return months.map((month) => month.paid).filter(Boolean);
    };
    for (const uncertain of [false, true]) {
      expect(paid("lapse", uncertain)).toEqual([15e8, 15e8]);
      expect(paid("once", uncertain)).toEqual([15e8, 5e8]);
    }
  });
});

test("in the pane: 1.08亿 in either year is not 2.16亿 in one, and a line says which rows are meant", async () => {
  const rows = Array.from({ length: 12 }, (_, i): FakeCell[] => [`=企业${i}`, 18e6, `${2026 + (i % 2)}-03-15`]);
  const host = inBinjiang({ 申请: [["企业", "申请额", "日期"], ...rows] });
  const user = await openPane(host);
  await openTab(user, "资金池");
  await take(user, host, "申请额（元）", "申请", "B1:B13");
  await user.click(screen.getByRole("button", { name: "概率、浮动、类别、日期、名次" }));
  await take(user, host, "申请日期", "申请", "C1:C13");
  expect(await screen.findByText(/^按每笔申请都来计，2026年核定1.08亿元/)).toBeInTheDocument();
  expect(
    screen.getByText(/申请分布在 2026–2027 年，资金按年到位：.*只算 2026 年的 6 行（共 12 行），计 108,000,000.00 元/),
  ).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "时间" }));
  await user.selectOptions(screen.getByRole("combobox", { name: /资金到位方式/ }), "一次到位");
  expect(await screen.findByText(/^按每笔申请都来计，核定2.16亿元/)).toBeInTheDocument();
});

describe("a table that names a policy in each row", () => {
  const host = new FakeWorkbook({
    合同: [
      ["企业", "政策工具", "金额", "国产", "年度"],
      ["甲", "bj-6-suanli", 1e6, "否", 2026],
      ["乙", "zj-15-suanli", 2e6, "否", 2026],
      ["丙", "bj-6-suanli", 3e6, "否", "2027年"],
    ],
  });
  const readTable = async (pool: string) => {
    const form: Form = {
      ...{ table: "合同!A1:E4", "table-pool": pool, "header-rows": "1", "claims-of": "policy", policy: "rows" },
    };
    return (await readClaims(host, form, ABOUT, new AbortController().signal, () => undefined))!;
  };

  test("claims of a pool what it pays; the other rows are named", async () => {
    const { claims, refused } = await readTable("bj-6-pool");
    expect(claims.names).toEqual(["甲", "丙"]);
    expect(refused).toEqual([{ row: 2, because: expect.objectContaining({ zh: "不由这个资金池支付" }) as Text }]);
    expect(claimedYears(claims)).toEqual([2026, 2027]);
  });

  test("claims all of it of a pool of the user's own", async () => {
    expect((await readTable("own")).claims.names).toEqual(["甲", "乙", "丙"]);
  });
});
