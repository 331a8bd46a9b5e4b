// npm run bench: builds each file of test/bench/ by the rules that build the add-in, and runs one after the other.
// `npm run bench -- columns` runs test/bench/columns.ts alone. Files shared by several lie in folders below.
import { readdirSync } from "node:fs";
import path from "node:path";
import { installDependencies, ROOT, run } from "./install.mjs";

await installDependencies();
const { bundle } = await import("./bundle.mjs");

const wanted = process.argv.slice(2);
const names = readdirSync(path.join(ROOT, "test/bench"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => path.basename(file, ".ts"))
  .filter((name) => wanted.length === 0 || wanted.includes(name));
if (names.length === 0) {
  console.error(`No such benchmark: ${wanted.join(", ")}. They are the files of test/bench/.`);
  process.exit(1);
}

await bundle({
  mode: "production",
  entry: Object.fromEntries(names.map((name) => [name, path.join(ROOT, `test/bench/${name}.ts`)])),
  output: { path: path.join(ROOT, "node_modules/.cache/bench"), clean: true },
  // DuckDB finds its binary beside itself, so it stays where it is.
  externals: [({ request }, done) => (/^@duckdb\//.test(request) ? done(null, `commonjs ${request}`) : done())],
  // Readable names in profiles; speed does not depend on it.
  optimization: { minimize: false },
  performance: { hints: false },
});
for (const name of names) {
  const code = await run(process.execPath, [path.join(ROOT, `node_modules/.cache/bench/${name}.js`)]);
  if (code !== 0) process.exitCode = code;
}
