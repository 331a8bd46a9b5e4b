/** compare: two versions of awards against one another, as a sheet. */
import path from "node:path";
import { compare, compareTerms, comparisonPage, entryOfAll, versionOf, type Comparison, type Terms } from "../compare";
import { writeBook } from "../export/file/write";
import { FUNCTION_NAMES } from "../functions/declared";
import { CATALOGUE, type Claim, type Entry } from "../rules";
import { checkOutput, sheetsOf, writeWhole } from "./files";
import { readingsFrom } from "./options";

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
  checkOutput(output);
  const open = async (file: string) => ({ name: path.basename(file), sheets: await sheetsOf(file) });
  const first = await open(before);
  const now: Terms = { ...terms, readings: {} };
  const other = { readings: readingsFrom(CATALOGUE, change.readings), instead: change };
  const old = after ? versionOf(first, now, FUNCTION_NAMES) : undefined;
  const comparison =
    after && old
      ? compare(
          old,
          versionOf(await open(after), { ...now, entry: now.entry ?? entryOfAll(old), ...other }, FUNCTION_NAMES),
        )
      : compareTerms(first, now, other, `${first.name}（${wordsOf(change)}）`, FUNCTION_NAMES);
  await writeWhole(output, writeBook({ title: "补贴对比", sheets: [comparisonPage(comparison)], names: [] }));
  return comparison;
}

const wordsOf = ({ readings, claim, entry }: CompareJob["change"]): string =>
  [...readings, ...(claim ? [`${claim.day ?? claim.year} 年度`] : []), ...(entry ? [entry.instrument.id] : [])].join(
    "，",
  ) || "按现行规则重算";
