/** The examples that ship: each is marked, is read, and computes what its clause says, by hand. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  award,
  entryOf,
  findEntry,
  isOwn,
  planOf,
  readOwnPolicies,
  setOwnPolicies,
  type Row,
} from "../../../src/rules";

const FOLDER = join(__dirname, "../../../examples/policies");
const FILES = readdirSync(FOLDER);
const textOf = (file: string) => readFileSync(join(FOLDER, file), "utf8");

afterEach(() => setOwnPolicies(undefined));

test.each(FILES)("%s is marked as an example, has no mistakes, and is not in the catalogue by itself", (file) => {
  const text = textOf(file);
  expect(text).toMatch(/^# 示例，非官方文本，请核对/);
  const { policies, found } = readOwnPolicies([{ name: file, text }]);
  expect(found).toEqual([]);
  for (const { document, instruments } of policies) {
    expect(document.title.zh).toMatch(/^示例/);
    for (const { id } of instruments) expect(findEntry(id)).toBeUndefined();
  }
});

test("all can be loaded together", () => {
  expect(readOwnPolicies(FILES.map((file) => ({ name: file, text: textOf(file) }))).found).toEqual([]);
});

/** A contract of 10,000,000.05 yuan, in fen. */
const CONTRACT = 1_000_000_005;

test.each<[string, Row, number]>([
  ["30 % of domestic compute", { amount: CONTRACT, domestic: true }, 300_000_002],
  ["20 % of other compute", { amount: CONTRACT, domestic: false }, 200_000_001],
  ["15 % on top", { amount: CONTRACT, domestic: true, route: "stack" }, 450_000_002],
  ["10 % on top", { amount: CONTRACT, domestic: false, route: "stack" }, 300_000_002],
  [
    "nothing on top for a small firm",
    { amount: 40_000_000, domestic: true, route: "stack", small_firm: true },
    20_000_000,
  ],
  ["60 % on separate application", { amount: CONTRACT, domestic: true, route: "separate" }, 600_000_003],
  ["30 % on separate application", { amount: CONTRACT, domestic: false, route: "separate" }, 300_000_002],
  ["50 % for a small firm, below its cap", { amount: 99_999_999, domestic: false, small_firm: true }, 50_000_000],
  ["a small firm at its cap", { amount: 100_000_100, domestic: true, small_firm: true }, 50_000_000],
  ["the city's part at its cap", { amount: 3_000_000_000, domestic: true }, 800_000_000],
  ["… and 15 % on top of it", { amount: 3_000_000_000, domestic: true, route: "stack" }, 1_250_000_000],
  ["less what was granted", { amount: 3_000_000_000, domestic: true, prior_paid: 100_000_001 }, 699_999_999],
])("杭政函〔2025〕65号（一）: %s", (_what, row, fen) => {
  setOwnPolicies(readOwnPolicies([{ name: "x", text: textOf("hangzhou-2025-65.yaml") }]));
  const entry = entryOf("hz65-1-suanli");
  expect(isOwn(entry)).toBe(true);
  expect(award(planOf(entry, { year: 2026 }), row).fen).toBe(fen);
});

test("under the other reading the 8 million cover what is added as well", () => {
  setOwnPolicies(readOwnPolicies([{ name: "x", text: textOf("hangzhou-2025-65.yaml") }]));
  const plan = planOf(entryOf("hz65-1-suanli"), { year: 2026 }, { readings: { cap_on: "all" } });
  expect(award(plan, { amount: 3_000_000_000, domestic: true, route: "stack" }).fen).toBe(800_000_000);
});
