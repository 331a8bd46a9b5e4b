/** What the schema of the file format, as Microsoft's own validator has it, finds wrong in .xlsx files. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface Fault {
  readonly description: string;
  readonly path: { readonly xpath: string; readonly partUri: string };
}

/** One list per file. */
export function faultsIn(files: readonly Uint8Array[]): Fault[][] {
  const folder = mkdtempSync(path.join(tmpdir(), "schema-"));
  try {
    const names = files.map((bytes, i) => {
      const name = path.join(folder, `${i}.xlsx`);
      writeFileSync(name, bytes);
      return name;
    });
    const said = execFileSync(process.execPath, [path.join(__dirname, "validate.mjs"), ...names], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    return JSON.parse(said) as Fault[][];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
