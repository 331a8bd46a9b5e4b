// npm run bench: builds each file of test/bench/ by the rules that build the add-in, and runs one after the other.
// `npm run bench -- columns` runs test/bench/columns.ts alone; words that name no benchmark are given to it
// (`npm run bench -- door SUANLI`). Files shared by several lie in folders below. What is measured in a browser is .mjs
// and runs as it is, over dist/.
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { installDependencies, ROOT, run } from "./install.mjs";

await installDependencies();
const { bundle } = await import("./bundle.mjs");

const words = process.argv.slice(2);
const all = readdirSync(path.join(ROOT, "test/bench"))
  .filter((file) => /\.m?[tj]s$/.test(file))
  .map((file) => file.replace(/\.\w+$/, ""));
const isReady = (name) => existsSync(path.join(ROOT, `test/bench/${name}.mjs`));
const wanted = all.filter((name) => words.includes(name));
const names = words.length === 0 ? all : wanted;
if (names.length === 0) {
  console.error(`No such benchmark: ${words.join(", ")}. They are the files of test/bench/.`);
  process.exit(1);
}

/** When the file was written, in milliseconds; 0 where it is missing. */
const written = (file) => statSync(path.join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = readdirSync(path.join(ROOT, "src"), { recursive: true }).map((file) => path.join("src", file));

/** What a benchmark measures as it was built, and which part of the build makes it. */
const BUILT = {
  door: { file: "dist/functions.js", part: ["--config-name", "excel"] },
  scale: { file: "dist/cli/butie.cjs", part: ["--config-name", "cli"] },
  pane: { file: "dist/workbench/workbench.js", part: [] },
  workbook: { file: "dist/workbench/workbench.js", part: ["--config-name", "workbench"] },
  "planner-screen": { file: "dist/workbench/workbench.js", part: ["--config-name", "workbench"] },
};
for (const { file, part } of names.flatMap((name) => BUILT[name] ?? [])) {
  if (sources.every((source) => written(source) <= written(file))) continue;
  console.log(`Building ${file} …`);
  const webpack = ["node_modules/webpack/bin/webpack.js", "--mode", "production", "--stats", "errors-only"];
  const code = await run(process.execPath, [...webpack, ...part]);
  if (code !== 0) process.exit(code);
}

const toBuild = names.filter((name) => !isReady(name));
if (toBuild.length > 0) {
  await bundle({
    mode: "production",
    entry: Object.fromEntries(toBuild.map((name) => [name, path.join(ROOT, `test/bench/${name}.ts`)])),
    output: { path: path.join(ROOT, "node_modules/.cache/bench"), clean: true },
    // DuckDB finds its binary beside itself, so it stays where it is.
    externals: [({ request }, done) => (/^@duckdb\//.test(request) ? done(null, `commonjs ${request}`) : done())],
    // Readable names in profiles; speed does not depend on it.
    optimization: { minimize: false },
    performance: { hints: false },
  });
}
const rest = words.filter((word) => !wanted.includes(word));
for (const name of names) {
  const program = isReady(name) ? `test/bench/${name}.mjs` : `node_modules/.cache/bench/${name}.js`;
  const code = await run(process.execPath, [path.join(ROOT, program), ...rest]);
  if (code !== 0) process.exitCode = code;
}
