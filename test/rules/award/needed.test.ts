/** Which columns a table cannot do without. */
import { CATALOGUE, findEntry, idOf, neededInputs, planOf } from "../../../src/rules";

const needed = (id: string, columns: readonly string[]): readonly string[] =>
  neededInputs(planOf(findEntry(id)!, { year: 2026 }), columns);

test("fees by their kind need neither a total nor its kind", () => {
  expect(needed("bj-6-suanli", [])).toEqual(["amount", "domestic"]);
  expect(needed("bj-6-suanli", ["amount"])).toEqual(["amount", "domestic"]);
  expect(needed("bj-6-suanli", ["domestic_fee", "nondomestic_fee"])).toEqual([]);
  expect(needed("bj-6-suanli", ["nondomestic_fee"])).toEqual([]);
});

test("a total beside its parts has to say whether they are the same fees", () => {
  expect(needed("bj-6-suanli", ["amount", "domestic", "domestic_fee"])).toEqual(["domestic", "fees_apart"]);
});

test("one of two roads is enough, and asks for what belongs to it", () => {
  expect(needed("zj-7-talent-recognition", [])).toEqual(["salary", "years"]);
  expect(needed("zj-7-talent-recognition", ["horizontal_funding"])).toEqual(["self_accepted"]);
});

test("what is always required stands among what is needed, for every instrument", () => {
  for (const entry of CATALOGUE) {
    const plan = planOf(entry, { year: 2026 });
    const always = plan.required.filter(({ tests }) => !tests.length).map(({ input }) => input);
    expect([idOf(entry), neededInputs(plan, [])]).toEqual([idOf(entry), expect.arrayContaining(always)]);
  }
});
