// npm run template [-- <file.xlsx> [-i ids] [-y year] [--rows n]]: writes the starter workbook, a model of plain formulas to fill in.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parseArgs } from "node:util";
import { installDependencies, ROOT } from "./install.mjs";

await installDependencies();
const { bundle } = await import("./bundle.mjs");

const built = path.join(ROOT, "node_modules/.cache/template");
await bundle({
  mode: "development",
  devtool: false,
  entry: path.join(ROOT, "src/export/template/index.ts"),
  output: { path: built, filename: "template.cjs", library: { type: "commonjs2" }, clean: true },
});
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    instruments: { type: "string", short: "i" },
    year: { type: "string", short: "y" },
    rows: { type: "string" },
  },
});
const file = positionals[0] ?? "测算模型.xlsx";
const { templateBook } = createRequire(import.meta.url)(path.join(built, "template.cjs"));
try {
  const bytes = templateBook({
    year: Number(values.year ?? new Date().getFullYear()),
    ...(values.instruments && { instruments: values.instruments.split(",") }),
    ...(values.rows && { rows: Number(values.rows) }),
  });
  writeFileSync(path.resolve(process.env.INIT_CWD ?? ".", file), bytes);
  console.log(`${file} is written.`);
} catch (error) {
  // What cannot stand in one model is said in words.
  console.error(error.message);
  process.exit(1);
}
