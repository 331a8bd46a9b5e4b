/** Tables of scenarios in files. */
import { Refusal, refuse, type Scenario } from "../../rules";
import { readScenarios } from "../../tables";
import { sheetsOf } from "../cells";

/** @throws Refusal for a table that cannot be read, with its file, row and column */
export async function scenariosIn(file: string, sheet?: string): Promise<Scenario[]> {
  const [found] = await sheetsOf(file, sheet);
  const set = read(file, found?.cells.values ?? []);
  if (set.length) return set;
  throw refuse(`${file} 中没有情景：应有一行表头和至少一行情景`, `${file} has no scenarios below its headers`);
}

function read(file: string, cells: Parameters<typeof readScenarios>[0]): Scenario[] {
  try {
    return readScenarios(cells);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { zh, en } = error.text;
    throw refuse(`${file}：${zh}`, `${file}: ${en}`);
  }
}
