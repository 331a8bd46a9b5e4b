// Draws assets/icon-*.png: awards that rise with their amounts until a cap cuts them. Run after changing the drawing.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { ROOT } from "./install.mjs";

const SIZES = [16, 32, 64, 80];
/** Points per pixel side that are averaged, for smooth edges. */
const SAMPLES = 8;

const GREEN = [15, 110, 86, 255];
const WHITE = [255, 255, 255, 255];
const GOLD = [255, 200, 60, 255];
const CLEAR = [0, 0, 0, 0];

/** Rectangles [left, top, right, bottom, colour] in a square of side 16, the last on top. */
const RECTANGLES = [
  [3, 9, 5.5, 13, WHITE],
  [6.75, 5, 9.25, 13, WHITE],
  [10.5, 5, 13, 13, WHITE],
  [2, 3.5, 14, 5, GOLD],
];

/** Whether the point lies in the square with rounded corners of radius 3. */
function inSquare(x, y) {
  const dx = Math.max(3 - x, x - 13, 0);
  const dy = Math.max(3 - y, y - 13, 0);
  return dx * dx + dy * dy <= 9;
}

function colourAt(x, y) {
  if (!inSquare(x, y)) return CLEAR;
  return (
    RECTANGLES.findLast(([left, top, right, bottom]) => x >= left && x < right && y >= top && y < bottom)?.[4] ?? GREEN
  );
}

/** Red, green, blue, opacity of one pixel: the mean of its points, colours weighted by their opacity. */
function pixel(column, row, size) {
  const sum = [0, 0, 0, 0];
  for (let point = 0; point < SAMPLES * SAMPLES; point++) {
    const x = ((column + ((point % SAMPLES) + 0.5) / SAMPLES) * 16) / size;
    const y = ((row + (Math.floor(point / SAMPLES) + 0.5) / SAMPLES) * 16) / size;
    const [red, green, blue, opacity] = colourAt(x, y);
    [red * opacity, green * opacity, blue * opacity, opacity].forEach((part, i) => (sum[i] += part));
  }
  const opacity = sum[3] || 1;
  return [sum[0] / opacity, sum[1] / opacity, sum[2] / opacity, sum[3] / (SAMPLES * SAMPLES)].map(Math.round);
}

/** One chunk of a PNG file: length, name, content, checksum. */
function chunk(name, content) {
  const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(content.length);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

function png(size) {
  const rows = Array.from({ length: size }, (_, row) => [
    0, // no filter
    ...Array.from({ length: size }, (_, column) => pixel(column, row, size)).flat(),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8); // 8 bits, red-green-blue-opacity
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

mkdirSync(path.join(ROOT, "assets"), { recursive: true });
for (const size of SIZES) writeFileSync(path.join(ROOT, `assets/icon-${size}.png`), png(size));
