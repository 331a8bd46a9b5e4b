/** The plans of a scenario: those of the base under another instrument, year or reading, and other figures. */
import { anyDay, CATALOGUE, entryOf, findJurisdiction, readingsOf } from "../../law/catalogue";
import { versionAt, type Entry } from "../../law/time";
import type { Block } from "../../columns";
import { ratio } from "../../number/ratio";
import type { Plan } from "../../plan/plan";
import { planOf } from "../../plan/resolve";
import { refuse } from "../../refusal";
import type { Changes } from "./scenario";
import { checkTiers } from "./tiers";

/** A rate and a cap instead of the document's. */
type Figures = Pick<Changes, "rate" | "cap">;

/**
 * The blocks under the scenario's rules.
 * @param figures none where they stand in columns (together.ts)
 * @throws Refusal where nothing in them can change as the scenario asks
 */
export function replanned(blocks: readonly Block[], changes: Changes, figures: Figures = changes): readonly Block[] {
  const { rates, caps, ...others } = changes;
  const { readings = {}, instrument, jurisdiction, claim } = others;
  const { rate, cap } = figures;
  const named = Object.entries(readings);
  const changed = [rate, cap, rates, caps, instrument, jurisdiction, claim].some((change) => change !== undefined);
  if (!named.length && !changed) return blocks;
  if (rates ?? caps)
    checkTiers(
      blocks.map(({ plan }) => planUnder(plan, others, {})),
      changes,
    );
  const result = blocks.map((block): Block => ({ ...block, plan: planUnder(block.plan, changes, figures) }));
  for (const [name, option] of named) {
    if (result.some(({ plan }) => plan.readings[name] === option)) continue;
    throw refuse(
      `这些政策工具没有这一读法：${wordsOf(name, option)}`,
      `these instruments have no reading ${name} = ${option}`,
    );
  }
  return result;
}

/** The question of a reading and the option in Chinese, as the first instrument of the catalogue that has it words them. */
function wordsOf(name: string, option: string): string {
  const readings = CATALOGUE.map(({ instrument }) => readingsOf(instrument)[name]);
  const known = readings.find((reading) => reading && option in reading.options);
  return known ? `${known.doubt.zh}＝${known.options[option]!.zh}` : option;
}

function planUnder(plan: Plan, changes: Changes, { rate, cap }: Figures): Plan {
  const { readings = {}, claim, rates, caps } = changes;
  const tiers = { ...(rates && { rates }), ...(caps && { caps }) };
  const entry = versionAt(entryUnder(plan, changes), claim ?? plan.claim);
  const options = readingsOf(entry.instrument);
  const wanted = { ...(entry === plan.entry ? plan.readings : {}), ...readings };
  return planOf(entry, claim ?? plan.claim, {
    readings: Object.fromEntries(Object.entries(wanted).filter(([name, option]) => options[name]?.options[option])),
    ...(rate !== undefined && { rate: ratio(rate) }),
    ...(cap !== undefined && { cap: ratio(cap, 100) }),
    ...(Object.keys(tiers).length && { tiers }),
  });
}

function entryUnder({ entry }: Plan, { instrument, jurisdiction, claim }: Changes): Entry {
  if (instrument !== undefined) return entryOf(instrument);
  if (jurisdiction === undefined || jurisdiction === entry.jurisdiction.code) return claim ? anyDay(entry) : entry;
  const found = CATALOGUE.find(
    (other) =>
      other.jurisdiction.code === jurisdiction &&
      other.instrument.family === entry.instrument.family &&
      other.instrument.parts,
  );
  if (found) return found;
  const name = findJurisdiction(jurisdiction)?.name ?? { zh: jurisdiction, en: jurisdiction };
  throw refuse(
    `${name.zh}没有与“${entry.instrument.name.zh}”同类、给出金额的政策工具`,
    `${name.en} has no instrument of the family of ${entry.instrument.name.en} that names an amount`,
  );
}
