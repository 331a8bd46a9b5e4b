/** The sensitivity study of one workbook: what it computes goes on while the user looks at other views. */
import { useSyncExternalStore } from "react";
import type { Workbook } from "../../../host/workbook";
import type { Progress } from "../../planner/work";
import type { Base } from "../base";
import type { Stop } from "../run";
import type { Answer, Question } from "./question";
import { run } from "./run";

/** An answer, with the rows that it is about. */
export interface Finding {
  readonly base: Base;
  readonly answer: Answer;
}

const TELL_EVERY_MS = 100;

export class Study {
  private progress: Progress<Finding> = { kind: "idle" };
  private stopRun: Stop | undefined;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly current = (): Progress<Finding> => this.progress;

  /** Asks a question; one that is under way is stopped. @throws Refusal for one that cannot be asked */
  start(base: Base, question: Question): void {
    this.stopRun?.();
    let told = performance.now();
    this.stopRun = run(base, question, {
      onPart: (part) => {
        const now = performance.now();
        if (now - told < TELL_EVERY_MS) return;
        told = now;
        this.tell({ kind: "running", part });
      },
      onAnswer: (answer) => this.tell({ kind: "done", value: { base, answer } }),
      onFailed: (error) => this.tell({ kind: "failed", error }),
    });
    this.tell({ kind: "running", part: 0 });
  }

  readonly stop = (): void => {
    if (this.progress.kind !== "running") return;
    this.stopRun?.();
    this.tell({ kind: "stopped" });
  };

  private tell(progress: Progress<Finding>): void {
    this.progress = progress;
    for (const listener of this.listeners) listener();
  }
}

const STUDIES = new WeakMap<Workbook, Study>();

export function studyOf(host: Workbook): Study {
  const study = STUDIES.get(host) ?? new Study();
  STUDIES.set(host, study);
  return study;
}

export const useProgress = (study: Study): Progress<Finding> => useSyncExternalStore(study.subscribe, study.current);
