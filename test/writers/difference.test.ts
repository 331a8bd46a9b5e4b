/** Two sides of the law, number by number: what differs is all there, what is the same is not. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOGUE, readOwnPolicies, setOwnPolicies } from "../../src/rules";
import { differences, differenceTable, sideOf } from "../../src/writers/difference";
import { termsOf } from "../../src/writers/terms";

const read = (file: string) => ({ name: file, text: readFileSync(join(__dirname, file), "utf8") });
const TWO = read("../rules/law/two-versions.yaml");
const zh = (a: string, b: string) => differenceTable(sideOf(a), sideOf(b), "zh");

beforeEach(() => setOwnPolicies(readOwnPolicies([TWO])));
afterEach(() => setOwnPolicies(undefined));

test("two versions of a document: what is gone, the numbers with what changed, then the words", () => {
  const name = "某州算力券 mz-suanli@2025-03-01 → 某州算力券 mz-suanli@2026-07-01";
  expect(zh("mz@2025-03-01", "mz")).toEqual([
    ["政策工具", "项目", "之前", "之后", "变化"],
    ["", "取消的政策工具", "某州旧券 mz-old", "", ""],
    [name, "按比例 → 按比例 · 其他", "30%", "20%", "−10 个百分点"],
    [name, "上限", "500 万元", "800 万元", "+300 万元"],
    [name, "按比例 · 国产算力", "", "40%", ""],
    [name, "有效期", "2025-03-01 至 2026-06-30，2026-07-01 起适用新版本", "2026-07-01 至 2028-12-31", ""],
    [name, "输入", "", "国产算力，是/否，默认 否", ""],
    [name, "限额", "按比例：合同金额的 30%", "按比例：合同金额 ×（国产算力：40%；其他：20%）", ""],
    [name, "限额", "上限（单家企业每年）：500 万元，扣除本年已获", "上限（单家企业每年）：800 万元，扣除本年已获", ""],
  ]);
  expect(zh("mz", "mz@2025-03-01")).toContainEqual(["", "新增的政策工具", "", "某州旧券 mz-old", ""]);
  expect(differenceTable(sideOf("mz-suanli@2025-03-01"), sideOf("mz-suanli"), "en")[2]).toEqual([
    "某州算力券 mz-suanli@2025-03-01 → 某州算力券 mz-suanli@2026-07-01",
    "cap",
    "5,000,000 yuan",
    "8,000,000 yuan",
    "+3,000,000 yuan",
  ]);
});

test("what holds for the whole document stands once", () => {
  const later = TWO.text.split("---")[0]!.replaceAll("mz", "nz").replace("to: 2027-12-31 }", "to: 2029-12-31 }");
  setOwnPolicies(readOwnPolicies([{ name: "a", text: `${TWO.text.split("---")[0]!}---\n${later}` }]));
  const rows = differences(sideOf("mz"), sideOf("nz"), "zh").filter(({ item }) => item === "有效期");
  expect(rows).toEqual([
    {
      instrument: "某州算力券 mz-suanli → 某州算力券 nz-suanli",
      item: "有效期",
      before: "2025-03-01 至 2027-12-31",
      after: "2025-03-01 至 2029-12-31",
      change: "",
    },
  ]);
  const renamed = TWO.text.split("---")[0]!.replaceAll("mz", "nz").replace("某州算力券办法", "某州算力券新办法");
  setOwnPolicies(readOwnPolicies([{ name: "a", text: `${TWO.text.split("---")[0]!}---\n${renamed}` }]));
  expect(differences(sideOf("mz"), sideOf("nz"), "zh")).toEqual([
    { instrument: "", item: "文件", before: "某州算力券办法", after: "某州算力券新办法", change: "" },
  ]);
});

test("a side that is the same, whatever it is called, differs in nothing; every instrument of the catalogue does", () => {
  for (const { instrument } of CATALOGUE)
    expect([instrument.id, differences(sideOf(instrument.id), sideOf(instrument.id), "zh")]).toEqual([
      instrument.id,
      [],
    ]);
  expect(zh("bj", "bj")).toEqual([
    ["政策工具", "项目", "之前", "之后", "变化"],
    ["", "没有不同", "", "", ""],
  ]);
});

test.each([
  ["zj-15-suanli", "bj-6-suanli"],
  ["hz-1-city-suanli", "hz-1-city-model"],
  ["bj-5-standards", "zj-15-suanli"],
])("every line of the terms of %s that %s lacks is told", (a, b) => {
  const [before, after] = [sideOf(a), sideOf(b)];
  const linesOf = ([entry]: typeof before) =>
    termsOf(entry!, { year: 2026, day: "2026-01-01" }, "zh").filter(({ label }) => !["编号", "疑问"].includes(label));
  const told = differences(before, after, "zh");
  const key = ({ label, value }: { label: string; value: string }) => `${label} ${value}`;
  const kept = new Set(linesOf(after).map(key));
  for (const line of linesOf(before))
    expect(kept.has(key(line)) || told.some((row) => row.item === line.label && row.before === line.value)).toBe(true);
});

test("what nothing is called has no side", () => {
  expect(sideOf("nowhere")).toEqual([]);
  expect(sideOf("mz@2024-01-01")).toEqual([]);
});
