/** Names for new sheets. */

const LONGEST = 31;

/** A name that Excel accepts and no sheet has yet (Excel compares without case): "情景结果", "情景结果 (2)", … */
export function freeSheetName(wanted: string, taken: readonly string[]): string {
  const allowed =
    wanted
      .replace(/[[\]:*?/\\]/g, "")
      .replace(/^'+|'+$/g, "")
      .trim() || "Butie";
  const used = new Set(taken.map((name) => name.toLowerCase()));
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? "" : ` (${number})`;
    const name = allowed.slice(0, LONGEST - suffix.length) + suffix;
    if (!used.has(name.toLowerCase())) return name;
  }
}
