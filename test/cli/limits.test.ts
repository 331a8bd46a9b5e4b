/** Limits and totals that rows share across firms, over files: what the database leaves is computed by the columns. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { allowancesOf, awards, entryOf, planOf, toYuan } from "../../src/rules";
import { shares, type Planned } from "../../src/cli/run/planned";
import { runJob } from "../../src/cli/run/run";
import { Warehouse } from "../../src/cli/run/warehouse";
import { readTable } from "../../src/tables";

jest.mock("../../src/rules/law/policies/digest.yaml", () => jest.requireActual("../rules/invented.yaml"));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "butie-limits-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Amounts and outcomes by row number, from the file of awards and the one of rejected rows. */
async function computed(rows: readonly (readonly (string | number)[])[], id?: string): Promise<Map<number, string>> {
  const at = (name: string): string => path.join(folder, name);
  writeFileSync(at("in.csv"), rows.map((row) => row.join(",")).join("\n"));
  const warehouse = await Warehouse.open({ threads: 1 });
  try {
    await runJob(
      {
        entry: id === undefined ? undefined : entryOf(id),
        place: entryOf("inv-beam").jurisdiction,
        claim: { year: 2026 },
        readings: {},
        report: () => {},
        input: at("in.csv"),
        output: at("out.csv"),
        rejects: at("no.csv"),
      },
      warehouse,
    );
  } finally {
    await warehouse.close();
  }
  const width = rows[0]!.length;
  const lines = (name: string): string[][] =>
    readFileSync(at(name), "utf8")
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
  return new Map(
    [...lines("out.csv"), ...lines("no.csv")].map((cells) => [Number(cells[0]), cells.slice(width).join(" ")]),
  );
}

/** The same from awards(), as the file shows paid rows. */
function expected(rows: readonly (readonly (string | number)[])[], id: string): Map<number, number> {
  const [headers, ...values] = rows.map((row) => row.slice(1));
  const planned = readTable([id], headers!, values, [2026], { year: 2026 });
  const all = awards(
    planned.map((row) => ("plan" in row ? row : { plan: planOf(entryOf(id), { year: 1990 }), row: {} })),
  );
  return new Map(all.map(({ fen }, r) => [r + 1, toYuan(fen)]));
}

const amounts = (found: Map<number, string>): Map<number, number> =>
  new Map([...found].map(([no, text]) => [no, Number.parseFloat(text) || 0]));

const amount = fc.constantFrom(0.01, 100000, 333333.33, 400000, 600000, 2500000);
const list = (headers: readonly string[], row: fc.Arbitrary<(string | number)[]>) =>
  fc
    .array(row, { minLength: 1, maxLength: 12 })
    .map((rows) => [["行号", ...headers], ...rows.map((cells, i) => [i + 1, ...cells])]);

describe.each([
  [
    "inv-beam",
    ["企业", "合同额", "本地企业"],
    fc.tuple(fc.constantFrom("甲", "乙"), amount, fc.constantFrom("是", "是", "否")),
  ],
  [
    "inv-fog",
    ["企业", "项目", "合同额"],
    fc.tuple(fc.constantFrom("甲", "乙"), fc.constantFrom("", "一", "二"), amount),
  ],
  [
    "inv-signal",
    ["企业", "服务商", "季度", "上下半年", "服务额"],
    fc.tuple(
      fc.constantFrom("甲", "乙"),
      fc.constantFrom("云一", "云二"),
      fc.constantFrom(1, 2),
      fc.constant("上半年"),
      amount,
    ),
  ],
  [
    "inv-bugle",
    ["企业", "服务商", "服务额"],
    fc.tuple(fc.constantFrom("甲", "乙"), fc.constantFrom("云一", "云二"), amount),
  ],
  [
    "inv-flare",
    ["企业", "年度", "购置额"],
    fc.tuple(fc.constantFrom("甲", "乙"), fc.constantFrom("2026-02-01", "2026-06-30", "2026-07-01"), amount),
  ],
] as const)("%s", (id, headers, row) => {
  test("a file is computed as a table is", () =>
    fc.assert(
      fc.asyncProperty(list(headers, row as fc.Arbitrary<(string | number)[]>), async (rows) => {
        expect(amounts(await computed(rows, id))).toEqual(expected(rows, id));
      }),
      { numRuns: 4 },
    ));
});

test("a row that the columns compute still names what it lacks", async () => {
  const found = await computed(
    [
      ["行号", "企业", "服务商", "季度", "上下半年", "服务额"],
      [1, "甲", "云一", "", "上半年", 400000],
      [2, "甲", "云一", 1, "上半年", 400000],
      [3, "乙", "云一", 1, "上半年", 400000],
    ],
    "inv-signal",
  );
  expect(found.get(1)).toContain("季度");
  expect([2, 3].map((no) => amounts(found).get(no))).toEqual([200000, 100000]);
});

test("rows of a firm are known together where one asks for what another is awarded, though they share no limit", () => {
  const { instrument, ...entry } = entryOf("inv-match");
  const limits = instrument.parts![0]!.limits.slice(0, 1);
  const plan = planOf({ ...entry, instrument: { ...instrument, parts: [{ limits }] } }, { year: 2026 });
  expect(allowancesOf(plan)).toEqual([]);
  expect(shares({ plans: [plan], firm: true, object: false } as unknown as Planned)).toBe(true);
});

describe("awards on other awards", () => {
  const HEADERS = ["行号", "政策工具", "企业", "对象", "年度", "码头成本", "营业收入", "合同额"];
  const dock = (no: number, object: string, cost: number | string, year: number | string = 2026) =>
    [no, "inv-dock", "甲", object, year, cost, 10_000_000, ""] as const;
  const match = (no: number, object: string) => [no, "inv-match", "甲", object, 2026, "", "", ""] as const;
  const pile = (no: number, object: string, year = 2026) =>
    [no, "inv-pile", "甲", object, year, "", "", 100_000] as const;

  test("are computed over a file as in a table", async () => {
    const found = await computed([
      HEADERS,
      match(1, "一号"),
      dock(2, "一号", 20_000),
      pile(3, "一号"),
      dock(4, "二号", 1),
    ]);
    expect(amounts(found)).toEqual(
      new Map([
        [1, 2_000],
        [2, 8_000],
        [3, 40_000],
        [4, 0.4],
      ]),
    );
  });

  test("a check names rows that are computed and doubtful", async () => {
    const input = path.join(folder, "in.csv");
    writeFileSync(
      input,
      [HEADERS, match(1, "一号"), dock(2, "二号", 20_000), match(3, "三号")].map((row) => row.join(",")).join("\n"),
    );
    const warehouse = await Warehouse.open({ threads: 1 });
    const place = entryOf("inv-beam").jurisdiction;
    const job = { entry: undefined, place, claim: { year: 2026 }, readings: {}, report: () => {}, input };
    const { doubtful } = await runJob(job, warehouse);
    await warehouse.close();
    expect(doubtful).toEqual([{ doubt: "without-award", rows: 2, first: [1, 3] }]);
  });

  test("where the other row cannot be read, are given back with its number; other objects and later years are paid", async () => {
    const rows = [
      match(1, "一号"),
      dock(2, "一号", "约2万"),
      pile(3, "一号"),
      pile(4, "一号", 2027),
      match(5, "二号"),
      dock(6, "二号", 20_000),
      dock(7, "二号", "约2万", 2027),
      pile(8, "二号"),
    ];
    const found = await computed([HEADERS, ...rows]);
    expect(found.get(1)).toContain("码头补助额为空，要取的补助额所在的行“第2行”无法读取");
    expect(found.get(2)).toContain("约2万");
    for (const no of [3, 4])
      expect(found.get(no)).toMatch(/本表其他财政补助为空，要取的补助额所在的行“第[12]行”无法读取/);
    expect([5, 6, 8].map((no) => amounts(found).get(no))).toEqual([2_000, 8_000, 40_000]);
  });
});
