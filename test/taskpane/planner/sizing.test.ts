/** The table of costs by cap: around the present cap, with the cap that the pool can pay among them. */
import { sizingOf } from "../../../src/taskpane/planner/sizing";
import { needOf, runsOut } from "../../../src/rules";
import { apartClaims, type PoolFigures } from "../../../src/taskpane/planner/planning";
import { finished } from "./finished";

const WAN = 1_000_000;
const figures = (pool: number): PoolFigures => ({
  claims: {
    amounts: Array.from({ length: 10 }, (_, k) => (k + 1) * 100 * WAN),
    probabilities: new Array<number>(10).fill(1),
    spreads: new Array<number>(10).fill(0),
    dated: undefined,
    ranks: undefined,
    groups: undefined,
  },
  amount: pool,
  cases: [{ id: "present", cap: 2000 * WAN }],
  knownUpTo: undefined,
  growth: undefined,
  factors: [],
});
const sized = (of: PoolFigures, risk = 0.1) => finished(sizingOf({ figures: of, risk }));
const capsOf = (pool: number): number[] => sized(figures(pool)).surface!.caps.map((cap) => cap / WAN);

test("a pool below the claims: the highest round cap that it pays stands among the caps", () => {
  // Σ min(100 … 1000, 333) = 600 + 7 · 333 万.
  expect(capsOf((600 + 7 * 333) * WAN)).toEqual([330, 1000, 1500, 2000, 2500, 3000]);
});

test("a pool that pays everything needs no cap", () => {
  expect(capsOf(5500 * WAN)).toEqual([1000, 1500, 2000, 2500, 3000]);
});

test("with probabilities, the highest cap of two digits at which the pool runs out at most once in ten years", () => {
  const all = figures(3000 * WAN);
  const uncertain = { ...all, claims: { ...all.claims, probabilities: new Array<number>(10).fill(0.6) } };
  const { likely, surface } = sized(uncertain);
  const risk = (cap: number) => runsOut(needOf(apartClaims(uncertain, cap)), uncertain.amount);
  expect(likely).toEqual({ cap: expect.any(Number) as number, runsOut: risk(likely!.cap!), accepted: 0.1 });
  expect(risk(likely!.cap!)).toBeLessThanOrEqual(0.1);
  expect(risk(likely!.cap! + 10 * WAN)).toBeGreaterThan(0.1);
  expect(surface!.caps).toContain(likely!.cap);
  expect(sized(all).likely).toBeUndefined();
});

test("the risk is the one that was chosen: who accepts less gets a lower cap", () => {
  const all = figures(3000 * WAN);
  const uncertain = { ...all, claims: { ...all.claims, probabilities: new Array<number>(10).fill(0.6) } };
  const [once, rarely] = [0.1, 0.01].map((risk) => sized(uncertain, risk).likely!);
  expect([once!.accepted, rarely!.accepted]).toEqual([0.1, 0.01]);
  expect(rarely!.runsOut).toBeLessThanOrEqual(0.01);
  expect(rarely!.cap!).toBeLessThan(once!.cap!);
});

test("the present cap is kept where it will do", () => {
  const all = figures(5500 * WAN);
  const uncertain = { ...all, claims: { ...all.claims, probabilities: new Array<number>(10).fill(0.6) } };
  expect(sized(uncertain).likely).toMatchObject({ cap: 2000 * WAN, runsOut: 0 });
});
