/** The user's own policies: read from their sheet at the start and whenever it was worked on, handed to the functions, written. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { OWN_SHEET, takeOwnPolicies, takeText, writeOwnText, type OwnTaken } from "../host/own-policies";
import type { Workbook } from "../host/workbook";
import type { OwnMistake } from "../rules";

export interface OwnPoliciesState {
  /** The text of the sheet; without a workbook, what was entered. */
  readonly text: string;
  readonly found: readonly OwnMistake[];
  /** Counts the changes of what the policies mean; views are shown anew by it. */
  readonly revision: number;
  readonly error: unknown;
  /** Puts another text onto the sheet. */
  readonly save: (text: string) => Promise<void>;
  readonly read: () => void;
}

/** Typing several lines is one change. */
const PAUSE_MS = 300;

export function useOwnPolicies(host: Workbook | null): OwnPoliciesState {
  const [taken, setTaken] = useState<Omit<OwnTaken, "changed"> & { revision: number; error?: unknown }>({
    text: "",
    found: [],
    revision: 0,
  });
  const current = useRef(true);

  const take = useCallback(
    async (taking: Promise<OwnTaken>): Promise<void> => {
      try {
        const { text, found, changed } = await taking;
        if (!current.current) return;
        setTaken(({ revision }) => ({ text, found, revision: revision + (changed ? 1 : 0) }));
        if (changed) await host?.recalculate();
      } catch (error) {
        if (current.current) setTaken((before) => ({ ...before, error }));
      }
    },
    [host],
  );

  useEffect(() => {
    current.current = true;
    void take(host ? takeOwnPolicies(host) : takeText(""));
    let timer: ReturnType<typeof setTimeout>;
    let sheet: string | undefined;
    // Entering a line moves the selection, and so does leaving, renaming or deleting the sheet.
    const stop = host?.onSelection((place) => {
      const before = sheet;
      sheet = place?.sheet;
      if (![before, sheet].includes(OWN_SHEET)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void take(takeOwnPolicies(host)), PAUSE_MS);
    });
    return () => {
      current.current = false;
      clearTimeout(timer);
      stop?.();
    };
  }, [host, take]);

  const save = useCallback(
    async (text: string): Promise<void> => {
      if (host) await writeOwnText(host, text);
      await take(host ? takeOwnPolicies(host) : takeText(text));
    },
    [host, take],
  );
  const read = useCallback(() => void (host && take(takeOwnPolicies(host))), [host, take]);
  return useMemo(() => ({ ...taken, error: taken.error, save, read }), [taken, save, read]);
}
