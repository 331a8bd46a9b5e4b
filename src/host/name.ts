/** Names for new sheets. */

const LONGEST = 31;
/** Excel keeps this name for a sheet of its own. */
const RESERVED = "history";

/** Whether Excel takes the name for a sheet. */
export const isSheetName = (name: string): boolean =>
  name.length > 0 && name.length <= LONGEST && !/[[\]:*?/\\]|^'|'$/.test(name) && name.toLowerCase() !== RESERVED;

/** A name that Excel accepts and no sheet has yet (Excel compares without case): "情景结果", "情景结果 (2)", … */
export function freeSheetName(wanted: string, taken: readonly string[]): string {
  const allowed =
    wanted
      .replace(/[[\]:*?/\\]/g, "")
      .replace(/^'+|'+$/g, "")
      .trim() || "Butie";
  const used = new Set([RESERVED, ...taken.map((name) => name.toLowerCase())]);
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? "" : ` (${number})`;
    const name = allowed.slice(0, LONGEST - suffix.length) + suffix;
    if (!used.has(name.toLowerCase())) return name;
  }
}
