/** The folder of facts that the policy files were written from. A clone that stands alone does not have it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SHARED = join(__dirname, "../../../shared");

/** A test that compares with the shared folder. Where that is absent it is counted as skipped, never as passed. */
export const testWithShared = existsSync(SHARED) ? test : test.skip;

/** The text of a shared file. Only for tests made by `testWithShared`. */
export const sharedText = (path: string): string => readFileSync(join(SHARED, path), "utf8");
