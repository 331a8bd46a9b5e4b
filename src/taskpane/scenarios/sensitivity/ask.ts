/** Answers a question in workers, or in the pane where there are none; it can be stopped, and leaves nothing behind. */
import type { ScenarioResult } from "../../../rules";
import { askOnce } from "../../parts/ask";
import type { Listener, Stop } from "../../parts/worker";
import type { Base } from "../base";
import { run as runScenarios } from "../two-workers";
import { answerFrom, searchOver, scenariosFor, type Answer, type Question } from "./question";

/** @throws Refusal for a question that cannot be asked */
export function run(base: Base, question: Question, listener: Listener<Answer>): Stop {
  if (question.kind === "break-even" || question.kind === "pairs") {
    const worker = () => new Worker(new URL("./worker.ts", import.meta.url));
    return askOnce(worker, { base, question }, searchOver, listener);
  }
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
