/** butie best: for each row of a table the instrument of a family that pays most, as BUTIE.BEST chooses it. */
import type { Command } from "commander";
import { bestChoice, bestTable } from "../functions/best";
import { familyIn } from "../functions/catalogue";
import { withThoseAbove } from "../functions/period";
import { setPick } from "../functions/pick";
import { CATALOGUE, entryOf, formatYuan, toFen, type Claim, type Jurisdiction, type Language } from "../rules";
import {
  claimsOf,
  isError,
  matchColumns,
  readClaim,
  readJurisdiction,
  RESULTS,
  valueAt,
  type FoundTable,
} from "../tables";
import { tableIn } from "./cells";
import { languageOf } from "./options";
import {
  checkOutput,
  englishOption,
  EXIT,
  fileArgument,
  jsonOption,
  outputOption,
  printBeside,
  report,
  sheetOption,
  withWarehouse,
  writeRows,
  yearOption,
  type ResultColumn,
  type Shown,
} from "./shell";
import { both, COMPUTING, reading } from "./words";

interface Options extends Shown {
  family: string;
  place: string;
  only?: boolean;
  sheet?: string;
  output?: string;
}

export const addBest = (program: Command): void =>
  void program
    .command("best")
    .description(both("同类政策中每行可得最多的一项", "for each row the instrument of a family that pays most"))
    .addArgument(fileArgument())
    .requiredOption("-f, --family <family>", both("类别，如 算力券", "family"))
    .addOption(yearOption().makeOptionMandatory())
    .option("-p, --place <place>", both("辖区；上级辖区也在内", "jurisdiction; those above it count, too"), "滨江")
    .option("--only", both("只在该辖区内选", "that jurisdiction alone"))
    .addOption(sheetOption())
    .addOption(outputOption())
    .addOption(jsonOption())
    .addOption(englishOption())
    .action((file: string, options: Options) => best(file, options));

export interface BestRow {
  /** As the sheet counts, from 1. */
  readonly row: number;
  readonly firm?: string;
  readonly object?: string;
  /** Null where the row has no amount, for the reason in `note`. */
  readonly yuan: number | null;
  readonly instrument: string;
  readonly name: string;
  readonly note: string;
}

async function best(file: string, options: Options): Promise<void> {
  const language = languageOf(options);
  const place = readJurisdiction(options.place);
  const claim = readClaim(options.year);
  const family = familyIn(options.family);
  checkOutput(options.output);
  report(reading(file));
  const table = await tableIn(file, options.sheet);
  report(COMPUTING);
  const rows = bestRows(table, family, claim, options.only ? [place] : withThoseAbove(place), language);
  const output = options.output ?? (options.json ? undefined : "-");
  if (output !== undefined)
    await withWarehouse({}, (warehouse) => writeRows(warehouse, output, COLUMNS, cellsOf(rows)));
  if (options.json) printBeside(output)(JSON.stringify(rows));
  const total = rows.reduce((sum, { yuan }) => sum + (yuan === null ? 0 : toFen(yuan)), 0);
  const unknown = rows.filter(({ yuan, note }) => yuan === null && note).length;
  report(
    both(
      `${rows.length} 行，合计 ${formatYuan(total)} 元；${unknown} 行没有金额，原因见“说明”`,
      `${rows.length} rows, ${formatYuan(total)} yuan in all; ${unknown} without an amount, for the reason in the note`,
    ),
  );
  if (unknown) process.exitCode = EXIT.rejected;
}

/** @throws Refusal where the table cannot be read or the family pays nothing in these places */
export function bestRows(
  table: FoundTable,
  family: string,
  claim: Claim,
  places: readonly Jurisdiction[],
  language: Language,
): BestRow[] {
  const entries = CATALOGUE.filter(
    ({ instrument, jurisdiction }) => instrument.family === family && instrument.parts && places.includes(jurisdiction),
  );
  const matches = matchColumns(table.region, entries, new Map());
  const { headers, values } = claimsOf(table, matches, entries);
  setPick({ language });
  const answers = bestTable(bestChoice(family, headers, values, [""], claim, places), language);
  const named = (name: string, row: number): string | undefined => {
    const column = matches.find((match) => match.name === name)?.column;
    return column === undefined ? undefined : String(valueAt(table, row, column));
  };
  return table.region.rows.map((row): BestRow => {
    const [answer, id = "", note = ""] = answers[row] as [(typeof answers)[number][number], string?, string?];
    const [firm, object] = [named("firm", row), named("object", row)];
    const common = { row: row + 1, ...(firm !== undefined && { firm }), ...(object !== undefined && { object }) };
    if (isError(answer))
      return { ...common, yuan: null, instrument: "", name: "", note: answer.message ?? answer.code };
    if (typeof answer !== "number") return { ...common, yuan: null, instrument: id, name: "", note: String(answer) };
    return { ...common, yuan: answer, instrument: id, name: id && entryOf(id).instrument.name[language], note };
  });
}

const COLUMNS: readonly ResultColumn[] = [
  { header: "行", type: "BIGINT" },
  { header: "企业", type: "VARCHAR" },
  { header: "对象", type: "VARCHAR" },
  { header: RESULTS.award, type: "DECIMAL(18, 2)" },
  { header: "政策工具", type: "VARCHAR" },
  { header: "名称", type: "VARCHAR" },
  { header: "说明", type: "VARCHAR" },
];

const cellsOf = (rows: readonly BestRow[]): (string | undefined)[][] =>
  rows.map(({ row, firm, object, yuan, instrument, name, note }) => [
    String(row),
    firm,
    object,
    yuan === null ? undefined : String(yuan),
    instrument || undefined,
    name || undefined,
    note || undefined,
  ]);
