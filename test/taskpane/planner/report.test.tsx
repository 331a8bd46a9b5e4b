/** The planner said in sentences, and written as a report: every figure of it is one of the rules. */
import { screen } from "@testing-library/react";
import { aboutMoney, aboutPart, howOften } from "../../../src/writers/verdict";
import { needOf, poolStats, quantile, runsOut } from "../../../src/rules";
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

test("one button writes the report: question, clause, a verdict per section, tables, charts", async () => {
  const { user, host } = await plan(true);
  await user.click(screen.getByRole("button", { name: "写成报告（新工作表）" }));
  expect(await screen.findByText("报告已写入“报告”。", {}, { timeout: 60_000 })).toBeInTheDocument();
  const sheet = host.content["报告"]!;
  const lines = sheet.map(([first]) => (typeof first === "string" ? first : ""));
  expect(lines[0]).toMatch(/2026 测算报告$/);
  expect(lines.slice(1, 8).join("\n")).toMatch(
    /问题：.*\n依据的申请：9 笔（9 行），合计 121,000,000.00 元；资金池 100,000,000.00 元。\n文件：.*“.*”\n文件状态：/,
  );
  const verdicts = lines.filter((line) => /^按(所填概率|每笔申请都来计)，/.test(line));
  // Use, risk, sharing, sizing, time.
  expect(verdicts).toHaveLength(5);
  expect(sheet.flat()).toContain(Math.round(quantile(need, 0.95)) / 100);
  const { charts } = host.added.find(({ name }) => name === "报告")!;
  expect(charts!.map(({ kind }) => kind)).toEqual(["column", "line"]);
});
