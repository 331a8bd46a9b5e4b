/** Instruments that support the same thing elsewhere. */
import {
  anyDay,
  CATALOGUE,
  idOf,
  isInForce,
  isOwn,
  latestAt,
  versionOf,
  versionsIn,
  type Claim,
  type Entry,
  type Language,
} from "../rules";
import { entryName } from "../writers/terms";

/** Those of the same family in force then, in another jurisdiction, that ask for an amount of the same name. */
export function peers({ instrument, jurisdiction }: Entry, claim: Claim): Entry[] {
  const amounts = moneyInputs(instrument);
  return CATALOGUE.map((other) => latestAt(other, claim)).filter(
    (other) =>
      other.instrument.family === instrument.family &&
      other.jurisdiction !== jurisdiction &&
      isInForce(other, claim) &&
      Boolean(other.instrument.parts) &&
      moneyInputs(other.instrument).some((name) => amounts.includes(name)),
  );
}

/** What an instrument may be laid beside: its other versions, then all that pays of its family, the user's own first. */
export function comparable(entry: Entry, language: Language): (readonly [id: string, words: string])[] {
  const versions = versionsIn(anyDay(entry));
  const others = CATALOGUE.filter(
    ({ instrument }) => instrument.family === entry.instrument.family && instrument.id !== entry.instrument.id,
  ).sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  return [
    ...versions
      .filter(({ instrument }) => instrument !== entry.instrument)
      .map((version) => [idOf(version), `${entryName(version, language)} · ${versionOf(version)}`] as const),
    ...others.map(
      (other) => [idOf(other), `${entryName(other, language)} · ${other.jurisdiction.name[language]}`] as const,
    ),
  ];
}

/** The names of the inputs that are amounts of money. */
export const moneyInputs = ({ inputs = {} }: Entry["instrument"]): string[] =>
  Object.keys(inputs).filter((name) => inputs[name]!.kind === "money");
