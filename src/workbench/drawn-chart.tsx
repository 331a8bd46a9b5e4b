/** A chart of the grid as a picture: the address of an SVG that holds all it needs. Loaded when a sheet has a chart. */
import { renderToStaticMarkup } from "react-dom/server";
import type { Language } from "../rules";
import { PictureOf, type Picture } from "../taskpane/parts/picture";

const FONT = '"Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif';

/** @param size of the picture in pixels */
export function svgOf(picture: Picture, language: Language, size: { width: number; height: number }): string {
  const { width, height } = size;
  const svg = renderToStaticMarkup(<PictureOf picture={picture} language={language} headed />);
  const frame =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" fill="#fff" stroke="#bdbdbd"/>` +
    svg.replace("<svg ", `<svg width="${width}" height="${height}" font-family='${FONT}' fill="#1a1a1a" `);
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(`${frame}</svg>`)}`;
}
