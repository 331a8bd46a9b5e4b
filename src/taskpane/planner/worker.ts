/** Computes one order beside the pane, tells its progress and its answer, and is then ended. */
import { Refusal } from "../../rules";
import type { Message } from "../beside";
import { begin, type Order } from "./order";

self.onmessage = ({ data: order }: MessageEvent<Order>) => {
  const say = (message: Message) => self.postMessage(message);
  try {
    const work = begin(order);
    for (;;) {
      const step = work.next();
      if (step.done) return say({ kind: "answer", answer: step.value });
      say({ kind: "part", part: step.value });
    }
  } catch (error) {
    // Only its words pass between threads, not its class.
    if (error instanceof Refusal) return say({ kind: "refused", text: error.text });
    throw error;
  }
};
