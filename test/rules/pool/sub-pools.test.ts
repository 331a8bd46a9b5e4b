/** Sub-pools with their own money, and where that which is not needed goes. */
import fc from "fast-check";
import { SHARING_METHODS, shareSubPools, SPILLS, type Spill, type SubPoolShares } from "../../../src/rules/pool";

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);
const WAN = 1_000_000;

/** Two tiers and a third one: 3000万, 2000万 and 1000万 of a pool of 7000万, in 万元; the first leaves 1000万. */
function tiers(spill: Spill, claims = [2000, 1500, 1300, 900, 900], pool = 7000): SubPoolShares {
  return shareSubPools(
    claims.map((wan) => wan * WAN),
    pool * WAN,
    { amounts: [3000, 2000, 1000].map((wan) => wan * WAN), of: [0, 1, 1, 2, 2], spill },
  );
}
const wan = ({ awards }: SubPoolShares): number[] => awards.map((fen) => fen / WAN);
const paid = ({ uses }: SubPoolShares): number[] => uses.map((use) => use.paid / WAN);
const flows = ({ uses }: SubPoolShares): [number, number, number][] =>
  uses.flatMap(({ received }, to) => received.map(({ from, fen }): [number, number, number] => [from, to, fen / WAN]));

describe("the first tier leaves 1000万, the second lacks 800万, the third 800万; 1000万 stand in none", () => {
  test.each<[Spill, number[], [number, number, number][], number]>([
    ["none", [2000, 2000, 1000], [], 1000],
    [
      "next",
      [2000, 2800, 1800],
      [
        [-1, 1, 800],
        [-1, 2, 200],
        [0, 2, 600],
      ],
      0,
    ],
    [
      "in_order",
      [2000, 2800, 1800],
      [
        [-1, 1, 800],
        [-1, 2, 200],
        [0, 2, 600],
      ],
      0,
    ],
    [
      "by_need",
      [2000, 2800, 1800],
      [
        [-1, 1, 800],
        [-1, 2, 200],
        [0, 2, 600],
      ],
      0,
    ],
  ])("%s", (spill, expected, moved, left) => {
    const shares = tiers(spill);
    expect(paid(shares)).toEqual(expected);
    expect(flows(shares)).toEqual(moved);
    expect(shares.left / WAN).toBe(left);
  });
});

describe("with no more than the sub-pools themselves: 1000万 for a lack of 1600万", () => {
  test.each<[Spill, number[], [number, number, number][]]>([
    ["none", [2000, 2000, 1000], []],
    [
      "next",
      [2000, 2800, 1200],
      [
        [0, 1, 800],
        [0, 2, 200],
      ],
    ],
    [
      "in_order",
      [2000, 2800, 1200],
      [
        [0, 1, 800],
        [0, 2, 200],
      ],
    ],
    [
      "by_need",
      [2000, 2500, 1500],
      [
        [0, 1, 500],
        [0, 2, 500],
      ],
    ],
  ])("%s", (spill, expected, moved) => {
    const shares = tiers(spill, undefined, 6000);
    expect(paid(shares)).toEqual(expected);
    expect(flows(shares)).toEqual(moved);
  });

  test("each shares out among its claims what it then has", () => {
    expect(wan(tiers("by_need", undefined, 6000)).map((amount) => Math.round(amount * 100) / 100)).toEqual([
      2000, 1339.29, 1160.71, 750, 750,
    ]);
  });

  test("the last tier leaves money: next moves none of it forward, in_order does", () => {
    const claims = [4000, 1500, 1300, 100, 100];
    expect(paid(tiers("next", claims, 6000))).toEqual([3000, 2000, 200]);
    expect(paid(tiers("in_order", claims, 6000))).toEqual([3800, 2000, 200]);
    expect(paid(tiers("by_need", claims, 6000)).map(Math.round)).toEqual([3444, 2356, 200]);
  });

  test("caps come first: what they cut is no need, and is free for the others", () => {
    const shares = shareSubPools([500, 400], 600, { amounts: [400, 200], of: [0, 1], spill: "next" }, { cap: 300 });
    expect(shares.awards).toEqual([300, 300]);
    expect(shares.uses[0]).toEqual({
      amount: 400,
      claimed: 500,
      need: 300,
      received: [],
      given: 100,
      paid: 300,
      left: 0,
    });
    expect(shares.uses[1]!.received).toEqual([{ from: 0, fen: 100 }]);
  });

  test("a sub-pool without claims gives all it has, one of no money takes it", () => {
    const { awards, uses } = shareSubPools([700], 500, { amounts: [500, 0], of: [1], spill: "next" });
    expect(awards).toEqual([500]);
    expect(uses.map(({ given }) => given)).toEqual([500, 0]);
  });
});

const cases = fc
  .record({
    amounts: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 5 }),
    free: fc.integer({ min: 0, max: 500 }),
    spill: fc.constantFrom(...SPILLS),
    method: fc.constantFrom(...SHARING_METHODS.filter((method) => method !== "rank")),
    cap: fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }),
  })
  .chain(({ amounts, ...others }) =>
    fc
      .array(fc.tuple(fc.integer({ min: 0, max: 600 }), fc.nat({ max: amounts.length - 1 })), { maxLength: 12 })
      .map((claims) => ({ amounts, claims, ...others })),
  );
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;
const of = ({ claims, amounts, free, spill, method, cap }: Case): SubPoolShares =>
  shareSubPools(
    claims.map(([fen]) => fen),
    sum(amounts) + free,
    { amounts, of: claims.map(([, place]) => place), spill },
    { method, ...(cap !== undefined && { cap }) },
  );

describe("whatever the claims, the sub-pools, the rules", () => {
  test("no fen is lost or made: each sub-pool's money is paid, given or left, and what is given is received", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { awards, uses, left } = of(one);
        const pool = sum(one.amounts) + one.free;
        expect(sum(awards)).toBe(sum(uses.map((use) => use.paid)));
        expect(sum(awards) + sum(uses.map((use) => use.left)) + left).toBe(pool);
        expect(sum(uses.flatMap(({ received }) => received.map(({ fen }) => fen)))).toBe(
          sum(uses.map((use) => use.given)) + one.free - left,
        );
        for (const { amount, need, received, given, paid, left } of uses) {
          const money = amount + sum(received.map(({ fen }) => fen));
          expect(paid).toBe(Math.min(money, need));
          expect(left).toBe(money - given - paid);
          expect(Math.min(left, given, ...(received.length ? [0] : []))).toBeGreaterThanOrEqual(0);
          // What is taken over is needed; who takes over gives nothing.
          if (received.length) expect([given, left]).toEqual([0, 0]);
        }
        awards.forEach((fen, row) =>
          expect(fen).toBeLessThanOrEqual(Math.min(one.claims[row]![0], one.cap ?? Infinity)),
        );
      }),
    );
  });

  test("by in_order and by_need either all is met or all is used, so that both pay the same in all, the most that the pool can", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const need = sum(of(one).uses.map((use) => use.need));
        const pool = sum(one.amounts) + one.free;
        for (const spill of ["in_order", "by_need"] as const)
          expect(sum(of({ ...one, spill }).awards)).toBe(Math.min(need, pool));
        const [none, next] = (["none", "next"] as const).map((spill) => sum(of({ ...one, spill }).awards));
        expect(none).toBeLessThanOrEqual(next!);
        expect(next).toBeLessThanOrEqual(Math.min(need, pool));
      }),
    );
  });

  test("a transfer takes nothing from a sub-pool's own claims", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const alone = of({ ...one, spill: "none" }).uses;
        of(one).uses.forEach(({ paid }, k) => expect(paid).toBeGreaterThanOrEqual(alone[k]!.paid));
      }),
    );
  });

  test("the order of the sub-pools does not matter without transfers, and by_need it moves no more than one fen", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const places = one.amounts.map((_, k) => k).reverse();
        const turned = {
          ...one,
          amounts: [...one.amounts].reverse(),
          claims: one.claims.map(([fen, place]): [number, number] => [fen, places[place]!]),
        };
        for (const [spill, most] of [
          ["none", 0],
          ["by_need", 1],
        ] as const) {
          const [here, there] = [of({ ...one, spill }).uses, [...of({ ...turned, spill }).uses].reverse()];
          here.forEach(({ paid }, k) => expect(Math.abs(paid - there[k]!.paid)).toBeLessThanOrEqual(most));
        }
      }),
    );
  });
});

test.each<[string, () => unknown, RegExp]>([
  [
    "more than the pool",
    () => shareSubPools([1], 10, { amounts: [6, 5], of: [0], spill: "none" }),
    /各子资金池合计超过资金池/,
  ],
  [
    "a claim on none",
    () => shareSubPools([1, 2], 10, { amounts: [5], of: [0, 1], spill: "none" }),
    /第 2 行子资金池：没有这个子资金池/,
  ],
  ["too few places", () => shareSubPools([1, 2], 10, { amounts: [5], of: [0], spill: "none" }), /应有 2 行/],
  ["half a fen", () => shareSubPools([1], 10, { amounts: [0.5], of: [0], spill: "none" }), /应精确到分/],
  ["less than nothing", () => shareSubPools([1], 10, { amounts: [-1], of: [0], spill: "none" }), /不能为负数/],
  [
    "sharing before the cap",
    () => shareSubPools([1], 10, { amounts: [5], of: [0], spill: "none" }, { order: "share_then_cap" }),
    /不能与“先分配，再封顶”并用/,
  ],
])("refused: %s", (_what, compute, words) => expect(compute).toThrow(words));
