/** The runner of one workbook: what it computes goes on while the user looks at other views. */
import type { ScenarioResult } from "../../rules";
import type { Stop } from "../parts/worker";
import { Ongoing, perWorkbook } from "../parts/ongoing";
import type { Order } from "./request";
import { run } from "./two-workers";

export type RunState =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly done: number; readonly total: number; readonly secondsLeft?: number }
  | { readonly kind: "stopped"; readonly done: number; readonly total: number }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "done"; readonly order: Order; readonly results: readonly ScenarioResult[] };

const NOTIFY_EVERY_MS = 100;

export class Runner extends Ongoing<RunState> {
  private stopRun: Stop | undefined;
  private about: string | undefined;

  constructor() {
    super({ kind: "idle" });
  }

  /** Begins a run; one that is under way is stopped. @param about the data that it is asked of */
  start(order: Order, about: string): void {
    this.stopRun?.();
    this.about = about;
    const total = order.scenarios.length + 1;
    const results = new Array<ScenarioResult>(total);
    const begun = performance.now();
    let done = 0;
    let notified = begun;
    this.notify({ kind: "running", done, total });
    this.stopRun = run(order, {
      onResult: (place, result) => {
        results[place] = result;
        done++;
        const now = performance.now();
        if (now - notified < NOTIFY_EVERY_MS) return;
        notified = now;
        const secondsLeft = Math.ceil((((now - begun) / done) * (total - done)) / 1000);
        this.notify({ kind: "running", done, total, secondsLeft });
      },
      onDone: () => this.notify({ kind: "done", order, results }),
      onFailed: (error) => this.notify({ kind: "failed", error }),
    });
  }

  /** What came of a run on other data is not shown as one on these. */
  isAbout = (data: string): boolean => this.about === data;

  stop(): void {
    if (this.state.kind !== "running") return;
    this.stopRun?.();
    const { done, total } = this.state;
    this.notify({ kind: "stopped", done, total });
  }
}

export const runnerOf = perWorkbook(() => new Runner());
