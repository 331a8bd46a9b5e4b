/**
 * What the workbook holds now of something that was read before. Figures stay with what they were computed from: nobody wants those of
 * a half-typed table, and a long calculation does not begin by itself. But they must not be taken for those of the cells as they are.
 */
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { WorkbookError, type Workbook } from "../../host/workbook";
import { refuse, type Refusal } from "../../rules";
import type { Waited } from "../answer";

/** What was read, or why it could not be. */
export type Read<T> = { readonly value: T } | { readonly error: unknown };

/** @throws WorkbookError where the workbook answers later, as while a cell is edited: nothing is known then */
export const settled = <T>(reading: Promise<T>): Promise<Read<T>> =>
  reading.then(
    (value) => ({ value }),
    (error: unknown) => {
      if (isForNow(error)) throw error;
      return { error };
    },
  );

/** What a view waited for. */
export const readOf = <T>(waited: Exclude<Waited<T>, { readonly state: "waiting" }>): Read<T> =>
  waited.state === "there" ? { value: waited.value } : { error: waited.error };

export const isForNow = (error: unknown): boolean =>
  error instanceof WorkbookError && (error.reason === "editing" || error.reason === "busy");

/** Whether two readings hold the same. Errors are the same that say the same. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (one instanceof Error) return other instanceof Error && one.message === other.message;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  if (one instanceof Map || one instanceof Set)
    return (other instanceof Map || other instanceof Set) && isSame([...one], [...other]);
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    for (let k = 0; k < one.length; k++) if (!isSame(one[k], other[k])) return false;
    return true;
  }
  const [names, others] = [Object.keys(one), Object.keys(other)];
  return (
    names.length === others.length &&
    names.every((name) => isSame((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]))
  );
}

/** Typing goes on for a moment after each cell. */
const PAUSE_MS = 600;
/** Of the time that goes by, at most a fifth is spent on reading again. */
const REST = 4;

/**
 * Reads again after the host told of a change, when the pane gets the focus (not every host tells of everything), and when asked.
 * @param known what was read; undefined while it is being read
 * @returns what the workbook holds now, as far as is known, and a way to look at once
 */
export function useNow<T extends object>(
  host: Workbook | null,
  known: T | undefined,
  read: (signal: AbortSignal) => Promise<T>,
): readonly [now: T | undefined, look: () => Promise<T>] {
  const [seen, setSeen] = useState<{ readonly of: T | undefined; readonly now: T }>();
  const asked = useRef({ known, read });
  const turns = useRef(0);
  const left = useRef<AbortController>(undefined);
  useEffect(() => {
    asked.current = { known, read };
  }, [known, read]);

  const look = useCallback(async () => {
    const turn = ++turns.current;
    const { known: of, read: again } = asked.current;
    const now = await again(left.current!.signal);
    if (turn === turns.current) setSeen({ of, now });
    return now;
  }, []);

  useEffect(() => {
    const leaving = new AbortController();
    left.current = leaving;
    if (!host) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let [rested, busy] = [0, false];
    const soon = () => {
      clearTimeout(timer);
      const wait = Math.max(PAUSE_MS, rested - performance.now());
      timer = setTimeout(() => {
        if (busy || !asked.current.known) return soon();
        busy = true;
        const begun = performance.now();
        look()
          // Where the workbook cannot answer for now, it is asked again.
          .catch((error: unknown) => {
            if (!leaving.signal.aborted && isForNow(error)) soon();
          })
          .finally(() => {
            busy = false;
            rested = performance.now() + REST * (performance.now() - begun);
          });
      }, wait);
    };
    const unsubscribe = host.onCellsChanged(soon);
    window.addEventListener("focus", soon);
    return () => {
      leaving.abort();
      clearTimeout(timer);
      unsubscribe();
      window.removeEventListener("focus", soon);
    };
  }, [host, look]);

  return [seen && seen.of === known ? seen.now : known, look];
}

/** @throws Refusal where the cells are no longer those that the figures were computed from, WorkbookError */
export type Check = () => Promise<void>;

/** To be called before figures are written to a sheet or a page. */
export const CheckContext = createContext<Check>(() => Promise.resolve());
export const useCheck = (): Check => useContext(CheckContext);

/** Whether figures are those of older cells. @param parameters those of useNow */
export function useOlder<T extends object>(...parameters: Parameters<typeof useNow<T>>): readonly [boolean, Check] {
  const [, known] = parameters;
  const [now, look] = useNow(...parameters);
  const isOlder = useMemo(() => !isSame(known, now), [known, now]);
  const check = useCallback(async () => {
    if (!isSame(known, await look())) throw changed();
  }, [known, look]);
  return [isOlder, check];
}

export const changed = (): Refusal =>
  refuse(
    "表里的数字已改动，没有写出：请先按现在的数字重新计算，再写",
    "the cells have changed, nothing was written: compute anew first, so that the figures are those of the cells",
  );
