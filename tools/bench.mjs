// npm run bench: builds each file of test/bench/ by the rules that build the add-in, and runs one after the other.
// `npm run bench -- columns` runs test/bench/columns.ts alone; words that name no benchmark are given to it
// (`npm run bench -- door SUANLI`). Files shared by several lie in folders below.
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { installDependencies, ROOT, run } from "./install.mjs";

await installDependencies();
const { bundle } = await import("./bundle.mjs");

const words = process.argv.slice(2);
const all = readdirSync(path.join(ROOT, "test/bench"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => path.basename(file, ".ts"));
const wanted = all.filter((name) => words.includes(name));
const names = words.length === 0 ? all : wanted;
if (names.length === 0) {
  console.error(`No such benchmark: ${words.join(", ")}. They are the files of test/bench/.`);
  process.exit(1);
}

/** When the file was written, in milliseconds; 0 where it is missing. */
const written = (file) => statSync(path.join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = readdirSync(path.join(ROOT, "src"), { recursive: true }).map((file) => path.join("src", file));

if (names.includes("door") && sources.some((file) => written(file) > written("dist/functions.js"))) {
  console.log("Building the functions …");
  const webpack = ["node_modules/webpack/bin/webpack.js", "--mode", "production", "--stats", "errors-only"];
  const code = await run(process.execPath, [...webpack, "--config-name", "excel"]);
  if (code !== 0) process.exit(code);
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
const rest = words.filter((word) => !wanted.includes(word));
for (const name of names) {
  const code = await run(process.execPath, [path.join(ROOT, `node_modules/.cache/bench/${name}.js`), ...rest]);
  if (code !== 0) process.exitCode = code;
}
