/** Runs an order in a worker, or in slices where there is none; it can be stopped, and leaves nothing behind. */
import { askWorker, type Listener, type Stop } from "../beside";
import { begin, type AnswerTo, type Kind, type Order } from "./order";

/** Longer than this without a pause and typing would feel it. */
const SLICE_MS = 12;

export function run<K extends Kind>(order: Order<K>, listener: Listener<AnswerTo<K>>): Stop {
  const inPane = (): Stop => inSlices(order, listener);
  if (typeof Worker === "undefined") return inPane();
  return askWorker(new Worker(new URL("./worker.ts", import.meta.url)), order, listener, inPane);
}

function inSlices<K extends Kind>(order: Order<K>, listener: Listener<AnswerTo<K>>): Stop {
  const work = begin(order);
  let timer: ReturnType<typeof setTimeout>;
  const slice = (): void => {
    const until = performance.now() + SLICE_MS;
    try {
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
