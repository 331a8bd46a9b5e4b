import fc from "fast-check";
import { across, cellError, down, functions, isErrorCell, isMoney, messages, NA, one, shown, VALUE } from "./called";

const { noRepeatAwards, upgradeAward, splitAmount } = functions;

describe("BUTIE.NOREPEAT", () => {
  const noRepeat = (...args: unknown[][][]) => shown(noRepeatAwards(...(args as Parameters<typeof noRepeatAwards>)));

  test("the highest award of an object stays, the others become 0", () => {
    expect(noRepeat(down("合同一", "合同一", "合同二", ""), down(3000000, 6000000, 500000, 100))).toEqual(
      down(0, 6000000, 500000, 100),
    );
  });

  test("less what was paid for the object, over all of its rows", () => {
    expect(noRepeat(down("a", "a", "b"), down(300, 500, 200), down(100, 50.5, 250))).toEqual(down(0, 349.5, 0));
    expect(noRepeat(down("a", "a"), down(300, 500), one(""))).toEqual(down(0, 500));
  });

  test("numbers name objects too; blank and 0 name none; amounts may be text", () => {
    expect(noRepeat(down(1, "1", 0, null), down("1,000", 900, 5, 6))).toEqual(down(1000, 0, 5, 6));
  });

  test("a row or a block of awards has answers in its shape", () => {
    expect(noRepeat(across("a", "a", "b"), across(300, 500, 200))).toEqual([[0, 500, 200]]);
    const block = [
      [1, 2],
      [3, 4],
    ];
    expect(
      noRepeat(
        [
          ["a", "a"],
          ["b", "c"],
        ],
        block,
      ),
    ).toEqual([
      [0, 2],
      [3, 4],
    ]);
    expect(noRepeat(across("a", "b"), across(1, 2, 3))).toEqual([[VALUE, VALUE, VALUE]]);
  });

  test("a bad row has its own error; its object cannot be compared; other objects can", () => {
    const broken = cellError("#REF!");
    const result = noRepeatAwards(
      down("a", "a", "b", "c", "c", "d"),
      down("x", 500, 200, broken, 7, -1),
      down(0, 0, 0, 0, 0, 0),
    );
    expect(shown(result)).toEqual(down(VALUE, VALUE, 200, "#REF!", VALUE, VALUE));
    expect(messages(result)).toEqual([
      expect.stringMatching(/^第1行：“x”/),
      "对象“a”另有一行有误，无法比较",
      "",
      "对象“c”另有一行有误，无法比较",
      expect.stringMatching(/^第6行：/),
    ]);
  });

  test("columns of different heights are refused in every row", () => {
    expect(noRepeat(down("a", "b"), down(1, 2, 3))).toEqual(down(VALUE, VALUE, VALUE));
    expect(noRepeat(down("a", "b"), down(1, 2), down(1, 2, 3))).toEqual(down(VALUE, VALUE));
    expect(noRepeat(down("a", "b"), down(1, 2), one(5))).toEqual(down(VALUE, VALUE));
  });
});

describe("BUTIE.UPGRADE", () => {
  const upgrade = (award: unknown[][], paid: unknown[][]) => shown(upgradeAward(award, paid));
  test("the new award less what was paid, never less than nothing, to the fen", () => {
    expect(upgrade(down(500000, 300000, 0.3, 8000000.01), down(300000, 500000, 0.1, 0))).toEqual(
      down(200000, 0, 0.2, 8000000.01),
    );
  });
  test("stretches, and refuses cell by cell", () => {
    expect(upgrade(one(500000), across(0, "", 1, "x", -1))).toEqual([[500000, 500000, 499999, VALUE, VALUE]]);
    expect(upgrade(down(1, 2), down(1, 2, 3))).toEqual(down(0, 0, NA));
  });
});

describe("BUTIE.SPLIT", () => {
  const split = (amount: unknown[][], share: unknown[][]) => shown(splitAmount(amount, share));
  test("the city's part half-up, the district's the rest", () => {
    expect(split(one(8000000.01), one(0.5))).toEqual([[4000000.01, 4000000]]);
    expect(split(down(100, 100, 0.01), down("30%", 1, 0.5))).toEqual([
      [30, 70],
      [100, 0],
      [0.01, 0],
    ]);
  });
  test("refuses row by row what is no amount and no share, and as a whole what is no column", () => {
    expect(split(down(100, "x", 100), down(50, 0.5, -0.5))).toEqual([
      [VALUE, VALUE],
      [VALUE, VALUE],
      [VALUE, VALUE],
    ]);
    expect(split(down(100, 100), down(0.5, 0.5, 0.5))[2]).toEqual([NA, NA]);
    expect(split(across(100, 200), one(0.5))).toEqual([[VALUE]]);
  });
});

test("whatever stands in the cells, every cell is an amount or an error", () => {
  const anything = fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.constantFrom<unknown>("", null, 0, 1e15, "50%"));
  const column = fc.array(anything, { minLength: 1, maxLength: 4 }).map((cells) => down(...cells));
  fc.assert(
    fc.property(column, column, fc.oneof(column, fc.constant(undefined)), (a, b, c) => {
      for (const answer of [noRepeatAwards(a, b, c), upgradeAward(a, b), splitAmount(a, b)]) {
        for (const cell of answer.flat()) {
          if (!isErrorCell(cell)) expect([cell, isMoney(cell)]).toEqual([cell, true]);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test("no function answers with a negative zero", () => {
  const amount = fc.constantFrom<unknown>(0, -0, "-0", "-0.00", "", 1, 0.01, 100);
  const column = fc.array(amount, { minLength: 2, maxLength: 5 }).map((cells) => down(...cells));
  fc.assert(
    fc.property(column, amount, fc.constantFrom<unknown>(0, -0, "-0", "0%", 0.5, 1), (claims, pool, share) => {
      const cells = [
        ...["proportional", "equal_awards", "equal_losses", "talmud", "first_come"].flatMap((method) =>
          functions.allocatePool(claims, one(pool), one(method)).flat(),
        ),
        ...functions.poolCapFit(claims, one(pool)).flat(),
        ...functions.capStepCostOf(claims, one(pool)).flat(),
        ...noRepeatAwards(
          claims.map(() => ["a"]),
          claims,
        ).flat(),
        ...upgradeAward(claims, one(pool)).flat(),
        ...splitAmount(claims, one(share)).flat(),
        ...functions.suanliQuan(claims, one(true)).flat(),
        ...functions
          .butie(
            one("zj-15-suanli"),
            across("amount", "domestic"),
            claims.map(([cell]) => [cell, true]),
          )
          .flat(),
      ];
      expect(cells.filter((cell) => Object.is(cell, -0))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
