/** The pick of jurisdiction, year and language: read from the workbook, stored there, handed to the functions. */
import { useCallback, useEffect, useState } from "react";
import { currentPick, NO_PICK, setPick as tellFunctions } from "../functions/pick";
import type { Language, Workbook, WorkbookPick } from "../host/workbook";
import { noteRules } from "./made-with";
import { findJurisdiction, type Jurisdiction } from "../rules";

export interface Pick {
  readonly jurisdiction: Jurisdiction;
  readonly year: number;
  readonly language: Language;
}

/** What became of the last change. `changed`: result cells that show something else now. */
export type PickState =
  | { readonly kind: "loading" | "ready" | "recalculating" }
  | { readonly kind: "recalculated"; readonly changed: number }
  | { readonly kind: "failed"; readonly error: unknown };

const FIRST: Pick = {
  jurisdiction: findJurisdiction(NO_PICK.jurisdiction)!,
  year: Number(NO_PICK.year),
  language: NO_PICK.language,
};

/** A stored pick as the pane shows it: what was never picked, or names nothing known, is what the functions assume. */
function shown(stored: WorkbookPick, hostLanguage: Language): Pick {
  return {
    jurisdiction: findJurisdiction(stored.jurisdiction ?? "") ?? FIRST.jurisdiction,
    year: stored.year ?? FIRST.year,
    language: stored.language ?? hostLanguage,
  };
}

const forFunctions = ({ jurisdiction, year, language }: Pick) => ({ jurisdiction: jurisdiction.id, year, language });

/** The pick, what became of its last change, and the way to change parts of it. */
export function usePick(
  host: Workbook | null,
  hostLanguage: Language,
): [Pick, PickState, (part: Partial<Pick>) => Promise<void>] {
  const [stored, setStored] = useState<WorkbookPick>({});
  const [state, setState] = useState<PickState>({ kind: host ? "loading" : "ready" });
  const pick = shown(stored, hostLanguage);

  useEffect(() => {
    if (!host) return;
    let current = true;
    const open = async () => {
      const found = await host.pick();
      if (!current) return;
      setStored(found);
      const before = JSON.stringify(currentPick());
      tellFunctions(forFunctions(shown(found, host.language)));
      if (JSON.stringify(currentPick()) !== before) await host.recalculate();
      if (current) setState({ kind: "ready" });
    };
    open().catch((error: unknown) => current && setState({ kind: "failed", error }));
    return () => {
      current = false;
    };
  }, [host]);

  const change = useCallback(
    async (part: Partial<Pick>) => {
      const { jurisdiction, ...rest } = part;
      const wanted: WorkbookPick = { ...rest, ...(jurisdiction && { jurisdiction: jurisdiction.id }) };
      const take = (pick: WorkbookPick) => {
        tellFunctions(forFunctions(shown(pick, hostLanguage)));
        setStored(pick);
      };
      take({ ...stored, ...wanted });
      if (!host) return;
      setState({ kind: "recalculating" });
      try {
        await host.setPick(wanted);
      } catch (error) {
        take(stored);
        setState({ kind: "failed", error });
        return;
      }
      void noteRules(host);
      try {
        setState({ kind: "recalculated", changed: await host.recalculate() });
      } catch (error) {
        setState({ kind: "failed", error });
      }
    },
    [host, hostLanguage, stored],
  );
  return [pick, state, change];
}
