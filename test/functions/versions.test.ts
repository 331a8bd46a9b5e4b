/** Versions of a document: a claim is computed by the one in force on its day, and never by a guess. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { awards, readOwnPolicies, setOwnPolicies } from "../../src/rules";
import { isPlanned, readTable } from "../../src/tables";
import { across, down, functions, messages, NA, one, shown } from "./called";

const TWO = readFileSync(join(__dirname, "../rules/law/two-versions.yaml"), "utf8");
const take = (text: string) => {
  const read = readOwnPolicies([{ name: "自拟政策", text }]);
  setOwnPolicies(read);
  return read.found.map(({ place, text: { zh } }) => `${place} ${zh}`);
};
const { butie, explain, terms, rate, cap, list } = functions;
const on = (day: string | number, amount = 1000000, id = "mz-suanli") =>
  butie(one(id), across("合同金额"), one(amount), one(day));

beforeEach(() => expect(take(TWO)).toEqual([]));
afterEach(() => setOwnPolicies(undefined));

test.each([
  ["2025-02-28", NA],
  ["2025-03-01", 300000],
  ["2026-06-30", 300000],
  ["2026-07-01", 200000],
  ["2027-12-31", 200000],
  ["2028-12-31", 200000],
  ["2029-01-01", NA],
  [2025, 300000],
  [2027, 200000],
])("a claim of %s is computed by the version of that day", (day, expected) =>
  expect(shown(on(day))).toEqual(one(expected)),
);

test("a year that two versions share is refused with both, unless a version is named", () => {
  expect(shown(on(2026))[0]![0]).toBe("#VALUE!");
  expect(messages(on(2026))[0]).toBe(
    "第1行：“某州算力券”在 2026 年有2个版本（2025-03-01 至 2026-06-30：mz-suanli@2025-03-01；2026-07-01 至 2028-12-31：mz-suanli@2026-07-01），请填申报日期，或写明版本编号",
  );
  expect(on(2026, 1000000, "mz-suanli@2025-03-01")).toEqual(one(300000));
  expect(on(2026, 1000000, "MZ-suanli@2026-07-01")).toEqual(one(200000));
  expect(shown(on("2026-08-01", 1000000, "mz-suanli@2025-03-01"))).toEqual(one(NA));
  expect(messages(on("2026-08-01", 1000000, "mz-suanli@2025-03-01"))[0]).toMatch(
    /在 2026-08-01 不在有效期内；有效期 2025-03-01 至 2026-06-30，2026-07-01 起适用新版本$/,
  );
  expect(messages(on(2026, 1, "mz-suanli@2024-01-01"))[0]).toMatch(/没有编号为“mz-suanli@2024-01-01”的政策工具/);
});

test("within one year each version covers its part; the firm's yearly cap is one account of both", () => {
  const rows = [
    ["甲", "2026-05-01", 10000000],
    ["甲", "2026-08-01", 20000000],
    ["甲", "2026-12-01", 20000000],
    ["乙", "2026-12-01", 20000000],
    ["丙", "2026", 20000000],
  ];
  const awards = butie(one("mz-suanli"), across("企业", "年度", "合同金额"), rows);
  // 30 % of 10 million; then 20 % within 8 million less what was granted; the rest of the cap.
  expect(shown(awards)).toEqual(down(3000000, 4000000, 1000000, 4000000, "#VALUE!"));
  expect(messages(awards)).toHaveLength(1);
});

test("by column and row by row: the same fen, whatever the days, firms and amounts are", () => {
  const day = fc
    .date({ min: new Date("2024-12-30"), max: new Date("2029-01-10"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const row = fc.tuple(
    fc.constantFrom("甲", "乙"),
    day,
    fc.integer({ min: 1, max: 2 ** 31 }).map((fen) => fen / 100),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
      const headers = ["企业", "年度", "合同金额"];
      const planned = readTable(["mz-suanli"], headers, rows, [""], { year: 2026 }).filter(isPlanned);
      const expected = awards(planned).map(({ outcome, fen }) => (outcome.kind === "award" ? fen / 100 : NA));
      expect(shown(butie(one("mz-suanli"), [headers], rows)).flat()).toEqual(expected);
    }),
  );
});

test("each row is read by the inputs of its version", () => {
  const rows = [
    ["2026-08-01", 1000000, true],
    ["2026-05-01", 1000000, ""],
    ["2026-05-01", 1000000, false],
  ];
  expect(butie(one("mz-suanli"), across("年度", "合同金额", "国产算力"), rows)).toEqual(down(400000, 300000, 300000));
});

test("the working paper names the version and the days of the other one", () => {
  const paper = explain(one("mz-suanli"), across("合同金额"), one(1000000), one("2026-06-10"));
  expect(paper).toContainEqual([
    "版本",
    "mz-suanli@2025-03-01（按申报的年度或日期）；其他版本：mz-suanli@2026-07-01：2026-07-01 至 2028-12-31",
    "",
    "",
    "",
  ]);
  expect(paper).toContainEqual(["有效期", "2025-03-01 至 2026-06-30，2026-07-01 起适用新版本", "", "", ""]);
  expect(terms(one("mz-suanli@2026-07-01"), one(2026)).flat()).toContain(
    "mz-suanli@2026-07-01（按写明的编号）；其他版本：mz-suanli@2025-03-01：2025-03-01 至 2026-06-30",
  );
});

test("one figure of a clause follows the day, too", () => {
  expect(rate(one("mz-suanli"), undefined, one("2026-06-30"))).toEqual(one(0.3));
  expect(cap(one("mz-suanli"), undefined, one("2026-07-01"))).toEqual(one(8000000));
  expect(messages(rate(one("mz-suanli"), undefined, one(2026)))[0]).toMatch(/2个版本/);
  const listed = list(one("杭州"), one(2025), one("算力券")).filter(([id]) => id === "mz-suanli");
  expect(listed).toHaveLength(1);
  expect(listed[0]![5]).toBe("30%");
});

test("an instrument has a window of its own, and ends with its document", () => {
  expect(on("2026-03-31", 1000000, "mz-old")).toEqual(one(300000));
  expect(messages(on("2026-04-01", 1000000, "mz-old"))[0]).toMatch(/有效期 2025-03-01 至 2026-03-31$/);
  take(TWO.replace("window: { to: 2026-03-31 }", "window: { to: 2027-03-31 }"));
  expect(messages(on("2026-07-01", 1000000, "mz-old"))[0]).toMatch(/至 2026-06-30，2026-07-01 起适用新版本$/);
});

test("what replaces an instrument or a document ends its window and is named", () => {
  const [first] = TWO.split("---");
  take(
    first!.replace(
      "window: { to: 2026-03-31 }",
      "replaced-by: { from: 2026-02-01, id: mz-suanli, note: { zh: 第九条 } }",
    ),
  );
  expect(on("2026-01-31", 1000000, "mz-old")).toEqual(one(300000));
  expect(messages(on("2026-02-01", 1000000, "mz-old"))[0]).toMatch(
    /至 2026-01-31，2026-02-01 起由“某州算力券”（mz-suanli）取代：第九条$/,
  );
  take(
    first!.replace(
      "  window: { from",
      "  replaced-by: { from: 2026-02-01, note: { zh: 某政〔2026〕9号 } }\n  window: { from",
    ),
  );
  expect(messages(on("2026-02-01"))[0]).toMatch(/至 2026-01-31，2026-02-01 起被取代：某政〔2026〕9号$/);
  expect(take(first!.replace("window: { to: 2026-03-31 }", "replaced-by: { from: 2026-02-30, id: nowhere }"))).toEqual([
    expect.stringMatching(/日期 2026-02-30 不存在/),
    expect.stringMatching(/replaced-by 的 nowhere 不在目录里/),
  ]);
});

test("while one version has a mistake none of them is computed", () => {
  expect(take(TWO.replace("is: 40%", "is: 40"))).toEqual([
    expect.stringMatching(/比例大于 100%/),
    expect.stringMatching(/另一份（版本）有错/),
  ]);
  expect(shown(on("2025-05-01"))).toEqual(one(NA));
  expect(take(TWO.replace("kind: flag", "kind: flags"))).toHaveLength(2);
  expect(shown(on("2025-05-01"))).toEqual(one(NA));
});

test("versions that begin on one day, lie elsewhere, or share other limits are refused", () => {
  expect(take(TWO.replace("from: 2026-07-01", "from: 2025-03-01"))[0]).toMatch(/要有自己的起始日/);
  expect(take(TWO.replace("from: 2026-07-01", 'from: "2026"'))[0]).toMatch(/要有自己的起始日/);
  expect(take(TWO.replace(/"330100"(?=[\s\S]{0,60}2026-07)/, '"330000"'))[0]).toMatch(/两个版本辖区不同/);
  expect(
    take(
      TWO.replace(
        "cap: 8000000, shared-by: { scope: firm, period: year }",
        "cap: 8000000, shared-by: { scope: firm, period: policy }",
      ),
    )[0],
  ).toMatch(/各版本共用的限额对不上/);
});

test("a policy that is read again with the same headers has the figures of now", () => {
  expect(on("2026-01-01")).toEqual(one(300000));
  take(TWO.replaceAll("rate: 30%", "rate: 35%"));
  expect(on("2026-01-01")).toEqual(one(350000));
});
