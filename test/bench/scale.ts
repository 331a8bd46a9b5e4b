/**
 * Rows per second and memory of one rule with a limit that firms share, from 10^5 rows on: the columns, DuckDB on one and two
 * threads, ClickHouse on one and two servers, and beside them a naive query in DECIMAL and numpy. Every contender is a process
 * of its own, so that its memory is its own, and all must come to the same total. Writes the table and the chart of docs/scale.md.
 * `npm run bench -- scale`, `npm run bench -- scale 1000000` up to another size (20 million by default)
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { CONTENDERS, run, type Measure } from "./scale/contenders";
import { chart, document } from "./scale/page";

/** Rows: powers of ten, and twice the last one. */
const SMALLEST = 100_000;
const LARGEST = 20_000_000;
/** The fastest of so many runs stands; the large ones run once. */
const RUNS = 3;
const LARGE = 5_000_000;
const PAGE = "docs/scale.md";

async function main(): Promise<void> {
  const [command, name = "", rows = "0", folder = ""] = process.argv.slice(2);
  if (command === "child") {
    console.log(JSON.stringify(await run(name, Number(rows), folder)));
    return;
  }
  const largest = Number(command) || LARGEST;
  const sizes = [SMALLEST, 1_000_000, 2_000_000, 5_000_000, 10_000_000, LARGEST, 100_000_000].filter(
    (n) => n <= largest,
  );
  const measures: Measure[] = [];
  for (const size of sizes) {
    const home = mkdtempSync(path.join(tmpdir(), "butie-scale-"));
    try {
      child("prepare", size, home);
      for (const contender of CONTENDERS) {
        const tries: Measure[] = [];
        for (let k = 0; k < (size < LARGE ? RUNS : 1); k++) {
          const measure = child(contender, size, home);
          if (measure) tries.push({ ...measure, load: loadavg()[0]! });
        }
        const best = tries.sort((a, b) => a.cpu - b.cpu)[0];
        if (!best) {
          console.log(`${contender}: skipped, it is not installed here`);
          continue;
        }
        measures.push(best);
        console.log(
          `${contender.padEnd(24)} ${String(size).padStart(11)} rows  ${best.wall.toFixed(2)} s, processor ${best.cpu.toFixed(2)} s, ${Math.round(best.peak / 2 ** 20)} MiB`,
        );
      }
      const totals = new Set(measures.filter(({ rows: n }) => n === size).map(({ total }) => total));
      if (totals.size !== 1) throw new Error(`${size} rows: the totals differ: ${[...totals].join(", ")}`);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  }
  writeFileSync("docs/scale.svg", chart(measures));
  writeFileSync(PAGE, document(readFileSync(PAGE, "utf8"), measures));
  spawnSync(process.execPath, ["node_modules/prettier/bin/prettier.cjs", "--write", PAGE]);
}

function child(name: string, size: number, folder: string): Measure | undefined {
  const args = ["--max-old-space-size=16000", process.argv[1]!, "child", name, String(size), folder];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
  return (JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as Measure | null) ?? undefined;
}

void main();
