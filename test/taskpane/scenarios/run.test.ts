/** The runner of the pane, in slices, as where there are no workers. */
import { scenarioAnswers } from "../../../src/functions/scenario";
import { Refusal, resultTable, type ScenarioResult } from "../../../src/rules";
import { readScenarios } from "../../../src/tables";
import { tableOf } from "../../../src/taskpane/scenarios/base";
import type { Order } from "../../../src/taskpane/scenarios/request";
import { run } from "../../../src/taskpane/scenarios/two-workers";
import { Runner, type RunState } from "../../../src/taskpane/scenarios/runner";

const claim = { year: 2026 };
const HEADERS = ["合同", "政策工具", "企业", "amount", "domestic"];
const VALUES = [
  ["A", "zj-15-suanli", "甲", 12_345_678.91, true],
  ["A", "bj-6-suanli", "甲", 12_345_678.91, true],
  ["B", "bj-6-suanli", "乙", 50_000_000, false],
  ["C", "hz-1-nat-suanli", "乙", "五百万", true],
  ["D", "hz-1-nat-suanli", "戊", 25_000_000, true],
  ["E", "没有这一项", "丙", 100, true],
  ["F", "zj-15-suanli", "丁", 30_000_000, true],
];
const SCENARIOS = [
  [
    "情景",
    "比例",
    "上限",
    "政策工具",
    "辖区",
    "年度",
    "国产算力占比",
    "金额增长",
    "新增企业数",
    "排除的行",
    "资金池",
    "分配办法",
    "cap_scope",
  ],
  ["比例", 0.35, "", "", "", "", "", "", "", "", "", "", ""],
  ["上限", "", 1_000_000, "", "", "", "", "", "", "", "", "", ""],
  ["工具", "", "", "hz-1-stack-suanli", "", "", "", "", "", "", "", "", ""],
  ["辖区", "", "", "", "滨江", "", "", "", "", "", "", "", ""],
  ["年度", "", "", "", "", 2028, "", "", "", "", "", "", ""],
  ["国产", "", "", "", "", "", "50%", "", "", "", "", "", ""],
  ["增长", "", "", "", "", "", "", "-12.5%", "", "", "", "", ""],
  ["企业", "", "", "", "", "", "", "", 3, "", "", "", ""],
  ["排除", "", "", "", "", "", "", "", "", "1,4-5", "", "", ""],
  ["资金", "", "", "", "", "", "", "", "", "", 8_000_000, "等额封顶", ""],
  ["读法", "", "", "", "", "", "", "", "", "", "", "", "nondomestic"],
  ["全部", 0.35, 1_000_000, "", "滨江", 2027, "100%", "10%", 2, "2", 4_000_000, "按比例", ""],
];

function orderOf(scenarios: unknown[][] = SCENARIOS): Order {
  const { base } = tableOf([[...HEADERS, "备注"], ...VALUES.map((row) => [...row, "x"])], "", claim);
  return { base, scenarios: readScenarios(scenarios as string[][]), perRow: false };
}

const finished = (order: Order) =>
  new Promise<ScenarioResult[]>((resolve, reject) => {
    const results: ScenarioResult[] = [];
    run(order, {
      onResult: (place, result) => (results[place] = result),
      onDone: () => resolve(results),
      onFailed: reject,
    });
  });

test("BUTIE.SCENARIO gives the runner's table, cell by cell, whatever a scenario changes", async () => {
  const results = await finished(orderOf());
  const table = resultTable(results, "zh");
  expect(scenarioAnswers([""], HEADERS, VALUES, SCENARIOS as never, [""], claim, "zh")).toEqual(table);
  // Every scenario changes something, and none is refused.
  const totals = results.map(({ total, paid }) => `${total} ${paid}`);
  expect(new Set(totals.slice(1)).has(totals[0]!)).toBe(false);
  expect(results.filter(({ refusal }) => refusal)).toEqual([]);
});

test("a base that cannot be read fails in words", async () => {
  const order = orderOf();
  await expect(finished({ ...order, base: { ...order.base, headers: ["折扣", ...HEADERS.slice(1)] } })).rejects.toThrow(
    Refusal,
  );
});

describe("the state of a run", () => {
  const many = () => orderOf([["情景", "比例"], ...Array.from({ length: 400 }, (_, k) => [`${k}`, (k + 1) / 1000])]);
  /** The states until one of a kind. */
  const until = (runner: Runner, kind: RunState["kind"]) =>
    new Promise<RunState[]>((resolve) => {
      const states: RunState[] = [];
      const stop = runner.subscribe(() => {
        states.push(runner.current());
        if (runner.current().kind !== kind) return;
        stop();
        resolve(states);
      });
    });

  test("says how far it is and how long it will take, then the results in the order of the table", async () => {
    const runner = new Runner();
    const told = until(runner, "done");
    // Slow enough that it is told more than once: the clock moves 40 ms with each look at it.
    let now = 0;
    const clock = jest.spyOn(performance, "now").mockImplementation(() => (now += 40));
    runner.start(many(), "");
    const states = await told;
    clock.mockRestore();
    const running = states.filter((state) => state.kind === "running");
    expect(running[0]).toEqual({ kind: "running", done: 0, total: 401 });
    expect(running.length).toBeGreaterThan(10);
    expect(running[5]!.secondsLeft).toBeGreaterThan(0);
    expect(running.at(-1)!.secondsLeft!).toBeLessThan(running[5]!.secondsLeft!);
    const last = states.at(-1);
    if (last?.kind !== "done") throw new Error("not done");
    expect(last.results.map(({ name }) => name)).toEqual([undefined, ...many().scenarios.map(({ name }) => name)]);
  });

  test("stopped half-way nothing more is told; run again it comes to its end", async () => {
    const runner = new Runner();
    const begun = until(runner, "running");
    runner.start(many(), "");
    await begun;
    runner.stop();
    expect(runner.current()).toMatchObject({ kind: "stopped", total: 401 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(runner.current().kind).toBe("stopped");
    const done = until(runner, "done");
    runner.start(many(), "");
    await done;
  });

  test("a new run ends the one under way: only its results count", async () => {
    const runner = new Runner();
    runner.start(many(), "");
    const done = until(runner, "done");
    runner.start(
      orderOf([
        ["情景", "上限"],
        ["一", 5],
      ]),
      "",
    );
    const last = (await done).at(-1);
    if (last?.kind !== "done") throw new Error("not done");
    expect(last.results.map(({ name }) => name)).toEqual([undefined, "一"]);
  });
});
