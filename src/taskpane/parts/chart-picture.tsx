/** A chart of a report as a picture of lines and rectangles, for paper: no script, no canvas. */
import { scaleBand, scaleLinear, scalePoint } from "d3-scale";
import type { Language } from "../../rules";
import { IN_WAN, wanTick } from "./amount";
import type { Figure } from "./figure";
import { labelWords } from "./figure-sheet";
import type { ReportSection } from "./report";

const WIDTH = 680;
const PLOT = { left: 64, right: 672, top: 24, bottom: 212 } as const;
const COLOURS = ["#0f6cbd", "#c2410c", "#0f766e", "#a21caf", "#6d28d9", "#525252"];
/** On paper without colours lines differ in their dashes, columns in how dark they are. */
const DASHES = ["", "6 3", "2 2", "8 3 2 3", "12 4", "4 6"];
const TICKS = 5;
/** So many signs have room below each other on the axis. */
const SIGNS_ACROSS = 90;
/** Of the names below the chart: where they begin, a line of them, a sign, and what stands before each name. */
const LEGEND = { top: PLOT.bottom + 36, line: 16, sign: 11, mark: 40 } as const;

/** Fen, or the number itself; undefined for words. */
const heightOf = (figure: Figure): number | undefined =>
  figure.kind === "money" ? figure.fen : figure.kind === "text" ? undefined : figure.value;

const tickWords = (kind: Figure["kind"], value: number): string => {
  if (kind === "money") return wanTick(value);
  return kind === "share" ? `${Math.round(value * 1000) / 10}%` : String(value);
};

interface Props {
  readonly section: ReportSection & { readonly chart: NonNullable<ReportSection["chart"]> };
  readonly language: Language;
}

/** Draws what the sheet's chart draws: the first figures of the rows. */
export function ChartPicture({ section, language }: Props) {
  const { head, rows, chart, title } = section;
  const names = head.slice(1, 1 + chart.series);
  const labels = rows.map(({ label }) => labelWords(label, language));
  const values = names.map((_, k) => rows.map(({ figures }) => heightOf(figures[k]!)));
  const known = values.flat().filter((value) => value !== undefined);
  const kind = rows[0]!.figures[0]!.kind;
  const y = scaleLinear()
    .domain([Math.min(0, ...known), kind === "share" ? 1 : Math.max(0, ...known)])
    .nice(TICKS)
    .range([PLOT.bottom, PLOT.top]);
  const places = labels.map((_, k) => String(k));
  const band = scaleBand().domain(places).range([PLOT.left, PLOT.right]).padding(0.2);
  const point = scalePoint().domain(places).range([PLOT.left, PLOT.right]).padding(0.5);
  const middle = (k: number): number =>
    chart.kind === "line" ? point(String(k))! : band(String(k))! + band.bandwidth() / 2;
  const longest = Math.max(...labels.map((label) => label.length));
  const every = Math.max(1, Math.ceil((labels.length * (longest + 1)) / SIGNS_ACROSS));
  const step = Math.max(...names.map((name) => name.length)) * LEGEND.sign + LEGEND.mark;
  const across = Math.max(1, Math.floor((PLOT.right - PLOT.left) / step));
  const height = LEGEND.top + Math.ceil(names.length / across) * LEGEND.line;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={title}>
      {kind === "money" && (
        <text x={PLOT.left - 6} y={PLOT.top - 12} textAnchor="end">
          {IN_WAN[language]}
        </text>
      )}
      {y.ticks(TICKS).map((tick) => (
        <g key={tick}>
          <path d={`M${PLOT.left} ${y(tick)}H${PLOT.right}`} stroke="#d4d4d4" />
          <text x={PLOT.left - 6} y={y(tick) + 4} textAnchor="end">
            {tickWords(kind, tick)}
          </text>
        </g>
      ))}
      {labels.map((label, k) =>
        k % every ? null : (
          <text key={k} x={middle(k)} y={PLOT.bottom + 16} textAnchor="middle">
            {label}
          </text>
        ),
      )}
      {chart.kind === "line"
        ? values.map((line, s) => (
            <path
              key={s}
              fill="none"
              stroke={COLOURS[s % COLOURS.length]}
              strokeWidth={2}
              strokeDasharray={DASHES[s % DASHES.length]}
              d={pathOf(line.map((value, k) => value !== undefined && [middle(k), y(value)]))}
            />
          ))
        : values.map((columns, s) => {
            const width = band.bandwidth() / names.length;
            return columns.map((value, k) => {
              if (value === undefined) return null;
              const [top, base] = [Math.min(y(value), y(0)), Math.max(y(value), y(0))];
              return (
                <rect
                  key={`${s} ${k}`}
                  x={band(String(k))! + s * width}
                  y={top}
                  width={width * 0.9}
                  height={base - top}
                  fill={COLOURS[s % COLOURS.length]}
                />
              );
            });
          })}
      {names.map((name, s) => {
        const x = PLOT.left + (s % across) * step;
        const at = LEGEND.top + Math.floor(s / across) * LEGEND.line;
        return (
          <g key={s}>
            <path
              d={`M${x} ${at}h20`}
              stroke={COLOURS[s % COLOURS.length]}
              strokeWidth={chart.kind === "line" ? 2 : 8}
              strokeDasharray={chart.kind === "line" ? DASHES[s % DASHES.length] : ""}
            />
            <text x={x + 26} y={at + 4}>
              {name}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** A line through the points; where one is missing it begins anew. */
const pathOf = (points: readonly (readonly [number, number] | false)[]): string =>
  points.map((point, k) => (point ? `${points[k - 1] ? "L" : "M"}${point[0]} ${point[1]}` : "")).join("");
