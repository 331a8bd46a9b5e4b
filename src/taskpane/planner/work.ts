/** Long calculations in slices, so that the pane stays awake and the user can stop them. */
import { useCallback, useEffect, useRef, useState } from "react";

/** A calculation that yields now and then which part of it is done, 0 to 1. */
export type Work<T> = Generator<number, T, void>;

export type Progress<T> =
  | { readonly kind: "idle" | "stopped" }
  | { readonly kind: "running"; readonly part: number }
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "failed"; readonly error: unknown };

/** Longer than this without a pause and typing would feel it. */
const SLICE_MS = 12;

/**
 * Runs the calculation that `start` begins; another `start` stops it and begins anew.
 * @param start memoised by the caller; null: there is nothing to compute
 */
export function useWork<T>(start: (() => Work<T>) | null): [Progress<T>, () => void] {
  const [state, setState] = useState<{ readonly of: typeof start; readonly progress: Progress<T> }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    if (!start) return;
    const show = (progress: Progress<T>) => setState({ of: start, progress });
    const work = start();
    const slice = () => {
      const until = performance.now() + SLICE_MS;
      try {
        for (;;) {
          const step = work.next();
          if (step.done) return show({ kind: "done", value: step.value });
          if (performance.now() < until) continue;
          show({ kind: "running", part: step.value });
          timer.current = setTimeout(slice);
          return;
        }
      } catch (error) {
        show({ kind: "failed", error });
      }
    };
    timer.current = setTimeout(slice);
    return () => clearTimeout(timer.current);
  }, [start]);

  const stop = useCallback(() => {
    clearTimeout(timer.current);
    setState({ of: start, progress: { kind: "stopped" } });
  }, [start]);

  if (!start) return [{ kind: "idle" }, stop];
  return [state?.of === start ? state.progress : { kind: "running", part: 0 }, stop];
}
