/** Runs an order in two workers, or in slices where there are none; it can be stopped, and leaves nothing behind. */
import { Refusal, type ScenarioResult } from "../../rules";
import { sent, type Stop } from "../parts/worker";
import { resultsOf, type Order } from "./request";
import type { Message } from "./worker";

/** The messages of a run. `place` 0 is the base, 1 the first scenario. */
export interface Listener {
  onResult(place: number, result: ScenarioResult): void;
  onDone(): void;
  onFailed(error: unknown): void;
}

const WORKERS = 2;
/** Longer than this without a pause and typing would feel it. */
const SLICE_MS = 30;

export function run(order: Order, listener: Listener): Stop {
  return typeof Worker === "undefined" ? inSlices(order, listener) : inWorkers(order, listener);
}

/** The scenarios are dealt out like cards. Every worker computes the base too, for the differences to it. */
function inWorkers(order: Order, listener: Listener): Stop {
  const lanes = Math.max(1, Math.min(WORKERS, order.scenarios.length));
  const workers: Worker[] = [];
  let stopped = false;
  let busy = lanes;
  let heard = false;
  let fallback: Stop | undefined;
  const stop = (): void => {
    stopped = true;
    workers.forEach((worker) => worker.terminate());
    fallback?.();
  };
  const fail = (error: unknown): void => {
    stop();
    listener.onFailed(error);
  };
  for (let lane = 0; lane < lanes; lane++) {
    const worker = new Worker(new URL("./worker.ts", import.meta.url));
    workers.push(worker);
    let turns = 0;
    worker.onmessage = ({ data: message }: MessageEvent<Message>) => {
      if (stopped) return;
      heard = true;
      if (message.kind === "refused") fail(new Refusal("value", message.text));
      else if (message.kind === "result") {
        const turn = turns++;
        if (turn > 0) listener.onResult(1 + lane + (turn - 1) * lanes, message.result);
        else if (lane === 0) listener.onResult(0, message.result);
      } else {
        worker.terminate();
        if (--busy === 0) listener.onDone();
      }
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (stopped) return;
      if (heard) return fail(new Error(event.message));
      // A policy of the place may forbid workers: then the pane computes by itself.
      stop();
      fallback = inSlices(order, listener);
    };
    worker.postMessage(sent({ ...order, scenarios: order.scenarios.filter((_, i) => i % lanes === lane) }));
  }
  return stop;
}

function inSlices(order: Order, listener: Listener): Stop {
  let timer: ReturnType<typeof setTimeout>;
  let place = 0;
  let results: Generator<ScenarioResult> | undefined;
  const slice = (): void => {
    const until = performance.now() + SLICE_MS;
    try {
      results ??= resultsOf(order);
      do {
        const next = results.next();
        if (next.done) return listener.onDone();
        listener.onResult(place++, next.value);
      } while (performance.now() < until);
    } catch (error) {
      return listener.onFailed(error);
    }
    timer = setTimeout(slice);
  };
  timer = setTimeout(slice);
  return () => clearTimeout(timer);
}
