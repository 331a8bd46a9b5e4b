/** The cells of an .xlsx file as the tables read them: values as they are stored, formulas, merged cells. Looks are left aside. */
import { strFromU8, unzipSync } from "fflate";
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { refuse } from "../../rules";
import type { SheetCells } from "../../tables";

export interface NamedCells {
  readonly name: string;
  readonly cells: SheetCells;
}

/** Files that would need more room than that are refused before they are unpacked. */
const MOST_BYTES = 2 ** 28;
const MOST_ROWS = 2 ** 20;
const MOST_COLUMNS = 2 ** 14;

interface Visitor {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

const local = (name: string): string => name.slice(name.indexOf(":") + 1);

function parse(xml: string, visitor: Visitor): void {
  const parser = new SaxesParser();
  const fail = (): never => {
    throw refuse("文件已损坏", "the file is damaged");
  };
  parser.on("error", fail);
  parser.on("doctype", fail);
  parser.on("opentag", ({ name, attributes }: SaxesTagPlain) => visitor.open?.(local(name), attributes));
  parser.on("text", (text) => visitor.text?.(text));
  parser.on("closetag", ({ name }: SaxesTagPlain) => visitor.close?.(local(name)));
  parser.write(xml).close();
}

/** The visible sheets in order. @throws Refusal for what is no .xlsx file, is damaged, or too large */
export function readBook(bytes: Uint8Array): NamedCells[] {
  const parts = unpacked(bytes, BOOK);
  const texts = sharedTexts(textOf(parts, "xl/sharedStrings.xml"));
  return sheetsIn(parts).flatMap(({ name, path }) =>
    parts[path] ? { name, cells: sheetCells(textOf(parts, path), texts) } : [],
  );
}

/** Names of the visible sheets in order, without their cells. @throws Refusal for what is no .xlsx file */
export const sheetNames = (bytes: Uint8Array): string[] => sheetsIn(unpacked(bytes, LIST)).map(({ name }) => name);

type Parts = Readonly<Record<string, Uint8Array>>;
const textOf = (parts: Parts, path: string): string => (parts[path] ? strFromU8(parts[path]) : "");

const LIST = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels)$/;
const BOOK = new RegExp(`${LIST.source}|^xl/(sharedStrings\\.xml|worksheets/[^/]+\\.xml)$`);

function sheetsIn(parts: Parts): { name: string; path: string }[] {
  const targets = new Map<string, string>();
  if (!parts["xl/workbook.xml"]) throw refuse("不是 .xlsx 工作簿", "this is no .xlsx workbook");
  parse(textOf(parts, "xl/_rels/workbook.xml.rels"), {
    open(name, { Id, Target = "" }) {
      if (name === "Relationship" && Id) targets.set(Id, Target.replace(/^\/?(xl\/)?/, "xl/"));
    },
  });
  const sheets: { name: string; path: string }[] = [];
  parse(textOf(parts, "xl/workbook.xml"), {
    open(tag, attributes) {
      if (tag !== "sheet" || (attributes.state ?? "visible") !== "visible") return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ?? "";
      sheets.push({ name: attributes.name ?? "", path: targets.get(id) ?? "" });
    },
  });
  return sheets;
}

function unpacked(bytes: Uint8Array, wanted: RegExp): Parts {
  let size = 0;
  try {
    return unzipSync(bytes, {
      filter({ name, originalSize }) {
        const isWanted = wanted.test(name);
        if (isWanted) size += originalSize;
        if (size > MOST_BYTES) throw new RangeError();
        return isWanted;
      },
    });
  } catch (error) {
    if (error instanceof RangeError) throw refuse("文件太大", "the file is too large");
    throw refuse("不是 .xlsx 工作簿，或文件已损坏", "this is no .xlsx workbook, or it is damaged");
  }
}

/** What XML cannot hold is written _x000A_. */
const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

function sharedTexts(xml: string): string[] {
  const texts: string[] = [];
  let [inText, phonetic] = [false, false];
  if (!xml) return texts;
  parse(xml, {
    open(name) {
      if (name === "si") texts.push("");
      if (name === "rPh") phonetic = true;
      inText = name === "t" && !phonetic;
    },
    text(text) {
      if (inText) texts[texts.length - 1] += text;
    },
    close(name) {
      if (name === "rPh") phonetic = false;
      inText = false;
    },
  });
  return texts.map(unescaped);
}

/** "C7" → row 6, column 2. */
function placeOf(address: string): readonly [row: number, column: number] {
  const [, letters = "", digits = "0"] = /^([A-Z]+)(\d+)$/.exec(address) ?? [];
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  const row = Number(digits) - 1;
  if (row < 0 || column < 0 || row >= MOST_ROWS || column >= MOST_COLUMNS)
    throw refuse("文件已损坏", "the file is damaged");
  return [row, column];
}

function sheetCells(xml: string, shared: readonly string[]): SheetCells {
  const values: (string | number | boolean)[][] = [];
  const formulas: string[][] = [];
  const merges: { row: number; column: number; rows: number; columns: number }[] = [];
  const hidden: number[] = [];
  let cell = { row: 0, column: -1, type: "", value: "", formula: "" };
  let [row, open] = [-1, ""];
  const close = (): void => {
    const { type, value, formula } = cell;
    const read =
      type === "s"
        ? (shared[Number(value)] ?? "")
        : type === "b"
          ? value === "1"
          : ["str", "inlineStr"].includes(type)
            ? unescaped(value)
            : type === "e" || value === ""
              ? value
              : Number(value);
    (values[cell.row] ??= [])[cell.column] = read;
    if (formula) (formulas[cell.row] ??= [])[cell.column] = `=${formula}`;
  };
  parse(xml, {
    open(name, attributes) {
      open = name;
      if (name === "row") {
        row = attributes.r ? Number(attributes.r) - 1 : row + 1;
        cell = { ...cell, column: -1 };
      } else if (name === "c") {
        const [r, c] = attributes.r ? placeOf(attributes.r) : ([row, cell.column + 1] as const);
        cell = { row: r, column: c, type: attributes.t ?? "", value: "", formula: "" };
      } else if (name === "mergeCell") {
        const [first = "", last = first] = (attributes.ref ?? "").split(":");
        const [[top, left], [bottom, right]] = [placeOf(first), placeOf(last)];
        merges.push({ row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 });
      } else if (name === "col" && attributes.hidden === "1") {
        for (let c = Number(attributes.min); c <= Math.min(Number(attributes.max), MOST_COLUMNS); c++)
          hidden.push(c - 1);
      }
    },
    text(text) {
      if (open === "v" || open === "t") cell.value += text;
      if (open === "f") cell.formula += text;
    },
    close(name) {
      open = "";
      if (name === "c") close();
    },
  });
  const width = values.reduce((most, line) => Math.max(most, line?.length ?? 0), 0);
  const full = <T>(table: readonly (readonly T[] | undefined)[], blank: T): T[][] =>
    Array.from({ length: values.length }, (_, r) => Array.from({ length: width }, (__, c) => table[r]?.[c] ?? blank));
  return { values: full(values, ""), formulas: full(formulas, ""), merges, hidden };
}
