// npm run catalogue: writes docs/catalogue.md from the policy files.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { installDependencies, ROOT } from "./install.mjs";

await installDependencies();
const { load } = await import("./bundle.mjs");

try {
  const { cataloguePage } = await load("src/writers/page.ts");
  writeFileSync(path.join(ROOT, "docs/catalogue.md"), cataloguePage());
  console.log("docs/catalogue.md is up to date.");
} catch (error) {
  // A mistake in a policy file: its words say where, the stack would not.
  console.error(error.message);
  process.exit(1);
}
