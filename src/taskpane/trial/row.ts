/** Reads what was typed into the form of an instrument, as a cell of that content would be read. */
import {
  GENERAL_INPUTS,
  planOf,
  readingsOf,
  Refusal,
  type Claim,
  type Entry,
  type Input,
  type Plan,
  type Row,
  type Text,
  type Value,
  anyDay,
  latestAt,
} from "../../rules";
import { readClaim, readInput } from "../../tables";
import { typedFor } from "../parts/amount";

/** What was typed, by the name of the input or reading; the day or year of the claim under `YEAR`. */
export type Typed = Readonly<Record<string, string>>;
export const YEAR = "year";

export interface Trial {
  readonly plan: Plan;
  readonly row: Row;
  /** What could not be read, by the name of its field. */
  readonly refusals: Readonly<Record<string, Text>>;
}

const inputsOf = ({ instrument }: Entry): Readonly<Record<string, Input>> => ({
  ...instrument.inputs,
  ...GENERAL_INPUTS,
});

/** A blank field is not given: neither zero nor no. */
export function readTrial(entry: Entry, pick: Claim, typed: Typed): Trial {
  const refusals: Record<string, Text> = {};
  const row: Record<string, Value> = {};
  const readings: Record<string, string> = {};
  const attempt = <T>(name: string, read: (text: string) => T): T | undefined => {
    const text = typed[name]?.trim();
    if (!text) return undefined;
    try {
      return read(text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusals[name] = error.text;
      return undefined;
    }
  };
  const claim = attempt(YEAR, readClaim) ?? pick;
  for (const [name, input] of Object.entries(inputsOf(entry))) {
    const value = attempt(name, (text) => readInput(input, typedFor(input, text)));
    if (value !== undefined) row[name] = value;
  }
  for (const [name, { options }] of Object.entries(readingsOf(entry.instrument))) {
    const option = typed[name];
    if (option && option in options) readings[name] = option;
  }
  // A day of its own may be one of another version than that of the pick.
  return { plan: planOf(latestAt(anyDay(entry), claim), claim, { readings }), row, refusals };
}
