import fc from "fast-check";
import { shareWithSetAsides, type SetAside } from "../../../src/rules/pool";

const small = (amount: number, spills: boolean, overflows: boolean): SetAside => ({
  name: "小微",
  amount,
  spills,
  overflows,
});
const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

describe("a pool of 100 of which 40 are set aside for small firms", () => {
  test("small firms that claim less leave the rest to everybody", () => {
    const shares = shareWithSetAsides([10, 90], [0, null], 100, [small(40, true, false)]);
    expect(shares.awards).toEqual([10, 90]);
    expect(shares.setAsides).toEqual([{ name: "小微", paid: 10, spilt: 30, unspent: 0 }]);
    expect(shares.common).toEqual({ amount: 90, paid: 90, unspent: 0 });
  });
  test("or leave it unspent", () => {
    const shares = shareWithSetAsides([10, 90], [0, null], 100, [small(40, false, false)]);
    expect(shares.awards).toEqual([10, 60]);
    expect(shares.setAsides[0]).toMatchObject({ spilt: 0, unspent: 30 });
  });
  test("small firms that claim more are cut", () => {
    expect(shareWithSetAsides([80, 30], [0, null], 100, [small(40, true, false)]).awards).toEqual([40, 30]);
  });
  test("or share in the common part with what they lack", () => {
    expect(shareWithSetAsides([80, 80], [0, null], 100, [small(40, true, true)]).awards).toEqual([60, 40]);
  });
  test("the cap comes first, ranks hold in each part", () => {
    const rule = { method: "rank", ranks: [2, 1, 4, 3], cap: 30 } as const;
    expect(
      shareWithSetAsides([50, 50, 50, 50], [0, 0, null, null], 100, [small(40, true, false)], rule).awards,
    ).toEqual([10, 30, 30, 30]);
  });
});

test("money is neither made nor lost; what spills and overflows pays as much as one pool", () => {
  const cases = fc.record({
    claims: fc.array(fc.record({ claim: fc.nat(1e6), member: fc.option(fc.nat(2)) }), { maxLength: 8 }),
    aside: fc.array(fc.nat(1e6), { minLength: 3, maxLength: 3 }),
    rest: fc.nat(1e6),
    flags: fc.record({ spills: fc.boolean(), overflows: fc.boolean() }),
  });
  fc.assert(
    fc.property(cases, ({ claims, aside, rest, flags }) => {
      const amounts = claims.map(({ claim }) => claim);
      const members = claims.map(({ member }) => member);
      const pool = sum(aside) + rest;
      const setAsides = aside.map((amount, part) => ({ name: String(part), amount, ...flags }));
      const { awards, setAsides: parts, common } = shareWithSetAsides(amounts, members, pool, setAsides);
      expect(sum(awards)).toBe(common.paid + sum(parts.map(({ paid }) => paid)));
      expect(sum(awards) + common.unspent + sum(parts.map(({ unspent }) => unspent))).toBe(pool);
      awards.forEach((award, row) => expect(award).toBeLessThanOrEqual(amounts[row]!));
      if (flags.spills && flags.overflows) expect(sum(awards)).toBe(Math.min(pool, sum(amounts)));
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ["more than the pool", [null], [small(101, true, true)], "set-aside: together they exceed the pool"],
  ["a set-aside that does not exist", [1], [small(10, true, true)], "sub-pool in row 1: there is no such set-aside"],
  ["members of another length", [], [small(10, true, true)], "sub-pool: there must be 1 rows"],
])("%s", (_, members, setAsides, message) => {
  expect(() => shareWithSetAsides([1], members, 100, setAsides)).toThrow(message);
});
