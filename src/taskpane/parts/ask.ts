/** One question to a worker, or to the pane where there is none; and the worker's side of it. */
import { Refusal } from "../../rules";
import { inSlices, type Work } from "./long-work";
import { askWorker, received, type Listener, type Message, type Sent, type Stop } from "./worker";

/** @param make the worker; undefined where there are none: the pane computes by itself. @param begin the same work in the pane */
export function askOnce<Order, T>(
  make: () => Worker,
  order: Order,
  begin: (order: Order) => Work<T>,
  listener: Listener<T>,
): Stop {
  const otherwise = (): Stop => inSlices(() => begin(order), listener);
  return typeof Worker === "undefined" ? otherwise() : askWorker(make(), order, listener, otherwise);
}

/** The pane draws each part that it hears of, and what it draws waits for the same cores: short work only says its answer. */
const FIRST_PART_MS = 500;
const PART_MS = 200;

/** Answers in a worker: how far the work is, then the answer; of a refusal its words. */
export function answerOrders<Order>(begin: (order: Order) => Work<unknown>): void {
  self.onmessage = ({ data }: MessageEvent<Sent<Order>>) => {
    const post = (message: Message) => self.postMessage(message);
    try {
      const work = begin(received(data));
      let next = performance.now() + FIRST_PART_MS;
      for (;;) {
        const step = work.next();
        if (step.done) return post({ kind: "answer", answer: step.value });
        if (performance.now() < next) continue;
        post({ kind: "part", part: step.value });
        next = performance.now() + PART_MS;
      }
    } catch (error) {
      // Only its words pass between threads, not its class.
      if (error instanceof Refusal) return post({ kind: "refused", text: error.text });
      throw error;
    }
  };
}
