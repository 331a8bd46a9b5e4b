/** The sensitivity study of one workbook: what it computes goes on while the user looks at other views. */
import type { Progress } from "../../parts/long-work";
import type { Stop } from "../../parts/worker";
import type { Base } from "../base";
import { Ongoing, perWorkbook } from "../../parts/ongoing";
import type { Answer, Question } from "./question";
import { run } from "./ask";

/** An answer, with the rows that it is about. */
export interface Finding {
  readonly base: Base;
  readonly answer: Answer;
}

const NOTIFY_EVERY_MS = 100;

class Study extends Ongoing<Progress<Finding>> {
  private stopRun: Stop | undefined;

  constructor() {
    super({ kind: "idle" });
  }

  /** Asks a question; one that is under way is stopped. @throws Refusal for one that cannot be asked */
  start(base: Base, question: Question): void {
    this.stopRun?.();
    let notified = performance.now();
    this.stopRun = run(base, question, {
      onPart: (part) => {
        const now = performance.now();
        if (now - notified < NOTIFY_EVERY_MS) return;
        notified = now;
        this.notify({ kind: "running", part });
      },
      onAnswer: (answer) => this.notify({ kind: "done", value: { base, answer } }),
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

export const studyOf = perWorkbook(() => new Study());
