/** diff: two policies, documents or versions side by side. upkeep: what of the catalogue needs a look on a day. */
import type { Command } from "commander";
import { readSide } from "../functions/catalogue";
import { refuse, type Language } from "../rules";
import { readClaim } from "../tables";
import { languageOf } from "./options";
import { differenceTable } from "../writers/difference";
import { DUE, dueOn } from "../writers/upkeep";
import { englishOption, jsonOption, print, type Shown } from "./shell";
import { both, columnsOf } from "./words";

export function addUpkeep(program: Command): void {
  program
    .command("diff")
    .description(both("两项政策、两份文件或两个版本对照", "two instruments, documents or versions of one side by side"))
    .argument("<before>", both("编号，或 编号@起始日", "id, or id@first day of the version"))
    .argument("<after>", both("编号，或 编号@起始日", "id, or id@first day of the version"))
    .addOption(jsonOption())
    .addOption(englishOption())
    .action((before: string, after: string, options: Shown) => {
      const language = languageOf(options);
      const table = differenceTable(readSide(before), readSide(after), language);
      print(options.json ? JSON.stringify(table) : differenceLines(table, language));
    });

  program
    .command("upkeep")
    .description(
      both(
        "要看一看的：90 天内终止的、有提示的、一年没有核对的",
        "what ends within 90 days, is reported, or was not checked for a year",
      ),
    )
    .option("--date <day>", both("哪一天；缺省为今天", "on which day; default: today"))
    .addOption(jsonOption())
    .action(({ date, json }: { date?: string; json?: boolean }) => {
      const day = date === undefined ? new Date().toISOString().slice(0, 10) : readClaim(date).day;
      if (day === undefined) throw refuse(`“${date}”要写到日，如 2026-06-10`, `${date} must be a day`);
      const due = dueOn(day);
      if (json) return print(JSON.stringify(due));
      print(both(`截至 ${day} 有 ${due.length} 件`, `${due.length} as of ${day}`));
      if (due.length) print(columnsOf(due.map(({ id, kind, words }) => [id, DUE[kind], words])));
    });
}

/** One difference a line, under the name of its instrument; quotations are longer than any column. */
function differenceLines([, ...rows]: readonly (readonly string[])[], language: Language): string {
  const [colon, none] = language === "zh" ? ["：", "（无）"] : [": ", "(none)"];
  const lines = rows.flatMap(([name = "", item = "", before, after, change], r) => {
    const title = name && name !== rows[r - 1]?.[0] ? [name] : [];
    if (!before && !after) return [...title, item];
    const words = `  ${item}${colon}${before || none} → ${after || none}${change ? `  ${change}` : ""}`;
    return [...title, words.replaceAll("\n", " ")];
  });
  return lines.join("\n");
}
