/** compare: two versions of awards against one another, as a sheet. */
import path from "node:path";
import type { Command } from "commander";
import {
  assumedWords,
  compare,
  compareTerms,
  comparisonPage,
  entryOfAll,
  versionOf,
  type Comparison,
  type Line,
  type Terms,
} from "../compare";
import { writeBook } from "../export/file/write";
import { FUNCTION_NAMES } from "../functions/declared";
import { CATALOGUE, formatYuan, refuse, toYuan, type Claim, type Entry, idOf } from "../rules";
import { readClaim, readEntry, readJurisdiction } from "../tables";
import { sheetsOf } from "./cells";
import { readingsFrom } from "./options";
import {
  checkWorkbook,
  jsonOption,
  placeOption,
  printBeside,
  readingOption,
  report,
  writeWhole,
  yearOption,
  type Shown,
} from "./shell";
import { both, columnsOf, COMPUTING, reading } from "./words";

interface CompareOptions extends Shown {
  output: string;
  instrument?: string;
  place: string;
  toYear?: string;
  toInstrument?: string;
}

export const addCompare = (program: Command): void =>
  void program
    .command("compare")
    .description(
      both("对比两个版本：哪些奖补额变了、变了多少、因为哪个数", "which awards differ between two versions, and why"),
    )
    .argument("<before>", both("之前的工作簿，.xlsx 或 CSV", "the workbook before, .xlsx or CSV"))
    .argument(
      "[after]",
      both("之后的工作簿；缺省为同一份换一种口径", "the workbook after; default: the same under other terms"),
    )
    .requiredOption("-o, --output <file>", both("输出 .xlsx", "output .xlsx"))
    .addOption(yearOption().makeOptionMandatory())
    .option("-i, --instrument <id>", both("行中没写政策时的政策", "id of the instrument of rows that name none"))
    .addOption(placeOption())
    .addOption(readingOption())
    .option("--to-year <year>", both("之后改为的申报年度", "year or day of the second version"))
    .option("--to-instrument <id>", both("之后改为的政策", "instrument of the second version"))
    .addOption(jsonOption())
    .action(async (before: string, after: string | undefined, options: CompareOptions) => {
      // Another workbook has policies and years of its own.
      if (after !== undefined && (options.toYear ?? options.toInstrument) !== undefined)
        throw refuse(
          "--to-year、--to-instrument 是同一份工作簿换一种口径，不能再给之后的工作簿",
          "--to-year and --to-instrument compare one workbook with itself; leave the second one out",
        );
      const comparison = await compareFiles({
        before,
        after,
        output: options.output,
        terms: {
          entry: options.instrument === undefined ? undefined : readEntry(options.instrument),
          place: readJurisdiction(options.place),
          claim: readClaim(options.year),
        },
        change: {
          readings: options.reading ?? [],
          ...(options.toYear !== undefined && { claim: readClaim(options.toYear) }),
          ...(options.toInstrument !== undefined && { entry: readEntry(options.toInstrument) }),
        },
      });
      report(comparisonWords(comparison, options.output));
      if (options.json) printBeside(options.output)(forMachines(comparison));
    });

export interface CompareJob {
  readonly before: string;
  /** Another workbook; undefined: the first one under what is changed. */
  readonly after: string | undefined;
  readonly output: string;
  readonly terms: Omit<Terms, "readings">;
  /** What the second version takes in place of what the first one has. */
  readonly change: { readonly readings: readonly string[]; readonly claim?: Claim; readonly entry?: Entry };
}

/** @throws Refusal for files that cannot be read, or hold neither awards nor a table */
export async function compareFiles({ before, after, output, terms, change }: CompareJob): Promise<Comparison> {
  checkWorkbook(output);
  const open = async (file: string) => {
    report(reading(file));
    return { name: path.basename(file), sheets: await sheetsOf(file) };
  };
  const first = await open(before);
  const second = after === undefined ? undefined : await open(after);
  report(COMPUTING);
  const now: Terms = { ...terms, readings: {} };
  const other = { readings: readingsFrom(CATALOGUE, change.readings), instead: change };
  const old = second && versionOf(first, now, FUNCTION_NAMES);
  const comparison =
    second && old
      ? compare(old, versionOf(second, { ...now, entry: now.entry ?? entryOfAll(old), ...other }, FUNCTION_NAMES))
      : compareTerms(first, now, other, `${first.name}（${wordsOf(change)}）`, FUNCTION_NAMES);
  await writeWhole(output, writeBook({ title: "补贴对比", sheets: [comparisonPage(comparison)], names: [] }));
  return comparison;
}

const wordsOf = ({ readings, claim, entry }: CompareJob["change"]): string =>
  [...readings, ...(claim ? [`${claim.day ?? claim.year} 年度`] : []), ...(entry ? [idOf(entry)] : [])].join("，") ||
  "按现行规则重算";

/** Amounts in yuan; awards are named as their lines are. */
function forMachines({ before, after, same, moves, causes, assumed }: Comparison): string {
  const awardOf = (line: Line | undefined) =>
    line && {
      place: line.place,
      instrument: line.instrument,
      firm: line.firm,
      object: line.object,
      year: line.year,
      yuan: line.fen === undefined ? null : toYuan(line.fen),
      words: line.words,
    };
  const inYuan = <T extends { fen: number }>({ fen, ...others }: T) => ({ ...others, yuan: toYuan(fen) });
  return JSON.stringify({
    before: toYuan(before),
    after: toYuan(after),
    same,
    moves: moves.map(({ kind, before: was, after: is, fen, reasons }) => ({
      kind,
      before: awardOf(was),
      after: awardOf(is),
      yuan: toYuan(fen),
      reasons: reasons.map(inYuan),
    })),
    causes: causes.map(inYuan),
    assumed: assumed.map(({ zh }) => zh),
  });
}

function comparisonWords({ before, after, same, moves, causes, assumed }: Comparison, output: string): string {
  const lines = [
    both(
      `${moves.length} 行不同，${same} 行相同；${formatYuan(before)} → ${formatYuan(after)} 元，已写入 ${output}`,
      `${moves.length} rows differ, ${same} are the same; written to ${output}`,
    ),
  ];
  const { zh, en } = assumedWords(assumed);
  if (assumed.length) lines.push(both(zh, en));
  if (causes.length)
    lines.push(columnsOf(causes.map(({ cause, clause, rows, fen }) => [cause, clause, `${rows} 行`, formatYuan(fen)])));
  return lines.join("\n");
}
