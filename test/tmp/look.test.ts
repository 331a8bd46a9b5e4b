import { awards, entryOf } from "../../src/rules";
import { termsOf } from "../../src/writers/terms";
import { workingPaper } from "../../src/writers/explain";
import { planned } from "../rules/claimed";
jest.mock("../../src/rules/law/policies/digest.yaml", () => jest.requireActual("../rules/invented.yaml"));
test("look", () => {
  const out: unknown[] = [];
  for (const id of ["inv-beam", "inv-fog", "inv-signal"])
    for (const l of ["zh", "en"] as const) out.push(termsOf(entryOf(id), { year: 2026 }, l).filter(({ label }) => /合计|限额|条件|输入|total|limit|cond|input/.test(label)).map(({ label, value }) => `${label}: ${value}`));
  const rows = [planned("inv-beam", { amount: 400000, firm: "甲" }), planned("inv-beam", { amount: 300000, firm: "甲" }), planned("inv-fog", { amount: 300000, firm: "甲" }), planned("inv-fog", { amount: 250000, firm: "甲" }),
  planned("inv-signal", { amount: 500000, provider: "云一", quarter: 1, half_year: 1, firm: "甲" }), planned("inv-signal", { amount: 300000, provider: "云一", quarter: 1, half_year: 1, firm: "乙" })];
  const all = awards(rows);
  for (const i of [1, 3, 5]) { const p = workingPaper(all[i]!, rows[i]!.row, "zh"); out.push(p.lines.map((l) => `${l.label} | ${l.computation} | ${l.fen}`), p.remarks.slice(0, 6).map((r) => `${r.label}: ${r.value}`)); }
  console.log(JSON.stringify(out, null, 1));
});
