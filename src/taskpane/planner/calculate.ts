/** Runs orders in a worker, or in slices where there is none; a run can be stopped, and leaves nothing behind. */
import { Refusal } from "../../rules";
import { inSlices } from "../parts/long-work";
import { sent, type Listener, type Message, type Stop } from "../parts/worker";
import { begin, Packer, type AnswerTo, type Kind, type Order } from "./calculations";

/** One worker for one section of the planner: kept from question to question, ended when one is stopped. */
export class Calculator {
  private worker: Worker | undefined;
  private packer = new Packer();

  run<K extends Kind>(order: Order<K>, listener: Listener<AnswerTo<K>>): Stop {
    const inPane = (): Stop => inSlices(() => begin(order), listener);
    if (typeof Worker === "undefined") return inPane();
    const fresh = !this.worker;
    const worker = (this.worker ??= new Worker(new URL("./worker.ts", import.meta.url)));
    let stop: Stop = () => this.end();
    let heard = !fresh;
    worker.onmessage = ({ data: message }: MessageEvent<Message>) => {
      heard = true;
      if (message.kind === "part") return listener.onPart(message.part);
      // Nothing is under way any more: the worker stays for the next question.
      stop = () => undefined;
      if (message.kind === "answer") listener.onAnswer(message.answer as AnswerTo<K>);
      else listener.onFailed(new Refusal("value", message.text));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.end();
      // A policy of the place may forbid workers: then the pane computes by itself.
      if (heard) listener.onFailed(new Error(event.message));
      else stop = inPane();
    };
    worker.postMessage(sent(this.packer.pack(order)));
    return () => stop();
  }

  end(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.packer = new Packer();
  }
}
