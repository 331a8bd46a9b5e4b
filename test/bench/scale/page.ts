/** What was measured as a table, with the fit of time and memory, and as a chart. */
import { cpus, loadavg, totalmem } from "node:os";
import { MEMORY, ONE_SHARD, TWO_SHARDS, type Measure } from "./contenders";
import type { ProgramMeasure } from "./programs";

const BEGIN = "<!-- measured -->";
const END = "<!-- /measured -->";

const of = (measures: readonly Measure[], name: string): Measure[] => measures.filter((one) => one.name === name);
const names = (measures: readonly Measure[]): string[] => [...new Set(measures.map(({ name }) => name))];
const power = (n: number): string => n.toLocaleString("en-US");

interface Fit {
  readonly a: number;
  readonly b: number;
  /** How far the point furthest from the line is from it, as a share. */
  readonly off: number;
}

/** Least squares of y = a + b·x, each point weighed by 1/x², so that a small table counts as much as a large one. */
function fit(points: readonly (readonly [x: number, y: number])[]): Fit {
  let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
  for (const [x, y] of points) {
    const weight = 1 / x ** 2;
    w += weight;
    wx += weight * x;
    wy += weight * y;
    wxx += weight * x * x;
    wxy += weight * x * y;
  }
  const b = (w * wxy - wx * wy) / (w * wxx - wx * wx);
  const a = (wy - b * wx) / w;
  return { a, b, off: Math.max(...points.map(([x, y]) => Math.abs(y / (a + b * x) - 1))) };
}

type Program = ProgramMeasure & { readonly load: number };

/** The page with everything between its two marks written anew. */
export function document(page: string, measures: readonly Measure[], programs: readonly Program[]): string {
  const [before] = page.split(BEGIN);
  const after = page.slice(page.indexOf(END));
  const parts = [where(), table(measures), fits(measures), shards(measures), cluster(measures), files(programs)];
  return `${before}${BEGIN}\n\n${parts.filter(Boolean).join("\n\n")}\n\n${after}`;
}

const where = (): string =>
  `Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores (${cpus()[0]!.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB; the middle of three runs each, one run beyond ten million rows; load at the end ${loadavg()[0]!.toFixed(1)}.`;

const table = (measures: readonly Measure[]): string =>
  lines(
    [
      "contender",
      "rows",
      "seconds",
      "processor seconds",
      "million rows/s",
      "million rows per processor second",
      "MiB",
      "load",
    ],
    measures.map(({ name, rows, wall, cpu, peak, load = 0 }) => [
      name,
      power(rows),
      wall.toFixed(2),
      cpu.toFixed(2),
      (rows / wall / 1e6).toFixed(2),
      (rows / cpu / 1e6).toFixed(2),
      mebibytes(peak),
      load.toFixed(1),
    ]),
  );

const fits = (measures: readonly Measure[]): string =>
  lines(
    [
      "contender",
      "ns per row by the clock",
      "furthest from the line",
      "ns of processor per row",
      "furthest from the line",
      "MiB at 0 rows",
      "bytes per row more",
      "MiB at the most rows over those at a tenth",
    ],
    names(measures).flatMap((name) => {
      const own = of(measures, name);
      if (own.length < 3) return [];
      const [clock, processor, memory] = (["wall", "cpu", "peak"] as const).map((what) =>
        fit(own.map((one) => [one.rows, one[what]] as const)),
      ) as [Fit, Fit, Fit];
      const last = own.at(-1)!;
      const tenth = own.find(({ rows }) => rows * 10 === last.rows);
      const time = ({ b, off }: Fit): string[] => [(b * 1e9).toFixed(0), `${(off * 100).toFixed(0)} %`];
      return [
        [
          name,
          ...time(clock),
          ...time(processor),
          mebibytes(memory.a),
          memory.b.toFixed(0),
          tenth ? (last.peak / tenth.peak).toFixed(2) : "",
        ],
      ];
    }),
  );

/** Two servers over one, each with a core of its own. */
function shards(measures: readonly Measure[]): string {
  const one = of(measures, ONE_SHARD).at(-1);
  const two = of(measures, TWO_SHARDS).at(-1);
  if (!one || !two || one.rows !== two.rows) return "";
  return `Two servers over one, each with a core of its own, at ${power(one.rows)} rows: **${(one.wall / two.wall).toFixed(2)} times as fast** by the clock; the processor time of one over that of the busier of two is ${(one.cpu / two.busiest!).toFixed(2)}, and both together took ${(two.cpu / one.cpu).toFixed(2)} times that of one.`;
}

/** By arithmetic: 10^9 rows a machine, two cores each, as much at once as half of its memory holds. */
function cluster(measures: readonly Measure[]): string {
  const line = (name: string): { own: Measure; minutes: number } | undefined => {
    const own = of(measures, name).at(-1);
    return own && { own, minutes: ((own.cpu / own.rows) * 1e9) / 2 / 60 };
  };
  const [clickhouse, duckdb] = [line(TWO_SHARDS), line("DuckDB, 2 threads")];
  if (!clickhouse || !duckdb) return "";
  const { own } = clickhouse;
  const bytes = own.peak / own.rows;
  const pieces = Math.ceil((1e9 * bytes) / (totalmem() / 2));
  return `**10¹⁰ rows on ten machines**, by arithmetic from the largest of these runs and not by a run: 10⁹ rows a machine. ClickHouse takes ${((own.cpu / own.rows) * 1e6).toFixed(2)} µs of processor time a row, so ${clickhouse.minutes.toFixed(0)} minutes on two free cores; DuckDB ${((duckdb.own.cpu / duckdb.own.rows) * 1e6).toFixed(2)} µs, ${duckdb.minutes.toFixed(0)} minutes. Firms are whole on one machine, so that nothing is exchanged but the sums. At ${bytes.toFixed(0)} bytes a row a machine of ${Math.round(totalmem() / 2 ** 30)} GiB takes its firms in ${pieces} pieces one after the other, if half of its memory is theirs. Loading the rows is not counted.`;
}

const files = (programs: readonly Program[]): string =>
  programs.length
    ? `The built program over files, with \`--memory ${MEMORY}\`; totals are those of arithmetic by hand:\n\n${lines(
        ["job", "seconds", "processor seconds", "MiB", "load"],
        programs.map(({ name, wall, cpu, peak, load }) => [
          name.replace(/\d{4,}/g, (digits) => power(Number(digits))),
          wall.toFixed(1),
          cpu.toFixed(1),
          mebibytes(peak),
          load.toFixed(1),
        ]),
      )}`
    : "";

const mebibytes = (bytes: number): string => String(Math.round(bytes / 2 ** 20));
const lines = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const SIZE = { width: 780, height: 420, left: 64, right: 270, top: 20, bottom: 44 };
const COLOURS = ["#0b6a6a", "#1f5fbf", "#7a3fb5", "#b5533f", "#a3811f", "#5a7f2b", "#a0327a", "#777777"];

/** Processor seconds against rows, both in powers of ten. */
export function chart(measures: readonly Measure[]): string {
  const { width, height, left, right, top, bottom } = SIZE;
  const xs = measures.map(({ rows }) => Math.log10(rows));
  const ys = measures.map(({ cpu }) => Math.log10(cpu));
  const [x0, x1] = [Math.floor(Math.min(...xs)), Math.ceil(Math.max(...xs) - 1e-9)];
  const [y0, y1] = [Math.floor(Math.min(...ys)), Math.ceil(Math.max(...ys))];
  const x = (value: number): number => left + ((value - x0) / Math.max(1, x1 - x0)) * (width - left - right);
  const y = (value: number): number =>
    height - bottom - ((value - y0) / Math.max(1, y1 - y0)) * (height - top - bottom);
  const steps = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, k) => from + k);
  const grid = [
    ...steps(x0, x1).map(
      (at) =>
        `<path d="M${x(at)} ${top}V${height - bottom}" class="grid"/><text x="${x(at)}" y="${height - bottom + 18}" text-anchor="middle">10${sup(at)}</text>`,
    ),
    ...steps(y0, y1).map(
      (at) =>
        `<path d="M${left} ${y(at)}H${width - right}" class="grid"/><text x="${left - 8}" y="${y(at) + 4}" text-anchor="end">${10 ** at} s</text>`,
    ),
  ];
  const lines = names(measures).map((name, k) => {
    const points = of(measures, name).map(
      ({ rows, cpu }) => `${x(Math.log10(rows)).toFixed(1)},${y(Math.log10(cpu)).toFixed(1)}`,
    );
    const label = `<text x="${width - right + 12}" y="${top + 14 + k * 20}" fill="${COLOURS[k]}">${name}</text>`;
    const dots = points.map(
      (point) => `<circle cx="${point.split(",")[0]}" cy="${point.split(",")[1]}" r="3" fill="${COLOURS[k]}"/>`,
    );
    return `<polyline points="${points.join(" ")}" fill="none" stroke="${COLOURS[k]}" stroke-width="2"/>${dots.join("")}${label}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="processor seconds against rows">
<style>text{font:13px sans-serif}.grid{stroke:#ddd;fill:none}</style><rect width="100%" height="100%" fill="#fff"/>
${grid.join("\n")}
${lines.join("\n")}
<text x="${(left + width - right) / 2}" y="${height - 6}" text-anchor="middle">rows</text>
</svg>
`;
}

const sup = (n: number): string => [...String(n)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");
