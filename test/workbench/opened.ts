/** A file opened in an engine without a screen, edited and saved as the page does it. */
import { IUniverInstanceService, LocaleType } from "@univerjs/core";
import { Changes } from "../../src/workbench/changes";
import { COMPUTED_FUNCTIONS, OTHER_FUNCTIONS } from "../../src/workbench/excel-functions";
import type { Abilities } from "../../src/workbench/file/book";
import { openFile } from "../../src/workbench/file/read";
import { saveFile } from "../../src/workbench/file/write";
import { snapshot } from "../../src/workbench/snapshot";
import { headless, type OwnFunctions } from "../host/headless";

export const abilitiesOf = (functions: readonly string[]): Abilities => ({
  ours: functions,
  known: COMPUTED_FUNCTIONS,
  others: OTHER_FUNCTIONS,
});

const started: (() => void)[] = [];

/** For `afterEach`. */
export const closeAll = () => started.splice(0).forEach((close) => close());

export async function opened(bytes: Uint8Array, own?: OwnFunctions) {
  const engine = await headless({}, true, own);
  const { univer, api, functions } = engine;
  started.push(() => univer.dispose());
  const abilities = abilitiesOf(functions);
  api.disposeUnit(api.getActiveWorkbook()!.getId());
  const { workbook, features } = openFile(bytes, abilities);
  const id = api.createWorkbook({ ...workbook, locale: LocaleType.ZH_CN }).getId();
  // Undo goes to the workbook that has the focus.
  univer.__getInjector().get(IUniverInstanceService).focusUnit(id);
  api.getFormula().executeCalculation();
  await api.getFormula().onCalculationResultApplied();
  const changes = new Changes({ univer });
  const sheet = (name: string) => {
    const found = api.getActiveWorkbook()!.getSheetByName(name)!;
    found.activate();
    return found;
  };
  const save = () => saveFile(bytes, snapshot({ univer, api }, changes.steps), abilities);
  return { ...engine, features, changes, sheet, save };
}
