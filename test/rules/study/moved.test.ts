import fc from "fast-check";
import { movedRows, type RowKey } from "../../../src/rules";

const row = (content: string, name?: string): RowKey => ({ content, ...(name !== undefined && { name }) });

test("a contract with another amount has changed, one that is there no more is gone, one that was not there is new", () => {
  const before = [row("A 100", "A"), row("B 200", "B"), row("C 300", "C")];
  const after = [row("C 300", "C"), row("A 150", "A"), row("D 400", "D")];
  expect(movedRows(before, after)).toEqual({ same: [[2, 0]], changed: [[0, 1]], gone: [1], added: [2] });
});

test("rows of one content are the same as often as they stand in both", () => {
  const same = movedRows([row("x"), row("x"), row("x")], [row("x"), row("x")]);
  expect(same).toEqual({
    same: [
      [0, 0],
      [1, 1],
    ],
    changed: [],
    gone: [2],
    added: [],
  });
});

test("nothing is guessed where a name stands twice, or nowhere", () => {
  expect(movedRows([row("A 1", "A"), row("A 2", "A")], [row("A 3", "A")])).toMatchObject({
    changed: [],
    gone: [0, 1],
    added: [0],
  });
  expect(movedRows([row("1")], [row("2")])).toMatchObject({ changed: [], gone: [0], added: [0] });
});

test("a name that is unique among the rows that are left is one row, though another of that name stayed the same", () => {
  const before = [row("A 1", "A"), row("A 2", "A")];
  expect(movedRows(before, [row("A 1", "A"), row("A 9", "A")])).toMatchObject({ same: [[0, 0]], changed: [[1, 1]] });
});

test("each row of both tables stands in exactly one list", () => {
  const rows = fc.array(
    fc.record({ content: fc.constantFrom("1", "2", "3", "4"), name: fc.constantFrom("A", "B", "C") }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      const { same, changed, gone, added } = movedRows(before, after);
      const rising = (list: readonly number[]) => [...list].sort((a, b) => a - b);
      const pairs = [...same, ...changed];
      expect(rising([...pairs.map(([i]) => i), ...gone])).toEqual(before.map((_, i) => i));
      expect(rising([...pairs.map(([, j]) => j), ...added])).toEqual(after.map((_, j) => j));
      for (const [i, j] of same) expect(after[j]!.content).toBe(before[i]!.content);
      for (const [i, j] of changed) expect(after[j]!.name).toBe(before[i]!.name);
    }),
  );
});
