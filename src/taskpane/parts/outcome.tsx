/** What a press of a button came to, in a line below it: words, or why it failed. */
import { Text } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import { Wrong } from "./refused";

/** @returns the way to run a step that ends in words, and the line, which belongs on the page from the beginning: readers hear it change */
export function useOutcome(): [run: (step: () => Promise<string>) => void, line: ReactNode] {
  const [outcome, setOutcome] = useState<{ readonly words: string } | { readonly error: unknown }>();
  const run = (step: () => Promise<string>): void =>
    void step().then(
      (words) => setOutcome({ words }),
      (error: unknown) => setOutcome({ error }),
    );
  const line = (
    <>
      <Text size={200} role="status" block>
        {outcome && "words" in outcome && outcome.words}
      </Text>
      {outcome && "error" in outcome && <Wrong error={outcome.error} />}
    </>
  );
  return [run, line];
}
