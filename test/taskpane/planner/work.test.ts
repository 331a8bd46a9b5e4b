/** Without workers, as in jsdom, long work is done in slices; the browser tests look at the worker. */
import { act, renderHook } from "@testing-library/react";
import type { Question } from "../../../src/taskpane/planner/calculations";
import { useWork } from "../../../src/taskpane/planner/work";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const claims = (count: number) => Array.from({ length: count }, (_, k) => 100 * (k + 1));

/** The claims 1, 2, 3 … yuan on a pool of 10 yuan, each as likely to come as not. */
function question(count: number, spread = 0): Question<"risk"> {
  const amounts = claims(count);
  return {
    figures: {
      claims: {
        amounts,
        probabilities: amounts.map(() => 0.5),
        spreads: amounts.map(() => spread),
        dated: undefined,
        ranks: undefined,
      },
      amount: 1000,
      cases: [{ id: "present", cap: undefined }],
      knownUpTo: undefined,
      growth: undefined,
      factors: [],
    },
    risk: 0.1,
  };
}

/** Every look at the clock is as late as a whole slice: each step is a slice of its own. */
function slowly(): void {
  let now = 0;
  jest.spyOn(performance, "now").mockImplementation(() => (now += 20));
}
const slice = () => act(() => jest.advanceTimersToNextTimer());

test("the answer is that of the rules: 1, 2, 3 and 4 yuan never exceed 10, and 9 suffice in nine of ten cases", () => {
  const asked = question(4);
  const { result } = renderHook(() => useWork("risk", asked));
  expect(result.current[0]).toEqual({ kind: "running", part: 0 });
  act(() => jest.runAllTimers());
  const [progress] = result.current;
  if (progress.kind !== "done") throw new Error(progress.kind);
  // 16 selections are equally likely; only {4,3,2,1} = 10 and {4,3,2} = 9 reach 9, so P(need ≤ 8) = 14/16 and P(need ≤ 9) = 15/16.
  expect(progress.value.cases).toEqual([expect.objectContaining({ runsOut: 0, poolForRisk: 900, expected: 500 })]);
});

test("long work is done in slices that show how far it is", () => {
  slowly();
  const asked = question(30, 0.3);
  const { result } = renderHook(() => useWork("risk", asked));
  const parts: number[] = [];
  for (let turn = 0; turn < 200 && result.current[0].kind === "running"; turn++) {
    slice();
    const [progress] = result.current;
    if (progress.kind === "running") parts.push(progress.part);
  }
  expect(result.current[0].kind).toBe("done");
  expect(parts.length).toBeGreaterThan(50);
  expect([...parts].sort((a, b) => a - b)).toEqual(parts);
});

test("stopped work stays stopped", () => {
  slowly();
  const asked = question(30, 0.3);
  const { result } = renderHook(() => useWork("risk", asked));
  slice();
  slice();
  act(() => result.current[1]());
  expect(result.current[0]).toEqual({ kind: "stopped" });
  expect(jest.getTimerCount()).toBe(0);
});

test("another question takes the place of the one under way", () => {
  const [first, second] = [question(30, 0.3), question(4)];
  const { result, rerender } = renderHook(({ asked }) => useWork("risk", asked), { initialProps: { asked: first } });
  slice();
  rerender({ asked: second });
  expect(result.current[0]).toEqual({ kind: "running", part: 0 });
  act(() => jest.runAllTimers());
  expect(result.current[0]).toMatchObject({ kind: "done", value: { cases: [{ expected: 500 }] } });
});

test("what cannot be computed says why", () => {
  const asked = question(4, 9);
  const { result } = renderHook(() => useWork("risk", asked));
  act(() => jest.runAllTimers());
  expect(result.current[0]).toMatchObject({
    kind: "failed",
    error: { name: "Refusal", text: { en: expect.stringContaining("spread in row") } },
  });
});
