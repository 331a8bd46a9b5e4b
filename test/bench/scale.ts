/**
 * Rows per second and memory of one rule with a limit that firms share: the columns, DuckDB on one and two threads, ClickHouse on one and
 * two servers, and beside them a naive query in DECIMAL, numpy and pandas. Every contender is a process of its own, so that its memory is
 * its own; it computes three times, and the middle stands. All must come to the same total. Then the built program over files: dirty
 * rows, and many scenarios. Writes the table and the chart of docs/scale.md.
 * `npm run bench -- scale`, about 9 minutes on an idle machine of two cores; `npm run bench -- scale 1000000` up to another size, to 100000000
 * where 60 GB of disk and 12 of memory are free, perhaps 40 minutes. Words name contenders: `npm run bench -- scale 100000000 DuckDB pandas`
 * prints what they take and leaves the page as it is.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { CONTENDERS, run, type Measure } from "./scale/contenders";
import { chart, document } from "./scale/page";
import { dirtyFile, manyScenarios, type ProgramMeasure } from "./scale/programs";

const SIZES = [100_000, 1_000_000, 3_000_000, 10_000_000, 30_000_000, 100_000_000];
const USUAL = 10_000_000;
const SCENARIOS = 200;
const PAGE = "docs/scale.md";

async function main(): Promise<void> {
  const [command, name = "", rows = "0", folder = ""] = process.argv.slice(2);
  if (command === "child") {
    console.log(JSON.stringify(await run(name, Number(rows), folder)));
    return;
  }
  const words = process.argv.slice(2);
  const largest = Number(words.find((word) => Number(word))) || USUAL;
  const named = words.filter((word) => !Number(word));
  const wanted = CONTENDERS.filter((contender) => !named.length || named.some((word) => contender.startsWith(word)));
  const measures: Measure[] = [];
  for (const size of SIZES.filter((n) => n <= largest)) {
    await inFolder((home) => {
      child("prepare", size, home);
      for (const contender of wanted) {
        const measure = child(contender, size, home);
        if (!measure) {
          console.log(`${contender}: left out, it is not installed here or has no cores of its own`);
          continue;
        }
        measures.push({ ...measure, load: loadavg()[0]! });
        said(`${contender.padEnd(36)} ${String(size).padStart(11)} rows`, measure);
      }
    });
    const totals = new Set(measures.filter(({ rows: n }) => n === size).map(({ total }) => total));
    if (totals.size > 1) throw new Error(`${size} rows: the totals differ: ${[...totals].join(", ")}`);
  }
  if (named.length) return;
  const programs: (ProgramMeasure & { load: number })[] = [];
  for (const job of [
    (home: string) => dirtyFile(2 * Math.min(largest, USUAL), home),
    (home: string) => manyScenarios(Math.min(largest, USUAL), SCENARIOS, home),
  ])
    await inFolder(async (home) => {
      const measure = await job(home);
      programs.push({ ...measure, load: loadavg()[0]! });
      said(measure.name, measure);
    });
  writeFileSync("docs/scale.svg", chart(measures));
  writeFileSync(PAGE, document(readFileSync(PAGE, "utf8"), measures, programs));
  spawnSync(process.execPath, ["node_modules/prettier/bin/prettier.cjs", "--write", PAGE]);
}

const said = (name: string, { wall, cpu, peak }: Pick<Measure, "wall" | "cpu" | "peak">): void =>
  console.log(`${name}  ${wall.toFixed(2)} s, processor ${cpu.toFixed(2)} s, ${Math.round(peak / 2 ** 20)} MiB`);

async function inFolder(work: (home: string) => Promise<void> | void): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), "butie-scale-"));
  try {
    await work(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function child(name: string, size: number, folder: string): Measure | undefined {
  const args = ["--max-old-space-size=16000", process.argv[1]!, "child", name, String(size), folder];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
  return (JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as Measure | null) ?? undefined;
}

void main();
