/** The unit in which the user types amounts: the one chosen last, kept in the workbook as a note. */
import { useEffect } from "react";
import type { Workbook } from "../../host/workbook";
import type { Unit } from "../../tables";
import { usePane } from "../context";
import { Ongoing, perWorkbook, useOngoing } from "./ongoing";
import { UNIT_WORDS } from "./amount";

const NOTE = "UNIT";

class UsualUnit extends Ongoing<Unit | undefined> {
  constructor(private readonly host: Workbook | undefined) {
    super(undefined);
  }

  async read(): Promise<void> {
    const noted = Number((await this.host?.notes())?.get(NOTE));
    if (this.state === undefined && noted in UNIT_WORDS) this.notify(noted as Unit);
  }

  async choose(unit: Unit): Promise<void> {
    this.notify(unit);
    await this.host?.note(NOTE, String(unit));
  }
}

const unitOf = perWorkbook((host) => new UsualUnit(host));
const WITHOUT_WORKBOOK = new UsualUnit(undefined);

/** The unit of the last choice, if there was one, and the way to choose. */
export function useUsualUnit(): [Unit | undefined, (unit: Unit) => void] {
  const { host } = usePane();
  const unit = host ? unitOf(host) : WITHOUT_WORKBOOK;
  // A workbook that keeps no notes forgets the unit; amounts name theirs all the same.
  useEffect(() => void unit.read().catch(() => undefined), [unit]);
  return [useOngoing(unit), (chosen) => void unit.choose(chosen).catch(() => undefined)];
}
