/** A study of one workbook: what it computes goes on while the user looks at other views. */
import type { Progress } from "./long-work";
import { Ongoing } from "./ongoing";
import type { Listener, Stop } from "./worker";

const NOTIFY_EVERY_MS = 100;

/** @typeParam Order what is asked, with the rows that it is asked of */
export class Study<Order, Answer> extends Ongoing<Progress<{ readonly order: Order; readonly answer: Answer }>> {
  private stopRun: Stop | undefined;

  /** @param run may throw a Refusal for a question that cannot be asked */
  constructor(private readonly run: (order: Order, listener: Listener<Answer>) => Stop) {
    super({ kind: "idle" });
  }

  /** Asks a question; one that is under way is stopped. @throws Refusal for one that cannot be asked */
  start(order: Order): void {
    this.stopRun?.();
    let notified = performance.now();
    this.stopRun = this.run(order, {
      onPart: (part) => {
        const now = performance.now();
        if (now - notified < NOTIFY_EVERY_MS) return;
        notified = now;
        this.notify({ kind: "running", part });
      },
      onAnswer: (answer) => this.notify({ kind: "done", value: { order, answer } }),
      onFailed: (error) => this.notify({ kind: "failed", error }),
    });
    this.notify({ kind: "running", part: 0 });
  }

  readonly stop = (): void => {
    if (this.state.kind !== "running") return;
    this.stopRun?.();
    this.notify({ kind: "stopped" });
  };
}
