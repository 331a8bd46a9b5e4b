// npm run catalogue: writes docs/catalogue.md from the policy files.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { installDependencies, ROOT } from "./install.mjs";

await installDependencies();
const { bundle } = await import("./bundle.mjs");

const built = path.join(ROOT, "node_modules/.cache/catalogue");
await bundle({
  mode: "development",
  devtool: false,
  entry: path.join(ROOT, "src/writers/page.ts"),
  output: { path: built, filename: "page.cjs", library: { type: "commonjs2" }, clean: true },
});
try {
  const { cataloguePage } = createRequire(import.meta.url)(path.join(built, "page.cjs"));
  writeFileSync(path.join(ROOT, "docs/catalogue.md"), cataloguePage());
  console.log("docs/catalogue.md is up to date.");
} catch (error) {
  // A mistake in a policy file: its words say where, the stack would not.
  console.error(error.message);
  process.exit(1);
}
