/** Tables of scenarios in files. */
import { refuse, type Scenario } from "../../rules";
import { readScenarios } from "../../tables";
import { sheetsOf } from "../cells";

/** @throws Refusal for a table that cannot be read, with its row and column */
export async function scenariosIn(file: string, sheet?: string): Promise<Scenario[]> {
  const [found] = await sheetsOf(file, sheet);
  const set = readScenarios(found?.cells.values ?? []);
  if (set.length) return set;
  throw refuse(`${file} 中没有情景：应有一行表头和至少一行情景`, `${file} has no scenarios below its headers`);
}
