/** Runs an order in a worker, or in slices where there is none; it can be stopped, and leaves nothing behind. */
import { Refusal } from "../../rules";
import { begin, type AnswerTo, type Kind, type Order } from "./order";
import type { Message } from "./worker";

export interface Listener<T> {
  readonly onPart: (part: number) => void;
  readonly onAnswer: (answer: T) => void;
  readonly onFailed: (error: unknown) => void;
}

/** Ends a run; nothing is told afterwards. */
export type Stop = () => void;

/** Longer than this without a pause and typing would feel it. */
const SLICE_MS = 12;

export function run<K extends Kind>(order: Order<K>, listener: Listener<AnswerTo<K>>): Stop {
  return typeof Worker === "undefined" ? inSlices(order, listener) : inWorker(order, listener);
}

function inWorker<K extends Kind>(order: Order<K>, listener: Listener<AnswerTo<K>>): Stop {
  const worker = new Worker(new URL("./worker.ts", import.meta.url));
  let stop: Stop = () => worker.terminate();
  let heard = false;
  worker.onmessage = ({ data: message }: MessageEvent<Message>) => {
    heard = true;
    if (message.kind === "part") return listener.onPart(message.part);
    stop();
    if (message.kind === "answer") listener.onAnswer(message.answer as AnswerTo<K>);
    else listener.onFailed(new Refusal("value", message.text));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    stop();
    // A policy of the place may forbid workers: then the pane computes by itself.
    if (heard) listener.onFailed(new Error(event.message));
    else stop = inSlices(order, listener);
  };
  worker.postMessage(order);
  return () => stop();
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
