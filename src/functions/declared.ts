/**
 * The functions as they are declared to Excel: their names, their arguments in order, and which of these take the pick where
 * they are left out. What stands in functions.zh.json is compared with the comments of functions.ts by the build and a test.
 */
import texts from "./functions.zh.json";

interface Declared {
  /** Names of the arguments, in order. */
  readonly args: readonly string[];
  /** Places of the arguments that take the pick where they are left out; -1: there is none. */
  readonly picked: { readonly jurisdiction: number; readonly year: number };
}

/** Here both arguments narrow the list; left out, they narrow nothing. */
const FILTERED = ["BUTIE.LIST"];

export const DECLARED: Readonly<Record<string, Declared>> = Object.fromEntries(
  Object.entries(texts).map(([name, { parameters }]) => {
    const args = Object.keys(parameters);
    const at = (...names: string[]): number =>
      FILTERED.includes(name) ? -1 : args.findIndex((argument) => names.includes(argument));
    return [name, { args, picked: { jurisdiction: at("jurisdiction", "jurisdictions"), year: at("year") } }];
  }),
);

export const FUNCTION_NAMES: readonly string[] = Object.keys(DECLARED);
