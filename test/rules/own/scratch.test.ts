import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readOwnPolicies } from "../../../src/rules/own/read";
const DIR = join(__dirname, "../../../src/rules/law/policies");
test.each(["bj","hz","zj","zj23","digest"])("%s", (id) => {
  const text = readFileSync(join(DIR, id + ".yaml"), "utf8").replace(new RegExp(`\\b${id}-`, "g"), `q${id}-`).replace(`id: ${id}\n`, `id: q${id}\n`);
  const t = process.cpuUsage();
  const r = readOwnPolicies([{ name: id, text }]);
  console.log(id, process.cpuUsage(t).user/1e6, r.policies.length, r.found.slice(0, 12));
});
test("invented", () => {
  const r = readOwnPolicies([{ name: "x", text: readFileSync(join(__dirname, "../invented.yaml"), "utf8") }]);
  console.log(r.policies.length, r.found);
});
