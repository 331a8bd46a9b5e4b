/** A table after what happened to the rows and columns of its sheet. */
import { parseAddress } from "../../../host/address";
import { type Parts, textOf, write } from "../package";
import { columnsOf } from "../tables";
import {
  child,
  children,
  type Edit,
  element,
  type Element,
  parse,
  patch,
  prefixed,
  prefixOf,
  retag,
  unescape,
} from "../xml";
import { type Events, partText, stepsOf } from "./part";
import { referred } from "./steps";

/** The columns of a table after columns of its sheet were inserted or removed; a new one gets a name of its own. */
function columnsXml(xml: string, list: Element, places: readonly (number | undefined)[], count: number): string {
  const tags = children(list, "tableColumn");
  const byPlace = new Map(tags.flatMap((tag, index) => (places[index] === undefined ? [] : [[places[index], tag]])));
  const taken = new Set(tags.map(({ attributes }) => unescape(attributes.name ?? "").toLowerCase()));
  let id = Math.max(0, ...tags.map(({ attributes }) => Number(attributes.id)));
  return Array.from({ length: count }, (_, place) => {
    const tag = byPlace.get(place);
    if (tag) return xml.slice(tag.start, tag.end);
    let number = place + 1;
    while (taken.has(`列${number}`)) number++;
    taken.add(`列${number}`);
    return prefixed(prefixOf(xml, list), element("tableColumn", { id: ++id, name: `列${number}` }));
  }).join("");
}

/** A table after what happened to its sheet. @returns whether it is still one: its head and a row of data are left */
export function followTable(parts: Parts, path: string, events: Events): boolean {
  const steps = stepsOf(events.home, events);
  const xml = textOf(parts, path);
  const root = parse(xml);
  const { ref = "", headerRowCount = "1", totalsRowCount = "0" } = root.attributes;
  const area = parseAddress(ref);
  if (!area) return true;
  const now = referred(area, steps);
  const head = { ...area, rows: Number(headerRowCount) };
  const foot = { ...area, row: area.row + area.rows - Number(totalsRowCount), rows: Number(totalsRowCount) };
  const [hasHead, hasFoot] = [head, foot].map((rows) => rows.rows > 0 && referred(rows, steps) !== null);
  const text = now && partText(xml, root, events);
  if (!now || text === undefined || text === null) return false;
  if ((head.rows > 0 && !hasHead) || now.rows - Number(hasHead) - Number(hasFoot) < 1) return false;
  const places = columnsOf(root).map((_, index) => {
    const column = referred({ ...area, column: area.column + index, columns: 1 }, steps);
    return column ? column.column - now.column : undefined;
  });
  const same = places.length === now.columns && places.every((place, index) => place === index);
  const after = parse(text);
  const list = child(after, "tableColumns");
  const edits: Edit[] = [];
  if (foot.rows > 0 && !hasFoot) edits.push(retag(text, after, { totalsRowCount: undefined, totalsRowShown: "0" }));
  if (list && !same) {
    edits.push(retag(text, list, { count: String(now.columns) }));
    edits.push({ start: list.innerStart, end: list.innerEnd, text: columnsXml(text, list, places, now.columns) });
  }
  const written = patch(text, edits);
  if (written !== xml) write(parts, path, written);
  return true;
}
