/** butie gains and butie levers over files: the figures of the pane's sections, by hand. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gainsIn, leversIn, type GainsOptions, type LeversOptions } from "../../src/cli/study";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "study-"));
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => rmSync(folder, { recursive: true }));

const fileOf = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};
// Zhejiang: 30 % or 10 %, at most 8 million yuan a firm.
const CONTRACTS = "企业,金额,国产,区\n甲,10000000,是,滨江\n乙,30000000,是,萧山\n丙,1000000,否,滨江\n";
const claims = () => fileOf("合同.csv", CONTRACTS);
const asked = { year: "2026", instrument: "zj-15-suanli", place: "浙江" };
const gains = async (options: Partial<GainsOptions> & Pick<GainsOptions, "to">) =>
  (await gainsIn(claims(), { ...asked, ...options })).words();
const levers = async (options: Partial<LeversOptions> = {}) =>
  (await leversIn(claims(), { ...asked, count: "9", ...options })).words();

describe("butie gains", () => {
  test("a lower cap: the sentence first, then by size, district and firm", async () => {
    const words = await gains({ to: ["上限=500万元"] });
    expect(words).toMatch(
      /^由现行做法改为“上限 500万元”，合计少付300万元；3家企业中0家多得（共0元），1家少得（共300万元），2家不变；/,
    );
    expect(words).toMatch(/萧山 .*-3,000,000\.00/);
    // Amounts are text in a CSV file, too: they tell no rows apart.
    expect(words).not.toContain("按“金额”");
    expect(words).toMatch(/乙 .*8,000,000\.00 .*5,000,000\.00 .*-3,000,000\.00/);
  });

  test("several changes are bridged; JSON holds the figures in yuan", async () => {
    const sections = JSON.parse(await gains({ to: ["上限=500万元", "分档比例=10%→20%"], json: true })) as {
      title: string;
      rows: { label: string; values: number[] }[];
    }[];
    expect(sections.at(-1)).toMatchObject({
      title: "由现行合计到改后合计：每项改动值多少",
      rows: [
        { values: [11_100_000] },
        { label: "上限 500万元", values: [-3_000_000] },
        { label: "分档比例 10%→20%", values: [100_000] },
        { values: [0] },
        { values: [8_200_000] },
      ],
    });
  });

  test("between two scenarios of a table, by name, and in English", async () => {
    const scenarios = fileOf("情景.csv", "情景,上限\n低,4000000\n中,6000000\n");
    expect(await gains({ scenarios, from: ["低"], to: ["中"], en: true })).toMatch(
      /^From “低” to “中”, 2 million yuan more in all; 1 of 3 firms gain/,
    );
    await expect(gains({ scenarios, to: ["高"] })).rejects.toThrow("没有情景“高”，有：低、中");
  });

  test("a change that is none is refused in words", async () => {
    await expect(gains({ to: ["上线=5"] })).rejects.toThrow("情景表不认识的表头“上线”");
    await expect(gains({ to: ["比例=120%"] })).rejects.toThrow(/比例/);
    await expect(gains({ to: ["上限=1"], instrument: undefined! })).rejects.toThrow(/请用 -i 指定一项/);
  });
});

describe("rows that cannot be computed", () => {
  const dirty = () => fileOf("脏.csv", `${CONTRACTS}丁,不详,是,滨江\n戊,100,,滨江\n`);
  afterEach(() => (process.exitCode = undefined));

  test("are said by gains and by levers, with the exit code for a part that is missing", async () => {
    const { words } = await gainsIn(dirty(), { ...asked, to: ["上限=500万元"] });
    expect(words()).toMatch(/合计少付300万元（另有2行算不出，未计入）；3家企业中/);
    expect(process.exitCode).toBe(3);
    process.exitCode = undefined;
    for (const sum of [undefined, "500万元"]) {
      const found = await leversIn(dirty(), { ...asked, count: "9", ...(sum && { sum }) });
      expect(found.sections[0]!.verdict).toMatch(/（另有2行算不出，未计入）。$/);
      expect(found.words()).toContain(found.sections[0]!.verdict);
      expect(process.exitCode).toBe(3);
      process.exitCode = undefined;
    }
  });
});

describe("butie levers", () => {
  test("which lever matters most, over its own range and per one per cent, tier by tier", async () => {
    const words = await levers();
    expect(words).toMatch(/^按各自可能的范围，影响最大的是“.*”.*；同样只变1%，最敏感的是“上限”，合计约变8万元。\n/);
    expect(words).toMatch(/30%档比例 .*30,000\.00 +-30,000\.00/);
    expect(words).toMatch(/10%档比例 .*1,000\.00 +-1,000\.00/);
  });

  test("the cap that costs a sum", async () => {
    expect(await levers({ sum: "710万元" })).toMatch(
      /^上限为 4,000,000\.00 元时，补贴总额正好是 7,100,000\.00 元。\n[^]*不超过目标的最高值 +4,000,000\.00 +7,100,000\.00/,
    );
  });

  test("pairs of a rate's tier and the cap, in JSON", async () => {
    const { verdict, rows } = JSON.parse(
      await levers({ sum: "710万元", along: "10%档比例", low: "0%", high: "20%", count: "3", json: true }),
    ) as { verdict: string; rows: unknown[][] };
    expect(verdict).toMatch(
      /^要使合计不超过710万元（现为1,110万元）：10%档比例0%时上限最高410万元，10%档比例20%时上限最高390万元；/,
    );
    expect(rows.map((row) => row.slice(0, 3))).toEqual([
      [0, 4_100_000, 7_100_000],
      [0.1, 4_000_000, 7_100_000],
      [0.2, 3_900_000, 7_100_000],
    ]);
  });

  test("a lever that the instrument does not have is refused with those it has", async () => {
    await expect(levers({ sum: "1", solve: "60%档比例" })).rejects.toThrow(
      "没有变量“60%档比例”，有：比例、10%档比例、30%档比例、上限",
    );
    await expect(levers({ sum: "1", solve: "金额增长" })).rejects.toThrow("--solve 须为上限、比例");
    await expect(levers({ sum: "很多" })).rejects.toThrow(/很多/);
  });

  test.each<[Partial<LeversOptions>, string]>([
    [{ solve: "比例" }, "要与 --sum 一起用"],
    [{ paid: true }, "要与 --sum 一起用"],
    [{ along: "比例", low: "30%" }, "要与 --sum 一起用"],
    [{ sum: "710万元", high: "30%" }, "要与 --along 一起用"],
  ])("an option without the one that it belongs to is refused, not passed over: %j", (options, words) =>
    expect(levers(options)).rejects.toThrow(words),
  );
});
