// npm run template [-- <file.xlsx> [-i ids] [-y year] [--rows n]]: writes the starter workbook, a model of plain formulas to fill in.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { installDependencies } from "./install.mjs";

await installDependencies();
const { load } = await import("./bundle.mjs");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    instruments: { type: "string", short: "i" },
    year: { type: "string", short: "y" },
    rows: { type: "string" },
  },
});
const file = positionals[0] ?? "测算模型.xlsx";
const { templateBook } = await load("src/export/template/index.ts");
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
