// npm run quotations: finds every quotation of the policy files in its source, which the folder beside this repository holds,
// and records their fingerprints in test/rules/law/quotations.json. One that its source does not have: nothing is recorded.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { installDependencies, ROOT } from "./install.mjs";

await installDependencies();
const { load } = await import("./bundle.mjs");

try {
  const { fingerprints, notIn, POLICIES } = await load("test/tools/quotations.ts");
  const strange = POLICIES.flatMap((policy) => {
    const source = path.join(ROOT, "../shared/sources", policy.document.source);
    return notIn(readFileSync(source, "utf8"), policy).map((quote) => `${policy.document.id}: ${quote}`);
  });
  if (strange.length) throw new Error(`not in the source, nothing is recorded:\n${strange.join("\n")}`);
  writeFileSync(path.join(ROOT, "test/rules/law/quotations.json"), `${JSON.stringify(fingerprints(), null, 2)}\n`);
  console.log("test/rules/law/quotations.json is up to date.");
} catch (error) {
  // Its words say which quotation, policy file or source; the stack would not.
  console.error(error.message);
  process.exit(1);
}
