/** Answers a question in workers, or in the pane where there are none; it can be stopped, and leaves nothing behind. */
import type { ScenarioResult } from "../../../rules";
import { askWorker, type Listener, type Stop } from "../../parts/worker";
import type { Base } from "../base";
import { run as runScenarios } from "../two-workers";
import {
  answerFrom,
  breakEvenOver,
  scenariosFor,
  type Answer,
  type BreakEvenQuestion,
  type Question,
} from "./question";
import type { Order } from "./worker";

/** @throws Refusal for a question that cannot be asked */
export function run(base: Base, question: Question, listener: Listener<Answer>): Stop {
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
      onDone: () => {
        try {
          listener.onAnswer(answerFrom(question, results));
        } catch (error) {
          listener.onFailed(error);
        }
      },
      onFailed: (error) => listener.onFailed(error),
    },
  );
}

function findBreakEven(order: Order, listener: Listener<Answer>): Stop {
  const otherwise = (): Stop => inPane(order.base, order.question, listener);
  if (typeof Worker === "undefined") return otherwise();
  return askWorker(new Worker(new URL("./worker.ts", import.meta.url)), order, listener, otherwise);
}

function inPane(base: Base, question: BreakEvenQuestion, listener: Listener<Answer>): Stop {
  const timer = setTimeout(() => {
    try {
      listener.onAnswer(breakEvenOver(base, question));
    } catch (error) {
      listener.onFailed(error);
    }
  });
  return () => clearTimeout(timer);
}
