/** Finds a break-even beside the pane. It gets one order, tells the answer, and is then ended. */
import { Refusal, type Text } from "../../../rules";
import type { Base } from "../base";
import { breakEvenOver, type Answer, type BreakEvenQuestion } from "./question";

export interface Order {
  readonly base: Base;
  readonly question: BreakEvenQuestion;
}

export type Message =
  { readonly kind: "answer"; readonly answer: Answer } | { readonly kind: "refused"; readonly text: Text };

self.onmessage = ({ data: { base, question } }: MessageEvent<Order>) => {
  const say = (message: Message) => self.postMessage(message);
  try {
    say({ kind: "answer", answer: breakEvenOver(base, question) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Only its words pass between threads, not its class.
    say({ kind: "refused", text: error.text });
  }
};
