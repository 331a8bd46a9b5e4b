/** The workbook on the page and the file it came from: opening, saving, beginning anew, and coming back after a crash. */
import type { IWorkbookData } from "@univerjs/core";
import { abilitiesOf } from "./excel-functions";
import { setPick } from "../functions/pick";
import type { Workbook } from "../host/workbook";
import type { Appearance } from "./appearance";
import { Changes } from "./changes";
import { type CsvReading, csvWorkbook, rowsOf } from "./csv";
import { type Draft, eraseDraft, keepDraft } from "./draft";
import type { Engine } from "./engine";
import type { Abilities } from "./file/book";
import * as files from "./file/client";
import type { Feature } from "./file/features";
import { download } from "../host/download";
import { snapshot } from "./snapshot";

/** So long after the last edit the state is kept in the browser. */
const PAUSE = 1500;
const BLANK: Partial<IWorkbookData> = {
  sheetOrder: ["first"],
  sheets: { first: { id: "first", name: "Sheet1", rowCount: 1000, columnCount: 26 } },
};

export class Document {
  readonly changes: Changes;
  fileName: string;
  features: readonly Feature[] = [];
  private original: Uint8Array | undefined;
  private readonly abilities: Abilities;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly host: Workbook,
    private readonly appearance: Appearance,
    fileName: string,
  ) {
    this.fileName = fileName;
    this.abilities = abilitiesOf(engine.functions);
    this.changes = new Changes(engine);
    this.changes.subscribe(() => this.keepSoon());
  }

  /** Shows another workbook. The functions know its pick before they compute. */
  private async show(workbook: Partial<IWorkbookData>): Promise<void> {
    const { api, messages } = this.engine;
    const previous = api.getActiveWorkbook();
    if (previous) api.disposeUnit(previous.getId());
    messages.clear();
    api.createWorkbook(workbook);
    const pick = await this.host.pick();
    setPick(pick);
    if (pick.language) this.appearance.setLanguage(pick.language);
    api.getFormula().executeCalculation();
    await api.getFormula().onCalculationResultApplied();
  }

  private async begin(
    workbook: Partial<IWorkbookData>,
    fileName: string,
    original?: Uint8Array,
    features: readonly Feature[] = [],
  ) {
    await this.show(workbook);
    Object.assign(this, { fileName, original, features });
    this.changes.begin();
    await eraseDraft();
  }

  /** @throws FileRefusal */
  async open(fileName: string, bytes: Uint8Array): Promise<void> {
    const { workbook, features } = await files.open(bytes, this.abilities);
    await this.begin(workbook, fileName, bytes, features);
  }

  async openCsv(fileName: string, bytes: Uint8Array, reading: CsvReading, header: boolean): Promise<void> {
    const name = fileName.replace(/\.[^.]*$/, "");
    const sheet = name.replace(/[[\]:*?/\\']/g, "").slice(0, 31) || "CSV";
    await this.begin(csvWorkbook(rowsOf(bytes, reading), sheet, header), `${name}.xlsx`);
  }

  blank = (fileName: string): Promise<void> => this.begin(structuredClone(BLANK), fileName);

  /** The names of the sheets from or to which cells went that something was tied to. */
  get torn(): string[] {
    const sheets = this.engine.api.getActiveWorkbook()?.getSheets() ?? [];
    return this.original
      ? sheets.filter((sheet) => this.changes.torn.has(sheet.getSheetId())).map((sheet) => sheet.getSheetName())
      : [];
  }

  /** Hands the workbook over as a file under a name. */
  async save(fileName: string): Promise<void> {
    await this.engine.api.getFormula().onCalculationResultApplied();
    const workbook = snapshot(this.engine, this.changes.steps);
    const bytes = await files.save(this.original, workbook, this.abilities);
    download(fileName, bytes);
    this.fileName = fileName;
    this.changes.saved();
    await eraseDraft();
  }

  async restore({ workbook, fileName, original, features, changes }: Draft): Promise<void> {
    await this.show(workbook);
    Object.assign(this, { fileName, original, features });
    this.changes.begin(changes);
  }

  private keepSoon(): void {
    clearTimeout(this.timer);
    if (!this.changes.unsaved) return;
    this.timer = setTimeout(() => {
      const workbook = this.engine.api.getActiveWorkbook()?.save();
      if (!workbook || !this.changes.unsaved) return;
      const { fileName, original, features } = this;
      const { steps, torn } = this.changes;
      void keepDraft({ fileName, at: new Date(), workbook, original, features, changes: { steps, torn } });
    }, PAUSE);
  }
}
