/** Instruments that support the same thing elsewhere. */
import { CATALOGUE, isInForce, type Claim, type Entry } from "../rules";

/** Those of the same family in force then, in another jurisdiction, that ask for an amount of the same name. */
export function peers({ instrument, jurisdiction }: Entry, claim: Claim): Entry[] {
  const amounts = moneyInputs(instrument);
  return CATALOGUE.filter(
    (other) =>
      other.instrument.family === instrument.family &&
      other.jurisdiction !== jurisdiction &&
      isInForce(other, claim) &&
      Boolean(other.instrument.parts) &&
      moneyInputs(other.instrument).some((name) => amounts.includes(name)),
  );
}

/** The names of the inputs that are amounts of money. */
export const moneyInputs = ({ inputs = {} }: Entry["instrument"]): string[] =>
  Object.keys(inputs).filter((name) => inputs[name]!.kind === "money");
