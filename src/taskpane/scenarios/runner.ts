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
  private asked: string | undefined;

  constructor() {
    super({ kind: "idle" });
  }

  /** Begins a run; one that is under way is stopped. @param asked of which data and scenarios, as the pane knows them */
  start(order: Order, asked: string): void {
    this.stopRun?.();
    this.asked = asked;
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

  /** What came of a run on other data or of other scenarios is not shown as one of these. */
  isAbout = (asked: string): boolean => this.asked === asked;

  stop(): void {
    if (this.state.kind !== "running") return;
    this.stopRun?.();
    const { done, total } = this.state;
    this.notify({ kind: "stopped", done, total });
  }
}

export const runnerOf = perWorkbook(() => new Runner());
