/** What of the catalogue needs a look on a day. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readOwnPolicies, setOwnPolicies } from "../../src/rules";
import { dueOn } from "../../src/writers/upkeep";

const TWO = readFileSync(join(__dirname, "../rules/law/two-versions.yaml"), "utf8");
const of = (day: string, id: string) =>
  dueOn(day).flatMap((due) => (due.id === id ? [`${due.kind} ${due.words}`] : []));

afterEach(() => setOwnPolicies(undefined));

test("a window is told from 90 days before its end, and after it", () => {
  expect(of("2027-10-01", "zj").filter((words) => words.startsWith("window"))).toEqual([]);
  expect(of("2027-10-02", "zj")).toContain("window 2027-12-31 终止，还有 90 天");
  expect(of("2027-12-31", "zj")).toContain("window 2027-12-31 终止，还有 0 天");
  expect(of("2028-01-01", "zj")).toContain("window 已于 2027-12-31 终止");
  expect(of("2026-11-27", "bj")).toContain("window 已于 2026-09-10 终止（二手资料所载）");
});

test("quotations are told when a year has passed since they were checked; notices always", () => {
  expect(of("2027-11-26", "hz").filter((words) => words.startsWith("check"))).toEqual([]);
  expect(of("2027-11-27", "hz")).toContain("check 上次核对原文 2026-11-27，已满一年");
  expect(of("2026-11-27", "hz")).toContainEqual(expect.stringMatching(/^notice 据二手资料.*杭政函〔2025〕65号/));
});

test("own policies too: no day of a check, an instrument with an end of its own; what is followed by a version is not due", () => {
  setOwnPolicies(readOwnPolicies([{ name: "a", text: TWO }]));
  expect(of("2026-04-10", "mz")).toEqual(Array(2).fill("check 没有写明何时核对过原文（checked）"));
  expect(of("2026-04-10", "mz-old")).toEqual(["window 已于 2026-03-31 终止"]);
  expect(of("2026-06-29", "mz").filter((words) => words.startsWith("window"))).toEqual([]);
  expect(of("2028-12-01", "mz").filter((words) => words.startsWith("window"))).toEqual([
    "window 2028-12-31 终止，还有 30 天",
  ]);
});
