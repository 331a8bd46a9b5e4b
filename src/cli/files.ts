/** Refusals of files that are handed over, and what the system has against reading and writing them. */
import { refuse, type Refusal, type Text } from "../rules";

/** Of a file whose ending is none of some. */
export const unknownKind = (file: string, ...kinds: readonly string[]): Refusal =>
  refuse(`不认识的文件类型：${file}；可用 ${kinds.join("、")}`, `${file} is no ${kinds.join(" or ")} file`);

/** Of a file that cannot be read, with the first line of what was wrong. */
export function unreadable(file: string, error: unknown): Refusal {
  const [line = ""] = String((error as Error).message).split("\n");
  const { zh, en } = systemCause(error)?.words ?? { zh: line, en: line };
  return refuse(`无法读取 ${file}：${zh}`, `${file} cannot be read: ${en}`);
}

/** Codes of Node, and what the database writes behind "IO Error:". */
const CAUSES: readonly (readonly [signs: RegExp, zh: string, en: string])[] = [
  [/ENOSPC|No space left/, "磁盘已满", "the disk is full"],
  [/ENOENT|No such file|No files found/, "没有这个文件或文件夹", "there is no such file or folder"],
  [/EACCES|EPERM|Permission denied/, "没有权限", "permission is denied"],
  [/EROFS|Read-only file system/, "所在的盘是只读的", "the disk is read-only"],
  [/EISDIR|Is a directory/, "是文件夹，不是文件", "it is a folder, not a file"],
];

/** Why the system did not read or write a file, and which one where the error names it; undefined for other errors. */
export function systemCause(error: unknown): { readonly file: string | undefined; readonly words: Text } | undefined {
  const { code, path, message } = error as NodeJS.ErrnoException;
  const said = code ?? (message.startsWith("IO Error:") ? message : "");
  const cause = CAUSES.find(([signs]) => signs.test(said));
  if (!cause) return undefined;
  const [, zh, en] = cause;
  // Written aside first (run/write.ts).
  const file = (path ?? /"([^"]+)"/.exec(said)?.[1])?.replace(/\.\d+\.part$/, "");
  return { file, words: { zh, en } };
}

export const noSheet = (wanted: string, names: readonly string[]): Refusal =>
  refuse(`没有工作表“${wanted}”，有：${names.join("、")}`, `no sheet ${wanted}; there are: ${names.join(", ")}`);
