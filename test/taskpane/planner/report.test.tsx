/** The planner said in sentences, and written as a report: every figure of it is one of the rules. */
import { screen, waitFor } from "@testing-library/react";
import { aboutMoney, aboutPart, howOften } from "../../../src/writers/verdict";
import { needOf, poolStats, quantile, runsOut } from "../../../src/rules";
import { catchDownloads } from "../downloads";
import type { FakeCell } from "../fake-workbook";
import { inBinjiang, openPane, openTab, take } from "../open";

jest.setTimeout(120_000);

const CLAIMS = [30e6, 25e6, 20e6, 15e6, 12e6, 9e6, 6e6, 3e6, 1e6];
const DAYS = CLAIMS.map((_, k) => `2026-${String(k + 2).padStart(2, "0")}-15`);
const PROBABILITY = 0.8;
const CAP = 2000 * 1e6;
const POOL = 10_000 * 1e6;
const FEN = CLAIMS.map((yuan) => yuan * 100);

async function plan(uncertain: boolean) {
  const host = inBinjiang({
    申请: [
      ["企业", "申请额", "概率", "日期"],
      ...CLAIMS.map((claim, k): FakeCell[] => [`=企业${k + 1}`, claim, PROBABILITY, DAYS[k]!]),
    ],
  });
  const user = await openPane(host);
  await openTab(user, "资金池");
  await take(user, host, "申请额（元）", "申请", "B1:B10");
  await user.click(screen.getByRole("button", { name: "概率、浮动、类别、日期、名次" }));
  if (uncertain) await take(user, host, "概率（一个数或一列）", "申请", "C1:C10");
  await take(user, host, "申请日期", "申请", "D1:D10");
  await screen.findByText(/已读 9 行/);
  return { user, host };
}

const need = needOf(FEN.map((amount) => ({ amount, probability: PROBABILITY, cap: CAP })));

test("with probabilities: how likely, how often, and from which month on", async () => {
  await plan(true);
  const chance = runsOut(need, POOL);
  const found = await screen.findByText(
    new RegExp(
      `^按所填概率，2026年资金池（1亿元）用尽的可能为${aboutPart(chance, "zh")}，${howOften(chance, "zh")}；若用尽，多在`,
    ),
  );
  const enough = quantile(need, 0.9);
  expect(found).toHaveTextContent(aboutMoney(Math.abs(enough - POOL), "zh"));
});

test("without: every claim comes, and the sentence says so", async () => {
  await plan(false);
  const { approved, paid } = poolStats(FEN, POOL, CAP);
  expect(approved).toBeGreaterThan(paid);
  const short = aboutMoney(approved - paid, "zh");
  expect(
    await screen.findByText(new RegExp(`^按每笔申请都来计，2026年核定${aboutMoney(approved, "zh")}.*少付${short}`)),
  ).toBeInTheDocument();
  expect(await screen.findByText(/^按每笔申请都来计，2026年资金池必然用尽/)).toBeInTheDocument();
});

const SLOW = { timeout: 60_000 };

test("one button writes the report: question, clause, a verdict per section, tables, charts, and a list of the claims", async () => {
  const { user, host } = await plan(true);
  await user.click(screen.getByRole("button", { name: "写成报告（新工作表）" }));
  expect(
    await screen.findByText(/^报告已写入工作表“报告”；“各笔分配结果：上限 2000万元”，已设为 A4/, {}, SLOW),
  ).toBeInTheDocument();
  expect(host.jumps.at(-1)).toEqual({ sheet: "报告", address: "A1" });
  expect(host.added.map(({ printed }) => printed)).toEqual([true, true]);
  const sheet = host.content["报告"]!;
  const lines = sheet.map(([first]) => (typeof first === "string" ? first : ""));
  expect(lines[0]).toMatch(/2026 测算报告$/);
  expect(lines.slice(1, 8).join("\n")).toMatch(
    /问题：.*\n依据的申请：9 笔（9 行），合计 121,000,000.00 元；资金池 100,000,000.00 元。\n数据来源：申请额 申请!B1:B10；概率 申请!C1:C10；日期 申请!D1:D10。\n文件：.*“.*”\n文件状态：/,
  );
  const verdicts = lines.filter((line) => /^按(所填概率|每笔申请都来计)，/.test(line));
  // Use, risk, sharing, sizing, time.
  expect(verdicts).toHaveLength(5);
  expect(sheet.flat()).toContain(Math.round(poolStats(FEN, POOL, CAP).approved * PROBABILITY) / 100);
  const { charts } = host.added.find(({ name }) => name === "报告")!;
  expect(charts!.map(({ kind }) => kind)).toEqual(["column", "line"]);
});

test("what a function gives is a formula over the claims and the cells of pool and cap; other rows are marked", async () => {
  const { user, host } = await plan(true);
  await user.click(screen.getByRole("button", { name: "写成报告（新工作表）" }));
  await screen.findByText(/^报告已写入/, {}, SLOW);
  const sheet = host.content["报告"]!;
  const row = (label: string): FakeCell[] => sheet.find(([first]) => first === label)!;
  const pool = sheet.findIndex(([, value]) => value === 100_000_000) + 1;
  expect(sheet[pool]).toEqual(["单家上限（元）", 20_000_000, ...Array(sheet[0]!.length - 2).fill("")]);
  const at = `$B$${pool}`;
  const cap = `$B$${pool + 1}`;
  const capped = `IF(${cap}="",申请!$B$2:$B$10,IF(ISNUMBER(申请!$B$2:$B$10)*(申请!$B$2:$B$10>${cap}),${cap},申请!$B$2:$B$10))`;
  expect(row("需求 P90")[1]).toMatchObject({
    formula: `=INDEX(BUTIE.POOLRISK(${capped},申请!$C$2:$C$10,${at},0),4,2)`,
  });
  // Averages over drawn years are no formulas, and their section says so.
  expect(row("支付")[1]).toEqual(expect.any(Number));
  expect(sheet.some(([first]) => typeof first === "string" && first.startsWith("本节为写入时"))).toBe(true);
});

test("the other button saves a page to print", async () => {
  const saved = catchDownloads();
  const { user } = await plan(false);
  await user.click(screen.getByRole("button", { name: "存为可打印的网页（A4）" }));
  expect(await screen.findByText(/^已存为“.*测算报告.html”，用浏览器打开即可打印/, {}, SLOW)).toHaveTextContent(
    saved[0]!.name,
  );
  await waitFor(() => expect(saved[0]!.content).toContain("<h2>使用情况</h2>"));
});
