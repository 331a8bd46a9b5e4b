// Holds the files of the law to their form (src/rules/law/check.ts). Part of every build: a typing error must not become a
// wrong award. Prints the mistakes in words.

/**
 * @returns the form of the user's own policies, as JSON Schema
 * @throws Error that says in words where a file departs from its form
 */
export async function checkLaw() {
  const { load } = await import("./bundle.mjs");
  const law = await load("src/rules/law/check.ts");
  law.checkLaw();
  return law.ownSchema();
}
