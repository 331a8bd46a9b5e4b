/** A chart as a picture of lines and rectangles, without script or canvas: on paper, and over the grid of the workbench. */
import { scaleBand, scaleLinear, scalePoint } from "d3-scale";
import type { SeriesLook } from "../../host/bridge-looks";
import type { Language } from "../../rules";
import { IN_WAN, wanTick } from "./amount";
import type { Figure } from "./figure";

export interface Picture {
  /** The columns of `stacked` stand upon each other; `scatter` takes its labels for numbers. */
  readonly kind: "column" | "stacked" | "bar" | "line" | "scatter";
  readonly title: string;
  /** What the values are; money in fen. */
  readonly figure: Figure["kind"];
  readonly labels: readonly string[];
  readonly series: readonly PictureSeries[];
}

export interface PictureSeries {
  readonly name: string;
  /** One per label; undefined where there is none. */
  readonly values: readonly (number | undefined)[];
  /** Instead of the next of the colours; its amounts then stand beside it. */
  readonly look?: SeriesLook | undefined;
}

const WIDTH = 680;
const PLOT = { left: 64, right: 672, top: 24, bottom: 212 } as const;
/** Room for the labels of bars that lie. */
const BAR_LEFT = 180;
const COLOURS = ["#0f6cbd", "#c2410c", "#0f766e", "#a21caf", "#6d28d9", "#525252"];
/** On paper without colours lines differ in their dashes, columns in how dark they are. */
const DASHES = ["", "6 3", "2 2", "8 3 2 3", "12 4", "4 6"];
const TICKS = 5;
/** So many signs have room below each other on the axis. */
const SIGNS_ACROSS = 90;
/** Of the names below the chart: where they begin, a line of them, a sign, and what stands before each name. */
const LEGEND = { top: PLOT.bottom + 36, line: 16, sign: 11, mark: 40 } as const;

const tickWords = (figure: Figure["kind"], value: number): string => {
  if (figure === "money") return wanTick(value);
  return figure === "share" ? `${Math.round(value * 1000) / 10}%` : value.toLocaleString("en-US");
};

interface Block {
  readonly series: number;
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** From where to where each value is drawn. */
function blocksOf({ kind, labels, series }: Picture): Block[] {
  const ends = labels.map(() => ({ above: 0, below: 0 }));
  return series.flatMap(({ values }, s) =>
    values.flatMap((value, at): Block[] => {
      if (value === undefined) return [];
      if (kind !== "stacked") return [{ series: s, at, from: 0, to: value }];
      const side = value < 0 ? "below" : "above";
      const from = ends[at]![side];
      return [{ series: s, at, from, to: (ends[at]![side] += value) }];
    }),
  );
}

/** @param headed draws the title, for a picture that has none above it */
export function PictureOf({
  picture,
  language,
  headed = false,
}: {
  readonly picture: Picture;
  readonly language: Language;
  readonly headed?: boolean;
}) {
  const { kind, title, figure, labels, series } = picture;
  const lying = kind === "bar";
  const blocks = blocksOf(picture);
  const reached = blocks.flatMap(({ from, to }) => [from, to]);
  const left = lying ? BAR_LEFT : PLOT.left;
  const places = labels.map((_, k) => String(k));
  const along: [number, number] = lying ? [PLOT.top, PLOT.bottom] : [left, PLOT.right];
  const band = scaleBand().domain(places).range(along).padding(0.2);
  const point = scalePoint().domain(places).range(along).padding(0.5);
  const numbers = labels.map(Number);
  const across = scaleLinear()
    .domain([Math.min(...numbers), Math.max(...numbers)])
    .range(along);
  const value = scaleLinear()
    .domain([Math.min(0, ...reached), figure === "share" ? 1 : Math.max(0, ...reached)])
    .nice(TICKS)
    .range(lying ? [left, PLOT.right] : [PLOT.bottom, PLOT.top]);
  const drawsLine = kind === "line" || kind === "scatter";
  const middle = (k: number): number => {
    if (kind === "scatter") return across(numbers[k]!);
    return kind === "line" ? point(String(k))! : band(String(k))! + band.bandwidth() / 2;
  };
  const width = kind === "stacked" ? band.bandwidth() : band.bandwidth() / Math.max(1, series.length);
  const colourOf = (s: number): string => {
    const { look } = series[s]!;
    return look ? `#${look.fill}` : COLOURS[s % COLOURS.length]!;
  };
  const named = series.filter(({ look }) => !look);
  const step = Math.max(0, ...named.map(({ name }) => name.length)) * LEGEND.sign + LEGEND.mark;
  const perLine = Math.max(1, Math.floor((PLOT.right - PLOT.left) / step));
  const height = LEGEND.top + Math.ceil(named.length / perLine) * LEGEND.line;
  const top = headed ? -18 : 0;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 ${top} ${WIDTH} ${height - top}`}
      role="img"
      aria-label={title}
      fontSize={11}
    >
      {headed && (
        <text x={WIDTH / 2} y={-2} textAnchor="middle" fontSize={14} fontWeight={600}>
          {title}
        </text>
      )}
      {figure === "money" && (
        <text x={left - 6} y={PLOT.top - 12} textAnchor="end">
          {IN_WAN[language]}
        </text>
      )}
      {value.ticks(TICKS).map((tick) => (
        <g key={tick}>
          <path
            d={lying ? `M${value(tick)} ${PLOT.top}V${PLOT.bottom}` : `M${left} ${value(tick)}H${PLOT.right}`}
            stroke="#d4d4d4"
          />
          {lying ? (
            <text x={value(tick)} y={PLOT.bottom + 16} textAnchor="middle">
              {tickWords(figure, tick)}
            </text>
          ) : (
            <text x={left - 6} y={value(tick) + 4} textAnchor="end">
              {tickWords(figure, tick)}
            </text>
          )}
        </g>
      ))}
      <Labels labels={labels} kind={kind} left={left} middle={middle} across={across} />
      {drawsLine
        ? series.map(({ values }, s) => (
            <path
              key={s}
              fill="none"
              stroke={colourOf(s)}
              strokeWidth={2}
              strokeDasharray={DASHES[s % DASHES.length]}
              d={pathOf(values.map((y, k) => y !== undefined && [middle(k), value(y)]))}
            />
          ))
        : blocks.map(({ series: s, at, from, to }) => {
            const { look } = series[s]!;
            if (look && !look.fill) return null;
            const [start, end] = [Math.min(value(from), value(to)), Math.max(value(from), value(to))];
            const aside = band(String(at))! + (kind === "stacked" ? 0 : s * width);
            const [x, y] = lying ? [start, aside] : [aside, start];
            const [wide, high] = lying ? [end - start, width * 0.9] : [width * 0.9, end - start];
            const sign = /^[+-]/.exec(look?.label ?? "")?.[0] ?? "";
            return (
              <g key={`${s} ${at}`}>
                <rect x={x} y={y} width={wide} height={high} fill={colourOf(s)} />
                {look?.label !== undefined && to !== from && (
                  <text x={x + wide / 2} y={y - 4} textAnchor="middle">
                    {sign + tickWords(figure, sign ? Math.abs(to - from) : to - from)}
                  </text>
                )}
              </g>
            );
          })}
      {named.map(({ name }, s) => {
        const x = PLOT.left + (s % perLine) * step;
        const y = LEGEND.top + Math.floor(s / perLine) * LEGEND.line;
        return (
          <g key={s}>
            <path
              d={`M${x} ${y}h20`}
              stroke={colourOf(s)}
              strokeWidth={drawsLine ? 2 : 8}
              strokeDasharray={drawsLine ? DASHES[s % DASHES.length] : ""}
            />
            <text x={x + 26} y={y + 4}>
              {name}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

interface LabelsProps extends Pick<Picture, "labels" | "kind"> {
  readonly left: number;
  readonly middle: (k: number) => number;
  readonly across: ReturnType<typeof scaleLinear<number, number>>;
}

/** As many as have room; of a scatter the numbers of its axis, of columns that stand upon each other all, in two lines where they are long. */
function Labels({ labels, kind, left, middle, across }: LabelsProps) {
  if (kind === "bar")
    return labels.map((label, k) => (
      <text key={k} x={left - 6} y={middle(k) + 4} textAnchor="end">
        {label}
      </text>
    ));
  if (kind === "scatter")
    return across.ticks(TICKS).map((tick) => (
      <text key={tick} x={across(tick)} y={PLOT.bottom + 16} textAnchor="middle">
        {tick.toLocaleString("en-US")}
      </text>
    ));
  if (kind === "stacked") {
    const room = Math.max(2, Math.floor(SIGNS_ACROSS / labels.length) - 1);
    return labels.map((label, k) => (
      <text key={k} y={PLOT.bottom + 16} textAnchor="middle">
        {[label.slice(0, room), label.slice(room, 2 * room)].map((line, l) => (
          <tspan key={l} x={middle(k)} dy={l * 13}>
            {line}
          </tspan>
        ))}
      </text>
    ));
  }
  const longest = Math.max(...labels.map((label) => label.length));
  const every = Math.max(1, Math.ceil((labels.length * (longest + 1)) / SIGNS_ACROSS));
  return labels.map((label, k) =>
    k % every ? null : (
      <text key={k} x={middle(k)} y={PLOT.bottom + 16} textAnchor="middle">
        {label}
      </text>
    ),
  );
}

/** A line through the points; where one is missing it begins anew. */
const pathOf = (points: readonly (readonly [number, number] | false)[]): string =>
  points.map((point, k) => (point ? `${points[k - 1] ? "L" : "M"}${point[0]} ${point[1]}` : "")).join("");
