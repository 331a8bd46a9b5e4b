/** The version of the rules that a workbook was made with: noted in it when the pane first writes, never changed by itself. */
import type { Workbook } from "../host/workbook";
import { RULES_VERSION } from "../rules";

const NOTE = "RULES";

type Notes = Pick<Workbook, "notes" | "note">;

/** The version noted in the workbook; undefined where none is. */
export const madeWith = async (host: Pick<Workbook, "notes">): Promise<string | undefined> =>
  (await host.notes()).get(NOTE);

/** Notes the version of now, where none is noted yet. What was written stays written where the note fails. */
export async function noteRules(host: Notes): Promise<void> {
  try {
    if ((await madeWith(host)) === undefined) await renewRules(host);
  } catch {
    // The workbook is none the worse for it: it is then not known what it was made with.
  }
}

/** Notes the version of now, whatever was noted. */
export const renewRules = (host: Notes): Promise<void> => host.note(NOTE, RULES_VERSION.version);
