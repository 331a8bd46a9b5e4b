/** The text of a policy file, YAML or JSON, as plain values; whatever a hostile file could do to a reader is refused first. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, visit, type Document, type Node } from "yaml";
import type { Text } from "../law/policy";
import { MAX_FEN, toYuan } from "../number/money";

/** The larger of the built-in files has 92,000 characters, 6,000 values, 253 aliases and a depth of 14. */
const MOST_CHARACTERS = 2 ** 18;
const MOST_NODES = 2 ** 14;
const MOST_ALIASES = 2 ** 9;
const MOST_VALUES = 2 ** 15;
const DEEPEST = 32;
const LONGEST_TEXT = 2 ** 12;
const LONGEST_FIGURE = 20;
/** As many digits as Excel keeps of a number. */
const MOST_DIGITS = 15;

/** Why a text is refused; `line` counts from 1, `column` of a value is not told. */
export class Unreadable extends Error {
  constructor(
    readonly text: Text,
    readonly line?: number,
  ) {
    super(text.en);
  }
}

const refused = (zh: string, en: string, line?: number): Unreadable => new Unreadable({ zh, en }, line);

/** One policy of a text: its value, and on which line each part of it stands. */
export interface Parsed {
  readonly value: unknown;
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/** The policies of a text, which `---` separates; blank ones are left out. Each is read, or the reason why it is not. */
export function parsePolicies(text: string): (Parsed | Unreadable)[] {
  if (text.length > MOST_CHARACTERS)
    return [
      refused(
        `文本有 ${text.length} 个字符，最多 ${MOST_CHARACTERS} 个`,
        `the text has ${text.length} characters; at most ${MOST_CHARACTERS}`,
      ),
    ];
  const lines = new LineCounter();
  try {
    // Doubled keys are looked for below: the library compares each with each.
    const documents = parseAllDocuments(text, { version: "1.2", uniqueKeys: false, lineCounter: lines });
    if (!Array.isArray(documents)) return [];
    return documents
      .filter(({ contents, errors }) => errors.length || !isNothing(contents))
      .map((document) => parsed(document, lines));
  } catch (error) {
    return [unexpected(error)];
  }
}

const isNothing = (node: unknown): boolean => node === null || (isScalar(node) && node.value === null && !node.source);

/** What the library itself did not expect: nesting that exhausts the stack, and whatever it may throw besides. */
function unexpected(error: unknown): Unreadable {
  if (error instanceof RangeError)
    return refused(`层次过深，最多 ${DEEPEST} 层`, `nested too deep; at most ${DEEPEST} levels`);
  if (error instanceof ReferenceError)
    return refused(
      "引用（*）没有对应的标记（&），或展开后内容过多",
      "an alias (*) has no anchor (&), or aliases grow too large",
    );
  return refused(`无法读取：${String(error)}`, `cannot be read: ${String(error)}`);
}

function parsed(document: Document.Parsed, lines: LineCounter): Parsed | Unreadable {
  const lineAt = (offset = 0): number => lines.linePos(offset).line;
  try {
    const [fault] = [...document.errors, ...document.warnings];
    if (fault)
      throw refused(
        FAULTS[fault.code] ?? "缩进、引号或括号写法不对",
        fault.message.split("\n")[0]!,
        lineAt(fault.pos[0]),
      );
    checkNodes(document, lineAt);
    const value = plain(document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown);
    return { value, lineOf: (path) => lineAt(offsetOf(document, path)) };
  } catch (error) {
    return error instanceof Unreadable ? error : unexpected(error);
  }
}

const FAULTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "缩进要用空格，不能用 Tab",
  BAD_INDENT: "缩进没有对齐",
  MISSING_CHAR: "缺少引号、括号或逗号",
  UNEXPECTED_TOKEN: "这里有多余或写错的符号",
  MULTILINE_IMPLICIT_KEY: "键和值之间要有冒号和空格",
  BLOCK_AS_IMPLICIT_KEY: "文字里有冒号加空格时，要加引号",
  TAG_RESOLVE_FAILED: "不能使用 ! 标签",
};

/** Looks at the text before any of it is expanded. @throws Unreadable */
function checkNodes(document: Document.Parsed, lineAt: (offset?: number) => number): void {
  let nodes = 0;
  let aliases = 0;
  const line = (node: Node | null | undefined): number => lineAt(node?.range?.[0]);
  visit(document, {
    Node(_key, node, ancestors) {
      if (++nodes > MOST_NODES)
        throw refused(`内容过多，最多 ${MOST_NODES} 项`, `too much; at most ${MOST_NODES} values`, line(node));
      if (ancestors.length > 2 * DEEPEST)
        throw refused(`层次过深，最多 ${DEEPEST} 层`, `nested too deep; at most ${DEEPEST} levels`, line(node));
      if (isAlias(node) && ++aliases > MOST_ALIASES)
        throw refused(
          `引用（*）过多，最多 ${MOST_ALIASES} 处`,
          `too many aliases (*); at most ${MOST_ALIASES}`,
          line(node),
        );
      if (isMap(node)) {
        const keys = new Set<string>();
        for (const { key } of node.items) {
          if (!isScalar(key)) throw refused("键应为一个词", "a key must be one word", line(node));
          const name = String(key.value);
          if (name in Object.prototype) throw refused(`不能用“${name}”作键`, `${name} cannot be a key`, line(key));
          if (keys.has(name)) throw refused(`“${name}”写了两次`, `${name} is written twice`, line(key));
          keys.add(name);
        }
      }
      if (isScalar(node)) checkScalar(node.value, node.source ?? "", line(node));
    },
  });
}

const LARGEST = toYuan(MAX_FEN);

function checkScalar(value: unknown, source: string, line: number): void {
  if (typeof value === "number") {
    const digits = source.replace(/^[-+0.]*|\.|e.*$/gi, "").length;
    if (!(Math.abs(value) <= LARGEST) || digits > MOST_DIGITS || !/^[-+]?\d+(\.\d+)?$/.test(source))
      throw refused(
        `数字 ${source.slice(0, LONGEST_FIGURE)} 过大、过长或写法不对，写作 1234567 或 12.5`,
        `the number ${source.slice(0, LONGEST_FIGURE)} is too large or too long; numbers are written 1234567 or 12.5`,
        line,
      );
  }
  if (typeof value !== "string") return;
  if (value.length > LONGEST_TEXT)
    throw refused(
      `文字过长，最多 ${LONGEST_TEXT} 个字`,
      `the text is too long; at most ${LONGEST_TEXT} characters`,
      line,
    );
  if (value in Object.prototype) throw refused(`不能用“${value}”`, `${value} cannot be used`, line);
  // A cell that begins so would be taken for a formula; signs that nobody sees could make a text look like another one.
  if (/^[=@]/.test(value)) throw refused("文字不能以 = 或 @ 开头", "a text cannot begin with = or @", line);
  if (/[^\P{C}\n\r\t]/u.test(value))
    throw refused("文字里有看不见的控制字符", "the text has invisible control characters", line);
  if (/^-?[\d.]+(%|\/\d+)?$/.test(value) && (value.length > LONGEST_FIGURE || /\/0+$/.test(value)))
    throw refused(
      `数字“${value.slice(0, LONGEST_FIGURE)}”过长，或除以 0`,
      `the figure ${value.slice(0, LONGEST_FIGURE)} is too long, or divides by 0`,
      line,
    );
}

/** A copy with all aliases written out; line breaks within a text count as blanks, and an `en` that is left out is the `zh`. */
function plain(root: unknown): unknown {
  let values = 0;
  const copy = (value: unknown, depth: number): unknown => {
    if (++values > MOST_VALUES)
      throw refused(
        `引用展开后内容过多，最多 ${MOST_VALUES} 项`,
        `too much once the aliases are written out; at most ${MOST_VALUES} values`,
      );
    if (depth > DEEPEST) throw refused(`层次过深，最多 ${DEEPEST} 层`, `nested too deep; at most ${DEEPEST} levels`);
    if (typeof value === "string") return value.trim().replace(/\s*\n\s*/g, " ");
    if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, item]) => [key, copy(item, depth + 1)] as const);
    const object: Record<string, unknown> = Object.fromEntries(entries);
    return typeof object.zh === "string" && object.en === undefined ? { ...object, en: object.zh } : object;
  };
  return copy(root, 0);
}

/** Where in the text a part of the value stands, or the nearest thing around it. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0];
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isSeq(node)) node = node.items[Number(step)];
    else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      offset = (pair?.key as Node | undefined)?.range?.[0] ?? offset;
      node = pair?.value;
    } else return offset;
    if (isSeq(node) || isScalar(node) || isAlias(node)) offset = node.range?.[0] ?? offset;
    else if (isMap(node) && typeof step === "number") offset = node.range?.[0] ?? offset;
  }
  return offset;
}
