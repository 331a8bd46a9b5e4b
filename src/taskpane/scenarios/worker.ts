/** Computes scenarios beside the pane. It gets one order, posts each result as soon as it is there, and is then ended. */
import { Refusal, type ScenarioResult, type Text } from "../../rules";
import { received, type Sent } from "../parts/worker";
import { resultsOf, type Order } from "./request";

export type Message =
  | { readonly kind: "result"; readonly result: ScenarioResult }
  | { readonly kind: "refused"; readonly text: Text }
  | { readonly kind: "done" };

/** The answers by row are handed over, not copied. */
const buffersOf = ({ fen, answers }: ScenarioResult): ArrayBuffer[] =>
  [fen, answers].flatMap((column) => (column ? [column.buffer as ArrayBuffer] : []));

self.onmessage = ({ data }: MessageEvent<Sent<Order>>) => {
  const post = (message: Message, transfer: Transferable[] = []) => self.postMessage(message, { transfer });
  try {
    for (const result of resultsOf(received(data))) {
      post({ kind: "result", result }, buffersOf(result));
    }
    post({ kind: "done" });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Only its words pass between threads, not its class.
    post({ kind: "refused", text: error.text });
  }
};
