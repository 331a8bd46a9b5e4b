/** Several pools of a file: the same claims and figures as where each pool stands by itself. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { poolsAlone } from "../../src/cli/pool/alone";
import { severalIn } from "../../src/cli/pool/pools";
import { sectionWords } from "../../src/cli/sections";
import { wordsIn } from "../../src/cli/text";
import { writeBook } from "../../src/export/file/write";
import { bookOf } from "../../src/cli/book";
import { needOf, runsOut } from "../../src/rules";
import type { CellValue } from "../../src/host/workbook";
import { begin, type Run } from "../../src/taskpane/planner/calculations";
import { togetherSections } from "../../src/taskpane/planner/portfolio-sections";
import { finished } from "../taskpane/planner/finished";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "butie-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const HEAD = ["资金池", "金额（万元）", "单家上限（万元）", "申请额", "概率", "固定额度"];
const CLAIMS = [4e6, 6e6, 8e6];
const given = { factors: undefined, limits: { threads: "1" } };

function csv(name: string, rows: readonly (readonly CellValue[])[]): string {
  const file = path.join(folder, name);
  writeFileSync(file, rows.map((row) => row.join(",")).join("\n"));
  return file;
}

function book(sheets: Readonly<Record<string, CellValue[][]>>): string {
  const file = path.join(folder, "资金池.xlsx");
  const list = Object.entries(sheets).map(([name, cells]) => ({ name, cells, headerRows: 1, widths: [16] }));
  writeFileSync(file, writeBook(bookOf("资金池", list)));
  return file;
}

const run: Run = (kind, question) => Promise.resolve(finished(begin({ kind, question })));
const figuresOf = async (file: string, factors?: string) =>
  togetherSections(await severalIn(file, { ...given, factors }, { year: 2026 }), run, {
    t: wordsIn("zh"),
    language: "zh",
  });

test("files and headers stand for the ranges of the pane", async () => {
  csv("算力.csv", [["企业", "补贴金额", "把握"], ...CLAIMS.map((fen, k) => [`企业${k}`, fen, 0.5])]);
  const file = csv("池.csv", [
    HEAD,
    ["算力券", 1600, "", "算力.csv", "把握", ""],
    ["语料券", 400, 500, "算力.csv#补贴金额", 0.5, "是"],
    ["模型券", 100, "", "", "", ""],
  ]);
  const { pools, missing } = await severalIn(file, given, { year: 2026 });
  expect(pools.map(({ name, fixed, figures }) => [name, fixed, figures.amount, figures.cases[0]?.cap])).toEqual([
    ["算力券", false, 16e8, undefined],
    ["语料券", true, 4e8, 5e8],
  ]);
  expect(pools.map(({ figures: { claims } }) => [claims.amounts, claims.probabilities])).toEqual([
    [CLAIMS.map((yuan) => yuan * 100), [0.5, 0.5, 0.5]],
    [CLAIMS.map((yuan) => yuan * 100), [0.5, 0.5, 0.5]],
  ]);
  expect(missing).toEqual(["模型券"]);
});

test("a workbook that the pane wrote: ranges, whichever sheet lists the pools, and all three aims in the report", async () => {
  const column = [["申请额", "概率"], ...CLAIMS.map((yuan): CellValue[] => [yuan, 0.5])];
  const file = book({
    合同: column,
    资金池表: [HEAD, ["大池", 1600, "", "合同!A1:A4", "合同!B1:B4", ""], ["小池", 400, "", "合同!A1:A900", 0.5, ""]],
  });
  const sections = await figuresOf(file);
  expect(sections.map(({ title }) => title)).toEqual([
    "各资金池",
    "每挪 100 万换来什么",
    "少付最少的分法",
    "用尽的池最少的分法（精确到总额的千分之一）",
    "各池都不超过 10% 的分法",
  ]);
  const need = needOf(CLAIMS.map((yuan) => ({ amount: yuan * 100, probability: 0.5 })));
  const chance = sections[0]!.rows.slice(0, 2).map(({ figures }) => figures[1]);
  expect(chance).toEqual([16e8, 4e8].map((pool) => ({ kind: "share", value: runsOut(need, pool) })));
  expect(sectionWords(sections, "zh")).toContain("还差");
});

test("a pool that is marked as fixed is not said to give money, and what is missing is said once", async () => {
  csv("a.csv", [["申请额", "概率"], ...CLAIMS.map((yuan) => [yuan, 0.5])]);
  const row = (name: string, pool: number, fixed = ""): CellValue[] => [name, pool, "", "a.csv", "", fixed];
  const rows = [row("甲", 400), row("乙", 3000, "是"), row("丙", 1000)];
  const sections = await figuresOf(csv("池.csv", [HEAD, ...rows]));
  const [least, , each] = sections.slice(2);
  expect(least!.verdict).toMatch(/把钱从丙挪给甲.*要可挪动的各池用尽的可能都不超过10%，.*还差/);
  expect(least!.verdict).not.toContain("乙");
  const [missing] = /还差[约\d,.万亿]*元/.exec(least!.verdict)!;
  expect(each!.verdict).toContain(missing);
});

test("good and bad times are those of all pools", async () => {
  const factors = JSON.stringify({ "": [["50%", "1", "1"], ["50%", "0.5", "1"]] }); // prettier-ignore
  csv("a.csv", [["申请额", "概率"], ...CLAIMS.map((fen) => [fen, 0.5])]);
  const file = csv("池.csv", [HEAD, ["甲", 400, "", "a.csv", "", ""], ["乙", 400, "", "a.csv", "", ""]]);
  const [first] = await figuresOf(file, factors);
  const dry = (probability: number) =>
    runsOut(needOf(CLAIMS.map((yuan) => ({ amount: yuan * 100, probability }))), 4e8);
  const { figures } = first!.rows[0]!;
  expect((figures[1] as { value: number }).value).toBeCloseTo((dry(0.5) + dry(0.25)) / 2, 9);
});

describe("several pools without claims of one that is planned", () => {
  const words = { t: wordsIn("zh"), language: "zh" } as const;
  const options = { year: "2026", threads: "1" };

  test("are answered like those beside a plan", async () => {
    csv("a.csv", [["申请额", "概率"], ...CLAIMS.map((yuan) => [yuan, 0.5])]);
    const pools = csv("池.csv", [HEAD, ["甲", 400, "", "a.csv", "", ""], ["乙", 3000, "", "a.csv", "", ""]]);
    expect(await poolsAlone({ ...options, pools }, {}, words)).toEqual(await figuresOf(pools));
  });

  test("options that would be passed over, no table, and a single pool are refused", async () => {
    csv("a.csv", [["申请额"], [100]]);
    const pools = csv("池.csv", [HEAD, ["甲", 400, "", "a.csv", "", ""], ["乙", 300, "", "", "", ""]]);
    const refused = (more: object, form = {}) => expect(poolsAlone({ ...options, ...more }, form, words)).rejects;
    await refused({}).toThrow("缺少申请表；只看多个资金池时用 --pools");
    await refused({ pools, firm: "企业" }, { amount: "1亿元" }).toThrow("这些选项用不上：firm、amount");
    await refused({ pools }).toThrow("填了申请额的不到两个，还没有申请额：乙");
  });
});

test.each([
  [[["名称", "额度"]], "资金池表缺少表头：申请额"],
  [[HEAD, ["甲", 100, "", "没有.csv", "", ""]], "资金池“甲”："],
  [[HEAD, ["甲", 100, "", "合同!A1:A4", "", ""]], "资金池“甲”：没有工作表“合同”"],
  [[HEAD, ["甲", 100, "", "b.csv#补贴", "", ""]], "资金池“甲”：没有“补贴”一列"],
])("%j is refused with the pool's name", async (rows, words) => {
  csv("b.csv", [["申请额"], [100]]);
  await expect(severalIn(csv("池.csv", rows), given, { year: 2026 })).rejects.toThrow(words);
});
