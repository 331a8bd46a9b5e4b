/**
 * Numbers that do not fit into their column. Univer 0.25.1 cuts them off, so that 1,250,000 can look like 1,250; Excel shows
 * `####`, or a shorter number where the cell has no format.
 */
import { CellValueType, getDisplayValueFromCell, type ICellData, WrapStrategy } from "@univerjs/core";
import { Font } from "@univerjs/engine-render";

/** Halves go up by the digits that are shown of a number, as in Excel: 0.85 is 0.9, though the double lies below it. */
function rounded(value: number, decimals: number): string {
  const units = Math.round(Number(`${Math.abs(value)}e${decimals}`));
  return `${value < 0 ? "-" : ""}${Number(`${units}e-${decimals}`).toFixed(decimals)}`;
}

/** A number without a format in the digits for which there is room; "" where there is none. */
export function shortened(value: number, fits: (text: string) => boolean): string {
  const [, decimals = ""] = String(value).split(".");
  const tries = [
    ...Array.from({ length: /e/.test(decimals) ? 0 : decimals.length }, (_, less) =>
      rounded(value, decimals.length - 1 - less),
    ),
    ...[5, 4, 3, 2, 1, 0].map((digits) =>
      value
        .toExponential(digits)
        .replace(/\.?0*e([-+])(\d+)/, (_, sign: string, power: string) => `E${sign}${power.padStart(2, "0")}`),
    ),
  ];
  // A small number is not nothing.
  return tries.find((text) => (Number(text) !== 0 || value === 0) && fits(text)) ?? "";
}

interface FontCache {
  readonly cellData?: ICellData | null;
  readonly fontString?: string;
  readonly wrapStrategy?: WrapStrategy;
  readonly vertexAngle?: number;
  readonly style?: {
    readonly n?: { readonly pattern?: string } | null;
    readonly pd?: { l?: number; r?: number } | null;
  } | null;
}
interface Place {
  readonly fontCache?: FontCache;
  readonly startX: number;
  readonly endX: number;
}
interface Renderer {
  _renderText(context: CanvasRenderingContext2D, row: number, column: number, place: Place, ...more: unknown[]): void;
}

/** The engine leaves two pixels at either side. */
const PADDING = 2;

function fitted(context: CanvasRenderingContext2D, { fontCache, startX, endX }: Place): string | undefined {
  const { cellData, fontString, vertexAngle, style } = fontCache ?? {};
  if (cellData?.t !== CellValueType.NUMBER || !fontString || vertexAngle) return undefined;
  const text = String(getDisplayValueFromCell(cellData));
  const room = endX - startX - (style?.pd?.l ?? PADDING) - (style?.pd?.r ?? PADDING);
  context.save();
  context.font = fontString;
  const width = (each: string) => context.measureText(each).width;
  const marks = () => "#".repeat(Math.max(1, Math.floor(room / width("#"))));
  const general = /^(General)?$/i.test(style?.n?.pattern ?? "") && Number.isFinite(Number(text));
  const shown =
    width(text) <= room ? undefined : (general && shortened(Number(text), (each) => width(each) <= room)) || marks();
  context.restore();
  return shown;
}

const renderer = Font.prototype as unknown as Renderer;
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its object below
const render = renderer._renderText;
renderer._renderText = function (this: Renderer, context, row, column, place, ...more) {
  const text = fitted(context, place);
  const cellData = text === undefined ? undefined : { ...place.fontCache?.cellData, v: text };
  // Marks are no number that could be wrapped or cut.
  const narrow = cellData && { ...place, fontCache: { ...place.fontCache, cellData, wrapStrategy: WrapStrategy.CLIP } };
  render.call(this, context, row, column, narrow ?? place, ...more);
};
