// Holds the files of the law to their form (src/rules/law/check.ts). Part of every build: a typing error must not become a
// wrong award. Prints the mistakes in words.
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/**
 * @returns the form of the user's own policies, as JSON Schema
 * @throws Error that says in words where a file departs from its form
 */
export async function checkLaw() {
  const { bundle } = await import("./bundle.mjs");
  const built = path.join(ROOT, "node_modules/.cache/law");
  await bundle({
    mode: "development",
    devtool: false,
    entry: path.join(ROOT, "src/rules/law/check.ts"),
    output: { path: built, filename: `check-${process.pid}.cjs`, library: { type: "commonjs2" } },
  });
  const law = createRequire(import.meta.url)(path.join(built, `check-${process.pid}.cjs`));
  law.checkLaw();
  return law.ownSchema();
}
