/** What was measured as a table, with the fit of time and memory, and as a chart. */
import { cpus, loadavg, totalmem } from "node:os";
import type { Measure } from "./contenders";

const BEGIN = "<!-- measured -->";
const END = "<!-- /measured -->";

const of = (measures: readonly Measure[], name: string): Measure[] => measures.filter((one) => one.name === name);
const names = (measures: readonly Measure[]): string[] => [...new Set(measures.map(({ name }) => name))];
const power = (n: number): string => n.toLocaleString("en-US");

/** Least squares of y = a + b·x, each point weighed by 1/x², so that a small table counts as much as a large one. */
function fit(points: readonly (readonly [x: number, y: number])[]): { a: number; b: number; off: number } {
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

/** The page with everything between its two marks written anew. */
export function document(page: string, measures: readonly Measure[]): string {
  const [before] = page.split(BEGIN);
  const after = page.slice(page.indexOf(END));
  return `${before}${BEGIN}\n\n${tables(measures)}\n\n${after}`;
}

function tables(measures: readonly Measure[]): string {
  const rows = measures.map(
    ({ name, rows: n, wall, cpu, peak, load }) =>
      `| ${name} | ${power(n)} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${(n / wall / 1e6).toFixed(2)} | ${(n / cpu / 1e6).toFixed(2)} | ${Math.round(peak / 2 ** 20)} | ${(load ?? 0).toFixed(1)} |`,
  );
  const fits = names(measures).flatMap((name) => {
    const own = of(measures, name);
    if (own.length < 3) return [];
    const time = fit(own.map(({ rows: n, cpu }) => [n, cpu] as const));
    const memory = fit(own.map(({ rows: n, peak }) => [n, peak] as const));
    return `| ${name} | ${(time.b * 1e9).toFixed(0)} | ${(time.off * 100).toFixed(0)} % | ${Math.round(memory.a / 2 ** 20)} | ${memory.b.toFixed(0)} |`;
  });
  const largest = Math.max(...measures.map(({ rows: n }) => n));
  const [one, two] = ["ClickHouse, 1 server", "ClickHouse, 2 servers"].map((name) =>
    of(measures, name).find(({ rows: n }) => n === largest),
  );
  const speedUp =
    one && two
      ? `\n\nTwo servers over one at ${power(largest)} rows: ${(one.wall / two.wall).toFixed(2)} times as fast by the clock, with ${(two.cpu / one.cpu).toFixed(2)} times the processor time.`
      : "";
  return `Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores (${cpus()[0]!.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB; load at the end ${loadavg()[0]!.toFixed(1)}.

| contender | rows | seconds | processor seconds | million rows/s | million rows per processor second | MiB | load |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

| contender | ns of processor per row | furthest from the line | MiB at 0 rows | bytes per row more |
| --- | --- | --- | --- | --- |
${fits.join("\n")}${speedUp}`;
}

const SIZE = { width: 720, height: 420, left: 64, right: 210, top: 20, bottom: 44 };
const COLOURS = ["#0b6a6a", "#1f5fbf", "#7a3fb5", "#b5533f", "#a3811f", "#5a7f2b", "#777777"];

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
