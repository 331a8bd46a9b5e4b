/** The words above the columns: per instrument each means one thing. */
import { CATALOGUE, SYNONYMS } from "../../src/rules";
import { nameOf } from "../../src/tables";
import { baseAmount, inputsOf, meaningOf, wordsOf } from "../../src/tables/headers";

const LIST = [
  ...SYNONYMS.amount,
  ...Object.values(SYNONYMS.table).flat(),
  ...Object.values(SYNONYMS.inputs).flat(),
].map(nameOf);

test("every input that the list names is an input of some instrument", () => {
  const inputs = new Set(CATALOGUE.flatMap((entry) => Object.keys(inputsOf(entry))));
  expect(Object.keys(SYNONYMS.inputs).filter((name) => !inputs.has(name))).toEqual([]);
});

test("within one line of the list no word stands twice", () => {
  for (const words of [SYNONYMS.amount, ...Object.values(SYNONYMS.table), ...Object.values(SYNONYMS.inputs)]) {
    expect(new Set(words).size).toBe(words.length);
  }
});

describe.each(CATALOGUE.map((entry) => [entry.instrument.id, entry] as const))("%s", (_id, entry) => {
  const inputs = inputsOf(entry);

  test("a usual word means one thing: its label's input, else the one input whose line has it", () => {
    for (const word of LIST) {
      const meaning = wordsOf(entry).get(word);
      if (!meaning || meaning.kind !== "input" || meaning.standsIn) continue;
      const { zh, en, alias = [] } = inputs[meaning.name]!;
      if ([meaning.name, zh, en, ...alias].map(nameOf).includes(word)) continue;
      const lines = Object.keys(inputs).filter((name) => (SYNONYMS.inputs[name] ?? []).map(nameOf).includes(word));
      if (SYNONYMS.amount.map(nameOf).includes(word)) lines.push(baseAmount(entry.instrument)!);
      expect([word, ...new Set(lines)]).toEqual([word, meaning.name]);
    }
  });

  const base = baseAmount(entry.instrument);
  if (base)
    test("金额 means the one amount that the clause asks for, in yuan, 万元 and 亿元", () => {
      expect(meaningOf("金额", entry)).toMatchObject({ kind: "input", name: base });
      expect(meaningOf("金额(万元)", entry)).toMatchObject({ name: base, unit: 10_000 });
      expect(meaningOf("金额(单位:亿元)", entry)).toMatchObject({ name: base, unit: 100_000_000 });
    });
  else
    test("金额 means nothing where the clause asks for none or for several amounts", () =>
      expect(meaningOf("金额", entry)).toBeUndefined());

  test("是否 before the label of a flag asks for the flag; before that of an amount it means nothing", () => {
    for (const [name, { kind, zh }] of Object.entries(inputs)) {
      const asked = meaningOf(nameOf(`是否${zh}`), entry);
      if (kind === "flag") expect(asked).toMatchObject({ name });
      else expect(asked).toBeUndefined();
    }
  });
});
