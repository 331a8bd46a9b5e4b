/** What a set may be called, and what keeps one from being saved or run, in words. */
import { refuse, type Refusal, type Scenario } from "../../../rules";
import { nameOf, scenarioCells, type LastTotal, type ScenarioSet } from "../../../tables";

/** @param own the present name of a set that is renamed. @throws Refusal for no name, and one that another set has */
export function checkedName(text: string, sets: readonly ScenarioSet[], own?: string): string {
  const name = text.trim();
  if (!name) throw refuse("请给情景集起个名字", "give the set a name");
  if (sets.some((one) => one.name !== own && nameOf(one.name) === nameOf(name)))
    throw refuse(`已有情景集“${name}”`, `there is a set ${name} already`);
  return name;
}

/** A name that no set has: with a number behind it where it is taken. */
export function freeName(text: string, sets: readonly ScenarioSet[]): string {
  const taken = (name: string): boolean => sets.some((one) => nameOf(one.name) === nameOf(name));
  let free = text;
  for (let n = 2; taken(free); n++) free = `${text} ${n}`;
  return free;
}

/** @throws Refusal for one that is no longer there */
export function setNamed(name: string, sets: readonly ScenarioSet[]): ScenarioSet {
  const found = sets.find((one) => one.name === name);
  if (!found) throw refuse(`工作表上已没有情景集“${name}”`, `the sheet no longer has a set ${name}`);
  return found;
}

/** @throws Refusal */
export function checkScenarios(scenarios: readonly Scenario[]): void {
  if (!scenarios.length) throw refuse("情景表是空的，没有可保存的情景", "there are no scenarios to save");
}

/** @throws Refusal where no base was chosen */
export function needed<T>(base: T | undefined): T {
  if (base === undefined) throw refuse("请先在上面选好基准数据", "choose the base first");
  return base;
}

/** The same for scenarios that have the same name and change the same. */
const contentOf = (scenario: Scenario): string => JSON.stringify(Object.entries(scenarioCells(scenario)).sort());

/**
 * What a run came to, for scenarios that may have been worked on since: another in the place of one that was run has no total.
 * @param totals of the rows as they are, then of each scenario that was run
 */
export function totalsFor(
  scenarios: readonly Scenario[],
  ran: readonly Scenario[],
  totals: readonly (LastTotal | undefined)[],
): (LastTotal | undefined)[] {
  const places = new Map(ran.map((scenario, k) => [contentOf(scenario), k + 1]));
  const totalOf = (scenario: Scenario): LastTotal | undefined => totals[places.get(contentOf(scenario)) ?? -1];
  return [totals[0], ...scenarios.map(totalOf)];
}

export const notRun = (name: string): Refusal =>
  refuse(
    `工作表上已没有“${name}”上次运行的结果，无从比较`,
    `the sheet no longer has a last run of ${name} to compare with`,
  );
