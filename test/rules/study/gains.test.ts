/** @jest-environment node */
import fc from "fast-check";
import {
  bridgeOf,
  changesOf,
  concentrationOf,
  gainsByGroup,
  gainsOf,
  largestChanges,
  partyChanges,
} from "../../../src/rules";

const fen = fc.integer({ min: 0, max: 1e12 });
const table = fc.integer({ min: 0, max: 30 }).chain((rows) =>
  fc.record({
    before: fc.array(fen, { minLength: rows, maxLength: rows }),
    after: fc.array(fen, { minLength: rows, maxLength: rows }),
    parties: fc.array(fc.nat(8), { minLength: rows, maxLength: rows }),
    groups: fc.array(fc.nat(2), { minLength: rows, maxLength: rows }),
  }),
);

test("a firm counts once, by what all of its rows come to", () => {
  // 甲 loses one row and gains on the other; 乙 loses; 丙 stays; 丁 is new.
  const payments = { before: [100, 50, 80, 7], after: [40, 120, 60, 7, 30], parties: [0, 0, 1, 2, 3] };
  const changes = partyChanges(payments);
  expect(gainsOf(changes)).toEqual({
    parties: 4,
    gaining: 2,
    losing: 1,
    gained: 40,
    lost: 20,
    before: 237,
    after: 257,
  });
  expect(largestChanges(changes, 1)).toEqual({
    gains: [{ party: 3, before: 0, after: 30 }],
    losses: [{ party: 1, before: 80, after: 60 }],
  });
});

test("gains less losses are the difference, in all and in every group", () => {
  fc.assert(
    fc.property(table, ({ groups, ...payments }) => {
      const all = gainsOf(partyChanges(payments));
      expect(all.before + all.gained - all.lost).toBe(all.after);
      const parts = gainsByGroup(payments, groups, 3);
      const sum = (of: "before" | "after") => parts.reduce((total, part) => total + part[of], 0);
      expect([sum("before"), sum("after")]).toEqual([all.before, all.after]);
      for (const part of parts) expect(part.before + part.gained - part.lost).toBe(part.after);
    }),
  );
});

test("the largest changes are those of all parties in order", () => {
  fc.assert(
    fc.property(table, fc.nat(12), (payments, most) => {
      const changes = partyChanges(payments);
      const moves = changes.map(({ before, after }) => after - before);
      const { gains, losses } = largestChanges(changes, most);
      const up = moves.filter((move) => move > 0).sort((a, b) => b - a);
      const down = moves.filter((move) => move < 0).sort((a, b) => a - b);
      expect(gains.map(({ before, after }) => after - before)).toEqual(up.slice(0, most));
      expect(losses.map(({ before, after }) => after - before)).toEqual(down.slice(0, most));
    }),
  );
});

describe("concentration", () => {
  test.each([
    ["nobody", [], 0, 0],
    ["nothing is paid", [0, 0, 0], 0, 0],
    ["all the same", [5, 5, 5, 5], 1, 0],
    ["one of four takes all", [0, 0, 0, 8], 1, 0.75],
    ["six the same", [1, 1, 1, 1, 1, 1], 5 / 6, 0],
  ])("%s", (_, amounts, topFive, gini) => {
    expect(concentrationOf(amounts).topFive).toBeCloseTo(topFive, 12);
    expect(concentrationOf(amounts).gini).toBeCloseTo(gini, 12);
  });

  test("Gini is half the mean difference over the mean", () => {
    fc.assert(
      fc.property(fc.array(fen, { minLength: 1, maxLength: 25 }), (amounts) => {
        const total = amounts.reduce((a, b) => a + b, 0);
        if (!total) return;
        const differences = amounts.flatMap((a) => amounts.map((b) => Math.abs(a - b))).reduce((a, b) => a + b, 0);
        expect(concentrationOf(amounts).gini).toBeCloseTo(differences / (2 * amounts.length * total), 9);
      }),
    );
  });
});

describe("bridge", () => {
  test("each field and each reading is a change of its own; sharing goes with its pool", () => {
    const scenario = {
      name: "x",
      rate: "0.2",
      readings: { a: "1", b: "2" },
      pool: 5,
      sharing: "proportional" as const,
    };
    expect(changesOf(scenario).map(({ changes }) => changes)).toEqual([
      { rate: "0.2" },
      { readings: { a: "1" } },
      { readings: { b: "2" } },
      { pool: 5, sharing: "proportional" },
    ]);
    expect(changesOf({ name: "x", sharing: "proportional" })).toHaveLength(1);
    expect(changesOf({ name: "x" })).toEqual([]);
  });

  test("it adds up", () => {
    fc.assert(
      fc.property(fen, fc.array(fen, { maxLength: 6 }), fen, (before, alone, after) => {
        const bridge = bridgeOf(before, alone, after);
        expect(bridge.alone.reduce((a, b) => a + b, bridge.before) + bridge.together).toBe(after);
      }),
    );
  });
});
