/** Looks through the workbook as a colleague would: reads it once, and lets every check look at it. */
import type { Workbook } from "../../host/workbook";
import { CHECKS } from "./checks";
import { WEIGHTS, type Finding, type Report } from "./finding";
import { readModel, type Model, type Reading } from "./model";

/** @throws WorkbookError where the workbook cannot be read; the signal's reason when it was stopped */
export async function inspect(host: Workbook, reading: Reading): Promise<Report> {
  const model = await readModel(host, reading);
  return { formulas: model.formulas.length, sheets: model.sheets.size, findings: findingsIn(model) };
}

/** What all checks find, the weightiest first. */
export function findingsIn(model: Model): readonly Finding[] {
  const findings = CHECKS.flatMap((check) => check(model)).map((finding) => fixable(finding, model));
  return WEIGHTS.flatMap((weight) => findings.filter((finding) => finding.weight === weight));
}

/** On a protected sheet nothing can be written: the finding stays, the fix goes. */
function fixable(finding: Finding, { sheets }: Model): Finding {
  const { fix, ...rest } = finding;
  const locked = fix?.entries?.some(({ place }) => sheets.get(place.sheet)?.isProtected);
  return fix && !locked ? finding : rest;
}
