/** The workbench's engine without a screen, with two functions of the test's own. */
import { IUniverInstanceService, LocaleType, LogLevel, Univer, type IWorkbookData } from "@univerjs/core";
import { FUniver } from "@univerjs/core/facade";
import { UniverFormulaEnginePlugin } from "@univerjs/engine-formula";
import { UniverSheetsPlugin } from "@univerjs/sheets";
import { UniverSheetsFormulaPlugin } from "@univerjs/sheets-formula";
import "@univerjs/engine-formula/facade";
import "@univerjs/sheets/facade";
import "@univerjs/sheets-formula/facade";
import { univerWorkbook } from "../../src/host/univer";
import type { Language, Workbook } from "../../src/host/workbook";
import { engineFunctions } from "../../src/workbench/call";
import { descriptions } from "../../src/workbench/help";
import { Messages } from "../../src/workbench/message";
import type { FunctionMetadata } from "../../src/workbench/metadata";
import { FunctionError, type Implementation } from "../../src/host/runtime";

type Table = (string | number | boolean | FunctionError)[][];

/** What our functions' tests set, as the task pane sets the pick. */
export const state = { factor: 3, rows: 3 };

const parameter = (name: string, optional = false) => ({ name, dimensionality: "matrix" as const, optional });

const METADATA: FunctionMetadata[] = [
  { id: "TIMES", name: "TIMES", parameters: [parameter("amount"), parameter("factor", true)] },
  { id: "BUTIE.LIST", name: "BUTIE.LIST", parameters: [] },
  { id: "SEEN", name: "SEEN", parameters: [parameter("first"), parameter("second", true)] },
  { id: "BREAKS", name: "BREAKS", parameters: [parameter("amount", true)] },
];

function times(amounts: Table, factor: Table | null): Table {
  return amounts.map(([amount], row) => {
    if (amount instanceof FunctionError) return [amount];
    if (typeof amount === "string" && amount !== "") return [new FunctionError("#VALUE!", `第${row + 1}行不是数`)];
    return [Number(amount) * Number(factor?.[0]?.[0] ?? state.factor)];
  });
}

const shown = (value: unknown): string =>
  value instanceof FunctionError ? `error ${value.code}` : JSON.stringify(value);

const IMPLEMENTATIONS = new Map<string, Implementation>(
  Object.entries({
    TIMES: times as Implementation,
    "BUTIE.LIST": () => Array.from({ length: state.rows }, (_, row) => [`工具${row + 1}`, row]),
    SEEN: (...args: unknown[]) => [args.map((arg) => (arg as Table | null)?.flat().map(shown).join(";") ?? "null")],
    BREAKS: (amount: unknown) => {
      if (amount === null) throw new FunctionError("#N/A", "不在有效期内");
      throw new Error("unexpected");
    },
  }),
);

export interface Headless {
  readonly univer: Univer;
  readonly api: FUniver;
  readonly functions: readonly string[];
  readonly workbook: Workbook;
  readonly language: () => Language;
}

/** Functions beside those of the engine. */
export interface OwnFunctions {
  readonly metadata: readonly FunctionMetadata[];
  readonly implementations: ReadonlyMap<string, Implementation>;
}

/** @param sheets sheet name → rows of cells as typed */
export async function headless(
  sheets: Record<string, (string | number | boolean)[][]>,
  seesErrors = true,
  own: OwnFunctions = { metadata: METADATA, implementations: IMPLEMENTATIONS },
): Promise<Headless> {
  const metadata = { functions: own.metadata, allowErrorForDataTypeAny: seesErrors };
  const messages = new Messages();
  const univer = new Univer({
    locale: LocaleType.ZH_CN,
    locales: { [LocaleType.ZH_CN]: {} },
    logLevel: LogLevel.ERROR,
  });
  univer.registerPlugin(UniverFormulaEnginePlugin, {
    function: engineFunctions(metadata, own.implementations, messages),
  });
  univer.registerPlugin(UniverSheetsPlugin);
  univer.registerPlugin(UniverSheetsFormulaPlugin, { description: descriptions(metadata, "zh") });
  const api = FUniver.newAPI(univer);
  const functions = own.metadata.map(({ name }) => name);
  let language: Language = "zh";
  const workbook = univerWorkbook({
    univer,
    api,
    functions,
    messageAt: (cell) => messages.at(cell)?.text,
    appearance: {
      get language() {
        return language;
      },
      theme: "light",
      subscribe: () => () => undefined,
      setLanguage: (next) => (language = next),
    },
  });
  const names = Object.keys(sheets);
  const data: Partial<IWorkbookData> = {
    sheetOrder: names,
    sheets: Object.fromEntries(names.map((name) => [name, { id: name, name, rowCount: 100, columnCount: 20 }])),
  };
  // Undo goes to the workbook that has the focus; without a screen nothing has it.
  univer.__getInjector().get(IUniverInstanceService).focusUnit(api.createWorkbook(data).getId());
  for (const [sheet, rows] of Object.entries(sheets)) {
    const columns = Math.max(...rows.map((row) => row.length), 0);
    if (columns === 0) continue;
    const address = `A1:${String.fromCharCode(64 + columns)}${rows.length}`;
    await workbook.write([
      { place: { sheet, address }, cells: rows.map((row) => [...row, ...Array(columns - row.length).fill("")]) },
    ]);
  }
  return { univer, api, functions, workbook, language: () => language };
}
