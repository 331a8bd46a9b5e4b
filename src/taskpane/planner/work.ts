/** Long calculations for a view: progress, answer, and a way to stop them. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Progress } from "../parts/long-work";
import type { Stop } from "../parts/worker";
import { Calculator } from "./calculate";
import type { AnswerTo, Kind, Order, Question } from "./calculations";

/** Typing a number asks as many questions as it has digits; the last one counts. */
const PAUSE_MS = 150;

/**
 * Asks a question; another question stops it and is asked instead.
 * @param question memoised by the caller; null: there is nothing to compute
 */
export function useWork<K extends Kind>(kind: K, question: Question<K> | null): [Progress<AnswerTo<K>>, () => void] {
  type Known = Progress<AnswerTo<K>>;
  const [state, setState] = useState<{ readonly of: Question<K> | null; readonly progress: Known }>();
  const [calculator] = useState(() => new Calculator());
  const stopRun = useRef<Stop>(undefined);

  useEffect(() => () => calculator.end(), [calculator]);
  useEffect(() => {
    if (question === null) return;
    const show = (progress: Known) => setState({ of: question, progress });
    const order: Order<K> = { kind, question };
    const timer = setTimeout(() => {
      stopRun.current = calculator.run(order, {
        onPart: (part) => show({ kind: "running", part }),
        onAnswer: (value) => show({ kind: "done", value }),
        onFailed: (error) => show({ kind: "failed", error }),
      });
    }, PAUSE_MS);
    stopRun.current = () => clearTimeout(timer);
    return () => stopRun.current?.();
  }, [calculator, kind, question]);

  const stop = useCallback(() => {
    stopRun.current?.();
    setState({ of: question, progress: { kind: "stopped" } });
  }, [question]);

  if (question === null) return [{ kind: "idle" }, stop];
  return [state?.of === question ? state.progress : { kind: "running", part: 0 }, stop];
}
