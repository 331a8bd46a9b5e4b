/** Long calculations, cut into slices so that the pane goes on answering where there is no worker. */
import type { Listener, Stop } from "./worker";

/** A calculation that yields now and then which part of it is done, 0 to 1. */
export type Work<T> = Generator<number, T, void>;

/** What a view shows of a calculation. */
export type Progress<T> =
  | { readonly kind: "idle" | "stopped" }
  | { readonly kind: "running"; readonly part: number }
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "failed"; readonly error: unknown };

/** Longer than this without a pause and typing would feel it. */
export const SLICE_MS = 12;

/** Runs the calculation in the pane itself. @param begin may throw, which is heard as a failure */
export function inSlices<T>(begin: () => Work<T>, listener: Listener<T>): Stop {
  let work: Work<T> | undefined;
  let timer: ReturnType<typeof setTimeout>;
  const slice = (): void => {
    const until = performance.now() + SLICE_MS;
    try {
      work ??= begin();
      for (;;) {
        const step = work.next();
        if (step.done) return listener.onAnswer(step.value);
        if (performance.now() < until) continue;
        timer = setTimeout(slice);
        return listener.onPart(step.value);
      }
    } catch (error) {
      listener.onFailed(error);
    }
  };
  timer = setTimeout(slice);
  return () => clearTimeout(timer);
}
