/** The planner's tab, asked a real question: Binjiang 2026, how large must the pool be, and what if the cap falls to 1000万? */
import { act, screen, waitFor, within } from "@testing-library/react";
import { formatYuan, needOf, quantile, runsOut } from "../../../src/rules";
import type { FakeCell } from "../fake-workbook";
import { fill, inBinjiang, openPane, openTab, take } from "../open";

const WAN = 1_000_000;
/** Yuan, before any cap; each comes with a probability of 80 %. */
const CLAIMS = [30e6, 25e6, 20e6, 15e6, 12e6, 9e6, 6e6, 3e6, 1_000_000.01];
const FIRMS = CLAIMS.map((_, k) => `企业${k + 1}`);
const PROBABILITY = 0.8;
const POOL = 10_000 * WAN;

const sheet = (): FakeCell[][] => [
  ["企业", "申请额", "概率"],
  ...CLAIMS.map((claim, k): FakeCell[] => [FIRMS[k]!, claim, PROBABILITY]),
];

async function plan(content: Record<string, FakeCell[][]> = { 申请: sheet() }) {
  const host = inBinjiang(content);
  const user = await openPane(host);
  await openTab(user, "资金池");
  await screen.findByLabelText("资金池金额");
  return { user, host };
}

/** Claims chosen in the sheet, with their probabilities or without, and the cap of 1000万 to try. */
async function ask(likely: "probabilities" | "certain" = "probabilities") {
  const { user, host } = await plan();
  await take(user, host, "申请额（元）", "申请", "B1:B10");
  if (likely === "probabilities") {
    await user.click(screen.getByRole("button", { name: "概率、浮动、类别、日期、名次" }));
    await take(user, host, "概率（一个数或一列）", "申请", "C1:C10");
  }
  await fill(user, screen.getByLabelText("假设上限"), "1000");
  await screen.findByText(/已读 9 行/);
  return { user, host };
}

const need = (cap: number) =>
  needOf(CLAIMS.map((yuan) => ({ amount: Math.round(yuan * 100), probability: PROBABILITY, cap })));

const region = (name: string) => screen.findByRole("region", { name });
const rowIn = (table: HTMLElement, name: string) => within(table).getByRole("row", { name: new RegExp(`^${name}`) });
const cellsOf = (row: HTMLElement) =>
  within(row)
    .getAllByRole("cell")
    .map((cell) => cell.textContent);

test("the pool of the compute vouchers stands there with amount, cap, the five firms that empty it, and what is left open", async () => {
  await plan();
  expect(screen.getByLabelText("资金池金额")).toHaveValue("1");
  expect(screen.getByLabelText("单家上限")).toHaveValue("2,000");
  expect(screen.getByText("5 家按上限申领即用完")).toBeInTheDocument();
  expect(screen.getByText(/申领超过资金池时如何分配：文件未规定；分配规则是使用者的假设/)).toBeInTheDocument();
});

test("how large must the pool be for one dry year in ten, at the present cap and at 1000万", async () => {
  await ask();
  for (const [words, cap] of [
    ["上限 2000万元", 2000 * WAN],
    ["假设上限 1000万元", 1000 * WAN],
  ] as const) {
    const pool = formatYuan(quantile(need(cap), 0.9));
    const answer = await screen.findByText(new RegExp(`^${words}：用尽风险不超过 10%，资金池需 ${pool} 元`));
    expect(answer).toHaveTextContent(`用尽概率 ${(runsOut(need(cap), POOL) * 100).toFixed(2)}%`);
  }
  const table = await region("需求与用尽风险");
  expect(cellsOf(rowIn(table, "需求 P50")).slice(0, 2)).toEqual(
    [2000, 1000].map((cap) => formatYuan(quantile(need(cap * WAN), 0.5))),
  );
});

const shown = (words: string): number =>
  words.endsWith("%") ? Number(words.replace(/[<> %]/g, "")) / 100 : Number(words.replaceAll(",", ""));

test("with probabilities use speaks of the same need as risk: out of its distribution, and no formula that knows none", async () => {
  await ask();
  const use = await region("使用情况");
  const risk = await region("需求与用尽风险");
  expect(
    screen.getByText(/支付、结余和被压减的申请数由概率分布直接算出；.*按抽取的 4,000 个年份平均（每次打开结果相同）/),
  ).toBeInTheDocument();
  expect(cellsOf(rowIn(use, "封顶后合计")).slice(0, 2)).toEqual(cellsOf(rowIn(risk, "预期需求")).slice(0, 2));
  expect(within(use).queryByRole("button", { name: /^插入公式/ })).not.toBeInTheDocument();
  expect(rowIn(use, "支付的误差（约 ±）")).toBeInTheDocument();
});

test("without probabilities each section says that every claim is taken to come", async () => {
  const { user } = await ask("certain");
  await region("使用情况");
  await user.click(await screen.findByRole("button", { name: "超额时如何分配" }));
  await region("兑付：上限 2000万元");
  expect(screen.getAllByText(/未给出概率、浮动和整体增长：每笔申请均视为必定发生/)).toHaveLength(3);
});

test("nothing is written over without having asked", async () => {
  const { user, host } = await ask("certain");
  act(() => host.select("申请", "A1"));
  const table = await region("使用情况");
  await user.click(within(table).getByRole("button", { name: "插入公式：申请合计" }));
  expect(await screen.findByText("申请!A1:B1 已有内容。")).toBeInTheDocument();
  expect(host.written).toEqual([]);
  await user.click(screen.getByRole("button", { name: "覆盖" }));
  expect(host.written).toHaveLength(1);
});

test("a table is copied with its inputs apart and formulas that refer to them", async () => {
  const { user, host } = await ask("certain");
  await region("使用情况");
  await user.click(screen.getAllByRole("button", { name: "复制到新工作表" })[0]!);
  expect(await screen.findByText("已复制到工作表“使用情况”")).toBeInTheDocument();
  const copied = host.content.使用情况!;
  expect(copied[1]).toEqual(["算力券资金池（元）", 1e8, ""]);
  expect(copied[2]).toEqual(["单家上限（元）", 2e7, ""]);
  expect(copied[3]).toEqual(["假设上限（元）", 1e7, ""]);
  expect(copied.at(-10)!.map((cell) => (typeof cell === "object" ? cell.formula : cell))).toEqual([
    "申请合计",
    "=INDEX(BUTIE.POOLSTATS(申请!$B$2:$B$10,$B$2,$B$3),1,2)",
    "=INDEX(BUTIE.POOLSTATS(申请!$B$2:$B$10,$B$2,$B$4),1,2)",
  ]);
});

test("the awards of each claim under two caps go to sheets that say which cap", async () => {
  const { user, host } = await ask("certain");
  await user.click(await screen.findByRole("button", { name: "超额时如何分配" }));
  await waitFor(() => expect(screen.getAllByRole("button", { name: "复制各笔分配结果" })).toHaveLength(2));
  for (const button of screen.getAllByRole("button", { name: "复制各笔分配结果" })) await user.click(button);
  await waitFor(() =>
    expect(Object.keys(host.content)).toEqual([
      "申请",
      "各笔分配结果：上限 2000万元",
      "各笔分配结果：假设上限 1000万元",
    ]),
  );
});

test("a short pool under each rule: who gains is seen by size, and the rule is called an assumption", async () => {
  const { user, host } = await ask("certain");
  await fill(user, screen.getByLabelText("资金池金额"), "0.5");
  await user.click(await screen.findByRole("button", { name: "超额时如何分配" }));
  expect(screen.getByText("分配规则是使用者的假设，不是文件规定")).toBeInTheDocument();
  const table = await region("兑付：上限 2000万元");
  const parts = (rule: string) => cellsOf(rowIn(table, rule)).map((words) => shown(words));
  expect(new Set(parts("按比例")).size).toBe(1);
  expect(parts("等额封顶")[0]).toBe(1);
  expect(parts("等额封顶").at(-1)).toBeLessThan(parts("按比例").at(-1)!);
  expect(parts("等额扣减")[0]).toBeLessThan(parts("按比例")[0]!);
  host.content.结果 = [];
  act(() => host.select("结果", "A1"));
  await user.click(screen.getAllByRole("button", { name: "塔木德" })[0]!);
  expect(host.written.at(-1)![0]!.cells![0]).toEqual(['=BUTIE.ALLOCATE(申请!$B$2:$B$10,50000000,"talmud",20000000)']);
});

test("sub-pools pay their own claims; what is left goes where it is said, and the sentence names who took over from whom", async () => {
  const content = sheet().map((row, i) => [...row, i === 0 ? "档" : i <= 4 ? "大额" : "小额"]);
  const { user, host } = await plan({ 申请: content });
  await take(user, host, "申请额（元）", "申请", "B1:B10");
  await user.click(screen.getByRole("button", { name: "概率、浮动、类别、日期、名次" }));
  await take(user, host, "子资金池", "申请", "D1:D10");
  await screen.findByText(/已读 9 行/);
  await user.click(await screen.findByRole("button", { name: "超额时如何分配" }));
  const list = screen.getByLabelText("各子资金池的金额");
  expect(await screen.findByText(/还要写出各子资金池的名称和金额/)).toBeInTheDocument();
  await fill(user, list, "大额=6000万元；小额=5000万元");
  // 1亿 is less than both together.
  expect(await screen.findByText(/各子资金池合计超过资金池/)).toBeInTheDocument();
  await fill(user, list, "大额=6000万元；小额=4000万元");
  expect(await screen.findByText("“大额”少付 1500 万元")).toBeInTheDocument();
  const row = async (name: string) => cellsOf(rowIn(await region("各子资金池：上限 2000万元"), name));
  expect((await row("小额")).slice(-3)).toEqual(["31,000,000.01", "0.00", "8,999,999.99"]);
  await user.selectOptions(screen.getByRole("combobox", { name: "结余去向" }), "in_order");
  expect(await screen.findByText(/“大额”另调入：小额 899.999999 万元；“大额”少付 600.000001 万元/)).toBeInTheDocument();
  expect((await row("大额")).slice(-3)).toEqual(["68,999,999.99", "6,000,000.01", "0.00"]);
});

test("a claim that is no amount is refused by its cell", async () => {
  const content = sheet();
  content[4]![1] = "待定";
  const { user, host } = await plan({ 申请: content });
  await take(user, host, "申请额（元）", "申请", "B1:B10");
  expect(await screen.findByText(/申请额 申请!B5：“待定”不是金额/)).toBeInTheDocument();
});

test("of awards that were capped already, nothing above the cap is said", async () => {
  const { user } = await ask();
  await fill(user, screen.getByLabelText("假设上限"), "3000");
  expect(await screen.findByText(/^假设上限 3000万元：/)).toBeInTheDocument();
  await user.click(screen.getByRole("switch", { name: /已按现行上限封顶/ }));
  expect(await screen.findByText(/^上限 2000万元：/)).toBeInTheDocument();
  expect(screen.queryByText(/^假设上限 3000万元：/)).not.toBeInTheDocument();
});

test("two pools side by side, and one million moved between them", async () => {
  const { user, host } = await plan();
  await take(user, host, "申请额（元）", "申请", "B1:B10");
  await user.selectOptions(screen.getByRole("combobox", { name: "资金池" }), "bj-7-pool");
  await take(user, host, "申请额（元）", "申请", "B7:B10");
  await user.click(await screen.findByRole("button", { name: "多个资金池" }));
  expect(await screen.findByText(/^还没有申请额：模型券资金池；创新券资金池$/)).toBeInTheDocument();
  const table = await region("各资金池");
  expect(cellsOf(rowIn(table, "算力券资金池"))[2]).toBe("106,000,000.01");
  expect(cellsOf(rowIn(table, "语料券资金池"))[1]).toBe("0.00%");
  await user.selectOptions(screen.getByLabelText("从"), "语料券资金池");
  await user.selectOptions(screen.getByLabelText("调到"), "算力券资金池");
  await fill(user, screen.getByLabelText("调剂金额"), "1000");
  const after = await region("调剂之后");
  expect(cellsOf(rowIn(after, "算力券资金池"))[0]).toBe("110,000,000.00");
  expect(cellsOf(rowIn(after, "算力券资金池"))[1]).toBe("0.00%");
  expect(cellsOf(rowIn(after, "语料券资金池"))[0]).toBe("40,000,000.00");
});
