/** Draws lines on a canvas with uPlot. Loaded when a chart is first shown. */
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

export interface Drawing {
  readonly x: { readonly label: string; readonly values: readonly number[]; readonly tick: (value: number) => string };
  /** The axis fits the values where no range is given. */
  readonly y: {
    readonly label: string;
    readonly tick: (value: number) => string;
    readonly range?: readonly [number, number];
  };
  readonly lines: readonly { readonly values: readonly number[]; readonly color: string; readonly dash: number[] }[];
  /** Places on the x axis that are drawn as upright lines. */
  readonly marks: readonly { readonly at: number; readonly label: string }[];
  readonly ink: string;
  readonly grid: string;
  readonly paper: string;
  readonly font: string;
}

export interface Plot {
  resize(width: number): void;
  /** The picture as base64 PNG, without "data:". */
  toPng(): string;
  destroy(): void;
}

const HEIGHT = 200;
const LINE = 14;

export function plot(element: HTMLElement, width: number, drawing: Drawing): Plot {
  const { x, y, lines, marks, ink, grid, font } = drawing;
  const axis = {
    stroke: ink,
    font,
    labelFont: font,
    labelSize: 20,
    grid: { stroke: grid, width: 1 },
    ticks: { stroke: grid },
  };
  const chart = new uPlot(
    {
      width,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false }, y: y.range ? { range: [...y.range] } : {} },
      axes: [
        { ...axis, label: x.label, space: 56, values: (_, ticks) => ticks.map(x.tick) },
        { ...axis, label: y.label, size: 56, values: (_, ticks) => ticks.map(y.tick) },
      ],
      series: [{}, ...lines.map(({ color, dash }) => ({ stroke: color, dash, width: 2, points: { show: false } }))],
      hooks: { draw: [(self) => marks.forEach((mark, k) => drawMark(self, mark, k, drawing))] },
    },
    [x.values, ...lines.map(({ values }) => values)] as uPlot.AlignedData,
    element,
  );
  return {
    resize: (next) => chart.setSize({ width: next, height: HEIGHT }),
    toPng: () => pictureOf(chart.ctx.canvas, drawing.paper),
    destroy: () => chart.destroy(),
  };
}

/** Labels stand above the axis, each a line higher than the one before, so that near ones can be read. */
function drawMark(chart: uPlot, { at, label }: Drawing["marks"][number], k: number, { ink, font }: Drawing): void {
  const { ctx, bbox } = chart;
  const left = Math.round(chart.valToPos(at, "x", true));
  if (left < bbox.left || left > bbox.left + bbox.width) return;
  const onLeft = left > bbox.left + bbox.width / 2;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = ink;
  ctx.lineWidth = uPlot.pxRatio;
  ctx.setLineDash([4, 3]);
  ctx.beginPath();
  ctx.moveTo(left, bbox.top);
  ctx.lineTo(left, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = font.replace(/^(\d+)px/, (_, size: string) => `${Number(size) * uPlot.pxRatio}px`);
  ctx.textAlign = onLeft ? "right" : "left";
  ctx.textBaseline = "bottom";
  ctx.fillText(label, left + (onLeft ? -4 : 4), bbox.top + bbox.height - (4 + k * LINE) * uPlot.pxRatio);
  ctx.restore();
}

/** A canvas is transparent; in a sheet it needs its paper. */
function pictureOf(canvas: HTMLCanvasElement, paper: string): string {
  const picture = document.createElement("canvas");
  picture.width = canvas.width;
  picture.height = canvas.height;
  const context = picture.getContext("2d")!;
  context.fillStyle = paper;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(canvas, 0, 0);
  return picture.toDataURL("image/png").replace(/^data:[^,]*,/, "");
}
