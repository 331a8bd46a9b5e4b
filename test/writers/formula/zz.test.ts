import fc from "fast-check";
import { awards, type PlannedRow } from "../../../src/rules";
import { excelFormulas } from "../../../src/writers/excel-formula";
import type { Award } from "../../../src/rules";
import { limitName } from "../../../src/writers/words";
const nameOf = ({ binding, limits, parts }: Award): string => {
  if (!binding) return "";
  const name = limitName(binding.limit, "zh");
  if (limits.some(({ limit }) => limit === binding.limit)) return "合计：" + name;
  const part = parts.find((p) => p.limits.some(({ limit }) => limit === binding.limit))!.part.name;
  return part ? part.zh + "：" + name : name;
};
import { inRow } from "../../../src/writers/formula/expression";
import { isFormula } from "../../../src/writers/formula/sheet";
import { planOfAny, QUANTIFIED, rowsOf } from "../../tools/random-rows";

const PLACES = { parameters: "参数", firstParameter: 5, gap: 2, firstRow: 6, nameOf: (_: PlannedRow, g: number) => `测算${g + 1}` };
const overYears = (id: string): fc.Arbitrary<PlannedRow[]> =>
  fc.array(planOfAny(id, [2025, 2026, 2027, 2028]).chain(rowsOf), { minLength: 1, maxLength: 3 })
    .chain((lists) => fc.shuffledSubarray(lists.flat(), { minLength: 1 }));
let [all, out, refused] = [0, 0, 0];
test.each(QUANTIFIED)("%s", (id) => {
  fc.assert(fc.property(overYears(id), (rows) => {
    const book = excelFormulas(rows.map((planned, i) => ({ planned, source: i + 1 })), PLACES);
    const results = awards(rows);
    const refusedRows = new Set(book.unwritten.map(({ source }) => source));
    for (const s of book.sheets) {
      s.rows.forEach((_, r) => {
        const source = s.sheet.columns[0]!.value(r) as number;
        const { outcome, fen } = results[source - 1]!;
        all++;
        if (s.range.value(r) === 1) { out++; return; }
        if (refusedRows.has(source)) { refused++; return; }
        const own = s.award.value(r);
        const show = () => s.sheet.columns.map((c) => { const k = c.content(r); return `${c.letters} ${c.form.header} = ${String(c.value(r))} ${isFormula(k) ? "=" + inRow(k.text, 6 + r) : ""}`; }).join("\n");
        if (outcome.kind === "award") { if (own !== fen / 100 || s.binding.value(r) !== nameOf(results[source-1]!)) throw new Error(`${own} instead of ${fen / 100}\n${show()}`);  }
        else if (outcome.kind === "not-eligible") { if (own !== 0) throw new Error(`${own} not 0\n${show()}`); }
        else if (s.difference.value(r) !== 0 || typeof own !== "string") throw new Error(`${own} for ${outcome.kind}\n${show()}`);
        if (s.sorted && s.sorted.value(r) !== 0) throw new Error(`not sorted\n${show()}`);
      });
    }
  }), { numRuns: 40 });
});
afterAll(() => console.log({ all, out, refused }));
