/** The folder of facts that the policy files were written from. A clone alone does not have it; the tests then say so. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SHARED = join(__dirname, "../../../shared");

/** The text of a shared file, or undefined, in plain words, where the folder is absent. */
export function sharedText(path: string): string | undefined {
  const file = join(SHARED, path);
  if (existsSync(file)) return readFileSync(file, "utf8");
  console.warn(`no ${file}: the policy files are not compared with it`);
  return undefined;
}

export const withoutSpace = (text: string): string => text.replace(/\s/gu, "");
