// npm run upkeep [-- <day>]: lists windows that end within 90 days, notices, and quotations not checked for a year. Default: today.
import { installDependencies } from "./install.mjs";

await installDependencies();
const { load } = await import("./bundle.mjs");

const { DUE, dueOn } = await load("src/writers/upkeep.ts");
const day = process.argv[2] ?? new Date().toISOString().slice(0, 10);
if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) {
  console.error(`“${day}”要写到日，如 2026-06-10 · ${day} must be a day`);
  process.exit(1);
}
const due = dueOn(day);
console.log(`截至 ${day} 有 ${due.length} 件 · ${due.length} as of ${day}`);
for (const { id, kind, words } of due) console.log([id, DUE[kind], words].join("  "));
