/** An answer of the workbook that a view waits for; a newer question makes the older answer worthless. */
import { useEffect, useState } from "react";

export type Waited<T> =
  | { readonly state: "waiting" }
  | { readonly state: "there"; readonly value: T }
  | { readonly state: "failed"; readonly error: unknown };

const WAITING = { state: "waiting" } as const;

/** @param ask made anew (useCallback) whenever its answer may be another one */
export function useAnswer<T>(ask: () => Promise<T>): Waited<T> {
  const [last, setLast] = useState<{ readonly ask: () => Promise<T>; readonly waited: Waited<T> }>();
  useEffect(() => {
    let current = true;
    ask().then(
      (value) => current && setLast({ ask, waited: { state: "there", value } }),
      (error: unknown) => current && setLast({ ask, waited: { state: "failed", error } }),
    );
    return () => {
      current = false;
    };
  }, [ask]);
  return last?.ask === ask ? last.waited : WAITING;
}
