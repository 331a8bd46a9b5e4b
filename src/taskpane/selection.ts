/** Where the user's selection lies, followed while a view shows it. */
import { useEffect, useState } from "react";
import type { Place, Workbook } from "../host/workbook";

/** Undefined until the workbook has answered; null for several areas, a chart, or no workbook. */
export function useSelection(host: Workbook | null): Place | null | undefined {
  const [place, setPlace] = useState<Place | null | undefined>(host ? undefined : null);
  useEffect(() => {
    if (!host) return;
    let current = true;
    host.selection().then(
      (selected) => current && setPlace(selected),
      () => current && setPlace(null),
    );
    const stop = host.onSelection(setPlace);
    return () => {
      current = false;
      stop();
    };
  }, [host]);
  return place;
}
