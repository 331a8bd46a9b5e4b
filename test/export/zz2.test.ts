import { isPlanned, readTable } from "../../src/tables";
import { formulasOf } from "../../src/export";
import { inRow } from "../../src/writers/formula/expression";
import { isFormula } from "../../src/writers/formula/sheet";
test("x", () => {
  const rows = readTable(["bj-21-tiexi"], ["principal", "lpr", "interest_paid"], [[30000000, 0.03, 780000]], [2026], {
    year: 2026,
  }).filter(isPlanned);
  const b = formulasOf(rows.map((planned, i) => ({ planned, source: i + 1 })));
  for (const s of b.sheets)
    console.log(
      s.sheet.columns
        .map((c) => {
          const k = c.content(0);
          return `${c.letters} ${c.form.header} = ${String(c.value(0))} ${isFormula(k) ? "=" + inRow(k.text, 6) : ""}`;
        })
        .join("\n"),
    );
  for (const p of b.parameters) p.list.forEach((l, i) => console.log(p.first + i, l.label, p.cell(i).value(0)));
});
