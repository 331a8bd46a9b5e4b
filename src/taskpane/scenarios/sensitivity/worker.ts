/** Finds a break-even beside the pane. It gets one order, posts the answer, and is then ended. */
import { Refusal } from "../../../rules";
import { received, type Message, type Sent } from "../../parts/worker";
import type { Base } from "../base";
import { breakEvenOver, type BreakEvenQuestion } from "./question";

export interface Order {
  readonly base: Base;
  readonly question: BreakEvenQuestion;
}

self.onmessage = ({ data }: MessageEvent<Sent<Order>>) => {
  const post = (message: Message) => self.postMessage(message);
  const { base, question } = received(data);
  try {
    post({ kind: "answer", answer: breakEvenOver(base, question) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    post({ kind: "refused", text: error.text });
  }
};
