/** Keeps rows ready beside the pane: the first message is the base, each further one a position. */
import { Refusal, type Changes } from "../../../rules";
import { received, type Sent } from "../../parts/worker";
import type { Base } from "../base";
import { liveAnswers, type LiveAnswers } from "./answers";

let answers: LiveAnswers | undefined;

self.onmessage = ({ data }: MessageEvent<Sent<Base> | Changes>) => {
  try {
    const total = answers ? answers.at(data as Changes) : (answers = liveAnswers(received(data as Sent<Base>))).asIs;
    self.postMessage({ kind: "total", total });
  } catch (error) {
    // Only its words pass between threads, not its class.
    if (!(error instanceof Refusal)) throw error;
    self.postMessage({ kind: "refused", text: error.text });
  }
};
