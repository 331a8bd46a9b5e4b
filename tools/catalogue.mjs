// npm run catalogue: writes docs/catalogue.md from the policy files.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { installDependencies, ROOT } from "./install.mjs";

await installDependencies();
const { default: webpack } = await import("webpack");
const { default: config } = await import("../webpack.config.js");

const built = path.join(ROOT, "node_modules/.cache/catalogue");
const compiler = webpack({
  mode: "development",
  devtool: false,
  target: "node20",
  entry: path.join(ROOT, "src/writers/page.ts"),
  output: { path: built, filename: "page.cjs", library: { type: "commonjs2" }, clean: true },
  resolve: { extensions: [".ts", ".js"] },
  module: { rules: config.RULES },
});
const stats = await new Promise((resolve, reject) =>
  compiler.run((error, result) => (error ? reject(error) : resolve(result))),
);
await new Promise((resolve) => compiler.close(resolve));
if (stats.hasErrors()) {
  console.error(stats.toString("errors-only"));
  process.exit(1);
}
try {
  const { cataloguePage } = createRequire(import.meta.url)(path.join(built, "page.cjs"));
  writeFileSync(path.join(ROOT, "docs/catalogue.md"), cataloguePage());
  console.log("docs/catalogue.md is up to date.");
} catch (error) {
  // A mistake in a policy file: its words say where, the stack would not.
  console.error(error.message);
  process.exit(1);
}
