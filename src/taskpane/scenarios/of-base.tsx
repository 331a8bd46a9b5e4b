/** Results over rows of the workbook: they say when the rows have changed since, and nothing is written of them then. */
import { createContext, useCallback, useContext, useMemo, type ReactNode } from "react";
import { changed, CheckContext, isSame, type Read } from "../parts/now";
import { OlderLine } from "../parts/older-line";
import type { Base, BaseTable } from "./base";

export type ReadBase = Read<BaseTable | undefined>;

/** The rows as the workbook holds them now, as far as is known, and the way to look. */
export const BaseNow = createContext<{ readonly now: ReadBase | undefined; readonly look: () => Promise<ReadBase> }>({
  now: undefined,
  look: () => Promise.resolve({ value: undefined }),
});

/** Rows that can no longer be read are others. */
const holds = (now: ReadBase, base: Base): boolean =>
  "value" in now && now.value !== undefined && isSame(now.value.base, base);

interface Props {
  readonly base: Base;
  /** Computes the same over the rows as they are. */
  readonly onAgain: () => void;
  readonly children: ReactNode;
}

export function OfBase({ base, onAgain, children }: Props) {
  const { now, look } = useContext(BaseNow);
  const isOlder = useMemo(() => now !== undefined && !holds(now, base), [now, base]);
  const check = useCallback(async () => {
    if (!holds(await look(), base)) throw changed();
  }, [look, base]);
  return (
    <CheckContext value={check}>
      <OlderLine isOlder={isOlder} again="parts.compute-again" onAgain={onAgain} />
      {children}
    </CheckContext>
  );
}
