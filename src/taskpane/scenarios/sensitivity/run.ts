/** Answers a question in workers, or in the pane where there are none; it can be stopped, and leaves nothing behind. */
import { Refusal, type ScenarioResult } from "../../../rules";
import type { Base } from "../base";
import { run as runScenarios, type Stop } from "../run";
import {
  answerFrom,
  breakEvenOver,
  scenariosFor,
  type Answer,
  type BreakEvenQuestion,
  type Question,
} from "./question";
import type { Message, Order } from "./worker";

export interface Listener {
  /** How much of it is done, from 0 to 1. */
  onPart(part: number): void;
  onAnswer(answer: Answer): void;
  onFailed(error: unknown): void;
}

/** @throws Refusal for a question that cannot be asked */
export function run(base: Base, question: Question, listener: Listener): Stop {
  if (question.kind === "break-even") return findBreakEven({ base, question }, listener);
  const scenarios = scenariosFor(question);
  const results = new Array<ScenarioResult>(scenarios.length + 1);
  let done = 0;
  return runScenarios(
    { base, scenarios, perRow: false },
    {
      onResult: (place, result) => {
        results[place] = result;
        listener.onPart(++done / results.length);
      },
      onDone: () => listener.onAnswer(answerFrom(question, results)),
      onFailed: (error) => listener.onFailed(error),
    },
  );
}

function findBreakEven(order: Order, listener: Listener): Stop {
  if (typeof Worker === "undefined") return inPane(order.base, order.question, listener);
  const worker = new Worker(new URL("./worker.ts", import.meta.url));
  let stop: Stop = () => worker.terminate();
  worker.onmessage = ({ data: message }: MessageEvent<Message>) => {
    stop();
    if (message.kind === "answer") listener.onAnswer(message.answer);
    else listener.onFailed(new Refusal("value", message.text));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    stop();
    // A policy of the place may forbid workers: then the pane computes by itself.
    stop = inPane(order.base, order.question, listener);
  };
  worker.postMessage(order);
  return () => stop();
}

function inPane(base: Base, question: BreakEvenQuestion, listener: Listener): Stop {
  const timer = setTimeout(() => {
    try {
      listener.onAnswer(breakEvenOver(base, question));
    } catch (error) {
      listener.onFailed(error);
    }
  });
  return () => clearTimeout(timer);
}
