/** The calculations of the planner on the command line. */
import { begin, type Run } from "../../taskpane/planner/calculations";
import { checkStopped } from "../shell";

/** Computes in one piece: nothing is open meanwhile, and as nothing listens, Ctrl-C ends the program at once. */
export const inOnePiece: Run = (kind, question) => {
  checkStopped();
  const work = begin({ kind, question });
  for (;;) {
    const step = work.next();
    if (step.done) return Promise.resolve(step.value);
  }
};
