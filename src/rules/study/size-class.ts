/** Claims by size: four classes of equally many, the smallest first. Fewer than four claims make fewer classes. */
export interface SizeClass {
  /** Places of its claims in the list. */
  readonly members: readonly number[];
  /** Its smallest and largest claim, fen. */
  readonly from: number;
  readonly to: number;
}

const CLASSES = 4;

/** @param amounts fen; claims of zero belong to no class, as they can neither win nor lose */
export function sizeClasses(amounts: readonly number[]): SizeClass[] {
  const ascending = amounts
    .map((_, place) => place)
    .filter((place) => amounts[place]! > 0)
    .sort((a, b) => amounts[a]! - amounts[b]! || a - b);
  const count = Math.min(CLASSES, ascending.length);
  return Array.from({ length: count }, (_, k) => {
    const bound = (part: number) => Math.round((part * ascending.length) / count);
    const members = ascending.slice(bound(k), bound(k + 1));
    return { members, from: amounts[members[0]!]!, to: amounts[members.at(-1)!]! };
  });
}
