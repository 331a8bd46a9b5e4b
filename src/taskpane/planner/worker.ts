/** Computes one order after the other beside the pane: parts of it done, then the answer. */
import { Refusal } from "../../rules";
import { received, type Message, type Sent } from "../parts/worker";
import { begin, Unpacker, type Parcel } from "./calculations";

const unpacker = new Unpacker();

self.onmessage = ({ data }: MessageEvent<Sent<Parcel>>) => {
  const post = (message: Message) => self.postMessage(message);
  try {
    const work = begin(unpacker.unpack(received(data)));
    for (;;) {
      const step = work.next();
      if (step.done) return post({ kind: "answer", answer: step.value });
      post({ kind: "part", part: step.value });
    }
  } catch (error) {
    // Only its words pass between threads, not its class.
    if (error instanceof Refusal) return post({ kind: "refused", text: error.text });
    throw error;
  }
};
