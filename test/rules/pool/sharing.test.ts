import fc from "fast-check";
import { commonLevel } from "../../../src/rules/pool/sharing";
import { CAP_ORDERS, share, sharing, SHARING_METHODS, type SharingMethod } from "../../../src/rules/pool";
import { inWords } from "./in-words";

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);
const RANKLESS = SHARING_METHODS.filter((method) => method !== "rank");
const by = (method: SharingMethod, claims: number[], pool: number): number[] => share(claims, pool, { method });

describe("the three wives of the Mishnah (Kethubot 93a; Aumann and Maschler 1985, table 1), claims 100, 200 and 300", () => {
  const claims = [100_00, 200_00, 300_00];
  test.each([
    [100_00, [33_34, 33_33, 33_33]],
    [200_00, [50_00, 75_00, 75_00]],
    [300_00, [50_00, 100_00, 150_00]],
  ])("an estate of %p fen is shared %p", (estate, expected) => {
    const awards = by("talmud", claims, estate);
    // A hundred does not divide by three: the odd fen goes to the largest claim.
    expect(awards).toEqual(estate === 100_00 ? [33_33, 33_33, 33_34] : expected);
  });
});

test("the contested garment (Baba Metzia 2a): one claims all of it, one half: three quarters and one quarter", () => {
  expect(by("talmud", [200, 100], 200)).toEqual([150, 50]);
});

test("Ibn Ezra's four sons (O'Neill 1982): claims 30, 40, 60, 120 on 120 by the Talmud rule", () => {
  expect(by("talmud", [30, 40, 60, 120], 120)).toEqual([15, 20, 30, 55]);
});

describe("the three musketeers (Herrero and Villar 2001) on claims 100, 200 and 300", () => {
  const claims = [100, 200, 300];
  test.each<[SharingMethod, number, number[]]>([
    ["proportional", 300, [50, 100, 150]],
    ["equal_awards", 150, [50, 50, 50]],
    ["equal_awards", 300, [100, 100, 100]],
    ["equal_awards", 450, [100, 175, 175]],
    ["equal_losses", 100, [0, 0, 100]],
    ["equal_losses", 200, [0, 50, 150]],
    ["equal_losses", 300, [0, 100, 200]],
    ["equal_losses", 450, [50, 150, 250]],
    ["first_come", 250, [100, 150, 0]],
  ])("%s of %p is %p", (method, pool, expected) => expect(by(method, claims, pool)).toEqual(expected));
});

test("Maryland's research credit: each credit times the cap of the programme over all credits", () => {
  expect(by("proportional", [10_000_000, 8_000_000, 6_000_000], 12_000_000)).toEqual([5_000_000, 4_000_000, 3_000_000]);
});

test("claims of 4亿 on Hangzhou's 2.5亿 are paid 62.5 %", () => {
  expect(share([1e10, 3e10], 2.5e10)).toEqual([0.625e10, 1.875e10]);
});

test("products beyond 2^53 stay exact, just beyond as well", () => {
  const [pool, shares] = [103_470_307, [32_274_957, 33_098_060, 38_097_290]];
  expect(by("proportional", [95_000_640, 97_423_424, 112_138_549], pool)).toEqual(shares);
  expect(by("proportional", [333_333_333_333_333, 333_333_333_333_334], 333_333_333_333_333)).toEqual([
    166_666_666_666_666, 166_666_666_666_667,
  ]);
});

describe("fen that rounding down leaves", () => {
  test("go to the largest remainder", () => expect(by("proportional", [10, 24, 66], 10)).toEqual([1, 2, 7]));
  test("among equal remainders to the larger claim", () =>
    expect(by("proportional", [100, 300, 100], 1)).toEqual([0, 1, 0]));
  test("among equal claims to the earlier row", () => expect(by("proportional", [7, 7, 7], 8)).toEqual([3, 3, 2]));
  test("halves of odd claims, by the Talmud rule", () => expect(by("talmud", [1, 1, 1, 1], 2)).toEqual([1, 1, 0, 0]));
});

describe("ranks and places", () => {
  test("rank 1 first, equal ranks in row order", () => {
    expect(share([50, 60, 70, 80], 150, { method: "rank", ranks: [2, 1, 2, 1] })).toEqual([10, 60, 0, 80]);
  });
  test("at most two winners, by rank, then shared in proportion", () => {
    expect(share([50, 60, 90], 100, { winners: 2, ranks: [3, 1, 2] })).toEqual([0, 40, 60]);
  });
  test("without ranks the first rows win, and a claim of zero takes no place", () => {
    expect(share([0, 60, 90, 10], 1000, { winners: 2 })).toEqual([0, 60, 90, 0]);
  });
  test("no place, no award", () => expect(share([5], 10, { winners: 0 })).toEqual([0]));
});

describe("a cap of 100 on claims of 50, 150 and 400, pool 240", () => {
  const claims = [50, 150, 400];
  test.each([
    ["cap_then_share" as const, [48, 96, 96]],
    ["share_then_cap" as const, [20, 60, 100]],
    ["share_cap_redistribute" as const, [35, 100, 100]],
  ])("%s", (order, expected) => {
    const awards = share(claims, 240, { cap: 100, order });
    if (order === "share_cap_redistribute") {
      // 20, 60 and 160: the third is cut to 100, so 140 go to 50 and 150, 35 and 105; cut again, the first gets the rest, up to its claim.
      expect(awards).toEqual([40, 100, 100]);
    } else expect(awards).toEqual(expected);
  });
  test("exactly at the cap nothing is cut, one fen above one fen is", () => {
    expect(share([100, 101], 1000, { cap: 100 })).toEqual([100, 100]);
  });
  test("a cap for each claim", () => expect(share([50, 50], 100, { cap: [10, Infinity] })).toEqual([10, 50]));
});

/** Few different amounts, so that ties and odd fen are common. */
const pools = fc.record({
  claims: fc.array(fc.oneof(fc.nat(12), fc.nat(1e6), fc.nat(1e13)), { maxLength: 12 }),
  part: fc.double({ min: 0, max: 1.2, noNaN: true }),
  method: fc.constantFrom(...SHARING_METHODS),
  seed: fc.nat(5),
});
const ruleOf = (method: SharingMethod, claims: readonly number[], seed: number) => ({
  method,
  ranks: claims.map((_, row) => (row * 7 + seed) % 5),
});

describe("whatever the claims and the pool", () => {
  test("the parts add up to min(pool, Σ claims), and none exceeds its claim", () => {
    fc.assert(
      fc.property(pools, ({ claims, part, method, seed }) => {
        const pool = Math.floor(sum(claims) * part) + seed;
        const awards = share(claims, pool, ruleOf(method, claims, seed));
        expect(sum(awards)).toBe(Math.min(pool, sum(claims)));
        expect(awards.every((award, row) => Number.isInteger(award) && award >= 0 && award <= claims[row]!)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test("caps hold in every order of operations, and only share_then_cap leaves money that claims could take", () => {
    fc.assert(
      fc.property(pools, fc.nat(1e6), fc.constantFrom(...CAP_ORDERS), ({ claims, part, method, seed }, cap, order) => {
        const pool = Math.floor(sum(claims) * part);
        const awards = share(claims, pool, { ...ruleOf(method, claims, seed), cap, order });
        const payable = Math.min(pool, sum(claims.map((claim) => Math.min(claim, cap))));
        expect(awards.every((award, row) => award <= Math.min(cap, claims[row]!))).toBe(true);
        if (order === "share_then_cap") expect(sum(awards)).toBeLessThanOrEqual(payable);
        else expect(sum(awards)).toBe(payable);
      }),
      { numRuns: 3000 },
    );
  });

  test("a larger claim never gets less", () => {
    fc.assert(
      fc.property(pools, ({ claims, part, method }) => {
        // These two serve by row or rank, whatever the size.
        fc.pre(method !== "first_come" && method !== "rank");
        const awards = by(method, claims, Math.floor(sum(claims) * part));
        const ascending = claims
          .map((_, row) => row)
          .sort((a, b) => claims[a]! - claims[b]! || awards[a]! - awards[b]!);
        expect(ascending.slice(1).every((row, place) => awards[row]! >= awards[ascending[place]!]!)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test("one fen more of pool costs no claim more than one fen, and none at all by equal awards or in a queue", () => {
    fc.assert(
      fc.property(pools, ({ claims, part, method, seed }) => {
        const pool = Math.floor(sum(claims) * part);
        const rule = ruleOf(method, claims, seed);
        const [less, more] = [share(claims, pool, rule), share(claims, pool + 1, rule)];
        const loss = ["equal_awards", "equal_losses", "first_come", "rank"].includes(method) ? 0 : 1;
        expect(less.every((award, row) => more[row]! >= award - loss)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test("share, cap and redistribute in proportion is min(level · claim, cap) for one level", () => {
    fc.assert(
      fc.property(pools, fc.nat(1e6), ({ claims, part }, cap) => {
        const pool = Math.floor(sum(claims) * part);
        const awards = share(claims, pool, { cap, order: "share_cap_redistribute" });
        const open = claims.flatMap((claim, row) => (claim > 0 && awards[row]! < Math.min(cap, claim) ? [row] : []));
        const level = Math.max(0, ...open.map((row) => (awards[row]! - 1) / claims[row]!));
        const reached = (award: number, row: number): boolean =>
          award + 1 + 1e-9 * award >= Math.min(level * claims[row]!, cap, claims[row]!);
        expect(awards.every(reached)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Multiples of 24 make every level of up to four claims a whole number, so that the theorems hold without rounding. */
const roundProblems = fc
  .array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 4 })
  .chain((units) => fc.record({ units: fc.constant(units), estate: fc.integer({ min: 0, max: sum(units) }) }))
  .map(({ units, estate }) => ({ claims: units.map((unit) => 24 * unit), estate: 24 * estate }));

describe("theorems", () => {
  const lost = (claims: number[], awards: number[]): number[] => claims.map((claim, row) => claim - awards[row]!);

  test("equal losses is the dual of equal awards: it shares the shortage as equal awards share the pool", () => {
    fc.assert(
      fc.property(roundProblems, ({ claims, estate }) => {
        const shortage = by("equal_awards", claims, sum(claims) - estate);
        expect(by("equal_losses", claims, estate)).toEqual(lost(claims, shortage));
      }),
    );
  });

  test("the Talmud rule is its own dual", () => {
    fc.assert(
      fc.property(roundProblems, ({ claims, estate }) => {
        expect(by("talmud", claims, estate)).toEqual(lost(claims, by("talmud", claims, sum(claims) - estate)));
      }),
    );
  });

  test("the Talmud rule treats any two claims as the contested garment (Aumann and Maschler, theorem A)", () => {
    const garment = (a: number, b: number, estate: number): number => {
      const [concededToA, concededToB] = [Math.max(0, estate - b), Math.max(0, estate - a)];
      return concededToA + (estate - concededToA - concededToB) / 2;
    };
    fc.assert(
      fc.property(roundProblems, ({ claims, estate }) => {
        const awards = by("talmud", claims, estate);
        claims.forEach((a, i) => {
          claims.forEach((b, j) => {
            if (i !== j) expect(awards[i]).toBe(garment(a, b, awards[i]! + awards[j]!));
          });
        });
      }),
    );
  });
});

describe("against every possible way to share a small pool", () => {
  function* ways(claims: readonly number[], pool: number): Generator<number[]> {
    const [first, ...rest] = claims;
    if (first === undefined) {
      if (pool === 0) yield [];
      return;
    }
    for (let award = 0; award <= Math.min(first, pool); award++) {
      for (const others of ways(rest, pool - award)) yield [award, ...others];
    }
  }
  const ascending = (amounts: number[]): string =>
    [...amounts]
      .sort((a, b) => a - b)
      .map((n) => String(n).padStart(3, "0"))
      .join();
  const small = fc.record({
    claims: fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }),
    pool: fc.nat(20),
  });

  test("equal awards make the smallest award as large as can be, then the next", () => {
    fc.assert(
      fc.property(small, ({ claims, pool }) => {
        const paid = Math.min(pool, sum(claims));
        const best = [...ways(claims, paid)].map(ascending).sort().at(-1);
        expect(ascending(by("equal_awards", claims, pool))).toBe(best);
      }),
      { numRuns: 300 },
    );
  });

  test("equal losses make the largest loss as small as can be, then the next", () => {
    fc.assert(
      fc.property(small, ({ claims, pool }) => {
        const paid = Math.min(pool, sum(claims));
        const losses = (awards: number[]): string =>
          claims
            .map((claim, row) => claim - awards[row]!)
            .sort((a, b) => b - a)
            .map((n) => String(n).padStart(3, "0"))
            .join();
        const best = [...ways(claims, paid)].map(losses).sort()[0];
        expect(losses(by("equal_losses", claims, pool))).toBe(best);
      }),
      { numRuns: 300 },
    );
  });

  test("proportional awards are as near to the exact parts as whole fen can be", () => {
    const far = (claims: number[], awards: number[], paid: number): number =>
      sum(claims.map((claim, row) => (awards[row]! * sum(claims) - claim * paid) ** 2));
    fc.assert(
      fc.property(small, ({ claims, pool }) => {
        const paid = Math.min(pool, sum(claims));
        const nearest = Math.min(...[...ways(claims, paid)].map((awards) => far(claims, awards, paid)));
        expect(far(claims, by("proportional", claims, pool), paid)).toBe(nearest);
      }),
      { numRuns: 300 },
    );
  });
});

test("parts of amounts up to the largest are exact: each is the exact part rounded down, or a fen more", () => {
  const amount = fc.integer({ min: 0, max: 4_999_999_999_999_99 });
  fc.assert(
    fc.property(amount, amount, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, part) => {
      const pool = Math.floor(part * (a + b));
      share([a, b], pool).forEach((award, k) => {
        const exact = a + b === 0 ? 0n : (BigInt([a, b][k]!) * BigInt(pool)) / BigInt(a + b);
        expect([exact, exact + 1n]).toContain(BigInt(award));
      });
    }),
  );
});

test("rules that are used again and again give what each gives alone, each time", () => {
  const rules = [
    { method: "rank", ranks: [3, 1, 2], cap: 60, winners: 2 },
    { method: "equal_losses" },
    { cap: 60, order: "share_then_cap" },
  ] as const;
  const pays = sharing(rules, 3);
  for (const claims of [
    [50, 70, 90],
    [10, 0, 20],
    [50, 70, 90],
  ])
    pays(claims, 100).forEach(({ rows, fen }, k) => {
      const awards = [0, 0, 0];
      rows.forEach((row, place) => (awards[row] = fen[place]!));
      expect(awards).toEqual(share(claims, 100, rules[k]));
    });
  expect(() => pays([1, 2], 100)).toThrow(inWords("there must be 3 rows"));
});

test("the common level uses up the amount exactly: Σ min(bound, level)", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(fc.oneof(fc.nat(9), fc.nat(1e6)), { minLength: 1, maxLength: 8 }),
        // Bounds that stand exactly at the level rounded up.
        fc.array(fc.nat(3), { minLength: 3, maxLength: 8 }),
      ),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (bounds, part) => {
        const amount = Math.floor(sum(bounds) * part);
        const { numerator, count } = commonLevel(bounds, amount);
        // In units of a count-th, so that all is whole.
        expect(sum(bounds.map((bound) => Math.min(bound * count, numerator)))).toBe(amount * count);
      },
    ),
    { numRuns: 1000 },
  );
});

describe("what cannot be shared", () => {
  test.each([
    ["a negative claim", () => share([1, -1], 1), "claim in row 2: it cannot be negative"],
    ["no number", () => share([NaN], 1), "claim in row 1: it must be a number"],
    ["part of a fen", () => share([0.5], 1), "claim in row 1: it must be whole fen"],
    ["text", () => share(["1" as unknown as number], 1), "claim in row 1: it must be a number"],
    ["too much", () => share([1e15], 1), "claim in row 1: it exceeds"],
    ["too much together", () => share([6e14, 6e14], 1), "claim: it exceeds"],
    ["an infinite pool", () => share([1], Infinity), "pool: it exceeds"],
    ["a negative cap", () => share([1], 1, { cap: -1 }), "cap: it cannot be negative"],
    ["caps of another length", () => share([1], 1, { cap: [1, 2] }), "cap: there must be 1 rows"],
    ["no ranks", () => share([1], 1, { method: "rank" }), "rank: sharing by rank needs one per claim"],
    ["ranks of another length", () => share([1], 1, { ranks: [] }), "rank: there must be 1 rows"],
    ["a rank that is no number", () => share([1], 1, { ranks: [NaN] }), "rank in row 1: it must be a number"],
    ["half a winner", () => share([1], 1, { winners: 0.5 }), "number of winners: it must be a whole number"],
  ])("%s", (_, shared, message) => expect(shared).toThrow(inWords(message)));

  test("is said in Chinese too", () => {
    expect(() => share([1, -1], 1)).toThrow(
      expect.objectContaining({ code: "value", text: expect.objectContaining({ zh: "第 2 行申请额：不能为负数" }) }),
    );
  });
  test("an empty list is shared as nothing", () => {
    RANKLESS.forEach((method) => expect(by(method, [], 100)).toEqual([]));
  });
});
