/** What is uncertain as people say it, several years and several pools, in the pane: Binjiang 2026. */
import { act, screen, within } from "@testing-library/react";
import { needOf, quantile, runsOut, spreadWithin } from "../../../src/rules";
import { aboutMoney, aboutPart } from "../../../src/writers/verdict";
import { fill, inBinjiang, openPane, openTab, take } from "../open";
import type { FakeCell } from "../fake-workbook";

jest.setTimeout(180_000);

const CLAIMS = [30e6, 25e6, 20e6, 15e6, 12e6, 9e6, 6e6, 3e6, 1e6];
const GROUPS = CLAIMS.map((_, k) => (k === 8 ? "" : k % 2 ? "软件" : "芯片"));
const CAP = 2000 * 1e6;
const POOL = 10_000 * 1e6;

async function plan(more: Record<string, FakeCell[][]> = {}) {
  const host = inBinjiang({
    申请: CLAIMS.map((claim, k): FakeCell[] => [`企业${k}`, claim, GROUPS[k]!, `2026-0${k + 1}-15`]),
    ...more,
  });
  const user = await openPane(host);
  await openTab(user, "资金池");
  await take(user, host, "申请额（元）", "申请", "B1:B9");
  await user.click(screen.getByRole("button", { name: "概率、浮动、类别、日期、名次" }));
  return { user, host };
}

test("±20 %, chances by group with the blank one flagged, and good and bad times", async () => {
  const { user, host } = await plan();
  await fill(user, screen.getByLabelText("金额上下浮动（一个数或一列，如 ±20%）"), "±20%");
  await take(user, host, "类别（行业、券种等，可选）", "申请", "C1:C9");
  const chances = await screen.findByRole("region", { name: "各类获批的可能" });
  expect(within(chances).getByText(/有 1 笔申请没有写类别/)).toBeInTheDocument();
  await fill(user, within(chances).getByLabelText(/^芯片：4 笔，68,000,000.00 元/), "90%");
  expect(await screen.findByText(/软件（4 笔）还没有填可能/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "风险" })).not.toBeInTheDocument();
  await fill(user, within(chances).getByLabelText(/^软件：4 笔/), "70%");
  await fill(user, within(chances).getByLabelText(/^（类别为空）：1 笔/), "50%");
  const claims = CLAIMS.map((yuan, k) => ({
    amount: yuan * 100,
    probability: GROUPS[k] === "芯片" ? 0.9 : GROUPS[k] === "软件" ? 0.7 : 0.5,
    spread: spreadWithin(0.2),
    cap: CAP,
  }));
  const apart = runsOut(needOf(claims), POOL);
  expect(await screen.findByText(new RegExp(`用尽的可能为${aboutPart(apart, "zh")}，`))).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "一起变动（景气）" }));
  await fill(user, screen.getByLabelText("好：可能"), "25%");
  await fill(user, screen.getByLabelText("好：获批可能 ×"), "1.2");
  expect(await screen.findByText(/应合计 100%，现为 25%/)).toBeInTheDocument();
  await fill(user, screen.getByLabelText("差：可能"), "75%");
  await fill(user, screen.getByLabelText("差：金额 ×"), "0.9");
  const factors = [
    {
      group: undefined,
      states: [
        { chance: 0.25, probability: 1.2, size: 1 },
        { chance: 0.75, probability: 1, size: 0.9 },
      ],
    },
  ];
  const need = needOf(claims, undefined, factors);
  const said = await screen.findByText(new RegExp(`若各笔互不相关，用尽的可能为${aboutPart(apart, "zh")}`));
  expect(said).toHaveTextContent(aboutMoney(Math.abs(quantile(need, 0.9) - quantile(needOf(claims), 0.9)), "zh"));
  expect(screen.getByText(/4 笔在好的情形下乘出来超过 100%/)).toBeInTheDocument();
});

test("several years: instalments in March of the next years, a pool of its own for one of them, and the sheet", async () => {
  const { user, host } = await plan();
  await take(user, host, "申请日期", "申请", "D1:D9");
  await user.click(await screen.findByRole("button", { name: "多年计划" }));
  await user.selectOptions(await screen.findByLabelText("何时兑付"), "next");
  await fill(user, screen.getByLabelText("分期（%）"), "60/40");
  const table = await screen.findByRole("region", { name: "分年资金计划：上限 2000万元" });
  // 20 + 20 + 20 + 15 + 12 + 9 + 6 + 3 + 1 = 106 million after the cap.
  await within(table).findByRole("rowheader", { name: "2028" });
  const rows = within(table).getAllByRole("row").slice(1);
  expect(rows.map((row) => row.querySelectorAll("td")[0]!.textContent)).toEqual(["63,600,000.00", "42,400,000.00"]);
  await fill(user, screen.getByLabelText("2028 年资金池"), "0.4");
  expect(await screen.findByText(/最紧的是2028年（4,000万元），必然不够付。合计少付240万元/)).toBeInTheDocument();
  // What cannot be read stays where it can be mended, letter by letter, and while the figures are computed.
  const pool = screen.getByLabelText("2028 年资金池");
  await fill(user, pool, "四成");
  expect(within(pool.closest(".fui-Field")!).getByRole("alert")).toBeInTheDocument();
  await user.clear(pool);
  await user.type(pool, "0.4");
  expect(pool).toHaveValue("0.4");
  expect(await screen.findByText(/最紧的是2028年（4,000万元），必然不够付。合计少付240万元/)).toBeInTheDocument();
  await user.click(screen.getAllByRole("button", { name: /复制到新工作表/ }).at(-2)!);
  await act(async () => {});
  expect(host.added.at(-1)!.name).toBe("分年资金计划：上限 2000万元");
  await fill(user, screen.getByLabelText("分期（%）"), "60/30");
  expect(await screen.findByText(/应写成合计 100 的百分数/)).toBeInTheDocument();
});

test("all pools from one table of the sheet: risk of each, of any, and the best split for an aim", async () => {
  const half: FakeCell[][] = [["申请额"], [4e6], [6e6], [8e6]];
  const { user, host } = await plan({
    甲: half,
    乙: half,
    池: [
      ["资金池", "金额（万元）", "申请额", "概率", "固定额度"],
      ["大池", 1600, "甲!A1:A4", 0.5, ""],
      ["小池", 400, "乙!A1:A4", 0.5, ""],
    ],
  });
  await user.click(await screen.findByRole("button", { name: "多个资金池" }));
  await take(user, host, "资金池表（含表头，可选）", "池", "A1:E3");
  const table = await screen.findByRole("region", { name: "各资金池" });
  const claims = [4e8, 6e8, 8e8].map((amount) => ({ amount, probability: 0.5 }));
  const dry = (pool: number) => runsOut(needOf(claims), pool);
  const chance = (row: HTMLElement) => row.querySelectorAll("td")[1]!.textContent;
  const [big, small] = ["大池", "小池"].map((name) => within(table).getByRole("row", { name: new RegExp(`^${name}`) }));
  expect([chance(big!), chance(small!)]).toEqual([16e8, 4e8].map((pool) => `${(dry(pool) * 100).toFixed(2)}%`));
  const any = 1 - (1 - dry(16e8)) * (1 - dry(4e8));
  expect(screen.getByText(new RegExp(`至少一个池用尽的可能为${aboutPart(any, "zh")}`))).toBeInTheDocument();
  await user.selectOptions(screen.getByLabelText("怎样分最好"), "each");
  expect(await screen.findByText(/还差/)).toHaveTextContent(aboutMoney(2 * quantile(needOf(claims), 0.9) - 20e8, "zh"));
  // Times are those of all pools, and a copied table says so.
  await user.click(screen.getByRole("button", { name: "一起变动（景气）" }));
  await fill(user, screen.getByLabelText("好：可能"), "40%");
  await fill(user, screen.getByLabelText("差：可能"), "60%");
  await fill(user, screen.getByLabelText("差：获批可能 ×"), "0.5");
  const mixed = 0.4 * dry(4e8) + 0.6 * runsOut(needOf(claims.map((one) => ({ ...one, probability: 0.25 }))), 4e8);
  const again = await screen.findByRole("region", { name: "各资金池" });
  const moved = await within(again).findByText(`${(mixed * 100).toFixed(2)}%`);
  expect(moved.closest("tr")).toHaveTextContent(/^小池/);
  await user.click(screen.getAllByRole("button", { name: "复制到新工作表" }).at(-1)!);
  await act(async () => {});
  expect(host.added.at(-1)!.cells.flat()).toEqual(expect.arrayContaining([expect.stringContaining("在每种情形之下")]));
  // The report of the pool that is planned has all pools, and the split for every aim.
  await take(user, host, "申请额（元）", "甲", "A1:A4");
  await user.click(await screen.findByRole("button", { name: "写成报告（新工作表）" }));
  await screen.findByText(/^报告已写入/, {}, { timeout: 60_000 });
  const lines = host.content["报告"]!.map(([first]) => first);
  expect(lines).toEqual(
    expect.arrayContaining(["各资金池", "小池", "每挪 100 万换来什么", "少付最少的分法", "各池都不超过 10% 的分法"]),
  );
  await user.click(screen.getByRole("button", { name: "写出资金池表（新工作表）" }));
  await act(async () => {});
  expect(host.added.at(-1)!.cells[0]).toEqual(expect.arrayContaining(["资金池", "金额（元）", "申请额", "固定额度"]));
});
