/** butie recalc: the formulas of a workbook computed anew without Excel, for audits and CI. */
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { Command } from "commander";
import { Refusal, refuse } from "../../rules";
import { FileRefusal } from "../../workbench/file/limits";
import { TEXTS } from "../../workbench/texts";
import { unreadable } from "../files";
import { checkWorkbook, EXIT, jsonOption, printBeside, report, writeWhole } from "../shell";
import { both, columnsOf, COMPUTING, firstOf, reading } from "../words";
import type { Recalculated, ShownChange } from "./recalculate";

interface Options {
  output?: string;
  json?: boolean;
}

export const addRecalc = (program: Command): void =>
  void program
    .command("recalc")
    .description(
      both("重新计算工作簿中的公式，不需要 Excel", "computes the formulas of a workbook anew, without Excel"),
    )
    .argument("<file>", both(".xlsx；- 为标准输入", ".xlsx; - is standard input"))
    .option(
      "-o, --output <file>",
      both(
        "写入重算后的工作簿；- 为标准输出；不给则只核对，有出入时退出码为 3",
        "the workbook with the new values; - is standard output; without it the values are only compared, and 3 is the exit code where any differs",
      ),
    )
    .addOption(jsonOption())
    .action((file: string, options: Options) => recalc(file, options));

async function recalc(file: string, { output, json }: Options): Promise<void> {
  checkWorkbook(output);
  report(reading(file));
  const bytes = await bytesOf(file);
  // The engine is large: only this command loads it.
  const [{ recalculate }, { ourFunctions }] = await Promise.all([import("./recalculate"), import("./functions")]);
  report(COMPUTING);
  const done = await recalculate(bytes, ourFunctions()).catch((error: unknown) => {
    throw error instanceof FileRefusal ? worded(file, error) : error;
  });
  const { bytes: recalculated, ...found } = done;
  if (output !== undefined) await writeWhole(output, recalculated);
  report(summary(done, output));
  if (json) printBeside(output)(JSON.stringify(found));
  const differs = output === undefined && done.changes.length > 0;
  if (differs || done.kept.length || done.errors.length) process.exitCode = EXIT.rejected;
}

async function bytesOf(file: string): Promise<Uint8Array> {
  if (file === "-") return buffer(process.stdin);
  return readFile(file).catch((error: Error) => {
    throw unreadable(file, error);
  });
}

function worded(file: string, { reason, where }: FileRefusal): Refusal {
  const [zh, en] = (["zh", "en"] as const).map((language) => TEXTS[language].reasons[reason]) as [string, string];
  const at = where && `（${where}）`;
  return refuse(`无法读取 ${file}：${zh}${at}`, `${file} cannot be read: ${en}${where && ` (${where})`}`);
}

/** So many cells are named. */
const MOST_SHOWN = 10;

function summary({ formulas, changes, errors, kept }: Recalculated, output: string | undefined): string {
  const lines = [
    both(
      `重算 ${formulas} 格公式，${changes.length} 格的值${output === undefined ? "与文件不符" : `有变，写入 ${output}`}`,
      `${formulas} formulas computed, ${changes.length} values ${output === undefined ? "differ from the file" : `changed, in ${output}`}`,
    ),
    ...shown(changes.filter((change) => !errors.includes(change))),
  ];
  if (errors.length)
    lines.push(both(`${errors.length} 格变为错误值`, `${errors.length} cells became errors`), ...shown(errors));
  if (kept.length)
    lines.push(
      both(
        `${kept.length} 格公式在这里算不了，保留文件中的值：${firstOf(kept.slice(0, MOST_SHOWN), kept.length)}`,
        `${kept.length} formulas cannot be computed here and keep their values`,
      ),
    );
  return lines.join("\n");
}

function shown(changes: readonly ShownChange[]): string[] {
  if (!changes.length) return [];
  const lines = changes
    .slice(0, MOST_SHOWN)
    .map(({ cell, before, now, message = "" }) => [cell, String(before), "→", String(now), message]);
  return [columnsOf(lines) + (changes.length > MOST_SHOWN ? "\n…" : "")];
}
