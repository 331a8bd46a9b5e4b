/** Help and messages in both languages, Chinese first. */
import type { Text } from "../rules";

export const both = (zh: string, en: string): string => `${zh} · ${en}`;
/** What is being done, as it begins. */
export const reading = (file: string): string => both(`读入 ${file} …`, `reading ${file} …`);
export const COMPUTING = both("计算 …", "computing …");
export const writing = (file: string): string => both(`写出 ${file} …`, `writing ${file} …`);
/** Which table of a workbook is read, and where there are others. */
export const takenWords = (sheet: string, others: readonly string[]): string =>
  both(
    `读的是工作表“${sheet}”；还有数据表没有读：${others.join("、")}`,
    `sheet ${sheet} is read; there are other tables, not read: ${others.join(", ")}`,
  );
export const bothOf = ({ zh, en }: Text): string => (zh === en ? zh : `${zh}\n${en}`);

/** The first of so many, "1、2 …" where there are more. */
export const firstOf = (first: readonly (string | number)[], all: number): string =>
  first.join("、") + (all > first.length ? " …" : "");

const TITLES: Readonly<Record<string, string>> = {
  "Usage:": "用法",
  "Arguments:": "参数",
  "Options:": "选项",
  "Commands:": "命令",
};
/** A title of the parser's help. */
export const helpTitle = (title: string): string => both(TITLES[title] ?? "", title);

const USAGE: readonly (readonly [said: RegExp, zh: string])[] = [
  [/^error: unknown command/, "没有这个命令"],
  [/^error: unknown option/, "没有这个选项"],
  [/^error: missing required argument/, "缺少参数"],
  [/^error: required option/, "缺少必填的选项"],
  [/^error: option .* argument missing/, "选项后面缺少取值"],
  [/^error: option .* is invalid/, "选项的取值不可用"],
  [/^error: too many arguments/, "参数太多"],
];
/** What the parser has against a command line, in both languages. */
export function usageWords(text: string): string {
  const known = USAGE.find(([said]) => said.test(text));
  return known ? both(known[1], text) : text;
}

/** Rows of texts, each on one line, in columns of one width; Chinese characters are two wide. */
export function columnsOf(table: readonly (readonly string[])[]): string {
  const rows = table.map((row) => row.map((cell) => cell.replaceAll("\n", " ")));
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => widthOf(row[c] ?? ""))));
  return rows
    .map((row) =>
      row
        .map((cell, c) => cell + " ".repeat(widths[c]! - widthOf(cell)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;
const widthOf = (text: string): number => [...text].reduce((sum, sign) => sum + (WIDE.test(sign) ? 2 : 1), 0);
