/** Keeps rows ready beside the pane: the first message is the base, each further one a position. */
import { Refusal, type Changes } from "../../../rules";
import { received, type Sent } from "../../parts/worker";
import type { Base } from "../base";
import { liveAnswers } from "./answers";

let answer: ReturnType<typeof liveAnswers> | undefined;

self.onmessage = ({ data }: MessageEvent<Sent<Base> | Changes>) => {
  try {
    const changes: Changes = answer ? (data as Changes) : {};
    answer ??= liveAnswers(received(data as Sent<Base>));
    self.postMessage({ kind: "total", total: answer(changes) });
  } catch (error) {
    // Only its words pass between threads, not its class.
    if (!(error instanceof Refusal)) throw error;
    self.postMessage({ kind: "refused", text: error.text });
  }
};
