// Builds files of the project for Node, by the rules that build the add-in.
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const { default: webpack } = await import("webpack");
const { default: config } = await import("../webpack.config.js");

/** Builds what webpack's `options` say; a mistake is printed and ends the program. */
export async function bundle(options) {
  const compiler = webpack({
    target: "node20",
    resolve: { extensions: [".ts", ".tsx", ".js"] },
    module: { rules: config.RULES },
    ...options,
  });
  const stats = await new Promise((resolve, reject) =>
    compiler.run((error, result) => (error ? reject(error) : resolve(result))),
  );
  await new Promise((resolve) => compiler.close(resolve));
  if (!stats.hasErrors()) return;
  console.error(stats.toString("errors-only"));
  process.exit(1);
}

/** What a file of the project exports, built for Node. @param entry from the root of the project */
export async function load(entry) {
  const folder = path.join(ROOT, "node_modules/.cache/load");
  // A name of its own: several programs may build the same file at once.
  const filename = `${path.basename(entry, ".ts")}-${process.pid}.cjs`;
  await bundle({
    mode: "development",
    devtool: false,
    entry: path.join(ROOT, entry),
    output: { path: folder, filename, library: { type: "commonjs2" } },
  });
  const built = path.join(folder, filename);
  try {
    return createRequire(import.meta.url)(built);
  } finally {
    rmSync(built);
  }
}
