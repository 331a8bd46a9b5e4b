/** Contracts under a policy that come again in the years ahead: their awards are those of a table in which they were entered by hand. */
import type { Claims } from "../../../src/taskpane/planner/claims";
import type { Form } from "../../../src/taskpane/planner/form";
import { readClaims } from "../../../src/taskpane/planner/reading";
import { FakeWorkbook, type FakeCell } from "../fake-workbook";
import { ABOUT } from "./about";

const WAN = 10_000;

async function claimsOf(policy: string, rows: FakeCell[][], more: Form = {}): Promise<Claims> {
  const host = new FakeWorkbook({ 合同: rows });
  const form: Form = {
    table: `合同!A1:${"ABCDEFG"[rows[0]!.length - 1]}${rows.length}`,
    "header-rows": "1",
    "claims-of": "policy",
    policy,
    capped: "true",
    ...more,
  };
  const read = await readClaims(host, form, ABOUT, new AbortController().signal, () => undefined);
  return read!.claims;
}

/** By day and firm, so that the order of the rows does not matter. */
const byDay = (claims: Claims): string[] =>
  [...claims.dated!, ...(claims.ahead ?? [])]
    .map(({ date, claim, amount }) => `${date} ${claims.names[claim]} ${amount / 100 / WAN}`)
    .sort();

test("compute vouchers of 2026, a tenth more each year: the yearly cap of the firm holds in each year", async () => {
  const head = ["企业", "合同金额", "是否国产", "申报日期"];
  const row = (firm: string, wan: number, year: number): FakeCell[] => [firm, wan * WAN, "是", `${year}-03-10`];
  const contracts = [
    ["甲", 5000],
    ["乙", 800],
    ["甲", 3000],
  ] as const;
  const now = contracts.map(([firm, wan]) => row(firm, wan, 2026));
  const later = contracts.map(([firm, wan]) => row(firm, wan * 1.1, 2027));
  const ahead = await claimsOf("bj-6-suanli", [head, ...now], { ahead: "1", "yearly-growth": "10%" });
  expect(byDay(ahead)).toEqual(byDay(await claimsOf("bj-6-suanli", [head, ...now, ...later])));
  expect(ahead.ahead).toHaveLength(3);
});

test("a cap over the policy period is used up ahead; what was granted before is said once; then the policy has ended", async () => {
  const head = ["企业", "upper_received", "prior_paid", "申报日期"];
  const claims = await claimsOf("bj-3-match", [head, ["甲", 1000 * WAN, 100 * WAN, "2026-05-01"]], {
    ahead: "3",
    "yearly-growth": "10%",
  });
  // 25 % of 10, 11 and 12.1 million; 5 million less 1 million are the firm's: 2.5 + 1.5 + 0. In 2029 there is no such policy.
  expect(byDay(claims)).toEqual(["2026-05-01 甲 250", "2027-05-01 甲 150", "2028-05-01 甲 0"]);
  expect(claims.aheadRefused).toBe(1);
});

test("only contracts of the last year come again", async () => {
  const head = ["企业", "合同金额", "是否国产", "申报日期"];
  const claims = await claimsOf(
    "bj-6-suanli",
    [head, ["甲", 100 * WAN, "是", "2026-02-01"], ["乙", 200 * WAN, "否", "2027-02-28"]],
    { ahead: "1" },
  );
  expect(claims.ahead!.map(({ date, claim }) => [date, claims.names[claim]])).toEqual([["2028-02-28", "乙"]]);
});

test("without days nothing can come again, and the table says so", async () => {
  const rows = [
    ["企业", "合同金额", "是否国产", "年度"],
    ["甲", 100 * WAN, "是", 2026],
  ];
  await expect(claimsOf("bj-6-suanli", rows, { ahead: "1" })).rejects.toThrow("应有“申报日期”一列");
});
