/**
 * The total while a slider moves: a worker keeps the rows ready and answers one position at a time; of positions that
 * come while it computes only the last is asked. Where there are no workers the pane computes between two events.
 */
import { Refusal, type Changes } from "../../../rules";
import { Ongoing, perWorkbook } from "../../parts/ongoing";
import { sent } from "../../parts/worker";
import type { Base } from "../base";
import { liveAnswers, type LiveAnswers, type LiveMessage, type LiveTotal } from "./answers";

export interface LiveOrder {
  /** What was asked of which rows, as the pane knows it. */
  readonly asked: string;
  readonly base: Base;
}

export interface LivePosition {
  readonly name: string;
  readonly changes: Changes;
}

export type LiveState =
  | { readonly kind: "idle" }
  | { readonly kind: "preparing" }
  | {
      readonly kind: "ready";
      readonly order: LiveOrder;
      readonly asIs: LiveTotal;
      /** The last position that was answered. */
      readonly at?: LivePosition & { readonly total: LiveTotal };
    }
  | { readonly kind: "failed"; readonly error: unknown };

/** Takes positions, answers by `heard`, and ends. */
interface Line {
  readonly ask: (changes: Changes) => void;
  readonly end: () => void;
}

type Heard = (message: LiveMessage) => void;

export class Live extends Ongoing<LiveState> {
  private line: Line | undefined;
  private asked: LivePosition | undefined;
  private next: LivePosition | undefined;

  constructor() {
    super({ kind: "idle" });
  }

  /** Makes the rows ready; those before are left. */
  start(order: LiveOrder): void {
    this.stop();
    this.notify({ kind: "preparing" });
    const heard: Heard = (message) => this.hear(order, message);
    this.line = typeof Worker === "undefined" ? inPane(order.base, heard) : inWorker(order.base, heard);
  }

  /** Asks for a position, once the one under way is answered. */
  move(position: LivePosition): void {
    if (this.asked) this.next = position;
    else if (this.line) {
      this.asked = position;
      this.line.ask(position.changes);
    }
  }

  readonly stop = (): void => {
    this.line?.end();
    this.line = this.asked = this.next = undefined;
    if (this.state.kind !== "idle") this.notify({ kind: "idle" });
  };

  private hear(order: LiveOrder, message: LiveMessage): void {
    if (message.kind === "failed") {
      this.stop();
      return this.notify({ kind: "failed", error: message.error });
    }
    const { total } = message;
    if (this.state.kind !== "ready") return this.notify({ kind: "ready", order, asIs: total });
    const [asked, next] = [this.asked!, this.next];
    this.asked = this.next = undefined;
    this.notify({ ...this.state, at: { ...asked, total } });
    if (next) this.move(next);
  }
}

function inWorker(base: Base, heard: Heard): Line {
  const worker = new Worker(new URL("./worker.ts", import.meta.url));
  let line: Line = { ask: (changes) => worker.postMessage(changes), end: () => worker.terminate() };
  let answered = false;
  worker.onmessage = ({
    data,
  }: MessageEvent<Exclude<LiveMessage, { kind: "failed" }> | { kind: "refused"; text: Refusal["text"] }>) => {
    answered = true;
    heard(data.kind === "refused" ? { kind: "failed", error: new Refusal("value", data.text) } : data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    worker.terminate();
    // A policy of the place may forbid workers: then the pane computes by itself.
    if (answered) heard({ kind: "failed", error: new Error(event.message) });
    else line = inPane(base, heard);
  };
  worker.postMessage(sent(base));
  return { ask: (changes) => line.ask(changes), end: () => line.end() };
}

function inPane(base: Base, heard: Heard): Line {
  let timer: ReturnType<typeof setTimeout>;
  let answers: LiveAnswers;
  const soon = (totalOf: () => LiveTotal): void => {
    timer = setTimeout(() => {
      try {
        heard({ kind: "total", total: totalOf() });
      } catch (error) {
        heard({ kind: "failed", error });
      }
    });
  };
  soon(() => (answers = liveAnswers(base)).asIs);
  return { ask: (changes) => soon(() => answers.at(changes)), end: () => clearTimeout(timer) };
}

export const liveOf = perWorkbook(() => new Live());
