/** The shapes of comments and controls, which files keep as drawings of an older kind (VML) that need not be XML. */
import { parseAddress, SHEET_COLUMNS, SHEET_ROWS } from "../../../host/address";
import { type Events, stepsOf } from "./part";
import { type Parts, textOf, write } from "../package";
import { followed } from "./references";
import { line, placed } from "./steps";

const number = (text: string, tag: string) => {
  const found = new RegExp(`<x:${tag}>\\s*(\\d+)`).exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
};

export function followComments(parts: Parts, path: string, { home, happened }: Events): void {
  const steps = stepsOf(home, { home, happened });
  const xml = textOf(parts, path);
  const text = xml.replace(/<v:shape\s[^]*?<\/v:shape>/g, (shape) => {
    const [row, column] = [number(shape, "Row"), number(shape, "Column")];
    let [down, right] = [0, 0];
    let now = shape;
    if (row !== undefined && column !== undefined && row < SHEET_ROWS && column < SHEET_COLUMNS) {
      const [cell] = placed({ row, column, rows: 1, columns: 1 }, steps);
      if (!cell) return "";
      [down, right] = [cell.row - row, cell.column - column];
      now = shape
        .replace(/(<x:Row>\s*)\d+/, (_, tag: string) => tag + String(cell.row))
        .replace(/(<x:Column>\s*)\d+/, (_, tag: string) => tag + String(cell.column));
    }
    return now
      .replace(/(<x:Anchor>)([^<]*)/, (_, tag: string, anchor: string) => {
        const at = anchor.split(",").map((each) => Number(each.trim()));
        // A comment goes along with its cell; a control with the cells under it.
        const place = (index: number, value: number) => {
          if (index % 2 === 1) return value;
          const isRow = index % 4 === 2;
          if (row !== undefined) return value + (isRow ? down : right);
          return line(isRow ? "row" : "column", value, steps);
        };
        return tag + at.map((value, index) => Math.max(0, place(index, value))).join(", ");
      })
      .replace(
        /(<x:(?:FmlaLink|FmlaRange)>)([^<]*)/g,
        (_, tag: string, area: string) => tag + (parseAddress(area) ? followed(area, home, happened) : area),
      );
  });
  if (text !== xml) write(parts, path, text);
}
