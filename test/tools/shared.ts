/** The folder of facts that the policy files were written from. A clone that stands alone does not have it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SHARED = join(__dirname, "../../../shared");

/** A test that compares with the shared folder. Where that is absent it is counted as skipped, never as passed. */
export const testWithShared = existsSync(SHARED) ? test : test.skip;

/** The text of a shared file. Only for tests made by `testWithShared`. */
export const sharedText = (path: string): string => readFileSync(join(SHARED, path), "utf8");

/** The workbooks of the shared folder, by their names. Only for tests made by `testWithShared`. */
export const sharedWorkbooks = (): [name: string, bytes: Buffer][] =>
  readdirSync(join(SHARED, "files"))
    .filter((name) => name.endsWith(".xlsx"))
    .map((name) => [name, readFileSync(join(SHARED, "files", name))]);
