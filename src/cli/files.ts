/** Refusals of files that are handed over. */
import { refuse, type Refusal } from "../rules";

/** Of a file whose ending is none of some. */
export const unknownKind = (file: string, ...kinds: readonly string[]): Refusal =>
  refuse(`不认识的文件类型：${file}；可用 ${kinds.join("、")}`, `${file} is no ${kinds.join(" or ")} file`);

/** Of a file that cannot be read, with the first line of what was wrong. */
export function unreadable(file: string, error: unknown): Refusal {
  const [line = ""] = String((error as Error).message).split("\n");
  return refuse(`无法读取 ${file}：${line}`, `${file} cannot be read: ${line}`);
}

export const noSheet = (wanted: string, names: readonly string[]): Refusal =>
  refuse(`没有工作表“${wanted}”，有：${names.join("、")}`, `no sheet ${wanted}; there are: ${names.join(", ")}`);
