/** A workbook file computed by the workbench's engine, without a screen. */
import { IUniverInstanceService, LocaleType, LogLevel, Univer } from "@univerjs/core";
import { FUniver } from "@univerjs/core/facade";
import { UniverFormulaEnginePlugin } from "@univerjs/engine-formula";
import { UniverSheetsPlugin } from "@univerjs/sheets";
import { CalculationMode, UniverSheetsFormulaPlugin } from "@univerjs/sheets-formula";
import "@univerjs/engine-formula/facade";
import "@univerjs/sheets/facade";
import "@univerjs/sheets-formula/facade";
import { NO_PICK, setPick } from "../../functions/pick";
import { univerWorkbook } from "../../host/univer";
import { engineFunctions } from "../../workbench/call";
import { abilitiesOf } from "../../workbench/excel-functions";
import type { Abilities, SavedWorkbook } from "../../workbench/file/book";
import { unpack } from "../../workbench/file/package";
import { openRead, readParts, type ReadFile } from "../../workbench/file/read";
import { Messages } from "../../workbench/message";
import type { Metadata } from "../../workbench/metadata";
import type { Implementation } from "../../host/runtime";
import { snapshot } from "../../workbench/snapshot";
import { called, fromFile } from "../../workbench/spelling";

/** Our functions, as the build describes them and as they announced themselves. */
export interface OurFunctions {
  readonly metadata: Metadata;
  readonly implementations: ReadonlyMap<string, Implementation>;
}

/** A place in a file: sheet by its id, row and column from 0. */
export interface CellPlace {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
}

export interface Computed {
  readonly file: ReadFile;
  readonly workbook: SavedWorkbook;
  /** Formulas that the engine does not compute: their cells keep what the file stores. */
  readonly kept: readonly CellPlace[];
  /** What our function wrote about the error in a cell. */
  readonly messageAt: (cell: CellPlace) => string | undefined;
}

/** @throws FileRefusal for what is no workbook */
export async function computed(bytes: Uint8Array, { metadata, implementations }: OurFunctions): Promise<Computed> {
  const functions = metadata.functions.map(({ name }) => name);
  const parts = unpack(bytes);
  const known = abilitiesOf(functions);
  const first = readParts(parts, known);
  const abilities = withUnknown(first, known);
  const file = abilities === known ? first : readParts(parts, abilities);
  const { workbook: opened } = openRead(file, abilities);
  const messages = new Messages();
  const univer = new Univer({
    locale: LocaleType.ZH_CN,
    locales: { [LocaleType.ZH_CN]: {} },
    logLevel: LogLevel.SILENT,
  });
  try {
    univer.registerPlugin(UniverFormulaEnginePlugin, {
      function: engineFunctions(metadata, implementations, messages),
    });
    univer.registerPlugin(UniverSheetsPlugin);
    // Once, when it is asked to: its own first run would still be under way at the end.
    univer.registerPlugin(UniverSheetsFormulaPlugin, { initialFormulaComputing: CalculationMode.NO_CALCULATION });
    const api = FUniver.newAPI(univer);
    const unit = api.createWorkbook({ ...opened, locale: LocaleType.ZH_CN });
    univer.__getInjector().get(IUniverInstanceService).focusUnit(unit.getId());
    const host = univerWorkbook({
      univer,
      api,
      functions,
      messageAt: (cell) => messages.at(cell)?.text,
      appearance: {
        language: NO_PICK.language,
        theme: "light",
        subscribe: () => () => undefined,
        setLanguage: () => {},
      },
    });
    // The functions know the pick of the file before they compute.
    setPick(await host.pick());
    api.getFormula().executeCalculation();
    await api.getFormula().onCalculationResultApplied();
    return {
      file,
      workbook: snapshot({ univer, api }, new Map()),
      kept: keptIn(file),
      messageAt: ({ sheet, row, column }) => messages.at({ sheetId: sheet, row, column })?.text,
    };
  } finally {
    setPick({});
    univer.dispose();
  }
}

/** A function that nobody knows may be another add-in's: its cells keep their values. */
function withUnknown({ sheets }: ReadFile, abilities: Abilities): Abilities {
  const known = new Set([...abilities.known, ...abilities.ours, ...abilities.others].map((name) => name.toUpperCase()));
  const unknown = new Set<string>();
  for (const { stored } of sheets) {
    for (const { formula } of stored.cells) {
      if (!formula?.text) continue;
      for (const name of called(fromFile(formula.text, abilities.ours))) if (!known.has(name)) unknown.add(name);
    }
  }
  return unknown.size ? { ...abilities, others: [...abilities.others, ...unknown] } : abilities;
}

function keptIn({ sheets, reading }: ReadFile): CellPlace[] {
  const kept: CellPlace[] = [];
  for (const { id, name, stored } of sheets) {
    const beyond = new Set<string>();
    for (const { row, column, formula } of stored.cells) {
      if (!formula) continue;
      const { f, si } = reading.formula({ formula, row }, id, name);
      if (f !== undefined || (si && !beyond.has(si))) continue;
      if (si) beyond.add(si);
      else if (formula.shared !== undefined) beyond.add(`${id}-${formula.shared}`);
      kept.push({ sheet: id, row, column });
    }
  }
  return kept;
}
