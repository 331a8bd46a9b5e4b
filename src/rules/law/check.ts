/** Holds the files of the law to their form. Run by the build and by the tests; the add-in itself loads nothing of it. */
export { ownSchema } from "../own/form";
import { COMMON_READINGS, FAMILIES, JURISDICTIONS, POLICIES, SYNONYMS } from "./catalogue";
import { mistakes } from "./mistake";
import { Families, Jurisdictions, Policy, Readings, Synonyms } from "./policy";

/** @throws Error naming in words where a policy file departs from the form */
export function readPolicy(file: unknown): Policy {
  const read = Policy.safeParse(file);
  if (read.success) return read.data;
  throw new Error(mistakes(file, read.error.issues));
}

/** @throws Error for the first file that departs from its form */
export function checkLaw(): void {
  Families.parse(FAMILIES);
  Jurisdictions.parse(JURISDICTIONS);
  Synonyms.parse(SYNONYMS);
  Readings.parse(COMMON_READINGS);
  for (const { document } of POLICIES.map(readPolicy))
    if (document.status === "own") throw new Error(`${document.id}: a built-in document is not the user's own`);
}
